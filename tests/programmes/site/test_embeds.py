"""Cards on other sites: what they say of the words they show, how small they are, and that nothing else is framable."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree

from programmes.models import AlikePair, GonePledge, Passage, Programme
from tests import builders
from tests.paths import ROOT
from tools.fuzz.addresses import addresses, public_path

pytestmark = pytest.mark.django_db

LARGEST = 15_000
"""Bytes of a card with its style sheet."""
FRAMABLE = {"pledge_card", "passage_card", "compare_card"}
STYLE = (ROOT / "static" / "kort.css").stat().st_size
LONG = "Bygge «svømmehall» på Ås & Øya, så ærlig som mulig. " * 400


def words_of(page: str) -> str:
    """Return what a reader sees without style sheet."""
    body = page.partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def card_of(client: Client, passage: Passage, query: str = "", status: int = 200) -> str:
    answer = client.get(f"{passage.get_absolute_url()}kort/{query}")
    assert answer.status_code == status
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    return answer.content.decode()


def oembed(client: Client, address: str, **choices: Any) -> dict[str, Any]:
    answer = client.get("/oembed/", {"url": f"http://testserver{address}", **choices})
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_a_card_has_all_that_goes_with_a_quotation(client: Client) -> None:
    programme = builders.programme(parse=builders.parsed(below=["på Torget"], media_type="application/pdf"))
    Programme.objects.update(status="proposal")
    pledge = programme.passages.get(text="på Torget")
    card = card_of(client, pledge)
    said = words_of(card)
    assert said.startswith(
        "Løfte fra Bygdelista 2023–2027 Forslag. Dette står i et forslag til program. Det er ikke vedtatt."
    )
    assert f"{builders.LEAD_IN} Utrede behov for en byantikvar. på Torget Bygdelista : Program 2023–2027" in said
    assert "(forslag), s. 1" in said
    assert said.endswith(f"Programarkivet: http://testserver/lofte/{pledge.public_id}/")
    assert "<script" not in card
    assert "style=" not in card


def test_a_dissent_is_not_shown_as_the_partys_own(client: Client) -> None:
    programme = builders.programme(parse=builders.parsed(dissents=["Legge ned Torget."]))
    card = card_of(client, programme.passages.exclude(dissent="").get())
    said = words_of(card)
    assert said.startswith("Dissens i programmet til Bygdelista 2023–2027 Dissens: ")
    assert f"{builders.DISSENT} . Dette er ikke partiets eget løfte." in said
    assert "Løfte fra" not in card


def test_a_card_has_the_colours_asked_for(client: Client) -> None:
    pledge = builders.programme().passages.get()
    assert 'data-farger="mork"' in card_of(client, pledge, "?farger=mork")
    assert "data-farger" not in card_of(client, pledge, "?farger=<b>")


@pytest.mark.parametrize("kind", ["pledge", "prose"])
def test_the_longest_card_is_small_and_says_that_it_is_cut(client: Client, kind: str) -> None:
    parse = builders.parsed([LONG]) if kind == "pledge" else builders.parsed(prose=[LONG])
    passage = builders.programme(parse=parse).passages.filter(kind=kind).first()
    card = card_of(client, passage)
    assert "kuttet her" in card
    assert len(card.encode()) + STYLE <= LARGEST


def test_what_is_withdrawn_or_gone_says_so(client: Client) -> None:
    programme = builders.programme()
    pledge = programme.passages.get()
    GonePledge.objects.create(public_id="borte123", programme=programme, text="Slik sto det.")
    answer = client.get("/lofte/borte123/kort/")
    assert answer.status_code == 410
    assert "Slik sto det." in answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    Programme.objects.update(publication="withdrawn", withdrawn_reason="Feil fil.")
    said = words_of(card_of(client, pledge, status=410))
    assert "trukket tilbake" in said
    assert "Feil fil." in said
    assert pledge.text not in said
    assert client.get("/lofte/finnes99/kort/").status_code == 404


def test_a_draft_has_no_card(client: Client) -> None:
    pledge = builders.programme(published=False).passages.get()
    assert client.get(f"/lofte/{pledge.public_id}/kort/").status_code == 404
    assert client.get("/oembed/", {"url": f"http://testserver/lofte/{pledge.public_id}/"}).status_code == 404


def test_a_page_leads_to_what_shows_it_elsewhere(client: Client) -> None:
    pledge = builders.programme().passages.get()
    page = client.get(pledge.get_absolute_url()).content.decode()
    link = re.search(r'type="application/json\+oembed"\s+href="([^"]+)"', page)
    parts = urlsplit(html.unescape(link[1]))
    said = json.loads(client.get(f"{parts.path}?{parts.query}").content)
    assert said["type"] == "rich"
    assert said["version"] == "1.0"
    assert f'src="http://testserver/lofte/{pledge.public_id}/kort/"' in said["html"]
    assert said["thumbnail_url"].endswith(f"/lofte/{pledge.public_id}/bilde.png")
    assert html.escape(html.escape(said["html"])) in page.replace("&#x27;", "'") or html.escape(said["html"]) in page


def test_a_site_is_given_a_frame_that_fits(client: Client) -> None:
    pledge = builders.programme().passages.get()
    said = oembed(client, pledge.get_absolute_url(), maxwidth=400, maxheight=150)
    assert (said["width"], said["height"]) == (400, 150)
    assert "thumbnail_url" not in said
    wide, narrow = oembed(client, pledge.get_absolute_url()), oembed(client, pledge.get_absolute_url(), maxwidth=240)
    assert wide["width"] == 600
    assert narrow["height"] > wide["height"]


def test_oembed_as_xml_and_what_it_refuses(client: Client) -> None:
    address = f"http://testserver{builders.programme().passages.get().get_absolute_url()}"
    root = etree.fromstring(client.get("/oembed/", {"url": address, "format": "xml"}).content)
    assert root.findtext("type") == "rich"
    assert root.findtext("html").startswith("<iframe ")
    assert client.get("/oembed/", {"url": address, "format": "yaml"}).status_code == 501
    assert client.get("/oembed/").status_code == 400
    for other in ("http://annet.example/lofte/abc/", "http://testserver/partier/", "http://[", "lofte"):
        assert client.get("/oembed/", {"url": other}).status_code == 404


def test_a_comparison_is_a_small_table(client: Client) -> None:
    skating = "Bevare skøytebanen på Torvmyra."
    for code, name, text in (("FJORD", "Fjordpartiet", skating), ("MYR", "Myrpartiet", f"At {skating}")):
        branch = builders.national_branch(code, name)
        more = [
            "Skøytebanen " + " ".join(f"{word}{name}{number}" for word in ("Å", "Ø", "Æ") * 9) for number in range(9)
        ]
        builders.programme(branch=branch, parse=builders.parsed([text, *more]))
    one, other = Passage.objects.filter(text__contains=skating).order_by("pk")
    for pair in ((one, other), (other, one)):
        AlikePair.objects.create(one=pair[0], other=pair[1], label="reworded", score=0.99)
    query = f"hos=fjordpartiet&hos=myrpartiet&q={quote('skøytebanen')}"
    answer = client.get(f"/sammenlign/kort/?{query}")
    card = answer.content.decode()
    assert skating in card
    assert "Viser " in card
    assert "Bare hos én" in card
    assert "/sammenlign/?hos=fjordpartiet" in card
    assert len(answer.content) + STYLE <= LARGEST
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "/sammenlign/kort/?hos=fjordpartiet" in oembed(client, f"/sammenlign/?{query}")["html"]
    assert "sammenlign/kort" in client.get(f"/sammenlign/?{query}").content.decode()


def test_only_cards_may_stand_in_a_frame(client: Client) -> None:
    """All addresses of the site and of the desk; the administrators' are Django's own, and lead to the login."""
    programme = builders.programme()
    stranger = Client()
    client.force_login(User.objects.create_superuser("sjef"))
    framable = set()
    for address in addresses(""):
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)|[\^$\\]", "1", address.route)
        try:
            path = public_path(path, programme)
        except KeyError:  # parts that are no public page's
            path = "/" + re.sub(r"<[^>]+>", "1", path)
        answer = (stranger if path.startswith("/admin/") else client).get(path)
        if answer.streaming:
            answer.getvalue()  # closes its file
        policy = answer["Content-Security-Policy"]
        is_refused = answer.get("X-Frame-Options") == "DENY" or "frame-ancestors 'none'" in policy
        if not is_refused or "frame-ancestors *" in policy:
            framable.add(address.name)
    assert framable == FRAMABLE
