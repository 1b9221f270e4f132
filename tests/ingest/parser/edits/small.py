"""A programme put together by hand, every value known, so that tests can say exactly what an edit leaves."""

from __future__ import annotations

from typing import Any

from ingest.parser.document import (
    CharacterCoverage,
    Furniture,
    Item,
    Meta,
    ParsedProgramme,
    Passage,
    Place,
    Section,
    Source,
    SourceLine,
)
from ingest.parser.edits import Applied, Edit, anchor_at, anchor_of_heading, apply
from ingest.parser.values import replace

LEAD = "Vi vil:"
LINES = [
    (1, 1, "1. Skole"),
    (1, 2, "Skolen er viktig."),
    (1, 3, "Vi vil:"),
    (1, 4, "• Bygge skole i bygda"),
    (1, 5, "og ansette lærere"),
    (1, 6, "- gi mat"),
    (1, 7, "Side 1"),
    (2, 1, "1.1 Bygg"),
    (2, 2, "• Male veggene"),
    (2, 3, "Side 2"),
    (3, 1, "2. Kultur"),
    (3, 2, "• Ruste opp hallen"),
    (3, 3, "• Åpne kino"),
]


def item(entry_id: str, section: str, text: str, place: Place, **values: Any) -> Item:
    return Item(entry_id, section, "pledge", LEAD, values.pop("marker", "•"), text, place, **values)


def on(page: int, first: int, last: int | None = None) -> Place:
    return Place(page, page, first, last or first)


ENTRIES = (
    Passage("p1", "s1", "prose", "Skolen er viktig.", on(1, 2)),
    item("i1", "s1", "Bygge skole i bygda og ansette lærere", on(1, 4, 5), theme="skole", sub_themes=("bygg",)),
    item("i2", "s1", "gi mat", on(1, 6), marker="-", parent="i1"),
    item("i3", "s2", "Male veggene", on(2, 2)),
    item("i4", "s3", "Ruste opp hallen", on(3, 2)),
    item("i5", "s3", "Åpne kino", on(3, 3)),
)
SECTIONS = (
    Section("s1", "Skole", 1, 1, 1, number="1."),
    Section("s2", "Bygg", 2, 2, 1, number="1.1", parent="s1"),
    Section("s3", "Kultur", 1, 3, 1, number="2."),
)
FURNITURE = (Furniture(1, 7, "Side 1", "page number"), Furniture(2, 3, "Side 2", "page number"))
COVERAGE = CharacterCoverage(characters=142, sections=19, prose=15, lead_ins=18, items=80, furniture=10)


def programme(**values: Any) -> ParsedProgramme:
    """Return the programme, with other values where some are given."""
    usual = {
        "sections": SECTIONS,
        "entries": ENTRIES,
        "furniture": FURNITURE,
        "coverage": COVERAGE,
        "lines": tuple(SourceLine(*line) for line in LINES),
    }
    source = Source("skole.txt", "0" * 64, "text/plain", 3)
    return ParsedProgramme(source=source, meta=Meta(), **{**usual, **values})


def index_of(parsed: ParsedProgramme, part_id: str) -> int:
    """Return where an entry or a section stands."""
    parts = parsed.sections if part_id.startswith("s") else parsed.entries
    return next(n for n, part in enumerate(parts) if part.id == part_id)


def place_of(part_id: str, parsed: ParsedProgramme | None = None) -> dict[str, Any]:
    """Return the anchor of an entry or a section, by its id."""
    parsed = parsed or programme()
    index = index_of(parsed, part_id)
    if part_id.startswith("s"):
        return anchor_of_heading(parsed.sections, index)
    return anchor_at(parsed.entries, index)


def line_place(line: Furniture) -> dict[str, Any]:
    return anchor_at(FURNITURE, FURNITURE.index(line))


def lines_place(*numbers: tuple[int, int]) -> dict[str, Any]:
    """Return the anchor of lines of the source, by their pages and numbers."""
    words = [text for page, number, text in LINES if (page, number) in numbers]
    return {"page": numbers[0][0], "line": numbers[0][1], "quote": " ".join(words), "before": "", "after": ""}


def done(kind: str, at: str | dict[str, Any], change: dict[str, Any], parsed: ParsedProgramme | None = None) -> Applied:
    """Return the programme with one edit, number 7, on a part or at a place."""
    parsed = parsed or programme()
    place = place_of(at, parsed) if isinstance(at, str) else at
    return apply(parsed, [Edit(7, kind, place, change)])


def fits(
    kind: str, at: str | dict[str, Any], change: dict[str, Any], parsed: ParsedProgramme | None = None
) -> ParsedProgramme:
    """Return the same, which must fit."""
    applied = done(kind, at, change, parsed)
    assert applied.reasons == {}
    return applied.parsed


def entry(parsed: ParsedProgramme, entry_id: str) -> Any:
    return parsed.entries[index_of(parsed, entry_id)]


def order(parsed: ParsedProgramme) -> list[tuple[str, str]]:
    """Return each entry's section and id, in order."""
    return [(each.section, each.id) for each in parsed.entries]


def outline(parsed: ParsedProgramme) -> list[tuple[str, int, str | None]]:
    """Return each section's id, level and parent, in order."""
    return [(each.id, each.level, each.parent) for each in parsed.sections]


def with_entry(entry_id: str, **values: Any) -> ParsedProgramme:
    """Return the programme with other values of an entry."""
    return programme(entries=tuple(replace(each, **values) if each.id == entry_id else each for each in ENTRIES))


def with_section(section_id: str, **values: Any) -> ParsedProgramme:
    return programme(sections=tuple(replace(each, **values) if each.id == section_id else each for each in SECTIONS))


def counts(parsed: ParsedProgramme) -> dict[str, int]:
    """Return how each account differs from what it was."""
    names = ("sections", "prose", "lead_ins", "items", "furniture")
    differ = {name: getattr(parsed.coverage, name) - getattr(COVERAGE, name) for name in names}
    return {name: count for name, count in differ.items() if count}


def others_as_before(parsed: ParsedProgramme, *changed: str) -> bool:
    """Return whether all entries but some are what they were, in the same order."""
    left = [each for each in parsed.entries if each.id not in changed]
    return left == [each for each in ENTRIES if each.id not in changed]
