"""The inside of `ingest.intake.page_images`: draws one page of a PDF with pdfium and writes it to standard output.

Started as `python -m ingest.intake.page_image_child PATH PAGE MEMORY`. The first line of the output is the page's
width and height in points as JSON; the rest is the picture as WebP.
"""

from __future__ import annotations

import io
import json
import sys

from ingest.parser.sandbox.child import give_up_rights

SCALE = 1.8
"""Pixels for each point: an A4 page is 1,070 pixels wide, sharp in half of a wide window."""
LARGEST = 2400
"""Pixels of the longer side, whatever the page says that it measures."""


def main(path: str, page: int, memory: int) -> None:
    """Draw one page."""
    give_up_rights(memory)
    import pypdfium2  # only now: what it does happens within the limits

    document = pypdfium2.PdfDocument(path)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    picture = sheet.render(scale=min(SCALE, LARGEST / max(width, height))).to_pil().convert("RGB")
    content = io.BytesIO()
    picture.save(content, "WEBP", quality=75)
    sys.stdout.buffer.write(json.dumps([width, height]).encode() + b"\n" + content.getvalue())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
