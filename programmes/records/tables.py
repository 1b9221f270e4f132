"""Which fields a record has: `tables.toml`, read once; the data dictionary of files, schemas and documentation."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]
"""One published thing, ready for JSON: dates and moments are strings as ISO 8601 has them, moments in UTC."""

TYPES = ("string", "text", "integer", "number", "boolean", "date", "datetime", "uri", "strings", "json")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record."""

    name: str
    type: str
    """One of TYPES."""
    nb: str
    """What it is, in Norwegian; `en` the same in English."""
    en: str
    null: bool = False
    """Whether it may be null. Words that may be missing are empty instead."""
    of: str = ""
    """The table whose records the field names by their key."""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of records, with its fields in the order in which they are given."""

    name: str
    nb: str
    en: str
    key: tuple[str, ...]
    """The fields that no two records have alike."""
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)


def _read() -> dict[str, Table]:
    rows = tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))
    return {
        name: Table(
            name=name,
            nb=row["nb"],
            en=row["en"],
            key=tuple(row["key"]),
            fields=tuple(Field(name=each, **told) for each, told in row["fields"].items()),
        )
        for name, row in rows.items()
    }


TABLES: dict[str, Table] = _read()
"""The tables by name, in an order in which none names one that comes later, except itself."""
