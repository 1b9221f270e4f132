"""The picture that goes with a shared link: the pledge in its own words, whose it is, and what must be known of it.

Drawn when somebody shares a link for the first time, for few pledges ever are; it is kept as pages are.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from programmes.models import Passage
from programmes.site.citation import SITE
from programmes.site.place import place_of
from programmes.standing import cautions_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""Pixels, as networks ask for."""
EDGE = 72
PAPER, INK, MUTED, ACCENT, ALERT = "#fbfaf6", "#191a17", "#5b5a52", "#0a4a5c", "#8c1d18"
"""The site's own colours by day (`static/archive.css`)."""
SIZES = (54, 46, 40, 34, 30)
"""Pixels of type for the words: the largest in which they fit is taken; longer ones are cut, and say so."""
SMALL = 28
LEADING = 1.3
TYPEFACE = "typeface/archive-serif.woff2"


def share_picture(passage: Passage) -> bytes:
    """Return the picture of a passage as PNG, the passage loaded `with_source`."""
    from PIL import Image, ImageDraw  # only now: most processes draw none

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    programme = passage.programme
    y = EDGE
    for caution in cautions_of(passage):
        y = _write(
            draw, [f"{caution.words[:1].upper()}{caution.words[1:]}. {caution.sentence}"], y, SMALL, ALERT, most=2
        )
    if passage.introductions:
        y = _write(draw, [" ".join(passage.introductions)], y, SMALL, MUTED, most=2)
    foot = HEIGHT - EDGE - 2 * round(SMALL * LEADING)
    _write_words(draw, f"«{passage.readable_text}»", y + 8, foot - 16)
    source = ", ".join(part for part in (f"{programme.branch.name} {programme.period}", place_of(passage)) if part)
    _write(draw, [source], foot, SMALL, INK, most=1)
    name = _("%(site)s, løfte %(id)s") % {"site": SITE, "id": passage.public_id}
    _write(draw, [name], foot + round(SMALL * LEADING), SMALL, ACCENT, most=1)
    draw.rectangle((0, 0, 12, HEIGHT), fill=ACCENT)
    content = io.BytesIO()
    picture.quantize(32).save(content, "PNG", optimize=True)
    return content.getvalue()


def _write_words(draw: ImageDraw, words: str, top: int, bottom: int) -> None:
    """Write the pledge in the largest type in which it fits between two heights."""
    for size in SIZES:
        room = int((bottom - top) / (size * LEADING))
        if len(_lines(words, _font(size))) <= room:
            break
    _write(draw, [words], top, size, INK, most=max(room, 1))


def _write(draw: ImageDraw, paragraphs: list[str], y: int, size: int, colour: str, *, most: int) -> int:
    """Write paragraphs from a height on, at most so many lines; return the height below them."""
    font = _font(size)
    lines = [line for paragraph in paragraphs for line in _lines(paragraph, font)]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,')} …"]
    for line in lines:
        draw.text((EDGE, y), line, font=font, fill=colour)
        y += round(size * LEADING)
    return y


def _lines(text: str, font: FreeTypeFont) -> list[str]:
    """Return a text broken into lines that fit the picture; a word that is longer than a line is broken too."""
    most = WIDTH - 2 * EDGE
    lines = [""]
    for word in text.split():
        while font.getlength(word) > most:
            fits = next(n for n in range(len(word) - 1, 0, -1) if font.getlength(word[:n]) <= most)
            lines[-1:] = [lines[-1], word[:fits]] if lines[-1] else [word[:fits]]
            word = word[fits:]
            lines.append("")
        wider = f"{lines[-1]} {word}".strip()
        if font.getlength(wider) <= most:
            lines[-1] = wider
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=len(SIZES) + 1)
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(finders.find(TYPEFACE)), size)
