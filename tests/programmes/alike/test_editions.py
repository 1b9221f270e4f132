"""What became of pledges in another edition."""

from __future__ import annotations

import pytest

from programmes.alike.editions import Became, Edition, without

NEWER = [
    "bygge ny svømmehall på Elvestad innen fire år",
    "styrke samarbeidet med trossamfunnene og frivilligsentralen i bygda",
    "holde torgavgiften på dagens nivå for alle som selger egne varer",
    "gjøre kulturskolen gratis, og kjøpe inn nye instrumenter til korpsene",
    "innføre reisestøtte for lærlinger som bor i Ytterbygda",
]
OLDER = [
    ("bygge ny svømme-hall på Elvestad innen fire år", "kept", 0),
    ("bygge ny svømmehall på Elvestad innan fire år", "kept", 0),
    ("bygge ny svømmehall på Elvestad innen to år", "reworded", 0),
    ("styrke samarbeidet med kirkesamfunnene og frivilligsentralen i bygda", "reworded", 1),
    ("gjøre kulturskolen gratis", "kept narrower broader", 3),
    ("rydde i gamle skytefelt", "gone", None),
]


@pytest.mark.parametrize(("text", "status", "partner"), OLDER)
def test_what_became(text: str, status: str, partner: int | None) -> None:
    became = Edition(NEWER).became(text)
    assert became.status in status.split()
    assert became.text == (None if partner is None else NEWER[partner])


def test_the_likest_is_taken_unless_it_is_against() -> None:
    newer = ["avvikle torgavgiften for alle som selger egne varer", "holde torgavgiften lav for dem som selger bær"]
    became = Edition(newer).became("beholde torgavgiften for alle som selger egne varer og bær")
    assert became == Became("reworded", newer[1])


def test_what_is_glued_to_another_is_kept_by_editions_that_share_their_text_alone() -> None:
    whole, part = NEWER[3], "gjøre kulturskolen gratis"
    assert Edition(NEWER).became(part, shares_text=True) == Became("kept", whole)
    assert Edition(NEWER).became(part) == Became("broader", whole)


def test_what_nothing_came_before_is_new() -> None:
    assert Edition(NEWER).became("rydde i gamle skytefelt", is_newer=True) == Became("new", None)


def test_one_of_two_equal_pledges_is_taken_out() -> None:
    assert without(["a", "b", "a"], "A.") == [1, 2]
    assert without(["a", "b"], None) == [0, 1]
