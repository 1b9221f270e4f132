"""DOCX and ODT as lines, and the archives that are refused."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache

import docx as python_docx
import pytest

from ingest.parser.document import RawDocument
from ingest.parser.errors import BrokenFile, EmptyFile, EncryptedFile, FileTooLarge, IngestError
from ingest.parser.parse import parse
from ingest.parser.readers.flowing.docx import read as read_docx
from ingest.parser.readers.flowing.odt import read as read_odt
from tests.ingest.parser.readers.flowing.reader_lines import shown
from tests.ingest.parser.sketches import sketch
from tools.fuzz.files import ODF, W, archive, docx, odt
from tools.fuzz.hostile import ENTITY_BOMB


def word_document(write: Callable[[python_docx.document.Document], None]) -> bytes:
    """Return a file of Word's own default template, written with python-docx."""
    document = python_docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def programme(document: python_docx.document.Document) -> None:
    document.core_properties.title = "Program for Storfjell"
    document.add_heading("Program for Storfjell", 0)
    document.add_heading("Skole", 1)
    document.add_paragraph("Storfjell er en god kommune å vokse opp i.")
    document.add_paragraph().add_run("Fjordpartiet vil:").bold = True
    document.add_paragraph("bygge skole:", style="List Bullet")
    document.add_paragraph("på Nes", style="List Bullet 2")
    document.add_paragraph("i Vik", style="List Bullet 2")
    document.add_paragraph("ansette flere lærere", style="List Bullet")
    document.add_heading("Helse", 1)
    document.add_paragraph("Fjordpartiet går inn for:")
    document.add_paragraph("fastlege til alle", style="List Number")
    document.add_paragraph("legevakt i kommunen", style="List Number")
    document.add_page_break()
    table = document.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ("Tiltak", "Kroner", "Lege", "2 mill."), strict=True
    ):
        cell.text = text
    document.sections[0].footer.paragraphs[0].text = "Vedtatt på årsmøtet"


def test_a_word_file() -> None:
    document = read_docx(word_document(programme), "program.docx")

    assert shown(document) == [
        "H1 Program for Storfjell",
        "H1* Skole",
        "P Storfjell er en god kommune å vokse opp i.",
        "P* Fjordpartiet vil:",
        "LI>18 • bygge skole:",
        "LI>36 • på Nes",
        "LI>36 • i Vik",
        "LI>18 • ansette flere lærere",
        "H1* Helse",
        "P Fjordpartiet går inn for:",
        "LI>18 1. fastlege til alle",
        "LI>18 2. legevakt i kommunen",
        "TR Tiltak\tKroner",
        "TR Lege\t2 mill.",
        "(page footer) Vedtatt på årsmøtet",
    ]
    assert document.title == "Program for Storfjell"
    assert document.source.pages == 2
    assert [line.page for line in document.lines if line.tag == "TR"] == [2, 2]


def test_a_word_file_is_parsed() -> None:
    parsed = parse(word_document(programme), "program.docx")

    assert [line for line in sketch(parsed).split("\n") if line[0] in "-:"] == [
        ": Fjordpartiet vil:",
        "- bygge skole:",
        "-- på Nes",
        "-- i Vik",
        "- ansette flere lærere",
        ": Fjordpartiet går inn for:",
        "- fastlege til alle",
        "- legevakt i kommunen",
    ]
    assert [section.title for section in parsed.sections if section.level] == [
        "Program for Storfjell",
        "Skole",
        "Helse",
    ]
    assert parsed.coverage.unassigned == 0


def level(index: int, number_format: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f"<w:numbering {W}>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%2)")}'
    f"{level(2, 'lowerRoman', '%1.%2.%3')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "&#xF0B7;")}{level(1, "bullet", "o")}'
    f"{level(2, 'bullet', '&#xF0A7;')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="3">{level(0, "upperLetter", "Del %1:", 2)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kapittel"><w:name w:val="Eget"/><w:basedOn w:val="Overskrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Innhold1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Fet"><w:name w:val="Fet"/><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)


