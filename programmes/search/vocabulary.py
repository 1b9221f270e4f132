"""The words that the archive itself uses: for reading words typed without æ, ø, å, and for suggestions."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from heapq import nsmallest
from itertools import takewhile

from rapidfuzz.distance import OSA

from programmes.norwegian.analysis import analyse
from programmes.norwegian.apart import apart
from programmes.norwegian.families import family_key
from programmes.norwegian.keyboard import foldings, unfoldings
from programmes.norwegian.lexicon import frequencies, is_noun, is_word, lemma_nb, zipf
from programmes.norwegian.spelling import sound
from programmes.norwegian.tables import FUNCTION_WORDS, NOUN_ENDINGS

CLEARLY_MORE_USUAL = 1.5
"""On the Zipf scale: about thirty times as common."""
MAX_READINGS = 3
FORMS_A_FAMILY = 5
"""Forms looked at for each family shown: a noun has four."""
USUAL = 3.5
"""On the Zipf scale: a word that readers are likely to mean, though the archive has no more than compounds of it."""
LONGEST_ENDING = 3
"""Letters in which forms of one word differ: skole, skolene."""


class Vocabulary:
    """Word forms of the archive, and in how many texts and lead-ins of pledges each stands."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Keep the counts; what is derived from them is made when it is first asked for."""
        self.counts = counts

    @cached_property
    def most(self) -> int:
        """How many texts the commonest word stands in, about as many as the archive has."""
        return max(self.counts.values(), default=0)

    @cached_property
    def _by_folding(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            if not word.isascii():
                for folded in foldings(word):
                    table[folded].append(word)
        return table

    def unfolded(self, form: str) -> tuple[str, ...]:
        """Return the words that a form typed without æ, ø, å may stand for; none where the form is a usual word."""
        if not form.isascii() or form.isdigit():
            return ()
        found = {*self._by_folding.get(form, ()), *(word for word in unfoldings(form) if is_word(word))}
        if is_word(form):
            least = zipf(form) + CLEARLY_MORE_USUAL
            found = {word for word in found if zipf(word) > least and word not in FUNCTION_WORDS}
        return tuple(sorted(found, key=lambda word: (-self.counts.get(word, 0), -zipf(word), word))[:MAX_READINGS])

    @cached_property
    def _by_trigram(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        lemmas = {lemma_nb(word) or word for word in self.counts}
        for word in self.counts.keys() | lemmas:
            if len(word) > 2 and word.isalpha() and word.islower():
                for trigram in _trigrams(word):
                    table[trigram].append(word)
        return table

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """What words sound like, of the archive's and of usual nouns, which it may have in compounds only."""
        table: dict[str, list[str]] = defaultdict(list)
        usual = takewhile(lambda word: zipf(word) > USUAL, frequencies())
        nouns = {word for word in usual if lemma_nb(word) == word and is_noun(word)}
        for word in self.counts.keys() | nouns:
            if len(word) > 3 and word.isalpha():
                table[sound(word)].append(word)
        return table

    def suggest(self, form: str) -> str | None:
        """Return the word of the archive that a misspelt form most likely stands for, None if there is none.

        A word that sounds alike comes first; a compound that no dictionary has (sjakklag) is no misspelling of another.
        """
        if len(form) < 4 or not form.isalpha() or self.knows(form):
            return None
        alike = [word for word in self._by_sound.get(sound(form), ()) if word not in FUNCTION_WORDS]
        if alike:
            return max(alike, key=lambda word: (is_word(word), self.counts.get(word, 0), zipf(word), word))
        if any(apart(bare) and family_key(bare) == bare for bare in _without_endings(form)):
            return None
        shared = Counter(word for trigram in _trigrams(form) for word in self._by_trigram.get(trigram, ()))
        best, best_score = None, 0.0
        allowed = 1 if len(form) < 6 else 2
        for word, common in shared.items():
            if abs(len(word) - len(form)) > allowed or word in FUNCTION_WORDS or common < len(form) // 3:
                continue
            distance = OSA.distance(form, word, score_cutoff=allowed)
            if distance > allowed:
                continue
            score = 10 - 3 * distance + min(self.counts.get(word, 1), 1000) ** 0.25 / 3 + 2 * is_word(word)
            score += (lemma_nb(word) == word) + 0.5 * (word[0] == form[0])
            if score > best_score:
                best, best_score = word, score
        return best

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(word for word in self.counts if word.isalpha() and word not in FUNCTION_WORDS)

    def _begun(self, beginning: str) -> list[str]:
        """Return the words that begin so, in order."""
        first = bisect_left(self._sorted, beginning)
        return self._sorted[first : bisect_left(self._sorted, beginning + "\U0010ffff", lo=first)]

    def has(self, form: str) -> bool:
        """Return whether the archive has a form, or another of its family that begins alike."""
        return form in self.counts or bool(self.forms_of(form))

    def forms_of(self, form: str) -> list[str]:
        """Return the forms of a word's families that the archive has and that begin alike, the most used first."""
        families = analyse(form).families
        alike = self._begun(form[: max(len(form) - LONGEST_ENDING, 3)])
        return sorted((word for word in alike if not families.isdisjoint(analyse(word).families)), key=self._by_use)

    def completions(self, beginning: str, limit: int) -> tuple[str, ...]:
        """Return the words that begin so, the most used first, one of each family; none for a single letter.

        A family is shown by the form that names it where the archive has that, else by its most used form.
        """
        if len(beginning) < 2:
            return ()
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in nsmallest(limit * FORMS_A_FAMILY, self._begun(beginning), key=self._by_use):
            forms[min(analyse(word).families)].append(word)
        usual = sorted(forms, key=lambda family: -sum(self.counts[word] for word in forms[family]))
        return tuple(family if family in forms[family] else forms[family][0] for family in usual[:limit])

    def _by_use(self, word: str) -> tuple[int, str]:
        return -self.counts[word], word

    def knows(self, form: str) -> bool:
        """Return whether a form, or another of its family, is in the archive or is an ordinary word."""
        return form in self.counts or is_word(form)


def _without_endings(form: str) -> set[str]:
    """Return a form as it is and without each ending of a noun that it may have: kystpakke for kystpakken."""
    return {form, *(form.removesuffix(ending) for ending in ("n", *NOUN_ENDINGS))}


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
