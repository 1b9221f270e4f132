"""Citations as reference managers read them: parsed by libraries that others wrote, whatever the words are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qs

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import Branch, Party, Passage, Programme, Section
from programmes.site.citation import Citation
from programmes.site.reference_formats import bibtex, coins, highwire, json_ld, ris

URL = "https://arkivet.example/lofte/k7m2q9xy/"
SHA256 = "3f2a9c1b0d4e" + "0" * 52
HOSTILE = [
    "50 % av A&B_C #1 kostar $5 ~ ca. 2^3 {for alle}",
    "} , author = {Noen andre",
    "{{{ åpne }",
    r"C:\temp\ny \input{/etc/passwd}",
    "linje\nER  - \nTY  - BOOK\nTI  - Falsk",
    "linje\r\nN1  - falsk\u2028ER  - \u2029\x0bER  - \x85TY  - X",
    "</script><script>alert(1)</script><!--",
    '"><meta name="citation_title" content="falsk">',
    "'; DROP TABLE --",
    "@book{falsk, title={x}}",
    "«Čáhci, ŋuolla» – ½ m² og CO₂ …",
    "\x00\x07\u200b\ufeff",
]


def citation(words: str = "Utrede byantikvar.", **fields: object) -> Citation:
    """Return the citation of a pledge of an invented programme that was never stored."""
    name = str(fields.pop("name", "Storfjell Bygdeliste"))
    lead_in = str(fields.pop("lead_in", "Bygdelista vil:"))
    dissent = str(fields.pop("dissent", ""))
    adopted = fields.pop("adopted_on", date(2023, 3, 14))
    programme = Programme(
        branch=Branch(name=name, party=Party(name_nb="Bygdelista")),
        title=str(fields.pop("title", "Program")),
        period_start=2023,
        period_end=2027,
        status=str(fields.pop("status", "adopted")),
        adopted_on=adopted,
        media_type=str(fields.pop("media_type", "application/pdf")),
        sha256=SHA256,
        publication="published",
    )
    passage = Passage(
        **{"kind": "pledge", "page_first": 13, "page_last": 14, "printed_page": "11", "printed_page_last": "12"}
        | fields
    )
    passage.programme, passage.public_id, passage.text = programme, "k7m2q9xy", words
    passage.lead_in, passage.dissent, passage.line_first, passage.line_last = lead_in, dissent, 1, 2
    return Citation.of_passage(passage, url=URL, read_on=date(2026, 11, 30))


def in_bibtex(made: str) -> dict[str, str]:
    """Return the one entry that a BibTeX parser finds."""
    (entry,) = bibtexparser.loads(made, BibTexParser(ignore_nonstandard_types=False)).entries
    return entry


def in_ris(made: str) -> dict[str, object]:
    (record,) = rispy.loads(made)
    return record


def unescaped(latex: str) -> str:
    """Return what LaTeX prints of an escaped text."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~"}
    named["textasciicircum"] = "^"
    return re.sub(r"\\(?:([a-z]+)\{\}|([&%$#_]))", lambda match: named[match[1]] if match[1] else match[2], latex)


def readable(words: str) -> str:
    """Return a text as one line of signs that can be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


class Elements(HTMLParser):
    """Collects the elements of a piece of a page as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words += data


# What is in them


def test_a_sentence_has_all_that_a_reader_needs() -> None:
    assert citation().text == (
        "«[Bygdelista vil:] Utrede byantikvar.» Storfjell Bygdeliste, Program (2023–2027), vedtatt 14.03.2023, "
        "s. 11–12 (side 13–14 i filen). Programarkivet, løfte k7m2q9xy, lest 30.11.2026, SHA-256 3f2a9c1b0d4e. " + URL
    )


def test_a_paragraph_of_a_text_file_is_quoted_by_its_lines_alone() -> None:
    made = citation(
        "Bygda er vid.", kind="prose", lead_in="", title="Program 2023–2027", adopted_on=None,
        media_type="text/plain", printed_page="", printed_page_last="", page_first=1, page_last=1,
    )  # fmt: skip
    assert made.text == (
        "«Bygda er vid.» Storfjell Bygdeliste, Program 2023–2027, linje 1–2. "
        "Programarkivet, avsnitt k7m2q9xy, lest 30.11.2026, SHA-256 3f2a9c1b0d4e. " + URL
    )
    quotation, entry = made.apa.split("\n\n")
    assert quotation == "«Bygda er vid.» (Storfjell Bygdeliste, 2023, linje 1–2)."
    assert entry.startswith("Storfjell Bygdeliste. (2023). Program 2023–2027. Programarkivet, ")
    assert (made.just_words, made.summary, made.warning) == ("Bygda er vid.", "Bygda er vid.", "")
    assert (made.first_page, made.last_page) == ("", "")


