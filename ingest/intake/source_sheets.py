"""The source as readers may look at it beside a quote: its lines, sheet by sheet, written with every parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from django.db import transaction

from ingest.intake.sheets import Sheet, furniture_lines, sheets_of
from ingest.models import StoredParse
from ingest.parser.as_json import from_wire
from ingest.parser.document import ParsedProgramme
from programmes.models import Programme, SourceSheet

BATCH = 500
KEPT = ("picture", "picture_name", "width", "height")
"""What a sheet has of its page, whatever a parse makes of its lines."""


@transaction.atomic
def write_sheets(programme: Programme, parsed: ParsedProgramme) -> None:
    """Write the lines of a parse in the place of those that a programme has; pictures that are drawn are kept."""
    present = programme.source_sheets.values_list("page", *KEPT)
    drawn = {page: dict(zip(KEPT, rest, strict=True)) for page, *rest in present}
    Picture = SourceSheet.Picture  # noqa: N806
    fresh = {"picture": Picture.OWED if programme.has_pages else Picture.NONE}
    beside = furniture_lines(parsed)
    sheets = _whole_pages(sheets_of(parsed)) if programme.has_pages else sheets_of(parsed)
    on_page: dict[int, list[list[object]]] = {}
    for line in parsed.lines:
        row = [line.number, line.text, line.box, (line.page, line.number) not in beside]
        on_page.setdefault(line.page, []).append(row)
    programme.source_sheets.all().delete()
    rows = [
        SourceSheet(
            programme=programme,
            page=sheet.page,
            line_first=sheet.first,
            line_last=sheet.last,
            lines=[row for row in on_page.get(sheet.page, ()) if sheet.holds(sheet.page, row[0])],  # type: ignore[arg-type]
            **drawn.get(sheet.page, fresh),
        )
        for sheet in sheets
    ]
    SourceSheet.objects.bulk_create(rows, batch_size=BATCH)


def _whole_pages(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return sheets with those of one page made one: its picture shows it whole, however many lines it has."""
    by_page = [list(same) for _page, same in groupby(sheets, key=lambda sheet: sheet.page)]
    return [replace(same[0], last=same[-1].last) for same in by_page]


def write_missing_sheets(programme: Programme) -> bool:
    """Write the sheets of a programme that was stored before there were any; return whether its parse is there."""
    stored = StoredParse.objects.filter(programme=programme).first()
    if stored is None:
        return False
    write_sheets(programme, from_wire(stored.document))
    return True
