"""Where the links of a page lead in a folder, and what stands in the place of those that need the site."""

from __future__ import annotations

import pytest
from lxml import html

from programmes.folder.relinking import Link, Relinker

PROGRAMME = "/program/bygdelista/storfjell/2023-2027/"
FILE = "program/bygdelista/storfjell/2023-2027/index.html"


def relinked(body: str, needed: list[Link] | None = None) -> html.HtmlElement:
    links: list[Link] = [] if needed is None else needed
    relinker = Relinker(
        original_of=lambda *_programme: "",
        has_picture=lambda *_page: False,
        place_of=lambda *asked: f"{PROGRAMME}skole/?del=2#l-{asked[-1]}" if asked[-1] == "abcd2345" else "",
        needed=links.append,
    )
    page = f"<!DOCTYPE html><html><head><title>Side</title></head><body>{body}</body></html>"
    return html.document_fromstring(relinker.relinked(page.encode(), PROGRAMME, FILE))


@pytest.mark.parametrize(
    ("target", "file", "address"),
    [
        ("?vis=tema", "vis-tema.html", f"{PROGRAMME}?vis=tema"),
        ("?vis=tema&tema=helse&side=2", "vis-tema_tema-helse_side-2.html", f"{PROGRAMME}?vis=tema&tema=helse&side=2"),
        ("?alt=1", "alt-1.html", f"{PROGRAMME}?alt=1"),
        (f"{PROGRAMME}skole/?del=2", "skole/del-2.html", f"{PROGRAMME}skole/?del=2"),
        (f"{PROGRAMME}skole/?del=1", "skole/index.html", f"{PROGRAMME}skole/"),
        ("/tema/helse/?side=3", "../../../../tema/helse/side-3.html", "/tema/helse/?side=3"),
        ("/dekning/?fylke=03", "../../../../dekning/fylke-03.html", "/dekning/?fylke=03"),
    ],
)
def test_what_a_page_is_asked_for_lies_beside_it(target, file, address):
    needed: list[Link] = []
    page = relinked(f'<a href="{target}">Videre</a>', needed)
    assert page.xpath("string(//a/@href)") == file
    assert [link.address for link in needed] == [address]


@pytest.mark.parametrize("target", ["?til=l-abcd2345", f"{PROGRAMME}skole/?lofte=abcd2345#l-abcd2345"])
def test_a_passage_is_led_to_where_it_stands(target):
    assert relinked(f'<a href="{target}">Vis</a>').xpath("string(//a/@href)") == "skole/del-2.html#l-abcd2345"


@pytest.mark.parametrize("target", ["?til=l-borte234", "/sitatsjekk/", "/dekning/?parti=x", f"{PROGRAMME}?q=buss"])
def test_what_needs_the_site_says_so(target):
    page = relinked(f'<p><a href="{target}">Videre</a></p>')
    assert page.xpath("string(//p)") == "Videre (trenger nettstedet)"
    assert not page.xpath("//a")


def test_at_the_foot_of_the_pages_it_is_left_out():
    page = relinked('<footer><a href="/om/">Om</a> <a href="/sitatsjekk/">Sitatsjekk</a></footer>')
    assert page.xpath("//footer")[0].text_content().strip() == "Om"


def test_choices_that_all_need_the_site_say_so_once():
    here, other = f'<a href="{PROGRAMME}">Alle</a>', '<a href="/dekning/?parti=x">X</a>'
    page = relinked(f"<nav>{here}{other}{other}</nav><nav>{here}{other}<a href='/om/'>Om</a></nav>")
    assert page.xpath("//body")[0].text_content().count("trenger nettstedet") == 2
    assert page.xpath("string(//body/p)") == "Valgene her trenger nettstedet."
