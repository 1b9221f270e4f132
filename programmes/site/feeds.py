"""Atom feeds of what is new: in a search, for a party, a chapter, a theme or a place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.http import http_date
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from programmes.models import Area, Branch, Party, Passage, Theme
from programmes.models.addresses import address
from programmes.search import NewPledge
from programmes.site.exports import type_of
from programmes.site.following.followed import CannotBeFollowed, Followed
from programmes.site.odd_input import cleaned
from programmes.standing import DISSENT, cautions_of, in_brackets

ENTRIES = 50
SITE = "Programarkivet"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without any entry was changed: before anything was published here."""
TITLE_LENGTH = 80
"""Characters of a pledge in the title of its entry."""


class PledgeFeed(Atom1Feed):
    """Atom as Django writes it, with what it can't be told otherwise."""

    def latest_post_date(self) -> datetime:
        """Return when the feed was changed; the library takes the present time for one without entries."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Say which language the words of an entry are in."""
        return {"xml:lang": item["language"]}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add what makes the feed, and leave the rest to the library."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", SITE)


@require_safe
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """Send the newest pledges that an address of the search page finds."""
    try:
        return _feed(request, Followed.of(request.GET))
    except CannotBeFollowed as problem:
        raise Http404 from problem


@require_safe
@conditional_page
def party_feed(request: HttpRequest, party: str) -> HttpResponse:
    """Send the newest pledges of a party and all its chapters."""
    return _feed(request, Followed.of_party(get_object_or_404(Party, slug=party)))


@require_safe
@conditional_page
def branch_feed(request: HttpRequest, party: str, branch: str) -> HttpResponse:
    """Send the newest pledges of a chapter."""
    found = get_object_or_404(Branch.objects.select_related("party"), party__slug=party, slug=branch)
    return _feed(request, Followed.of_branch(found))


@require_safe
@conditional_page
def theme_feed(request: HttpRequest, theme: str) -> HttpResponse:
    """Send the newest pledges of a theme."""
    return _feed(request, Followed.of_theme(get_object_or_404(Theme, slug=theme)))


@require_safe
@conditional_page
def place_feed(request: HttpRequest, place: str) -> HttpResponse:
    """Send the newest pledges of all parties in a municipality or a county."""
    area = Area.objects.filter(slug=place).first()
    if area is None:
        raise Http404
    return _feed(request, Followed.of_place(area))


def _feed(request: HttpRequest, followed: Followed) -> HttpResponse:
    """Send what is new in what is followed.

    Its own address and the ids in it are those of what is followed, whatever else the caller's address has.
    """
    own = request.build_absolute_uri(followed.feed_url)
    label = followed.label or _("alt nytt")
    feed = PledgeFeed(
        title=cleaned(f"{SITE}: {label}"),
        link=request.build_absolute_uri(followed.page_url),
        description="",
        subtitle=_("Løftene som sist ble publisert eller endret, de nyeste først."),
        language=get_language() or "nb",
        author_name=SITE,
        author_link=request.build_absolute_uri("/"),
        feed_url=own,
        feed_guid=own,
    )
    for pledge in followed.news(most=ENTRIES).pledges:
        _add(feed, pledge, request)
    response = HttpResponse(content_type=feed.content_type)
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    feed.write(response, "utf-8")
    return response


def _add(feed: PledgeFeed, pledge: NewPledge, request: HttpRequest) -> None:
    passage = pledge.passage
    programme, cautions = passage.programme, cautions_of(passage)
    words = Truncator(passage.readable_text).chars(TITLE_LENGTH)
    feed.add_item(
        title=cleaned(f"{programme.branch.name} {programme.period}{in_brackets(cautions)}: {words}"),
        link=request.build_absolute_uri(passage.get_absolute_url()),
        description=cleaned(_summary(passage)),
        unique_id=request.build_absolute_uri(address("pledge", passage.public_id)),  # whatever it is taken for later
        pubdate=pledge.first_at,
        updateddate=pledge.since,
        author_name=cleaned(programme.branch.name),
        categories=[type_of(pledge), *(each.label for each in cautions if each.kind != DISSENT)],
        language=programme.language,
    )


def _summary(passage: Passage) -> str:
    """Return a pledge as HTML, all words escaped: what introduces it, its own words, and what must be known of it."""
    above = format_html_join("", "<p><em>{}</em></p>", ((words,) for words in passage.introductions))
    below = format_html_join("", "<p><strong>{}</strong></p>", ((each.words,) for each in cautions_of(passage)))
    place = [str(passage.section), passage.programme.title]
    source = ", ".join(words for words in place if words)
    return format_html("{}<p>{}</p>{}<p>{}</p>", above, passage.readable_text, below, source)
