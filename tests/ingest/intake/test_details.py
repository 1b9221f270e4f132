"""What a programme needs: each rule, as the manifest and the desk's form both ask for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.intake.details import DETAIL_FIELDS, LONGEST, Wrong, faults, kind_of_level
from programmes.models import Branch, Programme

GOOD: dict[str, Any] = {
    "title": "Program for Storfjell",
    "party": "BYGD",
    "branch": "Storfjell Bygdeliste",
    "level": "municipality",
    "area": "9901",
    "kind": "municipal",
    "period_start": 2023,
    "period_end": 2027,
    "language": "nn",
    "status": "adopted",
    "adopted_on": date(2023, 3, 14),
    "source_url": "https://bygdelista.example/program.pdf",
}


def test_nothing_is_wrong_with_a_good_programme() -> None:
    assert faults(**GOOD) == []
    assert faults(**{**GOOD, "level": "national", "area": None, "adopted_on": None, "source_url": ""}) == []


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("title", " ", Wrong.MISSING),
        ("title", "P" * 251, Wrong.TOO_LONG),
        ("party", "", Wrong.MISSING),
        ("branch", "", Wrong.MISSING),
        ("branch", "B" * 151, Wrong.TOO_LONG),
        ("level", "", Wrong.MISSING),
        ("level", "bydel", Wrong.NO_CHOICE),
        ("area", None, Wrong.MISSING),
        ("kind", "roman", Wrong.NO_CHOICE),
        ("period_start", None, Wrong.NO_YEAR),
        ("period_start", "2023", Wrong.NO_YEAR),
        ("period_start", 1799, Wrong.NO_YEAR),
        ("period_end", 2201, Wrong.NO_YEAR),
        ("period_end", 2022, Wrong.BACKWARDS),
        ("language", "de", Wrong.NO_CHOICE),
        ("status", "", Wrong.MISSING),
        ("adopted_on", "i fjor", Wrong.NO_DATE),
        ("source_url", "javascript:alert(1)", Wrong.NO_ADDRESS),
        ("source_url", "bygdelista.example/program.pdf", Wrong.NO_ADDRESS),
    ],
)
def test_a_fault_names_its_field(field: str, value: Any, wrong: Wrong) -> None:
    assert [(fault.field, fault.wrong) for fault in faults(**{**GOOD, field: value})] == [(field, wrong)]


def test_a_national_branch_has_no_area() -> None:
    assert [fault.wrong for fault in faults(**{**GOOD, "level": "national"})] == [Wrong.NOT_LOCAL]


def test_the_kind_follows_the_level() -> None:
    levels = ("national", "county", "municipality", "bydel")
    assert [kind_of_level(level) for level in levels] == ["parliamentary", "county", "municipal", ""]


def test_what_is_long_enough_for_the_rules_is_so_for_the_database() -> None:
    columns = {"title": (Programme, "title"), "branch": (Branch, "name"), "source_url": (Programme, "source_url")}
    assert {name: model._meta.get_field(field).max_length for name, (model, field) in columns.items()} == LONGEST
    assert set(DETAIL_FIELDS) <= {field.name for field in Programme._meta.fields}
