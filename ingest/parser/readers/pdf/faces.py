"""What a font of a PDF says of itself: bold, italic, of signs, by its name and its descriptor."""

from __future__ import annotations

import re

from pdfminer.pdffont import PDFFont
from pdfminer.pdftypes import resolve1

from ingest.parser.readers.pdf.glyphs import Face

BOLD_NAME = re.compile(r"bold|black|heavy|demi|-(?:semi|extra)?bd\b|xbold", re.I)
ITALIC_NAME = re.compile(r"italic|oblique|kursiv|-it\b|it$", re.I)
STYLE_NAME = re.compile(
    r"[-,\s]?(?:(?:extra|semi|demi|ultra)?(?:bold|black|heavy|light|medium|thin|regular|roman|book|italic|oblique)"
    r"|it|mt|ps)+$",
    re.I,
)
SYMBOL_NAME = re.compile(r"dingbats|wingdings|webdings", re.I)
FORCE_BOLD = 1 << 18


def face_of(font: PDFFont) -> Face:
    """Return the face of a font."""
    name = font.fontname if isinstance(font.fontname, str) else str(font.fontname or "")
    name = re.sub(r"^[A-Z]{6}\+", "", name)
    descriptor = font.descriptor if isinstance(font.descriptor, dict) else {}
    flags, weight = resolve1(descriptor.get("Flags")), resolve1(descriptor.get("FontWeight"))
    angle = resolve1(descriptor.get("ItalicAngle"))
    return Face(
        name=name,
        family=STYLE_NAME.sub("", name) or name,
        bold=bool(BOLD_NAME.search(name))
        or (isinstance(flags, int) and bool(flags & FORCE_BOLD))
        or (isinstance(weight, (int, float)) and weight >= 600),
        symbols=bool(SYMBOL_NAME.search(name)),
        italic=bool(ITALIC_NAME.search(name)) or (isinstance(angle, (int, float)) and angle != 0),
    )
