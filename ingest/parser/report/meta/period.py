"""The years that a programme is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.parser.report.meta.front import Front

TERM = 4
"""Years between two elections of the same kind: given by law, not chosen."""
Period = tuple[int | None, int | None]

_SPAN = re.compile(
    r"((?:18|19|20)\d\d)(?<![\d.,/]\d{4})"
    r"\s?(?:[-–—−/]|--|til(?: og med)?|t\.?o\.?m\.?)\s?((?:18|19|20)?\d\d)(?![\d.,]?\d)"
)
_YEAR_ALONE = re.compile(
    r"(?:program(?:met)?|val(?:g|get)?|valg?et)\b[^.\d]{0,12}\b((?:18|19|20)\d\d)\b|\b((?:18|19|20)\d\d)\b[^.\d]{0,3}\w*program",
    re.IGNORECASE,
)

_ELECTION = re.compile(r"\b(?:til|for|ved|foran) \w*val(?:g|get)?\b (?:i )?((?:19|20)\d\d)\b")


def period_of(front: Front, opening: str, text: str) -> Period:
    """Return the first and last year: of the front, else of a span of just one term in the text.

    A front may tell a span of a year more or less; the opening may tell which election it is for.

    `Partiprogram 2025` gives a start alone. A file's name is no source.
    """
    for texts in ((front.title,), front.first, front.margins):
        if found := _most_named((span for words in texts for span in spans(words)), range(1, TERM + 2)):
            return found
    start = next((year for words in front.texts if (year := _year(words))), None) or _election(opening)
    in_text = _most_named(spans(text), (TERM,))
    if start is not None:
        return (start, in_text[1]) if in_text and in_text[0] == start else (start, None)
    return in_text or (None, None)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of years in a text: `2023–2027`, `2023-27`, `2023 til 2027`."""
    for first, last in _SPAN.findall(text):
        start = int(first)
        end = int(last) if len(last) == len(first) else int(first[:2] + last)
        yield start, end if end >= start else end + 100


def has_year(text: str) -> bool:
    """Return whether a text names a period or the year of a programme."""
    return any(True for _ in spans(text)) or _year(text) is not None


def _most_named(found: Iterable[tuple[int, int]], lengths: Iterable[int]) -> tuple[int, int] | None:
    """Return the span of these lengths that is named most often, one of just a term first."""
    allowed = set(lengths)
    terms = Counter(span for span in found if span[1] - span[0] in allowed)
    return max(terms, key=lambda span: (span[1] - span[0] == TERM, terms[span]), default=None)


def _year(text: str) -> int | None:
    match = _YEAR_ALONE.search(text)
    return int(match[1] or match[2]) if match else None


def _election(text: str) -> int | None:
    """Return the year of the election that a text is for: `stiller til valg i 2023`."""
    match = _ELECTION.search(text)
    return int(match[1]) if match else None
