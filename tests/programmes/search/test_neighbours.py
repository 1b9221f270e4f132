"""Words about the same matter: by the company they keep, and for words that the archive lacks by how they are made."""

import numpy as np
import pytest

from programmes.norwegian.analysis import analyse
from programmes.search import engine_named
from programmes.search.lsa import word_vectors
from programmes.search.neighbours import NONE, Neighbours
from programmes.search.whoosh_snapshot import NEIGHBOURS
from tests import builders

PLACES = ["Nordvik", "Sørvik", "Østvik", "Vestvik", "Midtvik"]
OTHER_MATTERS = "rom musikk maling lesing dans redskap honning blomster frukt ved stein kunst snekring"
PLEDGES = [
    pledge.format(place)
    for place in PLACES
    for pledge in (
        "Flere avganger med hurtigbåt og ferge til {}.",
        "Lavere billettpris på ferge og hurtigbåt ved {}.",
        "Mer beite for sau og geit i {}.",
        "Trygge sau og geit mot jerven ved {}.",
        "Skøytebane og hoppbakke i {}.",
        *(f"Mer {word} i {{}}." for word in OTHER_MATTERS.split()),
    )
]


def near(neighbours, word, limit=5):
    return [name for name, _similarity in neighbours.of(word, limit)]


@pytest.fixture
def neighbours():
    """Those of the pledges, read by hand."""
    families = [{f for word in pledge.lower().strip(".").split() for f in analyse(word).families} for pledge in PLEDGES]
    keys_of = {
        family: np.array([key for key, of_pledge in enumerate(families, 1) if family in of_pledge])
        for family in set().union(*families)
    }
    counts = {word: 5 for pledge in PLEDGES for word in pledge.lower().strip(".").split()}
    return Neighbours.of_archive(np.arange(1, len(PLEDGES) + 1), keys_of, counts)


def test_words_that_keep_the_same_company(neighbours):
    assert "avganger" in near(neighbours, "hurtigbåt") or "billettpris" in near(neighbours, "hurtigbåt")
    assert not {"beite", "hoppbakke"} & set(near(neighbours, "hurtigbåt"))


def test_words_that_the_archive_lacks(neighbours):
    assert near(neighbours, "hoppbakkerekord")[0] == "hoppbakke"
    assert near(neighbours, "musiker") == ["musikk", "kultur", "kunstnere"]
    assert near(neighbours, "musikerdebatt") == near(neighbours, "musiker")
    assert near(neighbours, "hoppbakke-rekorden")[0] == "hoppbakke"
    assert near(neighbours, "NRK-rekorden")[0] == "NRK"
    assert near(neighbours, "nord-ferge") == []
    assert near(neighbours, "skøytebaner") == near(neighbours, "skøytebane")


@pytest.mark.parametrize("word", ["golfbane", "frimerker", "månelanding", "sjakk", "romskip"])
def test_nothing_rather_than_what_is_far_fetched(neighbours, word):
    assert near(neighbours, word) == []


def test_what_is_kept_is_the_same_every_time(neighbours):
    again = Neighbours.from_bytes(neighbours.to_bytes())
    assert again.to_bytes() == neighbours.to_bytes()
    assert near(again, "hurtigbåt") == near(neighbours, "hurtigbåt")
    assert Neighbours.from_bytes(NONE.to_bytes()).of("ferge", 5) == []


def test_vectors_of_words_in_the_same_passages_are_alike():
    one, two, other = word_vectors([np.array([0, 1, 2]), np.array([0, 1, 2]), np.array([3, 4])], 6).astype(np.float64)
    assert one @ two > 0.99
    assert abs(one @ other) < 0.1
    assert word_vectors([], 0).shape == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
def test_an_engine_keeps_them_with_its_index(neighbours, engine):
    engine_named(engine).vocabulary()  # a process asks for it first, and sees whether its index is still the one
    assert engine_named(engine).neighbours().of("hurtigbåt", 5) == []
    builders.programme(parse=builders.parsed(PLEDGES))
    if engine == "postgres":
        engine_named(engine).rebuild()
    engine_named(engine).vocabulary()
    assert near(engine_named(engine).neighbours(), "hurtigbåt") == near(neighbours, "hurtigbåt")


@pytest.mark.django_db(transaction=True)
def test_an_index_without_them_is_built_anew():
    builders.programme(parse=builders.parsed(PLEDGES))
    folder = engine_named("whoosh").folder
    folder.ask(lambda index: index.neighbours)
    (folder.path / folder._current() / NEIGHBOURS).unlink()
    folder._snapshot = None
    assert near(engine_named("whoosh").neighbours(), "hurtigbåt")
