"""First stage: take away what belongs to the page, and measure the white space that is left.

Printed line numbers are cut from their lines; running headers, page numbers, captions and tables of
contents go whole. Everything that goes is kept as a `Cut` with its reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ingest.parser.document import Cleaned, Cut, Line, Piece, RawDocument
from ingest.parser.language import rules
from ingest.parser.language.joining import INVISIBLE, SOFT_HYPHEN
from ingest.parser.language.lead_ins import may_end_lead_in
from ingest.parser.language.markers import mark_of

MIN_NUMBERED = 20
"""Lines: fewer than this is no column of printed line numbers."""
SHARE_NUMBERED = 0.6
"""Share of a document's lines that have a number or stand below one, where lines are numbered."""
STEPS = (1, 5, 10)
"""Each line has its number, or one in so many."""
MIN_ON_PAGE = 3
"""Numbers, after which those of the next page may begin."""
MIN_CONTENTS = 8
"""Lines in a row: fewer that end in growing numbers are no table of contents."""
MAX_ENTRY = 120
"""Characters: no entry of a table of contents is longer."""
MAX_LINE = 300
"""Characters: no caption, reference or entry of contents is longer."""
MIN_RECURRENCE = 3
"""Times: fewer than this is no running header."""
MAX_HEADER = 90
"""Characters: no running header is longer."""
MAX_PAGE_NUMBER = 30
"""Characters of a line that has nothing but a page number."""
BESIDE = 2
"""Lines from a page number that a running header stands at most."""
PAGE_ENDS = frozenset({"page number", "page break"})
"""Reasons of the furniture that stands where a page ends."""
MIN_GAP = 0.3
"""Lines: less white space than this is but uneven setting."""

_TRAILING = re.compile(r"(\d{1,5})\s*$")
_LEADING = re.compile(r"\s*(\d{1,5})(?=\s|$)")
_ENTRY = re.compile(r"[^\W\d].*\s(\d{1,3})\s*$")
_VISIBLE = re.compile(f"[^\\s{SOFT_HYPHEN}{''.join(map(chr, INVISIBLE))}]")
_DIGITS = re.compile(r"\d+")
_FURNITURE = [(rule.name, re.compile(rule.pattern)) for rule in rules.FURNITURE if rule.name != "page number"]
_HINT = re.compile(r":|\.\s?\.\s?\.|[Ll]es ")
_PAGE_NUMBER = re.compile(next(rule.pattern for rule in rules.FURNITURE if rule.name == "page number"))


def clean(document: RawDocument) -> Cleaned:
    """Return a document's lines as pieces without furniture, and the furniture with its reasons."""
    spans: dict[int, tuple[int, int]] = {}
    why: dict[int, str] = {}
    lines = document.lines
    for index, line in enumerate(lines):
        if line.furniture:
            why[index] = line.furniture
    numbers = _printed_numbers(lines)
    for index, (start, end) in numbers.items():
        spans[index] = (0, start) if lines[index].text[end:].isspace() or end == len(lines[index].text) else (end, -1)
    for find in FINDERS:
        for index, reason in find(lines, spans, why).items():
            why.setdefault(index, reason)
    return _assemble(lines, spans, why, numbers)


