"""The search page and the files and feed of all its hits."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from programmes.models import Area, Branch, Party
from programmes.publishing import publish, withdraw
from programmes.search import search
from programmes.site.entries import hit_rows
from programmes.site.views.pages import WAYS_TO_SEARCH
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

QUERIES_PER_SEARCH = 4
"""The archive's state, the passages, and which are nearly the same; with few hits the state again, for longer words."""


def fill(programmes: int = 1, pledges: int = 1) -> None:
    """Publish programmes of pledges about buses."""
    for number in range(programmes):
        words = [f"Gratis buss nummer {number} {each}." for each in range(pledges)]
        parse = builders.parsed(words, theme=builders.theme().slug, content=f"{number}".encode())
        builders.programme(year=2019 + 4 * number, title=f"Program {number}", parse=parse)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_found_is_said_in_words_with_the_words_marked(client: Client) -> None:
    fill(pledges=21)
    shown = page(client, "/sok/?q=busser")
    assert "21 løfter om «busser»" in shown
    assert "1–20 av 21" in shown
    assert "<mark>buss</mark>" in shown
    assert "Søkt i 1 program 2019–2023" in shown


def test_the_second_page_has_the_rest_and_says_so_in_the_title(client: Client) -> None:
    fill(pledges=21)
    shown = page(client, "/sok/?q=buss&side=2")
    assert "21–21 av 21" in shown
    assert 'href="/sok/?q=buss">1</a>' in shown
    assert "(side 2)" in shown


def test_a_page_that_is_no_more_leads_to_the_last(client: Client) -> None:
    fill(pledges=21)
    assert client.get("/sok/?q=buss&side=9")["Location"] == "/sok/?q=buss&side=2"


@pytest.mark.parametrize("side", ["0", "-1", "abc", "99999999999999999999", "²"])
def test_a_page_that_makes_no_sense_is_the_first(client: Client, side: str) -> None:
    fill()
    assert "1–1 av 1" in page(client, f"/sok/?q=buss&side={side}")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(client: Client, rows: int) -> None:
    fill(rows, rows)
    page(client, "/sok/?q=buss")
    with CaptureQueriesContext(connection) as queries:
        page(client, "/sok/?q=buss")
    assert len(queries) <= QUERIES_PER_SEARCH, [query["sql"] for query in queries]


def test_filters_are_links_with_counts_and_can_be_dropped(client: Client) -> None:
    fill(2, 2)
    shown = page(client, "/sok/?q=buss&aar=2019")
    assert "2 løfter" in shown
    assert "Søkt i 1 program" in shown
    assert 'class="pill" href="/sok/?q=buss"' in shown
    assert 'href="/sok/?q=buss&amp;aar=2019&amp;aar=2023"' in shown


def test_nothing_found_is_a_finding_with_ways_out(client: Client) -> None:
    fill(2)
    builders.programme(branch=builders.national_branch("FJORD", "Fjordpartiet"), year=2019)
    shown = page(client, "/sok/?q=buss&aar=1999")
    assert "0 løfter om «buss»" in shown
    assert "Søk uten filteret på valgår" in shown
    assert "(2 løfter)" in shown
    assert "Bygdelista" in shown.split("arkivet har ikke noe slikt program fra")[1].split("</tr>")[0]
    narrowed = page(client, "/sok/?q=romfart&parti=bygdelista").split("Parti for parti")[1].split("</table>")[0]
    assert "Fjordpartiet" not in narrowed
    assert "Bygdelista" in narrowed.split("har program, nevner det ikke")[1]


def test_a_mistake_in_the_query_is_explained_and_the_rest_searched(client: Client) -> None:
    fill()
    shown = page(client, '/sok/?q=buss parti:tull "')
    assert 'class="notice"' in shown


def test_a_wrong_spelling_is_asked_about(client: Client) -> None:
    fill()
    assert "Viser treff på forslaget i stedet" in page(client, "/sok/?q=grtis")


WILD = ["<script>alert(1)</script>", '"><img src=x>', "%00", "\x00", "a" * 5000, "🚌", "(((", "* * *", "-"]


