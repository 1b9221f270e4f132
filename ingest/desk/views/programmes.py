"""What programmes there are: the list of them, which places have one, and the editions of one."""

from __future__ import annotations

from typing import cast

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ingest.desk.edition_differences import between
from ingest.desk.permissions import Action, allowed, own, programme_of
from ingest.desk.programme_filters import ORDERS, condition_of, filters_of, with_quality
from ingest.desk.read_again import waiting_to_be_read
from ingest.desk.transitions import TRANSITIONS
from programmes.editions import editions_of
from programmes.models import Programme, ProgrammeQuerySet
from programmes.site.facets import one_of
from programmes.site.links import QueryLinks, page_of
from programmes.site.views.coverage import coverage_context


@require_GET
@allowed(Action.VIEW_DESK)
def programme_list(request: HttpRequest) -> HttpResponse:
    """List the programmes that the user may see, with how each was read, narrowed by plain links."""
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
        "all_chosen": links.value("velg") == "alle",
        "none_url": links.on_page("velg", ""),
        "all_url": links.on_page("velg", "alle"),
    }
    return render(request, "redaksjon/programme_list.html", context)


@require_GET
@allowed(Action.VIEW_DESK)
def coverage(request: HttpRequest) -> HttpResponse:
    """Show which municipalities and counties of today have a programme, drafts too, in three stages."""
    return render(request, "redaksjon/coverage.html", coverage_context(request, public=False))


@require_GET
@allowed(Action.SEE, programme_of)
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chain of a programme's editions, and how this one differs from the one that it replaces."""
    programme = programme_of(request, pk)
    context = {
        "programme": programme,
        "branch": programme.branch,
        "editions": editions_of(programme),
        "before": programme.replaces,
        "differences": between(programme.replaces, programme) if programme.replaces else None,
    }
    return render(request, "redaksjon/editions.html", context)
