"""A `ParsedProgramme` as plain JSON and back: how a parse leaves the sandbox without pickle."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from ingest.parser.document import (
    Coverage,
    Furniture,
    Item,
    Meta,
    ParsedProgramme,
    Passage,
    Place,
    Problem,
    Reason,
    Section,
    Source,
    SourceLine,
)


def to_wire(programme: ParsedProgramme) -> dict[str, Any]:
    """Return a programme as values that JSON knows; unlike `as_dict` it keeps prose and items in one order."""
    entries = [["item" if isinstance(entry, Item) else "passage", asdict(entry)] for entry in programme.entries]
    lines = [[line.page, line.number, line.text, line.box] for line in programme.lines]
    plain = replace(programme, entries=(), lines=())
    return asdict(plain) | {"entries": entries, "lines": lines}


def from_wire(data: dict[str, Any]) -> ParsedProgramme:
    """Return the programme that `to_wire` gave. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return ParsedProgramme(
        source=Source(**data["source"]),
        meta=Meta(**data["meta"]),
        sections=tuple(Section(**section) for section in data["sections"]),
        entries=tuple(_entry(kind, fields) for kind, fields in data["entries"]),
        furniture=tuple(Furniture(**line) for line in data["furniture"]),
        problems=tuple(Problem(**problem) for problem in data["problems"]),
        coverage=Coverage(**data["coverage"]),
        lines=tuple(SourceLine(page, number, text, box and tuple(box)) for page, number, text, box in data["lines"]),
    )


def _entry(kind: str, fields: dict[str, Any]) -> Item | Passage:
    place = Place(**fields["place"])
    if kind == "passage":
        return Passage(**fields | {"place": place})
    themes: dict[str, Any] = {name: tuple(fields[name]) for name in ("also_themes", "sub_themes")}
    themes["theme_reasons"] = tuple(Reason(**reason) for reason in fields.get("theme_reasons", ()))
    return Item(**fields | themes | {"place": place})
