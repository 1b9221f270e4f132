"""What a web page has around its text: menus and notices above, buttons and links within, addresses below.

HTML says by its tags what most of this is. Here are the pages that were printed or copied from a browser, and what no
tag tells: some lines say themselves what they are (`rules.WEB_LINES`), others are but the links of a menu
(`rules.WEB_LINKS`), and at the head and the foot of the page the lines between such signs go with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from ingest.parser.document import Line
from ingest.parser.language import rules
from ingest.parser.language.lead_ins import is_lead_in
from ingest.parser.language.markers import mark_of
from ingest.parser.language.rules import named, union
from ingest.parser.language.sentences import ends_sentence
from ingest.parser.language.titles import names_programme

WEB_PAGE = "web page"
LONGEST = 200
"""Characters: no line of a web page's frame is longer.
The limits were measured on 24 invented local programmes."""
LONGEST_LINK = 90
"""Characters: no link or teaser at a page's head or foot is longer."""
LEAST_LINKS = 3
"""Links that make a menu, on one line or on lines below each other."""
LONGEST_NAME = 5
"""Words before the links of a menu on its line at most, and one more."""
BETWEEN = 4
"""Lines that say nothing of themselves between two signs of a page's foot, or below the last."""
MOST_NEWS = 12
"""Lines that tell of other pages above a page's foot, at most."""
LEAST_IN_FOOT = 2
"""Signs that a page's foot has at least."""

_LINE = union(rules.WEB_LINES, re.IGNORECASE)
_HEAD = union([*rules.WEB_HEADS, *named(rules.WEB_LINES, "cookies")], re.IGNORECASE)
_FOOT = union(rules.WEB_FEET, re.IGNORECASE)
_NEWS = union(named(rules.WEB_FEET, "more pages"), re.IGNORECASE)
_CONTACT = union(named(rules.WEB_FEET, "contact"), re.IGNORECASE)
_LINK = "(?:" + "|".join(map(re.escape, rules.WEB_LINKS)) + ")"
_LINKS = re.compile(rf"(?:{_LINK}(?:[\s|·•/,+☰▾˅]+|$))+", re.IGNORECASE)
_ONE_LINK = re.compile(rf"{_LINK}(?=[\s|·•/,+☰▾˅]|$)", re.IGNORECASE)


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find the lines of a web page that are none of its text: at its head, at its foot, and those that say so."""
    left = [(index, line.text.strip()) for index, line in enumerate(lines) if index not in why]
    left = [(index, text) for index, text in left if text]
    said = ((index, text) for index, text in left if len(text) <= LONGEST and lines[index].heading_level != 1)
    found = {index for index, text in said if _says_so(text)}
    found.update(_head(lines, left))
    found.update(_foot(left, found))
    return dict.fromkeys(found, WEB_PAGE)


def _says_so(text: str) -> bool:
    """Return whether a line says by itself that it is none of a page's text."""
    return bool(_LINE.fullmatch(text)) or _links(text) >= LEAST_LINKS


@lru_cache(maxsize=1024)
def _links(text: str) -> int:
    """Return how many links of a menu a line is made of, a name before them or not; none if it says more."""
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == " ")][:LONGEST_NAME]
    found = next((match for at in starts if (match := _LINKS.fullmatch(text, at))), None)
    return len(_ONE_LINK.findall(text, found.start())) if found else 0


def _head(lines: Sequence[Line], left: Sequence[tuple[int, str]]) -> list[int]:
    """Return the lines above a page's text, down to the last sign of its menus, or to its tagged title."""
    end = links = 0
    for place, (index, text) in enumerate(left):
        if 0 < lines[index].heading_level <= 2:
            return [index for index, _ in left[:place]] if end else []
        links = links + _links(text) if _links(text) else 0
        if links >= LEAST_LINKS or (len(text) <= LONGEST and _HEAD.fullmatch(text)):
            end = place + 1
        elif len(text) > LONGEST_LINK or is_lead_in(text):
            break
    while 0 < end < len(left) and not lines[left[end][0]].space_before and left[end][1].isalpha():
        end += 1  # the rest of a menu: words close below
    dated = {index for index, text in left[:end] if names_programme(text) and any(map(str.isdigit, text))}
    return [index for index, text in left[:end] if index not in dated or _HEAD.fullmatch(text)]


def _foot(left: Sequence[tuple[int, str]], known: Collection[int]) -> list[int]:
    """Return the lines below a page's text: from the bottom upwards, as long as signs follow on each other."""
    begin, since, signs, web = len(left), 0, 0, False
    for place in range(len(left) - 1, -1, -1):
        index, text = left[place]
        says_so = index in known or (len(text) <= LONGEST and bool(_FOOT.fullmatch(text)))
        if says_so or _links(text):
            begin, since, signs = place, 0, signs + 1
            web = web or (says_so and not _CONTACT.fullmatch(text))
            continue
        since += 1
        if since > BETWEEN or len(text) > LONGEST_LINK or ends_sentence(text) or is_lead_in(text):
            break
    if not web or signs < LEAST_IN_FOOT:
        return []
    return [index for index, _ in left[_first_news(left, begin) :]]


def _first_news(left: Sequence[tuple[int, str]], foot: int) -> int:
    """Return the place of the heading above a page's foot under which its other pages are told of, else the foot's."""
    for place in range(foot - 1, max(foot - MOST_NEWS, 0) - 1, -1):
        text = left[place][1]
        if _NEWS.fullmatch(text):
            return place
        mark = mark_of(text)
        if len(text) > LONGEST or is_lead_in(text) or (mark is not None and mark.sort == "bullet"):
            break
    return foot