def _printed_numbers(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Return the span of the printed line number in each line that has one.

    A column of line numbers counts up by one (or five) from line to line, at the lines' ends or starts.
    """
    best: dict[int, tuple[int, int]] = {}
    for pattern in (_TRAILING, _LEADING):
        matches = [
            (index, match)
            for index, line in enumerate(lines)
            if (_begins_in_digit(line.text) if pattern is _LEADING else _ends_in_digit(line.text))
            and (match := (pattern.match if pattern is _LEADING else pattern.search)(line.text))
        ]
        for step in STEPS:
            if len(matches) * step <= SHARE_NUMBERED * len(lines):
                continue
            found = _column(matches, step)
            lined = len(found) * step
            if lined >= MIN_NUMBERED and lined > SHARE_NUMBERED * len(lines) and len(found) > len(best):
                best = found
    return best


def _column(matches: Sequence[tuple[int, re.Match[str]]], step: int) -> dict[int, tuple[int, int]]:
    """Return the spans of those numbers, by line, that count up by a step, maybe anew on each page."""
    found: dict[int, tuple[int, int]] = {}
    expected = 0
    on_page = 0
    for index, match in matches:
        value = int(match[1])
        if expected <= value <= expected + 4 * step and found and not (value - expected) % step:
            found[index] = match.span(1)
            on_page += 1
        elif len(found) < 3:
            # The column may begin anywhere; a start that nothing follows is forgotten again.
            found, on_page = {index: match.span(1)}, 1
        elif value == step and on_page >= MIN_ON_PAGE:
            found[index] = match.span(1)
            on_page = 1
        else:
            continue
        expected = value + step
    return found


def _begins_in_digit(text: str) -> bool:
    return text.lstrip()[:1].isdigit()


def _ends_in_digit(text: str) -> bool:
    return text.rstrip()[-1:].isdigit()


Spans = dict[int, tuple[int, int]]
Reasons = dict[int, str]


def _whole_lines(lines: Sequence[Line], spans: Spans, why: Reasons) -> Reasons:
    """Find lines that a row of the furniture table matches from end to end."""
    found = {}
    for index, line in enumerate(lines):
        if index in why or len(line.text) > MAX_LINE or not _HINT.search(line.text):
            continue
        text = line.text.strip()
        for name, pattern in _FURNITURE:
            if pattern.fullmatch(text):
                found[index] = name
                break
    return found


def _running_headers(lines: Sequence[Line], spans: Spans, why: Reasons) -> Reasons:
    """Find short lines that recur with a growing page number, or at the edge of page after page."""
    places: dict[str, list[int]] = defaultdict(list)
    pages = lines[-1].page if lines else 1
    edges = _page_edges(lines) if pages > 1 else set()
    for index, line in enumerate(lines):
        if index in why or index in spans or line.box or len(line.text) > MAX_HEADER:
            continue  # where lines have places on a page, the reader has looked
        text = line.text.strip()
        if (_DIGITS.search(text) and mark_of(text) is None) or index in edges:
            places[_recurring(text)].append(index)
    found = {}
    for key, indexes in places.items():
        if len(indexes) < MIN_RECURRENCE or not key or may_end_lead_in(key):
            continue
        at_edges = [index for index in indexes if index in edges]
        if len({lines[index].page for index in at_edges}) >= MIN_RECURRENCE:
            found.update(dict.fromkeys(at_edges, "running header"))
        elif (values := [_DIGITS.findall(lines[index].text) for index in indexes]) and all(
            len(numbers) == 1 for numbers in values
        ):
            counted = [int(numbers[0]) for numbers in values]
            if all(a < b for a, b in pairwise(counted)):
                found.update(dict.fromkeys(indexes, "running header"))
    return found


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the first and last two lines of each page."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_page[line.page].append(index)
    edges: set[int] = set()
    for indexes in by_page.values():
        if all(lines[index].box for index in indexes):
            indexes.sort(key=lambda index: box.top if (box := lines[index].box) else 0.0)
        edges.update(indexes[:2], indexes[-2:])
    return edges


def _page_numbers(lines: Sequence[Line], spans: Spans, why: Reasons) -> Reasons:
    """Find lines with nothing but a page number: several of them, counting upwards."""
    candidates = [
        (index, int(numbers[0]))
        for index, line in enumerate(lines)
        if index not in why
        and index not in spans
        and not line.box
        and len(text := line.text.strip()) < MAX_PAGE_NUMBER
        and _PAGE_NUMBER.fullmatch(text)
        and (numbers := _DIGITS.findall(text))
    ]
    growing = [pair for pair, after in pairwise(candidates) if pair[1] < after[1]]
    if len(candidates) < MIN_RECURRENCE or len(growing) < 0.8 * (len(candidates) - 1):
        return {}
    return dict.fromkeys((index for index, _ in candidates), "page number")


def _beside_page_numbers(lines: Sequence[Line], spans: Spans, why: Reasons) -> Reasons:
    """Find lines that recur beside page numbers and page breaks, in files that do not tell their pages."""
    if PAGE_ENDS.isdisjoint(why.values()):
        return {}
    left = [index for index in range(len(lines)) if why.get(index) in {None, *PAGE_ENDS}]
    places: dict[str, set[int]] = defaultdict(set)
    everywhere = Counter(_recurring(lines[index].text) for index in left if index not in why)
    for place, index in enumerate(left):
        if index not in why:
            continue
        for other in left[max(place - BESIDE, 0) : place + BESIDE + 1]:
            if other not in why and not lines[other].box and len(lines[other].text) <= MAX_HEADER:
                places[_recurring(lines[other].text)].add(other)
    found: Reasons = {}
    for key, indexes in places.items():
        lead_in = may_end_lead_in(key)
        if key and not lead_in and len(indexes) >= max(MIN_RECURRENCE, everywhere[key] / 2):
            found.update(dict.fromkeys(indexes, "running header"))
    return found


def _recurring(text: str) -> str:
    """Return what of a running header is the same on each page."""
    return _DIGITS.sub("", text).strip(" |–-").casefold()


def _contents(lines: Sequence[Line], spans: Spans, why: Reasons) -> Reasons:
    """Find the lines between "Innhold" and the first line that ends in no page number."""
    found: Reasons = {}
    for index, line in enumerate(lines):
        if index in found or len(line.text) > 40 or not rules.CONTENTS.fullmatch(line.text.strip()):
            continue
        if why.get(index + 1) == "table of contents":  # the reader has seen it
            found[index] = "table of contents"
            continue
        entries = []
        misses = 0
        for later in range(index + 1, len(lines)):
            if _ends_in_digit(lines[later].text) and len(lines[later].text) < MAX_ENTRY:
                entries.append(later)
                misses = 0
            elif (misses := misses + 1) > 1:
                break
        if len(entries) >= MIN_RECURRENCE:
            found.update(dict.fromkeys((index, *range(index + 1, entries[-1] + 1)), "table of contents"))
    found.update(dict.fromkeys(_counting_up(lines, spans, why), "table of contents"))
    return found


def _counting_up(lines: Sequence[Line], spans: Spans, why: Reasons) -> Iterator[int]:
    """Yield the lines of runs that end in page numbers which never fall: a table of contents with no title."""
    run: list[int] = []
    last = 0
    for index, line in enumerate(lines):
        match = None
        if _ends_in_digit(line.text) and len(line.text) < MAX_ENTRY and index not in spans and index not in why:
            match = _ENTRY.search(line.text)
        if match and int(match[1]) >= last:
            run.append(index)
            last = int(match[1])
            continue
        if len(run) >= MIN_CONTENTS:
            yield from run
        run, last = ([index], int(match[1])) if match else ([], 0)
    if len(run) >= MIN_CONTENTS:
        yield from run


FINDERS: tuple[Callable[[Sequence[Line], Spans, Reasons], Reasons], ...] = (
    _whole_lines,
    _running_headers,
    _page_numbers,
    _beside_page_numbers,
    _contents,
)
"""The rules for whole lines, in order; each sees what those before it have taken."""


def _assemble(lines: Sequence[Line], spans: Spans, why: Reasons, numbers: Spans) -> Cleaned:
    """Return pieces and furniture, with the white space above each piece measured anew."""
    kept: list[tuple[Line, int, int, str, float]] = []
    furniture: list[Cut] = []
    gap = 0.0
    for index, line in enumerate(lines):
        gap += line.space_before
        if index in why:
            furniture.append(Cut(_piece(line, 0, len(line.text)), why[index]))
            continue
        start, end = spans.get(index, (0, len(line.text)))
        end = len(line.text) if end < 0 else end
        if index in numbers:
            furniture.append(Cut(_piece(line, *numbers[index]), "line number"))
        text = line.text[start:end].strip()
        if not text:
            gap += 1.0
            continue
        start = line.text.index(text, start)
        if not _VISIBLE.search(text):
            furniture.append(Cut(_piece(line, start, start + len(text)), "invisible characters"))
            continue
        kept.append((line, start, start + len(text), text, gap))
        gap = 0.0
    pitch = _pitch(kept)
    pieces = tuple(Piece(line, start, end, text, _beyond(gap - pitch)) for line, start, end, text, gap in kept)
    return Cleaned(pieces, tuple(furniture))


def _beyond(gap: float) -> float:
    """Return white space beyond the usual; less than a third of a line is none."""
    return gap if gap > MIN_GAP else 0.0


def _piece(line: Line, start: int, end: int) -> Piece:
    return Piece(line, start, end, line.text[start:end])


def _pitch(kept: Sequence[tuple[Line, int, int, str, float]]) -> float:
    """Return the white space that usually stands between two lines of one sentence."""
    gaps: Counter[int] = Counter()
    before = ""
    for _, _, _, text, gap in kept:
        if text[0].islower() and before and before[-1] not in ".:!?":
            gaps[round(gap)] += 1
        before = text
    return float(gaps.most_common(1)[0][0]) if gaps.total() >= MIN_RECURRENCE else 0.0
