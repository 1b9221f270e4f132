"""The registers of a dump: what `load_registers` has made already is given what the dump says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models

from programmes.models import Area, Branch, Party, Theme
from programmes.records import Record


def load_parties(records: list[Record]) -> None:
    """Load parties."""
    names = ("slug", "name_nb", "name_nn", "short", "also", "storting_since", "colour")
    rows = [Party(code=each["id"], **{name: each[name] for name in names}) for each in records]
    _upsert(Party, rows, unique=["code"], fields=names)


def load_areas(records: list[Record]) -> None:
    """Load areas, counties before their municipalities."""
    for level in ("county", "municipality"):
        keys = area_keys()
        rows = [
            Area(
                code=each["number"],
                name=each["name"],
                slug=each["slug"],
                level=each["level"],
                county_id=keys[each["county"]] if each["county"] else None,
                valid_from=date.fromisoformat(each["valid_from"]),
                valid_to=date.fromisoformat(each["valid_to"]) if each["valid_to"] else None,
            )
            for each in records
            if each["level"] == level
        ]
        fields = ("name", "slug", "level", "county", "valid_to")
        _upsert(Area, rows, unique=["code", "valid_from"], fields=fields)


def load_branches(records: list[Record]) -> None:
    """Load branches; `tie_branches` puts them under each other."""
    parties, areas = dict(Party.objects.values_list("code", "pk")), area_keys()
    rows = [
        Branch(
            party_id=parties[each["party"]],
            level=each["level"],
            area_id=areas[each["area"]] if each["area"] else None,
            name=each["name"],
            slug=each["id"].partition("/")[2],
        )
        for each in records
    ]
    _upsert(Branch, rows, unique=["party", "slug"], fields=("level", "area", "name"))


def load_themes(records: list[Record]) -> None:
    """Load themes, main themes before their sub-themes."""
    for is_sub in (False, True):
        keys = dict(Theme.objects.values_list("slug", "pk"))
        rows = [
            Theme(
                slug=each["id"],
                uri=each["uri"] or "",
                label_nb=each["label_nb"],
                label_nn=each["label_nn"],
                label_en=each["label_en"],
                also=each["also"],
                parent_id=keys[each["parent"]] if each["parent"] else None,
            )
            for each in records
            if bool(each["parent"]) == is_sub
        ]
        fields = ("uri", "label_nb", "label_nn", "label_en", "also", "parent")
        _upsert(Theme, rows, unique=["slug"], fields=fields)


def tie_areas(records: Iterable[Record]) -> None:
    """Tie areas to those that took over."""
    keys, links = area_keys(), Area.successors.through
    links.objects.bulk_create(
        [
            links(from_area_id=keys[each["id"]], to_area_id=keys[after])
            for each in records
            for after in each["successors"]
        ],
        ignore_conflicts=True,
    )


def tie_branches(records: Iterable[Record]) -> None:
    """Put branches under those above them."""
    keys = branch_keys()
    for each in records:
        Branch.objects.filter(pk=keys[each["id"]]).update(parent=keys[each["parent"]] if each["parent"] else None)


def _upsert(model: Any, rows: Sequence[models.Model], *, unique: list[str], fields: Sequence[str]) -> None:
    """Write rows of a register; one that `load_registers` has made already is given what the dump says."""
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)


def area_keys() -> dict[str, int]:
    """Return the primary keys of areas by their key in records."""
    rows = Area.objects.values_list("code", "valid_from", "pk")
    return {f"{code}-{valid_from:%Y-%m-%d}": key for code, valid_from, key in rows}


def branch_keys() -> dict[str, int]:
    """Return the primary keys of branches by their key in records."""
    rows = Branch.objects.values_list("party__slug", "slug", "pk")
    return {f"{party}/{slug}": key for party, slug, key in rows}
