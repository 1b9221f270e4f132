"""Fragments: what is asked for, and when one is found; the texts are invented."""

from __future__ import annotations

from collections import Counter

from tools.findability.finding import KeptText
from tools.findability.fragments import Fragment, counts, draw, made, shares
from tools.findability.sentences import sentences_with
from tools.findability.sources import Word, source

TEXT = "Vi vil bygge hurtigbåter mellom øyene før vinteren kommer. Havna skal males hvert eneste år av lokale malere."
SOURCE = source("a.txt", TEXT)


def test_the_rarest_words_are_asked_for_and_none_that_was_put_together() -> None:
    words = [
        *map(Word, ("Vi", "vil", "bygge", "«hurtigbåter»,", "2", "EU-saker", "havner")),
        Word("fjordveier", whole=False),
    ]
    fragment = made("a.txt", words, Counter(bygge=9, vil=90))
    assert fragment is not None
    assert fragment.query == "hurtigbåter havner bygge"
    assert made("a.txt", words[:3], Counter()) is None


def test_the_same_seed_draws_the_same_fragments() -> None:
    drawn = draw(SOURCE, 5, 1, counts([SOURCE]))
    assert len(drawn) == 5
    assert drawn == draw(SOURCE, 5, 1, counts([SOURCE]))
    assert drawn != draw(SOURCE, 5, 2, counts([SOURCE]))
    assert all(6 <= len(one.words) <= 15 and one.text in TEXT for one in drawn)


def test_fragments_are_shared_out_by_words() -> None:
    assert shares([source("a", "en to tre fire fem seks"), source("b", "en to tre")], 10) == [7, 3]


def test_a_text_has_a_fragment_letter_for_letter_or_its_words() -> None:
    fragment = Fragment(
        "a", ("bygge", "nye", "hurtigbåter", "mellom", "alle", "øyene"), ("hurtigbåter", "øyene", "mellom")
    )
    assert KeptText.of("Vi vil:", "bygge nye hurtig-båter mellom alle øyene").has(fragment)
    assert KeptText.of("hurtigbåter bygge alle mellom øyene").has(fragment)
    assert not KeptText.of("hurtigbåter mellom øyene").has(fragment), "half of the words only"
    assert not KeptText.of("bygge nye hurtigbåter mellom alle").has(fragment), "a word asked for is missing"


def test_sentences_with_a_word() -> None:
    (only,) = sentences_with("vil", SOURCE, counts([SOURCE]))
    assert only.text == "Vi vil bygge hurtigbåter mellom øyene før vinteren kommer."
