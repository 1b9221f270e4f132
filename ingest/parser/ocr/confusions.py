"""What a recogniser without Norwegian letters makes of them: the one table that the repair is built on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Where = Literal["in a word", "alone", "unknown word"]


@dataclass(frozen=True, slots=True)
class Confusion:
    """One way in which a letter is misread."""

    meant: str
    read: str
    share: float
    """How often, of all times that `meant` was on the paper, it came out so."""
    where: Where
    """"alone": the sign is a word by itself; "unknown word": tried only where the word read is no known word."""
    example: tuple[str, str]
    """(read, meant)."""


_ROWS = tomllib.loads(Path(__file__).with_name("confusions.toml").read_text("utf-8"))["confusions"]
CONFUSIONS = tuple(Confusion(*row[:4], example=(row[4], row[5])) for row in _ROWS)

LOST_SPACE_SHARE = 0.002
"""Spaces that the recogniser swallows: "Taimot" for "Ta i mot"."""
