"""Small files in each format, built from their parts."""

from __future__ import annotations

import io
import zipfile


def pdf(objects: list[bytes], trailer: bytes = b"", prefix: bytes = b"%PDF-1.7\n") -> bytes:
    """Return a PDF with the objects 1, 2, 3 …; the first is the catalogue."""
    content, offsets = prefix, []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + b"trailer\n<</Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a PDF stream object."""
    return b"<</Length %d %b>>\nstream\n%b\nendstream" % (len(data), entries, data)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def pdf_page(content: bytes, *, resources: bytes = b"/Resources<</Font<</F1 5 0 R>>>>", trailer: bytes = b"") -> bytes:
    """Return a PDF of one page with that content stream object."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R %b>>" % resources
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content, FONT], trailer)


def archive(members: dict[str, bytes | str]) -> bytes:
    """Return a zip archive; a member named `mimetype` is stored as it is, as OpenDocument wants it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def docx(body: str, declaration: str = "") -> bytes:
    """Return a Word file with that body."""
    return archive({"word/document.xml": f"{declaration}<w:document {W}><w:body>{body}</w:body></w:document>"})


def odt(body: str, declaration: str = "") -> bytes:
    """Return an OpenDocument text with that body."""
    content = (
        f"{declaration}<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times New Roman;}{\f3\fcharset2 Symbol;}"
    r"{\f4\fcharset238 Times New Roman CE;}}{\stylesheet{Normal;}{\s1\sbasedon0\outlinelevel0 heading 1;}"
    r"{\s2\sbasedon0\outlinelevel1 heading 2;}{\s3\sbasedon2 Eget;}{\s4\sbasedon0 Title;}{\s5 toc 1;}"
    r"{\s6 List Bullet 2;}{\*\cs10 Default Paragraph Font;}}{\info{\title Program for Storfjell}{\author Kari}}"
)


def rtf(body: str) -> bytes:
    """Return an RTF file with that body, in Word's styles; characters beyond ASCII are written as Word writes them."""
    return b"".join(
        b"\\u%d?" % (ord(char) - 0x10000 * (ord(char) > 0x7FFF)) if ord(char) > 0x7F else char.encode()
        for char in f"{RTF}{body}}}"
    )
