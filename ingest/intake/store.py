"""From a parse to the database: one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from ingest import PARSER_VERSION
from ingest.intake import files
from ingest.intake.details import Details
from ingest.intake.names import plain_filename
from ingest.intake.source_sheets import write_sheets
from ingest.intake.write_rows import free_address, write_rows
from ingest.models import Correction, StoredParse
from ingest.parser.as_json import as_dict, to_wire
from ingest.parser.document import ParsedProgramme
from ingest.parser.edits import Applied, Edit, apply
from programmes.models import Branch, FormerAddress, Programme
from programmes.norwegian.slugs import slugify_norwegian


def find_programme(sha256: str) -> Programme | None:
    """Return the programme that was read from the file with this hash, if there is one."""
    return Programme.objects.filter(sha256=sha256).select_related("branch__party").first()


@transaction.atomic
def create_programme(*, branch: Branch, parsed: ParsedProgramme, content: bytes, details: Details) -> Programme:
    """Store a new programme with its file and its text as a draft.

    Raises `StoredFileDiffers` where the storage lost the file.
    """
    programme = Programme(
        branch=branch,
        **asdict(details),
        filename=plain_filename(parsed.source.filename),
        sha256=parsed.source.sha256,
        media_type=parsed.source.media_type,
        pages=parsed.source.pages,
    )
    programme.slug = free_programme_slug(programme)
    programme.file.name = files.keep(content, programme.sha256)
    replace_text(programme=programme, parsed=parsed)
    return programme


@transaction.atomic
def replace_text(*, programme: Programme, parsed: ParsedProgramme) -> Applied:
    """Put a parse in the place of what a programme has, keeping public ids, corrections and editors' themes.

    The programme is saved; its publication does not change. The parse is kept as it is, and shown with the
    programme's corrections applied; what no longer fits is marked so. Old pledges that are gone become `GonePledge`s.
    """
    if programme.pk:
        Programme.objects.select_for_update().get(pk=programme.pk)
    programme.parser_version = parsed.parser or PARSER_VERSION
    programme.parsed_at = timezone.now()
    if programme.pk is None:
        programme.save()
    StoredParse.objects.update_or_create(
        programme=programme,
        defaults={
            "document": to_wire(parsed),
            "parser_version": programme.parser_version,
            "parsed_at": programme.parsed_at,
            "public_ids": {},
        },
    )
    write_sheets(programme, parsed)
    applied = apply(parsed, live_edits(programme))
    store_applied(programme=programme, applied=applied)
    return applied


def live_edits(programme: Programme) -> list[Edit]:
    """Return a programme's corrections of its text that are not undone, oldest first."""
    live = programme.corrections.filter(undone_at=None).exclude(kind=Correction.Kind.FACTS).order_by("pk")
    return [Edit(each.pk, each.kind, each.place, each.change) for each in live]


@transaction.atomic
def store_applied(*, programme: Programme, applied: Applied) -> set[int]:
    """Store a parse with its corrections as the text of a programme, one revision later.

    Returns the keys of the passages that are new or of another kind or wording than before. The caller holds the
    programme's row locked. Each live correction is marked as fitting or not.
    """
    parsed = applied.parsed
    programme.revision = Programme.objects.values_list("revision", flat=True).get(pk=programme.pk) + 1
    programme.parse_report = report(parsed)
    programme.prose_pledge_count = sum(1 for passage in parsed.passages if passage.kind == "prose_pledge")
    in_lists = sum(1 for item in parsed.items if item.kind == "pledge" and not item.dissent)
    programme.pledge_count = in_lists + programme.prose_pledge_count
    counts = ("pledge_count", "prose_pledge_count")
    programme.save(update_fields=[*counts, "revision", "parse_report", "parser_version", "parsed_at"])

    stored = StoredParse.objects.filter(programme=programme)
    home = stored.values_list("public_ids", flat=True).get()
    changed = write_rows(programme, parsed, _themed(programme, applied), home)
    now = programme.passages.order_by("position").values_list("public_id", flat=True)
    stored.update(public_ids=home | dict(zip((entry.id for entry in parsed.entries), now, strict=True)))
    _mark_what_fits(programme, applied)
    return changed


def _themed(programme: Programme, applied: Applied) -> set[str]:
    """Return the ids of the entries whose themes a correction has set; one that has since gone is no entry any more."""
    setting = set(programme.corrections.filter(kind=Correction.Kind.THEMES).values_list("pk", flat=True))
    return {e.id for e in applied.parsed.entries if setting.intersection(applied.touched.get(e.id, ()))}


def _mark_what_fits(programme: Programme, applied: Applied) -> None:
    """Mark which live corrections fit the present parse, and why the others don't; what it has by itself fits."""
    live = programme.corrections.filter(undone_at=None)
    live.exclude(pk__in=applied.waiting).filter(fits=False).update(fits=True, unfit_reason="")
    for pk in applied.waiting:
        live.filter(pk=pk).update(fits=False, unfit_reason=applied.reasons[pk][:200])


def report(parsed: ParsedProgramme) -> dict[str, Any]:
    """Return the figures of a parse that the desk shows and, in one line, the page of the programme."""
    document = as_dict(parsed)
    return {
        "coverage": document["coverage"],
        "problems": document["problems"],
        "sections": sum(1 for section in parsed.sections if section.title),
        "items": len(parsed.items),
        "repaired": sum(1 for item in parsed.items if item.repaired),
        "kinds": dict(Counter(item.kind for item in parsed.items)),
    }


def free_programme_slug(programme: Programme) -> str:
    """Return the period, with the kind and at last a number where the branch has that address already.

    An address that another programme once had counts as taken. Holds the branch's row: no two take the same one.
    """
    Branch.objects.select_for_update(of=("self",)).get(pk=programme.branch_id)
    period = slugify_norwegian(programme.period.replace("–", "-"))
    kind = slugify_norwegian(programme.get_kind_display())
    others = Programme.objects.filter(branch=programme.branch).exclude(pk=programme.pk)
    former = FormerAddress.objects.filter(branch=programme.branch).exclude(programme=programme.pk)
    taken = {*others.values_list("slug", flat=True), *former.values_list("slug", flat=True)}
    plain = [f"{period}-{kind}"] if programme.kind in ("statement", "consultation", "principles") else [period]
    candidates = [*plain, f"{period}-{kind}", f"{period}-{kind}-{slugify_norwegian(programme.get_status_display())}"]
    return free_address(candidates, taken)
