"""Saved web pages as lines, what must be left alone first."""

from __future__ import annotations

import pytest

from ingest.parser.errors import BrokenFile, EmptyFile
from ingest.parser.parse import parse
from ingest.parser.readers.flowing.html import read
from tests.ingest.parser.readers.flowing.reader_lines import shown
from tests.ingest.parser.sketches import sketch

BODIES = {
    "a list of links in running text stays": (
        "<p>Se <a href='/a'>skole</a>, <a href='/b'>helse</a> og <a href='/c'>vei</a> for mer om dette.</p>",
        ["P Se skole, helse og vei for mer om dette."],
    ),
    "pledges that are links stay": (
        "<ul><li><a href='/1'>Bygge ny skole i Storfjell sentrum</a><li><a href='/2'>Gi alle elever et varmt måltid</a>"
        "<li><a href='/3'>Ansette flere lærere i småskolen</a></ul><p>Slutt</p>",
        [
            "LI>18 • Bygge ny skole i Storfjell sentrum",
            "LI>18 • Gi alle elever et varmt måltid",
            "LI>18 • Ansette flere lærere i småskolen",
            "P Slutt",
        ],
    ),
    "a form round the whole page is no form": (
        "<form id='aspnetForm'><p>Hele programmet</p></form>",
        ["P Hele programmet"],
    ),
    "a name says nothing of what holds most of the text": (
        "<div class='sidebar-layout menu-open'><p>Programmet står her</p></div><p>Kort</p>",
        ["P Programmet står her", "P Kort"],
    ),
    "text folded away is text": (
        "<h2><button>Skole</button></h2><div hidden>Mer om det</div>",
        ["H2 Skole", "P Mer om det"],
    ),
    "a switch that says what it does is no title": (
        "<h2>Skole</h2><button aria-expanded='false'>Vis mer</button><p>Mer om det</p>",
        ["H2 Skole", "P Vis mer", "P Mer om det"],
    ),
    "a switch that opens a menu is no title": (
        "<h2>Skole</h2><div role='button' aria-expanded='false'>Skolepolitikk</div>"
        "<ul><li><a href='/a'>Kultur</a><li><a href='/b'>Helse</a><li><a href='/c'>Vei</a></ul><p>Elva er vår.</p>",
        ["H2 Skole", "P Skolepolitikk", "(menu) • Kultur", "(menu) • Helse", "(menu) • Vei", "P Elva er vår."],
    ),
    "a switch that opens nothing is no title": (
        "<h2>Skole</h2><p>Elva er vår.</p><div><span aria-expanded='false'>Helse</span></div>",
        ["H2 Skole", "P Elva er vår.", "P Helse"],
    ),
    "a heading with a switch is a heading, and no title stands in another": (
        "<h4><button aria-expanded='false' aria-controls='a'>Skole</button></h4><div id='a'>En</div>"
        "<div class='accordion-header'><button aria-expanded='false' aria-controls='b'>Helse</button></div>"
        "<div id='b'>To</div><div class='toggle' aria-expanded='true'><h4>Vei</h4></div><p>Tre</p>",
        ["H4 Skole", "P En", "H5 Helse", "P To", "H4 Vei", "P Tre"],
    ),
    "titles that open what stands below them": (
        "<h2>Oppvekst</h2><div><div role='button' aria-controls='a'><i aria-hidden='true'></i><a>Skole</a></div>"
        "<div id='a'><p>En</p><h3>Sløyd</h3><p>To</p></div></div><details><summary>Helse</summary><p>Tre</p>"
        "<h2>Lege</h2></details><button aria-expanded='false' data-target='#b'>Vei</button><p id='b'>Fire</p>"
        "<div class='faq-question'>Elv</div><p>Fem</p><h2>Kultur</h2>",
        [
            *("H2 Oppvekst", "H3 Skole", "P En", "H4 Sløyd", "P To", "H3 Helse", "P Tre", "H4 Lege"),
            *("H3 Vei", "P Fire", "H3 Elv", "P Fem", "H2 Kultur"),
        ],
    ),
    "titles within what another opens": (
        "<details><summary>Skole</summary><details><summary>Sløyd</summary><p>En</p></details></details>"
        "<details><summary>Helse</summary><p>To</p></details>",
        ["H1 Skole", "H2 Sløyd", "P En", "H1 Helse", "P To"],
    ),
    "a part of its own that leads to other pages is none of the text": (
        "<p>Programmet står her, og det er langt nok.</p>"
        "<section><h2>Les også</h2><div><h3><a href='/a'>Årsmøtet</a></h3><p>I går</p></div></section>"
        "<div><div><h2>Kontakt oss</h2></div><h3>Kari Fjord</h3><form></form></div>"
        "<div><h3>Aktuelt</h3><p>Vi er mange.</p></div><div><h3>Aktuelt</h3><a href='/'>Hjem</a><h3>Skole</h3></div>",
        [
            *("P Programmet står her, og det er langt nok.", "(related pages) Les også", "(related pages) Årsmøtet"),
            *("(related pages) I går", "(related pages) Kontakt oss", "(related pages) Kari Fjord"),
            *("H3 Aktuelt", "P Vi er mange.", "H3 Aktuelt", "P Hjem", "H3 Skole"),
        ],
    ),
    "a table that lays out the page": (
        "<table><tr><td colspan=2>Fjordpartiet</td></tr><tr><td><a href='/a'>Bilder</a><br>"
        "<a href='/b'>Gjestebok</a><br><a href='/c'>Lenker</a><br>Besøk: 1843</td><td><h1>Program</h1>"
        "<p>Programmet står her, og det er langt nok for en hel side med mange ord.</p></td></tr>"
        "<tr><td>Vedtatt i Storfjell</td></tr></table>",
        [
            *("(page header) Fjordpartiet", "(side column) Bilder", "(side column) Gjestebok", "(side column) Lenker"),
            *("(side column) Besøk: 1843", "H1 Program"),
            "P Programmet står her, og det er langt nok for en hel side med mange ord.",
            "P Vedtatt i Storfjell",
        ],
    ),
    "headings": (
        "<h1>En</h1><h2>To<br>tre</h2><div role='heading' aria-level='3'>Fire</div>",
        ["H1 En", "H2 To tre", "H3 Fire"],
    ),
    "paragraphs and forced breaks": (
        "<p>En\n  to<br>tre</p>fire<div>fem</div>",
        ["P En to", "P tre", "P fire", "P fem"],
    ),
    "bold": ("<p><strong>Vi vil:</strong></p><p style='font-weight: 700'>Også</p>", ["P* Vi vil:", "P* Også"]),
    "nested lists": (
        "<ul><li>en<ul><li>to<ol><li>tre</ol></ul><li><p>fire</p><p>mer</p></ul>",
        ["LI>18 • en", "LI>36 ○ to", "LI>54 1. tre", "LI>18 • fire", "P>18 mer"],
    ),
    "lists of Google Docs, which stand beside those that hold them": (
        "<ul class='lst-kix_a1-0 start'><li>en</li></ul><ul class='lst-kix_a1-1 start'><li>to</li></ul>",
        ["LI>18 • en", "LI>36 ○ to"],
    ),
    "Word's lists, whose marks are text": (
        "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7pt'>&nbsp; </span></span>"
        "</span><![endif]>en\nto</p><p style='margin-left:72pt;mso-list:l0 level2 lfo1'><!--[if !supportLists]-->"
        "<span style='mso-list:Ignore'>o<span>&nbsp; </span></span><!--[endif]-->tre<o:p></o:p></p>"
        "<p style='mso-list:l1 level1 lfo2'> <span style='mso-list:Ignore'>2)&nbsp;</span>fire<br>fem</p>"
        "<p style='mso-list:l1 level1 lfo2'>uten punkt</p>"
        "<h2 style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>1.&nbsp;</span>Skole</h2>",
        ["LI>18 • en to", "LI>36 o tre", "LI>18 2) fire fem", "P>18 uten punkt", "H2 1.\xa0Skole"],
    ),
    "what is set in bold only to be set in normal type": (
        "<b style='font-weight:normal' id='docs-internal-guid'><p>Vi vil <b>bygge</b> skoler</p></b>",
        ["P Vi vil bygge skoler"],
    ),
    "numbers as shown": (
        "<ol start=3><li>en<li value=7>to</ol><ol type=a><li>tre<li>fire</ol><ol type=I><li>a<li>b<li>c<li>d</ol>",
        [
            "LI>18 3. en",
            "LI>18 7. to",
            "LI>18 a. tre",
            "LI>18 b. fire",
            "LI>18 I. a",
            "LI>18 II. b",
            "LI>18 III. c",
            "LI>18 IV. d",
        ],
    ),
    "a typed mark takes the place of the bullet": (
        "<ul><li>a) en</li><li>– to</li></ul>",
        ["LI>18 a) en", "LI>18 – to"],
    ),
    "an entry goes on after a forced break": (
        "<ul><li><b>Skole</b><br>skal være god</ul>",
        ["LI>18 • Skole skal være god"],
    ),
    "a card is no list entry": ("<ul><li><h3>Skole</h3><p>Tekst</p></li></ul>", ["H3 Skole", "P Tekst"]),
    "a table of values": (
        "<table><tr><th>Tiltak<th>Kroner</tr><tr><td><p>Skole</p><td>5 mill.</tr></table>",
        ["TR* Tiltak\tKroner", "TR Skole\t5 mill."],
    ),
    "a table that lays out text": (
        "<table><tr><td><h2>A</h2><p>b</p><td><ul><li>c</ul></tr></table>",
        ["H2 A", "P b", "LI>18 • c"],
    ),
    "a row that sets text in": (
        "<table><tr><td>&nbsp;</td><td>Skolen er viktig.</td></tr><tr><td>Skole</td><td></td></tr></table>",
        ["P Skolen er viktig.", "TR Skole"],
    ),
    "a row whose cell has lines of its own": (
        "<table><tr><td>A</td><td>Vi vil:<br>En<br>To<br></td></tr><tr><td>B<br>og C</td><td>1</td></tr></table>",
        ["P A", "P Vi vil:", "P En", "P To", "TR B og C\t1"],
    ),
    "pictures of bullets": (
        "<img src='kule.gif' alt='*'>&nbsp;En<br><img alt='•'>To<br><img alt='Fjorden'>Tre",
        ["P • \u00a0En", "P • To", "P Tre"],
    ),
    "pre keeps its lines": ("<pre>En\n• to</pre>", ["P En", "P • to"]),
    "what is not shown": (
        "<script>x()</script><style>p{}</style><!-- nei --><p>Ja<template>nei</template></p>",
        ["P Ja"],
    ),
    "entities": ("<p>Tr&oslash;nder&shy;lag &amp; R&#248;st</p>", ["P Trønder\u00adlag & Røst"]),
    "broken elements": ("<p>En<p>To <b>tre</i></div> fire", ["P En", "P* To tre fire"]),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_lines(body: str, expected: list[str]) -> None:
    assert shown(read(f"<!doctype html><body>{body}".encode(), "side.html")) == expected


def sizes(body: str) -> list[float]:
    """Return the size of each line of a page in points."""
    return [line.style.size for line in read(f"<body>{body}".encode(), "side.html").lines]


def test_sizes_are_those_that_the_page_names() -> None:
    assert sizes("<p>En</p><big>To</big>") == [0, 0]
    assert sizes("<p>En</p><font size=5>To<br><font size='-1'>tre</font></font><p><font size='+1'>Fire") == [
        *(12, 18, 10, 13.5)
    ]
    assert sizes(
        "<div style='font-size:20pt'>En<p style='font-size:50%'>To</p></div><p style='font-size: 2rem'>Tre"
    ) == [*(20, 10, 24)]
    assert sizes("<p style='FONT-SIZE:16px'>En</p><p style='font-size:1.5em'>To</p>") == [12, 18]


def test_larger_type_stands_higher_where_no_tag_tells() -> None:
    chapters = "".join(
        f"<p><font size=5>{chapter}</font></p><p>Bygda er vår felles arv.</p>"
        f"<p><font size=4>{part}</font></p><p>Elva er ren.</p>"
        for chapter, part in (("Oppvekst", "Skole"), ("Natur", "Elva"))
    )
    parsed = parse(f"<body>{chapters}".encode(), "side.html")
    assert [(section.level, section.title) for section in parsed.sections] == [
        *((1, "Oppvekst"), (2, "Skole"), (1, "Natur"), (2, "Elva"))
    ]


def test_the_title_of_a_page_with_one_chapter_heads_it() -> None:
    parts = "".join(
        f"<h2>{part}</h2><p>Bygda er vår felles arv.</p>" for part in ("Skole", "Barnehage", "Kultur", "Idrett")
    )
    titles = {"Oppvekst og kultur": 2, "Les hele programmet her": 1, "BYGDELISTA FOR STORFJELL": 1}
    for title, level in titles.items():
        parsed = parse(f"<body><h1>{title}</h1>{parts}".encode(), "side.html")
        assert [section.level for section in parsed.sections] == [1, *[level] * 4]


PAGE = """<!DOCTYPE html>
<html lang="nb"><head><meta charset="utf-8"><title>Program – Fjordpartiet</title></head>
<body class="page menu-open">
<header><nav><ul><li><a href="/">Hjem</a></li>
<li><a href="/p">Politikk</a></li><li><a href="/k">Kontakt</a></li></ul></nav></header>
<div class="cookie-banner">Vi bruker informasjonskapsler</div>
<main>
<nav class="breadcrumb"><a href="/">Hjem</a></nav>
<h1>Program for Storfjell</h1>
<ul><li><a href="#s">Skole</a></li><li><a href="#h">Helse</a></li><li><a href="#v">Vei</a></li></ul>
<p>Storfjell er en kommune der alle skal trives, og der vi løser oppgavene sammen.</p>
<h2 id="s">Skole</h2>
<p><strong>Fjordpartiet vil:</strong></p>
<ul><li>bygge skole:<ul><li>på Nes</li><li>i Vik</li></ul></li><li>ansette <em>flere</em> lærere</li></ul>
<h2 id="h">Helse</h2>
<p>Fjordpartiet går inn for:</p>
<ol><li>fastlege til alle</li><li>legevakt i kommunen</li></ol>
<figure><img alt=""><figcaption>Ei ferje. Foto: Kari Fjord</figcaption></figure>
<div class="share-buttons">Del på <a href="#">X</a></div>
</main>
<aside><h2>Siste nytt</h2><p>Landsmøtet er over</p></aside>
<footer>Fjordpartiet, postboks 1</footer>
</body></html>"""


def test_what_is_not_content_is_furniture_with_its_reason() -> None:
    lines = shown(read(PAGE.encode(), "side.html"))

    assert [line for line in lines if line.startswith("(")] == [
        "(page header) • Hjem",
        "(page header) • Politikk",
        "(page header) • Kontakt",
        "(dialogue box) Vi bruker informasjonskapsler",
        "(menu) Hjem",
        "(table of contents) • Skole",
        "(table of contents) • Helse",
        "(table of contents) • Vei",
        "(caption) Ei ferje. Foto: Kari Fjord",
        "(share buttons) Del på X",
        "(side column) Siste nytt",
        "(side column) Landsmøtet er over",
        "(page footer) Fjordpartiet, postboks 1",
    ]


def test_a_page_is_parsed() -> None:
    parsed = parse(PAGE.encode(), "side.html")

    assert sketch(parsed).split("\n~")[0] == (
        "# Program for Storfjell\n"
        "> Storfjell er en kommune der alle skal trives, og der vi løser oppgavene sammen.\n"
        "## Skole\n"
        ": Fjordpartiet vil:\n"
        "- bygge skole:\n"
        "-- på Nes\n"
        "-- i Vik\n"
        "- ansette flere lærere\n"
        "## Helse\n"
        ": Fjordpartiet går inn for:\n"
        "- fastlege til alle\n"
        "- legevakt i kommunen"
    )
    assert parsed.coverage.unassigned == 0
    assert "utenfor hovedinnholdet" in parsed.problems[0].message
    assert "meny" in parsed.problems[0].message


def test_the_title_may_stand_outside_the_main_part() -> None:
    page = "<body><div class='hero'><h1>Program</h1></div><main><p>Dette er hele programmet vårt.</p></main>"

    assert shown(read(page.encode(), "side.html")) == ["H1 Program", "P Dette er hele programmet vårt."]


def test_a_page_without_boilerplate_has_no_problem() -> None:
    assert read(b"<body><p>Program</p>", "side.html").problems == ()


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param("<meta charset='utf-8'>", "utf-8", id="as it says"),
        pytest.param("<meta charset='iso-8859-1'>", "cp1252", id="Latin-1 that is Windows-1252"),
        pytest.param("<meta charset='utf-8'>", "cp1252", id="not as it says"),
        pytest.param("", "utf-8", id="says nothing"),
        pytest.param("", "utf-16", id="with a byte order mark"),
        pytest.param("<meta charset='utf-8'>", "utf-8-sig", id="both"),
        pytest.param("<meta charset='finnes-ikke'>", "utf-8", id="says nonsense"),
    ],
)
def test_encodings(head: str, encoding: str) -> None:
    page = f"<!DOCTYPE html><html><head>{head}</head><body><p>Blåbærsyltetøy</p></body></html>"

    assert shown(read(page.encode(encoding), "side.html")) == ["P Blåbærsyltetøy"]


@pytest.mark.parametrize("page", ["<html></html>", "<body> &nbsp; </body>", "<!-- a -->", "<script>a</script>"])
def test_a_page_without_words_is_empty(page: str) -> None:
    with pytest.raises(EmptyFile):
        read(page.encode(), "side.html")


def test_a_page_nested_too_deep_is_refused_and_not_cut() -> None:
    with pytest.raises(BrokenFile):
        read(b"<div>" * 5000 + b"Fjordpartiet", "side.html")
