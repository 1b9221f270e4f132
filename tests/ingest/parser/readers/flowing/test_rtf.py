"""Rich Text as lines: what it reads of a document, it reads as DOCX does."""

from __future__ import annotations

from pathlib import Path

import pytest
from layouts import office
from layouts.source import read_source

from ingest.parser.errors import BrokenFile, EmptyFile, FileTooLarge, IngestError, ParseLimitReached
from ingest.parser.parse import parse
from ingest.parser.readers.flowing.docx import read as read_docx
from ingest.parser.readers.flowing.rtf import MAX_DEPTH, MAX_SIZE, read
from tests.ingest.parser.readers.flowing.reader_lines import shown
from tests.ingest.parser.readers.flowing.test_office import programme, word_document
from tests.ingest.parser.sketches import sketch
from tests.paths import SAMPLES
from tools.fuzz.files import rtf

SOURCES = sorted((SAMPLES / "src").glob("*.src"))

# The programme of test_office.py, as Word would save it in Rich Text.
PROGRAMME = r"""
{\footer\pard\plain Vedtatt p\'e5 \'e5rsm\'f8tet\par}
\pard\plain\s4\fs52 Program for Storfjell\par
\pard\plain\s1\outlinelevel0\b\fs28 Skole\par
\pard\plain Storfjell er en god kommune \'e5 vokse opp i.\par
\pard\plain{\b Fjordpartiet vil:}\par
{\listtext\pard\plain\f3 \'b7\tab}\pard\plain\ls1\ilvl0 bygge skole:\par
{\listtext\pard\plain\f3 \'b7\tab}\pard\plain\s6\ls2\ilvl0 p\'e5 Nes\par
{\listtext\pard\plain\f3 \'b7\tab}\pard\plain\s6\ls2\ilvl0 i Vik\par
{\listtext\pard\plain\f3 \'b7\tab}\pard\plain\ls1\ilvl0 ansette flere l\'e6rere\par
\pard\plain\s1\outlinelevel0\b\fs28 Helse\par
\pard\plain Fjordpartiet g\'e5r inn for:\par
{\listtext\pard\plain 1.\tab}\pard\plain\ls3\ilvl0 fastlege til alle\par
{\listtext\pard\plain 2.\tab}\pard\plain\ls3\ilvl0 legevakt i kommunen\par
\pard\plain\page\par
\trowd\pard\plain\intbl Tiltak\cell Kroner\cell\row
\trowd\pard\plain\intbl Lege\cell 2 mill.\cell\row
"""


def test_a_programme_reads_as_in_docx() -> None:
    rich, word = read(rtf(PROGRAMME), "program.rtf"), read_docx(word_document(programme), "program.docx")

    assert shown(rich) == shown(word)
    assert [(line.page, line.number) for line in rich.lines] == [(line.page, line.number) for line in word.lines]
    assert (rich.title, rich.source.pages, rich.source.media_type) == (word.title, 2, "application/rtf")


@pytest.mark.parametrize("source", SOURCES[::5], ids=lambda path: path.stem)
def test_a_sample_is_parsed_as_in_docx(source: Path) -> None:
    rich = parse(office.rich_text(read_source(source)), "program.rtf")
    word = parse(office.word(read_source(source)), "program.docx")

    assert sketch(rich) == sketch(word)
    assert (rich.meta, rich.coverage) == (word.meta, word.coverage)
    assert len(rich.items) > 5


