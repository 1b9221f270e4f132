"""Edits between the text and what is no text: taken out, brought back, added from lines of the source."""

from __future__ import annotations

from ingest.parser.document import Item, ParsedProgramme, Place
from ingest.parser.edits import steps
from ingest.parser.edits.anchors import spot
from ingest.parser.edits.common import HEADING, Done, Edit, Unfit
from ingest.parser.edits.headings import heading_of
from ingest.parser.language.joining import plain
from ingest.parser.language.markers import split_mark
from ingest.parser.values import replace


def furniture(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Take an entry out of the text; what hangs under it moves up."""
    entry = parsed.entries[index]
    words, parent = f"{entry.marker} {entry.text}".strip(), entry.parent if isinstance(entry, Item) else None
    done = steps.taken_out(steps.with_entries(parsed, index, 1), entry.place.begins, words, entry.kind)
    return steps.adopted(done, entry.id, parent), ()


def rescue(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Bring a line of furniture back into the text."""
    line = parsed.furniture[index]
    place = Place(line.page, line.page, line.line, line.line)
    return _entered(replace(parsed, furniture=steps.spliced(parsed.furniture, index, 1)), line.text, place, edit)


def add(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make an entry of lines of the source, wherever they were: furniture, or a stretch of another entry."""
    chosen = {(int(page), int(number)) for page, number in edit.change["lines"]}
    lines = [line for line in parsed.lines if (line.page, line.number) in chosen]
    if not lines or (quote := " ".join(plain(line.text) for line in lines)) != edit.place["quote"]:
        raise Unfit("Linjene i kilden er ikke lenger de samme.")
    place = Place(lines[0].page, lines[-1].page, lines[0].number, lines[-1].number)
    taken = [line for line in parsed.furniture if (line.page, line.line) in chosen]
    words = steps.joined_text(*(line.text for line in lines))
    for owner, entry in enumerate(parsed.entries):
        for wording in (words, split_mark(words)[1], quote):
            if wording and wording != entry.text and wording in entry.text and _overlaps(entry.place, place):
                return _cut_out(parsed, owner, wording, place, edit)
    if not taken or {(line.page, line.line) for line in taken} != chosen:
        raise Unfit("Linjene står allerede i teksten. Del, slå sammen eller endre type på avsnittet der de står.")
    rest = tuple(line for line in parsed.furniture if (line.page, line.line) not in chosen)
    return _entered(replace(parsed, furniture=rest), steps.joined_text(*(line.text for line in taken)), place, edit)


def _cut_out(parsed: ParsedProgramme, owner: int, words: str, place: Place, edit: Edit) -> Done:
    """Return a parse with a stretch of an entry as an entry of its own, and what is left of it on both sides."""
    entry = parsed.entries[owner]
    if entry.repaired or entry.corrected:
        raise Unfit("Avsnittet der linjene står, er reparert eller rettet. Del det i stedet.")
    if entry.text.count(words) > 1:
        raise Unfit("Linjene står flere ganger i avsnittet. Del det i stedet.")
    head, _words, tail = (part.strip() for part in entry.text.partition(words))
    rest = [replace(entry, text=part) for part in (head, tail) if part]
    if head and tail:
        rest[-1] = replace(rest[-1], id=f"{entry.id}.{edit.id}", marker="")
    at = owner + (1 if head else 0)
    left = steps.with_entries(parsed, owner, 1, *rest)
    new = steps.entry_of(left, at, words, place, entry.section, _kind_of(edit), f"{entry.id}.{edit.id}.add")
    done = steps.counted(steps.with_entries(left, at, 0, new), words, entry.kind, _kind_of(edit))
    return _as_wanted(done, (new.id, *(part.id for part in rest)), edit)


def _entered(parsed: ParsedProgramme, words: str, place: Place, edit: Edit) -> Done:
    """Return a parse with words that were furniture as an entry where they stand in the source."""
    index = steps.place_in_order(parsed.entries, place.begins)
    above = [section for section in parsed.sections if spot(section) <= place.begins]
    if not parsed.sections:
        raise Unfit("Programmet har ingen kapitler å sette teksten i.")
    section = max(above, key=spot) if above else parsed.sections[0]
    new = steps.entry_of(parsed, index, words, place, section.id, _kind_of(edit), f"e{edit.id}")
    done = steps.counted(steps.with_entries(parsed, index, 0, new), words, "furniture", _kind_of(edit))
    return _as_wanted(done, (new.id,), edit)


def _kind_of(edit: Edit) -> str:
    """Return the kind of entry that words come in as; a heading comes in as prose first."""
    wanted = str(edit.change["kind"])
    return "prose" if wanted == HEADING else wanted


def _as_wanted(parsed: ParsedProgramme, ids: tuple[str, ...], edit: Edit) -> Done:
    """Return a parse in which the first of some entries is a heading, if that is what was wanted of it."""
    if edit.change["kind"] != HEADING:
        return parsed, ids
    index = next(n for n, entry in enumerate(parsed.entries) if entry.id == ids[0])
    done, headings = heading_of(parsed, index, edit)
    return done, (*headings, *ids[1:])


def _overlaps(one: Place, other: Place) -> bool:
    return one.begins <= other.ends and other.begins <= one.ends
