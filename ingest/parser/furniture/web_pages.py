"""What a web page has around its text: menus and notices above, buttons and links within, addresses below.

HTML says by its tags what most of this is. Here are the pages that were printed or copied from a browser, and what no
tag tells: some lines say themselves what they are (`rules.WEB_LINES`), others are but the links of a menu
(`rules.WEB_LINKS`), and at the head and the foot of the page the lines between such signs go with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from ingest.parser.document import Line
from ingest.parser.language import rules
from ingest.parser.language.lead_ins import is_lead_in
from ingest.parser.language.rules import named, union
from ingest.parser.language.sentences import ends_sentence
from ingest.parser.language.titles import names_programme
from programmes.norwegian.sentences import sentence_starts

WEB_PAGE = "web page"
LONGEST = 200
"""Characters: no line of a web page's frame is longer.
The limits were measured on 24 invented local programmes."""
LONGEST_LINK = 90
"""Characters: no link or teaser at a page's head or foot is longer."""
LEAST_LINKS = 3
"""Links that make a menu, on one line or on lines below each other."""
LEAST_GLUED = 2
"""… and with nothing between them."""
MOST_GLUED = 4
"""Words that begin right behind another: so many on a line are a menu, whatever its links are called."""
AGAIN = 3
"""Times that a link stands by itself on a page: with so many it is a button."""
LONGEST_NAME = 5
"""Words before the links of a menu on its line at most, and one more."""
BETWEEN = 4
"""Lines that say nothing of themselves between two signs of a page's foot, or below the last."""
MOST_OF_PAGE = 0.5
"""Share of a page's letters below the end of its text, at most …"""
SIGNS_OF_FRAME = 0.3
"""… and of the lines there, so many say themselves that they are none of its text."""
LEAST_IN_FOOT = 2
"""Signs that a page's foot has at least."""

_LINE = union(rules.WEB_LINES, re.IGNORECASE)
_HEAD = union([*rules.WEB_HEADS, *named(rules.WEB_LINES, "cookies")], re.IGNORECASE)
ENDS = union(rules.WEB_ENDS, re.IGNORECASE)
"""What a line says at which the text of a page ends."""
_FOOT = union([*rules.WEB_FEET, *rules.WEB_ENDS], re.IGNORECASE)
_ANYWHERE = union(named(rules.WEB_FEET, "contact", "date"), re.IGNORECASE)
"""What may stand at the foot of any document."""
_LINK = "(?i:" + "|".join(map(re.escape, rules.WEB_LINKS)) + r")(?: \d{4}[-–]\d{4})?"
_AFTER_LINK = r"(?:[\s|·•/,+*!☰▾˅]+|(?=[A-ZÆØÅ])|$)"
"""What stands behind a link; copying may leave nothing between two of them: `HjemProgramKontakt oss`."""
_FIRST_WORD = (re.compile(r"\w[a-zæøå]*(?:[–-]\w)?"), re.compile(r"\w+"))
_FIRST_WORDS = frozenset(match[0] for link in rules.WEB_LINKS for p in _FIRST_WORD if (match := p.match(link)))
"""How links begin, another right behind the word or not: looking for these first is quick."""
_LINKS = re.compile(rf"(?:{_LINK}{_AFTER_LINK})+")
_GLUED = re.compile("[a-zæøå][A-ZÆØÅ]")
_ONE_LINK = re.compile(rf"{_LINK}{_AFTER_LINK}")


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find the lines of a web page that are none of its text: at its head, at its foot, and those that say so."""
    left = [(index, _words(line.text)) for index, line in enumerate(lines) if index not in why]
    left = [(index, text) for index, text in left if text]
    said = ((index, text) for index, text in left if len(text) <= LONGEST and lines[index].heading_level != 1)
    found = {index for index, text in said if _says_so(text)}
    links = Counter(text for _, text in left if len(text) <= LONGEST_LINK and _links(text))
    found.update(index for index, text in left if links[text] >= AGAIN)
    for linked, run in groupby(left, key=lambda line: _links(line[1]) > 0 and not _names_years(line[1])):
        menu = [index for index, _ in run]
        if linked and len(menu) >= LEAST_LINKS:
            found.update(menu)
    found.update(_head(lines, left))
    found.update(_foot(left, found))
    return dict.fromkeys(found, WEB_PAGE)


def _words(line: str) -> str:
    """Return a line without the bullet before a link and the space around it."""
    return line.strip().lstrip(rules.BULLETS).strip()


def _says_so(text: str) -> bool:
    """Return whether a line says by itself that it is none of a page's text."""
    glued = len(_GLUED.findall(text))
    if glued >= MOST_GLUED and not ends_sentence(text):
        return True
    return bool(_LINE.fullmatch(text)) or _links(text) >= (LEAST_GLUED if glued else LEAST_LINKS)


