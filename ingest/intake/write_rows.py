"""A parse as rows of the archive: only what differs from the rows that are there is written.

A programme has thousands of passages and a correction changes a few of them. Rows keep their keys, so that the
search index and all that points at a pledge can stay as they are too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count

from ingest.intake import bulk
from ingest.intake.same_rows import public_ids_of, same_sections, section_ids_of
from ingest.parser.document import Entry, Item, ParsedProgramme
from ingest.parser.document import Section as ParsedSection
from ingest.parser.errors import IngestError
from programmes.models import GonePledge, Passage, PassageTheme, Programme, Section, Theme
from programmes.norwegian.slugs import slugify_norwegian

RESERVED_SECTION_SLUGS = {"original"}
"""Addresses below a programme that are not sections."""
SLUG_LENGTH = 100
BATCH = 1000
PRINTED = 20
"""Characters of a printed number that the database keeps."""

SECTION_FIELDS = (
    "position",
    "level",
    "parent_id",
    "number",
    "title",
    "source_title",
    "slug",
    "page",
    "line",
    "confidence",
)
PASSAGE_FIELDS = (
    *("section_id", "parent_id", "position", "number", "kind", "lead_in", "marker", "text", "repaired", "corrected"),
    *("dissent", "confidence", "page_first", "page_last", "line_first", "line_last"),
    *("printed_page", "printed_page_last", "printed_line"),
)
THEME_FIELDS = ("passage_id", "theme_id", "is_main", "origin", "reasons")


class ThemesNotLoaded(IngestError):
    """The register lacks a theme that the parser knows."""

    message = "Temaregisteret er ikke lastet eller er for gammelt. Kjør «manage.py load_registers», og prøv igjen."


def write_rows(
    programme: Programme, parsed: ParsedProgramme, themed: Collection[str], home: Mapping[str, str]
) -> set[int]:
    """Make the rows of a programme those of a parse; the caller holds the programme's row locked.

    `themed` are the entries whose themes a correction has set, `home` the public ids that entries of the same raw parse
    have had. Returns the keys of the passages that are new or of
    another kind or wording than before. Raises `ThemesNotLoaded`.
    """
    old_sections = list(programme.sections.order_by("position"))
    before = list(programme.passages.order_by("position").select_related("section"))
    words = {passage.pk: (passage.is_pledge, passage.readable_text) for passage in before}
    public_ids = public_ids_of(programme, parsed, before, home)
    sections = _write_sections(programme, parsed.sections, old_sections)
    passages = _write_passages(programme, parsed, sections, before, public_ids)
    _write_themes(programme, parsed, passages, themed)
    bulk.remove(Passage, before, passages.values())
    bulk.remove(Section, old_sections, sections.values())
    _remember_gone(programme, {passage.public_id: passage.text for passage in before}, set(public_ids))
    headings = {section.public_id: str(section) for section in old_sections}
    _remember_gone(programme, headings, {section.public_id for section in sections.values()}, is_section=True)
    return {row.pk for row in passages.values() if words.get(row.pk) != (row.is_pledge, row.readable_text)}


def free_address(candidates: Sequence[str], taken: set[str]) -> str:
    """Return the first candidate that is not taken, else the last with the lowest free number."""
    numbered = (f"{candidates[-1]}-{number}" for number in count(2))
    return next(address for address in chain(candidates, numbered) if address not in taken)


def margin_numbers(items: Sequence[Item]) -> dict[str, str]:
    """Return the number of each item in the margin: 109, 110, and 110a, 110b for what hangs under 110."""
    numbers: dict[str, str] = {}
    below: Counter[str | None] = Counter()
    for item in items:
        below[item.parent] += 1
        above = numbers[item.parent] if item.parent is not None else ""
        nth = below[item.parent]
        numbers[item.id] = above + (_letter(nth) if above[-1:].isdigit() else str(nth))
    return numbers


def _letter(count: int) -> str:
    """Return the letters of a count from 1: a to z, aa, ab and so on."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