@pytest.mark.parametrize("query", WILD)
def test_wild_queries_are_answered(client: Client, query: str) -> None:
    fill()
    response = client.get("/sok/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert "<img src=x" not in response.content.decode()


@pytest.mark.parametrize("typed", ["Bygdelista 2019", "bygdelista 2019–2023", "bl 2019"])
def test_a_typed_name_leads_to_the_programme(client: Client, typed: str) -> None:
    fill()
    Party.objects.filter(code="BYGD").update(short="BL")
    assert client.get("/sok/", {"q": typed})["Location"] == "/program/bygdelista/nasjonalt/2019-2023/"


def test_a_mistake_is_explained_in_the_language_of_the_page(client: Client) -> None:
    fill()
    client.cookies["django_language"] = "en"
    assert "OR must stand between two words" in page(client, "/sok/?q=buss OR")


def test_a_search_without_hits_counts_each_word_and_names_what_was_searched(client: Client) -> None:
    fill()
    shown = page(client, "/sok/?q=buss 9999 parti:bygdelista")
    assert "Søk bare på «buss»" in shown
    assert "Søkt i 1 program" in shown
    assert 'href="/program/bygdelista/nasjonalt/2019-2023/"' in shown


def test_filters_stand_only_where_there_is_something_to_narrow(client: Client) -> None:
    fill()
    assert 'class="filters"' in page(client, "/sok/?q=buss")
    assert 'class="filters"' not in page(client, "/sok/?q=romfart")


def test_a_name_that_several_programmes_have_is_a_choice(client: Client) -> None:
    for code, party in (("BYGD", "Bygdelista"), ("FJORD", "Fjordpartiet")):
        branch = builders.national_branch(code, party)
        branch.slug = "storfjell"
        branch.save()
        builders.programme(branch=branch, parse=builders.parsed([f"{party} vil ha buss."]))
    assert "Flere programmer heter dette" in page(client, "/sok/?q=Storfjell 2023")


def test_all_hits_as_csv_that_runs_no_formula(client: Client) -> None:
    builders.programme(parse=builders.parsed(['=HYPERLINK("http://ond.example") buss', "Gratis buss på Ås."]))
    rows = {row["tekst"] for row in csv_rows(client, "/sok.csv?q=buss")}
    assert rows == {'\'=HYPERLINK("http://ond.example") buss', "Gratis buss på Ås."}


def test_the_csv_opens_in_a_norwegian_spreadsheet_and_is_named_after_the_search(client: Client) -> None:
    fill()
    response = client.get("/sok.csv?q=Grønn buss&parti=bygdelista")
    assert response["Content-Disposition"] == 'attachment; filename="programarkivet-gronn-buss-bygdelista.csv"'
    (row,) = csv_rows(client, "/sok.csv?q=buss")
    assert (row["partinavn"], row["nivaa"], row["vedtak"]) == ("Bygdelista", "Nasjonalt", "vedtatt")
    assert (row["hovedtema"], row["andre_temaer"]) == ("Kultur, idrett og fritid", "")
    assert row["publisert_dato"] == localdate().isoformat()


def test_all_hits_as_a_workbook_that_runs_no_formula(client: Client) -> None:
    builders.programme(parse=builders.parsed(["=1+1 buss", "Gratis buss på Ås.", "12 busser"]))
    response = client.get("/sok.xlsx?q=buss")
    assert response["Content-Disposition"] == 'attachment; filename="programarkivet-buss.xlsx"'
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 4
    assert "<f>" not in sheet
    assert "=1+1 buss" in sheet and "Gratis buss på Ås." in sheet
    links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert links.count("http://testserver/lofte/") == 3
    about = book.read("xl/worksheets/sheet2.xml").decode()
    assert "http://testserver/sok/?q=buss" in about and "<t>3</t>" in about


def test_a_workbook_of_nothing_has_its_headings(client: Client) -> None:
    fill()
    book = zipfile.ZipFile(io.BytesIO(b"".join(client.get("/sok.xlsx?q=romfart").streaming_content)))
    assert book.read("xl/worksheets/sheet1.xml").decode().count("<row ") == 1


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_all_hits_as_json(client: Client) -> None:
    fill(pledges=25)
    answer = json.loads(b"".join(client.get("/sok.json?q=buss").streaming_content))
    assert answer["antall"] == len(answer["treff"]) == 25
    assert set(answer["treff"][0]) >= {"id", "adresse", "parti", "lag", "periode", "tekst"}


def test_the_feed_of_a_search(client: Client) -> None:
    fill(pledges=2)
    feed = ElementTree.fromstring(client.get("/sok.atom?q=buss").content)  # noqa: S314 (our own)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 2


def test_drafts_are_not_found_and_withdrawn_programmes_no_more(client: Client) -> None:
    programme = builders.programme(published=False, parse=builders.parsed(["Gratis buss."]))
    assert "0 løfter" in page(client, "/sok/?q=buss")
    publish(programme)
    assert "1 løfte om" in page(client, "/sok/?q=buss")
    withdraw(programme, reason="Feil utgave.")
    assert "0 løfter" in page(client, "/sok/?q=buss")


def test_hits_are_grouped_by_party_with_the_way_to_all_of_each(client: Client) -> None:
    fill(1, 5)
    other = builders.national_branch("FJORD", "Fjordpartiet")
    builders.programme(branch=other, parse=builders.parsed(["Gratis buss for alle."]))
    shown = page(client, "/sok/?q=buss&grupper=parti")
    assert shown.count('class="hit"') == 3 + 1
    assert 'href="/sok/?q=buss&amp;parti=bygdelista">Vis alle 5 hos Bygdelista</a>' in shown
    assert "hos Fjordpartiet" not in shown


def test_a_new_query_keeps_the_filters_and_the_order(client: Client) -> None:
    fill(2)
    shown = page(client, "/sok/?q=buss&parti=bygdelista&aar=2019&aar=2023&sorter=nyest&side=1")
    form = shown.split('role="search"')[1].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form) == [
        *(("parti", "bygdelista"), ("aar", "2019"), ("aar", "2023"), ("sorter", "nyest"))
    ]


