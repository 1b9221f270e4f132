"""What the preview shows of a programme, one sheet at a time: the source on one side, the parse on the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from django.utils.translation import gettext_lazy as _

from ingest.intake.sheets import Sheet, furniture_lines
from ingest.models import Correction
from ingest.parser.document import Furniture, Item, ParsedProgramme, Problem, SourceLine
from ingest.parser.document import Passage as Prose
from ingest.parser.document import Section as ParsedSection
from ingest.parser.edits import EDITOR, Applied, anchor_at, anchor_of_heading
from programmes.identity import letters
from programmes.models import Passage, Programme, Section

DOUBTFUL = 0.5
"""Confidence below which an entry is shown as doubtful: an even chance."""
LINE_NUMBER = "line number"
WHY = {
    "page number": _("sidetall"),
    "running header": _("topp- eller bunntekst"),
    "table of contents": _("innholdsfortegnelse"),
    "photo credit": _("bildekreditering"),
    "caption": _("bildetekst"),
    "web page": _("hører til nettsiden"),
    "pull quote": _("uthevet sitat"),
    "cross-reference": _("henvisning"),
    "footnote": _("fotnote"),
    "link address": _("lenkeadresse"),
    "page break": _("sideskift"),
    "front matter": _("opplysninger øverst i filen"),
    "turned text": _("dreid tekst"),
    "index": _("stikkordregister"),
    "artifact": _("merket som pynt i filen"),
    "ornament": _("merket som pynt i filen"),
    "comment": _("kommentar i filen"),
    "markup": _("oppmerking i filen"),
    "menu": _("meny"),
    "page header": _("topptekst"),
    "page footer": _("bunntekst"),
    "side column": _("sidespalte"),
    "form": _("skjema"),
    "dialogue box": _("dialogboks"),
    "notice": _("melding"),
    "button": _("knapp"),
    "share buttons": _("deleknapper"),
    "related pages": _("relaterte sider"),
    "comments": _("lesernes kommentarer"),
    "outside main content": _("utenfor hovedinnholdet på nettsiden"),
    EDITOR: _("tatt ut her i redaksjonen"),
}
"""What the page calls the reasons why lines are furniture."""


@dataclass(slots=True)
class LineGroup:
    """Lines of the source that follow on each other and are part of the same thing."""

    kind: str
    """`entry`, `heading`, `furniture`, or empty for a lead-in and the like."""
    owner: str
    """The key of their entry or heading; empty for all else."""
    lines: list[SourceLine]
    is_first: bool = False
    """Whether the owner's first line on the sheet is among them: the mark that links lead to."""


def heading_key(pk: int) -> str:
    """Return what a heading's row is called in addresses; no public id has a capital letter."""
    return f"H{pk}"


@dataclass(slots=True)
class Doubt:
    """How sure the parser is of an entry or a heading, and what it doubts about it."""

    confidence: float = 1.0
    problems: list[Problem] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether a person should look."""
        return bool(self.problems) or self.confidence < DOUBTFUL

    @property
    def sure_per_cent(self) -> int:
        """The confidence as readers are told it."""
        return round(100 * self.confidence)


@dataclass(slots=True)
class HeadingRow:
    """A heading as it is shown and corrected."""

    section: Section
    parsed: ParsedSection
    place: str
    """The heading's anchor as JSON, as the form sends it back."""
    joins: Section | None = None
    """The heading right above, where no text stands between the two."""
    corrections: list[Correction] = field(default_factory=list)
    doubt: Doubt = field(default_factory=Doubt)
    is_heading = True

    @property
    def key(self) -> str:
        """Return what the row is called in addresses."""
        return heading_key(self.section.pk)


@dataclass(slots=True)
class EntryRow:
    """An entry as it is shown and corrected."""

    passage: Passage
    entry: Item | Prose
    place: str
    """The entry's anchor as JSON, as the form sends it back."""
    level: int
    """The level of the heading that it stands under: what it is on if it is made a heading."""
    previous: Passage | None
    under: Section | None = None
    """The heading that it stands under, where the sheet does not show it."""
    lead_in: str = ""
    """The lead-in of the list that begins with this row."""
    corrections: list[Correction] = field(default_factory=list)
    doubt: Doubt = field(default_factory=Doubt)
    continues: bool = False
    """Whether the entry began on the sheet before."""
    is_heading = False

    @property
    def key(self) -> str:
        """Return what the row is called in addresses."""
        return self.passage.public_id


@dataclass(slots=True)
class FurnitureRow:
    """A line that is not part of the text, and how to bring it back."""

    line: Furniture
    why: str
    place: str


@dataclass(slots=True)
class SheetView:
    """A sheet with all that stands on it."""

    groups: list[LineGroup]
    rows: list[EntryRow | HeadingRow]
    furniture: list[FurnitureRow]
    line_numbers: int
    """Printed line numbers on the sheet, too many to list."""
    problems: list[Problem]


