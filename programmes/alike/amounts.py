"""Numbers with their units, so that 2500 kroner a month is 30 000 a year, and 4 % is more than 2 %."""

from __future__ import annotations

import re
from dataclasses import dataclass

from programmes.norwegian.characters import plain
from programmes.norwegian.tokens import NUMBER, PER_CENT

_TIMES = {"hundre": 100, "tusen": 1000, "million": 10**6, "millioner": 10**6, "millionar": 10**6, "mill": 10**6}
_TIMES |= {"milliard": 10**9, "milliarder": 10**9, "milliardar": 10**9, "mrd": 10**9}
_A_YEAR = (
    (re.compile(r"\b(?:i|per|pr\.?) måned(?:en)?\b|\bmånedlig|\bmånadleg|\b(?:i|per) månad(?:en)?\b|/mnd\b"), 12),
    (re.compile(r"\b(?:i|per|pr\.?) (?:uke|veke|uken|veka|uka)\b|\bukentlig|\bvekentleg"), 52),
    (re.compile(r"\b(?:i|per|pr\.?) (?:dag|døgn|dagen|døgnet)\b|\bdaglig|\bdagleg"), 365),
)
_WORDS: dict[str, float] = {"en": 1, "ett": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7}
_WORDS |= {"åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tjue": 20, "tretti": 30, "femti": 50, "hundre": 100}
_NUMBER_WORD = "|".join(word for word in _WORDS if len(word) > 1 and word not in {"en", "ett"})
_AMOUNT = re.compile(
    rf"(?<![\w§.,-])(?P<number>{NUMBER}|(?:{_NUMBER_WORD})(?=[\s-]))\s?-?\s?"
    rf"(?P<times>(?:{'|'.join(_TIMES)})\b\.?)?\s*"
    rf"(?P<unit>{PER_CENT}|(?:G|kr|mm?|km|kg|MW|GW|TWh|kWh)\b|[a-zæøå]+)?",
    re.IGNORECASE,
)
_UNITS = {"kr": "krone", "kroner": "krone", "krone": "krone", "norske": "krone", "%": "%", "g": "g", "ganger": "gang"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\.")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of something; years and ordinals are none."""

    number: float
    unit: str
    """`%`, `krone`, or the first letters of the word behind the number; empty where none follows."""


def amounts(text: str) -> tuple[Amount, ...]:
    """Return the numbers of a text with their units; what is paid by month, week or day as by year."""
    read = plain(text).text
    if not any(sign.isdigit() for sign in read) and not re.search(rf"\b(?:{_NUMBER_WORD})\b", read.lower()):
        return ()
    found = []
    for match in _AMOUNT.finditer(read):
        written = match["number"].lower()
        if _YEAR.fullmatch(written) or (
            read[match.end("number") : match.end("number") + 1] == "." and not match["times"]
        ):
            continue
        number = float(_WORDS[written]) if written in _WORDS else _as_number(written)
        number *= _TIMES.get((match["times"] or "").rstrip(".").lower(), 1)
        unit = _unit((match["unit"] or "").lower())
        if unit in {"krone"}:
            behind = read[match.end() : match.end() + 25].lower()
            number *= next((times for pattern, times in _A_YEAR if pattern.search(behind)), 1)
        found.append(Amount(number, unit))
    return tuple(dict.fromkeys(found))


def _as_number(written: str) -> float:
    """Return a number as written in Norwegian: 50 000, 50.000, 1,5."""
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", written):
        written = re.sub(r"[ .]", "", written)
    return float(written.replace(",", "."))


def _unit(word: str) -> str:
    if re.fullmatch(PER_CENT, word):
        return "%"
    return _UNITS.get(word, word[:4])
