"""Readers: each turns one kind of file into a `RawDocument`, and knows nothing of programmes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, cast

from ingest.parser.document import RawDocument
from ingest.parser.errors import EmptyFile, UnknownFormat
from ingest.parser.readers import sniff

Read = Callable[[bytes, str], RawDocument]


class Reader(NamedTuple):
    """One row of the table of readers."""

    module: str
    """Imported when first needed: nobody pays for a PDF library to read a text."""
    knows: Callable[[bytes, str], bool]
    """Whether the reader knows a file, by its content first and its suffix second."""


READERS: tuple[Reader, ...] = (
    Reader("ingest.parser.readers.pdf.reader", sniff.is_pdf),
    Reader("ingest.parser.readers.flowing.docx", sniff.is_docx),
    Reader("ingest.parser.readers.flowing.odt", sniff.is_odt),
    Reader("ingest.parser.readers.flowing.rtf", sniff.is_rtf),
    Reader("ingest.parser.readers.flowing.html", sniff.is_html),
    Reader("ingest.parser.readers.flowing.markdown", sniff.is_markdown),
    Reader("ingest.parser.readers.flowing.text", sniff.is_text),
)
"""Asked in this order; the first that knows the file reads it."""


def read(source: Path | bytes, filename: str = "") -> RawDocument:
    """Read a file, given by its path or its content, with the reader that its content asks for.

    Raises an `IngestError` that says what is wrong.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    name = filename or ("" if isinstance(source, bytes) else source.name)
    return cast(Read, import_module(reader_of(data, name).module).read)(data, name)


def reader_of(data: bytes, filename: str) -> Reader:
    """Return the reader for a file, by its content. Raises `EmptyFile`, or `UnknownFormat` where none knows it."""
    if not data.strip():
        raise EmptyFile
    if refused := sniff.refusal(data, filename):
        raise refused
    for reader in READERS:
        if reader.knows(data, filename):
            return reader
    raise UnknownFormat
