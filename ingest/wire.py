"""A `ParsedProgramme` as plain JSON and back: how a parse leaves the sandbox without pickle."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.document import (
    Coverage,
    Furniture,
    Item,
    Meta,
    ParsedProgramme,
    Passage,
    Place,
    Problem,
    Section,
    Source,
)


def to_wire(programme: ParsedProgramme) -> dict[str, Any]:
    """Return a programme as values that JSON knows; unlike `as_dict` it keeps prose and items in one order."""
    entries = [["item" if isinstance(entry, Item) else "passage", asdict(entry)] for entry in programme.entries]
    return asdict(programme) | {"entries": entries}


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
    )


def _entry(kind: str, fields: dict[str, Any]) -> Item | Passage:
    place = Place(**fields.pop("place"))
    if kind == "passage":
        return Passage(place=place, **fields)
    also_themes, sub_themes = tuple(fields.pop("also_themes")), tuple(fields.pop("sub_themes"))
    return Item(place=place, also_themes=also_themes, sub_themes=sub_themes, **fields)
