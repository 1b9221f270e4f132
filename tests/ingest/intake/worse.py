"""Parses as a worse parser would have made them of the sample programmes: the same words, and much else wrong."""

from __future__ import annotations

from dataclasses import replace

from ingest.parser.document import Entry, Item, ParsedProgramme, Passage, Section

WRONG_LEAD_IN = "Vi i Fjordpartiet vil:"
EVERY = 4
"""Every so many-th list is taken for prose, and every so many-th paragraph for a pledge."""


def worse(parsed: ParsedProgramme) -> ParsedProgramme:
    """Return a parse with lists and prose taken for each other, sections lost, lead-ins wrong and doubts unsaid."""
    sections = _fewer_sections(parsed.sections)
    leads_to = _kept_section(parsed.sections, {section.id for section in sections})
    demoted = _demoted(parsed)
    entries: list[Entry] = []
    for number, entry in enumerate(parsed.entries):
        section = leads_to[entry.section]
        if isinstance(entry, Item) and entry.id in demoted:
            entries.append(Passage(entry.id, section, "prose", entry.text, entry.place, repaired=entry.repaired))
        elif isinstance(entry, Item):
            parent = None if entry.parent in demoted else entry.parent
            entries.append(replace(entry, section=section, parent=parent, lead_in=WRONG_LEAD_IN))
        elif number % EVERY == 0:
            entries.append(
                Item(entry.id, section, "pledge", WRONG_LEAD_IN, "", entry.text, entry.place, repaired=entry.repaired)
            )
        else:
            entries.append(replace(entry, section=section))
    return replace(parsed, sections=sections, entries=tuple(entries), problems=())


def _demoted(parsed: ParsedProgramme) -> set[str]:
    """Return the items of every fourth list, with all that hangs under them."""
    demoted: set[str] = set()
    lists: dict[tuple[str, str], int] = {}
    for item in parsed.items:
        number = lists.setdefault((item.section, item.lead_in), len(lists))
        if item.parent in demoted or (item.parent is None and number % EVERY == 0):
            demoted.add(item.id)
    return demoted


def _fewer_sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the outline without every other of the sections that hang under others, all on one level."""
    kept = [section for number, section in enumerate(sections) if section.parent is None or number % 2]
    return tuple(replace(section, parent=None, level=1) for section in kept)


def _kept_section(sections: tuple[Section, ...], kept: set[str]) -> dict[str, str]:
    """Return the section that each one's text is taken to, by id: its own, or the one before it that is kept."""
    leads_to: dict[str, str] = {}
    last = ""
    for section in sections:
        last = section.id if section.id in kept else last
        leads_to[section.id] = last
    return leads_to
