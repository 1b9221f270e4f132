"""Edits on places in the source: what each does, that none loses words, and that they outlive a new parse."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parser.as_json import from_wire, to_wire
from ingest.parser.document import Item, ParsedProgramme, Printed
from ingest.parser.edits import EDITOR, Applied, Edit, apply
from tests.ingest.parser.edits import sketch

SCHOOL, TEACHERS, HEALTH, NURSE = "Bygge ny", "Ansette flere", "Styrke", "ansette helse"


def only(kind: str, at: int | str, change: dict[str, Any], parsed: ParsedProgramme | None = None) -> ParsedProgramme:
    """Return the sketch with one edit, which must fit."""
    parsed = parsed or sketch.programme()
    applied = apply(parsed, [sketch.edit(parsed, kind, at, change)])
    assert applied.reasons == {}
    return applied.parsed


def entry(parsed: ParsedProgramme, begins: str) -> Any:
    return parsed.entries[sketch.index_of(parsed, begins)]


def words(parsed: ParsedProgramme) -> Counter[str]:
    """Return every letter and digit that a parse shows anywhere: items with markers, prose, furniture, lead-ins."""
    shown = [f"{e.marker} {e.text}" for e in parsed.entries]
    shown += [line.text for line in parsed.furniture]
    return Counter(character for text in shown for character in text if character.isalnum())


def lead_ins(parsed: ParsedProgramme) -> set[str]:
    return {e.lead_in for e in parsed.items} | {e.text for e in parsed.passages}


def test_the_corrected_text_stands_beside_the_sources() -> None:
    parsed = only("text", SCHOOL, {"text": "Bygge ny  skole i Elvebyen."})
    assert (entry(parsed, SCHOOL).text, entry(parsed, SCHOOL).corrected) == (
        "Bygge ny ungdomsskole i Elvebyen innen 2027",
        "Bygge ny skole i Elvebyen.",
    )


def test_a_split_gives_two_entries_that_know_their_lines() -> None:
    parsed = only("split", TEACHERS, {"at": 23, "rest": "Gi alle elever"})
    first, second = entry(parsed, TEACHERS), entry(parsed, "Gi alle")
    assert (first.text, second.text) == ("Ansette flere lærere.", "Gi alle elever gratis skolemat hver dag")
    lines = (first.place.line_first, first.place.line_last, second.place.line_first, second.place.line_last)
    assert lines == (6, 6, 6, 7)
    assert (second.marker, second.lead_in, second.section) == ("", first.lead_in, first.section)


def test_a_split_divides_the_corrected_wording_at_the_same_words() -> None:
    parsed = only("text", TEACHERS, {"text": "Ansette mange flere lærere. Gi alle elever gratis skolemat."})
    parsed = only("split", TEACHERS, {"at": 23, "rest": "Gi alle"}, parsed)
    assert entry(parsed, TEACHERS).corrected == "Ansette mange flere lærere."
    assert entry(parsed, "Gi alle").corrected == "Gi alle elever gratis skolemat."


def test_a_merge_joins_to_the_entry_before_and_keeps_the_bullet_as_furniture() -> None:
    before = sketch.programme()
    parsed = only("merge", TEACHERS, {"with": sketch.place(before, SCHOOL)})
    assert entry(parsed, SCHOOL).text == (
        "Bygge ny ungdomsskole i Elvebyen innen 2027 Ansette flere lærere. Gi alle elever gratis skolemat hver dag"
    )
    assert [(line.text, line.why) for line in parsed.furniture if line.why == EDITOR] == [("•", EDITOR)]
    assert len(parsed.entries) == len(before.entries) - 1


def test_what_hung_under_a_merged_item_hangs_under_the_whole() -> None:
    before = sketch.programme()
    parsed = only("merge", HEALTH, {"with": sketch.place(before, TEACHERS)})
    assert entry(parsed, NURSE).parent == entry(parsed, TEACHERS).id


def test_an_item_moves_to_another_chapter_with_what_hangs_under_it() -> None:
    parsed = only("move", HEALTH, {"section": sketch.section(sketch.programme(), "KULTUR")})
    culture = next(section.id for section in parsed.sections if section.title == "KULTUR")
    assert {entry(parsed, text).section for text in (HEALTH, NURSE, "åpne skole")} == {culture}
    assert entry(parsed, SCHOOL).section != culture


@pytest.mark.parametrize("kind", ["question", "prose", "prose_pledge"])
def test_an_item_becomes_another_kind_and_back(kind: str) -> None:
    parsed = only("kind", TEACHERS, {"kind": kind})
    assert entry(parsed, TEACHERS).kind == kind
    back = entry(only("kind", TEACHERS, {"kind": "pledge"}, parsed), TEACHERS)
    assert (back.kind, back.lead_in) == ("pledge", "Storfjell Bygdeliste vil:")


def test_items_under_one_that_becomes_prose_stand_for_themselves() -> None:
    assert entry(only("kind", HEALTH, {"kind": "prose"}), NURSE).parent is None


def test_nesting_and_back() -> None:
    parsed = only("nest", TEACHERS, {"parent": sketch.place(sketch.programme(), SCHOOL)})
    assert entry(parsed, TEACHERS).parent == entry(parsed, SCHOOL).id
    assert entry(only("nest", TEACHERS, {"parent": None}, parsed), TEACHERS).parent is None


def test_an_entry_taken_out_is_furniture_with_its_reason_and_can_be_rescued() -> None:
    before = sketch.programme()
    parsed = only("furniture", SCHOOL, {})
    line = next(line for line in parsed.furniture if line.why == EDITOR)
    assert line.text == "• Bygge ny ungdomsskole i Elvebyen innen 2027"
    rescue = Edit(2, "rescue", sketch.furniture_place(parsed, "• Bygge"), {"kind": "pledge"})
    applied = apply(parsed, [rescue])
    back, first = entry(applied.parsed, SCHOOL), entry(before, SCHOOL)
    assert (back.marker, back.text, back.lead_in, back.section) == ("•", first.text, first.lead_in, first.section)
    assert applied.parsed.coverage == before.coverage
    assert applied.touched == {back.id: (2,)}


def test_furniture_of_the_parser_can_be_rescued() -> None:
    parsed = sketch.programme()
    applied = apply(parsed, [Edit(1, "rescue", sketch.furniture_place(parsed, "Side 1"), {"kind": "prose"})])
    assert entry(applied.parsed, "Side 1").section == entry(parsed, "Gratis").section


def test_lines_of_the_source_become_an_entry_and_what_is_left_stays() -> None:
    parsed = sketch.programme()
    line = next(line for line in parsed.lines if line.text.startswith("skolemat"))
    place = {"page": 1, "line": line.number, "quote": line.text, "before": "", "after": ""}
    applied = apply(parsed, [Edit(1, "add", place, {"lines": [[1, line.number]], "kind": "pledge"})])
    assert applied.reasons == {}
    assert entry(applied.parsed, TEACHERS).text == "Ansette flere lærere. Gi alle elever gratis"
    assert entry(applied.parsed, "skolemat").text == "skolemat hver dag"


def test_lines_that_were_furniture_become_an_entry() -> None:
    parsed = sketch.programme()
    line = next(line for line in parsed.lines if line.text.startswith("Side 1"))
    place = {"page": 1, "line": line.number, "quote": line.text, "before": "", "after": ""}
    applied = apply(parsed, [Edit(1, "add", place, {"lines": [[1, line.number]], "kind": "prose"})])
    assert applied.reasons == {}
    assert not any(line.text.startswith("Side 1") for line in applied.parsed.furniture)
    assert entry(applied.parsed, "Side 1")


def test_a_repair_is_undone_and_accepted() -> None:
    raw = sketch.programme()
    index = sketch.index_of(raw, SCHOOL)
    entries = list(raw.entries)
    entries[index] = replace(entries[index], repaired="Bygge to skoler")
    raw = replace(raw, entries=tuple(entries))
    assert entry(only("repair", SCHOOL, {"repaired": None}, raw), SCHOOL).repaired is None
    assert entry(only("repair", SCHOOL, {"repaired": "Bygge to skoler"}), SCHOOL).repaired == "Bygge to skoler"


def test_themes_are_set() -> None:
    item = entry(only("themes", SCHOOL, {"main": "bygg-og-eiendom", "also": ["skole-og-utdanning"]}), SCHOOL)
    assert (item.theme, item.also_themes, item.sub_themes) == ("bygg-og-eiendom", ("skole-og-utdanning",), ())
    assert item.theme_reasons == ()  # the parser's reasons are not the editor's


def test_a_pledge_in_running_text_has_themes_and_prose_has_none() -> None:
    parsed = sketch.programme()
    theme = entry(parsed, SCHOOL).theme
    assert theme
    in_text = only("kind", SCHOOL, {"kind": "prose_pledge"}, parsed)
    assert entry(in_text, SCHOOL).theme == theme
    assert entry(only("kind", SCHOOL, {"kind": "pledge"}, in_text), SCHOOL).theme == theme
    assert entry(only("themes", SCHOOL, {"main": "arbeid"}, in_text), SCHOOL).theme == "arbeid"
    assert entry(only("kind", SCHOOL, {"kind": "prose"}, in_text), SCHOOL).theme is None
    assert entry(only("kind", SCHOOL, {"kind": "prose"}, parsed), SCHOOL).theme is None


def test_what_is_made_a_pledge_by_hand_has_themes_and_its_neighbours_keep_theirs() -> None:
    parsed = sketch.programme()
    made = only("kind", "Skolen er hjertet", {"kind": "prose_pledge"}, parsed)
    assert entry(made, "Skolen er hjertet").theme == "skole-og-utdanning"
    assert entry(made, "Skolen er hjertet").theme_reasons
    assert made.entries[1:] == parsed.entries[1:]
    furniture = only("furniture", SCHOOL, {}, parsed)
    rescue = Edit(2, "rescue", sketch.furniture_place(furniture, "• Bygge"), {"kind": "pledge"})
    assert entry(apply(furniture, [rescue]).parsed, SCHOOL).theme == entry(parsed, SCHOOL).theme
    assert entry(only("kind", "Skolen er hjertet", {"kind": "prose"}, made), "Skolen er").theme is None


def test_what_a_person_has_settled_is_not_doubted_and_the_rest_stays_with_the_entry() -> None:
    parsed = sketch.programme()
    index = sketch.index_of(parsed, SCHOOL)
    doubted = replace(parsed.entries[index], confidence=0.2, dissent="DISSENS 3", printed=Printed("7", "12"))
    parsed = replace(parsed, entries=(*parsed.entries[:index], doubted, *parsed.entries[index + 1 :]))
    question = entry(only("kind", SCHOOL, {"kind": "question"}, parsed), SCHOOL)
    assert (question.confidence, question.dissent, question.printed) == (1.0, "DISSENS 3", Printed("7", "12"))
    prose = entry(only("kind", SCHOOL, {"kind": "prose"}, parsed), SCHOOL)
    assert (prose.confidence, prose.printed) == (1.0, Printed("7", "12"))
    corrected = entry(only("text", SCHOOL, {"text": "Bygge skole"}, parsed), SCHOOL)
    assert (corrected.confidence, corrected.dissent) == (0.2, "DISSENS 3")


def test_a_lead_in_that_lost_its_last_item_stands_as_prose() -> None:
    parsed = sketch.programme()
    for begins in ("Utrede", "Bevare", "Gratis buss"):
        culture = [n for n, e in enumerate(parsed.entries) if e.text.startswith(begins)][-1]
        parsed = only("furniture", culture, {}, parsed)
    assert [e.text for e in parsed.passages][-2] == "Storfjell Bygdeliste vil:"
    assert parsed.coverage.unassigned == 0


UNFIT = [
    ("text", SCHOOL, {"text": " "}, "tom"),
    ("split", SCHOOL, {"at": 0, "rest": "Bygge"}, "før og etter"),
    ("split", SCHOOL, {"at": 4, "rest": "finnes ikke"}, "finnes ikke igjen"),
    ("kind", SCHOOL, {"kind": "pledge"}, "allerede"),
    ("kind", SCHOOL, {"kind": "poem"}, "finnes ikke"),
    ("nest", SCHOOL, {"parent": None}, "for seg selv"),
    ("themes", "Skolen er", {"main": "kultur"}, "brødtekst"),
    ("themes", SCHOOL, {}, "mangler"),
    ("sing", SCHOOL, {}, "finnes ikke"),
]


@pytest.mark.parametrize(("kind", "at", "change", "reason"), UNFIT)
def test_what_makes_no_sense_changes_nothing_and_says_why(
    kind: str, at: str, change: dict[str, Any], reason: str
) -> None:
    parsed = sketch.programme()
    applied = apply(parsed, [sketch.edit(parsed, kind, at, change)])
    assert applied.parsed == parsed
    assert applied.unfit == (1,)
    assert reason in applied.reasons[1]


def test_what_a_better_parser_has_done_by_itself_waits_for_nobody() -> None:
    parsed = sketch.programme()
    done, poem = (sketch.edit(parsed, "kind", SCHOOL, {"kind": to}, number=n) for n, to in ((1, "pledge"), (2, "poem")))
    level = sketch.heading_edit(parsed, "level", parsed.sections[-1].title, {"level": parsed.sections[-1].level})
    applied = apply(parsed, [done, poem, replace(level, id=3)])
    assert applied.parsed == parsed
    assert (applied.unfit, applied.settled, applied.waiting) == ((1, 2, 3), {1, 3}, (2,))


def test_edits_are_found_again_in_another_parse() -> None:
    """The file gained a chapter above, a word was read better, and one pledge is gone."""
    old = sketch.programme()
    edits = [
        sketch.edit(old, "text", SCHOOL, {"text": "Bygge ny skole"}, number=1),
        sketch.edit(old, "furniture", "Utrede", {}, number=2),
        sketch.edit(old, "kind", "åpne skole", {"kind": "question"}, number=3),
        sketch.edit(old, "furniture", sketch.index_of(old, "Bevare") + 1, {}, number=4),
    ]
    text = "FORORD\nVi bor i ei bygd som vi er glade i, og som vi vil ta vare på.\n\n" + sketch.TEXT
    text = text.replace("byantikvar", "by-antikvar").replace("  o åpne skolelegens kontor på kveldstid\n", "")
    new = sketch.programme(text)
    applied = apply(new, edits)
    assert applied.unfit == (3,)
    assert entry(applied.parsed, SCHOOL).corrected == "Bygge ny skole"
    assert not any(e.text.startswith("Utrede") for e in applied.parsed.entries)
    buses = [e for e in applied.parsed.entries if e.text == "Gratis buss"]
    assert len(buses) == 1, "of two alike, the one in its own surroundings is taken"
    assert next(s.title for s in new.sections if s.id == buses[0].section) == "SKOLE"


def test_two_that_are_just_as_good_are_not_guessed_between() -> None:
    old = sketch.programme("SKOLE\nStorfjell Bygdeliste vil:\n• Bygge mye nytt\n• Gratis buss\n• Styrke skolen\n")
    new = sketch.programme(
        "\n\nSKOLE\nStorfjell Bygdeliste vil:\n" + "• Bygge mye nytt\n• Gratis buss\n• Styrke skolen\n" * 2
    )
    assert apply(new, [sketch.edit(old, "furniture", "Gratis", {})]).unfit == (1,)


def test_the_wire_carries_lines_and_corrections() -> None:
    parsed = only("text", SCHOOL, {"text": "Bygge ny skole"})
    assert from_wire(to_wire(parsed)) == parsed
    assert parsed.lines


# Properties: any edits on any places

INDEX = st.integers(min_value=0, max_value=40)
WORDS = st.text("abc æøå.", min_size=1, max_size=30)


@st.composite
def edits(draw: Any) -> Any:
    """Return how to make an edit of a parse, drawn without knowing it."""
    kind = draw(st.sampled_from(["text", "split", "merge", "move", "kind", "nest", "furniture", "rescue", "themes"]))
    at, other, text = draw(INDEX), draw(INDEX), draw(WORDS)
    wanted = draw(st.sampled_from(["pledge", "question", "prose", "prose_pledge"]))

    def make(parsed: ParsedProgramme, number: int) -> Edit | None:
        index = at % len(parsed.entries)
        here = parsed.entries[index]
        if kind == "rescue":
            if not parsed.furniture:
                return None
            line = parsed.furniture[at % len(parsed.furniture)]
            return Edit(number, kind, sketch.furniture_place(parsed, line.text), {"kind": wanted})
        cut = other % len(here.text)
        changes: dict[str, dict[str, Any]] = {
            "text": {"text": text},
            "split": {"at": cut, "rest": here.text[cut:]},
            "merge": {"with": sketch.place(parsed, max(index - 1, 0))},
            "move": {"section": sketch.section(parsed, parsed.sections[other % len(parsed.sections)].title)},
            "kind": {"kind": wanted},
            "nest": {"parent": sketch.place(parsed, other % len(parsed.entries))},
            "furniture": {},
            "themes": {"main": "kultur-idrett-og-fritid"},
        }
        return sketch.edit(parsed, kind, index, changes[kind], number=number)

    return make


PARSED = sketch.programme()


def in_turn(makers: list[Any]) -> tuple[list[Edit], Applied]:
    """Return edits each made of what the ones before had left, as people make them."""
    made: list[Edit] = []
    applied = apply(PARSED, made)
    for number, make in enumerate(makers, 1):
        edit = make(applied.parsed, number)
        if edit is not None and not apply(PARSED, [*made, edit]).unfit:
            made.append(edit)
            applied = apply(PARSED, made)
    return made, applied


@settings(max_examples=150)
@given(st.lists(edits(), max_size=8))
def test_no_words_are_lost_whatever_is_done(makers: list[Any]) -> None:
    parsed = in_turn(makers)[1].parsed
    lead_in = Counter(c for c in "Storfjell Bygdeliste vil:" if c.isalnum())
    extra = words(parsed) - words(PARSED)
    assert words(PARSED) - words(parsed) == Counter(), "every letter is still somewhere"
    assert set(extra) <= set(lead_in), "and nothing came but a lead-in that lost its list"
    assert lead_ins(PARSED) - {""} <= lead_ins(parsed) | {f"{e.text}" for e in PARSED.passages}
    before, after = PARSED.coverage, parsed.coverage
    assert after.unassigned == 0
    assert after.characters == before.characters
    assert sum((after.sections, after.prose, after.lead_ins, after.items, after.furniture)) == before.characters
    seen: set[str] = set()
    for each in parsed.entries:
        assert each.id not in seen
        assert each.text
        assert not isinstance(each, Item) or each.parent is None or each.parent in seen, "parents come first"
        seen.add(each.id)
    assert {e.section for e in parsed.entries} <= {s.id for s in parsed.sections}


@settings(max_examples=100)
@given(st.lists(edits(), max_size=6), edits())
def test_an_edit_undone_leaves_what_there_was(makers: list[Any], last: Any) -> None:
    made, applied = in_turn(makers)
    edit = last(applied.parsed, 99)
    with_it = [*made, edit] if edit else made
    apply(PARSED, with_it)
    assert apply(PARSED, [each for each in with_it if each.id != 99]).parsed == applied.parsed
    assert apply(PARSED, []).parsed == PARSED


@settings(max_examples=100)
@given(
    st.lists(st.integers(0, len(PARSED.entries) - 1), unique=True, min_size=2, max_size=6),
    st.lists(st.sampled_from(["text", "question", "furniture", "themes"]), min_size=6, max_size=6),
    st.randoms(),
)
def test_edits_on_places_that_differ_may_come_in_any_order(indexes: list[int], kinds: list[str], random: Any) -> None:
    changes = {
        "text": ("text", {"text": "Nye ord"}),
        "question": ("kind", {"kind": "question"}),
        "furniture": ("furniture", {}),
        "themes": ("themes", {"main": "kultur-idrett-og-fritid"}),
    }
    made = [
        sketch.edit(PARSED, changes[kind][0], index, changes[kind][1], number=n)
        for n, (index, kind) in enumerate(zip(indexes, kinds, strict=False), 1)
    ]
    shuffled = random.sample(made, len(made))
    one, other = apply(PARSED, made), apply(PARSED, shuffled)
    assert set(one.unfit) == set(other.unfit)
    bare = [replace(e, lead_in="") if isinstance(e, Item) else e for e in one.parsed.entries]
    assert bare == [replace(e, lead_in="") if isinstance(e, Item) else e for e in other.parsed.entries]
    assert one.parsed.coverage == other.parsed.coverage
