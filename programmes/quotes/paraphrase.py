"""Which pledge of a party an article may mean where it quotes nobody: shown, and never called the source of its words.

What is claimed has to be covered by the pledge: each telling word by one of the same matter, the most telling of all
too, and in the same direction. Rather nothing than a likeness passed off as a source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from programmes.alike.stances import stances
from programmes.norwegian.directions import direction_of, several_words
from programmes.norwegian.tokens import tokens
from programmes.quotes.direction import directions
from programmes.quotes.passages import SourcePassage
from programmes.quotes.related import relation
from programmes.quotes.words import Wording, number_of, rarity
from programmes.search.understanding import is_verb_or_adjective

LIKE = 0.95
"""`Likeness.strength` of a pledge that an article means. Measured on the 98 gold passages and on claims of our own, two
thirds of them seen: 51 invented and 24 that mean a pledge."""
LIKE_OF_ANOTHERS = 0.5
"""The same, where the claim is word for word another party's pledge: what it is about is surely politics."""
LESS_LIKE = 0.82
FEW, SOME, MANY = 3.4, 6.0, 8.5
"""What the words must tell together that both have: the less like, or the weightier a word that the pledge lacks."""
OF_A_VERB = 0.5
"""Of what a thing would tell: two texts of one matter seldom have the same verbs."""
HEAVY = 0.7
"""`Likeness.heaviest_missing` of a claim about something that the pledge does not speak of."""
MADE_OVER = 0.6
"""`Likeness.heaviest_missing` of it."""
RUN = 5
"""Words in a row: a claim with so many of a pledge's, and another thing in it, is that pledge made over."""
ANCHORED = 0.7
"""`related.relation` from which two words are surely of one matter."""
MATCHED = 0.5
"""`related.relation` from which a word is taken to be there."""
LISTED = frozenset({"pledge", "sub_pledge"})
OF_A_LIST = 0.1
"""An entry of a list is the pledge itself, and what is like it in running text speaks of it."""
RULING = 0.6
"""Of what all words tell that two texts take one way or the other: so much by one rules what they say."""
SURE = 0.5
"""`stances` from which a text is for or against a thing."""
NUMBER_TELLS = 4.0
SHORT = 60
"""Words of a passage whose sentences are read as one too; a longer one has something of everything."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A telling word, or a verb of several words, and how much it tells."""

    form: str
    tells: float


Shared = tuple[Unit, Unit, float]
"""A word of a claim, one of a pledge, and how near they are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a pledge covers a claim."""

    passage: SourcePassage
    covered: float
    """Of what the claim tells."""
    source_covered: float
    """Of what the pledge tells, that the claim tells too."""
    anchored: float
    """What those words tell together that both have for sure, verbs of direction left out."""
    heaviest_missing: float
    """How much the most telling word tells that the pledge has nothing like, of the most telling of all: 0 to 1."""
    contrary: bool
    """Whether the two take their thing opposite ways."""
    numbers: tuple[tuple[str, str], ...]
    """Numbers of the pledge and of the claim that differ."""

    longest_run: int
    """Words in a row that are the same in both."""

    @property
    def strength(self) -> float:
        """How much the claim and the pledge say the same, 0 to 2."""
        return self.covered + self.source_covered

    def is_like(self, *, in_others_words: bool = False) -> bool:
        """Return whether it is the pledge's matter; `in_others_words` where a claim says what another party says."""
        if in_others_words:
            return self.strength >= LIKE_OF_ANOTHERS and self.anchored >= FEW
        if self.is_made_over:
            return False
        least = FEW if self.heaviest_missing <= HEAVY else SOME
        return (self.strength >= LIKE and self.anchored >= least) or (
            self.strength >= LESS_LIKE and self.anchored >= MANY
        )

    @property
    def is_made_over(self) -> bool:
        """Whether the claim has many of the pledge's words in a row, and is about another thing."""
        return self.longest_run >= RUN and self.heaviest_missing >= MADE_OVER

    @property
    def is_worth_showing(self) -> bool:
        """Whether it may be told as what is nearest, where no pledge is meant."""
        return self.strength >= LIKE_OF_ANOTHERS and self.anchored >= FEW

    @property
    def rank(self) -> float:
        """How likely it is that this pledge is meant, of all."""
        return self.covered + 0.5 * self.source_covered + (OF_A_LIST if self.passage.kind in LISTED else 0.0)


def units_of(wording: Wording, first: int = 0, last: int | None = None) -> list[Unit]:
    """Return the telling words of a text, a verb of several words as one."""
    last = len(wording.forms) if last is None else last
    if first >= last:
        return []
    start = wording.words[first].start
    stretch = wording.text[start : wording.words[last - 1].end]
    taken: set[int] = set()
    units: dict[str, Unit] = {}
    for begins, ends, name in several_words(stretch):
        inside = [at for at in range(first, last) if begins <= wording.words[at].start - start < ends]
        taken |= set(inside)
        units[name] = Unit(name, max((rarity(wording.forms[at]) for at in inside), default=1.0))
    for at in range(first, last):
        form = wording.forms[at]
        tells = NUMBER_TELLS if number_of(form) is not None else rarity(form)
        if at not in taken and tells:
            units.setdefault(form, Unit(form, tells))
    return list(units.values())


