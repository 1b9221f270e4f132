"""The rules of the language, as `tables.toml` has them; each table says there what it means, with examples."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_TABLES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))

Endings = tuple[tuple[str, str, str], ...]
"""Rows of an ending, what it stands for, and an example."""


def _words(name: str) -> frozenset[str]:
    return frozenset(_TABLES[name].split())


def _rows(name: str) -> Endings:
    return tuple(map(tuple, _TABLES[name]))


def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(map(tuple, _TABLES[name]))


FUNCTION_WORDS = _words("function_words")
EMPTY_WORDS = _words("empty_words")
EMPTY_HEADS = _words("empty_heads")
SHORT_PARTS = _words("short_parts")
SHORT_HEADS = _words("short_heads")
BOUND = _words("bound")
COMPASS = _words("compass")
COUNTED = _words("counted")
AGENTS = _words("agents")
NOT_FIRST = _words("not_first")
NOT_HEADS = _words("not_heads")
OPAQUE = _words("opaque")
OWN_S = _words("own_s")
OWN_LEMMA: dict[str, str] = _TABLES["own_lemma"]
NUMERALS: dict[str, str] = _TABLES["numerals"]
DERIVED: tuple[tuple[str, str, int, str], ...] = tuple(map(tuple, _TABLES["derived"]))
IRREGULAR = _rows("irregular")
CONTRACTED = _rows("contracted")
ENDINGS = _rows("endings")
NYNORSK_ENDINGS = _rows("nynorsk_endings")
UMLAUTS = _rows("umlauts")
SLIPS = _rows("slips")
VERB_NOUNS = _pairs("verb_nouns")
LEARNED_NOUNS = _rows("learned_nouns")
OWN_NOUNS = _pairs("own_nouns")
OWN_WAY = _words("own_way")
DOERS = _words("doers")
GENITIVES = _pairs("genitives")
STEM_ENDINGS: tuple[str, ...] = tuple(_TABLES["stem_endings"])
NOUN_ENDINGS: tuple[str, ...] = tuple(_TABLES["noun_endings"])
BARE_ENDINGS: tuple[str, ...] = tuple(_TABLES["bare_endings"])
