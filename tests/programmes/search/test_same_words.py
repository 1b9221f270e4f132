"""What words say in other words: derived ones, other names, verbs of one direction; each below the word itself."""

import pytest

from programmes.search import search
from programmes.search.terms import Likeness
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

PLEDGES = {
    "fjerne": "Fjerne eiendomsskatten i Storfjell.",
    "fjerning": "Fjerning av eiendomsskatten for alle hytter i kommunen.",
    "avvikle": "Avvikle eigedomsskatten.",
    "legge ned": "Legge ned ordningen med eiendomsskatt.",
    "innføre": "Innføre eiendomsskatt.",
    "styrke": "Styrke helsestasjonen.",
    "øke": "Auke lærlingtilskotet.",
    "trappe opp": "Trappe opp lærlingtilskuddet hvert år.",
    "senke": "Senke lærlingtilskuddet.",
    "tannhelse": "Gratis tannhelse for unge.",
    "kvinner": "Arbeide for kvinners rettigheter.",
    "ki": "Regulere bruken av kunstig intelligens.",
    "fou": "Bruke mer på forskning og utvikling i havbyen.",
    "fou apart": "Utvikling av bygda, og forskning på fjellet.",
    "bosetting": "Spredt bosetting av nykomne i dalen.",
    "bosettingskommune": "Bli boende i bosettingskommunen.",
    "palestinsk": "Anerkjenne en palestinsk stat.",
    "korea": "Samarbeid med Korea om skip i nord.",
    "utenforskap": "Motvirke digitalt utenforskap.",
    "utenforskap apart": "Mot utenforskap, for digitalt biblioteklån.",
    "kjernekraftverk": "Bygge kjernekraftverk ved fjorden.",
    "utleiemarked": "Et trygt utleiemarked i byen.",
    "fiskeri": "Nye avtaler om fiskeri med naboene.",
    "naboer": "Gode naboer.",
    "sykelønn": "Full sykelønn fra første dag.",
    "moms": "Lavere moms på matvarer.",
    "rimelig": "Rimelige badedrakter til alle.",
    "gratis": "Gratis badedrakter i svømmehallen.",
    "fjerne toll": "Fjerne toll på ull.",
}


@pytest.fixture(autouse=True)
def programme():
    builders.programme(parse=builders.parsed(list(PLEDGES.values())))


def found(query):
    names = {text: name for name, text in PLEDGES.items()}
    return [(names[hit.passage.text], Likeness(hit.score).name) for hit in search(query).hits]


def test_a_verb_finds_its_noun_and_then_others_of_its_direction():
    assert found("fjerne eiendomsskatt") == [
        ("fjerne", "WORD"),
        ("fjerning", "DERIVED"),
        ("avvikle", "DIRECTION"),
        ("legge ned", "DIRECTION"),
    ]


def test_a_noun_and_its_preposition_are_what_its_verb_is():
    assert {name for name, _likeness in found("fjerning av eiendomsskatt")} == {
        "fjerning", "fjerne", "avvikle", "legge ned",
    }  # fmt: skip
    assert found("legge ned eiendomsskatt")[0] == ("legge ned", "WORD")


def test_directions_are_never_crossed():
    assert {name for name, _likeness in found("heve lærlingtilskudd")} == {"øke", "trappe opp"}
    assert [name for name, _likeness in found("redusere lærlingtilskuddet")] == ["senke"]


def test_a_verb_that_is_the_whole_query_finds_itself_alone():
    assert found("øke") == [("øke", "WORD")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tannlegen", [("tannhelse", "SAME_THING")]),
        ("kvinnerettigheter", [("kvinner", "DERIVED")]),
        ("AI-regulering", [("ki", "SAME_THING")]),
        ("FoU", [("fou", "SAME_THING")]),
        ("bosette", [("bosetting", "DERIVED"), ("bosettingskommune", "COMPOUND")]),
        ("Palestina", [("palestinsk", "DERIVED")]),
        ("Nord-Korea", []),
        ("digitaltutenforskap", [("utenforskap", "COMPOUND")]),
        ("atomkraftverk", [("kjernekraftverk", "SAME_THING")]),
        ("leiemarkedet", [("utleiemarked", "SAME_THING")]),
    ],
)
def test_other_names_of_the_same_thing(query, expected):
    assert found(query) == expected


def test_what_a_hit_is_found_by():
    assert [likeness.by for likeness in sorted(Likeness, reverse=True)] == [
        "word", "word", "same thing", "word", "same direction", "narrower", "word", "heading", "some words",
    ]  # fmt: skip


def test_a_compound_that_the_archive_lacks_is_found_by_its_parts_beside_other_words():
    assert found("fiskeriavtale naboer") == [("fiskeri", "COMPOUND")]


def test_a_head_that_says_little_may_be_left_out():
    assert found("sykelønnsordningen") == [("sykelønn", "COMPOUND")]


def test_a_name_of_several_words_needs_no_preposition_and_ends_in_a_compound():
    assert found("matmoms") == [("moms", "SAME_THING")]
    assert found("merverdiavgift matvarer") == [("moms", "SAME_THING")]


def test_a_direction_may_find_another_but_is_not_found_by_it():
    assert found("kutte toll") == [("fjerne toll", "DIRECTION")]
    assert found("billige badedrakter") == [("rimelig", "DIRECTION"), ("gratis", "DIRECTION")]
    assert found("gratis badedrakter") == [("gratis", "WORD")]
