"""Tables of contents and indexes: lines that end in the pages where something stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from ingest.parser.document import Line
from ingest.parser.furniture.line_numbers import ends_in_digit
from ingest.parser.furniture.page_numbers import RECURS, rise
from ingest.parser.language import rules
from ingest.parser.language.markers import split_mark
from programmes.identity import letters

CONTENTS = "table of contents"
MIN_ENTRIES = 8
"""Lines in a row: fewer that end in growing numbers are no table of contents where nothing calls them one.
The limits of pages were measured on 120 layouts, the others chosen."""
LONGEST_ENTRY = 120
"""Characters: no entry of a table of contents is longer."""
LEAST_PAGES = 3
"""Pages of a file that can have a table of contents."""
LEAST_ON_PAGE = 4
"""Entries that a page of contents has at least."""
CONTENTS_SHARE = 0.5
"""Share of a page's lines that end in a page number, where the page is a table of contents."""
REPEATED_SHARE = 0.6
"""Share of them that stand elsewhere too, where it has no page numbers."""
MOST_REPEATED = 2
"""Times that a title stands elsewhere: over its chapter, and over a part of it."""
INDEX_FROM = 0.7
"""Share of the pages that an index of words stands behind."""
INDEX_LINES = 15
INDEX_SHARE = 0.7
"""Lines, and share of a page's lines, that end in page numbers there."""

_ENTRY = re.compile(r"[^\W\d].*[\s.…_](\d{1,3})\s*$")
_LEADER = re.compile(r"[\s.…_]*\d*$")
_INDEXED = re.compile(r"[^\W\d]\W*\s\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\s?f*\.?$")


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find tables of contents: the lines below "Innhold" that end in page numbers, and long runs of such lines."""
    found: set[int] = set()
    written: Counter[str] | None = None
    for index, line in enumerate(lines):
        if index in found or not rules.CONTENTS.fullmatch(line.text.strip()):
            continue
        if why.get(index + 1) == CONTENTS:  # the reader has seen it
            found.add(index)
            continue
        last, entries = index, 0
        for later in range(index + 1, len(lines)):
            if ends_in_digit(lines[later].text) and len(lines[later].text) < LONGEST_ENTRY:
                last, entries = later, entries + 1
            elif later > last + 1:
                break
        if entries < RECURS:
            written = written or Counter(_entry(later.text) for later in lines)
            entries = _repeated(lines, index + 1, written)
            last = index + entries
        if entries >= RECURS:
            found.update(range(index, last + 1))
    found.update(_runs(lines, {*numbered, *why}))
    return dict.fromkeys(found, CONTENTS)


def _entry(text: str) -> str:
    """Return the letters of a line without the mark that it may begin with."""
    return letters(split_mark(text.strip())[1])


def _repeated(lines: Sequence[Line], start: int, written: Mapping[str, int]) -> int:
    """Return how many lines in a row stand word for word further down: the links at the head of a web page."""
    seen: set[str] = set()
    for line in lines[start:]:
        entry = _entry(line.text)
        if entry in seen or not 1 < written[entry] <= MOST_REPEATED + 1:
            break
        seen.add(entry)
    return len(seen)


def _runs(lines: Sequence[Line], passed: Collection[int]) -> Iterator[int]:
    """Yield the lines of runs that end in page numbers which never fall: a table of contents with no title."""
    runs: list[list[int]] = [[]]
    last = 0
    for index, line in enumerate(lines):
        page = None if index in passed else page_of(line.text)
        if page is None or page < last:
            runs.append([])
        if page is not None:
            runs[-1].append(index)
        last = page or 0
    for run in runs:
        if len(run) >= MIN_ENTRIES:
            yield from run


def page_of(text: str) -> int | None:
    """Return the page number that a line ends in, as an entry of a table of contents does; None where there is none."""
    if len(text) >= LONGEST_ENTRY or not ends_in_digit(text):
        return None
    match = _ENTRY.search(text)
    return int(match[1]) if match else None


def title_of(text: str) -> str:
    """Return the letters of an entry without a leader and a page number at its end."""
    return letters(_LEADER.sub("", text))


def of_pages(lines: Sequence[Line], folds: Mapping[int, float]) -> dict[int, str]:
    """Return the indexes of the lines of tables of contents and indexes, with which of the two they are.

    A page is a table of contents if most of its lines end in a page number that rises, or if it says so and its
    lines stand again elsewhere. `folds` gives where the spreads have their middle: each half is a page.
    """
    pages: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if not line.furniture:
            right = line.box is not None and line.box.x0 >= folds.get(line.page, float("inf"))
            pages[line.page, right].append(index)
    last = max((page for page, _ in pages), default=0)
    written = Counter(title_of(line.text) for line in lines if not line.furniture)
    found: dict[int, str] = {}
    above = False
    for page, right in sorted(pages):
        on_page = [lines[index] for index in pages[page, right]]
        why = ""
        titled = above or any(rules.CONTENTS.fullmatch(line.text) for line in on_page)
        numbered = len(pages) >= LEAST_PAGES and _is_numbered(on_page, last)
        tagged = sum(line.tag == "TOC" for line in on_page) > CONTENTS_SHARE * len(on_page)
        if numbered or tagged or (titled and _repeats(on_page, written)):
            why = CONTENTS
        elif last >= LEAST_PAGES and page > INDEX_FROM * last and _is_index(on_page):
            why = "index"
        above = why == CONTENTS
        found.update(dict.fromkeys(pages[page, right], why) if why else {})
    return found


def _is_numbered(lines: Sequence[Line], last: int) -> bool:
    """Return whether most lines end in a page number, and whether those rise."""
    numbers = [number for line in lines if (number := page_of(line.text)) is not None]
    numbers = [number for number in numbers if number <= 2 * last + 2]  # a spread counts for two printed pages
    return len(numbers) >= max(LEAST_ON_PAGE, CONTENTS_SHARE * len(lines)) and rise(numbers)


def _repeats(lines: Sequence[Line], written: Mapping[str, int]) -> bool:
    """Return whether most lines stand word for word elsewhere, as headings do."""
    titles = [title_of(line.text) for line in lines]
    again = sum(0 < written[title] - titles.count(title) <= MOST_REPEATED for title in titles)
    return again >= max(LEAST_ON_PAGE, REPEATED_SHARE * len(lines))


def _is_index(lines: Sequence[Line]) -> bool:
    """Return whether nearly all lines are a word with the pages that it stands on."""
    ending = sum(bool(_INDEXED.search(line.text)) for line in lines)
    return ending >= max(INDEX_LINES, INDEX_SHARE * len(lines))
