"""Which words can be looked up in a folder's search."""

from __future__ import annotations

import pytest

from programmes.folder.askable import in_tables, inflected, words
from programmes.folder.postings import Gathered
from programmes.search.entries import published_entries
from tests import builders


def test_both_languages_have_forms_of_a_family():
    assert {"fagforeningene", "fagforeiningar", "statsforvaltar"} <= inflected({"fagforening", "statsforvalter"})


def test_the_words_of_all_tables_are_known():
    of_other_names, of_near_words, of_los = "egenandelstak", "flyver", "stebarnsadopsjon"
    assert {of_other_names, of_near_words, of_los} <= in_tables()


@pytest.mark.django_db
def test_a_compound_that_no_dictionary_has_can_be_asked_for_by_its_name():
    builders.programme(parse=builders.parsed(["Beskytte varslingskanalene i kommunen."]))
    index = Gathered(published_entries())
    found = {each.key: each for each in words(index, index.vocabulary(), [], beyond=False)}
    assert found["varslingskanal"].alone == found["varslingskanalene"].alone
