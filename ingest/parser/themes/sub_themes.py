"""The sub-themes of Los below a main theme: by Los' own labels and helper words, and by the groups of our vocabulary.

`los.json` is Los (Digdir, NLOD 2.0) cut down to what is needed here by `manage.py derive_los`:
main theme → sub-theme → its labels, and the words that lead to it in bokmål and nynorsk.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ingest.parser.themes.clues import Clue, Clues, Strength
from ingest.parser.themes.evidence import read

LOS = Path(__file__).with_name("los.json")
MOST = 2
POINTS: dict[Strength, int] = {"settled": 3, "sure": 2, "likely": 1, "hint": 0}
"""In Los: a word of the sub-theme's label, the label of a word below it, a helper word."""

TAILS = ("ordning", "tjeneste", "teneste", "tilbud", "tilbod", "plass", "anlegg", "arrangement")
"""What a Los word may lose and still lead the same way: Fastlegeordning → fastlege."""
SHORTEST_OPEN = 5
"""Letters that a word needs to be looked for inside compounds."""


def sub_themes(text: str, main: str | None) -> tuple[str, ...]:
    """Return the slugs of the Los sub-themes of `main` that a text is about, at most two, the surest first.

    Empty for the themes that are ours and not Los', and where no word of Los is in the text.
    """
    if main not in _los():
        return ()
    points: dict[str, int] = defaultdict(int)
    for hit in _clues_of(main).hits(text):
        points[hit.clue.theme] += POINTS[hit.clue.strength]
    for hit in read(text).hits:
        if hit.clue.theme == main and hit.clue.los:
            points[hit.clue.los] += POINTS[hit.clue.strength]
    found = [slug for slug, some in points.items() if some]
    return tuple(sorted(found, key=lambda slug: (-points[slug], slug))[:MOST])


@cache
def _los() -> dict[str, dict[str, Any]]:
    """Return the main themes of Los, each with its sub-themes by their slugs."""
    los: dict[str, dict[str, Any]] = json.loads(LOS.read_text("utf-8"))
    return los


@cache
def _clues_of(main: str) -> Clues:
    """Return the vocabulary of a main theme, its sub-themes in the place of themes."""
    return Clues(clue for slug, sub in _los()[main].items() for clue in _clues(slug, sub))


def _clues(slug: str, sub: dict[str, dict[str, str] | list[str]]) -> Iterator[Clue]:
    label = sub["label"]
    assert isinstance(label, dict)  # noqa: S101 - the shape of our own file
    terms: list[tuple[str, Strength]] = [
        (part, "settled") for language in ("nb", "nn") for part in re.split(r", | og ", label[language])
    ]
    terms += [(term, "sure") for term in sub["words"]]
    terms += [(term, "likely") for term in sub["helpers"]]
    for term, strength in dict.fromkeys(terms):
        for pattern in _patterns(term):
            yield Clue(slug, strength, pattern)


def _patterns(term: str) -> Iterator[str]:
    """Yield the patterns that find a Los term: inflected, and at either end of a compound if it is long."""
    words = re.findall(r"[^\W_]+", term.casefold())
    if len(words) != 1:
        if words:
            yield " ".join(f"{word}*" if len(word) >= SHORTEST_OPEN else word for word in words)
        return
    [word] = words
    for stem in (word, *(word.removesuffix(tail) for tail in TAILS if word.endswith(tail))):
        if len(stem) >= SHORTEST_OPEN:
            yield f"{stem}*"
            yield f"*{stem}"
        elif stem == word:
            yield stem
