"""List marks: which one a text begins with, what it says, and what is left of the text without it.

A new mark is one row of `rules.MARKS`: the stages, the edits and the readers all ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ingest.parser.language.rules import DASHES, MARKS, NO_NUMBERS, MarkRule, MarkSort, union


def _any_of(rows: Iterable[MarkRule]) -> str:
    return "(?:" + "|".join(row.pattern for row in rows) + ")"


_IN_TEXT = "|".join(f"({row.pattern}(?={row.before}))" for row in MARKS)
_MARK = re.compile(_IN_TEXT)

BULLET = _any_of(row for row in MARKS if row.sort == "bullet")
"""The marks that need nothing around them to be one, as a pattern for readers."""
MARKER = re.compile(rf"{_any_of(MARKS)}(?=\s|$)")
"""A mark as a reader of glyphs finds it, set apart from its words or alone."""
CLEAR_MARKER = re.compile(rf"(?:{BULLET}|[»*])+")
"""Such a mark that is one even where it does not hang clear of its words."""
OWN_MARKER = re.compile(rf"(?:{_IN_TEXT})(?=\s*\S)")
"""A mark that the author typed before the words: `– bygge skole`, `a) bygge skole`."""
SECOND_MARKER = re.compile(rf"{_any_of(row for row in MARKS if row.sort != 'order')}(?=\s+\w)|{BULLET}(?=\w)")
"""A bullet that a converter left standing behind the mark that it set itself: `- • bygge skole`."""

_ORDER = re.compile(r"\(?(\d{1,3}|[^\W\d_]{1,3})[.)]")
_NO_NUMBER = union(NO_NUMBERS)


class Mark(NamedTuple):
    """The mark that a text begins with."""

    text: str
    sort: MarkSort


def mark_of(text: str) -> Mark | None:
    """Return the mark that a text begins with, if any."""
    if text[:3].isalpha():
        return None  # no row begins with three letters
    match = _MARK.match(text)
    return Mark(match[0], MARKS[match.lastindex - 1].sort) if match and match.lastindex else None


def split_mark(text: str) -> tuple[str, str]:
    """Return the mark that a text begins with, "" if none, and the words after it."""
    mark = mark_of(text)
    return (mark.text, text[len(mark.text) :].strip()) if mark else ("", text)


@lru_cache(maxsize=1024)
def number_of(mark: str) -> int | None:
    """Return the number that a mark carries, if any."""
    match = _ORDER.fullmatch(mark)
    return int(match[1]) if match and match[1].isdigit() else None


def place_in_order(mark: str) -> int:
    """Return the place of a number or letter in its order, from 1; `aa` follows `z`."""
    match = _ORDER.fullmatch(mark)
    sign = match[1] if match else ""
    if sign.isdigit():
        return int(sign)
    places = [ord(letter) - 96 for letter in sign] or [0]
    if len(places) == 1 or places[0] == places[1]:
        return 26 * (len(places) - 1) + places[0]  # aa, bb, cc after z
    return 26 * places[0] + places[1]  # aa, ab, ac after z


@lru_cache(maxsize=1024)
def family_of(mark: str) -> str:
    """Return what the marks of one list have in common: "1" for all numbers, "a" for all letters, else the sign."""
    match = _ORDER.fullmatch(mark)
    if mark[:1].isdigit() or (match and match[1].isdigit()):
        return "1"
    return "a" if match and match[1].islower() else mark[:1]


def is_mere_sign(mark: str) -> bool:
    """Return whether a mark says nothing: no number or letter, and no dash, which may be part of a sentence."""
    return mark == "o" or bool(CLEAR_MARKER.fullmatch(mark)) or not any(c.isalnum() or c in DASHES for c in mark)


def is_date_or_ordinal(text: str) -> bool:
    """Return whether the number that a text begins with is a part of its words: `17. mai`, `12. svangerskapsuke`."""
    return bool(_NO_NUMBER.match(text))
