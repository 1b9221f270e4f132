"""What a page paints besides letters, as far as it tells what can be seen: grounds, lines, the edges of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pdfminer.utils import apply_matrix_pt

from ingest.parser.readers.pdf.glyphs import Rule

PAPER = "#ffffff"
"""What lies under all else."""
ALIKE = 10
"""Steps of 255 that two colours differ by in red, green and blue at most, where nobody can tell them apart.
Chosen, as all here."""
THICKEST = 2.0
"""Points: a thicker line is a bar or a ground."""
SHORTEST = 4.0
"""Points: a shorter line is part of a drawing."""
SMALLEST_PAGE = 50.0
"""Points: no page that is shown is narrower or lower."""
MOST_GROUNDS = 2_000
"""Painted figures on a page: more are a map or a drawing, and what lies under a letter is not asked."""
LONGEST_PATH = 400
"""Parts of a painted line: a longer one is no rule."""

Rectangle = tuple[float, float, float, float]


def shown_box(page: Rectangle, crop: Rectangle) -> Rectangle:
    """Return what is shown of a page: what its crop box leaves, if that is a page at all."""
    x0, x1 = sorted((page[0], page[2]))
    y0, y1 = sorted((page[1], page[3]))
    left, right = max(x0, min(crop[0], crop[2])), min(x1, max(crop[0], crop[2]))
    foot, head = max(y0, min(crop[1], crop[3])), min(y1, max(crop[1], crop[3]))
    if right - left < SMALLEST_PAGE or head - foot < SMALLEST_PAGE:
        return x0, y0, x1, y1
    return left, foot, right, head


@dataclass(slots=True)
class Grounds:
    """What a page has painted so far, the topmost last; lengths are points from the page's upper left corner."""

    _painted: list[tuple[float, float, float, float, str | None]] = field(default_factory=list)
    _colours: set[str] = field(default_factory=lambda: {PAPER})

    def add(self, x0: float, top: float, x1: float, bottom: float, colour: str | None) -> None:
        """Note a figure by the rectangle around it; None is a picture, a pattern, a shading."""
        if x1 - x0 > SHORTEST and bottom - top > SHORTEST:
            self._painted.append((x0, top, x1, bottom, colour))
            if colour:
                self._colours.add(colour)

    def may_hide(self, colour: str) -> bool:
        """Return whether anything painted so far can hide letters of a colour."""
        return len(self._painted) <= MOST_GROUNDS and any(is_alike(colour, ground) for ground in self._colours)

    def hide(self, colour: str, x: float, y: float) -> bool:
        """Return whether a letter of a colour that `may_hide` can't be told from what lies under a place."""
        for x0, top, x1, bottom, ground in reversed(self._painted):
            if x0 <= x <= x1 and top <= y <= bottom:
                return bool(ground) and is_alike(colour, str(ground))
        return is_alike(colour, PAPER)


@lru_cache(maxsize=10_000)
def is_alike(one: str, other: str) -> bool:
    """Return whether two colours look the same."""
    return one == other or all(abs(a - b) <= ALIKE for a, b in zip(_levels(one), _levels(other), strict=True))


def _levels(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue of a colour, up to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def rules_of(matrix: Any, width: float, path: Sequence[Any], stroke: bool, left: float, up: float) -> Iterator[Rule]:
    """Yield the straight lines along and up the page of a painted path, on a sheet whose corner stands at `left`, `up`.

    A line is one that was drawn, or a bar that was filled and is as thin as one.
    """
    if len(path) > LONGEST_PATH:
        return
    corner = begun = None
    corners: list[tuple[float, float]] = []
    for part in path:
        if part[0] not in "mlh":
            return
        point = begun if part[0] == "h" else apply_matrix_pt(matrix, part[-2:])
        if point is None:
            return
        if part[0] == "m":
            if not stroke:
                yield from _bar(corners, left, up)
            begun, corners = point, []
        elif stroke and corner is not None:
            yield from _line(corner, point, width, left, up)
        corners.append(point)
        corner = point
    if not stroke:
        yield from _bar(corners, left, up)


def _line(one: tuple[float, float], other: tuple[float, float], width: float, left: float, up: float) -> Iterator[Rule]:
    """Yield the line between two points, if it is a rule."""
    return _bar((one, other), left, up) if width <= THICKEST else iter(())


def _bar(corners: Sequence[tuple[float, float]], left: float, up: float) -> Iterator[Rule]:
    """Yield the rectangle around some corners, if it is thin and long."""
    if len(corners) < 2:
        return
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    thick, long = sorted((x1 - x0, y1 - y0))
    if thick <= THICKEST and long >= SHORTEST:
        yield Rule(x0 - left, up - y1, x1 - left, up - y0)
