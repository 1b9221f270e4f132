"""Edits of a heading: its words, its level, what stands under it, and whether it is a heading at all.

The outline is in document order, and a heading's parent is the nearest one above it with a lower level: so a level
says where a heading belongs. What has no heading above it stands in a section without a title.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from ingest.parser.document import Entry, Item, ParsedProgramme, Place, Section
from ingest.parser.edits import steps
from ingest.parser.edits.anchors import find, spot
from ingest.parser.edits.common import AlreadySo, Done, Edit, Unfit
from ingest.parser.language.joining import plain
from ingest.parser.language.markers import is_mere_sign
from ingest.parser.values import replace

DEEPEST = 6
LONGEST_TITLE, LONGEST_NUMBER = 500, 20
"""Characters; the archive keeps no longer ones."""


def text(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Put an editor's title, and number, beside the source's."""
    section = parsed.sections[index]
    title, number = plain(str(edit.change["title"])), plain(str(edit.change.get("number", "")))
    if not title:
        raise Unfit("Overskriften kan ikke være tom. Ta den ut som sidefyll i stedet.")
    _check_lengths(title, number)
    same = (title, number) == (section.title, section.number)
    new = replace(section, corrected=None if same else title, corrected_number="" if same else number)
    return replace(parsed, sections=steps.spliced(parsed.sections, index, 1, new)), (section.id,)


