"""Letters that a font's broken encoding has hidden: `e)` for "eti", `eWekt` for "effekt".

Some programs write ligatures under the code of another character. A sign that stands where Norwegian has
none (a capital or a symbol after a small letter) betrays it; the words that it would complete show which
letters it stands for. What no word list confirms stays as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from ingest.parser.readers.pdf.spans import FaceRun, Span
from programmes.norwegian.compounds import split
from programmes.norwegian.lexicon import frequencies, is_word

LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "ti", "tt", "ft", "tf", "ttf", "fft", "fj", "tti", "th", "st", "ct", "gj")
"""Letters that fonts draw as one glyph: `eWekt` is "effekt", `ska6` is "skatt"."""
SHORTEST = 4
"""Letters of a word that a repair makes at least: shorter ones are units and abbreviations. Chosen."""
FEW = 2
"""A sign with no more cases than this needs a font in which another sign is known to be broken. Chosen."""

_SUSPECT = re.compile(r"(?<=[a-zæøå])[^\W_a-zæøåéèêóòôüöäáàâçñµ]|(?<=[a-zæøå])[^\w\s.,;!?'’\"”»…/&@–—-](?=[a-zæøå])")
_LETTERS = "a-zæøåéèêóòôüöä"


def repair(spans: Iterable[Span]) -> int:
    """Spell out the hidden ligatures of all spans, in place; return how many signs were repaired."""
    cases: dict[tuple[str, str], list[tuple[FaceRun, int]]] = defaultdict(list)
    runs: dict[str, list[FaceRun]] = defaultdict(list)
    for span in spans:
        for run in span.runs:
            if run.text.islower() and run.text.isalpha():
                continue
            runs[run.face.name].append(run)
            for match in _SUSPECT.finditer(run.text):
                cases[run.face.name, match[0]].append((run, match.start()))
    broken: dict[str, dict[str, str]] = defaultdict(dict)
    few: list[tuple[str, str, str]] = []
    for (face, sign), places in cases.items():
        letters, share = _letters(places)
        if not letters:
            continue
        if len(places) > FEW and share >= 0.3:
            broken[face][sign] = letters
        elif share == 1.0:
            few.append((face, sign, letters))
    for face, sign, letters in few:
        if broken.get(face):
            broken[face][sign] = letters
    return sum(_spell_out(run, signs) for face, signs in broken.items() for run in runs[face])


def _letters(places: list[tuple[FaceRun, int]]) -> tuple[str, float]:
    """Return the letters that complete most of the words with a sign, and the share of words completed."""
    words = frequencies()
    votes: dict[str, int] = defaultdict(int)
    sound = 0
    for run, at in places:
        before, after = _around(run.text, at)
        if (before + run.text[at] + after).casefold() in words:
            sound += 1
            continue
        for letters in LIGATURES:
            if words.get((before + letters + after).casefold(), 0.0) > 0:
                votes[letters] += 1
    # A letter or digit is judged word by word, so `kWh` may stand beside `eWekt`; a bracket is not.
    if not votes or (sound > 0.2 * len(places) and not places[0][0].text[places[0][1]].isalnum()):
        return "", 0.0
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    clear = len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]
    return (ranked[0][0], ranked[0][1] / (len(places) - sound)) if clear else ("", 0.0)


def _makes_word(text: str, at: int, signs: dict[str, str]) -> bool:
    """Return whether a letter or digit stands for others: they make a known word or a compound of the one it is in.

    `1000 kWh` stays beside `restråstoW` in the same font.
    """
    inside = re.compile(rf"[{_LETTERS}A-ZÆØÅ{re.escape(''.join(signs))}]*")
    start = at - len(inside.match(text[:at][::-1])[0])  # type: ignore[index]
    end = inside.match(text, at).end()  # type: ignore[union-attr]
    word = text[start:end].strip("".join(sign for sign in signs if not sign.isalnum() and sign not in text[at]))
    spelt = "".join(signs.get(sign, sign) for sign in word).casefold()
    return len(spelt) >= SHORTEST and is_known(spelt) and not is_known(word.casefold())


@lru_cache(maxsize=10_000)
def is_known(word: str) -> bool:
    """Return whether a lower-case word is one in use, or a compound of such words."""
    return frequencies().get(word, 0.0) > 0 or is_word(word) or len(split(word)) > 1


def _around(text: str, at: int) -> tuple[str, str]:
    """Return the letters just before and just after a place."""
    before = re.search(rf"[{_LETTERS}A-ZÆØÅ]*[{_LETTERS}]?$", text[:at])
    after = re.match(rf"[{_LETTERS}]*", text[at + 1 :])
    return before[0] if before else "", after[0] if after else ""


def _spell_out(run: FaceRun, signs: dict[str, str]) -> int:
    """Replace the broken signs of one run where they stand in a word; return how many."""
    if not any(sign in run.text for sign in signs):
        return 0
    count = 0
    at = 0
    while at < len(run.text):
        sign = run.text[at]
        if sign in signs and _in_word(run.text, at, signs):
            run.text = run.text[:at] + signs[sign] + run.text[at + 1 :]
            at += len(signs[sign])
            count += 1
        else:
            at += 1
    return count


def _in_word(text: str, at: int, signs: dict[str, str]) -> bool:
    """Return whether a sign stands for letters: between two, or where it completes a known word."""
    if text[at].isalnum():
        return _makes_word(text, at, signs)
    before, after = _around(text, at)
    # The word may hold a second broken sign: `poli)kk` and `ska6epoli)kk`.
    following = text[at + 1 : at + 2]
    if before and before[-1].islower() and (after or following in signs):
        return not (after and following.isupper())
    words = frequencies()
    letters = signs[text[at]]
    if text[at] == ")" and text.count("(", 0, at) > text.count(")", 0, at):
        return False
    whole = words.get((before + letters + after).casefold(), 0.0)
    bare = (before + after).casefold()
    return bool(bare) and whole > 10 * words.get(bare, 0.0)
