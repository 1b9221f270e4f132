"""Filling an empty archive from a dump (`programmes.dump`): ids and addresses are kept, all is loaded or nothing.

The JSON Lines are read, for they have every word exactly as it is. Nothing is held but the ids.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import bagit
from django.db import connection, transaction

from ingest.intake.from_dump import beside, registers, texts
from ingest.intake.from_dump.texts import Keys
from programmes.counts import count_themes
from programmes.dump.bag import ORIGINALS
from programmes.dump.describing import SUMS, sha256_of
from programmes.dump.errors import DumpError
from programmes.models import Passage, Programme, Section
from programmes.records import Record
from programmes.search import catch_up
from programmes.search.state import advance, worked_out

BATCH = 2000
BATCHES = {"source_lines": 200, "readings": 100}
"""Records that are loaded at a time; fewer of those that are large."""


def load_dump(folder: Path) -> dict[str, int]:
    """Fill an empty archive from a dump or a bag with one; return how many records of each table were loaded.

    The sums of all files are checked first. With a bag the originals are stored too; from tables alone there are none,
    and their addresses say so. The index is made right in the end, alike pledges and pictures by the worker.
    Raises `DumpError`, and what the storage and the database raise.
    """
    if Programme.objects.exists():
        raise DumpError("Arkivet er ikke tomt: det har programmer. En dump kan bare fylle et tomt arkiv.")
    tables, originals = checked(folder)
    counts = _load(tables, Keys(originals))
    catch_up()
    return counts


def checked(folder: Path) -> tuple[Path, Path | None]:
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


@transaction.atomic
def _load(tables: Path, keys: Keys) -> dict[str, int]:
    """Load all tables in their order; return how many records each has."""
    steps: dict[str, Callable[[list[Record]], None]] = {
        "parties": registers.load_parties,
        "areas": registers.load_areas,
        "branches": registers.load_branches,
        "themes": registers.load_themes,
        "programmes": partial(texts.load_programmes, keys=keys),
        "sections": partial(texts.load_sections, keys=keys),
        "passages": partial(texts.load_passages, keys=keys),
        "alike_pairs": partial(beside.load_pairs, keys=keys),
        "passage_themes": partial(beside.load_passage_themes, keys=keys),
        "readings": partial(beside.load_readings, keys=keys),
        "source_lines": partial(beside.load_sheets, keys=keys),
        "unpaged_places": partial(beside.load_places, keys=keys),
        "published_words": partial(beside.load_words, keys=keys),
        "former_addresses": partial(beside.load_former, keys=keys),
        "gone": partial(beside.load_gone, keys=keys),
    }
    keys.sections |= _new_keys(Section, tables)
    keys.passages |= _new_keys(Passage, tables)
    counts = {}
    for table, step in steps.items():
        counts[table] = 0
        records = _records(tables, table)
        while batch := list(islice(records, BATCHES.get(table, BATCH))):
            step(batch)
            counts[table] += len(batch)
    registers.tie_areas(_records(tables, "areas"))
    registers.tie_branches(_records(tables, "branches"))
    texts.tie_editions(_records(tables, "programmes"), keys)
    for programme in Programme.objects.defer("parse_report").order_by("pk"):
        count_themes(programme)
        advance(programme.pk)
    worked_out()
    return counts


def _records(tables: Path, table: str) -> Iterator[Record]:
    with (tables / f"{table}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _new_keys(model: type[Section | Passage], tables: Path) -> dict[str, int]:
    """Return a new primary key for every section or passage, beforehand: a pledge may name one that comes later."""
    table = "sections" if model is Section else "passages"
    ids = [record["id"] for record in _records(tables, table)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, len(ids)],
        )
        return dict(zip(ids, (row[0] for row in cursor.fetchall()), strict=True))
