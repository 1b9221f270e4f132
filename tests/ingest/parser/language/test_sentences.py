"""Where sentences end and begin: each question, with what it says yes to and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.parser.language import sentences
from programmes.norwegian.sentences import sentence_starts

ANSWERS = [
    (sentences.ends_sentence, ("Slik.", "Slik?»", "Slik.12", "Og så …"), ("Slik", "Slik:", "(slik)", "")),
    (sentences.is_complete, ("Slik.", "Slik:"), ("Slik", "(slik)", "")),
    (sentences.may_end_sentence, ("Slik.", "Slik:", "(slik)", "«Slik»"), ("Slik", "Slik,", "")),
    (sentences.breaks_off, ("skole,", "skole og", "barne-", "skolen SOM"), ("skole", "skole.", "blogg", "")),
    (sentences.can_end_title, ("Skole", "Skole:", "Hvorfor?"), ("Skole.", "Skole,", "Skole –")),
]


@pytest.mark.parametrize(("question", "yes", "no"), ANSWERS, ids=lambda value: getattr(value, "__name__", ""))
def test_an_answer(question: Callable[[str], bool], yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    assert [text for text in (*no, *yes) if question(text)] == [*yes]


@pytest.mark.parametrize(
    "text",
    [
        "Vi bygger. |Skolen er god.",
        "Vi bygger! |«Hurra» sier alle.",
        "Vi bygger for ca. 100 millioner. |Skolen er god",
        "Vi bygger for 3 mill. Kroner er det nok av.",
        "Avdeling nr. Fem har A. Hansen som leder.",
        "Vi vil: Bygge skole.",
    ],
)
def test_sentences_begin(text: str) -> None:
    first, *rest = text.split("|")
    assert sentence_starts(first + "".join(rest)) == [len(first)] * bool(rest)


def test_a_colon_can_begin_a_sentence_too() -> None:
    assert sentence_starts("Vi vil: Bygge skole.", ".!?:") == [8]
