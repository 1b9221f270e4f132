"""Which state an index may be of while a page is made."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from programmes.search.state import advance, begun_with, current_state, is_current

pytestmark = pytest.mark.django_db


def test_what_a_page_was_begun_with_is_not_asked_for_again(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with begun_with(current_state()), django_assert_num_queries(1):
        assert is_current(current_state())


def test_an_index_that_another_process_has_made_right_since_is_right_too() -> None:
    advance(0)
    with begun_with(current_state()):
        advance(0)
        assert is_current(current_state())
        assert not is_current("an older one")


def test_outside_of_a_page_the_archive_is_asked() -> None:
    advance(0)
    before = current_state()
    with begun_with(before):
        advance(0)
    assert not is_current(before)
    assert not is_current("")
