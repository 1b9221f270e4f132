"""The search page: pledges, other text and headings as parts of one answer, and how the query was read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from ingest.parser.document import Entry, Item, ParsedProgramme
from programmes.models import Branch, Party, Passage
from programmes.search import search
from programmes.search.results import Neighbour
from programmes.site.entries import hit_rows
from programmes.site.links import QueryLinks
from programmes.site.understood import nearby, notices
from tests import builders
from tests.programmes.site.test_search_page import QUERIES_PER_SEARCH, page

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Folk flest reiser lite. Bussen går for sjelden i bygda. Slik kan det ikke fortsette."


def mixed(
    pledges: Sequence[str] = ("Gratis buss.",), *, prose: Sequence[str] = (TEXT,), **options: str
) -> ParsedProgramme:
    """Return a parse with entries of every kind: a prose pledge, a question and a dissent are marked by their words."""
    parse = builders.parsed(list(pledges), prose=list(prose), **options)

    def marked(entry: Entry) -> Entry:
        if isinstance(entry, Item):
            dissent = "Dissens 1" if "ekspress" in entry.text else ""
            return replace(entry, kind="question" if entry.text.endswith("?") else "pledge", dissent=dissent)
        return replace(entry, kind="prose_pledge") if entry.text.startswith("Vi vil") else entry

    return replace(parse, entries=tuple(map(marked, parse.entries)))


def words_of(html: str) -> str:
    """Return what a reader sees of some HTML, on one line."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def heading_of(shown: str) -> str:
    return words_of(shown.split("<h1>")[1].split("</h1>")[0])


ALL_KINDS = ("Gratis buss.", "Flere busser.", "Bør bussen gå oftere?", "Bygge ekspressbuss.")
ALL_PROSE = (TEXT, "Vi vil at bussen skal gå hver time.", "Bussen er full.")


def test_the_heading_says_the_sum_in_words(client: Client) -> None:
    builders.programme(parse=mixed(ALL_KINDS, prose=ALL_PROSE, section="Buss"))
    assert heading_of(page(client, "/sok/?q=buss")) == (
        "4 løfter om «buss», 1 av dem i løpende tekst og 1 forslag som partiet ikke står bak"
        " · 3 steder ellers i programmene"
    )


def test_pledges_of_each_kind_say_what_they_are_and_dissents_come_last(client: Client) -> None:
    builders.programme(parse=mixed(ALL_KINDS, prose=ALL_PROSE))
    hits = page(client, "/sok/?q=buss").split('id="ellers"')[0].split('class="hit"')[1:]
    said = {words_of(hit.split('class="pledge">')[1].split("</h3>")[0]): words_of(hit) for hit in hits}
    assert "i løpende tekst" in said["Vi vil at bussen skal gå hver time."]
    assert "spørsmål" in said["Bør bussen gå oftere?"]
    assert "i løpende tekst" not in said["Gratis buss."]
    assert "Dissens: Dissens 1 Dette er ikke partiets eget løfte." in words_of(hits[-1])


def test_the_form_of_pledges_is_a_filter(client: Client) -> None:
    builders.programme(parse=mixed(ALL_KINDS, prose=ALL_PROSE))
    shown = page(client, "/sok/?q=buss&form=text")
    assert heading_of(shown).startswith("1 løfte om «buss»")
    assert 'class="pill" href="/sok/?q=buss"' in shown
    assert "I løpende tekst" in shown
    assert heading_of(page(client, "/sok/?q=buss&form=list")).startswith("3 løfter om «buss» og 1 forslag")


def test_other_text_shows_the_sentence_that_hits_and_folds_the_rest(client: Client) -> None:
    builders.programme(parse=mixed(section="Skole"))
    shown = page(client, "/sok/?q=buss")
    assert "Også nevnt i teksten (1 sted)" in shown
    mention = shown.split('id="nevnt"')[1]
    passage = Passage.objects.get(kind="prose")
    assert f'<h3 class="said"><a href="/avsnitt/{passage.public_id}/?q=buss"><mark>Bussen</mark> går' in mention
    folded = words_of(mention.split("<details")[1].split("</details>")[0].split(">", 1)[1])
    assert folded == f"Vis hele avsnittet {TEXT}"
    assert "Skole" in words_of(mention)
    assert "linje 3–4" in mention


