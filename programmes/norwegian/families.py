"""What a family is called: two spellings that differ by an accent or a joint, and by no meaning, have one name."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from programmes.norwegian.characters import unaccented
from programmes.norwegian.compounds import split
from programmes.norwegian.lexicon import begins, is_noun, zipf
from programmes.norwegian.nynorsk import bokmal, is_known
from programmes.norwegian.tables import FUNCTION_WORDS

ANOTHER_WORD = 0.5
"""On the Zipf scale: a plain spelling this much more usual than the accented one is a word of its own (rose, rosé)."""
JOINTS = ("", "s", "e")
MOST_PARTS = 4
"""With more, 3 to the power of the joints are not worth trying."""
IN_USE = 3.0
"""On the Zipf scale: slag is, and svei, which a dictionary has, is not: `skog|s|vei` has a joint."""
SHORTEST_NOUN = 4
"""`fore` in `forestå` is no form of a word `for`."""


@lru_cache(maxsize=100_000)
def family_key(family: str) -> str:
    """Return the one name of a family: of a compound's spellings the most usual one, `formuesskatt`."""
    segments = split(family)
    if len(segments) == 1:
        return _without_idle_accent(family)
    following = [part for part, _joint in segments[1:]] + [""]
    parts = (_part(*segment, after) for segment, after in zip(segments, following, strict=True))
    return _most_usual(tuple(map(_without_idle_accent, parts)))


@lru_cache(maxsize=20_000)
def _without_idle_accent(word: str) -> str:
    """Return a word without an accent that may as well be left out: `kafe`, `en`; but `fôr` and `allé`."""
    bare = unaccented(word)
    if bare == word:
        return word
    if bare in FUNCTION_WORDS:
        return word if is_noun(word) else bokmal(bare)
    is_another = is_known(word) and is_known(bare) and zipf(bare) > zipf(word) + ANOTHER_WORD
    return word if is_another else bare


def _part(part: str, joint: str, following: str) -> str:
    """Return a part without its joint, if that is surely one: `hjertes|lag` may as well be `hjerte|slag`.

    An e at the end of a first part is a joint too where the noun has none: `skatte` is of skatt, but not `skole`.
    """
    if joint == "s" and _may_begin_with_s(following):
        return part + joint
    noun = part.removesuffix("e")
    is_longer = not joint and noun != part and len(noun) >= SHORTEST_NOUN
    return noun if is_longer and is_noun(noun) and zipf(noun) > zipf(part) else part


def _may_begin_with_s(part: str) -> bool:
    """Return whether an s before a part may be its own: hjerte + slag."""
    return is_known("s" + part) and zipf("s" + part) >= IN_USE


@lru_cache(maxsize=100_000)
def _most_usual(parts: tuple[str, ...]) -> str:
    """Return the most usual way to write some parts as one word, or else with the joints that each part usually has."""
    if len(parts) > MOST_PARTS:
        return "".join(parts)
    joints = [[joint for joint in JOINTS if joint != "s" or not _may_begin_with_s(part)] for part in parts[1:]]
    return max(_spelling(parts, chosen) for chosen in product(*joints))[-1]


def _spelling(parts: tuple[str, ...], joints: tuple[str, ...]) -> tuple[float, bool, int, int, str]:
    """Return how usual some parts are with these joints between them, and then how that is written."""
    before = [part + joint for part, joint in zip(parts, joints, strict=False)]
    written = "".join((*before, parts[-1]))
    return zipf(written), is_known(written), sum(map(begins, before)), -len(written), written
