"""The desk's first page: what waits for me; and the log for administrators."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ingest.desk.log import ACTIONS, label_of
from ingest.desk.permissions import Action, allowed, may
from ingest.desk.waiting import waiting_for
from ingest.models import LogEntry
from ingest.readiness import checked, worker
from programmes.site.facets import one_of
from programmes.site.links import QueryLinks, page_of
from programmes.site.numbers import whole_number


@require_GET
@allowed(Action.VIEW_DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the user, and what is wrong with the archive's keeping for who may see to it."""
    wrong = []
    if may(request.user, Action.SEE_OPERATION):
        wrong = [finding for finding in (worker(), *checked()) if not finding.is_ready]
    return render(request, "redaksjon/overview.html", {"waiting": waiting_for(request.user), "wrong": wrong})


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
        rows = rows.filter(user=whole_number(person))
    if programme := whole_number(links.value("program")):
        rows = rows.filter(programme=programme)
    first, last = _day(links.value("fra")), _day(links.value("til"))
    if first:
        rows = rows.filter(at__gte=first)
    if last:
        rows = rows.filter(at__lt=last + timedelta(days=1))
    context = {"page": page_of(rows, links), "links": links, "filters": filters, "programme": programme}
    return render(request, "redaksjon/log.html", context)


def _day(text: str) -> datetime | None:
    """Return the beginning of a day written as 2026-11-22; `None` for what isn't a day."""
    try:
        day = parse_date(text)
    except ValueError:  # well written, but no day: 2026-02-31
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
