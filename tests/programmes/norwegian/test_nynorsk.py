"""Nynorsk and bokmål as one, and the table that says so."""

import pytest

from ingest.parser.ocr.readings import word_lists
from programmes.norwegian import lexicon
from programmes.norwegian.nynorsk import TABLE, bokmal, in_bokmal_letters, in_nynorsk, listed

ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
USES = {"lemma", "alone", "stem", "letters", "form", "back"}


def test_every_row_can_be_read() -> None:
    wrong = [row for row in ROWS if len(row) not in (3, 4) or not all(row) or not USES.issuperset(row[2].split(","))]
    assert wrong == []


@pytest.mark.parametrize("use", sorted(USES - {"alone"}))
def test_no_spelling_is_read_in_two_ways_for_one_use(use: str) -> None:
    spellings = [row[0] for row in ROWS if use in row[2].split(",")]
    assert sorted(set(spellings)) == sorted(spellings)


def test_a_pair_stands_in_one_row() -> None:
    pairs = [(row[0], row[1]) for row in ROWS]
    assert sorted(set(pairs)) == sorted(pairs)


@pytest.mark.parametrize(
    ("lemma", "meant"),
    [
        ("tilskot", "tilskudd"),  # listed
        ("skule", "skole"),  # by a stem
        ("offentleg", "offentlig"),  # by an ending
        ("veg", "vei"),
        ("verk", "verk"),  # a word of bokmål, though a stem fits
        ("skole", "skole"),
    ],
)
def test_bokmal(lemma: str, meant: str) -> None:
    assert bokmal(lemma) == meant


def test_only_listed_words_are_listed() -> None:
    assert (listed("tilskot"), listed("skole")) == ("tilskudd", None)


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("Skulane", "skolene"),
        ("sjukeheim", "sykehjem"),
        ("skulder", "skulder"),  # a row of equals shields it
        ("ungar", "barn"),  # in this form alone
        ("jernbane", "jernbane"),
        ("trygghet", "trygghet"),
    ],
)
def test_bokmal_letters(word: str, letters: str) -> None:
    assert in_bokmal_letters(word) == letters


def test_the_beginning_of_a_word_keeps_its_end() -> None:
    assert (in_bokmal_letters("samlar"), in_bokmal_letters("samlar", is_beginning=True)) == ("samler", "samlar")


@pytest.mark.parametrize(
    ("form", "expected"), [("søkere", {"søkarar"}), ("særlig", {"særleg"}), ("målingen", {"målinga"}), ("får", set())]
)
def test_nynorsk_forms(form: str, expected: set[str]) -> None:
    assert in_nynorsk(form) == expected


def test_search_and_ocr_share_one_list_of_words() -> None:
    assert word_lists().bokmal is lexicon.frequencies()
