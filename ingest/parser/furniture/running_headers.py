"""Running headers and footers: the same words at the edge of page after page, whatever number stands beside them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.parser.document import Line
from ingest.parser.furniture.page_numbers import RECURS, SAME_PLACE, is_page_number
from ingest.parser.furniture.placed import LARGE, Pages, Placed, Usual
from ingest.parser.language.lead_ins import may_end_lead_in
from ingest.parser.language.markers import mark_of
from programmes.identity import letters

MAX_LENGTH = 90
"""Characters: no running header is longer. The limits of pages were measured on 120 layouts, the others chosen."""
BESIDE = 2
"""Lines from a page number that a running header stands at most."""
PAGE_ENDS = frozenset({"page number", "page break"})
"""Reasons of the furniture that stands where a page ends."""
EDGE_ROWS = 3
"""Rows from the top and from the foot of a page where running headers and page numbers stand."""
MOSTLY = 0.6
"""Share of what stands in a strip of the page that recurs, where the strip is one of running headers."""
SMALL = 0.92
"""Times the usual type size: what stands smaller than this at the head of pages, and clear of the text, heads them."""
CLEAR = 1.5
"""Lines of white space, from baseline to baseline, under such a line."""
SHORTEST_NAME = 3
"""Letters: a shorter line may repeat anything."""

_DIGITS = re.compile(r"\d+")


def recurring(text: str) -> str:
    """Return what of a running header is the same on each page, `#` for a number; a number at its end is left out."""
    key = _DIGITS.sub("#", text.casefold())
    return key.strip(" #|–-") or key


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find short lines of a text that recur with a growing page number, or at the edge of page after page.

    Where lines have places on a page, `mark` has looked.
    """
    edges = _page_edges(lines)
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index in why or index in numbered or line.box or len(line.text) > MAX_LENGTH:
            continue
        text = line.text.strip()
        if (_DIGITS.search(text) and mark_of(text) is None) or index in edges:
            places[recurring(text)].append(index)
    found: dict[int, str] = {}
    for key, indexes in places.items():
        if len(indexes) < RECURS or not letters(key) or may_end_lead_in(key):
            continue
        at_edges = [index for index in indexes if index in edges]
        if len({lines[index].page for index in at_edges}) >= RECURS:
            found.update(dict.fromkeys(at_edges, "running header"))
        elif _count_up([lines[index].text for index in indexes]):
            found.update(dict.fromkeys(indexes, "running header"))
    return found | _on_second_page(lines, why)


def _on_second_page(lines: Sequence[Line], why: Mapping[int, str]) -> dict[int, str]:
    """Find the line that heads both pages of a text of two; the first may be its title, and stays."""
    if not lines or lines[-1].page != 2 or lines[0].page != 1 or lines[0].box:
        return {}
    second = next(index for index, line in enumerate(lines) if line.page == 2)
    key = recurring(lines[second].text.strip())
    heads = (
        key == recurring(lines[0].text.strip()) and len(key) <= MAX_LENGTH and letters(key) and not may_end_lead_in(key)
    )
    return {second: "running header"} if heads and second not in why else {}


