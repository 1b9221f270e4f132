"""Where a correction stands on the pages of a programme: the keys of rows, and their addresses."""

from __future__ import annotations

from django.urls import reverse

from ingest.desk import correct as editing
from ingest.desk.preview import heading_key
from ingest.models import Correction
from ingest.parser.edits import OF_HEADING
from ingest.parser.edits.anchors import Anchor, find
from programmes.models import Programme
from programmes.site.numbers import whole_number


def position_of(programme: Programme, key: str) -> int | None:
    """Return the position of the passage that a form was about, or of the first after the heading; None for neither."""
    passages = programme.passages.filter(public_id=key)
    if key.startswith("H") and (heading_id := whole_number(key[1:])):
        heading = programme.sections.filter(pk=heading_id).values("position")
        passages = programme.passages.filter(section__position__gte=heading)
    return passages.order_by("position").values_list("position", flat=True).first()


def row_at(programme: Programme, place: Anchor) -> str:
    """Return the key of the row that a correction was made at, empty where it is none."""
    parsed = editing.present_parse(programme).parsed
    if place.get("of") == OF_HEADING:
        position = find(place, parsed.sections)
        return _heading_key(programme, position) if position is not None else ""
    position = find(place, parsed.entries)
    return _entry_key(programme, position) if position is not None else ""


def _heading_key(programme: Programme, position: int) -> str:
    return heading_key(programme.sections.values_list("pk", flat=True).get(position=position))


def _entry_key(programme: Programme, position: int) -> str:
    """Return the key of the row at a position, of the last one where there are fewer."""
    passages = programme.passages.filter(position__lte=position).order_by("-position")
    return passages.values_list("public_id", flat=True).first() or ""


def row_after(programme: Programme, correction: Correction, stood_at: int | None) -> str:
    """Return the key of the row that a correction made or changed, else of the one that now stands in its place."""
    applied = editing.present_parse(programme)
    made = next((part_id for part_id, ids in applied.touched.items() if ids[-1] == correction.pk), None)
    for position, section in enumerate(applied.parsed.sections):
        if section.id == made:
            return _heading_key(programme, position)
    at = next((n for n, entry in enumerate(applied.parsed.entries) if entry.id == made), stood_at)
    return _entry_key(programme, at) if at is not None else ""


def address_of_row(programme: Programme, side: str, entry: str) -> str:
    """Return the address of a row on a sheet of the preview, of the sheet alone where the key is empty or no key."""
    address = reverse("desk_programme", args=[programme.pk])
    return f"{address}?side={whole_number(side, default=1)}" + (f"#p-{entry}" if entry.isalnum() else "")
