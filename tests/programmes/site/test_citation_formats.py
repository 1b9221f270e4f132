"""What a citation says in each format, to the letter: other programs read them, and articles print them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from programmes.models import Branch, Passage, Programme, Section
from programmes.site.citation import Citation, pages_of

BRANCH = "Storfjell Bygdeliste"
URL = "https://arkiv.example/lofte/k7m2q9xy/"
READ_ON = date(2026, 3, 9)


def programme(**facts: Any) -> Programme:
    """Return a programme in memory: of pages, adopted, its period not in its title."""
    branch = Branch(name=BRANCH, level="municipal")
    usual = {"title": "Bygda vår", "period_start": 2023, "period_end": 2027, "status": "adopted"}
    return Programme(branch=branch, media_type="application/pdf", **{**usual, **facts})


def passage(*, of: Programme | None = None, **values: Any) -> Passage:
    usual = {"kind": "pledge", "public_id": "k7m2q9xy", "text": "Bygge ny skole.", "page_first": 4, "page_last": 4}
    return Passage(programme=of or programme(), **{**usual, **values})


def of_passage(**values: Any) -> Citation:
    return Citation.of_passage(passage(**values), url=URL, read_on=READ_ON)


def of_section(section: Section) -> Citation:
    return Citation.of_section(section, url=URL, read_on=READ_ON)


def dissent() -> Citation:
    """Return the citation of a dissent in a proposal, over two pages."""
    return of_passage(page_last=5, dissent="Mindretallet foreslår", of=programme(status="proposal"))


def test_what_is_taken_from_a_passage() -> None:
    pledge = of_passage()
    assert (pledge.public_id, pledge.words, pledge.url, pledge.read_on) == ("k7m2q9xy", "Bygge ny skole.", URL, READ_ON)
    assert pledge.programme.title == "Bygda vår"
    assert (pledge.pages, pledge.dissent) == ("4", "")
    assert (dissent().pages, dissent().dissent) == ("4–5", "Mindretallet foreslår")


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("pledge", "løfte k7m2q9xy"),
        ("prose_pledge", "løfte k7m2q9xy"),
        ("prose", "avsnitt k7m2q9xy"),
        ("question", "avsnitt k7m2q9xy"),
    ],
)
def test_what_the_archive_calls_a_passage(kind: str, label: str) -> None:
    assert of_passage(kind=kind).label == label


def test_the_pages_of_a_passage() -> None:
    assert pages_of(passage(page_first=3, page_last=3)) == "3"
    assert pages_of(passage(page_first=3, page_last=11)) == "3–11"


def test_a_file_without_pages_is_quoted_without() -> None:
    plain = programme()
    plain.media_type = "text/plain"
    assert of_passage(of=plain).pages == ""
    assert of_section(Section(programme=plain, public_id="h3k9", title="Skole", page=7, line=1)).pages == ""


def test_what_is_taken_from_a_chapter() -> None:
    cited = of_section(Section(programme=programme(), public_id="h3k9", title="Skole", page=7, line=1))
    assert (cited.public_id, cited.words, cited.label) == ("h3k9", "Skole", "kapittel h3k9")
    assert (cited.pages, cited.url, cited.read_on, cited.dissent) == ("7", URL, READ_ON, "")
    assert cited.programme.title == "Bygda vår"
    assert of_section(Section(programme=programme(), public_id="h3k9", title="", page=1, line=1)).words == "Innledning"


def test_the_sentence_for_an_article() -> None:
    assert of_passage().text == (
        "«Bygge ny skole.» Storfjell Bygdeliste, Bygda vår (2023–2027), s. 4. "
        f"Programarkivet, løfte k7m2q9xy, lest 09.03.2026. {URL}"
    )
    assert dissent().text == (
        "«Bygge ny skole.» Storfjell Bygdeliste, Bygda vår (2023–2027), s. 4–5 "
        "[dissens: Mindretallet foreslår; forslag]. "
        f"Programarkivet, løfte k7m2q9xy, lest 09.03.2026. {URL}"
    )
    titled = of_passage(of=programme(title="Program 2023–2027"))
    assert "Storfjell Bygdeliste, Program 2023–2027, s. 4. Programarkivet" in titled.text
    assert " Bygda vår (2023–2027). Programarkivet" in replace(of_passage(), pages="").text


def test_the_sentence_is_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "p. 4" in of_passage().text


def test_apa() -> None:
    assert of_passage().apa == f"Storfjell Bygdeliste. (2023). Bygda vår (s. 4). Programarkivet. {URL}"
    assert replace(of_passage(), pages="").apa == f"Storfjell Bygdeliste. (2023). Bygda vår. Programarkivet. {URL}"
    assert dissent().apa == (
        "Storfjell Bygdeliste. (2023). Bygda vår (s. 4–5) [dissens: Mindretallet foreslår; forslag]. "
        f"Programarkivet. {URL}"
    )


BIBTEX = """\
@misc{programarkivet-k7m2q9xy,
  author = {{Storfjell Bygdeliste}},
  title = {Bygda vår},
  year = {2023},
  pages = {4--5},
  note = {Programarkivet, løfte k7m2q9xy [dissens: Mindretallet foreslår; forslag]},
  url = {https://arkiv.example/lofte/k7m2q9xy/},
  urldate = {2026-03-09}
}"""


def test_bibtex() -> None:
    assert dissent().bibtex == BIBTEX
    assert "pages" not in replace(dissent(), pages="").bibtex
    assert "  note = {Programarkivet, løfte k7m2q9xy},\n" in of_passage().bibtex


def test_what_means_something_to_bibtex_is_escaped() -> None:
    cited = of_passage(of=programme(title=r"50 % & mer: a_b {c} $d #e \f"))
    assert r"title = {50 \% \& mer: a\_b \{c\} \$d \#e \textbackslash f}" in cited.bibtex


RIS = """\
TY  - RPRT
AU  - Storfjell Bygdeliste
TI  - Bygda vår
PY  - 2023
SP  - 4–5
AB  - Bygge ny skole.
N1  - dissens: Mindretallet foreslår; forslag
UR  - https://arkiv.example/lofte/k7m2q9xy/
Y2  - 2026/03/09
DB  - Programarkivet
ID  - k7m2q9xy
ER  - """


def test_ris() -> None:
    assert dissent().ris == RIS
    bare = replace(of_passage(), pages="", words="Bygge ny skole. ").ris.splitlines()
    assert [line[:2] for line in bare] == ["TY", "AU", "TI", "PY", "AB", "UR", "Y2", "DB", "ID", "ER"]
    assert "AB  - Bygge ny skole." in bare, "nothing ends a line that isn't seen"
