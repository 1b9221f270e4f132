"""Records of what stands beside the texts: readings, lines of the source, moments, addresses that lead on.

Nobody quotes them, but pages show them: an archive that is filled from files needs them to show the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from programmes.models import (
    FormerAddress,
    GonePledge,
    Passage,
    PassageTheme,
    Programme,
    PublishedWords,
    Section,
    SourceSheet,
    is_published,
)
from programmes.records.common import moment
from programmes.records.tables import Record

PAGED = "application/pdf"
Rows = QuerySet[Any, Any]
"""Rows that are fetched as they are told."""


def programme_key(path: str) -> Concat:
    """Return the key of the programme at the end of a path of fields, as the database puts it together."""
    slash = Value("/")
    parts = (f"{path}branch__party__slug", slash, f"{path}branch__slug", slash, f"{path}slug")
    return Concat(*parts, output_field=CharField())


def theme_rows() -> Rows:
    """Return the rows of `passage_themes`."""
    rows = PassageTheme.objects.filter(is_published("passage__programme__"))
    return rows.order_by("passage__programme", "passage__position", "theme__slug").values(
        "is_main", "origin", "reasons", passage_id_=F("passage__public_id"), theme_slug=F("theme__slug")
    )


def theme_row_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `theme_rows` as records."""
    return [
        {
            "passage": row["passage_id_"],
            "theme": row["theme_slug"],
            "is_main": row["is_main"],
            "origin": row["origin"],
            "reasons": row["reasons"],
        }
        for row in rows
    ]


def reading_rows() -> Rows:
    """Return the rows of `readings`."""
    rows = Programme.objects.published().order_by("pk")
    return rows.values("parser_version", "parsed_at", "parse_report", key=programme_key(""))


def reading_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `reading_rows` as records."""
    return [
        {
            "programme": row["key"],
            "parser_version": row["parser_version"],
            "parsed_at": moment(row["parsed_at"]),
            "report": row["parse_report"],
        }
        for row in rows
    ]


def sheet_rows() -> Rows:
    """Return the rows of `source_lines`."""
    rows = SourceSheet.objects.filter(is_published("programme__")).order_by("programme", "page", "line_first")
    return rows.values("page", "line_first", "line_last", "lines", key=programme_key("programme__"))


def sheet_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `sheet_rows` as records."""
    return [
        {"programme": row["key"]} | {name: row[name] for name in ("page", "line_first", "line_last", "lines")}
        for row in rows
    ]


def place_rows() -> Rows:
    """Return the rows of `unpaged_places`: of those alone that do not stand in the first part of their file."""
    later = is_published("programme__")
    sections = Section.objects.filter(later, page__gt=1).exclude(programme__media_type=PAGED).order_by()
    passages = Passage.objects.filter(later, page_last__gt=1).exclude(programme__media_type=PAGED).order_by()
    of_passages = passages.values("public_id", first=F("page_first"), last=F("page_last"))
    return of_passages.union(sections.values("public_id", first=F("page"), last=F("page")), all=True).order_by(
        "public_id"
    )


def place_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `place_rows` as records."""
    return [{"id": row["public_id"], "page_first": row["first"], "page_last": row["last"]} for row in rows]


def word_rows() -> Rows:
    """Return the rows of `published_words`."""
    rows = PublishedWords.objects.filter(is_published("programme__")).order_by("public_id")
    return rows.values("public_id", "words", "first_at", "since", key=programme_key("programme__"))


def word_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `word_rows` as records."""
    return [
        {
            "id": row["public_id"],
            "programme": row["key"],
            "words": str(row["words"]),
            "first_at": moment(row["first_at"]),
            "since": moment(row["since"]),
        }
        for row in rows
    ]


def former_rows() -> Rows:
    """Return the rows of `former_addresses`: those in which the branch is one that has a record."""
    rows = FormerAddress.objects.filter(is_published("programme__")).order_by("branch", "slug")
    return rows.values(
        "slug",
        branch_key=Concat("branch__party__slug", Value("/"), "branch__slug", output_field=CharField()),
        key=programme_key("programme__"),
    )


def former_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `former_rows` as records."""
    return [{"branch": row["branch_key"], "slug": row["slug"], "programme": row["key"]} for row in rows]


def gone_rows() -> Rows:
    """Return the rows of `gone`."""
    rows = GonePledge.objects.filter(is_published("programme__")).order_by("public_id")
    return rows.values("public_id", "text", "is_section", "gone_at", key=programme_key("programme__"))


def gone_records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return rows of `gone_rows` as records."""
    return [
        {
            "id": row["public_id"],
            "programme": row["key"],
            "text": row["text"],
            "is_section": row["is_section"],
            "gone_at": moment(row["gone_at"]),
        }
        for row in rows
    ]
