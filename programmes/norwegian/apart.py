"""What is written apart and together: `eldre omsorg` is eldreomsorg, `gratisbarnehage` is gratis and barnehage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from programmes.norwegian.compounds import VOWELS, split
from programmes.norwegian.lexicon import is_word, zipf
from programmes.norwegian.tables import FUNCTION_WORDS

JOINTS = ("", "s", "e")
PREPOSITIONS_OF_COMPOUNDS = frozenset(["av", "for", "fra", "i", "med", "mot", "om", "på", "til"])
"""What stands between the parts of a compound where it is written out, the last part first: opplæring i norsk."""
SHORTEST_PART = 4
"""Letters: `frimerke` is not to be looked for as fri and merke, which stand in one text by chance."""
SHORTEST_GLUED = 5
IN_USE = 3.0
"""On the Zipf scale: utenforskap is, and what letters make by chance is seldom."""


def as_one_word(forms: Sequence[str]) -> Iterator[str]:
    """Yield every way to write neighbours as one word, whether there is such a word or not; none with a function word.

    The joint (`arbeid liv` → arbeidsliv, `barn hage` → barnehage) stands between the last two, where it most often is.
    A preposition between two words turns them round: `opplæring i norsk` → norskopplæring.
    """
    if len(forms) == 3 and forms[1] in PREPOSITIONS_OF_COMPOUNDS:
        forms = (forms[2], forms[0])
    if not FUNCTION_WORDS.isdisjoint(forms):
        return
    before, last = "".join(forms[:-1]), forms[-1]
    if len(before) == 1 and last.isalpha():
        yield f"{before}-{last}"  # e helse
    if last.isdigit():
        yield before + last  # e 18, f 35
        return
    if not before.isalpha() or not last.isalpha():
        return
    for joint in JOINTS:
        yield before + joint + last
    if len(before) > 2 and before[-1] == before[-2] == last[0] not in VOWELS:
        yield before + last[1:]  # natt tog


def apart(form: str) -> tuple[str, ...]:
    """Return the words that a compound may be written as, `gratis` and `barnehage`; none where its parts are short.

    What is no compound may be an adjective and its noun without the space between them, `digitaltutenforskap`.
    """
    segments = split(form)
    if len(segments) == 1:
        return () if is_word(form) else _glued(form)
    found = [
        (min(zipf(first), zipf(last)), first, last)
        for first, last in cuts(form)
        if min(len(first), len(last)) >= SHORTEST_PART and is_word(first) and is_word(last)
    ]
    return max(found)[1:] if found else ()


def cuts(form: str) -> Iterator[tuple[str, str]]:
    """Yield the two words that each cut of a compound between its parts gives, without the joint at the cut."""
    segments = split(form)
    for at in range(1, len(segments)):
        first = "".join(part + joint for part, joint in segments[: at - 1]) + segments[at - 1][0]
        yield first, "".join(part + joint for part, joint in segments[at:])


def _glued(form: str) -> tuple[str, ...]:
    """Return two words written as one without a joint, both in use; none for most forms."""
    places = range(SHORTEST_GLUED, len(form) - SHORTEST_GLUED + 1)
    pairs = [(form[:cut], form[cut:]) for cut in places]
    known = [(min(map(zipf, pair)), *pair) for pair in pairs if all(map(is_word, pair))]
    known = [pair for pair in known if pair[0] >= IN_USE]
    return max(known)[1:] if known else ()
