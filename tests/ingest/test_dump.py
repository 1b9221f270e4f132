"""A dump has all that is published, twice the same bytes, and fills an empty archive whose pages say the same."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bagit
import frictionless
import pyarrow.parquet as pq
import pytest
from datasette.app import Datasette
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from haystack import connections

from ingest.intake.from_dump import load_dump
from programmes.alike.upkeep import catch_up as compare_pledges
from programmes.dump.errors import DumpError
from programmes.dump.formats import SQLITE
from programmes.dump.making import make_dump
from programmes.models import Area, Branch, FormerAddress, GonePledge, Party, Passage, Programme, Section, Theme
from programmes.records import TABLES, kinds
from tests import builders

pytestmark = pytest.mark.django_db

PRIMARY_KEY = re.compile(rb"program-\d+")
"""How a page numbers its own parts: no address and no id."""
PLEDGES = ("Bygge nye boliger ved elva.", "Utrede en bru over elva for alle som går.", "=1+1 skal bli to.")


@dataclass(slots=True)
class Round:
    """An archive, its dump, and what was loaded from it."""

    tables: Path
    bag: Path
    counts: dict[str, int]
    before: dict[str, bytes]
    after: dict[str, bytes]
    again: Path


def _archive() -> None:
    theme = builders.theme()
    county = Area.objects.create(
        code="99", name="Fjellfylket", slug="fjellfylket", level="county", valid_from="2020-01-01"
    )
    old, new = (
        Area.objects.create(
            code=code,
            name="Storfjell",
            slug="storfjell",
            level="municipality",
            county=county,
            valid_from=f"{first}-01-01",
            valid_to=last,
        )
        for code, first, last in (("9901", 2020, "2023-12-31"), ("9902", 2024, None))
    )
    old.successors.add(new)
    local = Branch.objects.create(
        party=builders.party(),
        level="municipality",
        area=new,
        parent=builders.national_branch(),
        name="Storfjell",
        slug="storfjell",
    )
    for year, branch in ((2019, None), (2023, None), (2023, local)):
        parse = builders.parsed(
            (*PLEDGES, f"Det er {year}."),
            prose=("Vi bor her.",),
            below=("Brua skal ha fortau.",),
            prose_pledges=("Vi vil ha flere busser.",),
            questions=("Hva mener du?",),
            dissents=("Ikke bygge bru.",),
            theme=theme.slug,
        )
        last = builders.programme(year=year, parse=parse, branch=branch)
    FormerAddress.objects.create(programme=last, branch=local, slug="2022-2027")
    GonePledge.objects.create(public_id="aaaa2222", programme=last, text="Det som var.")
    Passage.objects.filter(text=PLEDGES[1]).update(repaired="Utrede en bru over elva for alle som  går.", page_last=2)
    builders.programme(year=2027, published=False, parse=builders.parsed(("Hemmelig kladd.",)))
    compare_pledges()


def _pages() -> dict[str, bytes]:
    """Return what the site answers at an address of every kind, and its code."""
    client = Client()
    addresses = [reverse(name) for name in ("party_list", "place_list", "branch_list", "year_list", "coverage")]
    addresses += ["/sok/?q=bru", "/sok.csv?q=bru", "/sok.atom", "/lofte/aaaa2222/"]
    for model in (Party, Area, Branch, Theme):
        addresses += [row.get_absolute_url() for row in model.objects.all()]
    for programme in Programme.objects.published().filter(period_start=2023):
        own = programme.get_absolute_url()
        addresses += [own, f"{own}?vis=tema", f"{own}original/", f"{own.replace('/program/', '/endringer/')}"]
        addresses += [f"{own.rstrip('/')}.{ending}" for ending in ("csv", "md")]
    addresses.append(f"{FormerAddress.objects.get().branch.get_absolute_url().replace('/lag/', '/program/')}2022-2027/")
    newest = Programme.objects.get(branch__level="national", period_start=2023)
    addresses += [each.get_permanent_url() for each in Section.objects.filter(programme__publication="published")]
    of_each_kind = newest.passages.order_by("kind", "dissent", "position").distinct("kind", "dissent")
    addresses += [each.get_absolute_url() for each in (*newest.sections.all(), *of_each_kind)]
    found = {}
    for address in sorted(set(addresses)):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        body = PRIMARY_KEY.sub(b"program-", body)
        found[address] = b"%d %s %s" % (answer.status_code, answer.headers.get("Location", "").encode(), body)
    return found


def _empty() -> None:
    Passage.objects.update(earlier=None)
    Programme.objects.all().delete()
    Branch.objects.exclude(parent=None).delete()
    for model in (Branch, Party, Area.successors.through):
        model.objects.all().delete()
    Area.objects.exclude(county=None).delete()
    for model in (Area, Theme):
        model.objects.all().delete()
    connections["default"].get_backend().clear()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder = tmp_path_factory.mktemp("dump")
    with django_db_blocker.unblock(), transaction.atomic():
        _archive()
        before = _pages()
        made = make_dump(folder / "tables")
        make_dump(folder / "bag", with_originals=True)
        with pytest.raises(DumpError, match="ikke tomt"):
            load_dump(folder / "bag")
        expected = {kind.table.name: kind.rows().count() for kind in kinds("https://arkiv.example")}
        assert dict(made.counts) == expected
        _empty()
        load_dump(folder / "bag")
        after = _pages()
        make_dump(folder / "again")
        transaction.set_rollback(True)
    yield Round(folder / "tables", folder / "bag", expected, before, after, folder / "again")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_pages_of_the_archive_that_was_filled_say_the_same(loaded: Round) -> None:
    assert len(loaded.before) > 30
    assert loaded.after.keys() == loaded.before.keys()
    assert [address for address, page in loaded.before.items() if loaded.after[address] != page] == []


def test_two_dumps_of_one_state_are_equal_to_the_byte(loaded: Round) -> None:
    first, packed, again = (_bytes(folder) for folder in (loaded.tables, loaded.bag / "data", loaded.again))
    assert first == packed
    assert [name for name, content in first.items() if again[name] != content] == []


def test_every_format_has_the_same_records(loaded: Round) -> None:
    csv.field_size_limit(10_000_000)
    database = sqlite3.connect(loaded.tables / SQLITE)
    for name, count in loaded.counts.items():
        lines = (loaded.tables / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        assert len(records) == count
        table = pq.read_table(loaded.tables / f"{name}.parquet")
        assert (table.num_rows, tuple(table.column_names)) == (count, TABLES[name].names)
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (count,)  # noqa: S608
        with (loaded.tables / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        assert [row[TABLES[name].key[0]] for row in rows] == [record[TABLES[name].key[0]] for record in records]
    assert min(loaded.counts.values()) > 0
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_no_draft_is_in_it_and_no_formula(loaded: Round) -> None:
    for path in loaded.tables.iterdir():
        assert b"Hemmelig" not in path.read_bytes(), path.name
    assert ";'=1+1 skal bli to.;" in (loaded.tables / "passages.csv").read_text(encoding="utf-8")
    assert '"=1+1 skal bli to."' in (loaded.tables / "passages.jsonl").read_text(encoding="utf-8")


def test_the_package_holds_by_the_standard(loaded: Round) -> None:
    package = json.loads((loaded.tables / "datapackage.json").read_text(encoding="utf-8"))
    named = {resource["path"] for resource in package["resources"]}
    tables = [each for each in package["resources"] if each["name"] in ("areas-csv", "programmes-csv", "passages-csv")]
    for table in tables:  # that references hold, the database says below
        table["path"], table["schema"] = f"{loaded.tables.name}/{table['path']}", {**table["schema"], "foreignKeys": []}
    some = loaded.tables.parent / "some.json"
    some.write_text(json.dumps({**package, "resources": tables}), encoding="utf-8")
    report = frictionless.validate(str(some))
    assert report.valid, report.flatten(["type", "title", "note"])[:5]
    assert len(tables) == 3
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert named | {"LES-MEG.md", "SHA256SUMS", "datapackage.json"} == {path.name for path in loaded.tables.iterdir()}


def test_datasette_opens_and_searches_it(loaded: Round) -> None:
    async def ask() -> Any:
        datasette = Datasette([str(loaded.tables / SQLITE)], settings={"num_sql_threads": 0})
        return (await datasette.client.get("/programarkivet/passages.json?_search=bru&_shape=array")).json()

    found = asyncio.run(ask())
    assert {row["text"] for row in found} >= {"Ikke bygge bru."}
    assert found[0]["party"] == "BYGD"


def test_the_bag_is_whole_and_has_the_originals(loaded: Round) -> None:
    bag = bagit.Bag(str(loaded.bag))
    bag.validate()
    assert len(list((loaded.bag / "data" / "originals").iterdir())) == loaded.counts["programmes"]


def test_a_dump_that_was_changed_or_is_none_fills_nothing(loaded: Round, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(loaded.tables, changed)
    (changed / "passages.jsonl").write_bytes((changed / "passages.jsonl").read_bytes().replace(b"bru", b"bro"))
    with pytest.raises(CommandError, match=r"passages\.jsonl er ikke som"):
        call_command("load_dump", str(changed))
    (changed / "gone.csv").unlink()
    with pytest.raises(CommandError, match=r"gone\.csv mangler"):
        call_command("load_dump", str(changed))
    with pytest.raises(CommandError, match="ingen dump"):
        call_command("load_dump", str(tmp_path))
    assert not Programme.objects.exists()


def test_a_folder_with_something_in_it_is_left_alone(loaded: Round, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mitt")
    with pytest.raises(CommandError, match="ikke tom"):
        call_command("dump", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
