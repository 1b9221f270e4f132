"""Verbs and their nouns, compounds and their genitives, verbs of several words, and verbs of one direction."""

import pytest

from programmes.norwegian.analysis import analyse
from programmes.norwegian.derivation import compounds_of, genitives_of, nouns_of, verbs_of
from programmes.norwegian.directions import (
    TABLE,
    derived,
    direction_of,
    directions_with,
    has_direction,
    several_words,
    with_particle,
)
from programmes.norwegian.tables import DOERS, OWN_NOUNS, OWN_WAY


@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("fjerne", "fjerning"),
        ("øke", "økning"),
        ("oppheve", "opphevelse"),
        ("legge ned", "nedleggelse"),
        ("bygge ut", "utbygging"),
        ("pendle", "pendler"),
        ("bosette", "bosetting"),
        ("ansette", "ansettelse"),  # of a strong verb
        ("verne", "verning"),
        ("utvise", "utvisning"),
        ("utvise", "utvising"),
        ("redusere", "reduksjon"),  # in -sjon
        ("adoptere", "adopsjon"),
        ("energieffektivisere", "energieffektivisering"),  # of a compound
        ("flytte ut", "utflytting"),
        ("slippe ut", "utslipp"),
        ("beskatte", "beskatning"),
        ("abortere", "abort"),
    ],
)
def test_a_verb_and_its_noun(verb: str, noun: str) -> None:
    assert noun in derived(verb)
    assert verb in derived(noun)


@pytest.mark.parametrize(("verb", "noun"), OWN_NOUNS)
def test_a_noun_of_its_own_follows_no_rule(verb: str, noun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert noun in derived(verb)
    others = tuple(row for row in OWN_NOUNS if row != (verb, noun))
    monkeypatch.setattr("programmes.norwegian.derivation.OWN_NOUNS", others)
    nouns_of.cache_clear()
    made = nouns_of(verb)
    nouns_of.cache_clear()
    assert noun not in made


def test_nouns_of_one_verb_find_each_other() -> None:
    assert "vern" in derived("verning")
    assert "utvising" in derived("utvisning")


def test_what_a_verb_with_a_particle_makes_has_the_verb_at_its_end() -> None:
    assert "utleie" in with_particle("leie")
    assert "utflytting" in with_particle("flytting")
    assert with_particle("skole") == frozenset()


@pytest.mark.parametrize(
    "word", ["skole", "lege", "helse", "lærer", "stilling", "ordning", "institusjon", "renovasjon"]
)
def test_what_only_looks_like_a_verb_or_its_noun(word: str) -> None:
    assert nouns_of(word) == verbs_of(word) == frozenset()


@pytest.mark.parametrize("word", sorted(OWN_WAY | DOERS))
def test_every_word_of_the_tables_has_a_verb(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programmes.norwegian.derivation.OWN_WAY", frozenset())
    nouns_of.cache_clear()
    verbs_of.cache_clear()
    found = verbs_of(word)
    nouns_of.cache_clear()
    verbs_of.cache_clear()
    assert found


def test_a_compound_and_its_genitive() -> None:
    assert ("kvinners", "rettighet") in genitives_of("kvinnerettighet")
    assert "kvinnerettighet" in compounds_of("kvinners", "rettighet")
    assert genitives_of("rettighet") == ()
    assert compounds_of("flere", "rettighet") == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi legger ned rådet og bygger ut banen.", ["legge ned", "bygge ut"]),
        ("Ordninga vert lagt ned.", ["legge ned"]),
        ("Byggje ut bana, opne for snøskuter.", ["bygge ut", "åpne for"]),
        ("Si nei til gruver.", ["si nei til"]),
        ("Legge til rette, og ned med prisene.", []),
    ],
)
def test_verbs_of_several_words(text: str, found: list[str]) -> None:
    verbs = list(several_words(text))
    assert [name for _start, _end, name in verbs] == found
    assert all(text[start:end].split()[0].isalpha() for start, end, _name in verbs)


@pytest.mark.parametrize(
    ("verb", "other"),
    [("fjerne", "avvikle"), ("fjerning", "avskaffe"), ("heve", "trappe opp"), ("forby", "si nei til")],
)
def test_verbs_of_one_direction(verb: str, other: str) -> None:
    assert direction_of(other) in directions_with(verb)


def test_a_verb_without_an_opposite_may_be_left_out() -> None:
    assert has_direction("fjerne")
    assert has_direction("økning")
    assert direction_of("utredning") == "examine"
    assert not has_direction("utredning")


def test_no_verb_has_two_directions() -> None:
    named = [
        verb for row in TABLE.values() for verb in (*row["verbs"].split(), *row["particles"], *row["nouns"].split())
    ]
    assert len(named) == len(set(named))
    for name, row in TABLE.items():
        words = f"{row['verbs']} {row['nouns']}".split()
        families = {family for word in words for family in analyse(word).families}
        assert {direction_of(family) for family in families} == {name}


@pytest.mark.parametrize("name", TABLE)
def test_the_example_of_a_direction_has_it(name: str) -> None:
    words = TABLE[name]["example"].replace(",", "").split()
    assert any(direction_of(word) == name for word in words)
