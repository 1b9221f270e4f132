"""What kind of file it is, by its content first and its suffix second."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from ingest.parser.errors import EncryptedFile, IngestError, UnknownFormat
from ingest.parser.readers.flowing.text import decode

HEAD = 200_000
"""Bytes that are looked at; an HTML page may begin with long comments, Markdown with long prose."""
MARKDOWN_HEADINGS = 2
"""Headings that a file without Markdown's suffix must have to be taken for it. Chosen, not measured."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_ELEMENT = re.compile(r"</(?:p|div|h[1-6]|li|body|html|span|td)\s*>", re.I)
_MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.M)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*\r?\n")


def suffix(filename: str) -> str:
    """Return a file name's suffix in lower case, with its dot."""
    return PurePath(filename).suffix.lower()


def is_pdf(data: bytes, filename: str) -> bool:
    """Return whether it is a PDF: its mark may stand some way in, after what a mail program put first."""
    return b"%PDF-" in data[:1024]


def is_docx(data: bytes, filename: str) -> bool:
    """Return whether it is a Word file, by the names of the archive's members."""
    return data.startswith(_ZIP) and b"word/document" in data


def is_odt(data: bytes, filename: str) -> bool:
    """Return whether it is an OpenDocument text, by the archive's first member."""
    text = b"mimetypeapplication/vnd.oasis.opendocument.text"
    return data.startswith(_ZIP) and (
        text in data[:200] or (suffix(filename) in (".odt", ".ott") and b"content.xml" in data)
    )


def is_rtf(data: bytes, filename: str) -> bool:
    """Return whether it is Rich Text Format, which a mail program may have put white space before."""
    return data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def is_html(data: bytes, filename: str) -> bool:
    """Return whether it is a web page: it begins as one, or it is named as one and has elements."""
    text = _head(data)
    return bool(_HTML.match(text.lstrip("\ufeff"))) or (
        suffix(filename) in (".html", ".htm", ".xhtml") and bool(_HTML_ELEMENT.search(text))
    )


def is_markdown(data: bytes, filename: str) -> bool:
    """Return whether it is Markdown: by its suffix, else by front matter or several `# headings`."""
    if suffix(filename) in (".md", ".markdown", ".mdown", ".mkd"):
        return not _is_binary(data)
    text = _head(data)
    return bool(_FRONT_MATTER.match(text)) or len(_MARKDOWN_HEADING.findall(text)) >= MARKDOWN_HEADINGS


def is_text(data: bytes, filename: str) -> bool:
    """Return whether it may be plain text, as far as its beginning shows."""
    return not _is_binary(data) and (not data[:HEAD].strip() or bool(_head(data)))


def _is_binary(data: bytes) -> bool:
    return data.startswith((_ZIP, _OLE))


def _head(data: bytes) -> str:
    """Return the beginning as text, "" if it is none."""
    # A cut through a character would make UTF-8 look like another encoding: cut at a line's end.
    head = data[:HEAD]
    if len(data) > HEAD and b"\n" in head:
        head = head[: head.rindex(b"\n")]
    try:
        return "" if _is_binary(data) else decode(head)
    except UnknownFormat:
        return ""


class Refusal(NamedTuple):
    """A kind of file that is known and cannot be read."""

    knows: Callable[[bytes, str], bool]
    error: IngestError


def refusal(data: bytes, filename: str) -> IngestError | None:
    """Return the error for a file that is of a kind known not to be readable."""
    return next((row.error for row in REFUSALS if row.knows(data, filename)), None)


REFUSALS: tuple[Refusal, ...] = (
    # Word and LibreOffice put an encrypted file into an OLE container; the names inside are UTF-16.
    Refusal(lambda data, _: data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data, EncryptedFile()),
    Refusal(
        lambda data, _: data.startswith(_OLE),
        UnknownFormat("Gamle Word-filer (.doc) kan ikke leses. Åpne filen i Word og lagre den som DOCX."),
    ),
    Refusal(
        lambda data, _: b"multipart/related" in data[:2000] and b"MIME-Version" in data[:2000],
        UnknownFormat("Nettarkiv (MHTML) kan ikke leses. Lagre siden på nytt som HTML."),
    ),
)
"""Asked before the readers: plain text would take some of these."""
