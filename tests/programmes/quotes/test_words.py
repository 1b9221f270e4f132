"""The words that quotations are compared by, and what turns them round."""

import pytest

from programmes.quotes.direction import is_turned_by, turned_before
from programmes.quotes.related import relation
from programmes.quotes.verbatim import parts_between_omissions
from programmes.quotes.words import Wording, number_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bygge flere BENKER.", "«bygge flere benker»"),
        ("hav-\nbruk til havs", "havbruk til havs"),
        ("vare-\nog tungtransport", "vare- og tungtransport"),
        ("SFO-\ntilbud", "SFO-tilbud"),
        ("byan\u00adtikvar", "byantikvar"),
        ("12\u00a0000 kroner", "12 000 kroner"),
        ("40 pst. av alt", "40 prosent av alt"),
        ("4% av alt", "4 % av alt"),
        ("Paris-avtalen", "Parisavtalen"),
        ("ﬁnne veien", "finne veien"),
        ("“Trygge” skoleveier", "trygge skoleveier"),
    ],
)
def test_print_is_no_difference(one: str, other: str) -> None:
    assert Wording.of(one).forms == Wording.of(other).forms


@pytest.mark.parametrize(
    ("one", "other"),
    [("40 prosent", "30 prosent"), ("ikke bygge", "bygge"), ("to benker", "tre benker"), ("vei 1", "vei 12")],
)
def test_words_and_numbers_are(one: str, other: str) -> None:
    assert Wording.of(one).forms != Wording.of(other).forms


def test_words_know_their_places() -> None:
    text = "Bygge 12 000 nye ben-\nker."
    assert [(word.form, text[word.start : word.end]) for word in words_of(text)] == [
        ("bygge", "Bygge"),
        ("12000", "12 000"),
        ("nye", "nye"),
        ("benker", "ben-\nker"),
    ]


def test_numbers_are_read_in_words_and_figures() -> None:
    assert [number_of(form) for form in ("halvannen", "1,5", "40%", "tolv", "en", "benk")] == [
        "1,5",
        "1,5",
        "40",
        "12",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("source", "quoted", "turning"),
    [
        ("ikke åpne for oljeleting i fjorden", "åpne", "ikke"),
        ("hindre at avgiften gjeninnføres", "avgiften", "hindre at"),
        ("si nei til å bygge ny brygge", "bygge", "si nei til å"),
        ("legge ned fylkesveien", "fylkesveien", "legge ned"),
        ("jobbe mot ny brygge", "ny", "jobbe mot"),
        ("forbud mot fyrverkeri", "fyrverkeri", "forbud mot"),
        ("fjerne alle bomringer", "bomringer", "fjerne alle"),
        ("følge reglene mot støy på brygga", "støy", ""),
        ("Vi vil ikke mer. Bygge ny brygge", "Bygge", ""),
        ("styrke innsatsen på skolen", "skolen", ""),
        ("bygge ny brygge", "bygge", ""),
    ],
)
def test_words_before_can_turn_what_is_quoted(source: str, quoted: str, turning: str) -> None:
    wording = Wording.of(source)
    assert turned_before(wording, wording.forms.index(quoted.lower())) == turning


def test_the_end_of_a_lead_in_can_turn_what_it_leads_into() -> None:
    wording = Wording.of("Bygdelista vil ikke:\nBygge ny brygge")
    begun = Wording(wording.text, wording.words, wording.forms, wording.begins | {3})
    assert turned_before(begun, 3, sentence_ends_at=3) == "ikke"


@pytest.mark.parametrize(
    ("removed", "added", "is_turned"),
    [
        (["nei"], ["ja"], True),
        (["ikke"], [], True),
        (["øke"], ["redusere"], True),
        (["fjerne"], ["avvikle"], False),
        (["to"], ["tre"], False),
    ],
)
def test_changed_words_can_turn_a_sentence(removed: list[str], added: list[str], is_turned: bool) -> None:
    assert is_turned_by(removed, added) is is_turned


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("brygge", "bryggene", 1.0, 1.0),
        ("svømmeundervisning", "symjeundervisninga", 1.0, 1.0),
        ("studiestøtte", "støtte", 0.6, 0.8),
        ("sukkeravgift", "elavgift", 0.3, 0.5),
        ("benk", "brygge", 0.0, 0.0),
        ("3", "tre", 1.0, 1.0),
        ("3", "4", 0.0, 0.0),
    ],
)
def test_words_are_near_by_matter(one: str, other: str, least: float, most: float) -> None:
    assert least <= relation(one, other) <= most


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("bygge brygge […] innen 2030", 2),
        ("bygge brygge ... innen 2030", 2),
        ("bygge brygge (…) innen 2030 …", 2),
        ("bygge [en ny] brygge", 2),
        ("bygge brygge", 1),
    ],
)
def test_marked_omissions_part_a_quotation(text: str, parts: int) -> None:
    assert len(parts_between_omissions(text)) == parts
