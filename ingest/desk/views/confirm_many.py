"""Confirm many uploads on one page: each with what was read, and where that differs from what was given with it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ingest.desk.confirming import Confirmed, confirm
from ingest.desk.permissions import Action, allowed
from ingest.desk.upload_forms import ConfirmForm, Mismatch, mismatches
from ingest.desk.waiting import ready_for
from ingest.models import Upload
from programmes.site.links import QueryLinks
from programmes.site.numbers import whole_number

MOST_AT_ONCE = 40
"""Uploads on the page: each has a form, and Django takes 1,000 fields at once."""
SECONDS = 20
"""Time that one answer takes at most, or a little more: a large programme takes two, and the web server gives 60."""
CHOSEN = "upload"
"""The field that names the uploads that are to be confirmed."""
SHOWN = "shown"
"""The field that names the uploads whose forms were on the page."""


@dataclass(slots=True)
class Row:
    """An upload that waits, with its form."""

    upload: Upload
    form: ConfirmForm
    chosen: bool
    done: Confirmed = field(default_factory=Confirmed)
    was_tried: bool = False

    @property
    def mismatches(self) -> list[Mismatch]:
        """Where the file says otherwise than what was given with it."""
        return mismatches(self.upload)

    @property
    def is_in_the_way(self) -> bool:
        """Whether something must be answered or mended before it can be confirmed."""
        return self.was_tried and bool(self.form.errors or self.done.fault or self.done.same)

    @property
    def is_incomplete(self) -> bool:
        """Whether a field that must be filled in was neither given nor read."""
        needed = (name for name, each in self.form.fields.items() if each.required)
        return any(self.form[name].value() in (None, "") for name in needed)


@never_cache
@require_http_methods(["GET", "POST"])
@allowed(Action.UPLOAD)
def upload_many(request: HttpRequest) -> HttpResponse:
    """Show all uploads that wait to be confirmed, and confirm those that are chosen: each on its own."""
    user = cast(User, request.user)
    links = QueryLinks(request)
    rows: list[Row] = []
    if request.method == "POST":
        rows = _sent(request, user)
        made = _confirm_in_time(user, [row for row in rows if row.chosen])
        left = [row for row in rows if row not in made]
        if made:
            names = ", ".join(row.upload.filename for row in made)
            text = ngettext("%(count)s fil er lagt inn: %(names)s", "%(count)s filer er lagt inn: %(names)s", len(made))
            messages.success(request, text % {"count": len(made), "names": names})
        if waiting := sum(row.chosen and not row.was_tried for row in left):
            text = ngettext(
                "%(count)s fil står igjen, for det tok lang tid. Send skjemaet en gang til.",
                "%(count)s filer står igjen, for det tok lang tid. Send skjemaet en gang til.",
                waiting,
            )
            messages.warning(request, text % {"count": waiting})
        elif not any(row.is_in_the_way for row in left):
            if not made:
                messages.error(request, _("Velg minst én fil."))
            return redirect("upload_many" if ready_for(user).exists() else "upload_list")
        return _page(request, user, links, left, status=422)
    chosen = links.value("velg") != "ingen"
    rows = [Row(upload, ConfirmForm.begun(upload, prefix=prefix_of(upload)), chosen) for upload in _ready(user)]
    for row in rows:
        row.chosen = chosen and not row.is_incomplete
    return _page(request, user, links, rows)


def prefix_of(upload: Upload) -> str:
    """Return what the names of an upload's fields begin with on a page that has many."""
    return f"u{upload.pk}"


def _page(request: HttpRequest, user: User, links: QueryLinks, rows: list[Row], *, status: int = 200) -> HttpResponse:
    context = {
        "rows": rows,
        "in_the_way": [row for row in rows if row.is_in_the_way],
        "ready_count": ready_for(user).count(),
        "all_url": links.without("velg"),
        "none_url": links.changed_to("velg", "ingen"),
    }
    return render(request, "redaksjon/upload_many.html", context, status=status)


def _ready(user: User, pks: Iterable[int] | None = None) -> Iterable[Upload]:
    """Return uploads that wait, with what was read of them: so many as one page has, or those that are named."""
    ready = ready_for(user).annotate(meta=KeyTransform("meta", "document")).select_related("uploaded_by")
    return ready[:MOST_AT_ONCE] if pks is None else ready.filter(pk__in=pks)[:MOST_AT_ONCE]


def _sent(request: HttpRequest, user: User) -> list[Row]:
    """Return the rows as the page was sent, with all that was filled in; what is confirmed by now is left out."""
    shown, chosen = ({whole_number(pk) for pk in request.POST.getlist(name)} for name in (SHOWN, CHOSEN))
    rows = []
    for upload in _ready(user, shown | chosen):
        prefix = prefix_of(upload)
        if upload.pk in chosen:
            form = ConfirmForm(request.POST, prefix=prefix)
        else:
            form = ConfirmForm(
                initial={name: request.POST.get(f"{prefix}-{name}", "") for name in ConfirmForm.base_fields},
                prefix=prefix,
            )
        rows.append(Row(upload, form, upload.pk in chosen))
    if chosen - {row.upload.pk for row in rows}:
        messages.error(request, _("Noen av filene er lagt inn eller avbrutt i mellomtiden, og er ikke med her."))
    return rows


def _confirm_in_time(user: User, rows: Iterable[Row]) -> list[Row]:
    """Confirm uploads one by one for as long as a person waits, and return those that went well.

    Else the row says what is in the way; what there was no time for stays as it was sent.
    """
    until = time.monotonic() + SECONDS
    made = []
    for row in rows:
        if time.monotonic() > until:
            break
        row.was_tried = True
        row.done = confirm(user, row.upload, row.form)
        if row.done.programme is not None:
            made.append(row)
    return made
