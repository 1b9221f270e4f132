"""Words that text recognition damaged and the parser repaired, put together by what was taken for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ingest.desk.doubts.answers import ANSWERS
from ingest.desk.doubts.question import Question, Reviewed, WordChange
from ingest.parser.document import Entry

REPAIR = "repair"
SPACE = "␣"
"""Stands for a space in what a repair is called."""
OTHERS = ""
"""The kind of those that no other repair of the programme is like."""
Pair = tuple[str, str]


def word_pairs(source: str, repaired: str) -> list[Pair]:
    """Return the words that differ, as they were and as they became; neighbours one by one if their number is kept."""
    old, new = source.split(), repaired.split()
    pairs: list[Pair] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if old_to - old_from == new_to - new_from:
            pairs += zip(old[old_from:old_to], new[new_from:new_to], strict=True)
        else:
            pairs.append((" ".join(old[old_from:old_to]), " ".join(new[new_from:new_to])))
    return [pair for pair in pairs if pair[0] != pair[1]]


def confusion(source: str, repaired: str) -> str:
    """Return what was taken for what: `a → å`; several, with commas between; case apart."""
    old, new = source.replace(" ", SPACE), repaired.replace(" ", SPACE)
    changes = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes.append(f"{old[old_from:old_to].lower() or '–'} → {new[new_from:new_to].lower() or '–'}")
    return ", ".join(dict.fromkeys(changes))


def without(source: str, repaired: str, words: set[Pair]) -> str | None:
    """Return a repaired text with some of its words as the source has them, None where nothing is repaired then."""
    old, new = source.split(), repaired.split()
    text: list[str] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = old[old_from:old_to], new[new_from:new_to]
        if tag == "equal":
            text += after
        elif len(before) == len(after):
            text += [one if (one, other) in words else other for one, other in zip(before, after, strict=True)]
        else:
            text += before if (" ".join(before), " ".join(after)) in words else after
    return None if text == old else " ".join(text)


def repairs(reviewed: Reviewed) -> Iterator[Question]:
    """Yield a question for each confusion of letters that was repaired, with all words that it changed.

    Those that stand alone in the programme are asked about together.
    """
    found: dict[str, dict[Pair, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in reviewed.parsed.entries:
        if entry.repaired:
            for pair in word_pairs(entry.text, entry.repaired):
                found[confusion(*pair)][pair].append(entry)
    alone = [name for name, pairs in found.items() if len(pairs) == 1]
    others = {pair: entries for name in alone for pair, entries in found[name].items()}
    kinds = {name: pairs for name, pairs in found.items() if name not in alone} | ({OTHERS: others} if others else {})
    for name, pairs in kinds.items():
        yield _question(reviewed, name, pairs)


def _question(reviewed: Reviewed, name: str, pairs: dict[Pair, list[Entry]]) -> Question:
    changes = tuple(
        WordChange(*pair, of=tuple(dict.fromkeys(entry.id for entry in entries))) for pair, entries in pairs.items()
    )
    of = tuple(dict.fromkeys(part_id for change in changes for part_id in change.of))
    first = min((entry for entries in pairs.values() for entry in entries), key=lambda entry: entry.place.begins)
    count = sum(map(len, pairs.values()))
    texts = (
        ngettext("%(count)s ord er reparert, %(name)s:", "%(count)s ord er reparert, %(name)s:", count)
        if name
        else ngettext("%(count)s ord er reparert på annet vis:", "%(count)s ord er reparert på annet vis:", count)
    )
    return Question(
        REPAIR,
        texts % {"count": count, "name": name},
        *first.place.begins,
        of=of,
        words=tuple(f"{change.source} → {change.repaired}" for change in changes),
        quote=name + "\n" + "\n".join(sorted(f"{source} → {repaired}" for source, repaired in pairs)),
        answers=ANSWERS[REPAIR],
        word_changes=changes,
        lead_in="",
        looks=_("reparasjon"),
    )
