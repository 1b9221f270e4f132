"""Preview and correction at the desk: see what the parser made of a programme, and put it right."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import etag, require_GET

from ingest.desk import correct as editing
from ingest.desk.changes import made_of, summary_of
from ingest.desk.doubts.card import FILTER, QUESTION, address_of_question
from ingest.desk.methods import post_only
from ingest.desk.permissions import Action, allowed, may, programme_of
from ingest.desk.preview_page import CONFLICT, UNPROCESSABLE, preview_page
from ingest.desk.row_keys import address_of_row, position_of, row_after, row_at
from ingest.intake.page_images import page_image
from ingest.models import Correction
from ingest.parser.errors import IngestError
from programmes.site.links import QueryLinks, page_of
from programmes.site.numbers import whole_number


@require_GET
@allowed(Action.SEE, programme_of)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet of a programme's source beside what the parser made of it."""
    return preview_page(request, programme_of(request, pk))


@require_GET
@allowed(Action.SEE, programme_of)
@etag(lambda request, pk, page: f'"{programme_of(request, pk).sha256}-{page}"')
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


@post_only
@allowed(Action.CORRECT, programme_of)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one correction; where another person was first, show what they did, with the form as it was filled in."""
    programme = programme_of(request, pk)
    try:
        stood_at = position_of(programme, request.POST.get("entry", ""))
        place, change = made_of(programme, editing.present_parse(programme), request.POST)
        correction = editing.correct(
            programme,
            user=cast(User, request.user),
            kind=request.POST["kind"],
            place=place,
            change=change,
            revision=whole_number(request.POST.get("revision", "")),
        )
    except editing.Conflict as conflict:
        programme.refresh_from_db()
        return preview_page(request, programme, status=CONFLICT, conflict=conflict)
    except IngestError as error:
        return preview_page(request, programme, status=UNPROCESSABLE, fault=str(error))
    messages.success(request, _("Lagret: %(what)s.") % {"what": correction.get_kind_display()})
    programme.refresh_from_db()
    row = row_after(programme, correction, stood_at)
    if key := request.POST.get(QUESTION, ""):
        return redirect(address_of_question(programme, key, request.POST.get(FILTER, ""), row))
    return redirect(address_of_row(programme, request.POST.get("side", ""), row))


@require_GET
@allowed(Action.SEE, programme_of)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """List who changed what and when, what waits because it fits no more, and how to undo it."""
    programme = programme_of(request, pk)
    corrections = programme.corrections.select_related("made_by", "undone_by").order_by("-pk")
    page = page_of(corrections, QueryLinks(request))
    return render(
        request,
        "redaksjon/history.html",
        {
            "programme": programme,
            "branch": programme.branch,
            "page": page,
            "lines": [(correction, summary_of(correction)) for correction in page],
            "waiting": corrections.filter(fits=False, undone_at=None).count(),
            "may_correct": may(request.user, Action.CORRECT, programme),
        },
    )


@post_only
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
        if applied.waiting:
            count = len(applied.waiting)
            text = ngettext(
                "%(count)s rettelse passer ikke lenger. Den er tatt vare på og vises i listen.",
                "%(count)s rettelser passer ikke lenger. De er tatt vare på og vises i listen.",
                count,
            )
            messages.warning(request, text % {"count": count})
    if request.POST.get("side"):
        programme = programme_of(request, pk)
        return redirect(address_of_row(programme, request.POST["side"], row_at(programme, chosen.place)))
    return redirect("desk_history", pk=pk)
