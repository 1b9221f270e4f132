"""What other sites show of the archive: cards for their pages, and where their editors learn of them (oEmbed)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.site.comparing import answer
from programmes.site.embeds.cards import COLOURS, PledgeCard, comparison_card, frame_of_comparison, frame_of_pledge
from programmes.site.embeds.framing import framable
from programmes.site.embeds.oembed import answer_for, as_xml
from programmes.site.gone import HTTP_GONE, gone_note
from programmes.site.links import QueryLinks
from programmes.site.numbers import whole_number
from programmes.site.share_picture import HEIGHT, WIDTH
from programmes.site.views.compare import address_of, question_of, title_of
from programmes.site.views.pledge import is_shared, passage_of

NOT_IMPLEMENTED = 501


@framable
def pledge_card(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the card of a pledge or paragraph; of one that is withdrawn or gone, that it is."""
    passage = passage_of(public_id)
    if passage and passage.programme.publication == Programme.Publication.WITHDRAWN:
        url = request.build_absolute_uri(passage.get_absolute_url())
        return _card(request, "withdrawn", {"programme": passage.programme, "url": url}, status=HTTP_GONE)
    if passage is None or passage.programme.publication != Programme.Publication.PUBLISHED:
        note = gone_note(public_id, is_section=False)
        url = request.build_absolute_uri(request.path.removesuffix("kort/"))
        return _card(request, "gone", {"note": note, "programme": note.programme, "url": url}, status=HTTP_GONE)
    if request.path != (address := _card_address(passage)):  # it was of another kind when the card was pasted
        return HttpResponsePermanentRedirect(QueryLinks(request).to(address))
    card = PledgeCard(passage, request.build_absolute_uri(passage.get_absolute_url()))
    return _card(request, "pledge", {"card": card, "passage": passage, "programme": passage.programme, "url": card.url})


@framable
def compare_card(request: HttpRequest) -> HttpResponse:
    """Show the card of a comparison: the beginning of its table, and where the whole is."""
    question = question_of(QueryLinks(request))
    comparison = answer(question)
    url = request.build_absolute_uri(address_of(question))
    if comparison is None:
        return _card(request, "comparison", {"unknown": question.unknown, "url": url}, status=404)
    card = comparison_card(request, comparison, title=title_of(question), url=url)
    return _card(request, "comparison", {"card": card, "is_empty": comparison.is_empty, "url": url})


def oembed(request: HttpRequest) -> HttpResponse:
    """Tell how an address of ours is shown elsewhere (oEmbed 1.0): 404 for what has no card, 501 for other formats."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse("json, xml", status=NOT_IMPLEMENTED, content_type="text/plain; charset=utf-8")
    if not (url := request.GET.get("url", "")):
        return HttpResponseBadRequest("url?", content_type="text/plain; charset=utf-8")
    try:
        said = _oembed_of(request, url)
    except Http404:
        return HttpResponseNotFound(_("Adressen har ikke noe kort."), content_type="text/plain; charset=utf-8")
    response = (
        JsonResponse(said, json_dumps_params={"ensure_ascii": False})
        if form == "json"
        else HttpResponse(as_xml(said), content_type="text/xml; charset=utf-8")
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _oembed_of(request: HttpRequest, url: str) -> dict[str, str | int]:
    """Return the answer for an address; raise Http404 where it isn't ours or has no card."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path) if parts.netloc == request.get_host() else None
    except (ValueError, Resolver404) as error:  # no address at all, or none of ours
        raise Http404 from error
    name = match.url_name if match else None
    room = {"most_wide": _pixels(request, "maxwidth"), "most_high": _pixels(request, "maxheight")}
    absolute = request.build_absolute_uri
    site = absolute(reverse("home"))
    if match and name in ("pledge", "passage", "pledge_card", "passage_card"):
        passage = passage_of(match.kwargs["public_id"])
        if passage is None or passage.programme.publication != Programme.Publication.PUBLISHED:
            raise Http404
        branch = passage.programme.branch
        picture = _picture(passage, **room)
        return answer_for(
            frame_of_pledge(request, passage, **room),
            site=site,
            author=branch,
            author_url=absolute(branch.get_absolute_url()),
            picture=absolute(picture) if picture else "",
        )
    if name in ("compare", "compare_card"):
        asked = HttpRequest()
        asked.path, asked.GET = parts.path, QueryDict(parts.query)
        question = question_of(QueryLinks(asked))
        comparison = answer(question)
        if comparison is not None:
            card = comparison_card(request, comparison, title=title_of(question), url="")
            address = absolute(address_of(question, view="compare_card"))
            return answer_for(frame_of_comparison(card, address, **room), site=site)
    raise Http404


def _pixels(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, "")) or None


def _picture(passage: Passage, *, most_wide: int | None, most_high: int | None) -> str:
    """Return the address of the picture for sharing, nothing where there is none or the site has less room."""
    fits = (most_wide or WIDTH) >= WIDTH and (most_high or HEIGHT) >= HEIGHT
    return reverse("share_picture", args=[passage.public_id]) if fits and is_shared(passage) else ""


def _card_address(passage: Passage) -> str:
    name = "pledge_card" if passage.kind in ADDRESSED_AS_PLEDGES else "passage_card"
    return reverse(name, args=[passage.public_id])


def _card(request: HttpRequest, what: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    asked = QueryLinks(request).value("farger")
    colours = asked if asked in COLOURS else ""
    return render(request, f"kort/{what}.html", {"colours": colours, **context}, status=status)
