"""Filling an empty archive from a dump (`programmes.dump`): ids and addresses are kept, all of it in one transaction.

The JSON Lines are read, for they have every word exactly as it is. Nothing is held but the ids.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import bagit
from django.db import connection, models, transaction

from ingest.intake import files
from programmes.counts import count_themes
from programmes.dump.bag import ORIGINALS, original_name
from programmes.dump.describing import SUMS, sha256_of
from programmes.dump.errors import DumpError
from programmes.models import (
    AlikePair,
    Area,
    Branch,
    FormerAddress,
    GonePledge,
    Party,
    Passage,
    PassageTheme,
    Programme,
    PublishedWords,
    Section,
    SourceSheet,
    Theme,
)
from programmes.records import Record
from programmes.search import catch_up
from programmes.search.state import advance, worked_out

BATCH = 2000
BATCHES = {"source_lines": 200, "readings": 100}


def load_dump(folder: Path) -> dict[str, int]:
    """Fill an empty archive from a dump or a bag with one; return how many records of each table were loaded.

    The sums of all files are checked first. With a bag the originals are stored too; from tables alone there are none,
    and their addresses say so. The index is made right in the end, alike pledges and pictures by the worker.
    Raises `DumpError`, and what the storage and the database raise.
    """
    if Programme.objects.exists():
        raise DumpError("Arkivet er ikke tomt: det har programmer. En dump kan bare fylle et tomt arkiv.")
    tables, originals = _checked(folder)
    counts = _Loading(tables, originals).load()
    catch_up()
    return counts


def _checked(folder: Path) -> tuple[Path, Path | None]:
    """Return where the tables and the originals are, all of them being what they were. Raises `DumpError`."""
    tables, originals = folder, None
    if (folder / "bagit.txt").exists():
        logging.getLogger("bagit").setLevel(logging.CRITICAL)
        try:
            bagit.Bag(str(folder)).validate()
        except bagit.BagError as problem:
            raise DumpError(f"Pakken er ikke hel: {problem}") from problem
        tables, originals = folder / "data", folder / "data" / ORIGINALS
    try:
        sums = (tables / SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise DumpError(f"{folder} er ingen dump: {SUMS} mangler.") from None
    for line in sums:
        sha256, _space, name = line.partition("  ")
        path = tables / name
        if not path.is_file():
            raise DumpError(f"{name} mangler.")
        if sha256_of(path) != sha256:
            raise DumpError(f"{name} er ikke som da dumpen ble laget. Ingenting er lagt inn.")
    return tables, originals


class _Loading:
    """One dump being loaded, with the keys of what has been."""

    def __init__(self, tables: Path, originals: Path | None) -> None:
        self._tables, self._originals = tables, originals
        self._programmes: dict[str, int] = {}
        self._paged: set[str] = set()
        self._sections: dict[str, int] = {}
        self._passages: dict[str, int] = {}

    @transaction.atomic
    def load(self) -> dict[str, int]:
        """Load all tables in their order; return how many records each has."""
        steps: dict[str, Callable[[list[Record]], None]] = {
            "parties": self._load_parties,
            "areas": self._load_areas,
            "branches": self._load_branches,
            "themes": self._load_themes,
            "programmes": self._load_programmes,
            "sections": self._load_sections,
            "passages": self._load_passages,
            "alike_pairs": self._load_pairs,
            "passage_themes": self._load_passage_themes,
            "readings": self._load_readings,
            "source_lines": self._load_sheets,
            "unpaged_places": self._load_places,
            "published_words": self._load_words,
            "former_addresses": self._load_former,
            "gone": self._load_gone,
        }
        counts = {}
        for table, step in steps.items():
            if table in ("sections", "passages"):
                self._give_keys(table)
            counts[table] = 0
            for batch in self._batches(table):
                step(batch)
                counts[table] += len(batch)
        self._tie()
        for programme in Programme.objects.order_by("pk"):
            count_themes(programme)
            advance(programme.pk)
        worked_out()
        return counts

    def _records(self, table: str) -> Iterator[Record]:
        with (self._tables / f"{table}.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    def _batches(self, table: str) -> Iterator[list[Record]]:
        records = self._records(table)
        while batch := list(islice(records, BATCHES.get(table, BATCH))):
            yield batch

    def _give_keys(self, table: str) -> None:
        """Give every row its primary key beforehand: a pledge may name one that comes later."""
        model, keys = (Section, self._sections) if table == "sections" else (Passage, self._passages)
        ids = [record["id"] for record in self._records(table)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, len(ids)],
            )
            keys.update(zip(ids, (row[0] for row in cursor.fetchall()), strict=True))

    def _load_parties(self, records: list[Record]) -> None:
        names = ("slug", "name_nb", "name_nn", "short", "also", "storting_since", "colour")
        rows = [Party(code=each["id"], **{name: each[name] for name in names}) for each in records]
        _upsert(Party, rows, unique=["code"], fields=names)

    def _load_areas(self, records: list[Record]) -> None:
        for level in ("county", "municipality"):
            keys = _area_keys()
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

    def _load_branches(self, records: list[Record]) -> None:
        parties, areas = dict(Party.objects.values_list("code", "pk")), _area_keys()
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

    def _load_themes(self, records: list[Record]) -> None:
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

    def _load_programmes(self, records: list[Record]) -> None:
        branches = _branch_keys()
        same = ("title", "kind", "period_start", "period_end", "language", "status", "is_replaced", "media_type")
        same = (*same, "pages", "pledge_count", "prose_pledge_count")
        for each in records:
            programme = Programme(
                branch_id=branches[each["branch"]],
                slug=each["id"].rpartition("/")[2],
                adopted_on=date.fromisoformat(each["adopted_on"]) if each["adopted_on"] else None,
                source_url=each["source_url"] or "",
                filename=each["file_name"],
                sha256=each["file_sha256"],
                publication=Programme.Publication.PUBLISHED,
                published_at=_moment(each["published_at"]),
                changed_at=_moment(each["changed_at"]),
                parsed_at=_moment(each["published_at"]),
                **{name: each[name] for name in same},
            )
            programme.file.name = files.name_of(each["file_sha256"])
            if self._originals:
                original = self._originals / original_name(each["file_sha256"], each["file_name"])
                files.keep(original.read_bytes(), each["file_sha256"])
            programme.save()
            self._programmes[each["id"]] = programme.pk
            if programme.has_pages:
                self._paged.add(each["id"])

    def _load_sections(self, records: list[Record]) -> None:
        same = ("position", "level", "number", "title", "source_title", "slug", "line", "confidence")
        Section.objects.bulk_create(
            Section(
                pk=self._sections[each["id"]],
                public_id=each["id"],
                programme_id=self._programmes[each["programme"]],
                parent_id=self._sections[each["parent"]] if each["parent"] else None,
                page=each["page"] or 1,
                **{name: each[name] for name in same},
            )
            for each in records
        )

    def _load_passages(self, records: list[Record]) -> None:
        same = ("position", "number", "kind", "marker", "repaired", "corrected", "dissent", "confidence", "line_first")
        same = (*same, "line_last", "printed_page", "printed_page_last", "printed_line", "earlier_likeness")
        Passage.objects.bulk_create(
            Passage(
                pk=self._passages[each["id"]],
                public_id=each["id"],
                programme_id=self._programmes[each["programme"]],
                section_id=self._sections[each["section"]],
                parent_id=self._passages[each["parent"]] if each["parent"] else None,
                earlier_id=self._passages[each["earlier"]] if each["earlier"] else None,
                lead_in=each["list_lead_in"],
                text=each["source_text"],
                page_first=each["page_first"] or 1,
                page_last=each["page_last"] or 1,
                **{name: each[name] for name in same},
            )
            for each in records
        )

    def _load_pairs(self, records: list[Record]) -> None:
        AlikePair.objects.bulk_create(
            AlikePair(
                one_id=self._passages[each["one"]],
                other_id=self._passages[each["other"]],
                label=each["label"],
                score=each["score"],
                own_words=[place for both in each["own_words"] for place in both],
            )
            for each in records
        )

    def _load_passage_themes(self, records: list[Record]) -> None:
        themes = dict(Theme.objects.values_list("slug", "pk"))
        PassageTheme.objects.bulk_create(
            PassageTheme(
                passage_id=self._passages[each["passage"]],
                theme_id=themes[each["theme"]],
                is_main=each["is_main"],
                origin=each["origin"],
                reasons=each["reasons"],
            )
            for each in records
        )

    def _load_readings(self, records: list[Record]) -> None:
        for each in records:
            Programme.objects.filter(pk=self._programmes[each["programme"]]).update(
                parser_version=each["parser_version"], parsed_at=_moment(each["parsed_at"]), parse_report=each["report"]
            )

    def _load_sheets(self, records: list[Record]) -> None:
        drawable = self._paged if self._originals else set()
        pictures = {True: SourceSheet.Picture.OWED, False: SourceSheet.Picture.NONE}
        SourceSheet.objects.bulk_create(
            SourceSheet(
                programme_id=self._programmes[each["programme"]],
                picture=pictures[each["programme"] in drawable],
                **{name: each[name] for name in ("page", "line_first", "line_last", "lines")},
            )
            for each in records
        )

    def _load_places(self, records: list[Record]) -> None:
        for each in records:
            if each["id"] in self._passages:
                passage = Passage.objects.filter(pk=self._passages[each["id"]])
                passage.update(page_first=each["page_first"], page_last=each["page_last"])
            else:
                Section.objects.filter(pk=self._sections[each["id"]]).update(page=each["page_first"])

    def _load_words(self, records: list[Record]) -> None:
        PublishedWords.objects.bulk_create(
            PublishedWords(
                public_id=each["id"],
                programme_id=self._programmes[each["programme"]],
                words=each["words"],
                first_at=_moment(each["first_at"]),
                since=_moment(each["since"]),
            )
            for each in records
        )

    def _load_former(self, records: list[Record]) -> None:
        branches = _branch_keys()
        FormerAddress.objects.bulk_create(
            FormerAddress(
                branch_id=branches[each["branch"]], slug=each["slug"], programme_id=self._programmes[each["programme"]]
            )
            for each in records
        )

    def _load_gone(self, records: list[Record]) -> None:
        rows = [
            GonePledge(
                public_id=each["id"],
                programme_id=self._programmes[each["programme"]],
                text=each["text"],
                is_section=each["is_section"],
            )
            for each in records
        ]
        GonePledge.objects.bulk_create(rows)
        for row, each in zip(rows, records, strict=True):
            row.gone_at = datetime.fromisoformat(each["gone_at"])  # what it was set to is when it was loaded
        GonePledge.objects.bulk_update(rows, ["gone_at"], batch_size=500)

    def _tie(self) -> None:
        """Tie what names others of its own kind: areas to their successors, branches and editions to theirs."""
        areas, branches = _area_keys(), _branch_keys()
        links = Area.successors.through
        links.objects.bulk_create(
            [
                links(from_area_id=areas[each["id"]], to_area_id=areas[after])
                for each in self._records("areas")
                for after in each["successors"]
            ],
            ignore_conflicts=True,
        )
        for each in self._records("branches"):
            above = branches[each["parent"]] if each["parent"] else None
            Branch.objects.filter(pk=branches[each["id"]]).update(parent=above)
        for each in self._records("programmes"):
            if each["replaces"]:
                edition = Programme.objects.filter(pk=self._programmes[each["id"]])
                edition.update(replaces=self._programmes[each["replaces"]])


def _upsert(model: Any, rows: Sequence[models.Model], *, unique: list[str], fields: Sequence[str]) -> None:
    """Write rows of a register; one that `load_registers` has made already is given what the dump says."""
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)


def _area_keys() -> dict[str, int]:
    rows = Area.objects.values_list("code", "valid_from", "pk")
    return {f"{code}-{valid_from:%Y-%m-%d}": key for code, valid_from, key in rows}


def _branch_keys() -> dict[str, int]:
    rows = Branch.objects.values_list("party__slug", "slug", "pk")
    return {f"{party}/{slug}": key for party, slug, key in rows}


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
