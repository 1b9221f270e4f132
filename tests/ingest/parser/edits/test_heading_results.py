"""What each edit of a heading leaves, value for value."""

from __future__ import annotations

import pytest

from ingest.parser.document import Furniture, Passage, Place, Section
from ingest.parser.edits import EDITOR
from ingest.parser.edits.headings import tree
from ingest.parser.values import replace
from tests.ingest.parser.edits import small
from tests.ingest.parser.edits.small import (
    ENTRIES,
    FURNITURE,
    LEAD,
    SECTIONS,
    counts,
    entry,
    fits,
    item,
    on,
    order,
    outline,
    place_of,
    programme,
    with_entry,
    with_section,
)


def test_a_title_and_number() -> None:
    parsed = fits("text", "s1", {"title": "Skole  og SFO", "number": " 1 "})
    assert parsed.sections[0] == replace(SECTIONS[0], corrected="Skole og SFO", corrected_number="1")
    assert fits("text", place_of("s1"), {"title": "Skole", "number": "1."}, parsed) == programme()
    without = fits("text", "s1", {"title": "Skole"}).sections[0]
    assert (without.corrected, without.corrected_number) == ("Skole", ""), "its number is left out"
    assert small.done("text", "s1", {"title": "Ny"}).touched == {"s1": (7,)}


@pytest.mark.parametrize(("level", "wanted"), [(1, 1), (6, 2), ("2", 2)])
def test_levels_that_are_levels(level: int | str, wanted: int) -> None:
    parsed = fits("level", "s2", {"level": 1})
    assert outline(parsed) == [("s1", 1, None), ("s2", 1, None), ("s3", 1, None)]
    if wanted != 1:
        assert outline(fits("level", place_of("s2"), {"level": level}, parsed))[1] == ("s2", wanted, "s1")


DEEP = (
    Section("s1", "Skole", 1, 1, 1),
    Section("s2", "Bygg", 2, 2, 1, parent="s1"),
    Section("s4", "Tak", 3, 2, 2, parent="s2"),
    Section("s3", "Kultur", 1, 3, 1),
    Section("s5", "Kino", 2, 3, 3, parent="s3"),
)


def test_a_heading_takes_all_below_to_its_level() -> None:
    parsed = fits("level", "s2", {"level": 1}, programme(sections=DEEP))
    assert outline(parsed) == [("s1", 1, None), ("s2", 1, None), ("s4", 2, "s2"), ("s3", 1, None), ("s5", 2, "s3")]
    assert small.done("level", "s2", {"level": 1}, programme(sections=DEEP)).touched == {"s2": (7,)}


@pytest.mark.parametrize(
    ("moved", "under", "wanted"),
    [
        ("s2", "s3", [("s1", 1, None), ("s3", 1, None), ("s5", 2, "s3"), ("s2", 2, "s3"), ("s4", 3, "s2")]),
        ("s2", None, [("s1", 1, None), ("s3", 1, None), ("s5", 2, "s3"), ("s2", 1, None), ("s4", 2, "s2")]),
        ("s3", "s2", [("s1", 1, None), ("s2", 2, "s1"), ("s4", 3, "s2"), ("s3", 3, "s2"), ("s5", 4, "s3")]),
        ("s4", "s1", [("s1", 1, None), ("s2", 2, "s1"), ("s4", 2, "s1"), ("s3", 1, None), ("s5", 2, "s3")]),
        ("s1", "s5", [("s3", 1, None), ("s5", 2, "s3"), ("s1", 3, "s5"), ("s2", 4, "s1"), ("s4", 5, "s2")]),
    ],
)
def test_where_a_heading_moves(moved: str, under: str | None, wanted: list[tuple[str, int, str | None]]) -> None:
    before = programme(sections=DEEP)
    applied = small.done("move", moved, {"section": place_of(under, before) if under else None}, before)
    assert applied.reasons == {}
    assert outline(applied.parsed) == wanted
    assert applied.parsed.entries == ENTRIES
    assert applied.touched == {moved: (7,)}


def test_a_heading_begins_earlier_and_later() -> None:
    earlier = fits("begin", "s2", {"at": place_of("i2")})
    assert order(earlier)[:4] == [("s1", "p1"), ("s1", "i1"), ("s2", "i2"), ("s2", "i3")]
    assert entry(earlier, "i2").parent is None
    later = fits("begin", "s3", {"at": place_of("i5")})
    assert order(later)[3:] == [("s2", "i3"), ("s2", "i4"), ("s3", "i5")]
    assert small.done("begin", "s3", {"at": place_of("i5")}).touched == {"s3": (7,)}
    assert order(fits("begin", "s2", {"at": place_of("p1")}))[0] == ("s2", "p1")


