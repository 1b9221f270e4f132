"""What a web page printed from a browser has within its text: side columns, buttons, and links to other pages.

They are known by where they stand, which copied text cannot tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from ingest.parser.document import Line
from ingest.parser.furniture.web_pages import ENDS, WEB_PAGE
from ingest.parser.language import rules
from ingest.parser.language.lead_ins import is_lead_in
from ingest.parser.language.rules import named, union

_LINK = re.compile("|".join(map(re.escape, rules.WEB_LINKS)), re.IGNORECASE)
_ALSO = union(named(rules.WEB_LINES, "read more"), re.IGNORECASE)


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find the lines of a printed web page that their place tells; none where no other line tells of such a page."""
    if WEB_PAGE not in why.values() or not any(line.box for line in lines):
        return {}
    found = {*_below_links(lines, why), *_buttons(lines, why)}
    for column in _columns(lines):
        left = [index for index in column if index not in why]
        if ENDS.fullmatch(lines[column[0]].text) and not any(_leads_in(lines[index].text) for index in left):
            found.update(left)
    return dict.fromkeys(found, WEB_PAGE)


def _leads_in(text: str) -> bool:
    """Return whether a line is a lead-in with its colon: `Slik vil vi` may be a title's first words."""
    return text.endswith(":") and is_lead_in(text)


def _columns(lines: Sequence[Line]) -> Iterable[list[int]]:
    """Yield the lines of each column of each page."""
    placed = (index for index, line in enumerate(lines) if line.box and not line.furniture)
    for _, column in groupby(placed, lambda index: (lines[index].page, lines[index].region)):
        yield list(column)


def _below_links(lines: Sequence[Line], why: Mapping[int, str]) -> list[int]:
    """Return the titles of other pages, each closer below `Les også` than that stands below the text."""
    return [
        below
        for above, below in pairwise(index for index, line in enumerate(lines) if line.box)
        if why.get(above) == WEB_PAGE
        and below not in why
        and lines[below].space_before < lines[above].space_before
        and _ALSO.fullmatch(lines[above].text)
    ]


def _buttons(lines: Sequence[Line], why: Mapping[int, str]) -> list[int]:
    """Return the lines with nothing but a link's words, set apart, in the type of running text."""
    sizes = Counter(line.style.size for line in lines if line.box)
    body = sizes.most_common(1)[0][0]
    return [
        index
        for index, line in enumerate(lines)
        if line.box and index not in why and line.space_before
        if line.style.size <= body and not line.style.bold and _LINK.fullmatch(line.text.strip())
    ]
