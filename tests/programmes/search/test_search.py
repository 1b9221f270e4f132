"""The one door: what is found, counted, sorted, marked and kept out."""

from dataclasses import replace

import pytest

from programmes.models import Party, Programme
from programmes.publishing import publish, withdraw
from programmes.search import Filters, catalogue, marker, search, suggestions
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

PLEDGES = (
    "Bygge nye skoler i Storfjell.",
    "Styrke skolehelsetjenesten for elever.",
    "Gi gratis SFO til alle.",
    "At skulen skal vere gratis & <b>god</b>.",
    "Verne om bondens jord i Bærum.",
)


@pytest.fixture
def programme() -> Programme:
    return builders.programme(parse=builders.parsed(PLEDGES))


def texts(query, **options):
    return [hit.passage.text for hit in search(query, **options).hits]


@pytest.mark.parametrize("typed", ["skole", "skoler", "skulen"])
def test_every_inflection_is_worth_as_much_and_comes_before_compounds(programme, typed):
    assert texts(typed) == [PLEDGES[0], PLEDGES[3], PLEDGES[1]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gratis skole", [3]),
        ('"gratis SFO"', [2]),
        ('"SFO gratis"', []),
        ("gratis -SFO", [3]),
        ("skolefritidsordning", [2]),
        ("elever OR jord", [1, 4]),
        ("skolehelse*", [1]),
        ("baerum", [4]),
        ("bonde", [4]),
        ("bonder", [4]),
        ("kapittel:kultur gratis", [2, 3]),
        ("parti:bygd elever", [1]),
        ("parti:ukjent elever", []),
        ("far", []),
        ("i", [0, 4]),
        ("bygdelista", [0, 1, 2, 3, 4]),
    ],
)
def test_the_grammar_finds(programme, query, found):
    assert sorted(texts(query)) == sorted(PLEDGES[number] for number in found)


@pytest.mark.parametrize("name", ["bygd", "bygdelista", "Bl", '"Folkets Bygdeliste"', '"Bygdelista på nynorsk"'])
def test_a_filter_knows_a_party_by_every_name_of_the_register(programme, name):
    names = {"short": "BL", "also": ["Folkets Bygdeliste"], "name_nn": "Bygdelista på nynorsk"}
    Party.objects.filter(code="BYGD").update(**names)
    assert texts(f"parti:{name} elever") == [PLEDGES[1]]


def test_a_lead_in_is_found_by_its_words_and_not_by_words_within_them():
    parse = builders.parsed(PLEDGES)
    entries = tuple(replace(entry, lead_in="Arbeiderpartiet vil:") for entry in parse.entries)
    builders.programme(parse=replace(parse, entries=entries))
    assert len(texts("arbeiderparti")) == len(PLEDGES)
    assert texts("arbeider") == texts("parti") == []


def test_an_empty_query_finds_every_pledge(programme):
    assert search("").total == len(PLEDGES)


def test_snippets_are_escaped_before_they_are_marked(programme):
    (hit,) = search("gratis -SFO").hits
    assert hit.snippet == "At skulen skal vere <mark>gratis</mark> &amp; &lt;b&gt;god&lt;/b&gt;."


def test_a_misspelling_is_answered_with_what_it_stands_for(programme):
    answer = search("skolehelsetjenestn")
    assert (answer.suggestion, answer.searched, answer.total) == ("skolehelsetjeneste", "skolehelsetjeneste", 1)


def test_letters_typed_without_their_signs_are_told_of(programme):
    assert search("baerum").read_as == (("baerum", "bærum"),)


def test_drafts_and_withdrawn_programmes_are_never_found(programme):
    draft = builders.programme(title="Kladd", published=False, parse=builders.parsed(["Bygge skoler i hemmelighet."]))
    assert search("hemmelighet").total == 0
    publish(draft)
    assert search("hemmelighet").total == 1
    withdraw(draft, reason="Feil fil.")
    assert search("hemmelighet").total == 0
    assert search("skoler").total == 3


