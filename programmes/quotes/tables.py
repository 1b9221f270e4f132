"""The rows of `wording.toml`, as the finding of quotations asks for them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from programmes.norwegian.tokens import Forms, forms_of

_TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))

MARKS: tuple[tuple[str, str], ...] = tuple((row["pair"][0], row["pair"][1]) for row in _TABLES["marks"])
CLAIM_VERBS: tuple[Forms, ...] = tuple(sorted(map(forms_of, _TABLES["claims"]["verbs"]), key=lambda forms: -len(forms)))
NEGATIVE_CLAIMS: frozenset[Forms] = frozenset(map(forms_of, _TABLES["claims"]["negative"]))
HELPERS = frozenset(_TABLES["claims"]["helpers"].split())
PRONOUNS = frozenset(_TABLES["claims"]["speaking_of_it"].split())
TAILS = frozenset(word for word in _TABLES["tails"]["words"].split() if "-" not in word)
TAIL_PAIRS = frozenset(tuple(word.split("-")) for word in _TABLES["tails"]["words"].split() if "-" in word)
SAYING = frozenset(_TABLES["saying"]["words"].split())
PROGRAMME_WORDS = frozenset(_TABLES["programmes"]["words"].split())