def level(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Put a heading, with all below it, on another level; what it belongs under follows."""
    section, before = parsed.sections[index], parsed.sections
    step = _checked_level(edit.change["level"]) - section.level
    moved = _with_below(before, index)
    shifted = [replace(each, level=each.level + step) if n in moved else each for n, each in enumerate(before)]
    after = tree(shifted)
    if after == before:
        if step == 0:
            raise AlreadySo("Overskriften står allerede på dette nivået.")
        raise Unfit("Det er ingen overskrift over denne å høre under, så den står allerede så dypt den kan.")
    return replace(parsed, sections=after), (section.id,)


def move(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Put a heading, with all below it, last under another one, or at the end on its own."""
    sections, target = parsed.sections, edit.change["section"]
    moved = _with_below(sections, index)
    if target is None:
        at, above = len(sections), 0
    else:
        place = find(target, sections)
        if place is None:
            raise Unfit("Overskriften som denne skulle stå under, finnes ikke igjen.")
        if place in moved:
            raise Unfit("En overskrift kan ikke stå under seg selv.")
        at, above = max(_with_below(sections, place)) + 1, sections[place].level
    step = above + 1 - sections[index].level
    block = [replace(sections[n], level=sections[n].level + step) for n in moved]
    kept = [section for n, section in enumerate(sections) if n not in moved]
    after = tree(steps.spliced(kept, at - sum(n < at for n in moved), 0, *block))
    if after == sections:
        raise AlreadySo("Overskriften står allerede der.")
    return replace(parsed, sections=after), (sections[index].id,)


def begin(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Let a heading that was found in the wrong place begin before an entry near by."""
    at = find(edit.change["at"], parsed.entries)
    if at is None:
        raise Unfit("Avsnittet som overskriften skulle stå foran, finnes ikke igjen.")
    section = parsed.sections[index]
    before = parsed.sections[index - 1] if index else None
    home, run = parsed.entries[at].section, range(at, len(parsed.entries))
    if home == section.id:  # what stood above in this section belongs to the one before
        if before is None:
            raise Unfit("Det er ingen overskrift før denne som teksten over kan høre til.")
        run, target = range(at), before.id
    elif before is not None and home == before.id:
        target = section.id
    else:
        raise Unfit("Overskriften kan bare flyttes innenfor sin egen tekst og den like før. Flytt avsnittene i stedet.")
    moved = {n for n in run if parsed.entries[n].section == home}
    if not moved:
        raise AlreadySo("Overskriften står allerede foran dette avsnittet.")
    return replace(parsed, entries=_in_section(parsed.entries, moved, target)), (section.id,)


def split(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make prose of the end of a heading that swallowed the text after it."""
    section, rest = parsed.sections[index], str(edit.change["rest"])
    if section.corrected is not None:
        raise Unfit("Overskriften er rettet. Angre rettelsen først, og del så.")
    head = section.title.removesuffix(rest).rstrip()
    if not head or not rest or not section.title.endswith(rest):
        raise Unfit("Ordene der overskriften skulle deles, finnes ikke igjen.")
    done = replace(parsed, sections=steps.spliced(parsed.sections, index, 1, replace(section, title=head)))
    at = _first_of(parsed, section)
    return _as_entry(done, at, rest, section, section.id, "prose", f"{section.id}.{edit.id}")


def merge(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Join a heading to the one right above it: one title that was printed over two lines."""
    if find(edit.change["with"], parsed.sections[:index]) != index - 1:
        raise Unfit("Overskriften før er ikke lenger den som skulle slås sammen med denne.")
    before, section = parsed.sections[index - 1 : index + 1]
    if not before.title:
        raise Unfit("Det er ingen overskrift før denne.")
    if any(entry.section == before.id for entry in parsed.entries):
        raise Unfit("Det står tekst mellom de to overskriftene.")
    title = steps.joined_text(before.title, section.text)
    corrected = None
    if before.corrected is not None or section.corrected is not None:
        corrected = steps.joined_text(before.shown_title, f"{section.shown_number} {section.shown_title}")
    _check_lengths(title, before.number)
    joined = replace(
        before, title=title, corrected=corrected, corrected_number=before.shown_number if corrected else ""
    )
    sections = tree(steps.spliced(parsed.sections, index - 1, 2, joined))
    return replace(parsed, sections=sections, entries=_rehomed(parsed.entries, section, joined)), (joined.id,)


def kind(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make text of a heading; what stood under it goes on under the heading before."""
    section, wanted = parsed.sections[index], str(edit.change["kind"])
    without, home = _dissolved(parsed, index)
    at = _first_of(parsed, section)
    done, ids = _as_entry(without, at, section.text, section, home, wanted, f"t{edit.id}")
    if section.corrected is not None:
        words = f"{section.shown_number} {section.shown_title}".strip()
        return steps.changed(done, at, replace(done.entries[at], corrected=words))
    return done, ids


def furniture(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Take a heading out of the text; what stood under it goes on under the heading before."""
    section = parsed.sections[index]
    without, _home = _dissolved(parsed, index)
    return steps.taken_out(without, spot(section), section.text, "sections"), ()


def heading_of(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make a heading of an entry; what follows in its section, up to the next heading, stands under it."""
    entry, wanted = parsed.entries[index], _checked_level(edit.change.get("level") or 1)
    bullet = is_mere_sign(entry.marker)
    number = "" if bullet else entry.marker.rstrip(".):")
    _check_lengths(entry.text, number)
    corrected = entry.corrected or entry.repaired
    here = spot(entry)
    new = Section(
        f"h{edit.id}",
        entry.text,
        wanted,
        *here,
        number=number,
        corrected=corrected,
        corrected_number=number if corrected else "",
    )
    at = next(n for n, section in enumerate(parsed.sections) if section.id == entry.section)
    next_place = min((spot(each) for each in parsed.sections if spot(each) > here), default=(inf, 0))
    moved = {
        n for n in range(index + 1, len(parsed.entries))
        if parsed.entries[n].section == entry.section and spot(parsed.entries[n]) < next_place
    }  # fmt: skip
    entries = steps.spliced(_in_section(parsed.entries, moved, new.id), index, 1)
    parent = entry.parent if isinstance(entry, Item) else None
    done = replace(parsed, sections=tree(steps.spliced(parsed.sections, at + 1, 0, new)), entries=entries)
    done = steps.adopted(done, entry.id, parent)
    if bullet and entry.marker:
        done = steps.taken_out(steps.counted(done, entry.text, entry.kind, "sections"), here, entry.marker, entry.kind)
    else:  # the mark after a number counts as the heading's, as the parser counts it
        done = steps.counted(done, f"{entry.marker} {entry.text}", entry.kind, "sections")
    return done, (new.id,)


def tree(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return an outline with each heading under the nearest one above it with a lower level, no level left out."""
    path: list[tuple[int, str]] = []
    done = []
    for section in sections:
        if not section.title:
            path = []
            done.append(replace(section, level=0, parent=None))
            continue
        path = [step for step in path if step[0] < section.level]
        done.append(replace(section, level=len(path) + 1, parent=path[-1][1] if path else None))
        path.append((section.level, section.id))
    return tuple(done)


def _check_lengths(title: str, number: str) -> None:
    if len(title) > LONGEST_TITLE:
        raise Unfit(f"En overskrift kan ha høyst {LONGEST_TITLE} tegn.")
    if len(number) > LONGEST_NUMBER:
        raise Unfit(f"Nummeret på en overskrift kan ha høyst {LONGEST_NUMBER} tegn.")


def _checked_level(wanted: Any) -> int:
    if not 1 <= int(wanted) <= DEEPEST:
        raise Unfit(f"Nivået må være et tall fra 1 til {DEEPEST}.")
    return int(wanted)


def _with_below(sections: Sequence[Section], index: int) -> list[int]:
    """Return the indexes of a section and of all below it."""
    inside, found = {sections[index].id}, [index]
    for n in range(index + 1, len(sections)):
        if sections[n].parent in inside:
            inside.add(sections[n].id)
            found.append(n)
    return found


def _in_section(entries: Sequence[Entry], moved: set[int], section: str) -> tuple[Entry, ...]:
    """Return entries some of which stand in another section, no item under one of another section."""
    return _own_parents([replace(e, section=section) if n in moved else e for n, e in enumerate(entries)])


def _rehomed(entries: Sequence[Entry], old: Section, new: Section) -> tuple[Entry, ...]:
    """Return entries with all that stood in one section in another."""
    return _in_section(entries, {n for n, entry in enumerate(entries) if entry.section == old.id}, new.id)


def _own_parents(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries in which an item hangs under nothing of another section."""
    home = {entry.id: entry.section for entry in entries}
    return tuple(
        replace(entry, parent=None)
        if isinstance(entry, Item) and entry.parent is not None and home.get(entry.parent) != entry.section
        else entry
        for entry in entries
    )


def _dissolved(parsed: ParsedProgramme, index: int) -> tuple[ParsedProgramme, str]:
    """Return a parse without a section, what stood in it in the one before; and the id of that."""
    section = parsed.sections[index]
    home = parsed.sections[index - 1] if index else Section(f"{section.id}.0", "", 0, section.page, section.line)
    sections = tree(steps.spliced(parsed.sections, index, 1, *(() if index else (home,))))
    return replace(parsed, sections=sections, entries=_rehomed(parsed.entries, section, home)), home.id


def _first_of(parsed: ParsedProgramme, section: Section) -> int:
    """Return the index of a section's first entry, or of where it would stand."""
    first = next((n for n, entry in enumerate(parsed.entries) if entry.section == section.id), None)
    return steps.place_in_order(parsed.entries, spot(section)) if first is None else first


def _as_entry(
    parsed: ParsedProgramme, index: int, words: str, heading: Section, home: str, wanted: str, entry_id: str
) -> Done:
    """Return a parse with words of a heading as an entry at an index."""
    place = Place(heading.page, heading.page, heading.line, heading.line)
    new = steps.entry_of(parsed, index, words, place, home, wanted, entry_id)
    return steps.counted(steps.with_entries(parsed, index, 0, new), words, "sections", wanted), (new.id,)