BODIES = {
    "what other programs than ours need is no text": (
        r"{\*\generator Riched20;}{\colortbl;\red0\green0\blue0;}{\*\pn\pnlvlblt{\pntxtb o}}a{\pict 0102}b\par",
        ["P ab"],
    ),
    "deleted text is set apart": (
        r"Vi vil {\deleted ikke }{\revised gjerne}\par",
        ["(deleted text) ikke", "P Vi vil gjerne"],
    ),
    "the instructions of fields are no text": (
        r'{\field{\*\fldinst HYPERLINK "#a"}{\fldrslt lenke}} og {\field{\fldinst PAGE}{\fldrslt 3}}\par',
        ["P lenke og 3"],
    ),
    "a paragraph ends with its mark, not with its group": (
        r"{\pard\s1 Skole}{ og helse\par}b\par",
        ["P Skole og helse", "P b"],
    ),
    "headings by style, by what it is based on, by outline level": (
        r"\pard\s2 A\par\pard\s3 B\par\pard\outlinelevel2 C\par\pard D\par",
        ["H2 A", "H2 B", "H3 C", "P D"],
    ),
    "a numbered heading shows its number": (r"{\listtext 1.\tab}\pard\s2\ls1 Skole\par", ["H2 1. Skole"]),
    "bold by its letters": (r"{\b Fet\par}\b fet \b0 og mer enn det\par", ["P* Fet", "P fet og mer enn det"]),
    "bullets of symbol fonts, as codes and by number": (
        r"{\listtext\f3\'b7\tab}\pard\ls1 a\par{\listtext\f3\u-3929?\tab}\ilvl1 b\par{\pntext\f3\'B7\tab}\pard c\par",
        ["LI>18 • a", "LI>36 ▪ b", "LI>18 • c"],
    ),
    "numbers as the writer counted them": (
        r"{\listtext 3.\tab}\pard\ls1 a\par{\listtext b)\tab}\ilvl1 b\par",
        ["LI>18 3. a", "LI>36 b) b"],
    ),
    "an entry whose bullet is not written out": (r"\pard\ls1\ilvl1 a\par", ["LI>36 ○ a"]),
    "a second paragraph of an entry": (
        r"{\listtext\'b7\tab}\pard\ls1 a\par{\listtext\tab}b\par",
        ["LI>18 · a", "P>18 b"],
    ),
    "a typed mark takes the place of the bullet": (r"{\listtext\f3\'b7\tab}\pard\ls1 \endash  a\par", ["P>18 – a"]),
    "tabs, breaks, hyphens": (r"a\tab b\line c\_d\~e\-f\{g\}\\par\par", ["P a\tb", "P c-d\xa0e\xadf{g}\\par"]),
    "characters by number, with what stands for them": (
        r"bl\u229?b\u230\'e6r \uc2\u8211--\uc0\u248 {\uc1 \u-10179?\u-8704?}\par",
        ["P blåbær –ø😀"],
    ),
    "half a character": (r"a\u-10179?b\u-8704?c\par", ["P ab\ufffdc"]),
    "the code pages of fonts and of the file": (r"\'e5{\f4 \'b9}\'e5{\mac \'8c}\par", ["P åąåå"]),
    "signs as words": (r"\ldblquote a\rdblquote \emdash \bullet\par", ["P “a”—•"]),
    "white space alone is no line": (r"a\par\par  \par b\par", ["P a", "P b"]),
    "a table of contents": (r"\pard\s5 Skole\tab 3\par", ["(table of contents) Skole\t3"]),
    "headers, notes, comments and hidden text": (
        r"{\headerl\pard topp\par}a{\footnote\pard Kilde\par}{\*\annotation merk}{\v skjult}b\par",
        ["(hidden text) skjult", "P ab", "(page header) topp", "(footnote) Kilde", "(comment) merk"],
    ),
    "a text box after its paragraph, once": (
        r"a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard b\par c\par}}{\shprslt b}} d\par",
        ["P a d", "P b", "P c"],
    ),
    "a table that lays out text": (
        r"\trowd\pard\intbl a\par b\cell{\listtext\f3\'b7\tab}\ls1 c\cell\row\pard d\par",
        ["P a", "P b", "LI>18 • c", "P d"],
    ),
    "an empty cell": (r"\trowd\pard\intbl a\cell\cell b\cell\row", ["TR a\t\tb"]),
    "a table in a table": (
        r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        r"\pard\intbl\itap1 c\cell\row",
        ["TR a\tb", "P c"],
    ),
    "text boxes and tables deep in each other": (
        r"{{\shptxt" * 20 + r"\pard\intbl\itap20 a\nestcell b\nestcell{\nestrow}" + "}}" * 20 + r"c\par",
        ["P c", "TR a\tb"],
    ),
    "control characters": (r"{\listtext \'07-\tab}a\'07b\u1?c\par", ["LI>18 - abc"]),
    "binary data": (r"a{\pict\bin4 }}{{}b\bin2 \{ c\par", ["P ab c"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_lines(body: str, expected: list[str]) -> None:
    assert shown(read(rtf(body), "program.rtf")) == expected


def test_pages_and_white_space() -> None:
    lines = read(rtf(r"a\par\par b\page c\par\page d\par"), "program.rtf").lines

    assert [(line.text, line.page, line.number, line.space_before) for line in lines] == [
        ("a", 1, 1, 1.0),
        ("b c", 1, 2, 2.0),
        ("d", 3, 1, 1.0),
    ]


def test_tracked_changes_are_a_problem() -> None:
    assert "sporede endringer" in read(rtf(r"a{\deleted b}{\deleted c}\par"), "program.rtf").problems[0].message


def test_a_file_cut_short_is_read_with_a_problem() -> None:
    document = read(rtf(PROGRAMME)[:-200], "program.rtf")

    assert "slutter midt i" in document.problems[0].message
    assert document.lines[0].text == "Program for Storfjell"


REFUSED = {
    "no words": (rtf(r"\pard\par"), EmptyFile),
    "nested too deep": (rtf("{" * MAX_DEPTH + "a"), BrokenFile),
    "too large": (b"{\\rtf1 a" + b" " * MAX_SIZE, FileTooLarge),
    "a paragraph without end": (rtf("a" * 100_001), ParseLimitReached),
    "a paragraph of letters one by one": (rtf(r"\u229?" * 100_002), ParseLimitReached),
}


@pytest.mark.parametrize(("content", "error"), REFUSED.values(), ids=REFUSED)
def test_refused(content: bytes, error: type[IngestError]) -> None:
    with pytest.raises(error):
        read(content, "program.rtf")
