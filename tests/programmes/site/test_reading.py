"""A long programme read chapter by chapter: its pages, outline, anchors, and what search engines are told."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.test import Client

from programmes import reading_order
from programmes.models import Programme, Theme
from programmes.site import outline as outline_module
from programmes.site.views import programme as programme_view
from tests import builders

pytestmark = pytest.mark.django_db

PAGES = ["oppvekst", "natur", "villrein", "fjord", "kultur"]
ADDRESS = "/program/bygdelista/nasjonalt/2023-2027/"


@pytest.fixture
def programme() -> Programme:
    """A programme in five chapters, one of them divided."""
    return builders.programme(parse=builders.in_chapters(theme=builders.theme().slug))


def page_at(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def outline(page: str) -> list[tuple[str, str, str]]:
    """Return the entries of the outline: address, what aria-current says, title."""
    part = page[page.index('<nav class="outline-side"') :].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]+)"([^>]*)>([^<]+)</a>\s*<span class="number"', part)
    return [
        (url.removeprefix(ADDRESS), "".join(re.findall(r'aria-current="(\w+)"', more)), title)
        for url, more, title in found
    ]


def headings(page: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]


def link(page: str, relation: str) -> str:
    found = re.search(rf'<a rel="{relation}"\s+href="{ADDRESS}([^"]+)/"', page)
    return found[1] if found else ""


def canonical(page: str) -> str:
    return re.search(r'<link rel="canonical" href="http://testserver([^"]+)"', page)[1]


def test_its_page_has_the_outline_the_title_page_and_the_first_chapter(client: Client, programme: Programme) -> None:
    page = page_at(client, ADDRESS)
    assert "Forsiden, prose 1." in page and "Oppvekst, pledge 60." in page and "Leirskole, pledge 4." in page
    assert "Villrein, pledge" not in page
    assert outline(page) == [
        ("oppvekst/", "true", "Oppvekst"),
        ("#k-barnehage", "", "Barnehage"),
        ("#k-skole", "", "Skole"),
        ("natur/", "", "Natur"),
        ("villrein/", "", "Villrein"),
        ("fjord/", "", "Fjord"),
        ("kultur/", "", "Kultur"),
    ]
    assert link(page, "next") == "natur"
    assert canonical(page) == ADDRESS


def test_each_chapter_has_a_page_and_they_follow_one_another(client: Client, programme: Programme) -> None:
    for before, slug, after in zip(["", *PAGES], PAGES, [*PAGES[1:], ""], strict=False):
        page = page_at(client, f"{ADDRESS}{slug}/")
        assert (link(page, "prev"), link(page, "next")) == (before, after), slug
        assert canonical(page) == f"{ADDRESS}{slug}/"
        assert [url for url, current, _title in outline(page) if current == "page"] == [f"{slug}/"]


def test_all_words_are_on_some_page_and_all_on_the_whole_one(client: Client, programme: Programme) -> None:
    chapters = "".join(page_at(client, f"{ADDRESS}{slug}/") for slug in PAGES) + page_at(client, ADDRESS)
    whole = page_at(client, f"{ADDRESS}?alt=1")
    for passage in programme.passages.all():
        assert passage.text in chapters and passage.text in whole
    for section in programme.sections.all():
        assert section.title in chapters and section.title in whole
    assert canonical(whole) == ADDRESS
    assert "<details" not in whole.partition('class="text"')[2], "nothing is folded on paper"


def test_a_title_without_text_is_no_chapter_but_stands_where_it_stood(client: Client, programme: Programme) -> None:
    assert "Del to: fjord og fjell</p>" in page_at(client, f"{ADDRESS}natur/")
    assert "Stem på oss!" in page_at(client, f"{ADDRESS}kultur/")
    assert "Stem på oss!" not in [title for _url, _current, title in outline(page_at(client, ADDRESS))]
    assert client.get(f"{ADDRESS}del-to-fjord-og-fjell/").status_code == 200


def test_a_divided_chapter_lists_its_own(client: Client, programme: Programme) -> None:
    page = page_at(client, f"{ADDRESS}natur/")
    assert "Natur, prose 1." in page and "Villrein, pledge 1." not in page
    assert [
        title for title in ("Villrein", "Fjord") if f">{title}</a>" in page.partition('<ol class="counted"')[2]
    ] == ["Villrein", "Fjord"]


def test_a_part_of_a_chapter_keeps_its_address_and_says_what_it_is_part_of(
    client: Client, programme: Programme
) -> None:
    page = page_at(client, f"{ADDRESS}skole/")
    assert "Skole, pledge 30." in page and "Leirskole, pledge 4." in page and "Barnehage, pledge" not in page
    assert f'href="{ADDRESS}oppvekst/#k-skole"' in page
    assert canonical(page) == f"{ADDRESS}oppvekst/"
    assert (link(page, "prev"), link(page, "next")) == ("barnehage", "natur")
    assert [(url, current) for url, current, _title in outline(page) if current] == [
        ("oppvekst/", "true"),
        ("oppvekst/#k-skole", "page"),
    ]


@pytest.mark.parametrize("path", ["", "?alt=1", "?vis=tema", "oppvekst/", "skole/", "natur/", "kultur/", "innledning/"])
def test_headings_go_down_one_at_a_time(client: Client, programme: Programme, path: str) -> None:
    page = page_at(client, f"{ADDRESS}{path}")
    levels, names = headings(page), re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels


def test_pages_of_the_file_stand_in_the_margin_where_they_begin(client: Client, programme: Programme) -> None:
    page = page_at(client, f"{ADDRESS}oppvekst/")
    assert re.findall(r'class="page-mark"[^>]*>([^<]+)<', page) == ["s. 2", "s. 3", "s. 4", "s. 5"]
    text = builders.programme(year=2019, parse=builders.in_chapters(media_type="text/plain"))
    assert "page-mark" not in page_at(client, f"{text.get_absolute_url()}oppvekst/")


@pytest.mark.parametrize(
    ("anchor", "leads_to"),
    [
        ("k-oppvekst", "oppvekst/#k-oppvekst"),
        ("k-leirskole", "oppvekst/#k-leirskole"),
        ("k-natur", "natur/#k-natur"),
        ("k-innledning", "#k-innledning"),
        ("t-kultur-idrett-og-fritid", "?vis=tema&tema=kultur-idrett-og-fritid#t-kultur-idrett-og-fritid"),
        ("k-tull", ""),
        ("l-tull", ""),
    ],
)
def test_old_anchors_lead_to_where_their_text_is(
    client: Client, programme: Programme, anchor: str, leads_to: str
) -> None:
    answer = client.get(ADDRESS, {"til": anchor})
    assert (answer.status_code, answer["Location"]) == (302, f"{ADDRESS}{leads_to}")
    place, _hash, name = leads_to.partition("#")
    assert not name or f'id="{name}"' in page_at(client, f"{ADDRESS}{place}")


def test_a_pledge_leads_to_its_chapter(client: Client, programme: Programme) -> None:
    pledge = programme.passages.get(text="Skole, pledge 7.")
    anchor = f"l-{pledge.public_id}"
    assert f'href="{ADDRESS}?til={anchor}"' in page_at(client, pledge.get_absolute_url())
    assert client.get(ADDRESS, {"til": anchor})["Location"] == f"{ADDRESS}oppvekst/#{anchor}"
    hits = page_at(client, "/sok/?q=skole")
    assert re.search(rf'href="{ADDRESS}skole/\?q=skole#l-\w+"', hits), "a hit leads to the short page of its section"
    assert f'id="{anchor}"' in page_at(client, f"{ADDRESS}skole/?q=skole")
    assert "<mark>Skole</mark>" in page_at(client, f"{ADDRESS}skole/?q=skole")


@pytest.mark.parametrize("odd", ["https://ond.example/", "k-../../x", "l-", "x-y", "k-%00"])
def test_an_odd_anchor_leads_nowhere_else(client: Client, programme: Programme, odd: str) -> None:
    answer = client.get(ADDRESS, {"til": odd})
    assert answer.status_code == 200 or answer["Location"] == ADDRESS


def test_a_long_programme_shows_one_theme_at_a_time(client: Client, programme: Programme) -> None:
    Theme.objects.create(slug="sport", **dict.fromkeys(("label_nb", "label_nn", "label_en"), "Sport"))
    moved = programme.passages.filter(section__slug="kultur", kind="pledge")
    for passage in moved:
        passage.passage_themes.update(theme=Theme.objects.get(slug="sport"))
    programme.passages.get(text="Fjord, pledge 1.").passage_themes.all().delete()
    first, sport, without = (page_at(client, f"{ADDRESS}?vis=tema{more}") for more in ("", "&tema=sport", "&tema=uten"))
    assert "Skole, pledge 1." in first and "Kultur, pledge 1." not in first
    assert "Kultur, pledge 8." in sport and "Skole, pledge 1." not in sport
    assert re.findall(r"\w+, pledge \d+\.", without) == ["Fjord, pledge 1."]
    assert [title for _url, _current, title in outline(first)] == ["Kultur, idrett og fritid", "Sport", "Uten tema"]


def test_a_short_programme_is_one_page(client: Client) -> None:
    short = builders.in_chapters([(1, "Skole", 1, 3), (1, "Kultur", 1, 3)], theme=builders.theme().slug)
    programme = builders.programme(parse=short)
    page = page_at(client, ADDRESS)
    assert "Skole, pledge 3." in page and "Kultur, pledge 3." in page
    assert outline(page) == [("#k-skole", "", "Skole"), ("#k-kultur", "", "Kultur")]
    assert canonical(page_at(client, f"{ADDRESS}kultur/")) == ADDRESS
    pledge = programme.passages.get(text="Kultur, pledge 2.")
    assert client.get(ADDRESS, {"til": f"l-{pledge.public_id}"})["Location"] == f"{ADDRESS}#l-{pledge.public_id}"
    assert "Kultur, pledge 3." in page_at(client, f"{ADDRESS}?vis=tema")


def test_the_sitemap_has_the_chapters_and_no_parts_of_them(client: Client, programme: Programme) -> None:
    builders.programme(year=2019, published=False, parse=builders.in_chapters())
    addresses = re.findall(r"<loc>http://testserver(.*?)</loc>", page_at(client, "/sitemap-kapitler.xml"))
    assert addresses == [f"{ADDRESS}{slug}/" for slug in PAGES]
    assert "sitemap-kapitler.xml" in page_at(client, "/sitemap.xml")
    for address in addresses:
        assert canonical(page_at(client, address)) == address


# One list, too long for a page

IN_ONE_LIST = "/program/bygdelista/nasjonalt/2023-2027/"


@pytest.fixture
def one_list(monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A programme of one chapter, of which six pledges are more than a page holds."""
    for module in (reading_order, outline_module, programme_view):
        monkeypatch.setattr(module, "LONGEST_PART", 6)
    monkeypatch.setattr(reading_order, "LONGEST_PAGE", 6)
    return builders.programme(parse=builders.parsed([f"Plante {number} trær." for number in range(1, 15)]))


