"""Content streams and object streams, taken apart by one regular expression instead of pdfminer's parser.

pdfminer goes from state to state for each token, and that was half of the time it took to read a programme. What comes
out here is the same, object for object, on damaged streams too (`test_content.py` compares them), but for a token
that is cut by the end of a stream, which the PDF reference forbids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import LITERALS_ASCII85_DECODE, PDFObjRef, PDFStream, resolve1
from pdfminer.psexceptions import PSSyntaxError
from pdfminer.psparser import ESC_STRING, KWD, LIT, PSKeyword, PSLiteral, keyword_name, literal_name
from pdfminer.utils import choplist

_TOKEN = re.compile(
    rb"""[\s\x00]*+(?:
    ([-+]?[0-9]*+\.[0-9]*+)           # 1: a number with a point
    |([-+][0-9]*+|[0-9]++)            # 2: a whole number
    |([A-Za-z][^\#/%\[\]()<>{}\s]*+)  # 3: an operator or another word
    |\(([^()\\]*+)\)                  # 4: a string without brackets or escapes
    |/([^\#/%\[\]()<>{}\s]*+(?:\#[0-9A-Fa-f]{0,2}[^\#/%\[\]()<>{}\s]*+)*+)  # 5: a name
    |(\[)|(\])|(<<)|(>>)              # 6 to 9: arrays and dictionaries
    |<(?:([0-9A-Fa-f\s]*+)(?!\Z)|[0-9A-Fa-f\s]*+)  # 10: a string in hexadecimal, if it ends
    |(%)[^\r\n]*+                     # 11: a comment
    |(\()                             # 12: any other string
    |(>)                              # 13: the end of a string in hexadecimal
    |([^\s\x00])                      # 14: any other sign
    |\Z)""",
    re.X,
)
_IN_STRING = re.compile(rb"[()]|\\(?:[0-7]{1,3}|\r\n|[\s\S])?")
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{0,2})")
_SPACES = re.compile(rb"\s+")
_LINE_END = re.compile(rb"(?:\r\n|[\r\n])\Z")

ARRAY, DICTIONARY, IMAGE, PROCEDURE = "[", "<<", "BI", "{"
BEGIN_IMAGE, IMAGE_DATA, END_IMAGE = KWD(b"BI"), KWD(b"ID"), KWD(b"EI")
REFERENCE, OBJECT, END_OBJECT = KWD(b"R"), KWD(b"obj"), KWD(b"endobj")
_WORDS: dict[bytes, Any] = {b"true": True, b"false": False}


def objects(data: bytes, document: PDFDocument | None = None) -> Iterator[Any]:
    """Yield the operands and the operators (`PSKeyword`) of a content stream, inline images as streams.

    With a document, its references are resolved as in an object stream, which has no images. Raises what pdfminer
    raises: `PSSyntaxError` for a dictionary with a key and no value, `ValueError` for a reference to nothing.
    """
    open_: list[tuple[str, list[Any]]] = []  # what is open around the innermost, each with what it holds
    kind, held = "", list[Any]()
    at, size = 0, len(data)
    while at < size:
        for match in _TOKEN.finditer(data, at):
            group = match.lastindex
            found: Any
            if group == 1 or group == 2:
                try:
                    found = float(match[1]) if group == 1 else int(match[2])
                except ValueError:  # a sign or a point alone
                    continue
            elif group == 3:
                word = match[3]
                found = _WORDS[word] if word in _WORDS else KWD(word)
                if document is not None:
                    if found is OBJECT or found is END_OBJECT:
                        continue
                    if found is REFERENCE:
                        number, _ = held[-2:]
                        del held[-2:]
                        found = _reference(document, number)
                        if found is None:
                            continue
                elif found is BEGIN_IMAGE:
                    open_.append((kind, held))
                    kind, held = IMAGE, []
                    continue
                elif found is IMAGE_DATA:
                    if kind != IMAGE:
                        continue
                    entries = held
                    kind, held = open_.pop()
                    if len(entries) % 2:
                        continue
                    found, at, more = _image(entries, data, match.start(3) + 3)
                    if found is None:
                        return
                    open_, kind, held = [], "", []  # pdfminer begins anew after an image
                    yield found
                    yield from more
                    break
            elif group == 4:
                found = match[4]
            elif group == 5:
                found = _name(match[5])
            elif group == 10:
                found = _from_hex(match[10])
            elif group == 6 or group == 8:
                open_.append((kind, held))
                kind, held = ARRAY if group == 6 else DICTIONARY, []
                continue
            elif group == 7:
                if kind != ARRAY:
                    continue
                found = held
                kind, held = open_.pop()
            elif group == 9:
                if kind != DICTIONARY:
                    continue
                entries = held
                kind, held = open_.pop()
                if len(entries) % 2:
                    raise PSSyntaxError(f"Invalid dictionary construct: {entries!r}")
                found = {literal_name(key): value for key, value in choplist(2, entries) if value is not None}
            elif group == 12:
                found, at = _string(data, match.end())
                if found is None:
                    return
                if kind:
                    held.append(found)
                else:
                    yield found
                break
            elif group == 14:
                if match[14] == b"{":
                    open_.append((kind, held))
                    kind, held = PROCEDURE, []
                    continue
                if match[14] == b"}":
                    if kind != PROCEDURE:
                        continue
                    found = held
                    kind, held = open_.pop()
                else:
                    found = KWD(match[14])
            else:
                continue
            if kind:
                held.append(found)
            else:
                yield found
        else:
            return


def _reference(document: PDFDocument, number: Any) -> PDFObjRef | None:
    """Return a reference to an object, nothing where its number is none."""
    try:
        return PDFObjRef(document, int(number))
    except (TypeError, ValueError):
        return None


@lru_cache(maxsize=4096)
def _name(raw: bytes) -> PSLiteral:
    """Return a name with its signs in hexadecimal undone."""
    raw = _HEX_IN_NAME.sub(lambda match: bytes((int(match[1], 16),)) if match[1] else b"", raw)
    try:
        return LIT(raw.decode())
    except UnicodeDecodeError:
        return LIT(raw)


def _from_hex(digits: bytes) -> bytes:
    """Return a string in hexadecimal; a last digit without its pair counts as it stands."""
    digits = _SPACES.sub(b"", digits)
    if len(digits) % 2:
        digits = digits[:-1] + b"0" + digits[-1:]
    return bytes.fromhex(digits.decode())


def _string(data: bytes, at: int) -> tuple[bytes | None, int]:
    """Return a string with its escapes undone and where it ends, no string where it has no end."""
    pieces: list[bytes] = []
    depth, start = 1, at
    for match in _IN_STRING.finditer(data, at):
        sign = match[0]
        if sign == b"(":
            depth += 1
        elif sign == b")":
            depth -= 1
            if not depth:
                pieces.append(data[start : match.start()])
                return b"".join(pieces), match.end()
        else:
            pieces.append(data[start : match.start()])
            pieces.append(_escaped(sign[1:]))
            start = match.end()
    return None, len(data)


def _escaped(sign: bytes) -> bytes:
    """Return what stands for a sign after a backslash: nothing where it has no meaning there."""
    if sign.isdigit() and sign < b"8":
        code = int(sign, 8)
        assert code < 256, f"Invalid octal {sign!r}"  # noqa: S101 - as pdfminer does it, and a page is damaged
        return bytes((code,))
    return bytes((ESC_STRING[sign],)) if sign in ESC_STRING else b""


def _image(entries: list[Any], data: bytes, at: int) -> tuple[PDFStream | None, int, list[Any]]:
    """Return an inline image, where its data end and what comes with it; no image where they have no end."""
    about = {literal_name(key): resolve1(value) for key, value in choplist(2, entries)}
    filters = about.get("F")
    first = filters[0] if isinstance(filters, list) and filters else filters
    mark = b"~>" if first in LITERALS_ASCII85_DECODE else b"EI"
    match = re.compile(re.escape(mark) + rb"\s").search(data, at)
    if match is None:
        return None, len(data), []
    content = _LINE_END.sub(b"", data[at : match.start()])
    if mark == b"EI":
        return PDFStream(about, content), match.end(), [END_IMAGE]
    return PDFStream(about, content + mark), match.end(), []


class StreamInterpreter(PDFPageInterpreter):
    """pdfminer's interpreter, fed with `objects`."""

    def execute(self, streams: Any) -> None:
        """Carry out the operators of a page's or a form's streams, but of none that is being carried out already."""
        self.stream_ids.clear()
        parts = []
        for stream in map(resolve1, streams):
            if (
                isinstance(stream, PDFStream)
                and stream.objid is not None
                and stream.objid not in self.parent_stream_ids
            ):
                self.stream_ids.add(stream.objid)
                parts.append(stream.get_data())
        known: dict[PSKeyword, tuple[Callable[..., None], int] | None] = {}
        operands = self.argstack
        for found in objects(b"\n".join(parts)):
            if not isinstance(found, PSKeyword):
                operands.append(found)
                continue
            if found not in known:
                known[found] = self._method(found)
            method = known[found]
            if method is None:
                continue
            call, count = method
            if not count:
                call()
            else:
                taken = operands[-count:]
                del operands[-count:]
                if len(taken) == count:
                    call(*taken)

    def pop(self, n: int) -> list[Any]:
        """Take the last operands off the stack, which stays the same list."""
        taken = self.argstack[-n:] if n else []
        del self.argstack[len(self.argstack) - len(taken) :]
        return taken

    def _method(self, operator: PSKeyword) -> tuple[Callable[..., None], int] | None:
        """Return what carries out an operator and how many operands it takes."""
        name = keyword_name(operator).replace("*", "_a").replace('"', "_w").replace("'", "_q")
        call = getattr(self, f"do_{name}", None)
        return None if call is None else (call, call.__code__.co_argcount - 1)


class Document(PDFDocument):
    """pdfminer's document, which takes its object streams apart with `objects`."""

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        return list(objects(stream.get_data(), self)), stream.get("N", 0)
