"""Fragments of sources, taken at random, and what a reader would type to find one again."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wordfreq import zipf_frequency

from tools.findability.sources import Source, Word

SHORTEST, LONGEST = 6, 15
"""Words of a fragment."""
ASKED = 3
"""Words that are asked for."""
ASKABLE = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some words of a file in their order, and the rarest of them."""

    file: str
    words: tuple[str, ...]
    rarest: tuple[str, ...]

    @property
    def text(self) -> str:
        """The fragment as it stands in the file."""
        return " ".join(self.words)

    @property
    def query(self) -> str:
        """What is asked."""
        return " ".join(self.rarest)


def counts(sources: Iterable[Source]) -> Counter[str]:
    """Return how often each word stands in some sources."""
    return Counter(key(word.text) for source in sources for stretch in source.stretches for word in stretch)


def draw(source: Source, number: int, seed: int, frequencies: Counter[str]) -> list[Fragment]:
    """Return fragments of a source at random, the same for the same seed; fewer where it has not as many words.

    Every place of the text is as likely as any other; one without three words to ask for is drawn anew.
    """
    chance = random.Random(f"{seed}:{source.name}")  # noqa: S311 - chance that can be repeated
    stretches = [stretch for stretch in source.stretches if len(stretch) >= SHORTEST]
    if not stretches:
        return []
    weights = [len(stretch) for stretch in stretches]
    found: dict[tuple[str, ...], Fragment] = {}
    for _attempt in range(20 * number):
        if len(found) == number:
            break
        (stretch,) = chance.choices(stretches, weights)
        length = chance.randint(SHORTEST, min(LONGEST, len(stretch)))
        start = chance.randint(0, len(stretch) - length)
        fragment = made(source.name, stretch[start : start + length], frequencies)
        if fragment:
            found[fragment.words] = fragment
    return list(found.values())


def made(file: str, words: Sequence[Word], frequencies: Counter[str]) -> Fragment | None:
    """Return a fragment of these words, None where fewer than three can be asked for."""
    askable = {
        key(text): text for word in words if word.whole and (text := bare(word.text)) and ASKABLE.fullmatch(text)
    }
    if len(askable) < ASKED:
        return None
    rarest = sorted(askable, key=lambda word: (frequencies[word], zipf_frequency(word, "nb"), word))[:ASKED]
    return Fragment(file, tuple(word.text for word in words), tuple(askable[word] for word in rarest))


def shares(sources: Sequence[Source], total: int) -> list[int]:
    """Return how many of so many fragments each source gets, by its words."""
    words = sum(source.words for source in sources)
    exact = [total * source.words / words for source in sources]
    taken = [int(share) for share in exact]
    behind = sorted(range(len(sources)), key=lambda at: taken[at] - exact[at])
    for at in behind[: total - sum(taken)]:
        taken[at] += 1
    return taken


def bare(word: str) -> str:
    """Return a word without the punctuation around it."""
    return re.sub(r"^\W+|\W+$", "", word)


def key(text: str) -> str:
    """Return the letters and digits of a text, case folded: what texts are compared by."""
    return "".join(filter(str.isalnum, text.casefold()))
