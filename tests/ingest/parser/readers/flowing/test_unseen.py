"""What a page does not show as text is furniture, in each format that flows; what looks like it and is text stays."""

from __future__ import annotations

import pytest

from ingest.parser.document import RawDocument
from ingest.parser.parse import parse
from ingest.parser.readers import read
from tests.ingest.parser.readers.flowing.reader_lines import shown
from tools.fuzz.files import ODF, W, archive, rtf

SUPER = "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
STYLES = (
    f"<w:styles {W}><w:style w:type='character' w:styleId='Fotnotereferanse'><w:name w:val='footnote reference'/>"
    "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Skjult'><w:name w:val='Skjult'/><w:rPr><w:vanish/></w:rPr></w:style>"
    "</w:styles>"
)
ODT_STYLES = (
    "<office:automatic-styles xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'>"
    "<style:style style:name='Opp' style:family='text'><style:text-properties style:text-position='super 58%'/>"
    "</style:style><style:style style:name='Ned' style:family='text'>"
    "<style:text-properties style:text-position='sub 58%'/></style:style>"
    "<style:style style:name='Skjult' style:family='text'><style:text-properties text:display='none'/></style:style>"
    "<style:style style:name='Strek' style:family='text'>"
    "<style:text-properties style:text-line-through-style='solid'/></style:style></office:automatic-styles>"
)


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def word(*runs: str, style: str = "") -> bytes:
    """Return a Word file with one paragraph of these runs."""
    style = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    body = f"<w:document {W}><w:body><w:p>{style}{''.join(runs)}</w:p></w:body></w:document>"
    return archive({"word/document.xml": body, "word/styles.xml": STYLES})