def test_a_heading_is_split() -> None:
    before = with_section("s2", title="Bygg Vi bygger Vi bygger")
    applied = small.done("split", "s2", {"rest": "Vi bygger"}, before)
    assert applied.parsed.sections[1] == replace(SECTIONS[1], title="Bygg Vi bygger")
    assert applied.parsed.entries[3] == Passage("s2.7", "s2", "prose", "Vi bygger", on(2, 1))
    assert counts(applied.parsed) == {"sections": -8, "prose": 8}
    assert applied.touched == {"s2.7": (7,)}
    empty = programme(entries=ENTRIES[:3], sections=(*SECTIONS[:1], before.sections[1]))
    assert order(fits("split", "s2", {"rest": "Vi bygger"}, empty))[-1] == ("s2", "s2.7")
    one_letter = with_section("s2", title="Å bygge")
    assert fits("split", "s2", {"rest": "bygge"}, one_letter).sections[1].title == "Å"


def test_two_headings_are_joined() -> None:
    before = programme(entries=(*ENTRIES[:3], *ENTRIES[4:]), sections=(SECTIONS[0], SECTIONS[1], SECTIONS[2]))
    applied = small.done("merge", "s3", {"with": place_of("s2")}, before)
    joined = replace(SECTIONS[1], title="Bygg 2. Kultur")
    assert applied.parsed.sections == (SECTIONS[0], joined)
    assert order(applied.parsed)[3:] == [("s2", "i4"), ("s2", "i5")]
    assert applied.touched == {"s2": (7,)}
    corrected = replace(before, sections=(SECTIONS[0], SECTIONS[1], replace(SECTIONS[2], corrected="Kulturen")))
    section = fits("merge", "s3", {"with": place_of("s2")}, corrected).sections[1]
    assert (section.title, section.corrected, section.corrected_number) == ("Bygg 2. Kultur", "Bygg Kulturen", "1.1")
    first = replace(SECTIONS[1], corrected="Bygget", corrected_number="9")
    section = fits(
        "merge", "s3", {"with": place_of("s2")}, replace(before, sections=(SECTIONS[0], first, SECTIONS[2]))
    ).sections[1]
    assert (section.title, section.corrected, section.corrected_number) == ("Bygg 2. Kultur", "Bygget 2. Kultur", "9")


def test_a_heading_below_two_that_are_joined_stays() -> None:
    before = programme(entries=ENTRIES[3:])
    parsed = fits("merge", "s2", {"with": place_of("s1")}, before)
    assert [(each.id, each.title) for each in parsed.sections] == [("s1", "Skole 1.1 Bygg"), ("s3", "Kultur")]
    assert order(parsed) == [("s1", "i3"), ("s3", "i4"), ("s3", "i5")]


def test_joined_headings_can_be_too_long() -> None:
    before = programme(entries=(*ENTRIES[:3], *ENTRIES[4:]))
    long = replace(before, sections=(SECTIONS[0], replace(SECTIONS[1], title="x" * 495), SECTIONS[2]))
    told = small.done("merge", "s3", {"with": place_of("s2", long)}, long).reasons
    assert told == {7: "En overskrift kan ha høyst 500 tegn."}


def test_a_heading_becomes_an_entry() -> None:
    applied = small.done("kind", "s2", {"kind": "pledge"})
    assert outline(applied.parsed) == [("s1", 1, None), ("s3", 1, None)]
    made = applied.parsed.entries[3]
    assert (made.id, made.section, made.marker, made.text, made.place) == ("t7", "s1", "", "1.1 Bygg", on(2, 1))
    assert order(applied.parsed)[4] == ("s1", "i3")
    assert counts(applied.parsed) == {"sections": -7, "items": 7}
    assert applied.touched == {"t7": (7,)}
    assert made.corrected is None
    of_two_lists = fits("kind", "s2", {"kind": "pledge"}, with_entry("i3", lead_in="Vi skal:"))
    assert of_two_lists.entries[3].lead_in == LEAD, "the list before it"
    corrected = with_section("s2", corrected="Bygget", corrected_number="3")
    again = small.done("kind", "s2", {"kind": "prose"}, corrected)
    assert (again.parsed.entries[3].text, again.parsed.entries[3].corrected) == ("1.1 Bygg", "3 Bygget")
    assert again.touched == {"t7": (7,)}


def test_a_heading_becomes_an_entry_before_all_that_stands_under_it() -> None:
    begun = fits("begin", "s2", {"at": place_of("i2")})
    parsed = fits("kind", place_of("s2", begun), {"kind": "prose"}, begun)
    assert order(parsed)[:5] == [("s1", "p1"), ("s1", "i1"), ("s1", "t7"), ("s1", "i2"), ("s1", "i3")]