def chapter(first: Passage | None = None, *, media_type: str = "application/pdf", **values: object) -> Citation:
    """Return the citation of a chapter on page 13, line 5, of a proposal."""
    programme = Programme(
        branch=Branch(name="Storfjell Bygdeliste", party=Party(name_nb="Bygdelista")),
        title="Program", period_start=2023, period_end=2027, status="proposal", media_type=media_type, sha256=SHA256,
    )  # fmt: skip
    section = Section(
        **{"programme": programme, "public_id": "c4n7w2pd", "number": "2.1", "title": "Buss", "page": 13, "line": 5}
        | values
    )
    return Citation.of_section(section, url=URL, read_on=date(2026, 11, 30), first=first)


def test_a_chapter_is_quoted_by_its_heading() -> None:
    assert chapter().text == (
        "«2.1 Buss» Storfjell Bygdeliste, Program (2023–2027), s. 13 [forslag]. "
        "Programarkivet, kapittel c4n7w2pd, lest 30.11.2026, SHA-256 3f2a9c1b0d4e. " + URL
    )
    assert (chapter().public_id, chapter().introductions) == ("c4n7w2pd", ())
    assert chapter(number="", title="").words == "Innledning"
    of_text = chapter(media_type="text/plain")
    assert (of_text.pages, of_text.file_pages, of_text.lines) == ("", "", "5")


def test_a_chapter_has_the_printed_page_of_what_stands_beside_its_heading() -> None:
    beside, later = Passage(page_first=13, printed_page="11"), Passage(page_first=14, printed_page="12")
    assert (chapter(beside).pages, chapter(beside).place) == ("11", "s. 11 (side 13 i filen)")
    assert (chapter(later).pages, chapter(later).lines) == ("13", "")
    assert chapter(Passage(page_first=13)).pages == "13"


def test_what_is_no_policy_follows_the_words_in_every_form() -> None:
    made = citation(status="proposal", dissent="Mindretallet", adopted_on=None)
    said = "[dissens: Mindretallet; forslag]"
    assert said in made.text and made.apa.count(said) == 2
    assert made.just_words == f"Bygdelista vil: Utrede byantikvar. {said}"
    assert made.summary == "[dissens; forslag] Bygdelista vil: Utrede byantikvar."
    assert "dissens: Mindretallet; forslag" in in_bibtex(bibtex(made))["note"]
    assert in_ris(ris(made))["notes"][:2] == ["dissens: Mindretallet", "forslag"]
    data = json.loads(Elements(json_ld(made, "https://a.example/original/")).words)
    assert data["creativeWorkStatus"] == "dissens: Mindretallet; forslag"
    assert "creator" not in data, "it is not the party's"
    assert data["isPartOf"]["creativeWorkStatus"] == "forslag"
    assert "dissens: Mindretallet; forslag" in highwire(made)


def test_apa_has_the_quotation_and_its_entry() -> None:
    quotation, entry = citation().apa.split("\n\n")
    assert quotation == (
        "«[Bygdelista vil:] Utrede byantikvar.» (Storfjell Bygdeliste, 2023, s. 11–12 (side 13–14 i filen))."
    )
    assert entry == (
        "Storfjell Bygdeliste. (2023, 14. mars). Program. Programarkivet, løfte k7m2q9xy, SHA-256 3f2a9c1b0d4e. "
        f"Hentet 30. november 2026 fra {URL}"
    )


def test_apa_has_the_year_of_the_adoption_and_of_the_period_where_that_is_unknown() -> None:
    early, unknown = citation(adopted_on=date(2022, 11, 5)), citation(adopted_on=None)
    assert "(Storfjell Bygdeliste, 2022, s. 11–12 " in early.apa
    assert "Storfjell Bygdeliste. (2022, 5. november). Program." in early.apa
    assert "(Storfjell Bygdeliste, 2023, s. 11–12 " in unknown.apa
    nowhere = replace(unknown, pages="", file_pages="", lines="")
    assert nowhere.apa.startswith("«[Bygdelista vil:] Utrede byantikvar.» (Storfjell Bygdeliste, 2023).")
    with translation.override("en"):
        assert f". Retrieved 30 November 2026, from {URL}" in early.apa


def test_the_entries_that_a_pledge_stands_under_go_with_it() -> None:
    made = replace(citation(), introductions=("Bygdelista vil:", "Ta vare på byen ved å"))
    assert made.quoted == "[Bygdelista vil: Ta vare på byen ved å] Utrede byantikvar."
    assert made.just_words == made.summary == "Bygdelista vil: Ta vare på byen ved å Utrede byantikvar."


