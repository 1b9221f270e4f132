"""A pledge at its permanent address: its words, its source, and how to quote it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from programmes.editions import editions_around
from programmes.models import Passage, Programme, Section
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.reading import path_of
from programmes.reading_order import read_in_parts
from programmes.search import marker
from programmes.search.query import MAX_LENGTH
from programmes.site.alike import neighbourhood
from programmes.site.citation import Citation
from programmes.site.comparing import value_of
from programmes.site.embeds.cards import frame_of_pledge
from programmes.site.embeds.oembed import embed_of
from programmes.site.gone import gone_at, gone_note
from programmes.site.links import QueryLinks
from programmes.site.outline import in_its_section
from programmes.site.pledge_history import history_of
from programmes.site.share_picture import share_picture
from programmes.site.source import original_at, source_of
from programmes.site.views.programme import withdrawn

NEIGHBOURS = 3
"""Entries shown before and after the pledge."""


def pledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a pledge, question or paragraph with its lead-in, themes, place in the source and neighbours."""
    passage = passage_of(public_id)
    if passage is None:
        return gone(request, public_id)
    programme = passage.programme
    if programme.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, programme)
    if programme.publication != Programme.Publication.PUBLISHED:
        return gone(request, public_id)
    if request.path != (address := passage.get_absolute_url()):  # it was of another kind when the address was quoted
        return HttpResponsePermanentRedirect(QueryLinks(request).to(address))
    absolute = request.build_absolute_uri
    query = QueryLinks(request).value("q")[:MAX_LENGTH]
    path = path_of(passage.section)
    entries = programme.passages.select_related("parent__parent")
    entries = entries.exclude(number="") if passage.number else entries.filter(number="")
    before = list(entries.filter(position__lt=passage.position).order_by("-position")[:NEIGHBOURS])[::-1]
    after = list(entries.filter(position__gt=passage.position).order_by("position")[:NEIGHBOURS])
    sub_pledges = list(passage.sub_pledges.order_by("position"))
    for sub_pledge in sub_pledges:  # known already, as the programme is: no query for each
        sub_pledge.parent = passage
    above = [passage.parent] if passage.parent else []
    parts: list[Section | Passage] = [passage.section, *path, *before, *after, *sub_pledges, *above]
    for part in parts:
        part.programme = programme
    return render(
        request,
        "pledge.html",
        {
            "pledge": passage,
            "words": marker(query).html(passage.readable_text) if query else passage.readable_text,
            "programme": programme,
            "branch": programme.branch,
            "whose": value_of(programme.branch),
            "path": path,
            "in_section": in_its_section(passage, long=read_in_parts([passage])),
            "themes": list(passage.passage_themes.select_related("theme").order_by("-is_main", "theme__label_nb")),
            "parent": passage.parent,
            "sub_pledges": sub_pledges,
            "around": [*before, passage, *after],
            "history": history_of(passage),
            "alike": neighbourhood(passage),
            "newer_edition": editions_around(programme)[1] if programme.is_replaced else None,
            "source": source_of(passage),
            "original_at": original_at(passage),
            "embed": embed_of(request, frame_of_pledge(request, passage), address=address),
            "citation": Citation.of_passage(passage, url=absolute(address), read_on=timezone.localdate()),
            **absolute_addresses(request, passage),
        },
    )


def passage_of(public_id: str) -> Passage | None:
    """Return a passage with its source and the pledge before it, whether it is published or not."""
    try:  # `first()` would sort, which takes Django as long as all the rest of so wide a statement
        return (
            Passage.objects.with_source().select_related("earlier__programme__branch__party").get(public_id=public_id)
        )
    except Passage.DoesNotExist:
        return None


def absolute_addresses(request: HttpRequest, passage: Passage) -> dict[str, str]:
    """Return the addresses that a page tells machines, written out: of the file, of it as a PDF, of the picture."""
    absolute, programme = request.build_absolute_uri, passage.programme
    place = [programme.branch.party.slug, programme.branch.slug, programme.slug]
    return {
        "file_url": absolute(reverse("original", args=place)),
        "pdf_url": absolute(reverse("original_shown", args=place)) if programme.has_pages else "",
        "share_picture_url": absolute(reverse("share_picture", args=[passage.public_id])) if is_shared(passage) else "",
    }


def is_shared(passage: Passage) -> bool:
    """Return whether a passage has a picture for sharing: pledges have, dissents too, and say so."""
    return passage.kind in ADDRESSED_AS_PLEDGES


def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the picture that goes with a shared link to a pledge."""
    passage = Passage.objects.published().with_source().filter(public_id=public_id).first()
    if passage is None or not is_shared(passage):
        raise Http404
    return HttpResponse(share_picture(passage), content_type="image/png")


def gone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer that a passage once stood at this address, or raise Http404 where none ever did."""
    is_pledge = request.path == reverse("pledge", args=[public_id])
    return gone_at(request, gone_note(public_id, is_section=False), "pledge" if is_pledge else "passage")