def test_the_first_places_are_shown_and_all_have_pages_of_their_own(client: Client) -> None:
    builders.programme(parse=mixed(prose=[f"Bussen er full på rute {number}." for number in range(22)]))
    shown = page(client, "/sok/?q=buss")
    assert shown.split('id="nevnt"')[1].count('class="hit"') == 5
    assert 'href="/sok/?q=buss&amp;del=tekst"' in shown
    assert "Se alle 22 stedene" in shown
    second = page(client, "/sok/?q=buss&del=tekst&side=2")
    assert second.count('class="hit"') == 2
    assert 'href="/sok/?q=buss&amp;del=tekst">1</a>' in second
    assert '<a href="/sok/?q=buss">Løfter' in second
    assert client.get("/sok/?q=buss&del=tekst&side=9")["Location"] == "/sok/?q=buss&del=tekst&side=2"


def test_headings_lead_to_all_pledges_below_them(client: Client) -> None:
    builders.programme(parse=mixed(["Sykle mer.", "Gå mer."], section="Buss og bane", prose=[]))
    shown = page(client, "/sok/?q=buss")
    assert "Kapitler som heter dette (2 løfter)" in shown
    assert "<mark>Buss</mark> og bane" in shown
    assert 'href="/sok/?q=kapittel%3Abuss"' in shown
    assert heading_of(page(client, "/sok/?q=kapittel:buss")).startswith("2 løfter om")
    assert page(client, "/sok/?q=buss&del=kapitler").count('class="hit"') == 1


def test_no_parts_without_words_to_be_mentioned(client: Client) -> None:
    builders.programme(parse=mixed())
    assert 'class="parts"' not in page(client, "/sok/")
    assert 'class="parts"' not in page(client, "/sok/?q=parti:bygdelista")
    assert heading_of(page(client, "/sok/?q=parti:bygdelista")) == "1 løfte"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_parts(client: Client, number: int) -> None:
    for each in range(number):
        parse = mixed(
            ALL_KINDS, prose=[f"{text} {each}" for text in ALL_PROSE], section="Buss", content=f"{each}".encode()
        )
        builders.programme(year=2015 + 4 * each, parse=parse)
    page(client, "/sok/?q=buss")
    with CaptureQueriesContext(connection) as queries:
        page(client, "/sok/?q=buss")
    assert len(queries) <= QUERIES_PER_SEARCH, [query["sql"] for query in queries]


# How the query was read


def two_parties() -> tuple[Branch, Branch]:
    bygd, fjord = builders.national_branch(), builders.national_branch("FJORD", "Fjordpartiet")
    Party.objects.filter(code="FJORD").update(short="FjP")
    builders.programme(branch=bygd, parse=mixed(["Gratis buss."], prose=[]))
    builders.programme(
        branch=fjord, parse=mixed(["Billig buss.", "Flere ferjer."], prose=["Ferjekaia ved Nes er slitt."])
    )
    return bygd, fjord


def test_a_name_read_as_a_filter_is_a_pill_that_can_be_undone(client: Client) -> None:
    two_parties()
    shown = page(client, "/sok/?q=fjp buss")
    assert heading_of(shown) == "1 løfte om «buss»"
    pills = shown.split('class="applied"')[1].split("</ul>")[0]
    assert words_of(pills.split(">", 1)[1]) == "Parti: Fjordpartiet søk etter ordet i stedet"
    assert 'href="/sok/?q=ord%3Afjp%20buss"' in pills
    assert '<li class="chosen"><a href="/sok/?q=ord%3Afjp%20buss"' in shown.split('class="filters"')[1]


