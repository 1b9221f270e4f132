"""What a manifest says of the files it lists: read from TOML, checked, never guessed silently.

The format is one `[[programme]]` table a file; `docs/importing.md` lists the keys.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.intake.details import CHOICES, DETAIL_FIELDS, LONGEST, Details, Fault, Wrong, faults, kind_of_level
from ingest.intake.names import found, plain
from ingest.parser.errors import IngestError, UnknownFormat
from ingest.parser.readers.flowing.text import decode
from programmes.models import Programme

_PERIOD = "«period» må være to årstall, for eksempel [2023, 2027]"
_WORDS = {
    Wrong.MISSING: "«{key}» mangler",
    Wrong.TOO_LONG: "«{key}» er for lang: grensen er {most} tegn",
    Wrong.NO_CHOICE: "«{key}» er {value!r}, men må være en av {choices}",
    Wrong.NO_YEAR: _PERIOD,
    Wrong.BACKWARDS: _PERIOD,
    Wrong.NO_DATE: "«adopted» må være en dato, for eksempel 2023-03-14",
    Wrong.NO_ADDRESS: "«{key}» må være en hel nettadresse, for eksempel https://fjordpartiet.example/program.pdf",
    Wrong.NOT_LOCAL: "et nasjonalt lag har ikke «area»",
}
_NO_AREA = "«area» (kommune- eller fylkesnummer) mangler"


class BadEntry(IngestError):
    """An entry of a manifest that cannot be imported as it stands."""


class BadManifest(IngestError):
    """A manifest that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One programme to import: where the file is, whose it is, and what it is."""

    path: Path
    party: str
    """Party code as in Norwegian election results."""
    branch: str
    """The chapter's own name."""
    level: str
    area: str | None
    """Municipality or county number that held when the period began; None for the national party."""
    details: Details


def read_manifest(path: Path) -> list[ManifestEntry | BadEntry]:
    """Return the entries of a manifest in its order; what is wrong with one stands in its place.

    Raises `BadManifest` where the file is missing, is not TOML or lists no programmes.
    """
    try:
        document = tomllib.loads(decode(path.read_bytes()))
    except FileNotFoundError as error:
        raise BadManifest(f"Finner ikke manifestet {path.name}.") from error
    except OSError as error:
        raise BadManifest(f"Manifestet {path.name} kan ikke åpnes.") from error
    except (ValueError, UnknownFormat) as error:  # no text, no TOML, or a number of more digits than Python reads
        raise BadManifest(f"Manifestet {path.name} kan ikke leses{_where(error)}.") from error
    tables = document.get("programme")
    if not isinstance(tables, list) or not tables:
        raise BadManifest(f"Manifestet {path.name} har ingen [[programme]].")
    entries: list[ManifestEntry | BadEntry] = []
    for index, table in enumerate(tables, start=1):
        try:
            entries.append(entry_from_table(table, folder=path.parent))
        except BadEntry as problem:
            name = (isinstance(table, dict) and _text(table, "file")) or f"nr. {index}"
            entries.append(BadEntry(f"{name}: {problem}"))
    return entries


def _where(error: Exception) -> str:
    """Return at which line a manifest stops making sense, where that is known."""
    match = re.search(r"at line (\d+)", str(error))
    return f": se linje {match[1]}" if match else ""


def entry_from_table(table: Any, *, folder: Path) -> ManifestEntry:
    """Return the entry that a manifest's table describes, or raise `BadEntry` with all that is wrong with it."""
    if not isinstance(table, dict):
        raise BadEntry("oppføringen er ikke en tabell.")
    filename = _text(table, "file")
    path = found(folder, filename)
    said = _said(table)
    wrong = [*_wrong_with_file(filename, path, folder), *(_sentence(fault, said) for fault in faults(**said))]
    if wrong:
        raise BadEntry("; ".join(dict.fromkeys(wrong)) + ".")
    return ManifestEntry(
        path=path,
        party=said["party"],
        branch=said["branch"],
        level=said["level"],
        area=said["area"],
        details=Details(**{name: said[name] for name in DETAIL_FIELDS}),
    )


def _said(table: dict[str, Any]) -> dict[str, Any]:
    """Return what a table says of a programme, by the names that the rules have for it."""
    level = _text(table, "level")
    area, period = table.get("area"), table.get("period")
    start, end = period if isinstance(period, list) and len(period) == 2 else (None, None)
    return {
        "title": _text(table, "title"),
        "party": _text(table, "party"),
        "branch": _text(table, "branch"),
        "level": level,
        "area": None if area is None else str(area).strip() or None,
        "kind": _text(table, "kind", default=kind_of_level(level) or Programme.Kind.PARLIAMENTARY.value),
        "period_start": start,
        "period_end": end,
        "language": _text(table, "language", default="nb"),
        "status": _text(table, "status", default=Programme.Status.UNKNOWN.value),
        "adopted_on": table.get("adopted"),
        "source_url": str(table.get("source_url", "")).strip(),
    }


def _text(table: dict[str, Any], key: str, *, default: str = "") -> str:
    value = table.get(key, default)
    return plain(value) if isinstance(value, str) else ""


def _wrong_with_file(filename: str, path: Path, folder: Path) -> list[str]:
    if not filename:
        return ["«file» mangler"]
    if not path.is_relative_to(folder.resolve()):
        return ["«file» peker ut av mappen til manifestet"]
    return [] if path.is_file() else ["filen finnes ikke"]


def _sentence(fault: Fault, said: dict[str, Any]) -> str:
    """Return a fault in words, by the keys of the manifest."""
    if fault == Fault("area", Wrong.MISSING):
        return _NO_AREA
    return _WORDS[fault.wrong].format(
        key=fault.field,
        value=said[fault.field],
        choices=", ".join(CHOICES.get(fault.field, ())),
        most=LONGEST.get(fault.field),
    )
