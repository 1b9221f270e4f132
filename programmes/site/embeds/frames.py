"""The frame that a card stands in on another site: its size, and the code to paste.

A card has no script, so it can't tell the page around it how high it is: the height is reckoned from its words, a
little too high rather than too low, and where it is too low the frame scrolls.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH = 600
"""CSS pixels, where nobody asks for another width."""
NARROWEST, LOWEST = 240, 120
"""CSS pixels: what a card is never made smaller than, whatever is asked for."""
FRAME = (
    '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" style="border:0;width:100%;max-width:{}px">'
    "</iframe>"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of a card as they are set."""

    signs: int
    size: float = 16
    """CSS pixels of type."""
    line: float = 1.45
    """Height of a line, in sizes of type."""
    around: float = 10
    """CSS pixels between it and the next."""
    share: float = 1
    """Of the width of the card: a cell of a table has a part of it."""

    def height(self, width: float) -> float:
        """Return how many CSS pixels it takes in a column of so many."""
        in_a_line = max(8, (width * self.share) / (self.size * WIDTH_OF_SIGN))
        return math.ceil(self.signs / in_a_line) * self.size * self.line + self.around


WIDTH_OF_SIGN = 0.52
"""Of the size of type, room lost at the ends of lines included; measured on cards in a browser."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A card as another site shows it."""

    address: str
    """Of the card, written out."""
    title: str
    """What a screen reader says of the frame."""
    width: int
    height: int

    @property
    def code(self) -> SafeString:
        """The HTML to paste."""
        return format_html(FRAME, self.address, self.width, self.height, self.title, self.width)


def width_within(most: int | None) -> int:
    """Return how wide a card is where a site has room for so many CSS pixels."""
    return WIDTH if most is None else max(NARROWEST, min(WIDTH, most))


def height_of(paragraphs: Iterable[Paragraph], *, width: int, edges: int, most: int | None = None) -> int:
    """Return how high a frame is; `edges` are the CSS pixels of a card that its words don't have.

    Where a site has less room (`most`), it is as high as that, and scrolls.
    """
    needed = math.ceil(edges + sum(each.height(width - SIDES) for each in paragraphs))
    return needed if most is None else max(LOWEST, min(needed, most))


SIDES = 44
"""CSS pixels of a card's width that its words don't have."""
