"""What edits are made of: anchors, places, accounts, and lead-ins that lose their lists."""

from __future__ import annotations

import pytest

from ingest.parser.document import Furniture, Item, Passage, Place, SourceLine
from ingest.parser.edits import EDITOR, Applied, Edit, anchor_at, apply, made_on, steps
from ingest.parser.edits.anchors import find, same_place, spot
from ingest.parser.edits.entries import _line_at
from ingest.parser.values import replace
from tests.ingest.parser.edits.small import (
    ENTRIES,
    FURNITURE,
    LEAD,
    SECTIONS,
    counts,
    entry,
    index_of,
    item,
    on,
    place_of,
    programme,
)


def test_anchors() -> None:
    long = [item(f"i{n}", "s1", f"{n} " + "x" * 40 + f" {n}", on(1, n)) for n in range(1, 4)]
    anchor = anchor_at(long, 1)
    assert anchor == {"page": 1, "line": 2, "quote": long[1].text, "before": "x" * 30 + " 1", "after": "3 " + "x" * 30}
    assert (anchor_at(long, 0)["before"], anchor_at(long, 2)["after"]) == ("", "")
    assert [spot(part) for part in (long[0], SECTIONS[1], FURNITURE[1], ENTRIES[0])] == [(1, 1), (2, 1), (2, 3), (1, 2)]
    assert place_of("s2") == {**anchor_at(SECTIONS, 1), "of": "heading"}


def test_of_several_alike_the_one_between_its_own_neighbours_is_found() -> None:
    texts = ["Bygge skole", "Gratis buss", "Male hus", "Åpne kino", "Gratis buss", "Ruste opp hallen"]
    parts = [item(f"i{n}", "s1", text, on(1, n + 1)) for n, text in enumerate(texts)]
    moved = [item(f"i{n}", "s1", text, on(1, n + 20)) for n, text in enumerate(texts)]
    assert [find(anchor_at(parts, n), parts) for n in range(6)] == list(range(6))
    assert [find(anchor_at(parts, n), moved) for n in (1, 4)] == [1, 4]
    bare = {**anchor_at(parts, 1), "before": "", "after": ""}
    assert find(bare, moved) is None
    assert find({**bare, "quote": "Finnes ikke"}, parts) is None
    assert find({**anchor_at(parts, 0), "page": "1", "line": "1"}, parts) == 0


@pytest.mark.parametrize(
    "texts",
    [
        ["Bygge skole", "Gratis buss", "Åpne kino", "Male hus", "Gratis buss", "Åpne kino"],
        ["Åpne kino", "Gratis buss", "Bygge skole", "Åpne kino", "Gratis buss", "Male hus"],
    ],
)
def test_one_other_neighbour_is_enough(texts: list[str]) -> None:
    parts, moved = ([item(f"i{n}", "s1", t, on(1, n + far)) for n, t in enumerate(texts)] for far in (1, 20))
    assert [find(anchor_at(parts, n), moved) for n in (1, 4)] == [1, 4]


def test_a_neighbour_that_is_nearly_the_same_is_not() -> None:
    texts = ["Bygge en skole", "Gratis buss", "Åpne kino", "Bygge to skolebad", "Gratis buss", "Åpne kino"]
    parts, moved = ([item(f"i{n}", "s1", t, on(1, n + far)) for n, t in enumerate(texts)] for far in (1, 20))
    assert [find(anchor_at(parts, n), moved) for n in (1, 4)] == [None, None]


WORDS = "Bygge skole i bygda og ansette"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((1, 4, WORDS), (1, 4, WORDS), True),
        ((1, 4, WORDS), (1, 4, "skole"), True),
        ((1, 4, "skole"), (1, 4, WORDS), True),
        ((1, 4, WORDS), (1, 4, "kino"), False),
        ((1, 4, WORDS), (1, 5, WORDS), False),
        ((1, 4, WORDS), (1, 5, WORDS + " lærere"), True),
        ((1, 4, WORDS), (2, 5, WORDS + " lærere"), True),
        ((2, 4, WORDS), (1, 4, WORDS + " lærere"), True),
        ((1, 4, WORDS), (3, 5, WORDS + " lærere"), False),
        ((1, 4, "x" * 20), (1, 5, "x" * 21), True),
        ((1, 4, "x" * 19), (1, 5, "x" * 21), False),
        ((1, 4, "x" * 20), (1, 5, "y" * 21), False),
    ],
)
def test_places_that_are_the_same(one: tuple[int, int, str], other: tuple[int, int, str], same: bool) -> None:
    anchors = [{"page": page, "line": line, "quote": quote} for page, line, quote in (one, other)]
    assert same_place(*anchors) is same


def test_what_an_edit_is_made_on() -> None:
    assert [made_on("rescue", {}), made_on("add", {"of": "heading"})] == ["furniture", "lines"]
    assert [made_on("text", {}), made_on("text", {"of": "heading"}), made_on("sing", {})] == [
        "entry",
        "heading",
        "entry",
    ]


def test_a_parse_without_edits_waits_for_nobody() -> None:
    assert Applied(programme()).waiting == ()


