"""What the edits between text and furniture leave, value for value."""

from __future__ import annotations

from ingest.parser.document import Furniture, Passage, Place, Section, SourceLine
from ingest.parser.edits import EDITOR, anchor_at
from ingest.parser.values import replace
from tests.ingest.parser.edits import small
from tests.ingest.parser.edits.small import (
    ENTRIES,
    FURNITURE,
    LEAD,
    counts,
    entry,
    fits,
    item,
    lines_place,
    on,
    order,
    outline,
    programme,
    with_entry,
)


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


def test_a_rescued_line_is_of_the_list_before_it() -> None:
    later = replace(item("i9", "s1", "Og mer", on(3, 4)), lead_in="Vi skal:")
    before = programme(entries=(*ENTRIES, later))
    assert entry(fits("rescue", small.line_place(FURNITURE[0]), {"kind": "pledge"}, before), "e7").lead_in == LEAD


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


def test_a_dash_within_an_entry_is_cut_out_with_its_words() -> None:
    long = with_entry("i1", text="Bygge skole i bygda og ansette lærere - gi mat", place=on(1, 4, 6))
    parsed = fits("add", lines_place((1, 6)), {"lines": [[1, 6]], "kind": "prose"}, long)
    assert [entry(parsed, each).text for each in ("i1", "i1.7.add")] == [
        "Bygge skole i bygda og ansette lærere",
        "- gi mat",
    ]


def test_lines_are_cut_out_as_the_source_has_them_where_the_entry_has_them_so() -> None:
    lines = (SourceLine(1, 5, "og ansette læ-"), SourceLine(1, 6, "rere i bygda"))
    place = {"page": 1, "line": 5, "quote": "og ansette læ- rere i bygda", "before": "", "after": ""}
    change = {"lines": [[1, 5], [1, 6]], "kind": "pledge"}
    for words in ("og ansette lærere i bygda", "og ansette læ- rere i bygda"):
        before = replace(with_entry("i1", text=f"Bygge skole {words}", place=on(1, 4, 6)), lines=lines)
        parsed = fits("add", place, change, before)
        assert [entry(parsed, each).text for each in ("i1", "i1.7.add")] == ["Bygge skole", words]


def test_words_that_stand_in_an_entry_elsewhere_are_not_cut_out_of_it() -> None:
    elsewhere = with_entry("i5", text="Åpne kino, gi mat og og ansette lærere")
    parsed = fits("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"}, elsewhere)
    assert entry(parsed, "i5") == entry(elsewhere, "i5")
    assert entry(parsed, "i1").text == "Bygge skole i bygda"
    above = with_entry("p1", text="Bygge ut og ansette lærere er viktig.")
    parsed = fits("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"}, above)
    assert (entry(parsed, "p1"), entry(parsed, "i1").text) == (entry(above, "p1"), "Bygge skole i bygda")


def test_a_stretch_is_of_the_list_that_it_is_cut_out_of() -> None:
    other = with_entry("i2", lead_in="Vi skal:")
    parsed = fits("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"}, other)
    assert entry(parsed, "i1.7.add").lead_in == LEAD


def test_a_stretch_becomes_a_heading() -> None:
    applied = small.done("add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "heading", "level": 2})
    parsed = applied.parsed
    assert outline(parsed)[:2] == [("s1", 1, None), ("h7", 2, "s1")]
    assert parsed.sections[1].title == "og ansette lærere"
    assert entry(parsed, "i2").section == "h7"
    assert applied.touched == {"h7": (7,), "i1": (7,)}
    assert counts(parsed) == {"items": -15, "sections": 15}
