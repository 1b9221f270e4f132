"""oEmbed 1.0 (https://oembed.com): a site that is given the address of a pledge learns how to show its card."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from programmes.models import Branch
from programmes.site.citation import SITE
from programmes.site.embeds.frames import Frame
from programmes.site.share_picture import HEIGHT, WIDTH

KEPT = 24 * 60 * 60
"""Seconds that a site may keep an answer: the card in the frame is made anew each time."""


@dataclass(frozen=True, slots=True)
class Embed:
    """What a page says of how it is shown elsewhere."""

    frame: Frame
    json_url: str
    """Of the oEmbed answer as JSON, written out."""
    xml_url: str


def embed_of(request: HttpRequest, frame: Frame, *, address: str) -> Embed:
    """Return how the page at an address of ours is shown elsewhere."""
    url = request.build_absolute_uri(address)
    written = {form: f"{reverse('oembed')}?{urlencode({'url': url, 'format': form})}" for form in ("json", "xml")}
    return Embed(frame, request.build_absolute_uri(written["json"]), request.build_absolute_uri(written["xml"]))


def answer_for(
    frame: Frame, *, site: str, author: Branch | None = None, author_url: str = "", picture: str = ""
) -> dict[str, str | int]:
    """Return the answer for a card, by the names of the standard.

    `site` is the archive's own address, `author` whose words they are, `picture` the address of the picture for
    sharing, which is left out where the site asked for less than it needs.
    """
    said: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": SITE,
        "provider_url": site,
        "title": frame.title,
        "cache_age": KEPT,
        "html": str(frame.code),
        "width": frame.width,
        "height": frame.height,
    }
    if author:
        said |= {"author_name": author.name, "author_url": author_url}
    if picture:
        said |= {"thumbnail_url": picture, "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return said


def as_xml(answer: dict[str, str | int]) -> str:
    """Return an answer as the standard's XML."""
    written = StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", {})  # type: ignore[arg-type]  # Django's generator takes a dict
    for name, value in answer.items():
        xml.addQuickElement(name, str(value))
    xml.endElement("oembed")
    xml.endDocument()
    return written.getvalue()
