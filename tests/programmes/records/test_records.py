"""Records have the fields of their table, of the types that it names, and cost a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes import records
from programmes.models import AlikePair, Passage, Programme
from programmes.publishing import withdraw
from programmes.records.tables import TABLES, TYPES
from tests import builders

BASE = "https://arkiv.example"
FITS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str) and "\n" not in value,
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "number": lambda value: isinstance(value, float | int),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
    "datetime": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", value)),
    "uri": lambda value: value.startswith("https://"),
    "strings": lambda value: all(isinstance(each, str) for each in value),
    "json": lambda value: isinstance(value, list | dict),
}
OF_ALL = (
    ("parties", records.published_parties, records.party_records),
    ("areas", records.published_areas, records.area_records),
    ("branches", records.published_branches, records.branch_records),
    ("themes", records.published_themes, records.theme_records),
    ("programmes", records.published_programmes, records.programme_records),
    ("sections", records.published_sections, records.section_records),
    ("passages", records.published_passages, records.passage_records),
)


def _archive(*years: int) -> Programme:
    theme = builders.theme()
    for year in years or (2019, 2023):
        parse = builders.parsed(
            (f"Bygge {year} nye boliger.", "Utrede en bru."),
            prose=("Vi bor her.",),
            below=("Brua skal ha fortau.",),
            prose_pledges=("Vi vil ha flere busser.",),
            questions=("Hva mener du?",),
            dissents=("Ikke bygge bru.",),
            theme=theme.slug,
        )
        last = builders.programme(year=year, parse=parse)
    return last


@pytest.mark.django_db
def test_records_have_the_fields_of_their_table() -> None:
    """Each field is there, in order, and of its type."""
    _archive()
    for name, rows, made in OF_ALL:
        found = made(list(rows()), base=BASE)
        assert found or name == "areas", name
        for record in found:
            assert tuple(record) == TABLES[name].names
            for field in TABLES[name].fields:
                value = record[field.name]
                if value is None:
                    assert field.null, (name, field.name)
                else:
                    assert FITS[field.type](value), (name, field.name, value)
        keys = [tuple(record[part] for part in TABLES[name].key) for record in found]
        assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_a_passage_says_what_a_quote_needs() -> None:
    """Party, chapter, lead-in with the entries above, theme, and what came before."""
    _archive()
    rows = {row["text"]: row for row in records.passage_records(list(records.published_passages()), base=BASE)}
    below = rows["Brua skal ha fortau."]
    assert below["lead_in"] == "Storfjell Bygdeliste vil: Utrede en bru."
    assert below["kind"] == "sub_pledge"
    assert below["theme"] == builders.theme().slug
    assert below["url"] == f"{BASE}/lofte/{below['id']}/"
    assert (below["party"], below["section_title"], below["page_first"]) == ("BYGD", "Kultur", None)
    later, before = Passage.objects.exclude(earlier=None).values_list("text", "earlier__public_id")[0]
    assert rows[later]["earlier"] == before
    dissent = rows["Ikke bygge bru."]
    assert not dissent["is_pledge"]
    assert [each["kind"] for each in dissent["cautions"]] == ["dissent"]


@pytest.mark.django_db
def test_what_is_not_published_has_no_record() -> None:
    """Drafts and withdrawn programmes are left out, and nothing that is published names them."""
    last = _archive()
    builders.programme(year=2027, published=False, parse=builders.parsed(("Noe annet.",)))
    withdraw(Programme.objects.get(period_start=2019), reason="Feil fil.")
    Passage.objects.filter(programme=last).update(earlier=Passage.objects.filter(programme__period_start=2019).first())
    programmes = records.programme_records(list(records.published_programmes()), base=BASE)
    assert [row["period_start"] for row in programmes] == [2023]
    rows = records.passage_records(list(records.published_passages()), base=BASE)
    assert {row["period_start"] for row in rows} == {2023}
    assert {row["earlier"] for row in rows} == {None}


@pytest.mark.django_db
def test_records_cost_a_fixed_number_of_queries() -> None:
    """As many for four programmes as for two."""
    costs = []
    for years in ((2019, 2023), (2027, 2031)):
        _archive(*years)
        cost = {}
        for name, rows, made in OF_ALL:
            found = list(rows())
            with CaptureQueriesContext(connection) as queries:
                made(found, base=BASE)
            cost[name] = len(queries)
        costs.append(cost)
    assert costs[0] == costs[1]
    assert max(costs[0].values()) <= 8


@pytest.mark.django_db
def test_pairs_have_both_ends() -> None:
    """A pair is told by the public ids of its ends, one query for all."""
    _archive()
    one, other = Passage.objects.filter(text="Utrede en bru.").order_by("pk")
    AlikePair.objects.create(one=one, other=other, label="same", score=0.9, own_words=[0, 3, 5, 8])
    assert records.pair_records(list(records.published_pairs())) == [
        {"one": one.public_id, "other": other.public_id, "label": "same", "score": 0.9, "own_words": [[0, 3], [5, 8]]}
    ]


def test_every_field_is_told_of_in_both_languages() -> None:
    """The data dictionary has no gaps, and names no type or table that isn't there."""
    seen: set[str] = set()
    for table in TABLES.values():
        assert set(table.key) <= set(table.names)
        for field in table.fields:
            assert field.type in TYPES and field.nb and field.en
            assert not field.of or field.of in seen | {table.name}
        seen.add(table.name)