# Sections


def _write_sections(
    programme: Programme, parsed_sections: Sequence[ParsedSection], before: Sequence[Section]
) -> dict[str, Section]:
    """Write the outline; return the sections by the ids of the parse.

    What the public has seen keeps its address, whatever becomes of its title.
    """
    kept = same_sections(parsed_sections, before)
    returned = section_ids_of(programme, [section for section in parsed_sections if section.id not in kept])
    addresses_stay = programme.published_at is not None
    taken = RESERVED_SECTION_SLUGS | ({section.slug for section in kept.values()} if addresses_stay else set())
    sections: dict[str, Section] = {}
    was = {section.pk: bulk.values(section, SECTION_FIELDS) for section in before}
    for position, parsed in enumerate(parsed_sections):
        section = kept.get(parsed.id) or Section(programme=programme, public_id=returned[parsed.id])
        section.title, section.number = parsed.shown_title, parsed.shown_number
        section.source_title = parsed.text if parsed.corrected is not None else ""
        section.position, section.level, section.page, section.line = position, parsed.level, parsed.page, parsed.line
        section.confidence = parsed.confidence
        if section.pk is None or not addresses_stay:
            section.slug = free_address(
                [slugify_norwegian(section.title)[:SLUG_LENGTH].strip("-") or "innledning"], taken
            )
            taken.add(section.slug)
        sections[parsed.id] = section
    new = [section for section in sections.values() if section.pk is None]
    Section.objects.bulk_create(new, batch_size=BATCH)
    was |= {section.pk: bulk.values(section, SECTION_FIELDS) for section in new}
    for parsed in parsed_sections:
        sections[parsed.id].parent = sections[parsed.parent] if parsed.parent is not None else None
    bulk.update(Section, sections.values(), was, SECTION_FIELDS)
    return sections


# Passages


def _write_passages(
    programme: Programme,
    parsed: ParsedProgramme,
    sections: dict[str, Section],
    before: Sequence[Passage],
    public_ids: Sequence[str],
) -> dict[str, Passage]:
    """Write prose and items in document order; return the passages by the ids of the parse."""
    rows = {passage.public_id: passage for passage in before}
    was = {passage.pk: bulk.values(passage, PASSAGE_FIELDS) for passage in before}
    numbers = margin_numbers(parsed.items)
    passages: dict[str, Passage] = {}
    for position, (entry, public_id) in enumerate(zip(parsed.entries, public_ids, strict=True)):
        passage = rows.get(public_id) or Passage(public_id=public_id, programme=programme)
        place = entry.place
        passage.section, passage.position = sections[entry.section], position
        passage.text, passage.marker = entry.text, entry.marker
        passage.repaired, passage.corrected = entry.repaired or "", entry.corrected or ""
        passage.page_first, passage.page_last = place.page_first, place.page_last
        passage.line_first, passage.line_last = place.line_first, place.line_last
        passage.confidence = entry.confidence
        passage.printed_page, passage.printed_line = entry.printed.page[:PRINTED], entry.printed.line[:PRINTED]
        passage.printed_page_last = entry.printed.page_last[:PRINTED]
        if isinstance(entry, Item):
            passage.number, passage.lead_in, passage.dissent = numbers[entry.id], entry.lead_in, entry.dissent
            passage.kind = _kind(entry).value
        else:
            passage.number = passage.lead_in = passage.dissent = ""
            passage.kind = Passage.Kind(entry.kind).value
        passages[entry.id] = passage
    new = _create_parents_first(parsed.items, passages)
    was |= {passage.pk: bulk.values(passage, PASSAGE_FIELDS) for passage in new}
    for entry in parsed.entries:
        parent = entry.parent if isinstance(entry, Item) else None
        passages[entry.id].parent = passages[parent] if parent is not None else None
    bulk.update(Passage, passages.values(), was, PASSAGE_FIELDS)
    return passages


