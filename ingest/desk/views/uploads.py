"""Uploads at the desk: give files, follow how they are read, confirm what they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ingest.desk import log
from ingest.desk.area_lookup import areas_like, branches_like, label_of
from ingest.desk.confirming import Confirmed, confirm
from ingest.desk.methods import post_only
from ingest.desk.permissions import Action, allowed, may, own, upload_of
from ingest.desk.receive import Fault, receive_all
from ingest.desk.upload_forms import ConfirmForm, mismatches
from ingest.desk.waiting import next_to_confirm, ready_for
from ingest.intake import bundle as bundles
from ingest.intake import uploads
from ingest.models import Upload
from ingest.parser.errors import IngestError
from ingest.readiness import worker
from programmes.site.body_limit import receives
from programmes.site.links import QueryLinks, page_of

State = Upload.State
UNREAD = (State.WAITING, State.WORKING)
STEPS = {
    "": gettext_lazy("Gjør klar"),
    "read": gettext_lazy("Leser sidene"),
    "recognise": gettext_lazy("Kjenner igjen teksten i skannede sider"),
    "interpret": gettext_lazy("Finner løftene"),
}
MOST_BYTES = 500 * uploads.MEGABYTE
"""What the files of one form may bring together."""


@receives(MOST_BYTES)
@require_http_methods(["GET", "POST"])
@allowed(Action.UPLOAD)
def upload_list(request: HttpRequest) -> HttpResponse:
    """List uploads, and receive new ones."""
    faults: list[Fault] = []
    address, pasted = "", {}
    if request.method == "POST":
        address = request.POST.get("address", "").strip()
        received, faults = receive_all(request, address)
        if received:
            names = ", ".join(upload.filename for upload in received)
            count = len(received)
            text = ngettext("%(count)s fil er mottatt: %(names)s", "%(count)s filer er mottatt: %(names)s", count)
            messages.success(request, text % {"count": count, "names": names})
        pasted = {name: request.POST.get(name, "") for name in ("pasted", "pasted_name")}
        if not faults:
            return redirect("upload", pk=received[0].pk) if len(received) == 1 else redirect("upload_list")
    listed = own(
        request.user, Upload.objects.select_related("uploaded_by", "programme__branch__party").defer("document")
    )
    links = QueryLinks(request)
    page = page_of(listed.order_by("-uploaded_at", "-pk"), links)
    rows = [(upload, _progress(upload)) for upload in page]
    context = {
        "rows": rows,
        "page": page,
        "links": links,
        "ready_count": ready_for(cast(User, request.user)).count(),
        **pasted,
        "unread": (unread := listed.filter(state__in=UNREAD).exists()),
        "nobody_reads": unread and not worker().is_ready,
        "faults": faults,
        "address": address,
        "may_fetch": settings.ALLOW_FETCH,
        "limits": {
            "file": uploads.LARGEST_FILE // uploads.MEGABYTE,
            "file_bytes": uploads.LARGEST_FILE,
            "zip": bundles.LARGEST_ZIP // uploads.MEGABYTE,
            "zip_bytes": bundles.LARGEST_ZIP,
            "zip_files": bundles.MOST_FILES,
            "all": MOST_BYTES // uploads.MEGABYTE,
        },
    }
    return render(request, "redaksjon/upload_list.html", context, status=422 if faults else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@allowed(Action.SEE_UPLOAD, subject=upload_of)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an upload has come, and make its programme when a person has confirmed what it is."""
    upload_ = upload_of(request, pk)
    if request.method == "POST":
        return _confirm(request, upload_)
    form = ConfirmForm.begun(upload_) if upload_.state == State.READY else None
    return _page(request, upload_, form)


