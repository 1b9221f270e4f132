"""How well programmes are read: figures that `manage.py publish_quality` has measured and kept in `quality.json`.

The site shows what was measured; it never measures, and knows no parser.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEPT = Path(__file__).parent / "quality.json"

TITLES = {
    "closed": _("Programmer som aldri var sett før"),
    "open": _("Programmer vi kjenner"),
    "gold": _("Ekte programmer"),
}
"""What was measured → how it is called, the most telling first."""
TOLD = {
    "closed": _(
        "Oppdiktede lokale programmer som lå urørt til tolkeren var ferdig, og som så ble lest én gang. De sier mest om"
        " hvordan et nytt program blir lest."
    ),
    "open": _(
        "Oppdiktede lokale programmer som tolkeren er forbedret med. De er lettere for den enn programmer den ikke har"
        " sett."
    ),
    "gold": _(
        "Nasjonale og lokale partiprogrammer fra virkeligheten, der hvert løfte er skrevet ned på forhånd. Tolkeren er"
        " forbedret med dem."
    ),
}
KINDS = {
    "typed": _("Skrevet som ren tekst"),
    "copied": _("Kopiert fra en nettleser"),
    "printed": _("Nettside skrevet ut"),
    "saved": _("Lagret nettside"),
    "exported": _("Word og Markdown"),
    "brochure": _("Brosjyre (PDF)"),
    "slides": _("Lysark (PDF)"),
    "pdf": _("PDF"),
    "txt": _("Ren tekst"),
    "md": _("Markdown"),
}
"""How a document arrived → how it is called."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on some programmes; shares are of a hundred."""

    name: str | Promise
    documents: int
    pledges: int
    found: float
    """Of the pledges that there are, those that were found."""
    false: float
    """Of the entries that were shown as pledges, those that are none."""
    lead_in: float
    placed: float
    edits: float
    """What an editor would have to put right for each hundred pledges."""
    decisions: float
    """The same, where like mistakes in a row are put right at once."""
    details: float
    """Details of the programme that are wrong, of nine."""


@dataclass(frozen=True, slots=True)
class Group:
    """Programmes that were measured at one time."""

    key: str
    title: str | Promise
    told: str | Promise
    """What they are."""
    measured: date
    version: str
    """Which version of the parser was measured."""
    kinds: tuple[Figures, ...]
    total: Figures


def measured_groups(kept: Path = KEPT) -> list[Group]:
    """Return what was measured, programmes that were never seen before first."""
    found: Mapping[str, Any] = json.loads(kept.read_text("utf-8"))
    return [
        Group(
            key,
            title,
            TOLD[key],
            date.fromisoformat(found[key]["measured"]),
            found[key]["version"],
            tuple(
                _figures(name, found[key]["kinds"][kind]) for kind, name in KINDS.items() if kind in found[key]["kinds"]
            ),
            _figures(_("Alle"), found[key]["all"]),
        )
        for key, title in TITLES.items()
        if key in found
    ]


def _figures(name: str | Promise, measured: Mapping[str, float]) -> Figures:
    asked, shown, right = (int(measured[f"items_{what}"]) for what in ("asked", "found", "right"))
    return Figures(
        name=name,
        documents=int(measured["documents"]),
        pledges=asked,
        found=100 * right / max(1, asked),
        false=100 * (shown - right) / max(1, shown),
        lead_in=100 * measured["lead_in"],
        placed=100 * measured["placed"],
        edits=measured["edits"],
        decisions=measured["decisions"],
        details=measured["details_wrong"],
    )