def _names_years(text: str) -> bool:
    """Return whether a line names a programme and its years, and so is none of a menu's."""
    return names_programme(text) and any(map(str.isdigit, text))


@lru_cache(maxsize=1024)
def _links(text: str) -> int:
    """Return how many links of a menu a line is made of, a name before them or not; none if it says more."""
    starts, at = [], 0
    for word in text.split(" ", LONGEST_NAME)[:LONGEST_NAME]:
        if any(first[0].casefold() in _FIRST_WORDS for pattern in _FIRST_WORD if (first := pattern.match(word))):
            starts.append(at)
        at += len(word) + 1
    found = next((match for at in starts if (match := _LINKS.fullmatch(text, at))), None)
    return len(_ONE_LINK.findall(text, found.start())) if found else 0


def _head(lines: Sequence[Line], left: Sequence[tuple[int, str]]) -> list[int]:
    """Return the lines above a page's text, down to the last sign of its menus, or to its tagged title."""
    end = links = 0
    for place, (index, text) in enumerate(left):
        if 0 < lines[index].heading_level <= 2:
            return [index for index, _ in left[:place]] if end else []
        if place and place == end and left[place - 1][1].endswith(f" {text}"):
            break  # the page's title, as the last of its crumbs names it
        links = links + _links(text) if _links(text) else 0
        if links >= LEAST_LINKS or (len(text) <= LONGEST and _HEAD.fullmatch(text)):
            end = place + 1
        elif len(text) > LONGEST_LINK or is_lead_in(text) or sentence_starts(text):
            break
    while 0 < end < len(left) and not lines[left[end][0]].space_before and left[end][1].isalpha():
        if left[end - 1][1].endswith(f" {left[end][1]}"):
            break
        end += 1  # the rest of a menu: words close below
    dated = {index for index, text in left[:end] if _names_years(text)}
    return [index for index, text in left[:end] if index not in dated or _HEAD.fullmatch(text)]


def _foot(left: Sequence[tuple[int, str]], known: Collection[int]) -> list[int]:
    """Return the lines below a page's text: from where it says itself that it ends, else from its last signs on."""
    begin = min(_end_of_text(left, known), _first_sign_below(left, known))
    return [index for index, _ in left[begin:]]


def _end_of_text(left: Sequence[tuple[int, str]], known: Collection[int]) -> int:
    """Return the place of the first line below the last lead-in at which a page's text ends, else how many there are.

    Below it stands no running text, and much of what does says itself that it is none.
    """
    last = max(
        (place for place, (_, text) in enumerate(left) if is_lead_in(text) and not ENDS.fullmatch(text)), default=-1
    )
    letters = sum(len(text) for _, text in left)
    below = signs = 0
    found = len(left)
    for place in range(len(left) - 1, last, -1):
        index, text = left[place]
        below += len(text)
        ends = len(text) <= LONGEST and bool(ENDS.fullmatch(text))
        sign = ends or index in known or bool(_FOOT.fullmatch(text)) or _links(text) > 0
        if below > MOST_OF_PAGE * letters or (len(text) > LONGEST and not sign):
            break
        signs += sign
        if ends and signs >= max(LEAST_IN_FOOT, SIGNS_OF_FRAME * (len(left) - place)):
            found = place
    return found


def _first_sign_below(left: Sequence[tuple[int, str]], known: Collection[int]) -> int:
    """Return the place of the first sign of a foot, from the bottom upwards as long as signs follow on each other.

    Without any it is how many lines there are.
    """
    begin, since, signs, web = len(left), 0, 0, False
    for place in range(len(left) - 1, -1, -1):
        index, text = left[place]
        says_so = index in known or (len(text) <= LONGEST and bool(_FOOT.fullmatch(text)))
        if says_so or _links(text):
            begin, since, signs = place, 0, signs + 1
            web = web or (says_so and not _ANYWHERE.fullmatch(text))
            continue
        since += 1
        if since > BETWEEN or len(text) > LONGEST_LINK or ends_sentence(text) or is_lead_in(text):
            break
    return begin if web and signs >= LEAST_IN_FOOT else len(left)