def _page(
    request: HttpRequest, upload_: Upload, form: ConfirmForm | None, *, done: Confirmed | None = None, status: int = 200
) -> HttpResponse:
    user = cast(User, request.user)
    document = upload_.document or {}
    entries = document.get("entries", [])
    done = done or Confirmed()
    context = {
        "upload": upload_,
        "form": form,
        "same": done.same,
        "fault": done.fault,
        "mismatches": mismatches(upload_),
        "upcoming": next_to_confirm(user, after=upload_) if form else None,
        "ready_count": ready_for(user).count() if form else 0,
        **_progress(upload_),
        "unread": upload_.is_unread,
        "found": {
            "sections": sum(1 for section in document.get("sections", []) if section["title"]),
            "items": sum(1 for kind, _entry in entries if kind == "item"),
            "problems": document.get("problems", [])[:20],
            "problem_count": len(document.get("problems", [])),
        },
        "may_confirm": may(user, Action.CONFIRM, upload_),
    }
    return render(request, "redaksjon/upload.html", context, status=status)


def _progress(upload_: Upload) -> dict[str, str]:
    """Return how far the reading has come, in words; `pages` is empty where the reader doesn't count them."""
    pages = {"done": upload_.pages_done, "total": upload_.pages_total}
    return {
        "step": str(STEPS.get(upload_.step, upload_.step)),
        "pages": _("side %(done)s av %(total)s") % pages if upload_.pages_total else "",
    }


def _confirm(request: HttpRequest, upload_: Upload) -> HttpResponse:
    """Make the programme, or show the form again with all that was filled in and what is in the way."""
    user = cast(User, request.user)
    form = ConfirmForm(request.POST)
    done = confirm(user, upload_, form)
    if done.programme is None:
        upload_.refresh_from_db()
        return _page(request, upload_, form, done=done, status=403 if done.is_forbidden else 422)
    messages.success(request, done.message)
    if "next" in request.POST:
        upcoming = next_to_confirm(user, after=upload_)
        return redirect("upload", pk=upcoming.pk) if upcoming else redirect("upload_list")
    return redirect("desk_compare" if done.is_other_file else "desk_programme", pk=done.programme.pk)


@never_cache
@require_GET
@allowed(Action.SEE_UPLOAD, subject=upload_of)
def upload_status(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer how far an upload has come, for the page that shows it live."""
    upload_ = Upload.objects.defer("document").get(pk=pk)
    return JsonResponse(
        {"state": upload_.state, "label": upload_.get_state_display()}
        | _progress(upload_)
        | {"pages_done": upload_.pages_done, "pages_total": upload_.pages_total}
    )


@post_only
@allowed(Action.SEE_UPLOAD, subject=upload_of)
def upload_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop reading an upload, or give it up."""
    return _change(
        request, pk, uploads.cancel, "upload.cancelled", _("Opplastingen er avbrutt. Filen er tatt vare på.")
    )


@post_only
@allowed(Action.SEE_UPLOAD, subject=upload_of)
def upload_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read an upload that failed or was cancelled once more."""
    return _change(request, pk, uploads.try_again, "upload.retried", _("Filen leses på nytt."))


def _change(request: HttpRequest, pk: int, change: Callable[[Upload], None], action: str, done: str) -> HttpResponse:
    upload_ = upload_of(request, pk)
    try:
        with transaction.atomic():
            change(upload_)
            log.record(user=request.user, action=action, subject=upload_.filename, details={"upload": pk})
    except IngestError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("upload", pk=pk)


@require_GET
@allowed(Action.SEE_UPLOAD, subject=upload_of)
def upload_file(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file itself, as an attachment that no browser runs."""
    upload_ = upload_of(request, pk)
    content_type = "application/octet-stream"
    response = FileResponse(
        upload_.file.open("rb"), as_attachment=True, filename=upload_.filename, content_type=content_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@allowed(Action.UPLOAD)
def lookup(request: HttpRequest, what: str) -> JsonResponse:
    """Answer with areas (`omrade`) or branches (`lag`) that fit what is being typed."""
    words = request.GET.get("q", "")
    if what == "omrade":
        found = [
            {"value": label_of(area), "label": area.get_level_display()}
            for area in areas_like(words, level=request.GET.get("niva", ""))
        ]
    else:
        found = [
            {
                "value": branch.name,
                "label": branch.party.name,
                "party": branch.party.code,
                "level": branch.level,
                "area": label_of(branch.area) if branch.area else "",
            }
            for branch in branches_like(words, party=request.GET.get("parti", ""))
        ]
    return JsonResponse({"found": found})
