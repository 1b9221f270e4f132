"""Our content streams against pdfminer's: the same objects come out, whatever goes in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfparser import PDFStreamParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psexceptions import PSEOF

from ingest.parser.readers.pdf.content import objects

PIECES = [
    *(b"(", b")", b"\\", b"<", b">", b"<<", b">>", b"[", b"]", b"{", b"}", b"/", b"#", b"'", b'"', b"*", b"~>", b"%"),
    *(b"4", b"41", b"12", b"7", b".5", b"-", b"+", b"Tj", b"q", b"R", b"obj", b"true", b"false", b"null", b"/A"),
    *(b" ", b"\n", b"\r\n", b"\x00", b"\xe5", b"BI ", b" ID ", b"EI ", b"/W 1", b"/H 2", b"/F/A85", b"/A#20b"),
    *(b"(ab\\053c)", b"(a(b)\\)", b"\\77", b"\\q", b"<FEFF>", b"<414>", b"BI /W 1 /H 2 ID ab\n\x01EI ", b"4 0 R "),
]
streams = st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: b"".join(pieces) + b"\n")


@given(streams)
@example(b"BT /F1 12 Tf 72 700 Td [(Bygge) -250 (flere)] TJ ET\n")
@example(b"[<</H 2 BI /W 1 /H 2 ID ab EI q\n")
def test_a_content_stream_gives_what_pdfminer_finds_in_it(data: bytes) -> None:
    theirs = PDFContentParser([PDFStream({}, data)])
    ours = objects(data)
    assert _all(lambda: next(ours)) == _all(lambda: theirs.nextobject()[1])


@given(streams)
@example(b"<</S/H1/P 4 0 R/K[1 2]>> [5 0 R (x)]\n")
def test_an_object_stream_gives_what_pdfminer_finds_in_it(data: bytes) -> None:
    document: Any = object()
    theirs = PDFStreamParser(data)
    theirs.set_document(document)
    ours = objects(data, document)
    assert _all(lambda: next(ours)) == _all(lambda: theirs.nextobject()[1])


@pytest.mark.parametrize("data", [b"  " * 100_000, b"(" * 100_000, b"/#" * 100_000, b"<" * 100_000, b"\\" * 100_000])
def test_what_repeats_without_end_takes_no_longer_than_its_length(data: bytes) -> None:
    """These would not come back if any sign were looked at again for each before it."""
    assert len(list(objects(data))) <= len(data)


def _all(following: Callable[[], Any]) -> list[Any]:
    """Return all objects in a form that compares by value, the name of an error last."""
    found: list[Any] = []
    try:
        while True:
            found.append(_plain(following()))
    except (PSEOF, StopIteration):
        return found
    except Exception as error:  # noqa: BLE001 - which it is, is what is compared
        return [*found, type(error).__name__]


def _plain(value: Any) -> Any:
    match value:
        case PDFStream():
            return "stream", _plain(value.attrs), value.rawdata
        case PDFObjRef():
            return "reference", value.objid
        case list():
            return [_plain(part) for part in value]
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case bool() | int() | float():
            return type(value).__name__, value
    return value
