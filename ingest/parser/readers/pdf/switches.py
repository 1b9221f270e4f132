"""Signs of accordions on printed web pages: a plus or an arrow at the right end of a title opens what is below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.parser.furniture.placed import Usual
from ingest.parser.readers.pdf.spans import Span

SIGNS = "+–−-×▾▼▴▲▸▶˅˄⌄⌃›"
"""What a switch is drawn as. Chosen from what page builders print."""
BUTTON = "button"


def mark(pages: Iterable[Sequence[Span]], usual: Usual) -> None:
    """Note each sign that stands apart at the right of a title, with nothing else on its line, as none of the text."""
    for page in pages:
        signs = [span for span in page if not span.why and span.text.strip() in SIGNS]
        for sign in signs:
            row = [span for span in page if span is not sign and abs(span.y - sign.y) < sign.size / 2]
            if len(row) == 1 and row[0].x1 < sign.x0 and (row[0].size > usual.size or row[0].face.bold):
                sign.why = BUTTON
