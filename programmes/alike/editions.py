"""What became of a pledge in another edition of a programme: kept, reworded, narrower, broader, or gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from programmes.alignment import words_of
from programmes.alike.candidates import Best, leaf, scores, weights_of
from programmes.alike.features import compare
from programmes.alike.judging import CONTRARY, MATCHES, SHOWN, judge, log_odds, rank, seen_from_the_other, sureness
from programmes.alike.statements import Statement, read
from programmes.alike.weights import Weights
from programmes.identity import letters, likeness
from programmes.norwegian.analysis import analyse
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import normal

NEARLY_EQUAL = 80.0
"""Likeness of letters in per cent from which the words that differ decide."""
SHORTEST_PART = 12
"""Letters of a pledge that is known again where it is glued to another."""
PARTNER = 8.0
"""Rank and odds from which the likest pledge of an unlike text is what became of one. Of the judged lists, programme by
programme, 81 % get a right partner then, and 64 % of those that have none are gone; at 8.5 it is 80 and 70 %."""
MOST = 40


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a pledge."""

    status: str
    """kept, reworded, narrower, broader, or gone (of a newer pledge that nothing came before: new)."""
    text: str | None
    """The words of its partner."""


class Edition:
    """The pledges of one edition, in order, to look the other edition's up in."""

    def __init__(self, texts: Sequence[str], lead_ins: Sequence[str] = (), headings: Sequence[str] = ()) -> None:
        self.texts = list(texts)
        self.keys = [letters(text) for text in texts]
        around = zip(texts, lead_ins or [""] * len(texts), headings or [""] * len(texts), strict=True)
        self.statements = [read(text, lead_in=lead_in, headings=heading) for text, lead_in, heading in around]
        self.leaf = leaf(self.statements, range(len(texts)), [0] * len(texts))
        self.weights: Weights = weights_of([self.leaf])

    def became(
        self, text: str, statement: Statement | None = None, *, is_newer: bool = False, shares_text: bool = False
    ) -> Became:
        """Return what became of a pledge of the other edition; of a newer one, what it was before.

        Where the two editions share most of their text (`shares_text`), what is not nearly there is gone,
        unless another surely is the same: of texts as unlike as a statement and a programme, the likest is taken.
        """
        key = letters(text)
        if key in self.keys:
            return Became("kept", self.texts[self.keys.index(key)])
        glued = next((at for at, other in enumerate(self.keys) if _is_glued(key, other)), None)
        if glued is not None:
            part = "broader" if len(self.keys[glued]) > len(key) else "narrower"
            return Became("kept" if shares_text else _turned(part, is_newer), self.texts[glued])
        near = max(
            range(len(self.keys)), key=lambda at: likeness(key, self.keys[at], at_least=NEARLY_EQUAL), default=None
        )
        if near is not None and likeness(key, self.keys[near]) >= NEARLY_EQUAL:
            status = _by_words(text, self.texts[near])
            if status == "kept":
                return Became(status, self.texts[near])
            pair = compare(statement or read(text), self.statements[near], self.weights)
            if judge(pair).label not in ("opposite", "unrelated"):
                return Became("reworded", self.texts[near])
        return self._likest(statement or read(text), is_newer, shares_text)

    def _likest(self, statement: Statement, is_newer: bool, shares_text: bool) -> Became:
        asked = leaf([statement], [0], [0], asks=True)
        best = Best.of(1, MOST)
        best.add(scores(asked, self.leaf, self.weights), self.leaf.keys)
        found = best.of_each()[0]
        pairs = [(compare(statement, self.statements[at], self.weights), score / found[0][1]) for at, score in found]
        judged = [(pair, judge(pair), found) for pair, found in pairs if pair.contrary < CONTRARY]
        near = [(rank(pair, found) + log_odds(said.score), pair, said) for pair, said, found in judged]
        if near:
            nearness, pair, judgement = max(near, key=lambda each: each[0])
            is_alike = judgement.label in MATCHES
            is_sure = is_alike and sureness(pair, judgement.label) >= SHOWN
            if is_sure if shares_text else nearness >= PARTNER:
                label = judgement.label if is_alike else "narrower"
                return Became("reworded" if label == "same" else _turned(label, is_newer), pair.other.text)
        return Became("new" if is_newer else "gone", None)


def _turned(label: str, is_newer: bool) -> str:
    """Return a label seen from the older edition."""
    return seen_from_the_other(label) if is_newer else label


def _is_glued(key: str, other: str) -> bool:
    """Return whether one pledge stands at an edge of the other, as where a parse puts two together."""
    short, long = sorted((key, other), key=len)
    return (
        len(short) >= SHORTEST_PART and len(short) > len(long) / 4 and (long.startswith(short) or long.endswith(short))
    )


def _by_words(one: str, other: str) -> str:
    """Return whether two texts that are nearly equal are the same pledge as it was, or reworded."""
    here, there = words_of(one), words_of(other)
    for tag, first, last, other_first, other_last in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag != "equal" and not _is_no_change(here[first:last], there[other_first:other_last]):
            return "reworded"
    return "kept"


def _is_no_change(here: Sequence[str], there: Sequence[str]) -> bool:
    """Return whether words were read otherwise and not written otherwise: spaces, hyphens, fonts, endings."""
    if "".join(here) == "".join(there):
        return True
    if any(word.isdigit() for word in (*here, *there)) or {"ikke", "ikkje", "ingen", "aldri"} & {*here, *there}:
        return False
    content = [[word for word in words if word not in FUNCTION_WORDS] for words in (here, there)]
    return any(
        len(one) == len(other) and all(_is_same_word(a, b) for a, b in zip(one, other, strict=True))
        for one, other in ((here, there), content)
    )


def _is_same_word(one: str, other: str) -> bool:
    one, other = normal(one), normal(other)
    is_damaged = not (is_word(one) and is_word(other)) and likeness(one, other) >= NEARLY_EQUAL
    return one == other or is_damaged or not analyse(one).families.isdisjoint(analyse(other).families)


def share_text(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether at least half of one edition's pledges stand in the other letter for letter."""
    here, there = {letters(text) for text in ones}, {letters(text) for text in others}
    return len(here & there) * 2 >= min(len(here), len(there)) > 0


def without(texts: Iterable[str], removed: str | None) -> list[int]:
    """Return the places of texts but for the first that has the letters of one that is taken out."""
    places, key = [], letters(removed) if removed else None
    for at, text in enumerate(texts):
        if key is not None and letters(text) == key:
            key = None
            continue
        places.append(at)
    return places
