"""Words that mean the same, or that a wider word takes in, as `synonyms.toml` has them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_TABLES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text("utf-8"))

LOS: tuple[tuple[str, ...], ...] = tuple(map(tuple, _TABLES["los"]))
"""Each row means one thing, whichever word is typed: words of Los."""
SAME: tuple[tuple[str, ...], ...] = tuple(map(tuple, _TABLES["same"]))
"""The same, words of our own."""
WIDER: tuple[tuple[str, tuple[str, ...]], ...] = tuple((word, tuple(narrower)) for word, narrower in _TABLES["wider"])
"""A search for the first finds the others as well, but not the other way round."""
