"""A `ParsedProgramme` as JSON in two forms: what `manage.py parse` prints, and the whole of it, there and back.

The whole form is how a parse leaves the sandbox and is kept, without pickle.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.parser import document
from ingest.parser.document import Entry, Item, ParsedProgramme, Passage, Section, SourceLine
from ingest.parser.values import replace

SECTION = ("id", "title", "number", "level", "parent", "page", "line", "confidence")
PASSAGE = ("id", "section", "kind", "text", "repaired", "confidence")
ITEM = ("id", "section", "kind", "lead_in", "marker", "parent", "text", "repaired", "confidence")
THEMES = ("theme", "also_themes", "sub_themes")


def as_dict(programme: ParsedProgramme) -> dict[str, Any]:
    """Return the JSON document that `manage.py parse` prints."""
    return {
        "source": asdict(programme.source),
        "meta": asdict(programme.meta),
        "sections": [_picked(section, SECTION) for section in programme.sections],
        "passages": [
            _picked(passage, PASSAGE)
            | asdict(passage.place)
            | {"printed_page": passage.printed.page or None}
            | _picked(passage, THEMES[:2])
            for passage in programme.passages
        ],
        "items": [
            _picked(item, ITEM)
            | {"dissent": item.dissent or None}
            | asdict(item.place)
            | {"printed_page": item.printed.page or None, "printed_line": item.printed.line or None}
            | _picked(item, THEMES)
            for item in programme.items
        ],
        "furniture": [asdict(line) for line in programme.furniture],
        "problems": [asdict(problem) for problem in programme.problems],
        "coverage": asdict(programme.coverage),
    }


def _picked(value: Section | Entry, names: tuple[str, ...]) -> dict[str, Any]:
    """Return some attributes of a value, tuples as lists."""
    found = ((name, getattr(value, name)) for name in names)
    return {name: list(field) if isinstance(field, tuple) else field for name, field in found}


def to_wire(programme: ParsedProgramme) -> dict[str, Any]:
    """Return a programme as values that JSON knows; unlike `as_dict` it keeps prose and items in one order."""
    entries = [["item" if isinstance(entry, Item) else "passage", asdict(entry)] for entry in programme.entries]
    lines = [[line.page, line.number, line.text, line.box] for line in programme.lines]
    plain = replace(programme, entries=(), lines=())
    return asdict(plain) | {"entries": entries, "lines": lines}


def from_wire(data: dict[str, Any]) -> ParsedProgramme:
    """Return the programme that `to_wire` gave. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return ParsedProgramme(
        source=document.Source(**data["source"]),
        meta=document.Meta(**data["meta"]),
        sections=tuple(Section(**section) for section in data["sections"]),
        entries=tuple(_entry(kind, fields) for kind, fields in data["entries"]),
        furniture=tuple(document.Furniture(**line) for line in data["furniture"]),
        problems=tuple(_problem(**problem) for problem in data["problems"]),
        coverage=document.CharacterCoverage(**data["coverage"]),
        lines=tuple(SourceLine(page, number, text, box and tuple(box)) for page, number, text, box in data["lines"]),
        parser=data.get("parser", ""),
    )


def _problem(of: list[str] | tuple[str, ...] = (), **fields: Any) -> document.Problem:
    return document.Problem(**fields, of=tuple(of))


def _entry(kind: str, fields: dict[str, Any]) -> Entry:
    given: dict[str, Any] = {name: tuple(fields.get(name, ())) for name in ("also_themes", "sub_themes")}
    given["theme_reasons"] = tuple(document.Reason(**reason) for reason in fields.get("theme_reasons", ()))
    given["place"] = document.Place(**fields["place"])
    given["printed"] = document.Printed(**fields.get("printed", {}))
    return Passage(**fields | given) if kind == "passage" else Item(**fields | given)
