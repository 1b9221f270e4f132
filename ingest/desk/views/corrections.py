"""Preview and correction at the desk: see what the parser made of a programme, and put it right."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import etag, require_GET, require_POST

from ingest.desk import correct as editing
from ingest.desk.changes import made_of
from ingest.desk.permissions import Action, allowed, may
from ingest.desk.preview import HeadingRow, Row, Sheet, heading_key, sheet_at, sheets_of, view_of
from ingest.intake.page_images import page_image
from ingest.models import Correction
from ingest.parser.edits import HEADING, OF_HEADING, Applied
from ingest.parser.edits.anchors import Anchor, find
from ingest.parser.errors import IngestError
from programmes.models import Passage, Programme, Theme
from programmes.reading import path_to, with_descendants
from programmes.wording import differences

PER_PAGE = 50
PARENTS = 12
"""Items before one that are offered to hang it under."""
MOST_NEAR = 60
"""Entries around a heading that are offered for it to stand before."""
LONGEST_KEY = 12
CONFLICT, UNPROCESSABLE = 409, 422
LEVELS = range(1, 5)
"""Levels of headings that an entry can be made in one step; the heading itself can go deeper."""
KINDS = [(kind.value, kind.label) for kind in Passage.Kind if kind != Passage.Kind.SUB_PLEDGE]
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "revision"}


def programme_of(request: HttpRequest, pk: int, **_parts: int) -> Programme:
    """Return the programme that an address names."""
    return get_object_or_404(Programme.objects.select_related("branch__party", "branch__area"), pk=pk)


@require_GET
@allowed(Action.SEE, programme_of)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet of a programme's source beside what the parser made of it."""
    return _preview(request, programme_of(request, pk))


def _picture_tag(request: HttpRequest, pk: int, page: int) -> str:
    """Return what tells the picture of a page from any other."""
    return f'"{programme_of(request, pk).sha256}-{page}"'


@require_GET
@allowed(Action.SEE, programme_of)
@etag(_picture_tag)
def page_picture(request: HttpRequest, pk: int, page: int) -> FileResponse:
    """Send the picture of a page."""
    image = page_image(programme_of(request, pk), page)
    if image is None:
        raise Http404
    response = FileResponse(default_storage.open(image.name), content_type="image/webp")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"  # kept, and asked for again: each correction shows the same picture
    return response


@require_POST
@allowed(Action.CORRECT, programme_of)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one correction; whoever comes second to a place is shown what the first did, and loses nothing."""
    programme = programme_of(request, pk)
    revision = request.POST.get("revision", "")
    try:
        stood_at = _position(programme, request.POST.get("entry", ""))
        place, change = made_of(programme, editing.present_parse(programme), request.POST)
        correction = editing.correct(
            programme,
            user=cast(User, request.user),
            kind=request.POST["kind"],
            place=place,
            change=change,
            revision=int(revision) if revision.isdecimal() else 0,
        )
    except editing.Conflict as conflict:
        programme.refresh_from_db()
        return _preview(request, programme, status=CONFLICT, conflict=conflict)
    except IngestError as error:
        return _preview(request, programme, status=UNPROCESSABLE, fault=str(error))
    messages.success(request, _("Lagret: %(what)s.") % {"what": correction.get_kind_display()})
    programme.refresh_from_db()
    return redirect(_address(programme, request.POST.get("side", ""), _row_after(programme, correction, stood_at)))


@require_GET
@allowed(Action.SEE, programme_of)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """List who changed what and when, what waits because it fits no more, and how to undo it."""
    programme = programme_of(request, pk)
    corrections = programme.corrections.select_related("made_by", "undone_by").order_by("-pk")
    page = Paginator(corrections, PER_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "redaksjon/history.html",
        {
            "programme": programme,
            "branch": programme.branch,
            "page": page,
            "lines": [(correction, told(correction)) for correction in page],
            "waiting": corrections.filter(fits=False, undone_at=None).count(),
            "may_correct": may(request.user, Action.CORRECT, programme),
        },
    )


@require_POST
@allowed(Action.CORRECT, programme_of)
def undo(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Undo a correction."""
    chosen = get_object_or_404(Correction.objects.select_related("programme"), pk=correction, programme=pk)
    try:
        applied = editing.undo(chosen, cast(User, request.user))
    except IngestError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Angret: %(what)s.") % {"what": chosen.get_kind_display()})
        if applied.unfit:
            count = len(applied.unfit)
            text = ngettext(
                "%(count)s rettelse passer ikke lenger. Den er tatt vare på og vises i listen.",
                "%(count)s rettelser passer ikke lenger. De er tatt vare på og vises i listen.",
                count,
            )
            messages.warning(request, text % {"count": count})
    if request.POST.get("side"):
        programme = programme_of(request, pk)
        return redirect(_address(programme, request.POST["side"], _row_at(programme, chosen.place)))
    return redirect("desk_history", pk=pk)


