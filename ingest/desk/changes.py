"""The change of a correction: read from what a form says, and summed up in words for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ingest.desk.correct import DoesNotFit
from ingest.desk.facts import told
from ingest.models import Correction
from ingest.parser.edits import HEADING, OF_HEADING, Applied, anchor_at, anchor_of_heading, made_on
from ingest.parser.language.joining import plain
from programmes.models import Passage, Programme, Section
from programmes.site.numbers import whole_number
from programmes.site.odd_input import cleaned
from programmes.wording import differences

LONGEST_TEXT = 20_000
"""Characters of a corrected text; the longest paragraph seen has 4,000."""

Made = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Form:
    """What a form says, and the programme and parse that it speaks of."""

    programme: Programme
    applied: Applied
    data: QueryDict

    def said(self, name: str) -> str:
        return self.data.get(name, "")

    def text(self, name: str) -> str:
        return self.said(name)[:LONGEST_TEXT]

    def number(self, name: str) -> int:
        return whole_number(self.said(name), most=99)

    def entry(self, name: str) -> dict[str, Any]:
        """Return the anchor of the entry that a field names. Raises `DoesNotFit`."""
        passage = Passage.objects.filter(programme=self.programme, public_id=self.said(name)).first()
        if passage is None:
            raise DoesNotFit(_("Avsnittet finnes ikke lenger. Last siden på nytt."))
        return anchor_at(self.applied.parsed.entries, passage.position)

    def heading(self, name: str) -> dict[str, Any]:
        """Return the anchor of the heading that a field names. Raises `DoesNotFit`."""
        section = Section.objects.filter(programme=self.programme, slug=self.said(name)).first()
        if section is None:
            raise DoesNotFit(_("Kapittelet finnes ikke lenger. Last siden på nytt."))
        return anchor_of_heading(self.applied.parsed.sections, section.position)

    def place(self) -> dict[str, Any]:
        """Return the anchor that the form was sent with. Raises `DoesNotFit`."""
        try:
            sent = json.loads(self.said("place"))
            numbers = {name: whole_number(str(sent[name])) for name in ("page", "line")}
            words = {name: cleaned(str(sent[name])) for name in ("quote", "before", "after")}
            return numbers | words | ({"of": OF_HEADING} if sent.get("of") == OF_HEADING else {})
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise DoesNotFit(_("Skjemaet mangler stedet det gjelder. Last siden på nytt.")) from error


def made_of(programme: Programme, applied: Applied, data: QueryDict) -> Made:
    """Return the place and the change that a form asks for. Raises `DoesNotFit` for what no form of ours sends."""
    form = _Form(programme, applied, data)
    kind = form.said("kind")
    if kind not in Correction.Kind.values or kind == Correction.Kind.FACTS:
        raise DoesNotFit(_("Denne typen rettelse finnes ikke."))
    if kind == Correction.Kind.ADD:
        return _added(form)
    place = form.place()
    changes = HEADING_CHANGES if made_on(kind, place) == OF_HEADING else CHANGES
    read = changes.get(kind)
    return place, read(form) if read else {}


def _split(form: _Form) -> dict[str, Any]:
    """Return where the person made a new line in the source's words."""
    parts = [plain(part) for part in form.said("parts").splitlines() if part.strip()]
    if len(parts) != 2:
        raise DoesNotFit(_("Sett inn ett linjeskift i teksten, der den skal deles."))
    quote = plain(str(form.place()["quote"]))
    if "".join(parts).replace(" ", "") != quote.replace(" ", ""):
        raise DoesNotFit(_("Ordene er endret. Sett bare inn et linjeskift; ordene kan rettes etterpå."))
    return {"at": quote.rfind(parts[1]), "rest": parts[1]}


def _kind(form: _Form) -> dict[str, Any]:
    """Return the kind that was chosen; a heading is chosen with its level, `heading-2`."""
    wanted, _dash, level = form.said("to").partition("-")
    return {"kind": wanted} | ({"level": whole_number(level, most=99)} if wanted == HEADING else {})


ChangeReader = Callable[[_Form], dict[str, Any]]

