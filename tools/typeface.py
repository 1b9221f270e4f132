"""The site's serif: the letters that programmes in Norway are written with, of Source Serif 4, in one small file."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Archive Serif"
CUT = Path(settings.BASE_DIR) / "static" / "typeface" / "archive-serif.woff2"
LETTERS = (
    *(range(0x20, 0x7F), range(0xA0, 0x180)),  # Latin: Norwegian, Sami, and the names of all of Europe
    *(range(0x1E6, 0x1E8), range(0x218, 0x21C)),  # Skolt Sami ǧ, Romanian ș and ț
    *(range(0x2009, 0x200B), range(0x2010, 0x2016), range(0x2018, 0x201F), range(0x202F, 0x2030)),  # – — ‘ ’ “ ” „
    *(range(0x2020, 0x2023), range(0x2026, 0x2027), range(0x2030, 0x2031), range(0x2032, 0x2034)),  # † • … ‰ ′ ″
    *(range(0x2039, 0x203B), range(0x2044, 0x2045), range(0x2070, 0x2071), range(0x2074, 0x207A)),  # ‹ › ⁄ ⁰ ⁴
    *(range(0x2080, 0x208A), range(0x20AC, 0x20AD), range(0x2122, 0x2123), range(0x2190, 0x2194)),  # ₂ € ™ ← ↑ → ↓
    *(range(0x2212, 0x2213), range(0x2248, 0x2249), range(0x2260, 0x2261), range(0x2264, 0x2266)),  # − ≈ ≠ ≤ ≥
)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark"]
WEIGHTS = (400, 700)
OPTICAL_SIZE = 18
"""Points that the letters are drawn for: pledges have 19 px, headings up to 30."""
ADVANCE = -3
"""Where the width of a letter stands among the points that a weight moves."""
CROSSED = {"T": ("Tbar", 0x166, 0.78, 280), "t": ("tbar", 0x167, 0.86, 235)}
"""Letters of Northern Sami that Source Serif 4 lacks: Ŧ and ŧ are T and t with a hyphen across.

Letter → name, code point, how wide the hyphen is drawn (1 is as it is), height of its middle in units of the font.
"""


def made(source: Path) -> TTFont:
    """Return the font cut down from a variable Source Serif 4; it is saved as woff2."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    cutter = Subsetter(options)
    cutter.populate(unicodes={letter for letters in LETTERS for letter in letters})
    cutter.subset(font)
    font = instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": WEIGHTS})
    del font["HVAR"]  # it says again what gvar says, and knows nothing of the letters added here
    for letter, (name, code, width, middle) in CROSSED.items():
        _cross(font, letter, name, code, width, middle)
    _rename(font)
    font.flavor = "woff2"
    return font


def _cross(font: TTFont, letter: str, name: str, code: int, width: float, middle: int) -> None:
    """Add a letter with a hyphen across, that grows wider with the weight as the letter does."""
    shapes, advances = font["glyf"], font["hmtx"]
    advance, side = advances[letter]
    hyphen = shapes["hyphen"]
    across = round((advance - (hyphen.xMin + hyphen.xMax) * width) / 2)
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = [
        _component(letter, 0, 0, 1),
        _component("hyphen", across, middle - (hyphen.yMin + hyphen.yMax) // 2, width),
    ]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    shapes[name] = glyph
    advances[name] = (advance, side)
    (bolder,), (hyphen_bolder,) = (font["gvar"].variations[each] for each in (letter, "hyphen"))
    *_points, left, right, top, bottom = bolder.coordinates
    shift = round((right[0] - hyphen_bolder.coordinates[ADVANCE][0] * width) / 2)
    font["gvar"].variations[name] = [TupleVariation(bolder.axes, [(0, 0), (shift, 0), left, right, top, bottom])]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def _component(glyph: str, x: int, y: int, width: float) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y = glyph, x, y
    component.flags = 0x4  # ROUND_XY_TO_GRID
    if width != 1:
        component.transform = [[width, 0], [0, 1]]
    return component


def _rename(font: TTFont) -> None:
    """Give the font a name of its own; whose it was, and under which licence, stays."""
    postscript = FAMILY.replace(" ", "")
    names = {1: FAMILY, 2: "Regular", 3: f"{postscript};from Source Serif 4", 4: FAMILY, 6: postscript}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
