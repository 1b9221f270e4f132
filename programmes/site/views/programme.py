"""A programme as its readers see it: its outline and first chapter, all of it, or its pledges by theme."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from programmes.editions import editions_around
from programmes.models import Programme
from programmes.reading import chapters, folds
from programmes.reading_order import LONGEST_PAGE, LONGEST_PART
from programmes.search import marker
from programmes.search.highlight import Marker
from programmes.search.query import MAX_LENGTH
from programmes.site.gone import HTTP_GONE
from programmes.site.links import PAGE, QueryLinks
from programmes.site.moved import at_its_address
from programmes.site.outline import order_of, outline_of, part_of, place_of_anchor
from programmes.site.pledges_by_theme import by_theme, themes_of
from programmes.site.text import TextWriter

ANCHOR = re.compile(r"[klt]-[\w-]{1,150}")


@at_its_address
def programme(request: HttpRequest, party: str, branch: str, programme: str) -> HttpResponse:
    """Show a programme: its outline with the first chapter, or the whole where it is short or `alt` asks for it.

    `vis=tema` shows the pledges by theme; `til` leads on to where an anchor of the page is now.
    """
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, programme_)
    links = QueryLinks(request)
    if ANCHOR.fullmatch(links.value("til")):
        return HttpResponseRedirect(place_of_anchor(programme_, links.value("til")))
    context = _themes(programme_, links) if links.value("vis") == "tema" else _text(programme_, links)
    older, newer = editions_around(programme_)
    return render(
        request,
        "programme.html",
        {
            "programme": programme_,
            "branch": programme_.branch,
            **context,
            "writer": TextWriter(marks_of(links)),
            "editions": Programme.objects.published()
            .with_branch()
            .filter(branch=programme_.branch_id)
            .exclude(pk=programme_.pk),
            "older_edition": older,
            "newer_edition": newer,
            "canonical": request.build_absolute_uri(programme_.get_absolute_url()),
            "today": timezone.localdate(),
        },
    )


def _text(programme: Programme, links: QueryLinks) -> dict[str, Any]:
    """Return the text that a page of a programme shows, and its outline."""
    order = order_of(programme)
    passages = programme.passages.order_by("position")
    if links.value("alt") or not order.pages:
        text = chapters(programme, order.sections, passages)
        is_all = bool(links.value("alt"))
        shown = folds(text, depth=len(text) if is_all else 0)
        return {
            "folds": shown,
            "outline": [] if is_all else outline_of(order, programme),
            "is_all": is_all,
            "whole": True,
        }
    first = order.pages[0]
    part = part_of(order, first.sections, links, programme)
    front = passages.filter(section__in=[*order.front, *first.above])
    text = chapters(programme, [*order.front, *first.above, *first.sections], [*front, *part.passages])
    return {
        "folds": folds(text, depth=1),
        "outline": outline_of(order, programme, here=first.head, first_page=True),
        "first": first.head,
        "part": part,
        "next": order.around(first)[1],
    }


def _themes(programme: Programme, links: QueryLinks) -> dict[str, Any]:
    """Return the pledges of a programme by theme: all of a short one, those of the theme asked for of a long one."""
    themes = themes_of(programme)
    asked = links.value("tema")
    chosen = next((each for each in themes if each.slug == asked), themes[0] if themes else None)
    is_short = programme.pledge_count <= LONGEST_PAGE
    shown = by_theme(programme, themes if is_short else [chosen] if chosen else [])
    page = None if is_short or chosen is None else Paginator(shown[0][1], LONGEST_PART).get_page(links.value(PAGE))
    return {
        "is_by_theme": True,
        "outline": [each.entry(programme, is_short=is_short, is_chosen=each == chosen) for each in themes],
        "by_theme": [(chosen, page.object_list)] if page else shown,
        "page": page,
        "links": links,
    }


def marks_of(links: QueryLinks) -> Marker | None:
    """Return what marks the words of `q`, None where the address has none."""
    query = links.value("q")[:MAX_LENGTH]
    return marker(query) if query else None


def visible_programme(party: str, branch: str, programme: str) -> Programme:
    """Return a programme that is or has been public, or raise Http404, as for a draft."""
    return get_object_or_404(
        Programme.objects.ever_public().select_related("branch__party", "branch__area", "branch__parent__party"),
        branch__party__slug=party,
        branch__slug=branch,
        slug=programme,
    )


def withdrawn(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Explain why a programme is no longer shown."""
    return render(
        request, "programme_withdrawn.html", {"programme": programme, "branch": programme.branch}, status=HTTP_GONE
    )
