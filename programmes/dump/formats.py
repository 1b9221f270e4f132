"""The tables of a dump as files, written a page of records at a time; the same records give the same bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from programmes.csv_lines import BYTE_ORDER_MARK, Cell, csv_line
from programmes.records import Field, Record, Table

SQLITE = "programarkivet.sqlite"
ROW_GROUP = 16_000_000
"""Bytes of records in memory from which a row group of a Parquet file is written."""
SEARCHED = ("lead_in", "text", "section_title")
"""Fields of passages that the full-text index of the SQLite file has."""
INDEXED = ("programmes", "sections", "passages", "themes")
"""Tables whose records are looked for by what names them: those fields are indexed in the SQLite file."""
COLUMN = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
ARROW = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "strings": pa.list_(pa.string()),
}


class Writer(Protocol):
    """What writes all tables in one format."""

    def begin(self, table: Table) -> None:
        """Begin a table; the one before is over."""

    def write(self, records: Sequence[Record]) -> None:
        """Write records of the table."""

    def close(self) -> None:
        """End the last table and the format."""


def as_json(value: Any) -> str:
    """Return a value as JSON on one line, æøå as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Lines:
    """A file of lines for each table."""

    ending = ""

    def __init__(self, folder: Path) -> None:
        self._folder, self._open = folder, ExitStack()

    def begin(self, table: Table) -> None:
        self._open.close()
        self._table = table
        place = self._folder / f"{table.name}.{self.ending}"
        self._file = self._open.enter_context(place.open("w", encoding="utf-8", newline=""))

    def close(self) -> None:
        self._open.close()


class JsonLines(_Lines):
    """A file of each table, a record a line."""

    ending = "jsonl"

    def write(self, records: Sequence[Record]) -> None:
        """Write records, one a line."""
        self._file.writelines(f"{as_json(record)}\n" for record in records)


class Csv(_Lines):
    """A file of each table as the site's others are: `;` between the cells, and no cell is run as a formula."""

    ending = "csv"

    def begin(self, table: Table) -> None:
        """Begin a file with the names of its columns."""
        super().begin(table)
        self._file.write(BYTE_ORDER_MARK + csv_line(table.names))

    def write(self, records: Sequence[Record]) -> None:
        """Write records, one a line."""
        fields = self._table.fields
        self._file.writelines(csv_line([_cell(field, record[field.name]) for field in fields]) for record in records)


def _cell(field: Field, value: Any) -> Cell:
    """Return a value as a cell: lists and objects as JSON, what is missing as nothing."""
    if value is None:
        return ""
    if field.type in ("strings", "json") or not isinstance(value, str):
        return as_json(value)
    return value


class Sqlite:
    """One database with all tables, and a full-text index of the passages."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / SQLITE, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "page_size = 4096"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN")
        self._indexes: list[str] = []

    def begin(self, table: Table) -> None:
        """Make a table; its indexes are made in the end, which is faster."""
        key = ", ".join(f'"{name}"' for name in table.key)
        columns = [*map(_column, table.fields), f"PRIMARY KEY ({key})"]
        self._database.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
        self._indexes += [
            f'CREATE INDEX "{table.name}_{field.name}" ON "{table.name}" ("{field.name}")'
            for field in table.fields
            if field.of in INDEXED and field.type == "string" and table.key[0] != field.name
        ]
        marks = ", ".join("?" * len(table.fields))
        self._insert, self._fields = f'INSERT INTO "{table.name}" VALUES ({marks})', table.fields  # noqa: S608

    def write(self, records: Sequence[Record]) -> None:
        """Write records as rows."""
        rows = ([_sqlite_value(field, record[field.name]) for field in self._fields] for record in records)
        self._database.executemany(self._insert, rows)

    def close(self) -> None:
        """Make the indexes, the full-text one too, and let go of the file."""
        try:
            for index in self._indexes:
                self._database.execute(index)
            searched = ", ".join(SEARCHED)
            self._database.execute(
                f"CREATE VIRTUAL TABLE passages_fts USING fts5({searched}, content='passages', "
                "tokenize='unicode61 remove_diacritics 0')"
            )
            self._database.execute("INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')")
            self._database.execute("COMMIT")
        finally:
            self._database.close()

    def abandon(self) -> None:
        """Let go of a database that will not be finished."""
        self._database.close()


def _column(field: Field) -> str:
    missing = "" if field.null else " NOT NULL"
    of = f' REFERENCES "{field.of}"' if field.of and field.type == "string" else ""
    return f'"{field.name}" {COLUMN.get(field.type, "TEXT")}{missing}{of}'


def _sqlite_value(field: Field, value: Any) -> Any:
    return as_json(value) if field.type in ("strings", "json") else value


class Parquet:
    """A file of each table, with lists, days and moments as such; objects as JSON."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []

    def begin(self, table: Table) -> None:
        """Begin a file; the one before is over."""
        self.close()
        self._table = table
        self._schema = pa.schema(
            [pa.field(field.name, ARROW.get(field.type, pa.string()), nullable=field.null) for field in table.fields]
        )
        place = self._folder / f"{table.name}.parquet"
        self._writer = pq.ParquetWriter(place, self._schema, compression="zstd")

    def write(self, records: Sequence[Record]) -> None:
        """Keep records until there are enough for a row group."""
        columns = {
            field.name: [_arrow_value(field, record[field.name]) for record in records] for field in self._table.fields
        }
        self._waiting.append(pa.table(columns, schema=self._schema))
        if sum(each.nbytes for each in self._waiting) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._writer and self._waiting:
            whole = pa.concat_tables(self._waiting)
            self._writer.write_table(whole, row_group_size=whole.num_rows)
        self._waiting = []

    def close(self) -> None:
        """Write what is kept, and end the file."""
        if self._writer:
            self._flush()
            self._writer.close()
            self._writer = None


def _arrow_value(field: Field, value: Any) -> Any:
    if field.type == "json":
        return as_json(value)
    if value is None:
        return None
    if field.type == "date":
        return date.fromisoformat(value)
    if field.type == "datetime":
        return datetime.fromisoformat(value)
    return value
