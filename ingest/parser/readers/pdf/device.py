"""Listen to pdfminer while it draws a page, and note each glyph with its place, face and tag."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, decode_text

from ingest.parser.readers.pdf.content import StreamInterpreter
from ingest.parser.readers.pdf.faces import face_of
from ingest.parser.readers.pdf.glyphs import Dot, Face, Frame, Glyph, Sheet
from ingest.parser.readers.pdf.layers import LAYER, is_off, named_layer
from ingest.parser.readers.pdf.painted import Grounds, rules_of, shown_box
from ingest.parser.readers.pdf.unseen import HIDDEN, NOT_PAINTED, ON_ITS_COLOUR, SLANTED

SYMBOL_CODES = {
    **dict.fromkeys("lnmŸ§¨", "•"), **dict.fromkeys("34üþ", "✓"), **dict.fromkeys("ØÔàèð", "➢"), "o": "○", "q": "○",
}  # fmt: skip
"""What symbol fonts draw under the codes of letters, where the file does not say; all others are taken for `•`."""
SMALLEST_FRAME = 40.0
"""Rectangles with a side shorter than this (points) hold no text worth a box.
Chosen; the sizes of figures were measured on prints of browsers."""
SMALLEST_DOT, LARGEST_DOT = 1.0, 8.0
"""Points: figures in between can be bullets."""
MOST_DOTS = 1_000
"""Such figures on a page: more are a map or a pattern."""
CONTROLS = frozenset({0, 9, 10, 13})
"""Codes that stand for white space in all encodings; others below 32 may be letters of a font that says nothing."""
SPACE_GLYPHS = frozenset({3})
"""The space among the glyphs of a TrueType font, as Windows fonts number them."""
UNUSED = frozenset({0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D})
"""Codes that WinAnsiEncoding gives no character of their own."""
OFF = "ingest:off"
"""Stands in the properties of marked content whose layer is switched off."""
UNPAINTED = frozenset({3})
"""Ways of painting text that leave nothing to see; text that only clips is filled with a picture."""
KNOWN_COLOURS = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased", "Separation"})
"""Colour spaces whose colours we can tell apart."""
FILLED = frozenset({0, 4})
"""Those that paint the letters in one colour, with no outline."""
SLANT = 0.1
"""Share of its length by which slanted writing climbs at least: a scan is laid less askew. Chosen."""
LONGEST_REPLACEMENT = 12
"""/ActualText on more glyphs than this is a reader's aid, not a repair of the encoding."""

TagLookup = Callable[[int], str]


@dataclass(slots=True)
class _Mark:
    """An open marked-content sequence."""

    tag: str
    actual: str | None
    start: int
    is_off: bool = False
    """It stands in a layer that is switched off."""


class PageInterpreter(StreamInterpreter):
    """Resolve named property lists and layers, which the device could not."""

    device: GlyphDevice

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - the operator's name
        """Begin a marked-content sequence with its properties."""
        if isinstance(props, PSLiteral):
            named = resolve1(dict_value(self.resources or {}).get("Properties")) or {}
            found = named.get(props.name) if isinstance(named, dict) else None
            props = resolve1(found)
            if tag is LAYER and is_off(found, self.device.layers_off):
                props = {OFF: True}
        super().do_BDC(tag, props)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        """Paint a form or picture, in the layer that it says it belongs to."""
        if not is_off(named_layer(self.xobjmap, xobjid_arg), self.device.layers_off):
            super().do_Do(xobjid_arg)
            return
        self.device.begin_tag(LAYER, {OFF: True})
        super().do_Do(xobjid_arg)
        self.device.end_tag()

    def do_sh(self, name: object) -> None:
        """Note that a shading of unknown colour was painted."""
        self.device.paint_shading()


