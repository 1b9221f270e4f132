"""The sub-themes below an item's themes: by Los' own labels and helper words, and by the groups of our vocabulary.

`los.json` is Los (Digdir, NLOD 2.0) cut down to what is needed here by `manage.py derive_los`: main theme → sub-theme →
its labels, and the words that lead to it in bokmål and nynorsk. `los_left_out.toml` has those of them that lead astray.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from ingest.parser.themes.clues import DATA, Clue, Clues, Strength, read_clues
from ingest.parser.themes.evidence import NOTHING, Evidence, TextEvidence

LOS = Path(__file__).with_name("los.json")
LEFT_OUT = Path(__file__).with_name("los_left_out.toml")
MOST = 2
"""Sub-themes below one theme."""
POINTS: dict[Strength, int] = {"settled": 3, "sure": 2, "below": 2, "heading": 2, "likely": 1, "hint": 0}
"""In Los: a word of the sub-theme's label, the label of a word below it, a helper word."""
NAMED = 2
"""Points that a sub-theme needs where the text has no word of it: helper words of Los are too common there."""
NAMED_BESIDE = 3
"""Points that it needs in the text below a theme beside the main one: a settled word, or two. One word is an example
there as often as not. Measured on the five labelled sub-themes (docs/themes.md)."""

TAILS = ("ordning", "tjeneste", "teneste", "tilbud", "tilbod", "plass", "anlegg", "arrangement")
"""What a Los word may lose and still lead the same way: Fastlegeordning → fastlege."""
SHORTEST_OPEN = 5
"""Letters that a word needs to be looked for inside compounds."""


def sub_themes(evidence: Evidence, themes: Sequence[str]) -> tuple[str, ...]:
    """Return the slugs of the sub-themes that an item is about below each of its themes, the surest first.

    `themes` has the main theme first. The item's own words count, what it is part of, its lead-in, and the nearest
    heading that speaks for the theme.
    """
    found: list[str] = []
    for theme in themes:
        points = Counter(_points(theme, evidence.text))
        if theme != themes[0]:
            points = Counter({slug: some for slug, some in points.items() if some >= NAMED_BESIDE})
        for reading in (evidence.parent, evidence.lead_in, _speaking_heading(evidence.headings)):
            named = {slug: some for slug, some in _points(theme, reading).items() if some >= NAMED}
            if len(named) == 1 or not points:
                points.update(named)
        found += sorted(points, key=lambda slug: (-points[slug], slug))[:MOST]
    return tuple(found)


def _speaking_heading(headings: Sequence[TextEvidence]) -> TextEvidence:
    """Return the nearest heading that says anything of any theme."""
    return next((heading for heading in headings if heading.hits), NOTHING)


def _points(theme: str, reading: TextEvidence) -> dict[str, int]:
    """Return how much the words of a text say for each sub-theme of a theme; what says nothing is left out."""
    points: dict[str, int] = defaultdict(int)
    for hit in _clues_of(theme).hits(reading.text):
        points[hit.clue.theme] += POINTS[hit.clue.strength]
    for hit in reading.hits:
        if hit.clue.theme == theme and hit.clue.sub_theme:
            points[hit.clue.sub_theme] += POINTS[hit.clue.strength]
    return {slug: some for slug, some in points.items() if some}


@cache
def _los() -> dict[str, dict[str, Any]]:
    """Return the main themes of Los, each with its sub-themes by their slugs."""
    los: dict[str, dict[str, Any]] = json.loads(LOS.read_text("utf-8"))
    return los


def leads_astray(slug: str, word: str) -> bool:
    """Return whether a word of Los for a sub-theme stands for another matter in programmes."""
    return any(fnmatchcase(word.casefold(), left_out) for left_out in _left_out().get(slug, ()))


@cache
def _left_out() -> dict[str, tuple[str, ...]]:
    """Return the words of Los that lead astray, by sub-theme."""
    table: dict[str, str] = tomllib.loads(LEFT_OUT.read_text("utf-8"))
    return {slug: tuple(words.casefold().replace(",", " ").split()) for slug, words in table.items()}


@cache
def _clues_of(theme: str) -> Clues:
    """Return the words of Los and those that name a sub-theme alone, which stands in the place of a theme here."""
    named = (
        Clue(clue.sub_theme, clue.strength, clue.pattern)
        for clue in read_clues(DATA / f"{theme}.toml")
        if clue.strength == "below"
    )
    return Clues([*named, *(clue for slug, sub in _los().get(theme, {}).items() for clue in _clues(slug, sub))])


def _clues(slug: str, sub: dict[str, dict[str, str] | list[str]]) -> Iterator[Clue]:
    label = sub["label"]
    assert isinstance(label, dict)  # noqa: S101 - the shape of our own file
    terms: list[tuple[str, Strength]] = [
        (part, "settled") for language in ("nb", "nn") for part in re.split(r", | og ", label[language])
    ]
    terms += [(term, "sure") for term in sub["words"]]
    terms += [(term, "likely") for term in sub["helpers"]]
    for term, strength in dict.fromkeys(terms):
        if leads_astray(slug, term):
            continue
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