def planted(page: str) -> list[int]:
    text = re.sub("</?mark>", "", page[page.index('class="reader') :])
    return [int(number) for number in re.findall(r"Plante (\d+) trær", text.partition('id="cite"')[0])]


def test_a_long_list_is_read_in_parts_and_each_part_leads_to_the_next(client: Client, one_list: Programme) -> None:
    section = one_list.passages.earliest("position").section.get_absolute_url()
    first = page_at(client, IN_ONE_LIST)
    assert planted(first) == list(range(1, 7)) == planted(page_at(client, section))
    assert f'href="{section}?del=2"' in first
    seen, address = [], section
    while address:
        page = page_at(client, address)
        seen += planted(page)
        more = re.search(r'<a rel="next"\s+href="([^"]+)"', page)
        address = more[1] if more else ""
    assert seen == list(range(1, 15))
    assert canonical(page) == f"{section}?del=3"
    assert len(planted(page_at(client, f"{IN_ONE_LIST}?alt=1"))) == 14


def test_a_link_to_a_pledge_leads_to_its_part(client: Client, one_list: Programme) -> None:
    pledge = one_list.passages.get(text="Plante 10 trær.")
    old = client.get(f"{IN_ONE_LIST}?til=l-{pledge.public_id}")
    hit = re.search(r'href="([^"]*#l-\w+)"', page_at(client, "/sok/?q=%2210+trær%22"))[1].replace("&amp;", "&")
    from_pledge = re.search(r'href="([^"]*#l-\w+)"', page_at(client, pledge.get_absolute_url()))[1]
    for address in (old["Location"], hit, from_pledge):
        assert address.endswith(f"#l-{pledge.public_id}")
        assert planted(page_at(client, address.partition("#")[0])) == list(range(7, 13)), address


def test_a_part_that_there_is_not_is_the_last(client: Client, one_list: Programme) -> None:
    section = one_list.passages.earliest("position").section.get_absolute_url()
    assert planted(page_at(client, f"{section}?del=99")) == [13, 14]
    assert planted(page_at(client, f"{section}?del=x&lofte=gone")) == list(range(1, 7))
