"""The page of a preview: one sheet of a programme, and what the form of the row that is being corrected offers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ingest.desk import correct as editing
from ingest.desk.changes import summary_of
from ingest.desk.doubts.card import Card, queue_context
from ingest.desk.permissions import Action, may
from ingest.desk.preview import EntryRow, HeadingRow, view_of
from ingest.intake.page_images import page_image
from ingest.intake.sheets import Sheet, sheet_at, sheets_of
from ingest.parser.edits import HEADING
from programmes.models import Passage, Programme, Theme
from programmes.reading import path_to, with_descendants
from programmes.site.numbers import whole_number

PARENTS = 12
"""Items before one that are offered to hang it under."""
MOST_NEAR = 60
"""Entries around a heading that are offered for it to stand before."""
CONFLICT, UNPROCESSABLE = 409, 422
LEVELS = range(1, 5)
"""Levels of headings that an entry can be made in one step; the heading itself can go deeper."""
KINDS = [(kind.value, kind.label) for kind in Passage.Kind if kind != Passage.Kind.SUB_PLEDGE]
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "revision"}


def preview_page(request: HttpRequest, programme: Programme, *, status: int = 200, **more: Any) -> HttpResponse:
    """Return the preview page; after a form that wasn't stored, with the words that the person wrote."""
    base = {"programme": programme, "branch": programme.branch, "may_correct": False}
    try:
        applied = editing.present_parse(programme)
    except editing.NoRawParse as error:
        return render(request, "redaksjon/preview.html", {**base, "fault": str(error)}, status=status)
    sheets = sheets_of(applied.parsed)
    doubts = queue_context(request, programme)
    sheet = _sheet(request, programme, sheets, doubts["card"])
    view = view_of(programme, applied, sheet)
    may_correct = may(request.user, Action.CORRECT, programme)
    chosen = request.POST.get("entry") or request.GET.get("rett")
    editing_row = next((row for row in view.rows if row.key == chosen), None) if may_correct else None
    position = sheets.index(sheet)
    by_hand = programme.corrections.filter(undone_at=None, made_by=request.user.pk, doubt_answer=None)
    latest, answer = by_hand.order_by("-pk").first(), doubts.pop("latest_answer")
    if latest and answer:  # what was done last is what is offered to be undone
        latest, answer = (None, answer) if answer.made_at > latest.made_at else (latest, None)
    context = {
        **base,
        "sheet": sheet,
        "sheets": sheets,
        "previous": sheets[position - 1] if position else None,
        "next": sheets[position + 1] if position + 1 < len(sheets) else None,
        "view": view,
        "printed_page": next(
            (row.passage.printed_page for row in view.rows if isinstance(row, EntryRow) and not row.continues), ""
        ),
        "image": page_image(programme, sheet.page),
        "may_correct": may_correct,
        "editing": editing_row,
        "kinds": [
            *KINDS,
            *((f"{HEADING}-{level}", _("overskrift, nivå %(level)s") % {"level": level}) for level in LEVELS),
        ],
        "text_kinds": KINDS,
        "chapters": [
            (section, sheet_at(sheets, section.page, section.line)) for section in programme.sections.exclude(title="")
        ],
        "latest": latest if may_correct else None,
        "latest_answer": answer if may_correct else None,
        "waiting": programme.corrections.filter(fits=False, undone_at=None).count(),
        "coverage": applied.parsed.coverage,
        **doubts,
        **more,
    }
    if isinstance(editing_row, HeadingRow):
        context |= _heading_choices(programme, editing_row)
    elif editing_row is not None:
        context |= _choices(programme, editing_row)
    if status != 200:
        context["sent"] = request.POST
        context["resend"] = [(k, v) for k, vs in request.POST.lists() if k not in NOT_SENT_AGAIN for v in vs]
        context["summary"] = summary_of(more["conflict"].correction) if "conflict" in more else {}
    return render(request, "redaksjon/preview.html", context, status=status)


def _sheet(request: HttpRequest, programme: Programme, sheets: list[Sheet], card: Card | None) -> Sheet:
    """Return the sheet that is asked for by its number or by what begins on it, else that of the open question."""
    if card is not None:
        return sheet_at(sheets, card.asked.question.page, card.asked.question.line)
    asked = request.POST.get("side") or request.GET.get("side", "1")
    if public_id := request.GET.get("avsnitt"):
        passage = get_object_or_404(Passage, programme=programme, public_id=public_id)
        return sheet_at(sheets, passage.page_first, passage.line_first)
    page, _dash, line = request.GET.get("linje", "").partition("-")
    if (page_number := whole_number(page)) and (line_number := whole_number(line)):
        return sheet_at(sheets, page_number, line_number)
    return sheets[min(max(whole_number(asked), 1), len(sheets)) - 1]


def _choices(programme: Programme, row: EntryRow) -> dict[str, Any]:
    """Return what the form of one entry lets a person choose from."""
    passage = row.passage
    above = programme.passages.exclude(number="").filter(section=passage.section_id, position__lt=passage.position)
    themes = list(row.passage.passage_themes.all())
    return {
        "sections": programme.sections.all(),
        "parents": list(above.order_by("-position")[:PARENTS]),
        "themes": Theme.objects.main().order_by("label_nb"),
        "theme_rows": sorted(themes, key=lambda each: (not each.is_main, each.theme.label)),
        "main_theme": next((each.theme.slug for each in themes if each.is_main), ""),
        "also_themes": {each.theme.slug for each in themes if not each.is_main},
    }


def _heading_choices(programme: Programme, row: HeadingRow) -> dict[str, Any]:
    """Return what the form of a heading lets a person choose from."""
    sections = list(programme.sections.order_by("position"))
    section = row.section
    below = {each.pk for each in with_descendants(section, sections)}
    before = [each for each in sections if each.position < section.position and each.title]
    path = path_to(before[-1], sections) if before else []
    around = [section.pk, *([sections[section.position - 1].pk] if section.position else [])]
    near = programme.passages.filter(section__in=around).order_by("position")
    first = near.filter(section=section).first()
    return {
        "levels": [(number, above) for number, above in enumerate([None, *path], 1)],
        "sections": [each for each in sections if each.pk not in below and each.title],
        "near": [passage for passage in near if first is None or passage.pk != first.pk][:MOST_NEAR],
    }
