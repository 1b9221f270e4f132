"""Edits of headings: what each does to the outline and to what stands under it, and that no words are lost."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.parser.document import Item, ParsedProgramme
from ingest.parser.edits import EDITOR, Edit, apply
from ingest.parser.edits.headings import tree
from tests.ingest.parser.edits import sketch

TEXT = """\
# Oppvekst
Barn og unge trenger trygge voksne rundt seg hele dagen.

## Skole
Fjordpartiet vil:
- Bygge ny skole
- Ansette flere lærere
  - og flere assistenter

## Barnehage
Fjordpartiet vil:
- Åpne flere barnehager

# Kultur
## Idrett
Fjordpartiet vil:
- Ruste opp hallen
"""


def programme() -> ParsedProgramme:
    from ingest.parser.parse import parse

    return parse(TEXT.encode(), "fjordpartiet.md")


def only(kind: str, title: str, change: dict[str, Any], parsed: ParsedProgramme | None = None) -> ParsedProgramme:
    """Return the sketch with one edit of a heading, which must fit."""
    parsed = parsed or programme()
    applied = apply(parsed, [sketch.heading_edit(parsed, kind, title, change)])
    assert applied.reasons == {}
    check(parsed, applied.parsed)
    return applied.parsed


def check(before: ParsedProgramme, after: ParsedProgramme) -> None:
    """Check what holds whatever is done: nothing lost, and a sound outline."""
    old, new = before.coverage, after.coverage
    assert (new.unassigned, new.characters) == (0, old.characters)
    assert sum((new.sections, new.prose, new.lead_ins, new.items, new.furniture)) == old.characters
    assert after.sections == tree(after.sections)
    ids = [section.id for section in after.sections]
    assert len(set(ids)) == len(ids)
    home = {entry.id: entry.section for entry in after.entries}
    assert len(home) == len(after.entries)
    for entry in after.entries:
        assert entry.section in ids
        assert not isinstance(entry, Item) or entry.parent is None or home[entry.parent] == entry.section


def outline(parsed: ParsedProgramme) -> list[str]:
    return [f"{section.level} {section.shown_title}" for section in parsed.sections]


def under(parsed: ParsedProgramme, title: str) -> list[str]:
    ids = [section.id for section in parsed.sections if section.title == title]
    return [entry.text for entry in parsed.entries if entry.section in ids]


def test_the_sketch_is_read_as_these_tests_mean_it() -> None:
    assert outline(programme()) == ["1 Oppvekst", "2 Skole", "2 Barnehage", "1 Kultur", "2 Idrett"]
    assert under(programme(), "Skole") == ["Bygge ny skole", "Ansette flere lærere", "og flere assistenter"]


def test_the_title_and_number_of_an_editor_stand_beside_the_sources() -> None:
    section = only("text", "Skole", {"title": "Skole og SFO", "number": "1.1"}).sections[1]
    assert (section.title, section.number) == ("Skole", "")
    assert (section.shown_title, section.shown_number, section.text) == ("Skole og SFO", "1.1", "Skole")


@pytest.mark.parametrize(
    ("title", "level", "wanted"),
    [
        ("Skole", 1, ["1 Oppvekst", "1 Skole", "2 Barnehage", "1 Kultur", "2 Idrett"]),
        ("Barnehage", 3, ["1 Oppvekst", "2 Skole", "3 Barnehage", "1 Kultur", "2 Idrett"]),
        ("Kultur", 2, ["1 Oppvekst", "2 Skole", "2 Barnehage", "2 Kultur", "3 Idrett"]),
    ],
)
def test_a_heading_takes_what_is_below_it_to_another_level(title: str, level: int, wanted: list[str]) -> None:
    assert outline(only("level", title, {"level": level})) == wanted


def test_a_heading_moves_with_all_below_it_and_its_text_stays_in_the_document_s_order() -> None:
    parsed = only("move", "Kultur", {"section": sketch.section(programme(), "Skole")})
    assert outline(parsed) == ["1 Oppvekst", "2 Skole", "3 Kultur", "4 Idrett", "2 Barnehage"]
    assert [entry.text for entry in parsed.entries] == [entry.text for entry in programme().entries]
    assert outline(only("move", "Skole", {"section": None}))[-1] == "1 Skole"


def test_a_heading_becomes_text_of_the_section_before() -> None:
    parsed = only("kind", "Skole", {"kind": "prose"})
    assert outline(parsed) == ["1 Oppvekst", "2 Barnehage", "1 Kultur", "2 Idrett"]
    assert under(parsed, "Oppvekst")[1:3] == ["Skole", "Bygge ny skole"]


def test_the_first_heading_becomes_text_before_all_headings() -> None:
    parsed = only("furniture", "Oppvekst", {})
    assert outline(parsed)[:2] == ["0 ", "1 Skole"]
    assert [(line.text, line.why) for line in parsed.furniture if line.why == EDITOR] == [("Oppvekst", EDITOR)]
    assert under(only("kind", "Oppvekst", {"kind": "pledge"}), "")[0] == "Oppvekst"


def test_a_corrected_heading_takes_its_correction_along() -> None:
    parsed = only("text", "Skole", {"title": "Skolen", "number": ""})
    entry = next(e for e in only("kind", "Skole", {"kind": "prose"}, parsed).entries if e.text == "Skole")
    assert entry.corrected == "Skolen"


def test_an_entry_becomes_a_heading_and_what_follows_stands_under_it() -> None:
    before = programme()
    applied = apply(before, [sketch.edit(before, "kind", "Ansette", {"kind": "heading", "level": 3})])
    parsed = applied.parsed
    check(before, parsed)
    assert outline(parsed)[:4] == ["1 Oppvekst", "2 Skole", "3 Ansette flere lærere", "2 Barnehage"]
    assert under(parsed, "Ansette flere lærere") == ["og flere assistenter"]
    assert list(applied.touched) == ["h1"]
    back = only("kind", "Ansette flere lærere", {"kind": "pledge"}, parsed)
    assert under(back, "Skole") == ["Bygge ny skole", "Ansette flere lærere", "og flere assistenter"]


def test_a_heading_that_was_missed_is_added_from_the_lines_of_the_source() -> None:
    before = sketch.programme()
    line = next(line for line in before.lines if line.text.startswith("Side 1"))
    place = {"page": 1, "line": line.number, "quote": line.text, "before": "", "after": ""}
    change = {"lines": [[1, line.number]], "kind": "heading", "level": 1}
    applied = apply(before, [Edit(1, "add", place, change)])
    assert applied.reasons == {}
    assert "1 Side 1" in outline(applied.parsed)
    rescued = apply(
        before, [Edit(1, "rescue", sketch.furniture_place(before, "Side 2"), {"kind": "heading", "level": 2})]
    )
    assert "2 Side 2" in outline(rescued.parsed)


def test_a_heading_that_swallowed_text_is_split() -> None:
    parsed = only("split", "Barnehage", {"at": 4, "rest": "hage"})
    assert outline(parsed)[2] == "2 Barne"
    assert under(parsed, "Barne")[0] == "hage"


def test_a_title_printed_over_two_lines_is_joined() -> None:
    parsed = only("merge", "Idrett", {"with": sketch.section(programme(), "Kultur")})
    assert outline(parsed)[-1] == "1 Kultur Idrett"
    assert under(parsed, "Kultur Idrett") == ["Ruste opp hallen"]


def test_a_heading_found_behind_its_text_begins_before_it() -> None:
    before = programme()
    parsed = only("begin", "Barnehage", {"at": sketch.place(before, "Ansette")})
    assert under(parsed, "Skole") == ["Bygge ny skole"]
    assert under(parsed, "Barnehage") == ["Ansette flere lærere", "og flere assistenter", "Åpne flere barnehager"]
    back = only("begin", "Barnehage", {"at": sketch.place(parsed, "Åpne")}, parsed)
    assert under(back, "Barnehage") == ["Åpne flere barnehager"]


UNFIT = [
    ("text", "Skole", {"title": " "}, "tom"),
    ("text", "Skole", {"title": "x" * 501}, "høyst 500"),
    ("level", "Skole", {"level": 2}, "allerede"),
    ("level", "Skole", {"level": 9}, "Nivået"),
    ("level", "Oppvekst", {"level": 2}, "allerede"),
    ("move", "Kultur", {"section": sketch.section(programme(), "Idrett")}, "under seg selv"),
    ("move", "Idrett", {"section": sketch.section(programme(), "Kultur")}, "allerede der"),
    ("merge", "Barnehage", {"with": sketch.section(programme(), "Skole")}, "tekst mellom"),
    ("merge", "Idrett", {"with": sketch.section(programme(), "Skole")}, "ikke lenger"),
    ("begin", "Idrett", {"at": sketch.place(programme(), "Bygge")}, "bare flyttes"),
    ("begin", "Skole", {"at": sketch.place(programme(), "Bygge")}, "allerede"),
    ("split", "Skole", {"rest": "finnes ikke"}, "finnes ikke"),
    ("kind", "Skole", {"kind": "poem"}, "finnes ikke"),
    ("nest", "Skole", {"parent": None}, "finnes ikke"),
    ("text", "Skole", {}, "mangler"),
]


@pytest.mark.parametrize(("kind", "title", "change", "reason"), UNFIT)
def test_what_makes_no_sense_changes_nothing_and_says_why(
    kind: str, title: str, change: dict[str, Any], reason: str
) -> None:
    parsed = programme()
    applied = apply(parsed, [sketch.heading_edit(parsed, kind, title, change)])
    assert applied.parsed == parsed
    assert reason in applied.reasons[1]


def test_edits_of_headings_are_found_again_in_another_parse_and_what_is_gone_is_named() -> None:
    from ingest.parser.parse import parse

    old = programme()
    edits = [
        sketch.heading_edit(old, "text", "Skole", {"title": "Skolen"}, number=1),
        sketch.heading_edit(old, "level", "Idrett", {"level": 1}, number=2),
        sketch.heading_edit(old, "text", "Barnehage", {"title": "Barnehagen"}, number=3),
    ]
    new = parse(("# Forord\nVi er glade i bygda vår.\n\n" + TEXT.replace("## Barnehage\n", "")).encode(), "ny.md")
    applied = apply(new, edits)
    assert outline(applied.parsed) == ["1 Forord", "1 Oppvekst", "2 Skolen", "1 Kultur", "1 Idrett"]
    assert applied.unfit == (3,)


def test_edits_go_on_from_where_others_ended() -> None:
    parsed = programme()
    edits = [
        sketch.heading_edit(parsed, "text", "Skole", {"title": "Skolen"}, number=1),
        sketch.heading_edit(parsed, "text", "Finnes ikke", {"title": "x"}, number=2)
        if any(each.title == "Finnes ikke" for each in parsed.sections)
        else Edit(2, "text", {**sketch.section(parsed, "Skole"), "quote": "Finnes ikke"}, {"title": "x"}),
        sketch.edit(parsed, "furniture", "Bygge", {}, number=3),
    ]
    assert apply(apply(parsed, edits[:2]), edits[2:]) == apply(parsed, edits)