def test_the_first_and_the_last_page_of_one_are_the_same() -> None:
    made = citation(printed_page_last="11")
    assert (made.first_page, made.last_page) == ("11", "11")


def test_bibtex_has_what_a_reference_manager_asks_for() -> None:
    entry = in_bibtex(bibtex(citation()))
    assert entry["ID"] == "programarkivet-k7m2q9xy"
    assert (entry["author"], entry["title"], entry["year"]) == ("{Storfjell Bygdeliste}", "Program", "2023")
    assert (entry["pages"], entry["date"], entry["urldate"]) == ("11--12", "2023-03-14", "2026-11-30")
    assert entry["abstract"] == "[Bygdelista vil:] Utrede byantikvar."
    assert entry["url"] == URL
    for part in ("vedtatt 2023-03-14", "side 13–14 i filen", "løfte k7m2q9xy", f"SHA-256 {SHA256}"):
        assert part in entry["note"]


def test_ris_has_what_a_reference_manager_asks_for() -> None:
    record = in_ris(ris(citation()))
    assert (record["type_of_reference"], record["authors"]) == ("RPRT", ["Storfjell Bygdeliste"])
    assert (record["start_page"], record["end_page"]) == ("11", "12")
    assert (record["title"], record["year"], record["date"]) == ("Program", "2023", "2023/03/14")
    assert record["abstract"] == "[Bygdelista vil:] Utrede byantikvar."
    assert (record["urls"], record["id"]) == ([URL], "k7m2q9xy")
    assert f"SHA-256 {SHA256}" in record["notes"]


def test_json_ld_tells_the_work_and_its_file() -> None:
    script = Elements(json_ld(citation(), "https://a.example/original/"))
    assert script.found == [("script", {"type": "application/ld+json"})]
    data = json.loads(script.words)
    assert (data["@type"], data["text"], data["headline"]) == ("Quotation", "Utrede byantikvar.", "Bygdelista vil:")
    assert data["creator"]["name"] == data["isPartOf"]["author"]["name"] == "Storfjell Bygdeliste"
    assert data["isPartOf"]["datePublished"] == "2023-03-14"
    assert data["isPartOf"]["encoding"]["sha256"] == SHA256
    assert "creativeWorkStatus" not in data


def test_zotero_finds_a_report_in_the_tags_of_the_page() -> None:
    tags = {each["name"]: each["content"] for _tag, each in Elements(highwire(citation(), "https://a.example/a")).found}
    assert tags["citation_technical_report_institution"] == tags["citation_author"] == "Storfjell Bygdeliste"
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("11", "12")
    assert (tags["citation_publication_date"], tags["citation_pdf_url"]) == ("2023/03/14", "https://a.example/a")
    ((tag, attributes),) = Elements(coins(citation())).found
    context = parse_qs(attributes["title"])
    assert (tag, attributes["class"]) == ("span", "Z3988")
    assert (context["rft.genre"], context["rft.btitle"], context["rft_id"]) == (["report"], ["Program"], [URL])
    assert (context["rft.pages"], context["rft.aucorp"]) == (["11–12"], ["Storfjell Bygdeliste"])


@pytest.mark.parametrize("language", ["nn", "en"])
def test_forms_speak_the_readers_language(language: str) -> None:
    with translation.override(language):
        made = citation(status="hearing")
        assert "filen" not in made.text + made.apa + bibtex(made) + ris(made)
        in_bibtex(bibtex(made))
        in_ris(ris(made))


# Whatever the words are


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    stays_words(words)


@given(st.text(min_size=1, max_size=60))
def test_any_words_stay_words(words: str) -> None:
    stays_words(words)


def stays_words(words: str) -> None:
    """Check that words in every place of a citation are read back as they are, by whoever reads the form."""
    made = citation(words, title=f"T{words}", name=f"N{words}", lead_in=words, dissent=words)
    entry = in_bibtex(bibtex(made))
    assert unescaped(entry["abstract"]) == readable(made.quoted)
    assert unescaped(entry["title"]) == readable(f"T{words}")
    assert set(entry) <= {
        *("ENTRYTYPE", "ID", "author", "title", "year", "date", "pages", "abstract", "note", "url", "urldate"),
        "langid",
    }
    record = in_ris(ris(made))
    assert record["abstract"] == readable(made.quoted)
    assert (record["authors"], record["title"]) == ([readable(f"N{words}")], readable(f"T{words}"))
    script = Elements(json_ld(made, "https://a.example/"))
    assert [tag for tag, _attributes in script.found] == ["script"]
    assert json.loads(script.words)["text"] == words
    tags = Elements(highwire(made))
    assert {tag for tag, _attributes in tags.found} == {"meta"} and tags.words == ""
    assert [tag for tag, _attributes in Elements(coins(made)).found] == ["span"]
