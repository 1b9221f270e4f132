"""What a page is made of before anyone has read it: glyphs with their place and face.

Lengths are points from the page's upper left corner; a glyph's `y` is its baseline.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Face:
    """One font of the file, as its name and descriptor say."""

    name: str
    family: str
    bold: bool
    italic: bool
    symbols: bool = False
    """A font of signs and no letters, such as Wingdings."""


@dataclass(slots=True)
class Glyph:
    """One character as the page paints it, in content order."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    face: Face
    colour: str
    tag: str
    turned: int = 0
    """Quarter turns against the page: 0 for upright text."""
    length: float = 0.0
    """How far it moves the pen."""
    why: str = ""
    """Why the page does not show it as text, as far as it is known."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A painted rectangle large enough to hold text: perhaps the ground of a side box."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A small painted figure: perhaps the bullet of a list whose program draws its bullets."""

    x0: float
    x1: float
    y: float
    """Its middle."""
    sign: str
    """The bullet that it looks like."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A painted line that runs along the page or up it: what separates cells, or strikes words out."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def lies(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True)
class Sheet:
    """One page of the file."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: int = 0
    is_painted: bool = False
    """Something was painted besides letters."""
    up: float = 0.0
    """How far the upper edge stands above the foot of what the file calls the page, more of which may be cut away."""