def _count_up(texts: Sequence[str]) -> bool:
    """Return whether each text has one number, larger than that of the one before."""
    numbers = [_DIGITS.findall(text) for text in texts]
    return all(len(here) == 1 for here in numbers) and all(int(a[0]) < int(b[0]) for a, b in pairwise(numbers))


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the first and last two lines of each page, where there are several."""
    pages = [list(indexes) for _, indexes in groupby(range(len(lines)), key=lambda index: lines[index].page)]
    return {index for page in pages for index in page[:2] + page[-2:]} if len(pages) > 1 else set()


def find_beside_page_numbers(
    lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]
) -> dict[int, str]:
    """Find lines that recur beside page numbers and page breaks, in files that do not say what their pages are."""
    if PAGE_ENDS.isdisjoint(why.values()):
        return {}
    left = [index for index in range(len(lines)) if why.get(index) in {None, *PAGE_ENDS}]
    places: dict[str, set[int]] = defaultdict(set)
    everywhere = Counter(recurring(lines[index].text) for index in left if index not in why)
    for place, index in enumerate(left):
        if index not in why:
            continue
        for other in left[max(place - BESIDE, 0) : place + BESIDE + 1]:
            if other not in why and not lines[other].box and len(lines[other].text) <= MAX_LENGTH:
                places[recurring(lines[other].text)].add(other)
    found: dict[int, str] = {}
    for key, indexes in places.items():
        if letters(key) and not may_end_lead_in(key) and len(indexes) >= max(RECURS, everywhere[key] / 2):
            found.update(dict.fromkeys(indexes, "running header"))
    return found


def mark(pages: Pages, heights: Sequence[float], usual: Usual) -> None:
    """Mark running headers, footers and page numbers, from the outermost row of each page inwards.

    A strip of the page is theirs where most of what stands there recurs: a heading recurs too, at the
    head of columns, but other text stands there on other pages.
    """
    left = [(number, head) for head in (True, False) for number in range(len(pages))]
    names = _Names.of(pages, usual)
    for _ in range(EDGE_ROWS):
        rows = [(number, _outermost(pages[number], heights[number], head=head), head) for number, head in left]
        _mark_recurring(rows, pages, heights, names)
        left = [(number, head) for number, row, head in rows if row and all(words.why for words in row)]


def _outermost(page: Sequence[Placed], height: float, *, head: bool) -> list[Placed]:
    """Return the words of the first row of a page, or of the last, that is not yet known as furniture."""
    left = [words for words in page if not words.why and (words.y < height / 2) == head]
    if not left:
        return []
    y = min(words.y for words in left) if head else max(words.y for words in left)
    return [words for words in left if abs(words.y - y) <= SAME_PLACE]


def _mark_recurring(
    rows: Sequence[tuple[int, list[Placed], bool]], pages: Pages, heights: Sequence[float], names: _Names
) -> None:
    """Mark what recurs among the outermost rows of the pages, strip by strip: some words, or the chapters' names."""
    strips: dict[tuple[bool, int], list[tuple[int, str, Placed]]] = defaultdict(list)
    for number, row, head in rows:
        for words in row:
            place = words.y if head else heights[number] - words.y
            strips[head, round(place / SAME_PLACE)].append((number, names.key(words), words))
    for head, place in sorted(strips):
        strip = [entry for near in (place - 1, place, place + 1) for entry in strips.get((head, near), [])]
        strip = [entry for entry in strip if not entry[2].why]
        on_pages: dict[str, set[int]] = defaultdict(set)
        for number, key, words in strip:
            if not words.marker and not may_end_lead_in(key):
                on_pages[key].add(number)
        # A lone number is the page's in a file too short for recurrence.
        recur = {key for key, on in on_pages.items() if len(on) >= RECURS}
        if len(pages) < RECURS:
            recur.update(key for _, key, words in strip if key in on_pages and is_page_number(words.text))
        if len({number for number, _, _ in strip}) >= RECURS:
            recur.update(
                key
                for number, key, words in strip
                if not may_end_lead_in(key)
                and (names.are_in(words) or (head and not words.marker and names.stand_clear(words, pages[number])))
            )
        hits = [entry for entry in strip if entry[1] in recur]
        if not hits or len(hits) < MOSTLY * len(strip):
            continue
        sizes = {round(words.size, 1) for _, _, words in hits}
        for _, key, words in strip:
            if key in recur or (round(words.size, 1) in sizes and len(on_pages[key]) >= RECURS - 1):
                words.why = "page number" if is_page_number(words.text) else "running header"


@dataclass(frozen=True, slots=True)
class _Names:
    """What a chapter's name at the edge of its pages, which may be but one or two, is known by."""

    titles: str
    """The letters of all that is set in large type, one after the other."""
    usual: Usual

    @classmethod
    def of(cls, pages: Pages, usual: Usual) -> _Names:
        large = LARGE * usual.size
        return cls("".join(letters(words.text) for page in pages for words in page if words.size > large), usual)

    def key(self, words: Placed) -> str:
        """Return what words recur by: in large type `Kapittel 2` is another title than `Kapittel 1`."""
        text = words.text.strip()
        if words.size > LARGE * self.usual.size and any(map(str.isalpha, text)):
            return text.casefold()
        return recurring(text)

    def are_in(self, words: Placed) -> bool:
        """Return whether words in no large type repeat what is set in large type elsewhere."""
        name = letters(_DIGITS.sub("", words.text))
        return len(name) >= SHORTEST_NAME and words.size <= LARGE * self.usual.size and name in self.titles

    def stand_clear(self, words: Placed, page: Sequence[Placed]) -> bool:
        """Return whether words are set smaller than the text, with white space under them."""
        below = min((other.y for other in page if other.y > words.y + SAME_PLACE), default=words.y)
        return words.size < SMALL * self.usual.size and below - words.y > CLEAR * self.usual.pitch
