"""The list of all programmes, with how each was read and how far it has come."""

from __future__ import annotations

from typing import cast

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ingest.desk.permissions import Action, allowed, own
from ingest.desk.programme_filters import ORDERS, condition_of, filters_of, with_quality
from ingest.desk.read_again import waiting_to_be_read
from ingest.desk.transitions import TRANSITIONS
from programmes.models import Programme, ProgrammeQuerySet
from programmes.site.facets import one_of
from programmes.site.links import QueryLinks, page_of


@require_GET
@allowed(Action.VIEW_DESK)
def programme_list(request: HttpRequest) -> HttpResponse:
    """List the programmes that the user may see, narrowed by plain links."""
    links = QueryLinks(request)
    mine = cast(ProgrammeQuerySet, own(request.user, Programme.objects.all()))
    filters = filters_of(mine, links)
    rows = with_quality(mine).with_branch().filter(condition_of(filters))
    if words := links.value("q"):
        rows = rows.filter(Q(title__icontains=words) | Q(branch__name__icontains=words) | Q(filename__icontains=words))
    order = one_of(
        _("Rekkefølge"),
        "sorter",
        [("eldst", _("Eldst først")), ("merknader", _("Flest merknader")), ("dekning", _("Lavest dekning"))],
        links,
        every=_("Nyest først"),
    )
    context = {
        "page": page_of(rows.order_by(ORDERS[order.chosen], "pk"), links),
        "links": links,
        "filters": filters,
        "order": order,
        "query": words,
        "transitions": [each for each in TRANSITIONS if each.for_many],
        "waiting": waiting_to_be_read(),
    }
    return render(request, "redaksjon/programme_list.html", context)