def likeness(claimed: Wording, passage: SourcePassage) -> Likeness:
    """Return how well a pledge covers a claim, by its best sentence or as a whole."""
    wanted = units_of(claimed)
    reading = passage.readings[0]
    starts = sorted({reading.lead, *(at for at in reading.wording.begins if at >= reading.lead)})
    stops = [*starts[1:], len(reading.wording.forms)]
    stretches = list(zip(starts, stops, strict=True))
    if len(stretches) > 1 and len(reading.wording.forms) - reading.lead <= SHORT:
        stretches.append((reading.lead, len(reading.wording.forms)))
    found = [_cover(passage, claimed, wanted, reading.wording, *stretch) for stretch in stretches]
    return max(found, key=lambda each: each.rank)


def _cover(
    passage: SourcePassage, claimed: Wording, wanted: Sequence[Unit], source: Wording, first: int, last: int
) -> Likeness:
    having = units_of(source, first, last)
    pairs = [(unit, other, relation(unit.form, other.form)) for unit in wanted for other in having]
    best = {unit: max((near for one, _other, near in pairs if one is unit), default=0.0) for unit in wanted}
    back = {unit: max((near for _one, other, near in pairs if other is unit), default=0.0) for unit in having}
    sure = {unit: 0.0 for unit in wanted if not direction_of_unit(unit.form)}
    for unit, other, near in pairs:
        if unit in sure and near >= ANCHORED:
            sure[unit] = max(sure[unit], near * min(unit.tells, other.tells))
    lacked = [unit for unit in wanted if best[unit] < MATCHED and not direction_of_unit(unit.form)]
    missing = max(
        (unit.tells * (OF_A_VERB if is_verb_or_adjective(unit.form) else 1.0) for unit in lacked), default=0.0
    )
    forms = source.forms[first:last]
    return Likeness(
        passage,
        covered=_share(best),
        source_covered=_share(back),
        anchored=sum(sure.values()),
        heaviest_missing=missing / max((unit.tells for unit in wanted), default=1.0),
        contrary=_is_contrary(claimed, source, first, last, pairs),
        numbers=_numbers(claimed.forms, forms),
        longest_run=max(
            (op.src_end - op.src_start for op in LCSseq.opcodes(claimed.forms, forms) if op.tag == "equal"), default=0
        ),
    )


def _share(found: Mapping[Unit, float]) -> float:
    """Return how much of some words is found, by what each tells; a verb of direction tells half."""
    told = {unit: unit.tells * (0.5 if direction_of_unit(unit.form) else 1.0) for unit in found}
    return sum(told[unit] * found[unit] for unit in found) / (sum(told.values()) or 1.0)


@lru_cache(maxsize=20_000)
def direction_of_unit(form: str) -> str | None:
    """Return the direction of a verb, of one word or several; None for most words."""
    return direction_of(form) if " " in form else next(iter(sorted(directions(form))), None)


def _is_contrary(claimed: Wording, source: Wording, first: int, last: int, pairs: Sequence[Shared]) -> bool:
    """Return whether two texts take what both name opposite ways: the first thing of the claim, or what rules it.

    A text often turns to other things behind the first; where it turns is not always seen.
    """
    one, other = _stances(claimed, 0, len(claimed.forms)), _stances(source, first, last)
    sure = [
        (near * min(unit.tells, there.tells), one[unit.form] * other[there.form])
        for unit, there, near in pairs
        if near >= ANCHORED and abs(one.get(unit.form, 0.0)) >= SURE and abs(other.get(there.form, 0.0)) >= SURE
    ]
    if not sure:
        return False
    heaviest, sign = max(sure, key=lambda each: each[0])
    return sure[0][1] < 0 or (sign < 0 and heaviest > RULING * sum(tells for tells, _sign in sure))


def _stances(wording: Wording, first: int, last: int) -> dict[str, float]:
    """Return how a stretch takes each of its words: for it (1) or against it (-1)."""
    if first >= last:
        return {}
    text = wording.text[wording.words[first].start : wording.words[last - 1].end]
    words = list(tokens(text))
    return {word.form: stance.sign for word, stance in zip(words, stances(text, words), strict=True)}


def _numbers(claimed: Sequence[str], having: Sequence[str]) -> tuple[tuple[str, str], ...]:
    wanted = [number for form in claimed if (number := number_of(form))]
    there = [number for form in having if (number := number_of(form))]
    unlike = [number for number in wanted if number not in there]
    others = [number for number in there if number not in wanted]
    return tuple(zip(others, unlike, strict=False))
