"""The desk's first page: what waits for me; and the log for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import cast

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ingest.desk.filters import one_of, page_of
from ingest.desk.log import ACTIONS, label_of
from ingest.desk.permissions import Action, allowed, may, own
from ingest.models import Correction, LogEntry, Upload
from programmes.models import Programme
from programmes.site.links import QueryLinks

SHOWN = 8
"""Rows of each list on the first page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the user: the first rows, how many there are, and where all are listed."""

    title: str
    count: int
    rows: list[tuple[str, str, str]]
    """Address, name, and what is said of it."""
    url: str


@require_GET
@allowed(Action.VIEW_DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the user."""
    user = cast(User, request.user)
    programmes = own(user, Programme.objects.with_branch().defer("parse_report"))
    uploads = own(user, Upload.objects.defer("document"))
    list_url, upload_url = reverse("desk_programmes"), reverse("upload_list")
    unfit = Correction.objects.filter(programme=OuterRef("pk"), fits=False, undone_at=None)
    lists = [
        _uploads(_("Klare til å bekreftes"), uploads.filter(state=Upload.State.READY), upload_url),
        _uploads(_("Kunne ikke leses"), uploads.filter(state=Upload.State.FAILED), upload_url),
        _programmes(
            _("Til gjennomsyn"), programmes.filter(publication="review"), f"{list_url}?tilstand=review", list_url
        )
        if may(user, Action.PUBLISH)
        else None,
        _programmes(_("Kladder"), programmes.filter(publication="draft"), f"{list_url}?tilstand=draft", list_url),
        _programmes(_("Rettelser som ikke passer lenger"), programmes.filter(Exists(unfit)), list_url, list_url),
    ]
    waiting = [each for each in lists if each is not None and each.count]
    return render(request, "redaksjon/overview.html", {"waiting": waiting})


def _programmes(title: str, rows: QuerySet[Programme], url: str, list_url: str) -> Waiting:
    shown = rows.order_by("-parsed_at")[:SHOWN]
    return Waiting(title, rows.count(), [(f"{list_url}{each.pk}/", str(each), each.period) for each in shown], url)


def _uploads(title: str, rows: QuerySet[Upload], url: str) -> Waiting:
    shown = rows.order_by("-uploaded_at")[:SHOWN]
    return Waiting(title, rows.count(), [(f"{url}{each.pk}/", each.filename, each.error) for each in shown], url)


@require_GET
@allowed(Action.READ_LOG)
def log(request: HttpRequest) -> HttpResponse:
    """List who did what, newest first, narrowed by action, person, programme and days."""
    links = QueryLinks(request)
    people = User.objects.filter(pk__in=LogEntry.objects.order_by().values("user").distinct()).order_by("username")
    filters = [
        one_of(_("Handling"), "hva", [(action, label_of(action)) for action in ACTIONS], links),
        one_of(_("Hvem"), "hvem", [(str(person.pk), person.get_username()) for person in people], links),
    ]
    rows = LogEntry.objects.select_related("user")
    if action := filters[0].chosen:
        rows = rows.filter(action=action)
    if person := filters[1].chosen:
        rows = rows.filter(user=int(person))
    if (programme := links.value("program")).isdecimal():
        rows = rows.filter(programme=int(programme[:18]))
    first, last = _day(links.value("fra")), _day(links.value("til"))
    if first:
        rows = rows.filter(at__gte=first)
    if last:
        rows = rows.filter(at__lt=last + timedelta(days=1))
    page = page_of(rows, links)
    context = {"page": page, "links": links, "filters": filters, "programme": programme}
    return render(request, "redaksjon/log.html", context)


def _day(text: str) -> datetime | None:
    """Return the beginning of a day written as 2026-11-22; `None` for what isn't a day."""
    try:
        day = parse_date(text)
    except ValueError:  # well written, but no day: 2026-02-31
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
