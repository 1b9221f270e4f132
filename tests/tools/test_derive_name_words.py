"""The families of the words of names, made beforehand: they must be those that the analysis gives now."""

from programmes.norwegian.synonyms import NAME_WORDS, TABLE, key, key_of_name, rows, same
from programmes.norwegian.tokens import forms_of
from tools.management.commands.derive_name_words import name_words


def test_the_table_is_what_the_analysis_gives() -> None:
    assert NAME_WORDS.read_text("utf-8").splitlines() == name_words(), "run manage.py derive_name_words"


def test_a_name_has_the_key_that_a_query_has() -> None:
    names = [name.forms for row in rows()[::40] for name in row.names] + [forms_of(wide) for wide, _ in TABLE["wider"]]
    assert [key_of_name(forms) for forms in names] == [key(forms) for forms in names]


def test_a_word_that_stands_in_no_table_is_taken_apart() -> None:
    assert key_of_name(("nordvikboerne",)) == key(("nordvikboerne",))


def test_other_names_are_found_by_any_inflection() -> None:
    assert "tannhelse" in {name.forms[0] for name in same(("tannlegene",))}
