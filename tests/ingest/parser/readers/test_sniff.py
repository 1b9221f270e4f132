"""The reader is chosen by what a file holds; its name only helps where the content leaves it open."""

from __future__ import annotations

import pytest

from ingest.parser.errors import BrokenFile, EmptyFile, EncryptedFile, IngestError, UnknownFormat
from ingest.parser.readers import READERS, read
from tools.fuzz.files import FONT, archive, docx, odt

DOCX = docx("<w:p><w:r><w:t>Skole</w:t></w:r></w:p>")
ODT = odt("<text:p>Skole</text:p>")
HTML = b"<!DOCTYPE html><html><body><p>Skole</p></body></html>"
MARKDOWN = b"# Skole\n\nFjordpartiet vil:\n\n- bygge\n\n# Helse\n\ntekst\n"

CHOSEN = {
    # title: (content, name, reader)
    "PDF": (b"%PDF-1.7\n" + FONT, "a.txt", "pdf"),
    "PDF after what a mail program put first": (b"\r\n\r\n%PDF-1.4\n", "a.pdf", "pdf"),
    "DOCX": (DOCX, "a.docx", "docx"),
    "DOCX without its name": (DOCX, "opplasting", "docx"),
    "DOCX named PDF": (DOCX, "a.pdf", "docx"),
    "ODT": (ODT, "a.odt", "odt"),
    "ODT named DOCX": (ODT, "a.docx", "odt"),
    "ODT packed in another order": (archive({"content.xml": "<a/>", "mimetype": ""}), "a.odt", "odt"),
    "RTF": (b"{\\rtf1\\ansi Fjordpartiet}", "a.rtf", "rtf"),
    "RTF named DOCX": (b"{\\rtf1\\ansi Fjordpartiet}", "a.docx", "rtf"),
    "RTF after a line end": (b"\r\n{\\rtf1\\ansi Fjordpartiet}", "a.doc", "rtf"),
    "HTML": (HTML, "a.html", "html"),
    "HTML named text": (HTML, "a.txt", "html"),
    "HTML after a comment": (b"<!-- saved from url=(0020) -->\n<html><p>a</p></html>", "a", "html"),
    "XHTML": (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC ''><html/>", "a.xml", "html"),
    "HTML in UTF-16": (HTML.decode().encode("utf-16"), "a.html", "html"),
    "HTML without a head": (b"<h2>Skole</h2><p>Tekst</p>", "a.htm", "html"),
    "Markdown by its name": (b"Fjordpartiet vil\n", "program.MD", "markdown"),
    "Markdown by its headings": (MARKDOWN, "program.txt", "markdown"),
    "Markdown by its front matter": (b"---\ntitle: a\n---\nSkole\n", "program", "markdown"),
    "text": ("Vi går inn for blåbær\n".encode(), "a.txt", "text"),
    "text in Windows-1252": ("Vi går inn for blåbær\n".encode("cp1252"), "a.txt", "text"),
    "text with one number sign": (b"# 1 i Storfjell\nFjordpartiet\n", "a.txt", "text"),
    "text with tags in it": (b"Se <b>her</b>\n", "a.txt", "text"),
    "text named RTF": (b"Fjordpartiet vil {bygge}\n", "a.rtf", "text"),
    "text named HTML": (b"1 < 2\n", "a.html", "text"),
    "text named PDF": (b"Fjordpartiet vil\n", "a.pdf", "text"),
}


@pytest.mark.parametrize(("content", "name", "reader"), CHOSEN.values(), ids=CHOSEN)
def test_chosen(content: bytes, name: str, reader: str) -> None:
    found = next(row.module for row in READERS if row.knows(content, name))

    assert found == f"ingest.parser.readers.{'pdf.reader' if reader == 'pdf' else f'flowing.{reader}'}"


REFUSED = {
    "nothing": (b"", "a.txt", EmptyFile),
    "white space": (b" \n\n ", "a.pdf", EmptyFile),
    "an encrypted Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        EncryptedFile,
    ),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "a.doc", UnknownFormat),
    "a web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "a.mht", UnknownFormat),
    "another archive": (archive({"a.txt": "a"}), "a.zip", UnknownFormat),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde", "a.png", UnknownFormat),
    "a Word file cut short": (DOCX[:-40], "a.docx", BrokenFile),
}


@pytest.mark.parametrize(("content", "name", "error"), REFUSED.values(), ids=REFUSED)
def test_refused(content: bytes, name: str, error: type[IngestError]) -> None:
    with pytest.raises(error) as raised:
        read(content, name)

    assert type(raised.value) is error
