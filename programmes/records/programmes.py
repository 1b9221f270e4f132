"""Records of programmes and their sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse

from programmes.models import Programme, Section, is_published
from programmes.records.common import absolute, area_id, branch_id, moment, programme_id, source_of, told
from programmes.records.tables import TABLES, Record
from programmes.standing import cautions

WITH_SOURCE = Programme.objects.with_branch().defer("parse_report")
"""Programmes with all that the record of a part of one says of them."""


def published_programmes() -> QuerySet[Programme]:
    """Return the programmes that have a record, editions before those that replace them."""
    return Programme.objects.published().with_branch().defer("parse_report").order_by("pk")


def programme_records(programmes: Sequence[Programme], *, base: str) -> list[Record]:
    """Return published programmes as records of `programmes`; in two queries where their branches are loaded.

    `cautions` are in the reader's language.
    """
    prefetch_related_objects(list(programmes), "branch__party", "branch__area", Prefetch("replaces", WITH_SOURCE))
    return [_programme_record(programme, base) for programme in programmes]


def _programme_record(programme: Programme, base: str) -> Record:
    branch, before = programme.branch, programme.replaces
    parts = (branch.party.slug, branch.slug, programme.slug)
    return {
        "id": programme_id(programme),
        "url": absolute(base, programme.get_absolute_url()),
        "title": programme.title,
        "kind": programme.kind,
        "party": branch.party.code,
        "party_name": branch.party.name_nb,
        "branch": branch_id(branch),
        "branch_name": branch.name,
        "level": branch.level,
        "area": area_id(branch.area) if branch.area else None,
        "period_start": programme.period_start,
        "period_end": programme.period_end,
        "language": programme.language,
        "status": programme.status,
        "adopted_on": programme.adopted_on.isoformat() if programme.adopted_on else None,
        "is_replaced": programme.is_replaced,
        "replaces": programme_id(before) if before and before.publication == "published" else None,
        "cautions": told(cautions(programme)),
        "published_at": moment(programme.published_at),
        "changed_at": moment(programme.changed_at),
        "source_url": programme.source_url or None,
        "original_url": absolute(base, reverse("original", args=parts)),
        "file_name": programme.filename,
        "file_sha256": programme.sha256,
        "media_type": programme.media_type,
        "pages": programme.pages,
        "has_pages": programme.has_pages,
        "pledge_count": programme.pledge_count,
        "prose_pledge_count": programme.prose_pledge_count,
    }


def published_sections() -> QuerySet[Section]:
    """Return the sections that have a record, in document order."""
    return Section.objects.filter(is_published("programme__")).order_by("programme", "position")


def section_records(sections: Sequence[Section], *, base: str) -> list[Record]:
    """Return sections of published programmes as records of `sections`; in two queries, fewer for what is loaded."""
    prefetch_related_objects(list(sections), Prefetch("programme", WITH_SOURCE), "parent")
    sources = sources_of(section.programme for section in sections)
    names = TABLES["sections"].names
    found = []
    for section in sections:
        programme = section.programme
        record = sources[programme.pk] | {
            "id": section.public_id,
            "url": absolute(base, section.get_permanent_url()),
            "page_url": absolute(base, section.get_absolute_url()),
            "position": section.position,
            "level": section.level,
            "parent": section.parent.public_id if section.parent else None,
            "number": section.number,
            "title": section.title,
            "source_title": section.source_title,
            "slug": section.slug,
            "page": section.page if programme.has_pages else None,
            "line": section.line,
            "confidence": section.confidence,
            "cautions": told(cautions(programme)),
        }
        found.append({name: record[name] for name in names})
    return found


def sources_of(programmes: Iterable[Programme]) -> dict[int, Record]:
    """Return for each of some programmes what the records of its parts say of it, each put together once."""
    found: dict[int, Record] = {}
    for programme in programmes:
        if programme.pk not in found:
            found[programme.pk] = source_of(programme)
    return found
