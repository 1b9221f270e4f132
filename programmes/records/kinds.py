"""All kinds of records, for who goes through everything that is published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet

from programmes.records import kept, passages, programmes, registers
from programmes.records.tables import TABLES, Record, Table


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of records: its table, the rows that have one, and what makes records of a page of rows."""

    table: Table
    rows: Callable[[], QuerySet[Any, Any]]
    records: Callable[[list[Any]], list[Record]]


def kinds(base: str) -> tuple[Kind, ...]:
    """Return all kinds in the order of `TABLES`, with addresses from `base`."""
    made: dict[str, tuple[Callable[[], QuerySet[Any, Any]], Callable[..., list[Record]]]] = {
        "parties": (registers.published_parties, partial(registers.party_records, base=base)),
        "areas": (registers.published_areas, partial(registers.area_records, base=base)),
        "branches": (registers.published_branches, partial(registers.branch_records, base=base)),
        "themes": (registers.published_themes, partial(registers.theme_records, base=base)),
        "programmes": (programmes.published_programmes, partial(programmes.programme_records, base=base)),
        "sections": (programmes.published_sections, partial(programmes.section_records, base=base)),
        "passages": (passages.published_passages, partial(passages.passage_records, base=base)),
        "alike_pairs": (passages.published_pairs, passages.pair_records),
        "passage_themes": (kept.theme_rows, kept.theme_row_records),
        "readings": (kept.reading_rows, kept.reading_records),
        "source_lines": (kept.sheet_rows, kept.sheet_records),
        "unpaged_places": (kept.place_rows, kept.place_records),
        "published_words": (kept.word_rows, kept.word_records),
        "former_addresses": (kept.former_rows, kept.former_records),
        "gone": (kept.gone_rows, kept.gone_records),
    }
    return tuple(Kind(table, *made[name]) for name, table in TABLES.items())
