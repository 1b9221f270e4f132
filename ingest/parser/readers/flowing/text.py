"""Plain text: bytes to lines, whatever the encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ingest.parser.document import Line, RawDocument
from ingest.parser.errors import ParseLimitReached, UnknownFormat
from ingest.parser.language.joining import INVISIBLE
from ingest.parser.readers.flowing.flow import Flow
from ingest.parser.readers.flowing.text_columns import in_reading_order
from ingest.parser.readers.flowing.text_tables import rows_of_tables

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LINE_LIMIT = 100_000
"""Characters; a longer line is no text that anyone wrote."""

_CONTROL = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, filename: str) -> RawDocument:
    """Read plain text; a form feed ends a page. Raises `UnknownFormat` for anything binary.

    Where columns stand side by side, lines are numbered in the order in which they are read.
    """
    lines = list(_lines(decode(data)))
    return Flow(lines, lines[-1].page if lines else 1).document(data, filename, "text/plain")


def decode(data: bytes) -> str:
    """Return text from bytes in UTF-8, UTF-16, UTF-32 or Windows-1252, with or without a byte order mark."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    head = data[:4096]
    if (zeros := head.count(0)) > len(head) // 4:
        # Latin letters in UTF-16 have every second byte zero.
        odd = head[1::2].count(0)
        return _text(data.decode("utf-16-le" if odd * 2 > zeros else "utf-16-be", errors="replace"))
    try:
        return _text(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return _text(data.decode("cp1252"))
    except UnicodeDecodeError:
        return _text(data.decode("latin-1"))  # knows the five bytes that Windows-1252 leaves undefined


def _text(text: str) -> str:
    """Return the text if it is one; binary data decodes as Windows-1252 too, but full of control characters."""
    if len(_CONTROL.findall(text[:65536])) > len(text[:65536]) // 100:
        raise UnknownFormat
    return text


def _lines(text: str) -> Iterator[Line]:
    page, blank = 1, 0
    rows = in_reading_order(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    tables = rows_of_tables(rows)
    for number, raw in enumerate(rows, start=1):
        if "\f" in raw:
            page += raw.count("\f")
        if not raw or raw.isspace() or (ord(raw[0]) in INVISIBLE and not raw.translate(INVISIBLE).strip()):
            blank += 1
            continue
        if len(raw) > LINE_LIMIT:
            raise ParseLimitReached
        yield Line(raw, page, number, tag="TR" if number - 1 in tables else "", space_before=float(blank))
        blank = 0
