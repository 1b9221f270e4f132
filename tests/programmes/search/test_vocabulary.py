"""The archive's own words: what a misspelling stands for, and what a word typed without its signs may be."""

import pytest

from programmes.search.vocabulary import Vocabulary

WORDS = """
    barnevern kollektivtrafikk likestilling jernbane kommune kommuner kommunen kollektivtransport vindkraft
    sykehjem
    funksjonsnedsettelse eiendomsskatt videregående skole skoler helse tannlege bompenger jernbanestasjon
    ikke skal Bærum bærum grønn lærling fôr for idé kafé sápmi e-helse samlag landbruk høring
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(dict.fromkeys(WORDS.split(), 5))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("barneværn", "barnevern"),
        ("kolektivtrafikk", "kollektivtrafikk"),
        ("kollektivtraffik", "kollektivtrafikk"),
        ("likstilling", "likestilling"),
        ("jernebane", "jernbane"),
        ("komune", "kommune"),
        ("kommunne", "kommune"),
        ("vinkraft", "vindkraft"),
        ("sykejem", "sykehjem"),
        ("tanlege", "tannlege"),
        ("funksjonsnedsetelse", "funksjonsnedsettelse"),
        ("eiendomskatt", "eiendomsskatt"),
        ("videregånde", "videregående"),
        ("helce", "helse"),
        ("statsjon", "stasjon"),  # a usual word that the archive has in a compound
    ],
)
def test_a_misspelling_stands_for_a_word_of_the_archive(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert vocabulary.suggest(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "golfbane",  # right words that the archive lacks
        "sjakklag",
        "kystpakken",
        "månelanding",
        "skule",
        "ikkje",
        "skolde",
        "ike",  # too short, and a function word at that
        "skall",
        "xyzzyx",
        "barnevern",
    ],
)
def test_a_right_word_is_not_corrected_and_nothing_becomes_a_function_word(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.suggest(typed) is None


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("baerum", ("bærum",)),
        ("gronn", ("grønn",)),
        ("laerling", ("lærling",)),
        ("sapmi", ("sápmi",)),
        ("for", ()),  # not fôr
        ("ide", ()),  # idé is the same family already
        ("horing", ("høring",)),
    ],
)
def test_letters_typed_without_their_signs(vocabulary: Vocabulary, typed: str, read_as: tuple[str, ...]) -> None:
    assert vocabulary.unfolded(typed) == read_as


@pytest.mark.parametrize(
    ("form", "has"), [("kommunene", True), ("skolen", True), ("skolebok", False), ("golf", False), ("e-helse", True)]
)
def test_the_archive_has_a_word_in_another_form(vocabulary: Vocabulary, form: str, has: bool) -> None:
    assert vocabulary.has(form) is has
