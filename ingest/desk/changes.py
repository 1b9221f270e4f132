"""The change of a correction: read from what a form says, and summed up in words for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ingest.desk.correct import DoesNotFit
from ingest.desk.preview import place_of
from ingest.models import Correction
from ingest.parser.edits import HEADING, OF_HEADING, Applied, anchor_of_heading, made_on
from ingest.parser.language.joining import plain
from programmes.models import Passage, Programme, Section
from programmes.wording import differences

LONGEST_TEXT = 20_000
"""Characters of a corrected text; the longest paragraph seen has 4,000."""

Made = tuple[dict[str, Any], dict[str, Any]]


def made_of(programme: Programme, applied: Applied, data: QueryDict) -> Made:
    """Return the place and the change that a form asks for. Raises `DoesNotFit` for what no form of ours sends."""
    kind = data.get("kind", "")
    if kind not in Correction.Kind.values:
        raise DoesNotFit(_("Denne typen rettelse finnes ikke."))
    if kind == Correction.Kind.ADD:
        return _added(programme, applied, data)
    place = _place(data)
    changes = HEADING_CHANGES if made_on(kind, place) == OF_HEADING else CHANGES
    return place, changes.get(kind, _nothing)(programme, applied, data)


def _place(data: QueryDict) -> dict[str, Any]:
    """Return the anchor that a form was sent with. Raises `DoesNotFit`."""
    try:
        sent = json.loads(data.get("place", ""))
        numbers = {name: int(sent[name]) for name in ("page", "line")}
        words = {name: str(sent[name]) for name in ("quote", "before", "after")}
        return numbers | words | ({"of": OF_HEADING} if sent.get("of") == OF_HEADING else {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DoesNotFit(_("Skjemaet mangler stedet det gjelder. Last siden på nytt.")) from error


def _text(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"text": data.get("text", "")[:LONGEST_TEXT]}


def _split(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    """Return where the person made a new line in the source's words."""
    parts = [plain(part) for part in data.get("parts", "").splitlines() if part.strip()]
    if len(parts) != 2:
        raise DoesNotFit(_("Sett inn ett linjeskift i teksten, der den skal deles."))
    quote = plain(str(_place(data)["quote"]))
    if "".join(parts).replace(" ", "") != quote.replace(" ", ""):
        raise DoesNotFit(_("Ordene er endret. Sett bare inn et linjeskift; ordene kan rettes etterpå."))
    return {"at": quote.rfind(parts[1]), "rest": parts[1]}


def _merge(programme: Programme, applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"with": _entry(programme, applied, data.get("with", ""))}


def _nest(programme: Programme, applied: Applied, data: QueryDict) -> dict[str, Any]:
    parent = data.get("parent", "")
    return {"parent": _entry(programme, applied, parent) if parent else None}


def _move(programme: Programme, applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"section": _heading(programme, applied, data.get("section", ""))}


def _kind(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    """Return the kind that was chosen; a heading is chosen with its level, `heading-2`."""
    wanted, _dash, level = data.get("to", "").partition("-")
    return {"kind": wanted} | ({"level": _number(level)} if wanted == HEADING else {})


def _repair(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"repaired": data.get("repaired") or None}


def _themes(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    also: Sequence[str] = [slug for slug in data.getlist("also") if slug]
    return {"main": data.get("main", ""), "also": also}


def _nothing(_programme: Programme, _applied: Applied, _data: QueryDict) -> dict[str, Any]:
    return {}


def _title(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"title": data.get("title", "")[:LONGEST_TEXT], "number": data.get("number", "")[:LONGEST_TEXT]}


def _level(_programme: Programme, _applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"level": _number(data.get("level", ""))}


def _merge_heading(programme: Programme, applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"with": _heading(programme, applied, data.get("with", ""))}


def _move_heading(programme: Programme, applied: Applied, data: QueryDict) -> dict[str, Any]:
    section = data.get("section", "")
    return {"section": _heading(programme, applied, section) if section else None}


def _begin(programme: Programme, applied: Applied, data: QueryDict) -> dict[str, Any]:
    return {"at": _entry(programme, applied, data.get("at", ""))}


ChangeReader = Callable[[Programme, Applied, QueryDict], dict[str, Any]]

CHANGES: dict[str, ChangeReader] = {
    Correction.Kind.TEXT: _text,
    Correction.Kind.SPLIT: _split,
    Correction.Kind.MERGE: _merge,
    Correction.Kind.NEST: _nest,
    Correction.Kind.MOVE: _move,
    Correction.Kind.KIND: _kind,
    Correction.Kind.RESCUE: _kind,
    Correction.Kind.REPAIR: _repair,
    Correction.Kind.THEMES: _themes,
}
"""How the fields of each kind's form are read; what takes no fields is missing."""

HEADING_CHANGES: dict[str, ChangeReader] = {
    Correction.Kind.TEXT: _title,
    Correction.Kind.SPLIT: _split,
    Correction.Kind.MERGE: _merge_heading,
    Correction.Kind.LEVEL: _level,
    Correction.Kind.MOVE: _move_heading,
    Correction.Kind.BEGIN: _begin,
    Correction.Kind.KIND: _kind,
}
"""The same for headings."""


def _number(value: str) -> int:
    """Return a small number that a form gives, 0 for anything else."""
    return int(value) if value.isdecimal() and len(value) < 3 else 0


def _entry(programme: Programme, applied: Applied, public_id: str) -> dict[str, Any]:
    """Return the anchor of another entry. Raises `DoesNotFit`."""
    passage = Passage.objects.filter(programme=programme, public_id=public_id).first()
    if passage is None:
        raise DoesNotFit(_("Avsnittet finnes ikke lenger. Last siden på nytt."))
    return place_of(applied, passage.position)


def _heading(programme: Programme, applied: Applied, slug: str) -> dict[str, Any]:
    """Return the anchor of a heading. Raises `DoesNotFit`."""
    section = Section.objects.filter(programme=programme, slug=slug).first()
    if section is None:
        raise DoesNotFit(_("Kapittelet finnes ikke lenger. Last siden på nytt."))
    return anchor_of_heading(applied.parsed.sections, section.position)


def _added(programme: Programme, applied: Applied, data: QueryDict) -> Made:
    """Return the lines of the source that a person chose, `page-line` each."""
    chosen = {
        tuple(map(int, pair)) for value in data.getlist("line") if all(map(str.isdecimal, pair := value.split("-")))
    }
    lines = [line for line in applied.parsed.lines if (line.page, line.number) in chosen]
    if not lines:
        raise DoesNotFit(_("Velg linjer i kilden først."))
    place = {
        "page": lines[0].page,
        "line": lines[0].number,
        "quote": " ".join(plain(line.text) for line in lines),
        "before": "",
        "after": "",
    }
    return place, {"lines": [[line.page, line.number] for line in lines]} | _kind(programme, applied, data)


def summary_of(correction: Correction) -> dict[str, Any]:
    """Return what a correction did, for a person to read: words, or stretches of a changed text."""
    quote, change = correction.place["quote"], correction.change
    match correction.kind:
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
