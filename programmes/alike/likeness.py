"""How much of one pledge another has: word by word, for the best pair of their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.alike.statements import Sentence, Statement, Word
from programmes.alike.weights import Weights

SYNONYM = 0.95
SAME_PARTS = 0.97
SAME_DIRECTION = 0.9
WITHIN = 0.85
"""Of what a word within a compound weighs beside the compound: jordvern in jordvernplan."""
SHARED_PART = 0.5
APART = 0.9
"""A compound whose parts stand there as words of their own: vern av matjord, jordvern."""
OF_VERBS = 0.45
"""What a verb weighs beside a noun as rare: what is done is told by its direction."""
PARTNER = 0.6
"""From so good a cover a word has found its partner."""
HEAVY = 0.5
"""Of the heaviest shared word's weight: a word this heavy counts where two pledges go contrary ways."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A word of one sentence and its best partner in the other."""

    word: Word
    other: Word | None
    cover: float
    weight: float
    is_by_part: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sentences, word by word."""

    one: Sentence
    other: Sentence
    ties: tuple[Tie, ...]
    back: tuple[Tie, ...]
    cover: float
    """How much of the one the other has, 0 to 1."""
    cover_back: float

    @property
    def smaller(self) -> float:
        return min(self.cover, self.cover_back)

    @property
    def harmonic(self) -> float:
        both = self.cover + self.cover_back
        return 2 * self.cover * self.cover_back / both if both else 0.0


def align_sentences(one: Sentence, other: Sentence, weights: Weights) -> Alignment:
    """Return which words of two sentences are each other's."""
    ties, back = _ties(one, other, weights), _ties(other, one, weights)
    return Alignment(one, other, ties, back, _cover(ties), _cover(back))


def best_alignment(one: Statement, other: Statement, weights: Weights) -> Alignment:
    """Return the likest pair of sentences of two pledges, aligned."""
    pairs = [align_sentences(a, b, weights) for a in one.sentences for b in other.sentences]
    return max(pairs, key=lambda pair: (pair.harmonic, pair.smaller))


def contrariness(alignment: Alignment) -> float:
    """Return how sure it is that two sentences want contrary things, from -1 (the same way) to 1."""
    shared = [
        tie
        for tie in alignment.ties
        if tie.other is not None
        and tie.word.is_thing
        and tie.cover >= (1.0 if tie.word.direction else PARTNER)
    ]
    if not shared:
        return 0.0
    heaviest = max(tie.weight for tie in shared)
    contrary = agreeing = 0.0
    for tie in shared:
        if tie.other is None or tie.weight < HEAVY * heaviest:
            continue
        here = tie.word.sign
        there = tie.other.sign
        if tie.is_by_part:
            here = tie.word.of_parts if tie.word.parts & tie.other.families else here
            there = tie.other.of_parts if tie.other.parts & tie.word.families else there
        product = here * there * tie.weight * tie.cover
        if product < 0:
            contrary -= product
        else:
            agreeing += product
    total = contrary + agreeing
    return (contrary - agreeing) / total * min(1.0, total) if total else 0.0


def weight_of(word: Word, weights: Weights) -> float:
    """Return what a word weighs: its heaviest family; a verb less."""
    weight = max(weights.of(family) for family in word.families)
    return weight * OF_VERBS if word.direction else weight


def _cover(ties: tuple[Tie, ...]) -> float:
    total = sum(tie.weight for tie in ties)
    return sum(tie.weight * tie.cover for tie in ties) / total if total else 0.0


def _ties(one: Sentence, other: Sentence, weights: Weights) -> tuple[Tie, ...]:
    return tuple(_tie(word, weight_of(word, weights), other, weights) for word in one.words)


def _tie(word: Word, weight: float, other: Sentence, weights: Weights) -> Tie:
    """Return a word with its best partner in another sentence."""
    for family in word.families:
        if family in other.by_family:
            return Tie(word, other.words[other.by_family[family][0]], 1.0, weight)
    if len(word.leaves) > 1 and word.leaves in other.by_leaves:
        return Tie(word, other.words[other.by_leaves[word.leaves][0]], SAME_PARTS, weight)
    for family in word.names:
        if family in other.by_family:
            return Tie(word, other.words[other.by_family[family][0]], SYNONYM, weight)
    best = _by_parts(word, weight, other, weights)
    if word.direction and best.cover < SAME_DIRECTION:
        for each in other.words:
            if each.direction and each.sign * word.sign > 0 and _same_way(word, each):
                return Tie(word, each, SAME_DIRECTION, weight)
    return best


def _same_way(word: Word, other: Word) -> bool:
    if word.direction != "act" and word.direction == other.direction:
        return True
    return {word.direction, other.direction} <= {"keep", "protect", "begin", "up", "act"} and "act" in {
        word.direction,
        other.direction,
    }


def _by_parts(word: Word, weight: float, other: Sentence, weights: Weights) -> Tie:
    """Return a word's best partner among those that share a part with it."""
    best, partner = 0.0, None
    for family in word.families:  # it stands within a compound of the other
        for at in other.by_part.get(family, ()):
            heavier = weight_of(other.words[at], weights)
            found = WITHIN * min(1.0, max(weight, 0.3) / max(heavier, 0.3))
            if found > best:
                best, partner = found, other.words[at]
    apart = 0.0
    total = sum(weights.of(leaf) for leaf in word.leaves)
    for leaf in word.leaves:
        of_leaf = weights.of(leaf)
        places = other.by_family.get(leaf)
        if places:
            apart += of_leaf * APART
            found = WITHIN * of_leaf / max(weight, of_leaf)
            if found > best:
                best, partner = found, other.words[places[0]]
            continue
        for at in other.by_part.get(leaf, ()):
            apart += of_leaf * SHARED_PART
            found = SHARED_PART * of_leaf / max(weight, of_leaf)
            if found > best:
                best, partner = found, other.words[at]
            break
    for part in word.parts - word.leaves:
        if part in other.by_family:
            of_part = weights.of(part)
            found = WITHIN * of_part / max(weight, of_part)
            if found > best:
                best, partner = found, other.words[other.by_family[part][0]]
    if total and len(word.leaves) > 1 and partner is not None and apart / total > best:
        best = apart / total
    return Tie(word, partner, best, weight, is_by_part=True)