def test_each_facet_is_counted_with_the_other_filters(programme):
    other = builders.national_branch("FJORD", "Fjordpartiet")
    builders.programme(branch=other, year=2021, parse=builders.parsed(["Bygge skoler ved fjorden."]))
    answer = search("skoler", filters=Filters(party=("fjordpartiet",)))
    assert answer.total == 1
    assert [(row.value, row.count, row.selected) for row in answer.facets["party"]] == [
        ("bygdelista", 3, False),
        ("fjordpartiet", 1, True),
    ]
    assert [(row.value, row.count) for row in answer.facets["year"]] == [("2021", 1)]


def test_sorting_by_year(programme):
    branch = builders.national_branch("FJORD", "Fjordpartiet")
    builders.programme(
        branch=branch, year=2027, parse=builders.parsed(["Bygge mange nye skoler ved den lange fjorden."])
    )
    assert search("skoler", sort="newest").hits[0].passage.programme.period_start == 2027
    assert search("skoler", sort="relevance").hits[0].passage.programme.period_start == 2023


def test_pages_share_one_total(programme):
    whole = texts("")
    assert texts("", page=1, per_page=2) + texts("", page=2, per_page=2) + texts("", page=3, per_page=2) == whole


def test_a_search_without_hits_says_what_dropping_a_filter_gives(programme):
    answer = search("elever", filters=Filters(year=("1999",)))
    assert (answer.total, answer.without_filter) == (0, {"year": 1})
    assert [(row.party, row.programmes) for row in answer.coverage] == [("bygdelista", 0)]
    assert [row.programmes for row in search("ukjentord").coverage] == [1]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("skolehel", ("skolehelsetjenesten",)),
        ("gratis ele", ("gratis elever",)),
        ("", ()),
        ("g", ()),
        ('"', ()),
        ("ikk", ()),
    ],
)
def test_the_last_word_is_completed_with_words_of_the_archive(programme, typed, suggested):
    assert suggestions(typed) == suggested


def test_a_suggestion_is_never_a_function_word(programme):
    assert search("skulll").suggestion not in {"skulle", "skal"}


def test_other_texts_are_marked_with_the_same_analysis(programme):
    assert marker("skole -by").html("Skulen & byen") == "<mark>Skulen</mark> &amp; byen"


def test_a_long_text_is_shown_from_the_sentence_with_most_of_the_words():
    filler = "Kommunen har mange oppgaver, og de skal løses godt av dem som kan dem best. " * 5
    text = f"Skolen er viktig. {filler}Maten på skolen skal være gratis. Resten er som før."
    builders.programme(parse=builders.parsed([text], prose=[text]))
    found = search("gratis mat skole")
    start = "… <mark>Maten</mark> på <mark>skolen</mark> skal være <mark>gratis</mark>. Resten er som før."
    assert found.hits[0].snippet == start
    assert found.mentions[0].sentence == "<mark>Maten</mark> på <mark>skolen</mark> skal være <mark>gratis</mark>. "
    assert found.mentions[0].after == "Resten er som før."


def test_another_name_of_several_words_is_marked_where_it_stands_whole():
    text = "Mennesker med nedsatt funksjonsevne skal få hjelp, også der farten er nedsatt."
    builders.programme(parse=builders.parsed([text]))
    found = search("funksjonshemmet").hits[0].snippet
    assert found == (
        "Mennesker med <mark>nedsatt</mark> <mark>funksjonsevne</mark> skal få hjelp, også der farten er nedsatt."
    )


def test_a_heading_that_is_gone_is_left_out_until_the_index_is_made_right(programme):
    assert [chapter.section.title for chapter in search("kultur").chapters] == ["Kultur"]
    programme.sections.all().delete()
    catalogue._kept.clear()
    assert search("kultur").chapters == ()


def test_a_page_has_all_its_sections_when_too_many_are_kept(programme, monkeypatch):
    monkeypatch.setattr(catalogue, "KEPT_SECTIONS", 0)
    builders.programme(year=2019, parse=builders.parsed(["Legge ned skoler."], content=b"other", section="Ny skole"))
    assert texts("ned skole") == ["Legge ned skoler."]
    assert len(texts("skole")) == 4, "one section was kept from before, the other was not"