class GlyphDevice(PDFTextDevice):
    """Collect the glyphs of one page after the other; `sheet` is the page drawn last."""

    sheet: Sheet

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.tags: TagLookup = lambda mcid: ""
        self.layers_off: frozenset[int] = frozenset()
        """The layers of the file that are switched off, by the ids of their objects."""
        self._faces: dict[int, tuple[PDFFont, Face]] = {}
        self._letters: dict[int, dict[int, tuple[str, float]]] = {}
        self._marks: list[_Mark] = []
        self._matrices: list[Any] = []
        self._colours: dict[Any, str] = {}
        self._tag = ""
        self._is_off = False
        self._mode = 0
        self._grounds = Grounds()
        self._left = 0.0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Start a new sheet of the size that is shown of the page."""
        x0, y0, x1, y1 = apply_matrix_rect(ctm, shown_box(page.mediabox, page.cropbox))
        self.sheet = Sheet(0, abs(x1 - x0), abs(y1 - y0), up=max(y0, y1))
        self._left = min(x0, x1)
        self._grounds = Grounds()
        self._marks.clear()
        self._matrices.clear()
        self._tag = ""
        self._is_off = False

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Remember where the page stood: a form moves the coordinates."""
        self._matrices.append(self.ctm)

    def end_figure(self, name: str) -> None:
        """Return to the page's coordinates."""
        self.ctm = self._matrices.pop()

    def render_image(self, name: str, stream: Any) -> None:
        """Count pictures: a page with pictures and no text is a scan."""
        self.sheet.images += 1
        if self.ctm is not None:
            self._paint(*apply_matrix_rect(self.ctm, (0, 0, 1, 1)), None)

    def paint_shading(self) -> None:
        """Note that what lies under the words that follow is unknown."""
        self._paint(self._left, self.sheet.up - self.sheet.height, self._left + self.sheet.width, self.sheet.up, None)

    def _paint(self, x0: float, y0: float, x1: float, y1: float, colour: str | None) -> None:
        """Note what was painted between two corners in the page's coordinates."""
        if not self._is_off:
            self.sheet.is_painted = True
            up = self.sheet.up
            self._grounds.add(x0 - self._left, up - y1, x1 - self._left, up - y0, colour)

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """Open a marked-content sequence."""
        props = props if isinstance(props, dict) else {}
        actual = resolve1(props.get("ActualText"))
        mcid = resolve1(props.get("MCID"))
        name = str(tag.name)
        if isinstance(mcid, int) and name != "Artifact":
            name = self.tags(mcid) or name
        text = decode_text(actual) if isinstance(actual, bytes) else None
        self._marks.append(_Mark(name, text, len(self.sheet.glyphs), OFF in props))
        self._retag()

    def end_tag(self) -> None:
        """Close a marked-content sequence and put its /ActualText in the place of its glyphs."""
        if not self._marks:
            return
        mark = self._marks.pop()
        self._retag()
        glyphs = self.sheet.glyphs[mark.start :]
        if mark.actual is None or not glyphs or len(glyphs) > LONGEST_REPLACEMENT:
            return
        first = glyphs[0]
        if any(abs(glyph.y - first.y) > first.size / 2 for glyph in glyphs):
            return
        first.text = mark.actual
        first.x1 = max(glyph.x1 for glyph in glyphs)
        del self.sheet.glyphs[mark.start + 1 :]

    def _retag(self) -> None:
        """Let the innermost tag with a meaning rule; Artifact rules over all within it."""
        self._is_off = any(mark.is_off for mark in self._marks)
        names = [mark.tag for mark in self._marks]
        if "Artifact" in names:
            self._tag = "Artifact"
        else:
            self._tag = next((name for name in reversed(names) if name not in ("Span", "Link", "OC", "")), "")

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Note what is large enough to be the ground or the border of a box, bullets, and lines."""
        if self.ctm is None or self._is_off:
            return
        self.sheet.rules += rules_of(self.ctm, graphicstate.linewidth, path, stroke, self._left, self.sheet.up)
        points = [apply_matrix_pt(self.ctm, segment[-2:]) for segment in path if len(segment) >= 3]
        if not points:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if not fill:
            colour, edge = self._ground_colour(graphicstate.scolor, graphicstate.scs), graphicstate.linewidth / 2
            # A drawn frame covers its edges alone.
            for (ax, ay), (bx, by) in pairwise(points):
                self._paint(min(ax, bx) - edge, min(ay, by) - edge, max(ax, bx) + edge, max(ay, by) + edge, colour)
        elif sum(part[0] == "m" for part in path) == 1:  # of several figures one may be a hole in the other
            self._paint(x0, y0, x1, y1, self._ground_colour(graphicstate.ncolor, graphicstate.ncs))
        if len(path) > 40:
            return
        if x1 - x0 < LARGEST_DOT and y1 - y0 < LARGEST_DOT:
            self._dot(x0, x1, y0, y1, "○" if not fill else "•" if any(part[0] in "cvy" for part in path) else "▪")
        if x1 - x0 < SMALLEST_FRAME or y1 - y0 < SMALLEST_FRAME / 2:
            return
        if fill and not stroke and self._colour(graphicstate.ncolor, graphicstate.ncs) == "#ffffff":
            return
        left, up = self._left, self.sheet.up
        self.sheet.frames.append(Frame(x0 - left, up - y1, x1 - left, up - y0))

    def _dot(self, x0: float, x1: float, y0: float, y1: float, sign: str) -> None:
        """Note a figure that is as high as it is wide."""
        if len(self.sheet.dots) < MOST_DOTS and x1 - x0 > SMALLEST_DOT and abs((x1 - x0) - (y1 - y0)) < 0.2 * (x1 - x0):
            left = self._left
            self.sheet.dots.append(Dot(x0 - left, x1 - left, self.sheet.up - (y0 + y1) / 2, sign))

    def render_string(self, textstate: Any, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState) -> None:
        """Note how the letters that follow are painted, if at all."""
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_string_horizontal(
        self,
        seq: Any,
        matrix: Any,
        pos: tuple[float, float],
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> tuple[float, float]:
        """Note the glyphs of a string and return where the pen is after it.

        It does what pdfminer does, but asks once what is the same for all letters of a string.
        """
        x, y = pos
        a, b, c, d, e, f = matrix
        paint = self._pen(matrix, font, fontsize, scaling, rise, ncs, graphicstate)
        apart = False
        for part in seq:
            if isinstance(part, (int, float)):
                x -= part * dxscale
                apart = True
            elif isinstance(part, bytes):
                for cid in font.decode(part):
                    if apart:
                        x += charspace
                    x += paint(cid, x * a + y * c + e, x * b + y * d + f)
                    if cid == 32 and wordspace:
                        x += wordspace
                    apart = True
        return x, y

    def render_char(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Note one glyph of a font that is written downwards and return how far it moves the pen."""
        return self._pen(matrix, font, fontsize, scaling, rise, ncs, graphicstate)(cid, matrix[4], matrix[5])

    def _pen(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> Callable[[int, float, float], float]:
        """Return what notes one glyph of a string after the other, and returns how far each moves the pen.

        It takes the code and where the pen is on the page.
        """
        sheet, tag, face = self.sheet, self._tag, self._face(font)
        a, b, c, d, _, _ = matrix
        left, up, right, above = self._left, sheet.up, c * rise, d * rise
        turned = 0
        if abs(b) > abs(a):
            turned = 1 if b > 0 else 3
        elif a < 0:
            turned = 2
        size = abs(fontsize) * math.hypot(c, d)
        stretch = math.hypot(a, b)
        colour = self._colour(graphicstate.ncolor, ncs)
        usual = ""
        if self._is_off:
            usual = HIDDEN
        elif self._mode in UNPAINTED:
            usual = NOT_PAINTED
        elif a and b and min(abs(a), abs(b)) > SLANT * max(abs(a), abs(b)):
            usual = SLANTED
        grounds = self._grounds
        may_hide = not usual and self._mode in FILLED and bool(colour) and grounds.may_hide(colour)
        letters = self._letters.setdefault(id(font), {})
        note = sheet.glyphs.append

        def paint(cid: int, e: float, f: float) -> float:
            known = letters.get(cid)
            if known is None:
                known = letters[cid] = _letter(cid, font, face)
            text, width = known
            advance: float = width * fontsize * scaling
            x, y = right + e - left, up - (above + f)
            end = x + a * advance
            why = usual
            if may_hide and grounds.hide(colour, (x + end) / 2, y - size / 4):
                why = ON_ITS_COLOUR if self._ground_colour(graphicstate.ncolor, ncs) else ""
            first, last = (x, end) if x <= end else (end, x)
            note(Glyph(text, first, last, y, size, face, colour, tag, turned, stretch * advance, why))
            return advance

        return paint

    def _face(self, font: PDFFont) -> Face:
        """Return the face of a font; the cache keeps the font, so that its id stays its own."""
        known = self._faces.get(id(font))
        if known is None:
            known = self._faces[id(font)] = font, face_of(font)
        return known[1]

    def _ground_colour(self, colour: Any, space: PDFColorSpace | None) -> str | None:
        """Return a colour that was painted with, None for a pattern and what is unknown."""
        parts = colour if isinstance(colour, (list, tuple)) else (colour,)
        if not parts or not all(isinstance(part, (int, float)) and 0 <= part <= 1 for part in parts):
            return None
        if space is not None and space.name not in KNOWN_COLOURS:
            return None
        return self._colour(colour, space)

    def _colour(self, colour: Any, space: PDFColorSpace | None) -> str:
        """Return a colour as `#rrggbb`, empty for black."""
        spot = space is not None and space.name in ("Separation", "DeviceN")
        key = (tuple(colour) if isinstance(colour, (list, tuple)) else colour, spot)
        try:
            known = self._colours.get(key)
        except TypeError:
            return ""
        if known is None:
            known = self._colours[key] = _hex(key[0], spot)
        return known


def _letter(code: int, font: PDFFont, face: Face) -> tuple[str, float]:
    """Return what a code of a font stands for, and its width."""
    try:
        text = font.to_unichr(code)
    except PDFUnicodeNotDefined:
        text = _undefined(code, font)
    if face.symbols and (text.isalnum() or text in SYMBOL_CODES):
        text = SYMBOL_CODES.get(text, "•")
    return text, font.char_width(code)


def _undefined(code: int, font: PDFFont) -> str:
    """Return what a code stands for that the font's encoding leaves out; U+FFFD where nobody can tell."""
    if code < 32 and getattr(font, "unicode_map", None):
        return " "  # programs keep codes of their own here: the space after a bullet, an end of line
    if font.is_multibyte():
        return " " if code in SPACE_GLYPHS else "\ufffd"
    if code in CONTROLS:
        return " "
    if code in UNUSED:
        return "•"  # as the PDF reference has it, in a note to the table of WinAnsiEncoding
    return "\ufffd"


def _hex(colour: Any, spot: bool) -> str:
    """Return grey, RGB, CMYK or a spot colour's tint as `#rrggbb`, empty for black and for patterns."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return ""
    if spot and len(parts) == 1:
        parts = (1 - parts[0],)
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    elif len(parts) != 3:
        parts = (parts[0],) * 3
    levels = [round(255 * min(max(part, 0.0), 1.0)) for part in parts]
    return "" if not any(levels) else "#{:02x}{:02x}{:02x}".format(*levels)