CHANGES: dict[str, ChangeReader] = {
    Correction.Kind.TEXT: lambda form: {"text": form.text("text")},
    Correction.Kind.SPLIT: _split,
    Correction.Kind.MERGE: lambda form: {"with": form.entry("with")},
    Correction.Kind.NEST: lambda form: {"parent": form.entry("parent") if form.said("parent") else None},
    Correction.Kind.MOVE: lambda form: {"section": form.heading("section")},
    Correction.Kind.KIND: _kind,
    Correction.Kind.RESCUE: _kind,
    Correction.Kind.REPAIR: lambda form: {"repaired": form.said("repaired") or None},
    Correction.Kind.THEMES: lambda form: {
        "main": form.said("main"),
        "also": [slug for slug in form.data.getlist("also") if slug],
    },
}
"""How the fields of each kind's form are read; what takes no fields is missing."""

HEADING_CHANGES: dict[str, ChangeReader] = {
    Correction.Kind.TEXT: lambda form: {"title": form.text("title"), "number": form.text("number")},
    Correction.Kind.SPLIT: _split,
    Correction.Kind.MERGE: lambda form: {"with": form.heading("with")},
    Correction.Kind.LEVEL: lambda form: {"level": form.number("level")},
    Correction.Kind.MOVE: lambda form: {"section": form.heading("section") if form.said("section") else None},
    Correction.Kind.BEGIN: lambda form: {"at": form.entry("at")},
    Correction.Kind.KIND: _kind,
}
"""The same for headings."""


def _added(form: _Form) -> Made:
    """Return the lines of the source that a person chose, `page-line` each."""
    chosen = {tuple(map(whole_number, value.split("-"))) for value in form.data.getlist("line")}
    lines = [line for line in form.applied.parsed.lines if (line.page, line.number) in chosen]
    if not lines:
        raise DoesNotFit(_("Velg linjer i kilden først."))
    quote = " ".join(plain(line.text) for line in lines)
    place = {"page": lines[0].page, "line": lines[0].number, "quote": quote, "before": "", "after": ""}
    return place, {"lines": [[line.page, line.number] for line in lines]} | _kind(form)


def summary_of(correction: Correction) -> dict[str, Any]:
    """Return what a correction did, for a person to read: words, or stretches of a changed text."""
    quote, change = correction.place["quote"], correction.change
    match correction.kind:
        case Correction.Kind.FACTS:
            return {"words": "; ".join(told(change))}
        case Correction.Kind.TEXT if "title" in change:
            return {"stretches": differences(quote, f"{change['number']} {change['title']}".strip())}
        case Correction.Kind.TEXT:
            return {"stretches": differences(quote, change["text"])}
        case Correction.Kind.SPLIT:
            return {"words": "… / ".join((quote[: change["at"]][-60:], change["rest"][:60] + " …"))}
        case Correction.Kind.MERGE:
            return {"words": f"{change['with']['quote'][-60:]} + {quote[:60]}"}
        case Correction.Kind.MOVE:
            section = change["section"]
            return {"words": f"→ {section['quote'] or _('Innledning')}" if section else _("→ sist, for seg selv")}
        case Correction.Kind.BEGIN:
            return {"words": _("→ foran «%(entry)s»") % {"entry": change["at"]["quote"][:80]}}
        case Correction.Kind.LEVEL:
            return {"words": _("→ nivå %(level)s") % change}
        case Correction.Kind.KIND | Correction.Kind.RESCUE | Correction.Kind.ADD if change["kind"] == HEADING:
            return {"words": _("→ overskrift, nivå %(level)s") % change}
        case Correction.Kind.KIND | Correction.Kind.RESCUE | Correction.Kind.ADD:
            return {"words": f"→ {Passage.Kind(change['kind']).label}"}
        case Correction.Kind.NEST:
            parent = change["parent"]
            return {"words": f"→ {parent['quote'][:80]}" if parent else _("→ står for seg selv")}
        case Correction.Kind.REPAIR:
            repaired = change["repaired"]
            return {"stretches": differences(quote, repaired)} if repaired else {"words": _("→ kildens ordlyd")}
        case Correction.Kind.THEMES:
            return {"words": f"→ {', '.join([change['main'], *change['also']])}"}
        case _:
            return {}
