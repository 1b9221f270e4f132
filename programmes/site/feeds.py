"""Atom feeds: what is new for a search."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from programmes.search import Hit, search
from programmes.search.query import MAX_LENGTH
from programmes.site.exports import type_of
from programmes.site.facets import filters_of
from programmes.site.links import QueryLinks
from programmes.standing import cautions_of, in_brackets

ENTRIES = 50


class SearchFeed(Feed):
    """The newest pledges that an address of the search page finds."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QueryLinks:
        """Return the choices that the address stands for."""
        return QueryLinks(request)

    def title(self, links: QueryLinks) -> str:
        """Name the search."""
        return _("Programarkivet: «%(query)s»") % {"query": links.value("q")[:MAX_LENGTH]}

    def link(self, links: QueryLinks) -> str:
        """Lead to the search page."""
        return links.to(reverse("search"))

    def items(self, links: QueryLinks) -> tuple[Hit, ...]:
        """Return the newest hits."""
        return search(
            links.value("q")[:MAX_LENGTH],
            filters=filters_of(links),
            sort="newest",
            per_page=ENTRIES,
            beside=0,
            highlight=False,
        ).hits

    def item_title(self, item: Hit) -> str:
        """Name whose pledge it is, and what must be known of it."""
        programme, said = item.passage.programme, in_brackets(cautions_of(item.passage))
        return f"{programme.branch.name} {programme.period}{said}: {item.passage.readable_text[:80]}"

    def item_categories(self, item: Hit) -> tuple[str, ...]:
        """Say what it is: a pledge, one in running text, a question or a dissent."""
        return (type_of(item),)

    def item_description(self, item: Hit) -> str:
        """Quote the pledge with what introduces it and what must be known of it; the feed escapes it."""
        passage = item.passage
        return " ".join((*passage.introductions, passage.readable_text)) + in_brackets(cautions_of(passage))

    def item_link(self, item: Hit) -> str:
        """Lead to the pledge."""
        return item.passage.get_absolute_url()

    def item_updateddate(self, item: Hit) -> datetime | None:
        """Return when the archive published it."""
        return item.passage.programme.published_at