def test_places_in_order() -> None:
    here = [(0, 9), (1, 2), (1, 3), (1, 6), (2, 1), (3, 3), (9, 9)]
    assert [steps.place_in_order(ENTRIES, place) for place in here] == [0, 1, 1, 3, 3, 6, 6]
    assert steps.place_in_order((), (1, 1)) == 0
    assert steps.spliced("abcd", 1, 2, "x", "y") == ("a", "x", "y", "d")
    assert steps.spliced("ab", 1, 0, "x") == ("a", "x", "b")


def test_what_hangs_below() -> None:
    nested = programme(entries=(*ENTRIES[:3], replace(ENTRIES[3], parent="i2"), *ENTRIES[4:]))
    assert steps.below(nested, "i1") == {"i2", "i3"}
    assert steps.below(nested, "i3") == set()
    adopted = steps.adopted(nested, "i1", "i5")
    assert [getattr(each, "parent", None) for each in adopted.entries] == [None, None, "i5", "i2", None, None]


def test_characters_move_from_one_account_to_another() -> None:
    moved = steps.counted(programme(), "to ord", "pledge", "prose_pledge")
    assert counts(moved) == {"items": -5, "prose": 5}
    assert steps.counted(programme(), "ord", "pledge", "question") == programme()
    assert counts(steps.counted(programme(), "x" * 500, "furniture", "lead_ins")) == {"furniture": -10, "lead_ins": 10}


def test_furniture_stands_in_the_sources_order() -> None:
    for place, at in (((1, 6), 0), ((1, 7), 1), ((1, 8), 1), ((2, 3), 2), ((9, 1), 2)):
        taken = steps.taken_out(programme(), place, "ord", "question")
        assert taken.furniture.index(Furniture(*place, "ord", EDITOR)) == at
        assert counts(taken) == {"items": -3, "furniture": 3}


def test_texts_are_joined_as_lines_are() -> None:
    assert steps.joined_text("Bygge sko-", "  ler i", " ", "bygda ") == "Bygge skoler i bygda"
    assert steps.joined_text("nord-norsk mat og nord-", "norsk musikk") == "nord-norsk mat og nord-norsk musikk"
    assert steps.joined_text("", "  ") == ""


def test_a_lead_in_that_lost_its_list_stands_as_prose_where_the_list_stood() -> None:
    hall = replace(ENTRIES[4], place=Place(3, 4, 2, 9))
    before = programme(entries=(*ENTRIES[:4], hall, item("i6", "s3", "Bygge", on(3, 3), parent="i4")))
    applied = apply(
        before, [Edit(1, "furniture", place_of("i4", before), {}), Edit(2, "furniture", place_of("i6", before), {})]
    )
    assert applied.reasons == {}
    assert applied.parsed.entries[-1] == Passage("i6.lead", "s3", "prose", LEAD, on(3, 3))
    assert counts(applied.parsed) == {"lead_ins": -6, "prose": 6, "items": -21, "furniture": 21}
    middle = apply(programme(), [Edit(1, "furniture", place_of("i3"), {})]).parsed
    assert [each.id for each in middle.entries] == ["p1", "i1", "i2", "i3.lead", "i4", "i5"]
    assert middle.entries[3] == Passage("i3.lead", "s2", "prose", LEAD, on(2, 2))
    spread = programme(entries=(*ENTRIES[:3], replace(ENTRIES[3], place=Place(2, 3, 2, 9)), *ENTRIES[4:]))
    lead = entry(apply(spread, [Edit(1, "furniture", place_of("i3", spread), {})]).parsed, "i3.lead")
    assert lead.place == Place(2, 2, 2, 2), "where the list began"
    without = programme(
        entries=tuple(replace(each, lead_in="") if isinstance(each, Item) else each for each in ENTRIES)
    )
    assert len(apply(without, [Edit(1, "furniture", place_of("i3"), {})]).parsed.entries) == 5


def test_two_lists_of_a_section_lose_their_lead_ins_each_by_itself() -> None:
    other = item("i6", "s3", "Styrke idretten", on(3, 4))
    before = programme(entries=(*ENTRIES, replace(other, lead_in="Vi skal:")))
    parsed = apply(before, [Edit(1, "kind", place_of("i6", before), {"kind": "prose"})]).parsed
    assert [each.id for each in parsed.entries][-2:] == ["i6.lead", "i6"]
    assert entry(parsed, "i6.lead").text == "Vi skal:"


def test_entries_made_of_words() -> None:
    parsed = programme()
    prose = steps.entry_of(parsed, 1, " To  ord ", on(1, 3), "s1", "prose_pledge", "n1")
    assert prose == Passage("n1", "s1", "prose_pledge", "To ord", on(1, 3))
    pledge = steps.entry_of(parsed, 6, "- To  ord", on(3, 4), "s3", "pledge", "n2")
    assert pledge == Item("n2", "s3", "pledge", LEAD, "-", "To ord", on(3, 4))


def test_lines_in_furniture_are_skipped_when_lines_are_counted() -> None:
    lines = (SourceLine(1, 4, "Bygge"), SourceLine(1, 5, "Side 1 av 9"), SourceLine(1, 6, "skole"))
    parsed = programme(lines=lines, furniture=(Furniture(1, 5, "Side 1 av 9", "x"),))
    assert _line_at(parsed, item("i9", "s1", "Bygge skole", on(1, 4, 6), marker=""), 6) == (1, 6)
    assert index_of(parsed, "i3") == 3
