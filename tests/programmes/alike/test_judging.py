"""What invented pledges are to each other, by the rules and the fitted weights; words weigh as in the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from programmes.alike.amounts import amounts
from programmes.alike.features import compare
from programmes.alike.judging import MATCHES, SHOWN, Judgement, judge, sureness
from programmes.alike.likeness import own_words
from programmes.alike.statements import read
from programmes.alike.weights import Weights

WEIGHTS = Weights()
"""Those of an empty archive: how usual words are in the language."""
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("pairs.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def judged(one: str, other: str) -> Judgement:
    return judge(compare(read(one), read(other), WEIGHTS))


def share(of: list[bool]) -> float:
    return sum(of) / len(of)


def test_opposites_are_seldom_called_alike_and_mostly_known() -> None:
    labels = [judged(one, other).label for label, one, other in ROWS if label == "opposite"]
    assert share([label in MATCHES for label in labels]) <= 0.08
    assert share([label == "opposite" for label in labels]) >= 0.75


def test_no_opposite_is_shown_beside_a_pledge() -> None:
    pairs = [compare(read(one), read(other), WEIGHTS) for label, one, other in ROWS if label == "opposite"]
    said = [(judge(pair).label, pair) for pair in pairs]
    assert not [label for label, pair in said if label in MATCHES and sureness(pair, label) >= SHOWN]


def test_what_is_alike_is_told_from_what_is_not() -> None:
    rows = [(label.split(), judged(one, other).label) for label, one, other in ROWS]
    called = [(bool(set(fair) & set(MATCHES)), label in MATCHES) for fair, label in rows]
    right = sum(is_match and said for is_match, said in called)
    assert 2 * right / (sum(match for match, _said in called) + sum(said for _match, said in called)) >= 0.75


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ("Auke tilskotet til korpsa.", "Øke tilskuddet til korpsene.", "same"),
        ("Innføre gratis skolemat.", "Utrede gratis skolemat.", "narrower"),
        ("Utrede gratis skolemat.", "Innføre gratis skolemat.", "broader"),
        ("Øke støtten til kulturskolen med 10 prosent.", "Øke støtten til kulturskolen med 4 %.", "narrower"),
        ("Øke støtten til kulturskolen med 4 %.", "Øke støtten til kulturskolen med 10 prosent.", "broader"),
        ("Øke støtten til kulturskolen.", "Øke støtten til kulturskolen med 4 %.", "narrower"),
        ("Bygge ny svømmehall.", "Bygge ny svømmehall i Nordvika og ansette flere badevakter.", "broader"),
        ("Beholde kontantstøtten.", "Avvikle kontantstøtten.", "opposite"),
        ("Stanse fyrverkerisalget.", "Utvide salget av fyrverkeri.", "opposite"),
        ("Behalde nabolagsprinsippet.", "Gå bort fra nabolaget.", "opposite"),
        ("Bygge ny svømmehall.", "Ansette flere jordmødre.", "unrelated"),
    ],
)
def test_labels(one: str, other: str, label: str) -> None:
    assert judged(one, other).label == label


def test_a_lead_in_turns_its_list_round_by_its_end_alone() -> None:
    against = read("innføre køprising", lead_in="Bygdelista vil ikke:")
    assert judge(compare(against, read("innføre køprising i byen"), WEIGHTS)).label == "opposite"
    merely = read("innføre køprising", lead_in="Fordi bilene ikke må stå i kø, vil Bygdelista:")
    assert judge(compare(merely, read("innføre køprising i byen"), WEIGHTS)).label in MATCHES


def test_the_words_that_only_one_has_are_told() -> None:
    one, other = read("Bygge ny svømmehall."), read("Bygge ny svømmehall i Nordvika. Dette haster.")
    assert [other.text[first:last] for first, last in own_words(one, other, WEIGHTS)] == ["Nordvika", "haster"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40 pst. av skogen", [(40, "%")]),
        ("førti", []),
        ("minst 2500 kroner i måneden", [(30000, "krone")]),
        ("30 000 kr", [(30000, "krone")]),
        ("1,5 milliarder kroner", [(1.5e9, "krone")]),
        ("innen 2030", []),
        ("to sykehus", [(2, "syke")]),
    ],
)
def test_amounts(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(each.number, each.unit) for each in amounts(text)] == expected
