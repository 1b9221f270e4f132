"""Edits between the text and what is no text: taken out, brought back, added from lines of the source."""

from __future__ import annotations

from dataclasses import replace

from ingest.corrections.common import (
    EDITOR,
    ITEM_KINDS,
    PROSE_KINDS,
    Done,
    Edit,
    Entry,
    Unfit,
    account,
    account_of,
    adopted,
    inserted,
    joined_text,
    moved_in,
    new_item,
    with_entries,
)
from ingest.document import Furniture, Item, ParsedProgramme, Passage, Place
from ingest.stages import rules
from ingest.stages.coverage import printed
from ingest.stages.wording import plain


def furniture(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Take an entry out of the text; what hangs under it moves up."""
    entry = parsed.entries[index]
    words, parent = f"{entry.marker} {entry.text}".strip(), entry.parent if isinstance(entry, Item) else None
    line = Furniture(entry.place.page_first, entry.place.line_first, words, EDITOR)
    entries = adopted([*parsed.entries[:index], *parsed.entries[index + 1 :]], entry.id, parent)
    coverage = moved_in(parsed.coverage, printed(line.text), account(entry), "furniture")
    done = replace(with_entries(parsed, entries), furniture=inserted(parsed.furniture, line), coverage=coverage)
    return done, ()


def rescue(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Bring a line of furniture back into the text."""
    line = parsed.furniture[index]
    rest = parsed.furniture[:index] + parsed.furniture[index + 1 :]
    place = Place(line.page, line.page, line.line, line.line)
    coverage = moved_in(parsed.coverage, printed(line.text), "furniture", account_of(str(edit.change["kind"])))
    return _entered(replace(parsed, furniture=rest, coverage=coverage), line.text, place, edit)


def add(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make an entry of lines of the source, wherever they were: furniture, or a stretch of another entry."""
    chosen = {(int(page), int(number)) for page, number in edit.change["lines"]}
    lines = [line for line in parsed.lines if (line.page, line.number) in chosen]
    if not lines or (quote := " ".join(plain(line.text) for line in lines)) != edit.place["quote"]:
        raise Unfit("Linjene i kilden er ikke lenger de samme.")
    place = Place(lines[0].page, lines[-1].page, lines[0].number, lines[-1].number)
    taken = [line for line in parsed.furniture if (line.page, line.line) in chosen]
    words = joined_text(*(line.text for line in lines))
    for owner, entry in enumerate(parsed.entries):
        for wording in (words, _unmarked(words)[1], quote):
            if wording and wording != entry.text and wording in entry.text and _overlaps(entry.place, place):
                return _cut_out(parsed, owner, wording, place, edit)
    if not taken or {(line.page, line.line) for line in taken} != chosen:
        raise Unfit("Linjene står allerede i teksten. Del, slå sammen eller endre type på avsnittet der de står.")
    rest = tuple(line for line in parsed.furniture if (line.page, line.line) not in chosen)
    words = joined_text(*(line.text for line in taken))
    coverage = moved_in(parsed.coverage, printed(words), "furniture", account_of(str(edit.change["kind"])))
    return _entered(replace(parsed, furniture=rest, coverage=coverage), words, place, edit)


def _cut_out(parsed: ParsedProgramme, owner: int, words: str, place: Place, edit: Edit) -> Done:
    """Return a parse with a stretch of an entry as an entry of its own, and what is left of it on both sides."""
    entry = parsed.entries[owner]
    if entry.repaired or entry.corrected:
        raise Unfit("Avsnittet der linjene står, er reparert eller rettet. Del det i stedet.")
    if entry.text.count(words) > 1:
        raise Unfit("Linjene står flere ganger i avsnittet. Del det i stedet.")
    head, _words, tail = (part.strip() for part in entry.text.partition(words))
    rest = []
    if head:
        rest.append(replace(entry, text=head))
    if tail:
        rest.append(replace(entry, text=tail))
    if head and tail:
        rest[-1] = replace(rest[-1], id=f"{entry.id}.{edit.id}", marker="")
    at = owner + (1 if head else 0)
    left = replace(parsed, entries=(*parsed.entries[:owner], *rest, *parsed.entries[owner + 1 :]))
    wanted = str(edit.change["kind"])
    new = _entry_of(left, at, words, place, entry.section, edit, f"{entry.id}.{edit.id}.add")
    coverage = moved_in(parsed.coverage, printed(words), account(entry), account_of(wanted))
    done = replace(left, entries=(*left.entries[:at], new, *left.entries[at:]), coverage=coverage)
    return done, (new.id, *(part.id for part in rest))


def _entered(parsed: ParsedProgramme, words: str, place: Place, edit: Edit) -> Done:
    """Return a parse with new words as an entry where they stand in the source."""
    here = (place.page_first, place.line_first)
    before = [n for n, each in enumerate(parsed.entries) if (each.place.page_first, each.place.line_first) <= here]
    index = before[-1] + 1 if before else 0
    above = [section for section in parsed.sections if (section.page, section.line) <= here]
    if not parsed.sections:
        raise Unfit("Programmet har ingen kapitler å sette teksten i.")
    section = max(above, key=lambda each: (each.page, each.line)) if above else parsed.sections[0]
    new = _entry_of(parsed, index, words, place, section.id, edit, f"e{edit.id}")
    return replace(parsed, entries=(*parsed.entries[:index], new, *parsed.entries[index:])), (new.id,)


def _entry_of(
    parsed: ParsedProgramme, index: int, words: str, place: Place, section: str, edit: Edit, entry_id: str
) -> Entry:
    """Return an entry of the wanted kind for words that will stand at an index. Raises `Unfit`."""
    wanted = str(edit.change["kind"])
    if wanted in PROSE_KINDS:
        return Passage(entry_id, section, wanted, plain(words), place)  # type: ignore[arg-type]
    if wanted not in ITEM_KINDS:
        raise Unfit("Denne typen avsnitt finnes ikke.")
    marker, rest = _unmarked(plain(words))
    item = new_item(parsed, index, Passage(entry_id, section, "prose", rest or marker, place), wanted)
    return replace(item, marker=marker if rest else "")


def _overlaps(one: Place, other: Place) -> bool:
    return (one.page_first, one.line_first) <= (other.page_last, other.line_last) and (
        other.page_first,
        other.line_first,
    ) <= (one.page_last, one.line_last)


def _unmarked(words: str) -> tuple[str, str]:
    """Return the list marker that words begin with, if any, and the words after it."""
    match = rules.MARK.match(words)
    return (match[0].strip(), words[match.end() :].strip()) if match else ("", words)