def test_an_excluded_name_says_so(client: Client) -> None:
    two_parties()
    shown = page(client, "/sok/?q=buss -fjp")
    assert "Parti: ikke Fjordpartiet" in shown
    assert "Gratis" in shown
    assert "Billig" not in shown


def test_the_frame_of_a_question_is_left_out_and_can_be_asked_for(client: Client) -> None:
    two_parties()
    shown = page(client, "/sok/?q=hva mener partiene om buss")
    assert heading_of(shown) == "2 løfter om «buss»"
    assert "Utelatt fra søket: hva mener partiene om ·" in shown
    assert 'href="/sok/?q=ord%3Ahva%20ord%3Amener%20ord%3Apartiene%20ord%3Aom%20buss">søk med alle ordene</a>' in shown


def test_fewer_words_are_told_of(client: Client) -> None:
    two_parties()
    shown = page(client, "/sok/?q=gratis ferjer")
    assert "Ingen løfter har alle ordene. Viser løfter med" in shown


def test_a_lone_word_that_names_a_party_too_offers_it(client: Client) -> None:
    branch = builders.national_branch("V", "Venstre")
    builders.programme(branch=branch, parse=mixed(["Svinge til venstre med buss."], prose=[]))
    shown = page(client, "/sok/?q=venstre")
    assert "Mente du partiet Venstre?" in shown
    assert '<a href="/sok/?q=parti%3Avenstre">Vis løftene fra Venstre</a>' in shown


def test_what_is_near_is_told_of_with_the_word_that_was_typed(client: Client) -> None:
    two_parties()
    found = search("hva mener fjp om nikab?")
    near = search("fjp buss")
    result = replace(near, query=found.query, readings=found.readings, neighbour="buss")
    assert [notice.text for notice in notices(result)] == ["Ingen løfter har ordet nikab. Viser løfter om buss."]


def test_other_searches_about_the_same_matter_keep_the_names(client: Client) -> None:
    two_parties()
    result = replace(search("fjp buss"), same_matter=(Neighbour("ferje", 1),))
    links = QueryLinks(RequestFactory().get("/sok/?q=fjp buss&aar=2023"))
    assert [(other.words, other.count, other.url) for other in nearby(result, links)] == [
        ("ferje", 1, "/sok/?q=fjp%20ferje&aar=2023")
    ]


@pytest.mark.parametrize(
    ("by", "label"),
    [("same thing", "annet navn på det samme"), ("same direction", "samme retning"), ("narrower", "del av dette")],
)
def test_a_hit_by_something_else_than_the_word_says_so(by: str, label: str) -> None:
    two_parties()
    hit = search("fjp buss").hits[0]
    (row,) = hit_rows([replace(hit, by=by)], "")
    assert label in words_of(row.where)
    assert label not in words_of(hit_rows([hit], "")[0].where)


# Nothing found


def test_a_zero_tells_the_truth_about_each_party(client: Client) -> None:
    two_parties()
    Party.objects.create(code="HOLM", slug="holmen", name_nb="Holmen", name_nn="Holmen", storting_since=2001)
    shown = page(client, "/sok/?q=ferjekai")
    rows = dict(
        re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>', shown.split("Parti for parti")[1], re.DOTALL)
    )
    assert {truth: words_of(parties) for truth, parties in rows.items()} == {
        "står i teksten hos": "Fjordpartiet (1 sted)",
        "har program, nevner det ikke": "Bygdelista",
        "arkivet har ikke noe program fra": "Holmen",
    }
    assert 'href="/sok/?q=ferjekai&amp;parti=fjordpartiet#ellers"' in rows["står i teksten hos"]
    assert "Nevnt i teksten (1 sted)" in shown


