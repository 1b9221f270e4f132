"""What a recogniser without Norwegian letters makes of them: the one table that the repair is built on.

Tesseract run with English alone cannot answer æ, ø or å and picks the nearest shape. Read the table as
"`read` stands on the page of text, `meant` stood on the paper". `share` is how often, of all times that
`meant` was on the paper, it came out so: rough figures, since only their order of size matters.
Adding a row is enough to have a new confusion repaired.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["in a word", "alone", "unknown word"]


@dataclass(frozen=True, slots=True)
class Confusion:
    """One way in which a letter is misread."""

    meant: str
    read: str
    share: float
    where: Where
    """"alone": the sign is a word by itself; "unknown word": tried only where the word read is no known word."""
    example: tuple[str, str]
    """(read, meant)."""


CONFUSIONS = (
    Confusion("å", "a", 0.80, "in a word", ("forsla", "forslå")),
    Confusion("å", "3", 0.02, "in a word", ("p3", "på")),
    Confusion("å", "&", 0.02, "in a word", ("g&r", "går")),
    Confusion("å", "3", 0.15, "alone", ("til 3 lese", "til å lese")),
    Confusion("å", "&", 0.10, "alone", ("for & lese", "for å lese")),
    Confusion("ø", "g", 0.80, "in a word", ("mgte", "møte")),
    Confusion("ø", "e", 0.08, "in a word", ("grenn", "grønn")),
    Confusion("ø", "@", 0.06, "in a word", ("s@knad", "søknad")),
    Confusion("ø", "eg", 0.03, "in a word", ("begnn", "bønn")),
    Confusion("lø", "Ig", 0.30, "in a word", ("Igpe", "løpe")),
    Confusion("æ", "ae", 0.40, "in a word", ("naer", "nær")),
    Confusion("æ", "ee", 0.30, "in a word", ("neer", "nær")),
    Confusion("æ", "ze", 0.30, "in a word", ("nzer", "nær")),
    Confusion("I", "|", 0.30, "alone", ("| fjor", "I fjor")),
    Confusion("gj", "gi", 0.05, "in a word", ("giest", "gjest")),
    Confusion("b", "o", 0.002, "unknown word", ("tiloud", "tilbud")),
)

LOST_SPACE_SHARE = 0.002
"""Spaces that the recogniser swallows: "Taimot" for "Ta i mot"."""
