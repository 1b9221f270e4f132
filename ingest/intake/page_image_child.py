"""The inside of `ingest.intake.page_images`: draws pages of a PDF with pdfium and writes them to standard output.

Started as `python -m ingest.intake.page_image_child PATH PAGES MEMORY`, the pages as `1,2,5`. For each page comes a
line of JSON with the page's width and height in points and the bytes of its picture, then the picture as WebP.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from ingest.parser.sandbox.child import give_up_rights

SCALE = 1.8
"""Pixels for each point: an A4 page is 1,070 pixels wide, sharp in half of a wide window."""
LARGEST = 2400
"""Pixels of the longer side, whatever the page says that it measures."""
MOST_BYTES = 150_000
"""Of a picture, for readers on a phone."""
DRAWN_COLOURS, KEPT_COLOURS = 4096, 32
"""A page with at most so many colours is drawn and no photograph: it keeps the fewer ones and is compressed without
loss. So a page of text takes half of what it takes with loss, and is sharp (18 pages measured: 60 kB against 125)."""
COARSER = ((1.0, 75), (1.0, 55), (0.8, 55), (0.65, 45), (0.5, 35), (0.35, 25))
"""Parts of the size and qualities that are tried on other pages until the picture is small enough; the last one always
is, on noise too, which nothing compresses."""


def main(path: str, pages: list[int], memory: int) -> None:
    """Draw pages, in their order."""
    give_up_rights(memory)
    import pypdfium2  # only now: what it does happens within the limits

    document = pypdfium2.PdfDocument(path)
    for page in pages:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        picture = sheet.render(scale=min(SCALE, LARGEST / max(width, height))).to_pil().convert("RGB")
        content = compressed(picture)
        head = {"page": page, "width": width, "height": height, "bytes": len(content)}
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
        sys.stdout.buffer.flush()
        sheet.close()


def compressed(picture: Any) -> bytes:
    """Return a picture of Pillow's as WebP, as fine as fits into `MOST_BYTES`."""
    if picture.getcolors(DRAWN_COLOURS):
        content = _webp(picture.quantize(KEPT_COLOURS).convert("RGB"), lossless=True, quality=50, method=3)
        if len(content) <= MOST_BYTES:
            return content
    for part, quality in COARSER:
        size = [max(1, round(side * part)) for side in picture.size]
        content = _webp(picture if part == 1.0 else picture.resize(size), quality=quality)
        if len(content) <= MOST_BYTES:
            break
    return content


def _webp(picture: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", **options)
    return file.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], [int(page) for page in sys.argv[2].split(",")], int(sys.argv[3]))
