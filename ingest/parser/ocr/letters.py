"""How Norwegian a string of letters looks: for words that no list has, names and new compounds among them.

A model of letter triples, counted from the common words of the lists on first use.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice
from math import log

from ingest.parser.ocr.readings import MISREAD, Reading, Site, word_lists

SAMPLE = 12_000
"""Words of each language that are counted."""
FLOOR = 0.3
"""Belief in a letter never seen after two others, in sightings."""
UNLISTED = -6.0
"""ln of how often a word is in no list, before its letters are looked at."""
MARGIN = 3.0
"""How much likelier (ln) a repaired unlisted word must be than the word as read."""

_SIGNS = sorted(
    ((sign, meant, cost) for meant, signs in MISREAD.items() for sign, cost in signs), key=lambda row: -len(row[0])
)


class Letters:
    """Counts of letter triples."""

    def __init__(self, words: list[str]) -> None:
        run = "$" + "$".join(f"^^{word}" for word in words) + "$"
        triples = {"".join(three): n for three, n in Counter(zip(run, run[1:], run[2:], strict=False)).items()}
        pairs: Counter[str] = Counter()
        for triple, n in triples.items():
            pairs[triple[:2]] += n
        self._costs = {triple: log(n / (pairs[triple[:2]] + 30 * FLOOR)) for triple, n in triples.items()}
        self._rare = {pair: log(FLOOR / (n + 30 * FLOOR)) for pair, n in pairs.items()}
        self._unseen = log(1 / 30)

    def _next(self, two: str, letter: str) -> float:
        cost = self._costs.get(two + letter)
        return cost if cost is not None else self._rare.get(two, self._unseen)

    def score(self, word: str) -> float:
        """Return ln of the chance of an unlisted word with these letters."""
        padded = f"^^{word}$"
        return UNLISTED + sum(self._next(padded[at : at + 2], padded[at + 2]) for at in range(len(padded) - 2))

    def readings(self, word: str) -> list[Reading]:
        """Return an unlisted plain word as it stands and, if clearly likelier, its best repair."""
        stays = Reading(self.score(word.replace("\x01", "i")), ())
        # Best way to reach each position, by the two letters before it.
        reached: list[dict[str, Reading]] = [{} for _ in range(len(word) + 1)]
        reached[0]["^^"] = Reading(UNLISTED, ())
        for at in range(len(word)):
            steps = [(1, word[at].replace("\x01", "i"), 0.0, False)]
            steps += [(len(sign), meant, cost, True) for sign, meant, cost in _SIGNS if word.startswith(sign, at)]
            for two, path in reached[at].items():
                for length, meant, cost, changed in steps:
                    score, last = path.score - cost, two
                    for letter in meant:
                        score += self._next(last, letter)
                        last = last[1] + letter
                    known = reached[at + length].get(last)
                    if known is None or score > known.score:
                        sites = (*path.sites, Site(at, at + length, meant)) if changed else path.sites
                        reached[at + length][last] = Reading(score, sites)
        ends = [Reading(path.score + self._next(two, "$"), path.sites) for two, path in reached[-1].items()]
        best = max(ends)
        return [best, stays] if best.sites and best.score > stays.score + MARGIN else [stays]


@cache
def letters() -> Letters:
    """Return the model of letters, counted on the first call."""
    known = word_lists()
    words = [word for word in islice(known.bokmal, 2 * SAMPLE) if word.isalpha()]
    nynorsk = sorted(known.nynorsk)
    return Letters(words + nynorsk[:: max(1, len(nynorsk) // SAMPLE)])
