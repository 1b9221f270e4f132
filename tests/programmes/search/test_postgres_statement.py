"""What PostgreSQL is asked for: no term more often than it takes, for its index tries each for every row."""

from __future__ import annotations

from programmes.search.engine import Order, Scope
from programmes.search.grammar import parse
from programmes.search.kinds import KINDS_OF, Part
from programmes.search.plan import Plan, plan
from programmes.search.postgres_index import HITS, TEXTS
from programmes.search.postgres_statement import Statement, Stretch, statement
from programmes.search.theme_sets import ThemeSets
from programmes.search.vocabulary import Vocabulary

SCOPE = Scope()


def asked(table: str, query: str) -> Statement:
    part = Part.PLEDGES if table == HITS else Part.TEXT
    wanted: Plan = plan(parse(query), Vocabulary({}))
    stretches = [Stretch(KINDS_OF[part], 0, 20)]
    return statement(table, wanted, SCOPE, Order("relevance", {}), theme_sets=ThemeSets([]), stretches=stretches)


def test_both_words_are_asked_for_once_where_neither_may_stand_in_a_heading() -> None:
    nearest = asked(TEXTS, "skole buss").values["query_0"]
    assert (nearest.count("'~skole'"), nearest.count("'~buss'")) == (1, 1)


def test_one_of_the_words_must_stand_in_the_text_where_the_other_stands_in_a_heading() -> None:
    widest = asked(TEXTS, "skole buss").values["query"]
    assert widest.count("'~skole'") == 2


def test_what_is_nearer_is_shut_out_where_the_tiers_are_taken_in_turn_alone() -> None:
    in_turn, at_once = asked(HITS, "skole buss"), asked(TEXTS, "skole buss")
    assert any("!" in str(query) for query in in_turn.values.values())
    assert not any("!" in str(query) for query in at_once.values.values())
    assert "max(likeness)" in at_once.text


def test_themes_of_other_text_are_not_counted() -> None:
    assert "(theme_set)" in asked(HITS, "skole").text
    assert "(theme_set)" not in asked(TEXTS, "skole").text