def _create_parents_first(items: Sequence[Item], passages: dict[str, Passage]) -> Collection[Passage]:
    """Create the new passages, parents first, for a sub-pledge needs its parent's key; return them."""
    depth: dict[str, int] = {}
    for item in items:  # in document order, so a parent comes before what hangs under it
        depth[item.id] = 0 if item.parent is None else depth[item.parent] + 1
    new = {entry_id: passage for entry_id, passage in passages.items() if passage.pk is None}
    parent_of = {item.id: item.parent for item in items}
    for round_ in range(max((depth.get(entry_id, 0) for entry_id in new), default=-1) + 1):
        ready = {entry_id: passage for entry_id, passage in new.items() if depth.get(entry_id, 0) == round_}
        for entry_id, passage in ready.items():
            if above := parent_of.get(entry_id):
                passage.parent = passages[above]
        Passage.objects.bulk_create(ready.values(), batch_size=BATCH)
    return new.values()


def _kind(item: Item) -> Passage.Kind:
    """Return how the archive names an item: a pledge below another is a sub-pledge."""
    if item.kind == "question":
        return Passage.Kind.QUESTION
    return Passage.Kind.SUB_PLEDGE if item.parent is not None else Passage.Kind.PLEDGE


def _remember_gone(
    programme: Programme, before: Mapping[str, str], still_here: Collection[str], *, is_section: bool = False
) -> None:
    """Leave a note at the address of each passage or section that is gone; take away those of what came back.

    `before` are the words of each by its public id.
    """
    programme.gone_pledges.filter(public_id__in=still_here).delete()
    GonePledge.objects.bulk_create(
        (
            GonePledge(public_id=public_id, programme=programme, text=text, is_section=is_section)
            for public_id, text in before.items()
            if public_id not in still_here
        ),
        ignore_conflicts=True,
    )


# Themes


def _write_themes(
    programme: Programme, parsed: ParsedProgramme, passages: dict[str, Passage], themed: Collection[str]
) -> None:
    """Write the themes of the parse; what an editor set in another way than by a correction stays instead."""
    theme_ids = dict(Theme.objects.values_list("slug", "id"))
    if not {theme for entry in parsed.entries for theme in _themes_of(entry)} <= theme_ids.keys():
        raise ThemesNotLoaded
    by_correction = {passages[entry_id].pk for entry_id in themed}
    rows = PassageTheme.objects.filter(passage__programme=programme)
    present = {row.pk: bulk.values(row, THEME_FIELDS) for row in rows}
    editor = PassageTheme.Origin.EDITOR.value
    kept = {pk for pk, row in present.items() if row[3] == editor and row[0] not in by_correction}
    settled = {present[pk][0] for pk in kept}
    wanted = []
    for entry in parsed.entries:
        passage = passages[entry.id]
        if passage.pk in settled or entry.theme is None:
            continue
        origin = editor if entry.id in themed else PassageTheme.Origin.AUTOMATIC.value
        for slug in _themes_of(entry):
            reasons = [[reason.where, reason.word] for reason in entry.theme_reasons if reason.theme == slug]
            wanted.append((passage.pk, theme_ids[slug], slug == entry.theme, origin, reasons))
    pk_of = {row[:2]: pk for pk, row in present.items()}
    new = []
    for row in wanted:
        pk = pk_of.get(row[:2])
        if pk is not None and present[pk] == row:
            kept.add(pk)
        else:
            new.append(row)
    rows.filter(pk__in=present.keys() - kept).delete()
    PassageTheme.objects.bulk_create(
        (PassageTheme(**dict(zip(THEME_FIELDS, row, strict=True))) for row in new), batch_size=BATCH
    )


def _themes_of(entry: Entry) -> dict[str, None]:
    """Return the slugs of an entry's themes, each once: the main theme, the others, the sub-themes."""
    return dict.fromkeys((*([entry.theme] if entry.theme else []), *entry.also_themes, *entry.sub_themes))
