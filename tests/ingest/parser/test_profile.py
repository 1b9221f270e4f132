"""What is usual in a document: what it is measured from, and what must not be taken for usual."""

from __future__ import annotations

import pytest

from ingest.parser.draft import Draft
from ingest.parser.furniture.lines import clean
from ingest.parser.profile import Medium, Profile
from tests.ingest.parser.sketches import document


def profile(text: str) -> Profile:
    raw = document(text)
    return Profile.of(clean(Draft(raw)).pieces, raw.bookmarks)


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Skole", Medium.PLAIN),
        ("{flow} Skole", Medium.PLAIN),
        ("{flow tag=P} Skole\n{} er bra", Medium.FLOWING),
        ("{size=10} Skole", Medium.TYPESET),
        ("{size=10 tag=P} Skole", Medium.TYPESET),
    ],
)
def test_the_medium_is_what_the_file_says_of_its_lines(text: str, medium: Medium) -> None:
    assert profile(text).medium is medium


def test_the_body_type_is_that_of_most_letters_and_near_black_is_black() -> None:
    found = profile("{size=20 bold} Skole\n{size=10 colour=#222222} Alle barn i bygda skal få lære å lese.")
    assert found.body == (10, False, "")


def test_an_empty_document_has_a_profile() -> None:
    found = Profile.of()
    assert (found.medium, found.width, found.listed, found.two_columns) == (Medium.PLAIN, 0, False, False)


WRAPPED = "Alle barn i bygda skal få lære å lese og skrive\nmens de ennå er små.\n"


def test_the_width_is_that_of_lines_that_are_gone_on_with() -> None:
    assert profile(WRAPPED * 6).width == len(WRAPPED.split("\n")[0])


def test_lines_in_lower_case_that_end_where_they_like_are_lists_and_have_no_width() -> None:
    found = profile(
        "Bygdelista vil\nbygge skole\nansette mange flere lærere\nverne myra\nha korps\nrydde snø\nfri ferje"
    )
    assert found.listed
    assert found.width == 0


def test_a_bookmark_names_its_page_and_those_beside_it() -> None:
    raw = document("{bookmark=1 page=3} Skole\n{size=10 page=2} Skole:\n{page=5} Skole")
    pieces = clean(Draft(raw)).pieces
    found = Profile.of(pieces, raw.bookmarks)
    assert [found.has_bookmark(piece.text, piece) for piece in pieces] == [True, False]


def test_a_side_box_has_a_type_of_its_own_and_the_hyphens_of_its_document() -> None:
    box = clean(Draft(document("{size=8 box=1} bil-\n{size=8 box=1} ferje"))).pieces
    document_profile = profile("{size=10} Bygda har en bil-ferje, og den skal være gratis.")
    own = document_profile.of_box(box)
    assert own.body[0] == 8
    assert own.joiner.join(box) == "bil-ferje"
    assert Profile.of(box).joiner.join(box) == "bilferje"
