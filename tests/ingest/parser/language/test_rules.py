"""Every row of the rule tables matches its example, and stands in docs/parsing.md."""

from __future__ import annotations

import re
import tomllib

import pytest

from ingest.parser.language import party_names, rules
from tests.paths import REGISTERS, ROOT

TABLES = {
    name: table for name, table in vars(rules).items() if isinstance(table, tuple) and isinstance(table[0], rules.Rule)
}
FOLDED = {"WISHES", "PERFECTS", "WEB_LINES", "WEB_HEADS", "WEB_ENDS", "WEB_FEET", "TITLE_LINES"}
"""Tables that are asked of a text whatever its letters' case."""
ROWS = [pytest.param(table, row, id=f"{table}: {row.name}") for table, rows in TABLES.items() for row in rows]
DOCS = (ROOT / "docs" / "parsing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_a_rule_matches_its_example(table: str, row: rules.Rule) -> None:
    assert re.search(row.pattern, row.example, re.IGNORECASE if table in FOLDED else 0)


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_a_rule_is_documented(table: str, row: rules.Rule) -> None:
    assert f"| {row.name} | `{row.example}` |" in DOCS


def test_every_party_of_the_register_is_known_by_its_names() -> None:
    register = tomllib.loads((REGISTERS / "parties.toml").read_text(encoding="utf-8"))["party"]
    patterns = {party.code: party.pattern for party in party_names.PARTIES}
    assert {party["code"] for party in register} == set(patterns)
    assert not [
        party[name]
        for party in register
        for name in ("nb", "nn")
        if not re.search(patterns[party["code"]], party[name])
    ]


def test_no_rule_names_a_party() -> None:
    patterns = " ".join(row.pattern for rows in TABLES.values() for row in rows)
    assert not [party.code for party in party_names.PARTIES if re.search(party.pattern, patterns)]


def test_a_search_finds_what_one_pattern_of_all_rows_finds() -> None:
    both, search = rules.union(rules.FACTS), rules.Search(rules.FACTS)
    texts = [row.example for row in (*rules.FACTS, *rules.DEMANDS, *rules.WISHES)]
    texts += [f"Vi vil dette. {text}" for text in texts]
    assert [search.finds(text) for text in texts] == [bool(both.search(text)) for text in texts]
    assert any(map(search.finds, texts))
    assert not all(map(search.finds, texts))