def told(correction: Correction) -> dict[str, Any]:
    """Return what a correction did, for a person to read: words, or stretches of a changed text."""
    quote, change = correction.place["quote"], correction.change
    match correction.kind:
        case Correction.Kind.TEXT if "title" in change:
            return {"stretches": differences(quote, f"{change['number']} {change['title']}".strip())}
        case Correction.Kind.TEXT:
            return {"stretches": differences(quote, change["text"])}
        case Correction.Kind.SPLIT:
            return {"words": "… / ".join((quote[: change["at"]][-60:], change["rest"][:60] + " …"))}
        case Correction.Kind.MERGE:
            return {"words": f"{change['with']['quote'][-60:]} + {quote[:60]}"}
        case Correction.Kind.MOVE:
            section = change["section"]
            return {"words": f"→ {section['quote'] or _('Innledning')}" if section else _("→ sist, for seg selv")}
        case Correction.Kind.BEGIN:
            return {"words": _("→ foran «%(entry)s»") % {"entry": change["at"]["quote"][:80]}}
        case Correction.Kind.LEVEL:
            return {"words": _("→ nivå %(level)s") % change}
        case Correction.Kind.KIND | Correction.Kind.RESCUE | Correction.Kind.ADD if change["kind"] == HEADING:
            return {"words": _("→ overskrift, nivå %(level)s") % change}
        case Correction.Kind.KIND | Correction.Kind.RESCUE | Correction.Kind.ADD:
            return {"words": f"→ {Passage.Kind(change['kind']).label}"}
        case Correction.Kind.NEST:
            parent = change["parent"]
            return {"words": f"→ {parent['quote'][:80]}" if parent else _("→ står for seg selv")}
        case Correction.Kind.REPAIR:
            repaired = change["repaired"]
            return {"stretches": differences(quote, repaired)} if repaired else {"words": _("→ kildens ordlyd")}
        case Correction.Kind.THEMES:
            return {"words": f"→ {', '.join([change['main'], *change['also']])}"}
        case _:
            return {}


def _position(programme: Programme, key: str) -> int | None:
    """Return the position of the passage that a form was about, or of the first after the heading; None for neither."""
    passages = programme.passages.filter(public_id=key)
    if key.startswith("H") and key[1:].isdecimal() and len(key) < LONGEST_KEY:
        heading = programme.sections.filter(pk=int(key[1:])).values("position")
        passages = programme.passages.filter(section__position__gte=heading)
    return passages.order_by("position").values_list("position", flat=True).first()


def _row_at(programme: Programme, place: Anchor) -> str:
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


def _row_after(programme: Programme, correction: Correction, stood_at: int | None) -> str:
    """Return the key of the row that a correction made or changed, else of the one that now stands in its place."""
    applied = editing.present_parse(programme)
    made = next((part_id for part_id, ids in applied.touched.items() if ids[-1] == correction.pk), None)
    for position, section in enumerate(applied.parsed.sections):
        if section.id == made:
            return _heading_key(programme, position)
    at = next((n for n, entry in enumerate(applied.parsed.entries) if entry.id == made), stood_at)
    return _entry_key(programme, at) if at is not None else ""


