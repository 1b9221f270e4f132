"""What each edit of an entry leaves, value for value."""

from __future__ import annotations

import pytest

from ingest.parser.document import Furniture, Passage, Place, Reason
from ingest.parser.edits import EDITOR, steps
from ingest.parser.edits.entries import _line_at, _nearest, _parted
from ingest.parser.values import replace
from tests.ingest.parser.edits import small
from tests.ingest.parser.edits.small import (
    COVERAGE,
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
    others_as_before,
    place_of,
    programme,
    with_entry,
)

REASON = Reason("skole", "skole", "text", 1.0)


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
    before = with_entry("i1", theme_reasons=(REASON,))
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


def test_what_stands_on_two_pages_is_split_and_merged_with_both() -> None:
    over_a_page = with_entry("i2", text="gi mat 1.1 Bygg", place=Place(1, 2, 6, 1))
    parsed = fits("split", "i2", {"at": 7, "rest": "1.1 Bygg"}, over_a_page)
    assert [entry(parsed, each).place for each in ("i2", "i2.7")] == [on(1, 6), on(2, 1)]
    on_the_next = with_entry("i5", place=on(4, 1))
    parsed = fits("merge", place_of("i5", on_the_next), {"with": place_of("i4")}, on_the_next)
    assert entry(parsed, "i4").place == Place(3, 4, 2, 1)


def test_a_split_at_the_space_before_the_words() -> None:
    parsed = fits("split", "i1", {"at": 19, "rest": " og ansette"})
    assert [entry(parsed, each).text for each in ("i1", "i1.7")] == ["Bygge skole i bygda", "og ansette lærere"]


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
    other = with_entry(
        "i1", repaired="Bygge skole i bygda og ansette lærarar", corrected="Bygge to skoler i bygda og ansette lærere"
    )
    parsed = fits("split", "i1", {"at": 20, "rest": "og ansette"}, other)
    first, second = entry(parsed, "i1"), entry(parsed, "i1.7")
    assert (first.repaired, second.repaired) == (None, "og ansette lærarar")
    assert (first.corrected, second.corrected) == ("Bygge to skoler i bygda", None)


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
    dash = with_entry("i1", corrected="Bygge to skoler")
    assert entry(fits("merge", "i2", {"with": place_of("i1")}, dash), "i1").corrected == "Bygge to skoler - gi mat"


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
    themes = {"theme": "skole", "also_themes": ("bygg",), "sub_themes": ("tak",), "theme_reasons": (REASON,)}
    doubted = with_entry("p1", kind="prose_pledge", confidence=0.2, **themes)
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
    themes = {"theme": "skole", "also_themes": ("kultur",), "sub_themes": ("bygg",), "theme_reasons": (REASON,)}
    in_text = fits("kind", "i1", {"kind": "prose_pledge"}, with_entry("i1", **themes))
    assert {name: getattr(entry(in_text, "i1"), name) for name in themes} == themes
    assert entry(fits("kind", "i1", {"kind": "prose"}, in_text), "i1").theme_reasons == ()
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
