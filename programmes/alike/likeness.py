"""How much of one pledge another has: word by word, for the best pair of their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.alike.statements import Sentence, Statement
from programmes.alike.weights import Weights
from programmes.alike.words import Word

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
LIGHT = 0.3
"""A word weighs at least so much where it is held against a compound that has it."""
PARTNER = 0.6
"""From so good a cover a word has found its partner."""
CONTRARY_WORD = 0.4
"""How surely a heavy shared word, beside the heaviest, must be taken two ways for two sentences to be contrary."""
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
        """The smaller of the two covers."""
        return min(self.cover, self.cover_back)

    @property
    def harmonic(self) -> float:
        """The harmonic mean of the two covers."""
        both = self.cover + self.cover_back
        return 2 * self.cover * self.cover_back / both if both else 0.0


def align_sentences(one: Sentence, other: Sentence, weights: Weights) -> Alignment:
    """Return which words of two sentences are each other's."""
    ties, back = _ties(one, other, weights), _ties(other, one, weights)
    return Alignment(one, other, ties, back, _cover(ties), _cover(back))


@dataclass(frozen=True, slots=True)
class Held:
    """Two pledges held against each other."""

    best: Alignment
    """Their likest pair of sentences."""
    cover: float
    """How much of all that the one says the other has, wherever it says it."""
    cover_back: float


def hold(one: Statement, other: Statement, weights: Weights) -> Held:
    """Hold two pledges against each other, sentence by sentence."""
    table = [[align_sentences(a, b, weights) for b in other.sentences] for a in one.sentences]
    best = max((pair for row in table for pair in row), key=lambda pair: (pair.harmonic, pair.smaller))
    cover = _whole([[pair.ties for pair in row] for row in table])
    back = _whole([[row[at].back for row in table] for at in range(len(other.sentences))])
    return Held(best, cover, back)


def _whole(rows: list[list[tuple[Tie, ...]]]) -> float:
    """Return how much is covered of sentences that each have been held against several."""
    covered = total = 0.0
    for row in rows:
        for ties in zip(*row, strict=True):
            total += ties[0].weight
            covered += ties[0].weight * max(tie.cover for tie in ties)
    return covered / total if total else 0.0


def own_words(one: Statement, other: Statement, weights: Weights) -> list[tuple[int, int]]:
    """Return where the words of content stand in the other pledge's text that the one has not, in reading order."""
    found = set()
    for start, sentence in zip(other.starts, other.sentences, strict=True):
        covers = [[tie.cover for tie in _ties(sentence, here, weights)] for here in one.sentences]
        for word, of_word in zip(sentence.words, zip(*covers, strict=True), strict=True):
            if max(of_word) < PARTNER:
                found.add((start + word.start, start + word.end))
    return sorted(found)


def contrariness(alignment: Alignment) -> float:
    """Return how sure it is that two sentences want contrary things, from -1 (the same way) to 1."""
    shared = [
        tie
        for tie in alignment.ties
        if tie.other is not None
        and tie.word.is_thing
        and tie.other.is_thing
        and tie.cover >= (1.0 if tie.word.direction else PARTNER)
    ]
    if not shared:
        return 0.0
    direct = [tie for tie in shared if tie.other and min(abs(tie.word.sign), abs(tie.other.sign)) >= CONTRARY_WORD]
    heaviest = max((tie.weight for tie in direct), default=max(tie.weight for tie in shared))
    contrary = agreeing = 0.0
    partner_of = {id(tie.word): tie.other for tie in alignment.back}
    for tie in shared:
        if tie.other is None or tie.weight < HEAVY * heaviest:
            continue
        turns, other_turns = tie.word.turns, tie.other.turns
        is_whole = tie.cover >= APART or tie.word.is_mere or tie.other.is_mere
        if tie.is_by_part and turns == other_turns and not is_whole:
            continue  # fravær and fraværsgrense are two things
        if tie.is_by_part and partner_of[id(tie.other)] is not tie.word:
            continue  # EØS-avtalen has its own partner, whatever is said of a handelsavtale
        here = tie.word.of_parts if turns and not other_turns else tie.word.sign
        there = tie.other.of_parts if other_turns and not turns else tie.other.sign
        strength = min(abs(here), abs(there)) * tie.weight * tie.cover / heaviest
        if here * there < 0:
            contrary = max(contrary, strength)
        else:
            agreeing = max(agreeing, strength)
    return contrary if contrary >= CONTRARY_WORD else -agreeing


def weight_of(word: Word, weights: Weights) -> float:
    """Return what a word weighs: its heaviest family; a verb less."""
    weight = max(weights.of(family) for family in word.families)
    return weight * OF_VERBS if word.direction else weight


def _cover(ties: tuple[Tie, ...]) -> float:
    total = sum(tie.weight for tie in ties)
    return sum(tie.weight * tie.cover for tie in ties) / total if total else 0.0


def _ties(one: Sentence, other: Sentence, weights: Weights) -> tuple[Tie, ...]:
    return tuple(_tie(word, weight_of(word, weights), one, other, weights) for word in one.words)


def _tie(word: Word, weight: float, own: Sentence, other: Sentence, weights: Weights) -> Tie:
    """Return a word with its best partner in another sentence."""
    for family in word.families:
        if family in other.by_family:
            return Tie(word, other.words[other.by_family[family][0]], 1.0, weight)
    if len(word.leaves) > 1 and word.leaves in other.by_leaves:
        return Tie(word, other.words[other.by_leaves[word.leaves][0]], SAME_PARTS, weight)
    for family in word.names:
        if family in other.by_family:
            return Tie(word, other.words[other.by_family[family][0]], SYNONYM, weight)
    for family in word.families:
        if family in other.by_name:
            return Tie(word, other.words[other.by_name[family][0]], SYNONYM, weight)
    best = _by_parts(word, weight, own, other, weights)
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


def _by_parts(word: Word, weight: float, own: Sentence, other: Sentence, weights: Weights) -> Tie:
    """Return a word's best partner among those that share a part with it."""
    best, partner = 0.0, None
    for family in word.families:  # it stands within a compound of the other
        for at in other.by_part.get(family, ()):
            whole = other.words[at]
            heavier = weight_of(whole, weights)
            found = WITHIN * min(1.0, max(weight, LIGHT) / max(heavier, LIGHT))
            if len(whole.leaves) > 1 and whole.leaves <= own.all_families:
                found = APART
            if found > best:
                best, partner = found, other.words[at]
    apart = 0.0
    total = sum(weights.of(leaf) for leaf in word.leaves)
    for leaf in word.leaves:
        of_leaf = weights.of(leaf)
        places = other.by_family.get(leaf) or other.by_name.get(leaf)
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