def odf(body: str) -> bytes:
    """Return an OpenDocument text with one paragraph."""
    content = (
        f"<office:document-content {ODF}>{ODT_STYLES}<office:body><office:text><text:p>{body}</text:p></office:text>"
        "</office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def web(body: str) -> bytes:
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def span(style: str, text: str) -> str:
    return f"<text:span text:style-name='{style}'>{text}</text:span>"


RAISED = "<w:vertAlign w:val='superscript'/>"
TEXT = "Vi vil bruke 50 millioner."

STAYS = {
    # what is raised and belongs to the text, what is lowered, what only seems to be hidden
    "area, HTML": ("a.html", web("<p>bygge 500 m<sup>2</sup></p>"), ["P bygge 500 m2"]),
    "volume, Word": ("a.docx", word(run("fjerne 300 m"), run("3", RAISED), run(" stein")), ["P fjerne 300 m3 stein"]),
    "formula raised by mistake": ("a.html", web("<p>kutte CO<sup>2</sup></p>"), ["P kutte CO2"]),
    "lowered, Word": ("a.docx", word(run("kutte CO"), run("2", "<w:vertAlign w:val='subscript'/>")), ["P kutte CO2"]),
    "lowered, OpenDocument": ("a.odt", odf(f"kutte CO{span('Ned', '2')}"), ["P kutte CO2"]),
    "lowered, Rich Text": ("a.rtf", rtf(r"kutte CO{\sub 2}\par"), ["P kutte CO2"]),
    "signs of their own": (
        "a.md",
        "# A\n\nbygge 500 m² og kutte CO₂, 50³ millioner".encode(),
        ["H1 A", "P bygge 500 m² og kutte CO₂, 50³ millioner"],
    ),
    "raised letters": ("a.html", web("<p>5<sup>te</sup> trinn</p>"), ["P 5te trinn"]),
    "a fraction": ("a.html", web("<p>bruke 2 <sup>1</sup>/<sub>3</sub> million</p>"), ["P bruke 2 1/3 million"]),
    "italics, Word": ("a.docx", word(run("ikke "), run("skjult", "<w:vanish w:val='0'/><w:i/>")), ["P ikke skjult"]),
    "folded away by a switch elsewhere": (
        "a.html",
        web(
            "<h2 id='h'><a href='#svar'>Skole</a></h2><p>Kort.</p><div id='svar' style='display:none'>Mer om det</div>"
        ),
        ["H2 Skole", "P Kort.", "P Mer om det"],
    ),
    "a panel of a row of tabs": (
        "a.html",
        web("<p>A</p><div role='tabpanel' hidden>Mer om det</div>"),
        ["P A", "P Mer om det"],
    ),
    "inside details": (
        "a.html",
        web("<details><summary>Skole</summary><p>a</p><p hidden>Mer om det</p></details>"),
        ["H1 Skole", "P a", "P Mer om det"],
    ),
    "not read aloud, yet shown": (
        "a.html",
        web("<p aria-hidden='true'>Vi vil bygge skole</p>"),
        ["P Vi vil bygge skole"],
    ),
    "a figure that is a link": (
        "a.md",
        b"# A\n\nbygge [3](https://a.example) skoler, se [1]",
        ["H1 A", "P bygge 3 skoler, se [1]"],
    ),
    "Pandoc's area and formula": (
        "a.md",
        b"# A\n\nbygge 500 m^2^ og kutte CO~2~",
        ["H1 A", "P bygge 500 m2 og kutte CO2"],
    ),
    "a time of day": ("a.html", web("<p>fra klokka 08<sup>00</sup></p>"), ["P fra klokka 0800"]),
    "white on a ground": (
        "a.html",
        web("<div style='background: #123'><p style='color: white'>Vi vil</p></div>"),
        ["P Vi vil"],
    ),
    "white where style sheets may give a ground": (
        "a.html",
        web("<style>p {background: green}</style><p style='color: white'>Vi vil</p>"),
        ["P Vi vil"],
    ),
    "white on a marked ground, Word": (
        "a.docx",
        word(run("Vi vil", "<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>")),
        ["P Vi vil"],
    ),
    "white in a cell, Word": (
        "a.docx",
        archive(
            {
                "word/document.xml": f"<w:document {W}><w:body><w:tbl><w:tr><w:tc><w:p>"
                + run("Vi vil", "<w:color w:val='FFFFFF'/>")
                + "</w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
            }
        ),
        ["P Vi vil"],
    ),
    "tabs that the page switches": (
        "a.html",
        web(
            "<style>.fane {display: none} .fane.valgt {display: block}</style>"
            "<p class='fane valgt'>A</p><p class='fane'>B"
        ),
        ["P A", "P B"],
    ),
    "hidden in print alone": (
        "a.html",
        web("<style>@media print { .knapp {display: none} }</style><p class='knapp'>A</p>"),
        ["P A"],
    ),
    "hidden on small screens alone": ("a.html", web("<p class='hidden md:block'>A</p>"), ["P A"]),
    "an inserted word": ("a.html", web("<p>bygge <ins>ny</ins> skole</p>"), ["P bygge ny skole"]),
}

GOES = {
    # note numbers
    "raised, HTML": ("a.html", web("<p>Vi vil bruke 50<sup>3</sup> millioner.</p>"), ["(note number) 3", f"P {TEXT}"]),
    "a link raised by its style": (
        "a.html",
        web("<p>Vi vil bruke 50<a style='vertical-align: super' href='#n'>3</a> millioner.</p>"),
        ["(note number) 3", f"P {TEXT}"],
    ),
    "in brackets, with a link to the note": (
        "a.html",
        web("<p>Vi vil bruke 50<a href='#_ftn1'>[1]</a> millioner.</p><p><a href='#_ftnref1'>[1]</a> Statistikk</p>"),
        ["(note number) [1]", f"P {TEXT}", "(note number) [1]", "(footnote) Statistikk"],
    ),
    "raised before a stop": (
        "a.html",
        web("<p>Vi vil bruke 50 millioner<sup>12</sup>.</p>"),
        ["(note number) 12", f"P {TEXT}"],
    ),
    "notes at the end of a page": (
        "a.html",
        web("<p>Vi vil bruke 50 millioner.</p><section role='doc-endnotes'><p>Kilde: budsjettet</p></section>"),
        [f"P {TEXT}", "(footnote) Kilde: budsjettet"],
    ),
    "raised, Word": (
        "a.docx",
        word(run("Vi vil bruke 50"), run("3", RAISED), run(" millioner.")),
        ["(note number) 3", f"P {TEXT}"],
    ),
    "raised by its style, Word": (
        "a.docx",
        word(run("Vi vil bruke 50"), run("3", "<w:rStyle w:val='Fotnotereferanse'/>"), run(" millioner.")),
        ["(note number) 3", f"P {TEXT}"],
    ),
    "the note itself, Word": (
        "a.docx",
        word(run("1", RAISED), run(" Statistikk for 2022")),
        ["(note number) 1", "(footnote) Statistikk for 2022"],
    ),
    "raised, OpenDocument": (
        "a.odt",
        odf(f"Vi vil bruke 50{span('Opp', '3')} millioner."),
        ["(note number) 3", f"P {TEXT}"],
    ),
    "raised, Rich Text": ("a.rtf", rtf(r"Vi vil bruke 50{\super 3} millioner.\par"), ["(note number) 3", f"P {TEXT}"]),
    "raised by points, Rich Text": (
        "a.rtf",
        rtf(r"Vi vil bruke 50{\up6 3\up0  millioner}.\par"),
        ["(note number) 3", f"P {TEXT}"],
    ),
    "raised, Markdown": (
        "a.md",
        b"# A\n\nVi vil bruke 50<sup>3</sup> millioner.\n\n<sup>3</sup> Statistikk",
        ["H1 A", "(note number) 3", f"P {TEXT}", "(note number) 3", "(footnote) Statistikk"],
    ),
    "glued brackets, Markdown": (
        "a.md",
        b"# A\n\nVi vil bruke 50[1] millioner.\n\n[1]: https://a.example",
        ["H1 A", "(note number) 1", f"P {TEXT}", "(link address) [1]: https://a.example"],
    ),
    "a numbered note, Markdown": (
        "a.md",
        b"# A\n\nVi vil bruke 50[1] millioner.\n\n[1]: Statistikk for 2022, s. 4",
        ["H1 A", "(note number) [1]", f"P {TEXT}", "(footnote) Statistikk for 2022, s. 4"],
    ),
    "Pandoc's raised number": (
        "a.md",
        b"# A\n\nVi vil bruke 50^3^ millioner.",
        ["H1 A", "(note number) 3", f"P {TEXT}"],
    ),
    # hidden text
    "white on white": ("a.html", web("<p>A <b style='color:#fff'>B</b></p>"), ["(hidden text) B", "P A"]),
    "white on white, Word": (
        "a.docx",
        word(run("A "), run("B", "<w:color w:val='FFFFFF'/>")),
        ["(hidden text) B", "P A"],
    ),
    "by the style sheet": (
        "a.html",
        web(
            "<style>/* a */ .notat, #b {display:none} .strek {text-decoration: line-through}"
            " .opp {vertical-align:super} </style><p>A <b class='Notat'>B</b> <b class='strek'>C</b></p>"
            "<p id='b'>D</p><p>50<i class='opp'>3</i> mill."
        ),
        ["(hidden text) B", "(struck-out text) C", "P A", "(hidden text) D", "(note number) 3", "P 50 mill."],
    ),
    "by the class of a framework": ("a.html", web("<p>A</p><p class='d-none'>B</p>"), ["P A", "(hidden text) B"]),
    "of no size": ("a.html", web("<p>A <b style='font-size:0'>B</b></p>"), ["(hidden text) B", "P A"]),
    "hidden, HTML": ("a.html", web("<p>A</p><p hidden>B</p>"), ["P A", "(hidden text) B"]),
    "no display": (
        "a.html",
        web("<p>Vi <b style='display: none'>ikke</b> vil</p>"),
        ["(hidden text) ikke", "P Vi vil"],
    ),
    "invisible": ("a.html", web("<p>A</p><p style='visibility:hidden'>B</p>"), ["P A", "(hidden text) B"]),
    "for those who listen": (
        "a.html",
        web("<p>A <i class='sr-only'>hemmelig</i></p>"),
        ["(hidden text) hemmelig", "P A"],
    ),
    "the name of an icon": (
        "a.html",
        web("<p>A <i aria-hidden='true'>expand_more</i></p>"),
        ["(hidden text) expand_more", "P A"],
    ),
    "hidden, Word": ("a.docx", word(run("A "), run("B", "<w:vanish/>")), ["(hidden text) B", "P A"]),
    "hidden by its style, Word": ("a.docx", word(run("B"), style="Skjult"), ["(hidden text) B"]),
    "hidden, OpenDocument": ("a.odt", odf(f"A {span('Skjult', 'B')}"), ["(hidden text) B", "P A"]),
    "a hidden field, OpenDocument": (
        "a.odt",
        odf("A <text:hidden-text>B</text:hidden-text>"),
        ["(hidden text) B", "P A"],
    ),
    "hidden, Rich Text": ("a.rtf", rtf(r"A {\v B}\par"), ["(hidden text) B", "P A"]),
    "hidden, Markdown": (
        "a.md",
        b"# A\n\nVi <span style='display:none'>ikke</span> vil\n\n<div hidden>B</div>",
        ["H1 A", "(hidden text) ikke", "P Vi vil", "(hidden text) B"],
    ),
    # struck-out text
    "del, HTML": ("a.html", web("<p>Vi <del>ikke</del> vil</p>"), ["(struck-out text) ikke", "P Vi vil"]),
    "s and strike, HTML": (
        "a.html",
        web("<p>A <s>B</s></p><p>C <strike>D</strike></p>"),
        ["(struck-out text) B", "P A", "(struck-out text) D", "P C"],
    ),
    "by its style, HTML": (
        "a.html",
        web("<p>A <b style='text-decoration: line-through'>B</b></p>"),
        ["(struck-out text) B", "P A"],
    ),
    "once and twice, Word": (
        "a.docx",
        word(run("A "), run("B", "<w:strike/>"), run(" "), run("C", "<w:dstrike/>")),
        ["(struck-out text) B", "(struck-out text) C", "P A"],
    ),
    "struck out, OpenDocument": ("a.odt", odf(f"A {span('Strek', 'B')}"), ["(struck-out text) B", "P A"]),
    "struck out, Rich Text": ("a.rtf", rtf(r"A {\strike B}\par"), ["(struck-out text) B", "P A"]),
    "struck out, Markdown": (
        "a.md",
        b"# A\n\nVi ~~ikke~~ vil <s>B</s>",
        ["H1 A", "(struck-out text) ikke", "(struck-out text) B", "P Vi vil"],
    ),
}


def document(name: str, data: bytes) -> RawDocument:
    return read(data, name)


@pytest.mark.parametrize(("name", "data", "expected"), STAYS.values(), ids=STAYS)
def test_what_is_text_stays(name: str, data: bytes, expected: list[str]) -> None:
    assert shown(document(name, data)) == expected


@pytest.mark.parametrize(("name", "data", "expected"), GOES.values(), ids=GOES)
def test_what_is_no_text_is_furniture(name: str, data: bytes, expected: list[str]) -> None:
    assert shown(document(name, data)) == expected


def test_the_editor_is_told_once_of_each_kind() -> None:
    body = "<h1>Program for Storfjell</h1><p>Fjordpartiet vil:</p><ul>" + "".join(
        f"<li>bygge {n}<sup>{n}</sup> skoler <s>{n} hus</s></li>" for n in range(1, 5)
    )
    parsed = parse(web(body + "</ul>"), "a.html")

    assert [item.text for item in parsed.items] == [f"bygge {n} skoler" for n in range(1, 5)]
    assert [(problem.kind, problem.line) for problem in parsed.problems if problem.kind] == [
        ("note number", 3),
        ("struck-out text", 4),
    ]
    assert "4 steder, først «1»" in parsed.problems[0].message
    assert parsed.coverage.unassigned == 0