def paragraph(text: str, style: str = "", number: int = 0, depth: int = 0) -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{style}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def from_body(body: str) -> RawDocument:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    members = {"word/document.xml": document, "word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}
    return read_docx(archive(members), "program.docx")


RUN = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
BODIES = {
    "deleted text is set apart": (
        "<w:p><w:r><w:t>Vi vil </w:t></w:r><w:del><w:r><w:delText>ikke </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>gjerne</w:t></w:r></w:ins></w:p>",
        ["(deleted text) ikke", "P Vi vil gjerne"],
    ),
    "the instructions of fields are no text": (
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>",
        ["P 3"],
    ),
    "numbers restart under a new parent and go on after": (
        "".join(
            paragraph(t, number=1, depth=d) for t, d in (("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1))
        ),
        ["LI>18 1. a", "LI>36 a) b", "LI>36 b) c", "LI>54 1.b.i d", "LI>18 2. e", "LI>36 a) f"],
    ),
    "a list may start elsewhere": (
        paragraph("a", number=4) + paragraph("b", number=4) + paragraph("c", number=3),
        ["LI>18 5. a", "LI>18 6. b", "LI>18 Del B: c"],
    ),
    "bullets of symbol fonts": (
        "".join(paragraph("a", number=2, depth=depth) for depth in range(3)),
        ["LI>18 • a", "LI>36 o a", "LI>54 ▪ a"],
    ),
    "headings by style, by what it is based on, by outline level": (
        paragraph("A", "Overskrift2")
        + paragraph("B", "Kapittel")
        + '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>C</w:t></w:r></w:p>',
        ["H2 A", "H2 B", "H3 C"],
    ),
    "a numbered heading shows its number": (paragraph("Skole", "Overskrift2", number=1), ["H2 1. Skole"]),
    "bold by style and by run": (
        paragraph("Fet", "Fet") + "<w:p><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>ikke</w:t></w:r></w:p>",
        ["P* Fet", "P ikke"],
    ),
    "a typed mark takes the place of the bullet": (paragraph("– a", number=2), ["P>18 – a"]),
    "tabs, breaks, hyphens": (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
        ["P a\tb", "P c-d"],
    ),
    "a link": ("<w:p><w:hyperlink><w:r><w:t>lenke</w:t></w:r></w:hyperlink></w:p>", ["P lenke"]),
    "content controls": (f"<w:sdt><w:sdtContent>{RUN.format('a')}</w:sdtContent></w:sdt>", ["P a"]),
    "a table of contents": (
        paragraph("Skole 3", "Innhold1")
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + f"<w:sdtContent>{RUN.format('Innhold')}</w:sdtContent></w:sdt>",
        ["(table of contents) Skole 3", "(table of contents) Innhold"],
    ),
    "a text box once": (
        "<w:p><w:r><w:t>a</w:t></w:r><w:r><AlternateContent><Choice><w:txbxContent>"
        + RUN.format("b")
        + "</w:txbxContent></Choice><Fallback><w:txbxContent>"
        + RUN.format("b")
        + "</w:txbxContent></Fallback></AlternateContent></w:r></w:p>",
        ["P a", "P b"],
    ),
    "a table that lays out text": (
        f"<w:tbl><w:tr><w:tc>{RUN.format('a')}{RUN.format('b')}</w:tc>"
        f"<w:tc>{paragraph('c', number=2)}</w:tc></w:tr></w:tbl>",
        ["P a", "P b", "LI>18 • c"],
    ),
    "a table in a table": (
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{RUN.format('a')}</w:tc><w:tc>{RUN.format('b')}</w:tc></w:tr></w:tbl>"
        f"{RUN.format('c')}</w:tc></w:tr></w:tbl>",
        ["TR a\tb", "P c"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_docx_lines(body: str, expected: list[str]) -> None:
    assert shown(from_body(body)) == expected


def test_a_paragraph_stands_on_the_page_where_its_words_begin() -> None:
    turned = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"
    document = from_body(f"{RUN.format('a')}<w:p>{turned.format('b')}</w:p><w:p><w:r><w:t>c</w:t></w:r>"
                         f"{turned.format('d')}</w:p>{RUN.format('e')}")  # fmt: skip

    assert [(line.text, line.page) for line in document.lines] == [("a", 1), ("b", 2), ("cd", 2), ("e", 3)]


def test_tracked_changes_are_a_problem() -> None:
    document = from_body("<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>")

    assert "sporede endringer" in document.problems[0].message


ODT_STYLES = (
    "<office:automatic-styles xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
    "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'>"
    "<style:style style:name='F' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>"
    "<style:style style:name='P1' style:parent-style-name='F' style:family='paragraph'/>"
    "<style:style style:name='P2' style:parent-style-name='List_20_Bullet_20_2' style:family='paragraph'/>"
    "<text:list-style style:name='L1'><text:list-level-style-bullet text:level='1' text:bullet-char='&#xF0B7;'/>"
    "<text:list-level-style-bullet text:level='2' text:bullet-char='–'/></text:list-style>"
    "<text:list-style style:name='L2'><text:list-level-style-number text:level='1' style:num-format='1' "
    "style:num-suffix='.'/><text:list-level-style-number text:level='2' style:num-format='a' style:num-suffix=')'/>"
    "</text:list-style></office:automatic-styles>"
)


def odt_file(body: str, **members: str) -> bytes:
    content = (
        f"<office:document-content {ODF}>{ODT_STYLES}<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **members})


def entries(style: str, *texts: str) -> str:
    items = "".join(
        f"<text:list-item>{text if text.startswith('<') else f'<text:p>{text}</text:p>'}</text:list-item>"
        for text in texts
    )
    return f"<text:list text:style-name='{style}'>{items}</text:list>"


ODT_BODIES = {
    "deleted text is set apart": (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><text:p>merk</text:p>"
        "</office:change-info><text:p>nei</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>ja</text:p>",
        ["P ja", "(deleted text) nei"],
    ),
    "headings": (
        "<text:h text:outline-level='2'>A</text:h><text:p text:style-name='Title'>B</text:p>",
        ["H2 A", "H1 B"],
    ),
    "white space": (
        "<text:p>  a \n b<text:s text:c='2'/>c<text:tab/>d<text:line-break/>e</text:p>",
        ["P a b  c\td", "P e"],
    ),
    "bold": (
        "<text:p text:style-name='P1'>a</text:p><text:p><text:span text:style-name='F'>bcd</text:span> e</text:p>",
        ["P* a", "P* bcd e"],
    ),
    "nested lists": (
        entries("L1", "a", "<text:p>b</text:p>" + entries("L1", "c"), "d"),
        ["LI>18 • a", "LI>18 • b", "LI>36 – c", "LI>18 • d"],
    ),
    "numbers": (
        entries("L2", "a", "<text:p>b</text:p>" + entries("L2", "c", "d"))
        + "<text:list text:style-name='L2' text:continue-numbering='true'><text:list-item><text:p>e</text:p>"
        "</text:list-item></text:list>",
        ["LI>18 1. a", "LI>18 2. b", "LI>36 a) c", "LI>36 b) d", "LI>18 3. e"],
    ),
    "lists that Word nested by the names of their styles": (
        entries("L1", "a") + entries("L1", "<text:p text:style-name='P2'>b</text:p>"),
        ["LI>18 • a", "LI>36 • b"],
    ),
    "a list that only holds a list": (entries("L2", entries("L2", "a"), "b"), ["LI>36 a) a", "LI>18 1. b"]),
    "a second paragraph of an entry": (entries("L1", "<text:p>a</text:p><text:p>b</text:p>"), ["LI>18 • a", "P>18 b"]),
    "sections, links, frames": (
        "<text:section><text:p><text:a>a</text:a><frame><text-box><text:p>b</text:p></text-box></frame></text:p>"
        "</text:section>",
        ["P a", "P b"],
    ),
    "notes, comments and indexes are furniture": (
        "<text:table-of-content><text:index-body><text:p>Skole 3</text:p></text:index-body></text:table-of-content>"
        "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>kilde</text:p>"
        "</text:note-body></text:note><office:annotation><text:p>merk</text:p></office:annotation>b</text:p>",
        ["(table of contents) Skole 3", "P ab", "(footnote) kilde", "(comment) merk"],
    ),
    "tables": (
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell/>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        ["TR a\t\tb"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), ODT_BODIES.values(), ids=ODT_BODIES)
def test_odt_lines(body: str, expected: list[str]) -> None:
    assert shown(read_odt(odt_file(body), "program.odt")) == expected


def test_pages_of_an_odt() -> None:
    body = "<text:p>a</text:p><text:soft-page-break/><text:p>b<text:soft-page-break/>c</text:p><text:p>d</text:p>"
    document = read_odt(odt_file(body), "program.odt")

    assert [(line.text, line.page, line.number) for line in document.lines] == [("a", 1, 1), ("bc", 2, 1), ("d", 3, 1)]
    assert document.source.pages == 3


def test_an_odt_is_parsed() -> None:
    body = (
        "<text:h text:outline-level='1'>Skole</text:h><text:p>Nordvika skal ha gode skoler for alle barn.</text:p>"
        "<text:p text:style-name='P1'>Bygdelista vil:</text:p>"
        + entries("L1", "<text:p>bygge skole:</text:p>" + entries("L1", "på Nes"), "ansette lærere")
        + "<text:h text:outline-level='1'>Helse</text:h><text:p>Bygdelista vil:</text:p>"
        + entries("L2", "bygge legesenter", "ansette leger")
    )
    parsed = parse(odt_file(body), "program.odt")

    assert sketch(parsed) == (
        "# Skole\n> Nordvika skal ha gode skoler for alle barn.\n: Bygdelista vil:\n- bygge skole:\n-- på Nes\n"
        "- ansette lærere\n# Helse\n: Bygdelista vil:\n- bygge legesenter\n- ansette leger"
    )
    assert parsed.coverage.unassigned == 0


@cache
def bomb(name: str) -> bytes:
    """Return an archive with 256 MB of spaces, which take a second to pack."""
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", name: b" " * (1 << 28)})


def lying(name: str) -> bytes:
    """Return an archive whose directory says that its member is ten bytes long."""
    packed = bytearray(bomb(name))
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        packed_size = opened.getinfo(name).compress_size
    place = packed.rindex(struct.pack("<LL", packed_size, 1 << 28))
    packed[place : place + 8] = struct.pack("<LL", packed_size, 10)
    return bytes(packed)


def encrypted() -> bytes:
    packed = bytearray(archive({"word/document.xml": "<a/>"}))
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


MANIFEST = (
    "<manifest xmlns='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><file-entry><encryption-data/></file-entry>"
    "</manifest>"
)
REFUSED = {
    "no archive": (read_docx, b"PK\x03\x04 word/document.xml", BrokenFile),
    "cut short": (read_docx, docx(RUN.format("a"))[:-30], BrokenFile),
    "no text part": (read_docx, archive({"word/other.xml": "<a/>"}), BrokenFile),
    "text part is no XML": (read_docx, archive({"word/document.xml": "<a"}), BrokenFile),
    "too many members": (read_docx, archive({f"word/{n}.xml": "" for n in range(5001)}), FileTooLarge),
    "encrypted members": (read_docx, encrypted(), EncryptedFile),
    "an encrypted ODT": (
        read_odt,
        odt_file("<text:p>a</text:p>", **{"META-INF/manifest.xml": MANIFEST}),
        EncryptedFile,
    ),
    "an entity bomb": (read_docx, docx(RUN.format("&m;"), ENTITY_BOMB), BrokenFile),
    "an entity bomb in ODT": (read_odt, odt("<text:p>&m;</text:p>", ENTITY_BOMB), BrokenFile),
    "no words": (read_docx, docx("<w:p/>"), EmptyFile),
    "no words in ODT": (read_odt, odt("<text:p/>"), EmptyFile),
}


@pytest.mark.parametrize(("read", "content", "error"), REFUSED.values(), ids=REFUSED)
def test_refused(read: Callable[[bytes, str], RawDocument], content: bytes, error: type[IngestError]) -> None:
    with pytest.raises(error):
        read(content, "program.docx")


BOMBS = {
    "a bomb": (read_docx, bomb, "word/document.xml", FileTooLarge),
    "a bomb in ODT": (read_odt, bomb, "content.xml", FileTooLarge),
    "a bomb that lies of its size": (read_docx, lying, "word/document.xml", BrokenFile),
}


@pytest.mark.parametrize(("read", "packed", "name", "error"), BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused(
    read: Callable[[bytes, str], RawDocument], packed: Callable[[str], bytes], name: str, error: type[IngestError]
) -> None:
    with pytest.raises(error):
        read(packed(name), "program.docx")


def test_entities_are_not_fetched() -> None:
    declaration = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "vik">]>'

    assert shown(read_docx(docx(RUN.format("Fjord &file;&a;"), declaration), "program.docx")) == ["P Fjord"]