def test_the_first_heading_leaves_a_section_without_a_title() -> None:
    parsed = fits("furniture", "s1", {})
    assert parsed.sections[0] == Section("s1.0", "", 0, 1, 1)
    assert outline(parsed) == [("s1.0", 0, None), ("s2", 1, None), ("s3", 1, None)]
    assert order(parsed)[0] == ("s1.0", "p1")
    assert entry(parsed, "i2").parent == "i1", "it goes along"
    assert parsed.furniture == (Furniture(1, 1, "1. Skole", EDITOR), *FURNITURE)
    assert counts(parsed) == {"sections": -7, "furniture": 7}
    assert small.done("furniture", "s2", {}).touched == {}
    assert order(fits("furniture", "s2", {}))[3] == ("s1", "i3")


def test_an_entry_becomes_a_heading() -> None:
    applied = small.done("kind", "i1", {"kind": "heading", "level": 2})
    parsed = applied.parsed
    assert parsed.sections[1] == Section("h7", ENTRIES[1].text, 2, 1, 4, parent="s1")
    assert order(parsed)[:3] == [("s1", "p1"), ("h7", "i2"), ("s2", "i3")]
    assert entry(parsed, "i2").parent is None
    assert parsed.furniture == (Furniture(1, 4, "•", EDITOR), *FURNITURE)
    assert counts(parsed) == {"sections": 31, "items": -32, "furniture": 1}
    assert applied.touched == {"h7": (7,)}


def test_the_number_of_an_entry_becomes_the_headings() -> None:
    before = with_entry("i1", marker="1.2)", repaired="R")
    section = fits("kind", "i1", {"kind": "heading"}, before).sections[1]
    assert (section.level, section.number, section.corrected, section.corrected_number) == (1, "1.2", "R", "1.2")
    section = fits("kind", "i1", {"kind": "heading"}, with_entry("i1", marker="X.")).sections[1]
    assert (section.number, section.corrected, section.corrected_number) == ("X", None, "")
    both = with_entry("i1", marker="a:", repaired="R", corrected="C")
    section = fits("kind", "i1", {"kind": "heading", "level": 0}, both).sections[1]
    assert (section.level, section.number, section.corrected) == (1, "a", "C")
    plain = fits("kind", "p1", {"kind": "heading", "level": 2})
    assert (plain.sections[1].number, plain.sections[1].corrected_number, plain.furniture) == ("", "", FURNITURE)
    assert counts(plain) == {"sections": 15, "prose": -15}
    long = with_entry("i1", marker="1" * 21)
    assert small.done("kind", "i1", {"kind": "heading"}, long).reasons == {
        7: "Nummeret på en overskrift kan ha høyst 20 tegn."
    }
    assert small.done("kind", "p1", {"kind": "heading"}, with_entry("p1", text="x" * 501)).reasons


def test_what_stands_after_the_next_heading_is_not_the_new_ones() -> None:
    stray = item("i9", "s1", "Om skole enda en gang", on(3, 4))
    before = programme(entries=(*ENTRIES, stray))
    parsed = fits("kind", "i1", {"kind": "heading", "level": 2}, before)
    assert (entry(parsed, "i2").section, entry(parsed, "i9").section) == ("h7", "s1")
    on_its_line = programme(entries=(*ENTRIES, replace(stray, place=on(2, 1))))
    assert entry(fits("kind", "i1", {"kind": "heading", "level": 2}, on_its_line), "i9").section == "s1"
    same_line = with_entry("i4", place=on(3, 1))
    assert entry(fits("kind", "i4", {"kind": "heading", "level": 2}, same_line), "i5").section == "h7"
    last = programme(entries=(*ENTRIES, item("i9", "s3", "Og mer", Place(40, 40, 1, 1))))
    assert entry(fits("kind", "i4", {"kind": "heading", "level": 2}, last), "i9").section == "h7"


def test_what_hung_under_a_new_heading_moves_up_where_it_stays() -> None:
    stays, follows = (item(f"i{n}", "s1", "Og mer", on(*at), parent="i2") for n, at in ((8, (3, 4)), (9, (1, 7))))
    before = programme(entries=(*ENTRIES[:3], follows, *ENTRIES[3:], stays))
    parsed = fits("kind", "i2", {"kind": "heading", "level": 2}, before)
    assert [(entry(parsed, each).section, entry(parsed, each).parent) for each in ("i8", "i9")] == [
        ("s1", "i1"),
        ("h7", None),
    ]


def test_an_outline_leaves_no_level_out() -> None:
    sections = [Section(f"s{n}", title, level, 1, n, parent="x") for n, (title, level) in enumerate(
        [("A", 3), ("B", 5), ("C", 5), ("D", 4), ("", 2), ("E", 6), ("F", 6), ("G", 1)]
    )]  # fmt: skip
    assert [(each.level, each.parent) for each in tree(sections)] == [
        (1, None), (2, "s0"), (2, "s0"), (2, "s0"), (0, None), (1, None), (1, None), (1, None),
    ]  # fmt: skip
