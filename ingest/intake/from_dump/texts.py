"""The programmes of a dump with their sections and passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ingest.intake import files
from ingest.intake.from_dump.registers import branch_keys
from programmes.dump.bag import original_name
from programmes.models import Passage, Programme, Section
from programmes.records import Record

SAME_PROGRAMME = (
    *("title", "kind", "period_start", "period_end", "language", "status", "is_replaced", "media_type"),
    *("pages", "pledge_count", "prose_pledge_count"),
)
"""Fields of a record that are called the same in the database, as are those of the two below."""
SAME_SECTION = ("position", "level", "number", "title", "source_title", "slug", "line", "confidence")
SAME_PASSAGE = (
    *("position", "number", "kind", "marker", "repaired", "corrected", "dissent", "confidence", "line_first"),
    *("line_last", "printed_page", "printed_page_last", "printed_line", "earlier_likeness"),
)


@dataclass(slots=True)
class Keys:
    """The primary keys of what a dump has, by its key in records; with the folder of the originals, if there is one."""

    originals: Path | None
    programmes: dict[str, int] = field(default_factory=dict)
    paged: set[str] = field(default_factory=set)
    """The programmes whose files have pages."""
    sections: dict[str, int] = field(default_factory=dict)
    passages: dict[str, int] = field(default_factory=dict)


def load_programmes(records: list[Record], keys: Keys) -> None:
    """Load programmes as published, with their originals where there are any; `tie_editions` ties them."""
    branches = branch_keys()
    for each in records:
        programme = Programme(
            branch_id=branches[each["branch"]],
            slug=each["id"].rpartition("/")[2],
            adopted_on=date.fromisoformat(each["adopted_on"]) if each["adopted_on"] else None,
            source_url=each["source_url"] or "",
            filename=each["file_name"],
            sha256=each["file_sha256"],
            publication=Programme.Publication.PUBLISHED,
            published_at=datetime.fromisoformat(each["published_at"]),
            changed_at=datetime.fromisoformat(each["changed_at"]) if each["changed_at"] else None,
            parsed_at=datetime.fromisoformat(each["published_at"]),
            **{name: each[name] for name in SAME_PROGRAMME},
        )
        programme.file.name = files.name_of(each["file_sha256"])
        if keys.originals:
            original = keys.originals / original_name(each["file_sha256"], each["file_name"])
            files.keep(original.read_bytes(), each["file_sha256"])
        programme.save()
        keys.programmes[each["id"]] = programme.pk
        if programme.has_pages:
            keys.paged.add(each["id"])


def load_sections(records: list[Record], keys: Keys) -> None:
    """Load sections."""
    Section.objects.bulk_create(
        Section(
            pk=keys.sections[each["id"]],
            public_id=each["id"],
            programme_id=keys.programmes[each["programme"]],
            parent_id=keys.sections[each["parent"]] if each["parent"] else None,
            page=each["page"] or 1,
            **{name: each[name] for name in SAME_SECTION},
        )
        for each in records
    )


def load_passages(records: list[Record], keys: Keys) -> None:
    """Load passages."""
    Passage.objects.bulk_create(
        Passage(
            pk=keys.passages[each["id"]],
            public_id=each["id"],
            programme_id=keys.programmes[each["programme"]],
            section_id=keys.sections[each["section"]],
            parent_id=keys.passages[each["parent"]] if each["parent"] else None,
            earlier_id=keys.passages[each["earlier"]] if each["earlier"] else None,
            lead_in=each["list_lead_in"],
            text=each["source_text"],
            page_first=each["page_first"] or 1,
            page_last=each["page_last"] or 1,
            **{name: each[name] for name in SAME_PASSAGE},
        )
        for each in records
    )


def tie_editions(records: Iterable[Record], keys: Keys) -> None:
    """Tie editions to those that they replace."""
    for each in records:
        if each["replaces"]:
            edition = Programme.objects.filter(pk=keys.programmes[each["id"]])
            edition.update(replaces=keys.programmes[each["replaces"]])
