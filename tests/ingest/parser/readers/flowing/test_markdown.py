"""Markdown as lines, what must be left alone first."""

from __future__ import annotations

import re

import pytest

from ingest.parser.errors import EmptyFile
from ingest.parser.parse import parse
from ingest.parser.readers.flowing.markdown import read
from tests.ingest.parser.readers.flowing.reader_lines import shown
from tests.ingest.parser.sketches import sketch

CASES = {
    "an escaped sign is itself": (r"3 \* 4 \# og 1\. mai", ["P 3 * 4 # og 1. mai"]),
    "a word in pointed brackets is no tag": ("<kommunens navn> skal", ["P <kommunens navn> skal"]),
    "a number in running text begins no list": ("Målet er\n2. plass", ["P Målet er", "P 2. plass"]),
    "four spaces make no code": ("Avsnitt\n\n    innrykket", ["P Avsnitt", "P innrykket"]),
    "an underscore in a word": ("fil_navn_her", ["P fil_navn_her"]),
    "a rule close under a sentence makes no heading": ("Vi bygger.\n---\nNeste", ["P Vi bygger.", "P Neste"]),
    "a dash close under a line makes no heading": ("Vi bygger\n-\n", ["P Vi bygger"]),
    "an abbreviation at a line's start is no mark": ("- en\n(jf. to)", ["LI>12 - en", ". (jf. to)"]),
    "headings": ("# En #\n## To\nTre\n===\nFire\n----\n###Fem\n", ["H1 En", "H2 To", "H1 Tre", "H2 Fire", "H3 Fem"]),
    "emphasis, links and code leave their words": (
        "**Alle** skal *få* [hjelp](https://nordvika.example 'tittel') med `skjema` og ~~ikke~~ svar",
        ["(struck-out text) ikke", "P Alle skal få hjelp med skjema og svar"],
    ),
    "a bold paragraph": ("**Fjordpartiet vil:**", ["P* Fjordpartiet vil:"]),
    "bold with a space before its end": ("**Fjordpartiet vil: **\n\n** Skole **", ["P* Fjordpartiet vil:", "P* Skole"]),
    "bold words in a sentence": ("Dette er **viktig** for alle i bygda", ["P Dette er viktig for alle i bygda"]),
    "a list with each marker": ("* en\n\n- to\n\n+ tre", ["LI>12 * en", "LI>12 - to", "LI>12 + tre"]),
    "a list with no blank line before": (
        "Bygdelista vil:\n- en\n- to",
        ["P Bygdelista vil:", "LI>12 - en", "LI>12 - to"],
    ),
    "numbers are those of the file": ("3. tre\n4. fire\n\n1) en", ["LI>12 3. tre", "LI>12 4. fire", "LI>12 1) en"]),
    "nested lists": (
        "- en\n  - to\n    1. tre\n- fire\n    * fem",
        ["LI>12 - en", "LI>24 - to", "LI>36 1. tre", "LI>12 - fire", "LI>36 * fem"],
    ),
    "a bullet two columns under a number is nested": (
        "1. en\n  - to\n2. tre",
        ["LI>12 1. en", "LI>24 - to", "LI>12 2. tre"],
    ),
    "an entry over several lines": (
        "- en som\n  går videre\nog videre\n- to",
        ["LI>12 - en som", ".>12 går videre", ". og videre", "LI>12 - to"],
    ),
    "a second paragraph of an entry": ("- en\n\n  mer om en\n- to", ["LI>12 - en", "P>12 mer om en", "LI>12 - to"]),
    "a task list": ("- [ ] en\n- [x] to", ["LI>12 - en", "LI>12 - to"]),
    "typed bullets": ("• en\n• to\n– tre", ["P • en", "P • to", "P – tre"]),
    "a typed bullet behind the mark takes its place": (
        "- • en\n- · to\n  - o tre\n- ✅ **fire**\n- – fem\n- osp",
        ["LI>12 • en", "LI>12 · to", "LI>24 o tre", "LI*>12 ✅ fire", "LI>12 – fem", "LI>12 - osp"],
    ),
    "pictures as bullets": ("✅ en\n✅ to\n👉 tre", ["P ✅ en", "P ✅ to", "P 👉 tre"]),
    "links to headings are a table of contents": (
        "- [Skole](#skole)\n- [Helse](helse.md)\n\n[**2. Kultur** 7](#kultur)",
        ["(table of contents) - Skole", "LI>12 - Helse", "(table of contents) 2. Kultur 7"],
    ),
    "one line is one paragraph": (
        "Folkets By vil:\nBygge skole\nÅpne bibliotek\nRydde snø",
        ["P Folkets By vil:", "P Bygge skole", "P Åpne bibliotek", "P Rydde snø"],
    ),
    "lines in lower case that end where they like are a list": (
        "Derfor vil vi\nbygge skole i Nordvika, så flere kan bo hjemme\nåpne bibliotek\nrydde snø på alle veier\nså",
        [
            "P Derfor vil vi",
            "P bygge skole i Nordvika, så flere kan bo hjemme",
            "P åpne bibliotek",
            "P rydde snø på alle veier",
            "P så",
        ],
    ),
    "lines broken at a width go on": (
        "Alle som bor i Elvebyen skal ha\nen god skole i nærheten. Bygda\n"
        "trenger det og byen har råd til\ndet. Slik er det",
        [
            "P Alle som bor i Elvebyen skal ha",
            ". en god skole i nærheten. Bygda",
            ". trenger det og byen har råd til",
            ". det. Slik er det",
        ],
    ),
    "forced line breaks": ("En  \nto\\\ntre<br>fire", ["P En", "P to", "P tre", "P fire"]),
    "a quotation": ("> Sitat\n> mer", ["P Sitat", ". mer"]),
    "a table": ("| a | b |\n|---|:-:|\n| c **d** | e |\n| f | g | h |", ["TR a \tb", "TR c d \te", "TR f \tg \th"]),
    "a table of one column is a box around its lines": (
        "|Tiltak|\n|-|\n|• en<br>• to|",
        ["P Tiltak", "P • en", "P • to"],
    ),
    "comments and page breaks are furniture": (
        "A\n\n<!-- side 3 -->\n\n\\newpage\n\nB <!-- merk --> C",
        ["P A", "(comment) <!-- side 3 -->", "(page break) \\newpage", "(comment) merk", "P B  C"],
    ),
    "an unclosed comment swallows nothing": ("A\n\n<!-- B\n\n- C", ["P A", "P B", "LI>12 - C"]),
    "front matter is furniture": (
        "---\ntitle: 'Program'\n---\nA",
        ["(front matter) ---", "(front matter) title: 'Program'", "(front matter) ---", "P A"],
    ),
    "HTML in between": (
        "<div align='center'>\n<h2>Skole</h2>\n<ul><li>en</li></ul>\n</div>\n\nB",
        ["H2 Skole", "LI>18 • en", "P B"],
    ),
    "pictures leave their description": ("![Ei ferje](f.jpg)\n\nB", ["(picture text) Ei ferje", "P B"]),
    "footnotes": ("A[^1]\n\n[^1]: Kilde: SSB, 2022", ["(note number) [^1]", "P A", "(footnote) Kilde: SSB, 2022"]),
    "link addresses": ("[A][1]\n\n[1]: https://a.example", ["P A", "(link address) [1]: https://a.example"]),
    "entities and no-break spaces": ("A&nbsp;B &amp; C", ["P A\xa0B & C"]),
    "a code block is text": ("```\n- A\n```\nB", ["P - A", "P B"]),
    "what Pandoc adds is markup": (
        "## Skole {#skole .unnumbered}\n\n::: {.lead}\n[]{#_Toc1 .anchor}[Bygdelista]{.underline} vil:\n:::",
        ["H2 Skole", "(markup) ::: {.lead}", "P Bygdelista vil:", "(markup) :::"],
    ),
    "a remark in brackets is text": ("Skole [se s. 3] {viktig}", ["P Skole [se s. 3] {viktig}"]),
    "Windows line ends": ("# A\r\n\r\n- b\r\n", ["H1 A", "LI>12 - b"]),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_lines(source: str, expected: list[str]) -> None:
    assert shown(read(source.encode(), "program.md")) == expected


def test_lines_are_those_of_the_file() -> None:
    document = read(b"# A\n\ntekst\n\n\n- en\n  to\n\n|a|b|\n|-|-|\n|c|d|\n", "program.md")

    assert [(line.number, line.space_before) for line in document.lines] == [
        (1, 0.0),
        (3, 1.0),
        (6, 2.0),
        (7, 0.0),
        (9, 1.0),
        (11, 1.0),
    ]


def test_the_title_of_the_front_matter() -> None:
    assert read(b'---\ntitle: "Program for Nordvika"\n---\nA', "program.md").title == "Program for Nordvika"


@pytest.mark.parametrize("source", ["---\n", "\n\n", "- \n", "** **\n"])
def test_a_file_without_words_is_empty(source: str) -> None:
    with pytest.raises(EmptyFile):
        read(source.encode(), "program.md")


MESSY = """# A
> - sitert **punkt
  | a | b | <b>c
**uferdig _hei
* * * *stjerner
![bilde med [parentes]](x) og [løs
<svg><text>tegnet</text></svg>
1. en
   5. fem
    + seks
[^2]: note
- [ ]
~~~ kode
inni **koden**
"""


def test_no_word_is_lost() -> None:
    """Whatever the markup, every word of the file is in some line; but not the words of tags."""
    words = re.findall(r"\w{2,}", re.sub(r"<[^>]*>", " ", MESSY))
    text = " ".join(line.text for line in read(MESSY.encode(), "program.md").lines)

    assert [word for word in words if word not in text] == []


def test_many_levels_of_nesting_keep_their_text() -> None:
    source = "\n".join(f"{'  ' * depth}- punkt {depth}" for depth in range(150))
    text = "\n".join(line.text for line in read(source.encode(), "program.md").lines)

    assert all(f"punkt {depth}" in text for depth in range(150))


PROGRAMMES = {
    "a fact box and a quotation in the middle of a list": (
        """# Bolig

Vi krever:

- Kommunen må kjøpe boliger.
- Husleia må fryses.

> **Fakta: Hva er en allmenn bolig?**
>
> - eies av kommunen
> - kan ikke selges

- Leietakerne må få et ombud.

# Skole

Bygdelista har snakket med mange elever i bygda, og alle sier det samme.

> Bygdelista vil:
> - bygge skole
""",
        """\
# Bolig
: Vi krever:
- Kommunen må kjøpe boliger.
- Husleia må fryses.
> Fakta: Hva er en allmenn bolig?
> eies av kommunen
> kan ikke selges
- Leietakerne må få et ombud.
# Skole
> Bygdelista har snakket med mange elever i bygda, og alle sier det samme.
: Bygdelista vil:
- bygge skole""",
    ),
    "nested lists and a bold lead-in": (
        """# Program for Storfjell

## Oppvekst

Storfjell er en god kommune å vokse opp i.

**Bygdelista vil:**

* ansette *flere* lærere, særlig i matematikk
* bygge ut:
    - leirskole i [Tverrdal](https://tverrdal.example)
    - svømmehall
* senke foreldrebetalingen

## Helse

Bygdelista går inn for følgende:

1. fastlege til alle
2. legevakt i kommunen
""",
        """# Program for Storfjell
## Oppvekst
> Storfjell er en god kommune å vokse opp i.
: Bygdelista vil:
- ansette flere lærere, særlig i matematikk
- bygge ut:
-- leirskole i Tverrdal
-- svømmehall
- senke foreldrebetalingen
## Helse
: Bygdelista går inn for følgende:
- fastlege til alle
- legevakt i kommunen""",
    ),
    "one line is one pledge": (
        """# Program for Elvebyen

## Skole

**Folkets By vil:**

Ansette flere lærere i småskolen.

Rydde snø på skoleveiene

Gi alle elever skolemat

## Barnehage

**Folkets By vil at:**

Alle barn skal ha rett til plass

Bemanningen skal økes

## Samferdsel
Veiene i Elvebyen er dårlige.

Folkets By vil:
Bygge ny bru over elva
Sette opp flere ladestasjoner

## Helse

### Folkets By vil

Gi alle en fastlege

Utvide legevakta
""",
        """# Program for Elvebyen
# Skole
: Folkets By vil:
- Ansette flere lærere i småskolen.
- Rydde snø på skoleveiene
- Gi alle elever skolemat
# Barnehage
: Folkets By vil at:
- Alle barn skal ha rett til plass
- Bemanningen skal økes
# Samferdsel
> Veiene i Elvebyen er dårlige.
: Folkets By vil:
- Bygge ny bru over elva
- Sette opp flere ladestasjoner
# Helse
: Folkets By vil
- Gi alle en fastlege
- Utvide legevakta""",
    ),
}


@pytest.mark.parametrize(("source", "expected"), PROGRAMMES.values(), ids=PROGRAMMES)
def test_programmes(source: str, expected: str) -> None:
    parsed = parse(source.encode(), "program.md")

    assert sketch(parsed) == expected
    assert parsed.coverage.unassigned == 0
