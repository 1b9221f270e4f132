"""The labelled lists are whole, and no entry is both a pledge and none."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from tools.quality.lists import LabelledList, read_lists, wrong_by_kind
from tools.quality.scoring import Misses


@pytest.mark.parametrize("held_back", [False, True])
def test_every_list_is_whole(held_back: bool) -> None:
    for one in read_lists(held_back=held_back):
        assert one.language in {"nb", "nn"}
        assert one.heading
        assert one.label
        assert 10 <= len(one.entries) <= 20
        assert all(entry == entry.strip() for entry in one.entries)


def test_a_list_stands_as_it_is_written() -> None:
    assert (
        LabelledList(
            "nn",
            "nei",
            "Klar tale",
            "Dette røystar vi for:",
            (
                "Ja til lokalsjukehus med fødeavdeling",
                "Nei til fylkessamanslåing",
                "Nei til fleire vindturbinar",
                "Stopp sentraliseringa av politiet",
                "Ja til bygdebok band to",
                "Behald ungdomsskulen på Skjer",
                "Nei til eigedomsskatt på bustader",
                "Gje bygdefolket makta attende",
                "Ja til fri barnehage",
                "Vern om den lokale banken",
                "Nei til dumping av gruveavfall i fjorden",
            ),
            True,
        )
        in read_lists()
    )


def test_about_as_many_entries_are_pledges_as_are_none_and_a_third_is_held_back() -> None:
    counts = {
        (held_back, are_pledges): sum(
            len(one.entries) for one in read_lists(held_back=held_back) if one.are_pledges is are_pledges
        )
        for held_back in (False, True)
        for are_pledges in (False, True)
    }
    assert counts == {(False, True): 188, (False, False): 206, (True, True): 98, (True, False): 87}


def test_no_entry_stands_twice() -> None:
    entries = [entry for held_back in (False, True) for one in read_lists(held_back=held_back) for entry in one.entries]
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize("held_back", [False, True])
def test_lists_are_measured_as_programmes(held_back: bool) -> None:
    out = StringIO()
    call_command("measure_parse", "lists", only="flat Markdown / kept", held_back=held_back, stdout=out)
    assert out.getvalue().splitlines()[1].split()[:3] == ["flat", "Markdown", "5"]


def test_what_is_wrong_is_told_by_the_kind_of_list() -> None:
    facts = LabelledList("nb", "facts", "Fakta", "Visste du at:", ("Fire skoler", "Tre kirker"), False)
    wishes = LabelledList("nb", "noun", "Mål", "Vi vil ha:", ("Fem skoler",), True)
    false = [{"text": "Fire skoler"}, {"text": "Tre kirker"}, {"text": "Noe annet"}]
    misses = Misses([{"text": "Fem skoler"}], false, [], [], [], [], [])
    assert [line.split() for line in wrong_by_kind([misses], [facts, wishes])] == [
        ["nb", "facts", "2", "false", "0", "missed"],
        ["nb", "noun", "0", "false", "1", "missed"],
        ["other", "words", "1", "false", "0", "missed"],
    ]