def test_without_words_the_newest_come_first(client: Client) -> None:
    fill(2)
    shown = page(client, "/sok/")
    assert shown.index("nummer 1 0") < shown.index("nummer 0 0")
    assert "<strong>nyeste</strong>" in " ".join(shown.split())
    assert "beste treff" not in shown


def test_a_hit_names_its_party_once_and_the_programme_by_its_title(client: Client) -> None:
    place = Area.objects.create(
        code="9901", name="Storfjell", slug="storfjell", level="municipality", valid_from=date(2000, 1, 1)
    )
    branch = Branch.objects.create(
        party=builders.party("FJORD", "Fjordpartiet"),
        level="municipality",
        area=place,
        name="Storfjell Fjordparti",
        slug="storfjell",
    )
    builders.programme(branch=branch, title="Storfjell i bevegelse", parse=builders.parsed(["Gratis buss."]))
    builders.programme(title="Bygdelistas program", parse=builders.parsed(["Gratis buss for unge."]))
    shown = {words_of(row.where) for row in hit_rows(search("buss").hits, "")}
    assert {each.split(" Kultur")[0] for each in shown} == {
        "Storfjell Fjordparti Storfjell i bevegelse 2023–2027",
        "Bygdelista Bygdelistas program 2023–2027",
    }


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_ways_to_search_that_the_help_shows_are_understood(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Gratis skolemat med buss og trikk."]))
    assert "Hjelp til søk" in page(client, "/hjelp/")
    for query, _found in WAYS_TO_SEARCH:
        assert not search(query).problems or "sted:" in query or "parti:" in query, query


def test_words_are_suggested_while_one_types(client: Client) -> None:
    fill()
    assert client.get("/sok/forslag/?q=gra").json() == [{"kind": "word", "what": "", "label": "gratis", "q": "gratis"}]
    assert client.get("/sok/forslag/?q=").json() == []


def test_the_words_searched_for_are_marked_on_the_pledge_and_in_the_programme(client: Client) -> None:
    fill()
    shown = page(client, "/sok/?q=buss")
    pledge = shown.split('class="pledge"><a href="')[1].split('"')[0]
    assert "<mark>buss</mark>" in page(client, pledge)
    assert "<mark>buss</mark>" in page(client, "/program/bygdelista/nasjonalt/2019-2023/?q=buss")
