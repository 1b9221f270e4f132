"""Lists as Word writes them in HTML, in what it saves and what is pasted from it: paragraphs with their mark as text.

<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>i Nordvika</p>
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from ingest.parser.readers.flowing.numbering import readable_bullet

SYMBOL_FONT = 1 << 15 | 1 << 14 | 1 << 13 | 1 << 12
"""Where Unicode keeps the signs of such fonts: U+F0B7 is the sign at B7."""

_LEVEL = re.compile(r"mso-list\s*:\s*\w+\s+level(\d)")
_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_SYMBOLS = re.compile(r"font-family\s*:\s*[\"']?(?:symbol|wingdings|webdings)", re.IGNORECASE)


def list_level(element: HtmlElement) -> int:
    """Return the level from 1 of the list that a paragraph is an entry of, 0 for any other."""
    match = _LEVEL.search(element.get("style", "")) if element.tag == "p" else None
    return int(match[1]) if match else 0


def is_mark(element: HtmlElement) -> bool:
    """Return whether an element holds an entry's mark, with the white space after it."""
    return element.tag == "span" and bool(_MARK.search(element.get("style", "")))


def mark_of(element: HtmlElement) -> str:
    """Return the mark that an element holds, as it looks: a letter of a font of signs is a bullet."""
    mark = "".join(element.itertext()).strip()
    styles = (each.get("style", "") for each in (element, *element.iterancestors("span")))
    if len(mark) == 1 and any(map(_SYMBOLS.search, styles)):
        return readable_bullet(chr(SYMBOL_FONT | ord(mark)))
    return mark
