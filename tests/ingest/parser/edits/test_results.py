"""What each edit leaves, value for value, and what its pieces do at their edges."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.parser.document import Furniture, Item, ParsedProgramme, Passage, Place, Reason, Section, SourceLine
from ingest.parser.edits import EDITOR, Edit, anchor_at, apply, made_on, steps
from ingest.parser.edits.anchors import find, same_place, spot
from ingest.parser.edits.entries import _line_at, _nearest, _parted
from ingest.parser.edits.headings import tree
from ingest.parser.values import replace
from tests.ingest.parser.edits import small
from tests.ingest.parser.edits.small import (
    COVERAGE,
    ENTRIES,
    FURNITURE,
    LEAD,
    SECTIONS,
    entry,
    fits,
    index_of,
    item,
    lines_place,
    on,
    order,
    outline,
    place_of,
    programme,
)


def with_entry(entry_id: str, **values: Any) -> ParsedProgramme:
    """Return the programme with other values of an entry."""
    return programme(entries=tuple(replace(each, **values) if each.id == entry_id else each for each in ENTRIES))


def with_section(section_id: str, **values: Any) -> ParsedProgramme:
    return programme(sections=tuple(replace(each, **values) if each.id == section_id else each for each in SECTIONS))


def counts(parsed: ParsedProgramme) -> dict[str, int]:
    """Return how each account differs from what it was."""
    names = ("sections", "prose", "lead_ins", "items", "furniture")
    differ = {name: getattr(parsed.coverage, name) - getattr(COVERAGE, name) for name in names}
    return {name: count for name, count in differ.items() if count}


def others_as_before(parsed: ParsedProgramme, *changed: str) -> bool:
    """Return whether all entries but some are what they were, in the same order."""
    left = [each for each in parsed.entries if each.id not in changed]
    return left == [each for each in ENTRIES if each.id not in changed]


# Entries


def test_text() -> None:
    parsed = fits("text", "i1", {"text": " Bygge  ny skole "})
    assert entry(parsed, "i1") == replace(ENTRIES[1], corrected="Bygge ny skole")
    assert others_as_before(parsed, "i1")
    again = fits("text", place_of("i1"), {"text": ENTRIES[1].text}, parsed)
    assert again == programme(), "the source's own words are no correction"
    assert small.done("text", "i1", {"text": "Ny"}).touched == {"i1": (7,)}


def test_repair() -> None:
    parsed = fits("repair", "i1", {"repaired": " Bygge  skole"})
    assert entry(parsed, "i1") == replace(ENTRIES[1], repaired="Bygge skole")
    assert fits("repair", place_of("i1"), {"repaired": None}, parsed) == programme()


def test_themes() -> None:
    before = with_entry("i1", theme_reasons=(Reason("skole", "skole", "text", 1.0),))
    change = {"main": "bygg", "also": ["skole", "bygg", "skole", "kultur"]}
    item_ = entry(fits("themes", "i1", change, before), "i1")
    assert (item_.theme, item_.also_themes, item_.sub_themes, item_.theme_reasons) == (
        "bygg",
        ("skole", "kultur"),
        (),
        (),
    )
    assert entry(fits("themes", "i1", {"main": "bygg"}), "i1").also_themes == ()


def test_a_split() -> None:
    applied = small.done("split", "i1", {"at": 20, "rest": "og ansette"})
    first, second = ENTRIES[1], replace(ENTRIES[1], id="i1.7", marker="", text="og ansette lærere", place=on(1, 5))
    first = replace(first, text="Bygge skole i bygda", place=on(1, 4))
    assert applied.parsed.entries[1:3] == (first, second)
    assert entry(applied.parsed, "i2").parent == "i1.7"
    assert others_as_before(applied.parsed, "i1", "i1.7", "i2")
    assert applied.touched == {"i1": (7,), "i1.7": (7,)}
    assert applied.parsed.coverage == COVERAGE


def test_a_split_takes_the_place_that_is_nearest() -> None:
    words = "Lys og luft og lek og ro"
    assert [_nearest(words, "og", at) for at in (0, 4, 8, 9, 12, 15, 99)] == [4, 4, 4, 12, 12, 12, 19]
    assert _nearest("ab ab", "ab", 0) == 0
    assert _nearest("ab ab", "ab", 5) == 3


@pytest.mark.parametrize(
    ("words", "other", "at", "parts"),
    [
        ("Bygge skole. Male hus.", None, 13, (None, None)),
        ("Bygge skole. Male hus.", "Bygge skole. Male hus.", 13, (None, None)),
        ("Bygge skole. Male hus.", "Bygge skole. Male huset.", 13, (None, "Male huset.")),
        ("Bygge skole. Male hus.", "Bygge ny skole. Male hus.", 13, ("Bygge ny skole.", None)),
        ("Bygge skole. Male hus.", "Bygge skole.", 13, (None, None)),
        ("Bygge skole. Male hus.", "Male hus.", 13, (None, None)),
        ("abcd", "axcd", 1, (None, "xcd")),
        ("abcd", "axcd", 2, ("ax", None)),
        ("abcd", "xxcd", 1, (None, "xxcd")),
        ("abcd", "abXcd", 2, (None, "Xcd")),
        ("abcd", "abcdX", 3, (None, "dX")),
    ],
)
def test_another_wording_is_cut_at_the_same_words(
    words: str, other: str | None, at: int, parts: tuple[str | None, str | None]
) -> None:
    assert _parted(words, other, at) == parts


def test_a_split_cuts_repair_and_correction_each_by_itself() -> None:
    before = with_entry(
        "i1", repaired="Bygge skolar i bygda og ansette lærere", corrected="Bygge skole i bygda og ansette mange lærere"
    )
    parsed = fits("split", "i1", {"at": 20, "rest": "og ansette"}, before)
    first, second = entry(parsed, "i1"), entry(parsed, "i1.7")
    assert (first.repaired, second.repaired) == ("Bygge skolar i bygda", None)
    assert (first.corrected, second.corrected) == (None, "og ansette mange lærere")


def test_the_line_of_an_offset() -> None:
    parsed = programme()
    school = ENTRIES[1]  # • Bygge skole i bygda | og ansette lærere
    assert [_line_at(parsed, school, at) for at in (0, 15, 19, 20, 30)] == [(1, 4), (1, 4), (1, 5), (1, 5), (1, 5)]
    assert _line_at(parsed, school, 18) == (1, 4)
    assert _line_at(replace(parsed, lines=()), school, 20) == (1, 4)
    over_a_page = item("i9", "s1", "gi mat 1.1 Bygg", Place(1, 2, 6, 1), marker="-")
    assert _line_at(parsed, over_a_page, 7) == (2, 1), "the page number between is no part of it"


def test_a_merge() -> None:
    before = programme(entries=(*ENTRIES[:1], replace(ENTRIES[1], parent="i0"), *ENTRIES[2:]))
    applied = small.done("merge", "i5", {"with": place_of("i4")}, before)
    joined = replace(ENTRIES[4], text="Ruste opp hallen Åpne kino", place=on(3, 2, 3))
    assert entry(applied.parsed, "i4") == joined
    assert applied.parsed.furniture == (*FURNITURE, Furniture(3, 3, "•", EDITOR))
    assert counts(applied.parsed) == {"items": -1, "furniture": 1}
    assert applied.touched == {"i4": (7,)}
    assert len(applied.parsed.entries) == 5


def test_a_dash_that_was_taken_for_a_mark_goes_into_the_text() -> None:
    parsed = fits("merge", "i2", {"with": place_of("i1")})
    assert entry(parsed, "i1").text == "Bygge skole i bygda og ansette lærere - gi mat"
    assert parsed.furniture == FURNITURE
    assert counts(parsed) == {}


def test_a_merge_into_prose_moves_characters_and_leaves_nothing_hanging() -> None:
    parsed = fits("merge", "i1", {"with": place_of("p1")})
    assert entry(parsed, "p1").text == "Skolen er viktig. Bygge skole i bygda og ansette lærere"
    assert entry(parsed, "i2").parent is None
    assert counts(parsed) == {"prose": 31, "items": -32, "furniture": 1}


def test_a_merge_joins_the_other_wordings_too() -> None:
    repaired, corrected = with_entry("i4", repaired="Ruste opp hallane"), with_entry("i5", corrected="Åpne to kinoer")
    one = entry(fits("merge", "i5", {"with": place_of("i4")}, repaired), "i4")
    assert (one.repaired, one.corrected) == ("Ruste opp hallane Åpne kino", None)
    other = entry(fits("merge", "i5", {"with": place_of("i4")}, corrected), "i4")
    assert (other.repaired, other.corrected) == (None, "Ruste opp hallen Åpne to kinoer")


def test_a_move_takes_along_what_hangs_below() -> None:
    applied = small.done("move", "i1", {"section": place_of("s3")})
    assert order(applied.parsed)[:4] == [("s1", "p1"), ("s3", "i1"), ("s3", "i2"), ("s2", "i3")]
    assert entry(applied.parsed, "i2").parent == "i1"
    assert applied.touched == {"i1": (7,)}
    alone = fits("move", "i2", {"section": place_of("s3")})
    assert (entry(alone, "i2").section, entry(alone, "i2").parent, entry(alone, "i1").section) == ("s3", None, "s1")
    prose = fits("move", "p1", {"section": place_of("s3")})
    assert entry(prose, "p1") == replace(ENTRIES[0], section="s3")


def test_kinds_of_one_sort() -> None:
    question = entry(fits("kind", "i1", {"kind": "question"}, with_entry("i1", confidence=0.3)), "i1")
    assert question == replace(ENTRIES[1], kind="question", confidence=1.0)
    doubted = with_entry("p1", theme="skole", also_themes=("bygg",), kind="prose_pledge", confidence=0.2)
    prose = entry(fits("kind", "p1", {"kind": "prose"}, doubted), "p1")
    assert prose == replace(ENTRIES[0], confidence=1.0)


def test_an_item_becomes_prose() -> None:
    parsed = fits("kind", "i1", {"kind": "prose"}, with_entry("i1", repaired="R", corrected="C"))
    made = entry(parsed, "i1")
    assert made == Passage(
        "i1", "s1", "prose", ENTRIES[1].text, ENTRIES[1].place, marker="•", repaired="R", corrected="C"
    )
    assert entry(parsed, "i2").parent is None
    assert counts(parsed) == {"prose": 32, "items": -32}
    in_text = entry(fits("kind", "i1", {"kind": "prose_pledge"}), "i1")
    assert (in_text.kind, in_text.theme, in_text.sub_themes) == ("prose_pledge", "skole", ("bygg",))
    below = programme(entries=(*ENTRIES[:3], replace(ENTRIES[3], section="s1", parent="i2"), *ENTRIES[4:]))
    assert entry(fits("kind", "i2", {"kind": "prose"}, below), "i3").parent == "i1", "what hung below moves up"


def test_prose_becomes_an_item_of_the_list_beside_it() -> None:
    parsed = fits("kind", "p1", {"kind": "question"}, with_entry("p1", theme="arbeid"))
    made = entry(parsed, "p1")
    assert (made.kind, made.lead_in, made.marker, made.theme) == ("question", LEAD, "", "arbeid")
    assert counts(parsed) == {"prose": -15, "items": 15}
    other = programme(entries=(*ENTRIES[:1], replace(ENTRIES[1], lead_in="Vi skal:"), *ENTRIES[2:]))
    passage = Passage("p2", "s1", "prose", "Gratis buss.", on(1, 6))
    between = replace(other, entries=steps.spliced(other.entries, 2, 0, passage))
    assert entry(fits("kind", "p2", {"kind": "pledge"}, between), "p2").lead_in == "Vi skal:", "the list before it"
    alone = programme(entries=(ENTRIES[0],), sections=SECTIONS[:1])
    assert entry(fits("kind", "p1", {"kind": "pledge"}, alone), "p1").lead_in == ""
    elsewhere = programme(entries=(replace(ENTRIES[0], section="s3"), *ENTRIES[1:4]))
    assert entry(fits("kind", "p1", {"kind": "pledge"}, elsewhere), "p1").lead_in == "", "not that of another section"


def test_nesting() -> None:
    other = programme(entries=(*ENTRIES[:4], replace(ENTRIES[4], lead_in="Vi skal:"), ENTRIES[5]))
    parsed = fits("nest", "i5", {"parent": place_of("i4")}, other)
    assert entry(parsed, "i5") == replace(ENTRIES[5], parent="i4", lead_in="Vi skal:")
    free = fits("nest", "i2", {"parent": None})
    assert entry(free, "i2") == replace(ENTRIES[2], parent=None)


# Between text and furniture


def test_an_entry_is_taken_out() -> None:
    applied = small.done("furniture", "i1", {})
    parsed = applied.parsed
    assert [each.id for each in parsed.entries] == ["p1", "i2", "i3", "i4", "i5"]
    assert parsed.furniture == (Furniture(1, 4, "• " + ENTRIES[1].text, EDITOR), *FURNITURE)
    assert entry(parsed, "i2").parent is None
    assert counts(parsed) == {"items": -32, "furniture": 32}
    assert applied.touched == {}
    prose = fits("furniture", "p1", {})
    assert prose.furniture[0] == Furniture(1, 2, "Skolen er viktig.", EDITOR)
    last = fits("furniture", "i5", {})
    assert last.furniture[-1] == Furniture(3, 3, "• Åpne kino", EDITOR)
    below = programme(entries=(*ENTRIES[:3], replace(ENTRIES[3], section="s1", parent="i2"), *ENTRIES[4:]))
    assert entry(fits("furniture", "i2", {}, below), "i3").parent == "i1"


def test_a_line_is_rescued() -> None:
    applied = small.done("rescue", small.line_place(FURNITURE[0]), {"kind": "prose"})
    made = Passage("e7", "s1", "prose", "Side 1", on(1, 7))
    assert applied.parsed.entries == (*ENTRIES[:3], made, *ENTRIES[3:])
    assert applied.parsed.furniture == FURNITURE[1:]
    assert counts(applied.parsed) == {"prose": 5, "furniture": -5}
    assert applied.touched == {"e7": (7,)}
    second = fits("rescue", small.line_place(FURNITURE[1]), {"kind": "prose"})
    assert order(second)[4] == ("s2", "e7")


def test_a_line_above_all_headings_goes_under_the_first() -> None:
    before = programme(furniture=(Furniture(1, 0, "Forsiden", "front"), *FURNITURE))
    place = anchor_at(before.furniture, 0)
    parsed = fits("rescue", place, {"kind": "prose"}, before)
    assert order(parsed)[0] == ("s1", "e7")


def test_a_rescued_line_goes_under_the_heading_on_its_own_line() -> None:
    before = programme(furniture=(Furniture(2, 1, "Bygg og anlegg", "x"),))
    assert ("s2", "e7") in order(fits("rescue", anchor_at(before.furniture, 0), {"kind": "prose"}, before))


def test_a_rescued_bullet_is_a_mark_and_a_bare_one_is_words() -> None:
    before = programme(furniture=(Furniture(3, 4, "• Male huset", "x"), Furniture(3, 5, "•", "x")))
    made = entry(fits("rescue", anchor_at(before.furniture, 0), {"kind": "pledge"}, before), "e7")
    assert (made.marker, made.text, made.lead_in) == ("•", "Male huset", LEAD)
    bare = entry(fits("rescue", anchor_at(before.furniture, 1), {"kind": "question"}, before), "e7")
    assert (bare.marker, bare.text, bare.kind) == ("", "•", "question")


def test_a_line_is_rescued_as_a_heading() -> None:
    applied = small.done("rescue", small.line_place(FURNITURE[1]), {"kind": "heading", "level": 2})
    assert outline(applied.parsed) == [("s1", 1, None), ("s2", 2, "s1"), ("h7", 2, "s1"), ("s3", 1, None)]
    assert applied.parsed.sections[2] == Section("h7", "Side 2", 2, 2, 3, parent="s1")
    assert counts(applied.parsed) == {"sections": 5, "furniture": -5}
    assert applied.touched == {"h7": (7,)}
    assert order(applied.parsed) == order(programme())


def test_furniture_that_stood_in_no_entry_is_added() -> None:
    applied = small.done("add", lines_place((1, 7), (2, 3)), {"lines": [[1, 7], [2, 3]], "kind": "question"})
    made = entry(applied.parsed, "e7")
    assert (made.kind, made.text, made.section, made.place) == ("question", "Side 1 Side 2", "s1", Place(1, 2, 7, 3))
    assert applied.parsed.furniture == ()
    assert counts(applied.parsed) == {"items": 10, "furniture": -10}
    one = fits("add", lines_place((1, 7)), {"lines": [["1", "7"]], "kind": "prose"})
    assert one.furniture == FURNITURE[1:]


def test_the_end_of_an_entry_is_cut_out() -> None:
    applied = small.done("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"})
    parsed = applied.parsed
    assert [each.id for each in parsed.entries] == ["p1", "i1", "i1.7.add", "i2", "i3", "i4", "i5"]
    assert entry(parsed, "i1") == replace(ENTRIES[1], text="Bygge skole i bygda")
    made = entry(parsed, "i1.7.add")
    assert (made.text, made.place, made.section, made.lead_in) == ("og ansette lærere", on(1, 5), "s1", LEAD)
    assert counts(parsed) == {}
    assert set(applied.touched) == {"i1.7.add", "i1"}


def test_the_beginning_of_an_entry_is_cut_out() -> None:
    parsed = fits("add", lines_place((1, 4)), {"lines": [[1, 4]], "kind": "prose"})
    assert [each.id for each in parsed.entries][1:3] == ["i1.7.add", "i1"]
    assert entry(parsed, "i1.7.add") == Passage("i1.7.add", "s1", "prose", "Bygge skole i bygda", on(1, 4))
    assert entry(parsed, "i1").text == "og ansette lærere"
    assert counts(parsed) == {"items": -16, "prose": 16}


def test_the_middle_of_an_entry_is_cut_out() -> None:
    long = with_entry("i1", text="Bygge skole i bygda og ansette lærere - gi mat", place=on(1, 4, 6))
    applied = small.done("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "question"}, long)
    parsed = applied.parsed
    assert [(each.id, each.text) for each in parsed.entries[1:4]] == [
        ("i1", "Bygge skole i bygda"),
        ("i1.7.add", "og ansette lærere"),
        ("i1.7", "- gi mat"),
    ]
    assert [getattr(each, "marker", None) for each in parsed.entries[1:4]] == ["•", "", ""]
    assert set(applied.touched) == {"i1", "i1.7.add", "i1.7"}


def test_words_that_stand_in_an_entry_elsewhere_are_not_cut_out_of_it() -> None:
    elsewhere = with_entry("i5", text="Åpne kino, gi mat og og ansette lærere")
    parsed = fits("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"}, elsewhere)
    assert entry(parsed, "i5") == entry(elsewhere, "i5")
    assert entry(parsed, "i1").text == "Bygge skole i bygda"


def test_a_stretch_becomes_a_heading() -> None:
    applied = small.done("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "heading", "level": 2})
    parsed = applied.parsed
    assert outline(parsed)[:2] == [("s1", 1, None), ("h7", 2, "s1")]
    assert parsed.sections[1].title == "og ansette lærere"
    assert entry(parsed, "i2").section == "h7"
    assert applied.touched == {"h7": (7,), "i1": (7,)}
    assert counts(parsed) == {"items": -15, "sections": 15}


# Headings


def test_a_title_and_number() -> None:
    parsed = fits("text", "s1", {"title": "Skole  og SFO", "number": " 1 "})
    assert parsed.sections[0] == replace(SECTIONS[0], corrected="Skole og SFO", corrected_number="1")
    assert fits("text", place_of("s1"), {"title": "Skole", "number": "1."}, parsed) == programme()
    assert fits("text", "s1", {"title": "Skole"}).sections[0].corrected == "Skole", "its number is left out"
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
    corrected = with_section("s2", corrected="Bygget", corrected_number="3")
    again = small.done("kind", "s2", {"kind": "prose"}, corrected)
    assert (again.parsed.entries[3].text, again.parsed.entries[3].corrected) == ("1.1 Bygg", "3 Bygget")
    assert again.touched == {"t7": (7,)}


def test_the_first_heading_leaves_a_section_without_a_title() -> None:
    parsed = fits("furniture", "s1", {})
    assert parsed.sections[0] == Section("s1.0", "", 0, 1, 1)
    assert outline(parsed) == [("s1.0", 0, None), ("s2", 1, None), ("s3", 1, None)]
    assert order(parsed)[0] == ("s1.0", "p1")
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
    last = programme(entries=(*ENTRIES, item("i9", "s3", "Og mer", Place(40, 40, 1, 1))))
    assert entry(fits("kind", "i4", {"kind": "heading", "level": 2}, last), "i9").section == "h7"


def test_an_outline_leaves_no_level_out() -> None:
    sections = [Section(f"s{n}", title, level, 1, n) for n, (title, level) in enumerate(
        [("A", 3), ("B", 5), ("C", 5), ("D", 4), ("", 2), ("E", 6), ("F", 6), ("G", 1)]
    )]  # fmt: skip
    assert [(each.level, each.parent) for each in tree(sections)] == [
        (1, None), (2, "s0"), (2, "s0"), (2, "s0"), (0, None), (1, None), (1, None), (1, None),
    ]  # fmt: skip


# What they are made of


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
