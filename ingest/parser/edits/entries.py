"""Edits of an entry: its words, its kind, where it belongs. A step returns a new parse, or raises `Unfit`."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from ingest.parser.document import Entry, Item, ParsedProgramme, Passage
from ingest.parser.edits import steps
from ingest.parser.edits.anchors import find
from ingest.parser.edits.common import HEADING, ITEM_KINDS, PROSE_KINDS, AlreadySo, Done, Edit, Unfit
from ingest.parser.edits.headings import heading_of
from ingest.parser.language.joining import plain
from ingest.parser.language.markers import is_mere_sign
from ingest.parser.report.coverage import printed
from ingest.parser.values import replace


def text(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Put an editor's wording beside the source's."""
    entry, words = parsed.entries[index], plain(str(edit.change["text"]))
    if not words:
        raise Unfit("Teksten kan ikke være tom. Ta avsnittet ut som sidefyll i stedet.")
    return steps.changed(parsed, index, replace(entry, corrected=words if words != entry.text else None))


def repair(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Keep a repair of damaged text for good, or go back to the source's wording."""
    words = edit.change["repaired"]
    return steps.changed(
        parsed, index, replace(parsed.entries[index], repaired=None if words is None else plain(words))
    )


def themes(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Set the main theme and others that fit of an item or a pledge in running text."""
    entry, main = parsed.entries[index], str(edit.change["main"])
    if entry.kind == "prose":
        raise Unfit("Dette gjelder bare løfter og spørsmål, og avsnittet er brødtekst.")
    also = tuple(slug for slug in dict.fromkeys(map(str, edit.change.get("also", ()))) if slug != main)
    return steps.changed(parsed, index, replace(entry, theme=main, also_themes=also, sub_themes=(), theme_reasons=()))


def split(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make two of an entry, where its source's wording goes on with `rest`; what hangs under it follows the second."""
    entry, rest = parsed.entries[index], str(edit.change["rest"])
    at = _nearest(entry.text, rest, int(edit.change["at"]))
    head, tail = entry.text[:at].rstrip(), entry.text[at:].lstrip()
    if not head or not tail:
        raise Unfit("Det må stå tekst både før og etter delingen.")
    (last_page, last_line), (page, line) = (_line_at(parsed, entry, n) for n in (len(head) - 1, at))
    repaired, corrected = (_parted(entry.text, other, at) for other in (entry.repaired, entry.corrected))
    first = replace(
        entry,
        text=head,
        place=replace(entry.place, page_last=last_page, line_last=last_line),
        repaired=repaired[0],
        corrected=corrected[0],
    )
    second = replace(
        entry,
        id=f"{entry.id}.{edit.id}",
        marker="",
        text=tail,
        place=replace(entry.place, page_first=page, line_first=line),
        repaired=repaired[1],
        corrected=corrected[1],
    )
    done = steps.with_entries(parsed, index, 1, first, second)
    return steps.adopted(done, entry.id, second.id), (first.id, second.id)


def merge(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Join an entry to the one before it; a mark that was none goes into the text, a bullet to the furniture."""
    if find(edit.change["with"], parsed.entries[:index]) != index - 1:
        raise Unfit("Avsnittet før er ikke lenger det som skulle slås sammen med dette.")
    before, entry = parsed.entries[index - 1 : index + 1]
    if before.section != entry.section:
        raise Unfit("De to avsnittene står i hvert sitt kapittel. Flytt det ene først.")
    mark = "" if is_mere_sign(entry.marker) else entry.marker
    joined = replace(
        before,
        text=steps.joined_text(before.text, mark, entry.text),
        place=replace(before.place, page_last=entry.place.page_last, line_last=entry.place.line_last),
        repaired=_both(before, entry, mark, "repaired"),
        corrected=_both(before, entry, mark, "corrected"),
    )
    done = steps.with_entries(parsed, index - 1, 2, joined)
    done = steps.counted(done, f"{mark} {entry.text}", entry.kind, before.kind)
    if entry.marker and not mark:
        done = steps.taken_out(done, entry.place.begins, entry.marker, entry.kind)
    parent = joined.id if isinstance(joined, Item) else None
    return steps.adopted(done, entry.id, parent), (joined.id,)


def move(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Put an entry, with what hangs under it, in another section; it keeps its place in the document's order."""
    place = find(edit.change["section"], parsed.sections)
    if place is None:
        raise Unfit("Kapittelet finnes ikke igjen i teksten slik den nå er lest.")
    entry, section = parsed.entries[index], parsed.sections[place].id
    if entry.section == section:
        raise AlreadySo("Avsnittet står allerede i dette kapittelet.")
    moved = {entry.id, *steps.below(parsed, entry.id)}
    entries = [replace(each, section=section) if each.id in moved else each for each in parsed.entries]
    if isinstance(entry, Item):
        entries[index] = replace(entry, section=section, parent=None)
    return replace(parsed, entries=tuple(entries)), (entry.id,)


def kind(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Make another kind of thing of an entry: pledge, question, prose, a pledge in prose, or a heading."""
    entry, wanted = parsed.entries[index], str(edit.change["kind"])
    if wanted == HEADING:
        return heading_of(parsed, index, edit)
    if wanted not in ITEM_KINDS + PROSE_KINDS:
        raise Unfit("Denne typen avsnitt finnes ikke.")
    if entry.kind == wanted:
        raise AlreadySo("Avsnittet er allerede av denne typen.")
    if isinstance(entry, Item) == (wanted in ITEM_KINDS):
        entry = replace(entry, kind=wanted, confidence=1.0)  # type: ignore[arg-type]
        return steps.changed(parsed, index, steps.without_themes(entry) if wanted == "prose" else entry)
    parsed = steps.counted(parsed, f"{entry.marker} {entry.text}", entry.kind, wanted)
    if isinstance(entry, Passage):
        return steps.changed(parsed, index, steps.new_item(parsed, index, entry, wanted))
    parsed = steps.adopted(parsed, entry.id, entry.parent)
    passage = Passage(kind=wanted, **steps.of_any_kind(entry))  # type: ignore[arg-type]
    return steps.changed(parsed, index, passage if wanted == "prose" else steps.themed_as(entry, passage))


def nest(parsed: ParsedProgramme, index: int, edit: Edit) -> Done:
    """Hang an item under one before it, or under none."""
    item, parent = steps.item_at(parsed, index), edit.change["parent"]
    if parent is None:
        if item.parent is None:
            raise AlreadySo("Punktet står allerede for seg selv.")
        return steps.changed(parsed, index, replace(item, parent=None))
    place = find(parent, parsed.entries[:index])
    above = parsed.entries[place] if place is not None else None
    if not isinstance(above, Item):
        raise Unfit("Punktet som dette skulle høre under, finnes ikke igjen foran det.")
    if above.section != item.section:
        raise Unfit("De to punktene står i hvert sitt kapittel.")
    if above.id == item.parent:
        raise AlreadySo("Punktet hører allerede under dette.")
    return steps.changed(parsed, index, replace(item, parent=above.id, lead_in=above.lead_in))


def _both(before: Entry, entry: Entry, mark: str, name: str) -> str | None:
    """Return the other wording of two joined entries, None where neither has one."""
    one, other = getattr(before, name), getattr(entry, name)
    return None if one is None and other is None else steps.joined_text(one or before.text, mark, other or entry.text)


def _nearest(words: str, rest: str, at: int) -> int:
    """Return where in the words `rest` begins, the nearest to an offset. Raises `Unfit`."""
    found = [n for n in range(len(words)) if words.startswith(rest, n)] if rest else []
    if not found:
        raise Unfit("Ordene der avsnittet skulle deles, finnes ikke igjen.")
    return min(found, key=lambda n: abs(n - at))


def _parted(words: str, other: str | None, at: int) -> tuple[str | None, str | None]:
    """Return another wording of words cut at an offset in them; None for a part where nothing differs."""
    if other is None:
        return None, None
    cut = len(other)
    for step in Levenshtein.opcodes(words, other):
        if at < step.src_end or (at == step.src_end and step.tag == "equal"):
            cut = step.dest_start + (at - step.src_start if step.tag == "equal" else 0)
            break
    pairs = ((words[:at].strip(), other[:cut].strip()), (words[at:].strip(), other[cut:].strip()))
    first, second = (None if not new or new == old else new for old, new in pairs)
    return first, second


def _line_at(parsed: ParsedProgramme, entry: Entry, at: int) -> tuple[int, int]:
    """Return the page and line that an offset in an entry's text stands on, as near as counting characters can say."""
    left = printed(entry.marker) + printed(entry.text[:at])
    place = entry.place.begins
    skipped = {(line.page, line.line) for line in parsed.furniture}
    for line in parsed.lines:
        here = (line.page, line.number)
        if entry.place.begins <= here <= entry.place.ends and here not in skipped:
            place = here
            left -= printed(line.text)
            if left < 0:
                break
    return place
