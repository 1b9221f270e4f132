"""Public ids survive a new parse of the same programme."""

from __future__ import annotations

import pytest

from programmes.identity import Known, Wanted, keep_ids


def known(*texts: str, section: str = "Skole") -> list[Known]:
    """Return stored entries with the ids k0, k1 and so on."""
    return [Known(f"k{index}", text, section) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("title", "before", "after", "expected"),
    [
        ("nothing before", [], ["Bygge skole."], [None]),
        ("nothing after", ["Bygge skole."], [], []),
        ("a stranger is no match", ["Bygge skole."], ["Senke eiendomsskatten for alle."], [None]),
        ("the same", ["Bygge skole.", "Ansette lærere."], ["Bygge skole.", "Ansette lærere."], ["k0", "k1"]),
        ("in another order", ["Bygge skole.", "Ansette lærere."], ["Ansette lærere.", "Bygge skole."], ["k1", "k0"]),
        ("punctuation and spacing do not count", ["Bygge  skole ;"], ["Bygge skole"], ["k0"]),
        (
            "a stray page number is gone",
            ["Ansette lærere.", "Bygge ny ungdomsskole i Elvebyen 14 innen 2027.", "Gratis buss."],
            ["Ansette lærere.", "Bygge ny ungdomsskole i Elvebyen innen 2027.", "Gratis buss."],
            ["k0", "k1", "k2"],
        ),
        (
            "one item became two: the longer part keeps the id",
            ["Bygge ny ungdomsskole i Elvebyen sentrum innen 2027. Mer."],
            ["Bygge ny ungdomsskole i Elvebyen sentrum innen 2027.", "Mer."],
            ["k0", None],
        ),
        ("twins keep their order", ["Gratis buss.", "Gratis buss."], ["Gratis buss.", "Gratis buss."], ["k0", "k1"]),
        ("a twin that came is new", ["Gratis buss."], ["Gratis buss.", "Gratis buss."], ["k0", None]),
    ],
)
def test_keep_ids(title: str, before: list[str], after: list[str], expected: list[str | None]) -> None:
    assert keep_ids(known(*before), [Wanted(text, "Skole") for text in after]) == expected, title


def test_twins_in_two_sections_keep_to_their_section() -> None:
    before = [Known("a", "Gratis buss.", "Skole"), Known("b", "Gratis buss.", "Samferdsel")]
    after = [Wanted("Gratis buss.", "Samferdsel"), Wanted("Gratis buss.", "Skole")]
    assert keep_ids(before, after) == ["b", "a"]


def test_a_section_that_got_another_title_keeps_its_ids() -> None:
    assert keep_ids(known("Gratis buss."), [Wanted("Gratis buss.", "Samferdsel")]) == ["k0"]


def test_the_same_words_come_before_words_that_are_alike() -> None:
    before = [
        Known("pledge", "Bygge to nye skoler i Elvebyen.", "Skole", (1, 1)),
        Known("prose", "Bygge tre nye skoler i Elvebyen.", "Skole", (1, 9), is_item=False),
    ]
    after = [Wanted("Bygge tre nye skoler i Elvebyen.", "Oppvekst", (1, 9))]
    assert keep_ids(before, after) == ["prose"]


def test_of_the_same_words_place_and_neighbours_tell_which_is_which() -> None:
    texts = ["Gratis buss.", "Bygge skole.", "Gratis buss.", "Male skolen.", "Gratis buss."]
    before = [Known(f"k{n}", text, "Alt", (1, 10 * n)) for n, text in enumerate(texts)]
    moved = [Wanted(text, "Nytt kapittel", (1, 10 * n + 3)) for n, text in enumerate(texts)][1:]
    assert keep_ids(before, moved) == ["k1", "k2", "k3", "k4"]
    second = [Wanted("Gratis buss.", "Nytt kapittel", (1, 20), is_item=False)]
    assert keep_ids(before, second) == ["k2"]


def test_of_a_pledge_and_prose_in_the_same_words_each_keeps_its_own() -> None:
    said = "Gratis buss."
    before = [Known("prose", said, "A", is_item=False), Known("k", "Bygge skole.", "A"), Known("pledge", said, "A")]
    after = [Wanted(said, "B", (1, 4)), Wanted("Bygge bro.", "B"), Wanted(said, "B", (1, 9), is_item=False)]
    assert keep_ids(before, after) == ["pledge", None, "prose"]


def test_a_paragraph_that_is_found_to_be_a_pledge_and_loses_its_mark_keeps_its_id() -> None:
    before = [Known("prose", "oBygge ny ungdomsskole i Elvebyen", "Skole", (1, 4), is_item=False)]
    assert keep_ids(before, [Wanted("Bygge ny ungdomsskole i Elvebyen", "Skole", (1, 4))]) == ["prose"]


def test_an_id_is_never_given_twice() -> None:
    ids = keep_ids(known("Gratis buss for alle.", "Gratis buss for unge."), [Wanted("Gratis buss for", "X")] * 3)
    given = [public_id for public_id in ids if public_id]
    assert len(given) == len(set(given))
