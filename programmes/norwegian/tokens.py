"""The words of a text, as they are compared: the search, its index and the marking of hits all read a text so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from programmes.norwegian.characters import plain
from programmes.norwegian.tables import NUMERALS

NUMBER = (
    r"(?:(?<!\d[.,])\d{1,3}(?:\ \d{3})+(?!\d)(?:,\d+)?"  # 50 000
    r"|(?<!\d[.,])\d{1,3}(?:\.\d{3})+(?![.]?\d)(?:,\d+)?"  # 50.000
    r"|(?<!\d[.,])\d+[.,]\d+(?![.,]?\d)"  # 1,5 and 1.5, but no date and no numbered heading
    r"|\d+(?![^\W_]))"
)
NUMERAL = rf"(?<!\w)(?i:{'|'.join(NUMERALS)})"
PER_CENT = r"(?:%|(?i:pro\s?sent|pst)(?!\w))"
SHARE = rf"(?:{NUMBER}|{NUMERAL}(?=\s))\s?{PER_CENT}"
"""`40 %`, `3,5 prosent`, `to prosent`."""
PARAGRAPH = r"§{1,2}\s?\d+"
"""`§ 112`."""
ROAD = r"(?<![\w-])(?:[EF]|[RrFf]v\.?|[RF]V)\s?\d{1,4}(?!\w|[.,]\d|\s\d{3}(?!\d))"
"""`E 18`, `rv. 4`; an aeroplane, `F 35`."""
NUMBERED = r"(?<![\w-])[^\W\d_]{1,3}-\d{1,3}(?!\w)"
"""`F-35`, `E-18`."""
LETTERED = r"(?<![\w-])[^\W\d_]-[^\W\d_]{2,}"
"""`e-helse`, `u-land`, `x-akse`: the letter is no word by itself."""
WORD = re.compile(
    rf"(?P<share>{SHARE})|(?P<paragraph>{PARAGRAPH})|(?P<numbered>{ROAD}|{NUMBERED})|(?P<number>{NUMBER})"
    rf"|(?i:\b(?:f\.eks|bl\.a|m\.a|m\.m|m\.v|o\.l|d\.v\.s|t\.d)\b\.?)"
    rf"|{LETTERED}|[^\W_]+(?:'[^\W_]+)*"
)
SPACED_WORD = rf"{SHARE}|{PARAGRAPH}|{ROAD}|{NUMBER}(?=\s|$)"
"""The words that may have a space in them, for who reads a text piece by piece."""
SPACED = re.compile(
    rf"(?<=\d)\s(?:\d{{3}}|{PER_CENT})|§\s|\b(?:[EF]|[RrFf]v\.?|[RF]V)\s\d|{NUMERAL}\s{PER_CENT}|(?i:pro\ssent)"
)
"""Found in every text that has such a word; a text without can be read piece by piece."""
GENITIVE = re.compile(r"[A-ZÆØÅ]{2,}s")
"""`EUs`: capitals and then the s that the capitals show to be no part of them."""


Forms = tuple[str, ...]
"""Words as they are compared: `("kunstig", "intelligens")`."""


class Token(NamedTuple):
    """A word in a text: as it is compared (`form`), and where it stands."""

    form: str
    start: int
    end: int


def normal(word: str) -> str:
    """Return a word as it is compared: lower case and in plain signs; accents stay, as they tell words apart."""
    return plain(word).text.lower()


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; hyphens and slashes part words, but for a single letter's.

    A share is three words in one place: `40 %` is `40`, `40%` and `prosent`; `§ 112` is `112` and `§112`.
    """
    read = plain(text)
    for match in WORD.finditer(read.text):
        start, end = read.span(match.start(), match.end())
        for form in _forms(match[0], match.lastgroup):
            yield Token(form, start, end)


def forms_of(text: str) -> Forms:
    """Return the words of a text, in order."""
    return tuple(token.form for token in tokens(text))


def asked(text: str) -> Forms:
    """Return the words that one who types a text asks for: of a share only the share, `40%`, and of `§ 112` `§112`."""
    return tuple(
        form
        for match in WORD.finditer(plain(text).text)
        for number, form in enumerate(_forms(match[0], match.lastgroup))
        if number == 1 or match.lastgroup not in {"share", "paragraph"}
    )


@lru_cache(maxsize=200_000)
def _forms(match: str, kind: str | None) -> Forms:
    """Return a match of `WORD` as it is compared."""
    form = match.lower()
    if kind == "share":
        number = re.sub(rf"\s?{PER_CENT}$", "", form)
        digits = NUMERALS.get(number) or _canonical(number)
        return (number if number in NUMERALS else digits, digits + "%", "prosent")
    if kind == "paragraph":
        digits = form.lstrip("§").strip()
        return (digits, "§" + digits)
    if kind == "numbered":
        return (re.sub(r"[\s.-]", "", form),)
    if kind == "number":
        return (_canonical(form),)
    form = form.removesuffix("'s")
    if GENITIVE.fullmatch(match):
        form = form[:-1]
    return (form.replace(".", ""),)


def _canonical(number: str) -> str:
    """Return a number in one writing: `50 000` and `50.000` are `50000`, `1.5` is `1,5`."""
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", number):
        return re.sub(r"[ .]", "", number)
    return number.replace(".", ",")