def view_of(programme: Programme, applied: Applied, sheet: Sheet) -> SheetView:
    """Return what stands on a sheet of a programme."""
    parsed = applied.parsed
    here = [index for index, entry in enumerate(parsed.entries) if sheet.meets(entry)]
    wanted = {*here, *(index - 1 for index in here if index)}
    shown = programme.passages.filter(position__in=wanted).prefetch_related("passage_themes__theme")
    passages = {passage.position: passage for passage in shown}
    corrections = {c.pk: c for c in programme.corrections.filter(undone_at=None).select_related("made_by")}

    def made_by(part_id: str) -> list[Correction]:
        return [corrections[pk] for pk in applied.touched.get(part_id, ()) if pk in corrections]

    doubts: dict[str, list[Problem]] = {}
    for problem in parsed.problems:
        for part_id in problem.of:
            doubts.setdefault(part_id, []).append(problem)
    stored = list(programme.sections.order_by("position"))
    headings = _heading_rows(stored, parsed, sheet, here)
    for heading in (each for rows in headings.values() for each in rows):
        heading.corrections = made_by(heading.parsed.id)
        heading.doubt = Doubt(heading.parsed.confidence, doubts.get(heading.parsed.id, []))
    sections = {section.id: section for section in parsed.sections}
    row_of = dict(zip(sections, stored, strict=True))
    rows: list[EntryRow | HeadingRow] = []
    under = None
    for index in here:
        entry = parsed.entries[index]
        before = parsed.entries[index - 1] if index else None
        place = json.dumps(anchor_at(parsed.entries, index))
        row = EntryRow(passages[index], entry, place, max(sections[entry.section].level, 1), passages.get(index - 1))
        own = headings.pop(index, [])
        rows += own
        if own:
            under = own[-1].parsed.id
        if under != entry.section:
            row.under, under = row_of[entry.section], entry.section
        starts = bool(own) or before is None or before.section != entry.section
        if isinstance(entry, Item) and (starts or not isinstance(before, Item) or before.lead_in != entry.lead_in):
            row.lead_in = entry.lead_in
        row.corrections = made_by(entry.id)
        row.doubt = Doubt(entry.confidence, doubts.get(entry.id, []))
        row.continues = not sheet.holds(*entry.place.begins)
        rows.append(row)
    rows += (each for index in sorted(headings) for each in headings[index])
    furniture = [
        FurnitureRow(line, str(WHY.get(line.why, line.why)), json.dumps(anchor_at(parsed.furniture, index)))
        for index, line in enumerate(parsed.furniture)
        if sheet.holds(line.page, line.line) and line.why != LINE_NUMBER
    ]
    numbers = sum(line.why == LINE_NUMBER and sheet.holds(line.page, line.line) for line in parsed.furniture)
    problems = [problem for problem in parsed.problems if sheet.holds(problem.page, problem.line)]
    return SheetView(_line_groups(parsed, sheet, rows), rows, furniture, numbers, problems)


def _heading_rows(
    stored: Sequence[Section], parsed: ParsedProgramme, sheet: Sheet, here: Sequence[int]
) -> dict[int, list[HeadingRow]]:
    """Return the headings of a sheet by the entry that each stands before: the first of its text, or of what follows.

    A heading is on the sheet if it is printed there, or if its text begins there.
    """
    firsts: dict[str, int] = {}
    for index, entry in enumerate(parsed.entries):
        firsts.setdefault(entry.section, index)
    found: dict[int, list[HeadingRow]] = {}
    begin = {index for index in here if sheet.holds(*parsed.entries[index].place.begins)}
    follows = len(parsed.entries)
    for position in reversed(range(len(parsed.sections))):
        section = parsed.sections[position]
        follows = firsts.get(section.id, follows)
        if not section.title or not (sheet.holds(section.page, section.line) or follows in begin):
            continue
        row = HeadingRow(stored[position], section, json.dumps(anchor_of_heading(parsed.sections, position)))
        if position and stored[position - 1].title and parsed.sections[position - 1].id not in firsts:
            row.joins = stored[position - 1]
        found.setdefault(follows, []).insert(0, row)
    return found


def _line_groups(parsed: ParsedProgramme, sheet: Sheet, rows: Sequence[EntryRow | HeadingRow]) -> list[LineGroup]:
    """Return the lines of a sheet, those of one entry together."""
    lines = [line for line in parsed.lines if sheet.holds(line.page, line.number)]
    headings = [row for row in rows if isinstance(row, HeadingRow)]
    owner: dict[int, tuple[str, str]] = {}
    for row in rows:
        if isinstance(row, EntryRow):
            begins, ends = row.entry.place.begins, row.entry.place.ends
            for line in lines:
                if begins <= (line.page, line.number) <= ends:
                    owner.setdefault(line.number, ("entry", row.key))
    for row in headings:
        if sheet.holds(row.parsed.page, row.parsed.line):
            owner[row.parsed.line] = "heading", row.key
    beside = furniture_lines(parsed)
    for line in lines:
        if (line.page, line.number) in beside:
            owner[line.number] = "furniture", ""
    words = {row.key: letters(row.parsed.text) for row in headings}
    for above, line in pairwise(lines):  # a title may be printed over several lines
        kind, key = owner.get(above.number, ("", ""))
        if kind == "heading" and line.number not in owner and letters(line.text) in words[key]:
            owner[line.number] = kind, key
    groups: list[LineGroup] = []
    seen: set[str] = set()
    for (kind, key), group in groupby(lines, key=lambda line: owner.get(line.number, ("", ""))):
        groups.append(LineGroup(kind, key, list(group), bool(key) and key not in seen))
        seen.add(key)
    return groups