def _address(programme: Programme, side: str, entry: str) -> str:
    address = reverse("desk_programme", args=[programme.pk])
    return f"{address}?side={side if side.isdecimal() else 1}" + (f"#p-{entry}" if entry.isalnum() else "")


def _preview(request: HttpRequest, programme: Programme, *, status: int = 200, **more: Any) -> HttpResponse:
    """Return the preview page; after a form that wasn't stored, with the words that the person wrote."""
    base = {"programme": programme, "branch": programme.branch, "may_correct": False}
    try:
        applied = editing.present_parse(programme)
    except editing.NoRawParse as error:
        return render(request, "redaksjon/preview.html", {**base, "fault": str(error)}, status=status)
    sheets = sheets_of(applied.parsed)
    sheet = _sheet(request, programme, applied, sheets)
    view = view_of(programme, applied, sheet)
    may_correct = may(request.user, Action.CORRECT, programme)
    chosen = request.POST.get("entry") or request.GET.get("rett")
    editing_row = next((row for row in view.rows if row.key == chosen), None) if may_correct else None
    position = sheets.index(sheet)
    context = {
        **base,
        "sheet": sheet,
        "sheets": sheets,
        "previous": sheets[position - 1] if position else None,
        "next": sheets[position + 1] if position + 1 < len(sheets) else None,
        "view": view,
        "image": page_image(programme, sheet.page),
        "may_correct": may_correct,
        "editing": editing_row,
        "kinds": [
            *KINDS,
            *((f"{HEADING}-{level}", _("overskrift, nivå %(level)s") % {"level": level}) for level in LEVELS),
        ],
        "text_kinds": KINDS,
        "problems": [(problem, sheet_at(sheets, problem.page, problem.line)) for problem in applied.parsed.problems],
        "chapters": [
            (section, sheet_at(sheets, section.page, section.line)) for section in programme.sections.exclude(title="")
        ],
        "latest": _latest(request, programme) if may_correct else None,
        "waiting": programme.corrections.filter(fits=False, undone_at=None).count(),
        "coverage": applied.parsed.coverage,
        **more,
    }
    if isinstance(editing_row, HeadingRow):
        context |= _heading_choices(programme, editing_row)
    elif editing_row is not None:
        context |= _choices(programme, editing_row)
    if status != 200:
        context["sent"] = request.POST
        context["resend"] = [(k, v) for k, vs in request.POST.lists() if k not in NOT_SENT_AGAIN for v in vs]
        context["told"] = told(more["conflict"].correction) if "conflict" in more else {}
    return render(request, "redaksjon/preview.html", context, status=status)


def _sheet(request: HttpRequest, programme: Programme, applied: Applied, sheets: list[Sheet]) -> Sheet:
    """Return the sheet that is asked for by its number, or by a passage that begins on it."""
    asked = request.POST.get("side") or request.GET.get("side", "1")
    if public_id := request.GET.get("avsnitt"):
        passage = get_object_or_404(Passage, programme=programme, public_id=public_id)
        return sheet_at(sheets, passage.page_first, passage.line_first)
    page, _dash, line = request.GET.get("linje", "").partition("-")
    if page.isdecimal() and line.isdecimal():
        return sheet_at(sheets, int(page), int(line))
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    return sheets[min(max(number, 1), len(sheets)) - 1]


def _latest(request: HttpRequest, programme: Programme) -> Correction | None:
    """Return the person's own last correction: one key undoes it."""
    return programme.corrections.filter(undone_at=None, made_by=cast(User, request.user)).order_by("-pk").first()


def _choices(programme: Programme, row: Row) -> dict[str, Any]:
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