def test_a_party_without_programmes_is_told_of_and_can_be_dropped(client: Client) -> None:
    two_parties()
    Party.objects.create(code="HOLM", slug="holmen", name_nb="Holmpartiet", name_nn="Holmpartiet")
    shown = page(client, "/sok/?q=holmpartiet buss")
    assert heading_of(shown) == "0 løfter om «buss»"
    assert "Holmpartiet" in words_of(shown.split("arkivet har ikke noe program fra")[1].split("</tr>")[0])
    assert '<a href="/sok/?q=buss">Søk uten filteret på parti</a> (2 løfter)' in shown


# The same pledge in several programmes


def test_exact_duplicates_are_folded_on_the_page_alone(client: Client) -> None:
    for code, party in (("BYGD", "Bygdelista"), ("FJORD", "Fjordpartiet")):
        builders.programme(
            branch=builders.national_branch(code, party), parse=mixed(["Gratis buss for alle."], prose=[])
        )
    shown = page(client, "/sok/?q=buss")
    assert shown.count('class="hit"') == 1
    assert "Samme løfte i 2 programmer:" in shown
    assert re.search(r'<p class="same">[^<]*<a href="/lofte/\w+/">(Bygdelista|Fjordpartiet) 2023–2027</a>', shown)
    assert found(client, "/sok.json?q=buss")["antall"] == 2


def test_the_same_words_under_another_lead_in_or_as_a_dissent_are_no_duplicates(client: Client) -> None:
    builders.programme(parse=mixed(["Bygge bussvei.", "Bygge bussvei.", "Bygge bussvei."], prose=[]))
    first, second, _third = Passage.objects.order_by("position")
    Passage.objects.filter(pk=first.pk).update(lead_in="Vi vil ikke:")
    Passage.objects.filter(pk=second.pk).update(dissent="Dissens 2")
    assert page(client, "/sok/?q=bussvei").count('class="hit"') == 3


# Files


def found(client: Client, address: str) -> Any:
    return json.loads(b"".join(client.get(address).streaming_content))


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_files_say_what_each_hit_is(client: Client) -> None:
    builders.programme(parse=mixed(ALL_KINDS, prose=ALL_PROSE, section="Buss"))
    rows = rows_of(client, "/sok.csv?q=buss")
    assert {row["tekst"]: row["type"] for row in rows} == {
        "Gratis buss.": "løfte",
        "Flere busser.": "løfte",
        "Bør bussen gå oftere?": "spørsmål",
        "Vi vil at bussen skal gå hver time.": "løfte i løpende tekst",
        "Bygge ekspressbuss.": "dissens",
    }
    assert list(rows[0])[:13] == [
        *("id", "adresse", "parti", "lag", "program", "periode", "kapittel", "innledning", "tekst", "side", "linje"),
        *("vedtak", "dissens"),
    ]
    assert {row["funnet_ved"] for row in rows} == {"ordet"}


def test_the_json_has_the_other_places_too(client: Client) -> None:
    builders.programme(parse=mixed(ALL_KINDS, prose=ALL_PROSE, section="Buss"))
    answer = found(client, "/sok.json?q=buss")
    assert (answer["antall"], answer["dissenser"], len(answer["treff"])) == (4, 1, 5)
    assert {hit["kind"] for hit in answer["treff"]} == {"pledge", "question", "prose_pledge"}
    assert {hit["by"] for hit in answer["treff"]} == {"word"}
    assert answer["ellers"]["antall"] == 3
    assert sorted(place["kind"] for place in answer["ellers"]["treff"]) == ["prose", "prose", "section"]
    for place in answer["ellers"]["treff"]:
        assert client.get(place["adresse"]).status_code in {200, 302}
    assert found(client, "/sok.json?q=parti:bygdelista")["ellers"]["antall"] == 0


def test_the_feed_says_what_each_hit_is(client: Client) -> None:
    builders.programme(parse=mixed(ALL_KINDS, prose=ALL_PROSE))
    feed = client.get("/sok.atom?q=buss").content.decode()
    assert '<category term="spørsmål"' in feed
    assert "[dissens: Dissens 1]" in feed
    assert "Folk flest" not in feed
