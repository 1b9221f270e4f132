"""The archive in a folder: whole, alive, the same each time, and searched in a browser from the disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import transaction
from haystack import connections
from lxml import html
from playwright.sync_api import Page, expect

from programmes.folder.export import CannotBeExported, Exported, Exporter
from programmes.folder.naming import SEARCH
from programmes.models import Passage, Programme
from tests import builders
from tests.programmes.site import showcase
from tools.folder_bench.asking import in_folder, in_live_search

SITE = "http://testserver"

UNPUBLISHED = "Hemmelig utkast om luftskip"
QUERIES = (
    *("buss", "bussen", "gratis buss", "skole", "ferjekai", "Fjordpartiet buss", "bygge kaier", "elever 2023"),
    "buss-skole",  # a hyphen that nobody has written
    "Fjordpartiet trål",  # another party's word, and what is near it
    "trålklagenemnd",  # three words in one that no list has
)
LARGEST_SCRIPT = 30_000
"""Bytes of the search script."""


def exported(folder: Path) -> Exported:
    exporter = Exporter(folder, address=SITE, language="nb", progress=lambda what, number: None, beyond=False)
    return exporter.write()


def fill() -> None:
    """Publish programmes of two parties, one of them with an earlier one."""
    _county, storfjell, rival = showcase.registers()
    for branch, year, pledges in (
        (storfjell, 2019, ["Gratis buss på alle ruter.", "Flere busser til skolen."]),
        (
            rival,
            2023,
            [
                "Gratis buss til skolen for alle elever.",
                "Ingen buss om natta.",
                "Nye lærere i skolen.",
                "Styrke fiskeriet.",
            ],
        ),
    ):
        parse = builders.parsed(pledges, section="Buss og båt", theme=showcase.THEME)
        builders.programme(branch=branch, year=year, title=f"Program for {year}", parse=parse)
    parse = builders.parsed(
        ["Stoppe trål.", "La en nemnd avgjøre hver klage.", "Gratis buss for alle elever.", "Bygge to nye ferjekaier:"],
        section="Buss og båt",
        prose=["Vi vil at alle skal komme fram."],
        below=["en på Nordneset", "en på Sørneset"],
        theme=showcase.THEME,
    )
    builders.programme(branch=storfjell, title="Storfjell i bevegelse", parse=parse)


@dataclass(frozen=True)
class Made:
    """Two folders of one archive, and what the archive had, whose database is gone again before a browser is opened."""

    folder: Path
    again: Path
    published: set[str]
    programmes: list[str]
    hidden: list[str]
    live: dict[str, set[str]]
    left_of_failed: list[Path]


@pytest.fixture(scope="session")  # pytest comes back to this module: for the tests in a browser, last of all
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Made:
    where = tmp_path_factory.mktemp("folder")
    before = connections.connections_info["default"]
    connections.connections_info["default"] = {**before, "PATH": str(where / "index")}
    connections.reload("default")
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        draft = builders.programme(year=2027, published=False, title=UNPUBLISHED, parse=builders.parsed([UNPUBLISHED]))
        exported(where / "arkiv")
        exported(where / "igjen")
        with pytest.MonkeyPatch.context() as patch, pytest.raises(CannotBeExported):
            patch.setattr("programmes.folder.export.MADE", ())
            exported(where / "halvt")
        made = Made(
            where / "arkiv",
            where / "igjen",
            set(Passage.objects.published().values_list("public_id", flat=True)),
            [programme.get_absolute_url() for programme in Programme.objects.published()],
            [UNPUBLISHED, "luftskip", draft.sha256, *draft.passages.values_list("public_id", flat=True)],
            {query: set(in_live_search(query)) for query in QUERIES},
            list(where.glob("*halvt*")),
        )
        transaction.set_rollback(True)
    connections.connections_info["default"] = before
    connections.reload("default")
    return made


@pytest.fixture
def folder(made) -> Path:
    return made.folder


@pytest.fixture(autouse=True)
def _own_index() -> None:
    """The module has one index of its own."""


def pages(folder: Path) -> dict[str, html.HtmlElement]:
    parser = html.HTMLParser(encoding="utf-8")
    return {
        path.relative_to(folder).as_posix(): html.document_fromstring(path.read_bytes(), parser=parser)
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.mark.django_db
def test_the_live_search_has_the_same_archive(made):
    assert {len(made.live[query]) for query in QUERIES[:2]} == {5}
    assert all(made.live[query] for query in QUERIES[-3:])


def test_every_link_leads_to_a_file(folder):
    dead = []
    for name, page in pages(folder).items():
        for element in page.xpath("//*[@href or @src or @action]"):
            target = element.get("href") or element.get("src") or element.get("action")
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "mailto") or target.startswith("#"):
                continue
            file = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
            if parts.path.startswith("/") or parts.scheme or not file.resolve().is_file():
                dead.append((name, target))
    assert dead == []


def test_every_published_passage_and_programme_has_its_page(made):
    names = {path.stem for part in ("lofte", "avsnitt") for path in (made.folder / part).rglob("*.html")}
    assert names == made.published
    for address in made.programmes:
        assert (made.folder / address.strip("/") / "index.html").is_file()
        assert list((made.folder / address.strip("/")).glob("original.*"))


def test_nothing_unpublished_is_in_it(made):
    for path in filter(Path.is_file, made.folder.rglob("*")):
        content = path.read_bytes()
        assert not any(word.encode() in content or word in path.name for word in made.hidden), path


def test_two_of_one_state_are_equal_to_the_byte(made):
    def files(of: Path) -> dict[str, bytes]:
        return {path.relative_to(of).as_posix(): path.read_bytes() for path in of.rglob("*") if path.is_file()}

    assert files(made.again) == files(made.folder)


def test_what_is_there_is_not_written_over(folder):
    with pytest.raises(FileExistsError):
        exported(folder)


def test_a_failed_export_leaves_nothing(made):
    assert made.left_of_failed == []


def test_what_needs_the_site_says_so(folder):
    every = pages(folder)
    theme = next(page for name, page in every.items() if name.startswith("tema/trafikk"))
    assert "Sammenlign partiene (trenger nettstedet)" in re.sub(r"\s+", " ", theme.text_content())
    assert not any(page.xpath("//form[not(@role='search')]") for page in every.values())


def test_the_start_page_says_what_it_is(folder):
    said = re.sub(r"\s+", " ", (folder / "index.html").read_text())
    for words in ("Programarkivet i en mappe", "Åpne filen index.html", "Arkivet slik det var", "Rettigheter"):
        assert words in said


def test_names_suit_every_disk(folder):
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert len({name.lower() for name in names}) == len(names)
    assert not [name for name in names if re.search(r'[<>:"\\|?*\s]', name)]


def test_the_search_script_is_small(folder):
    (script,) = (folder / "filer").glob("mappesok*.js")
    assert script.stat().st_size <= LARGEST_SCRIPT


@pytest.mark.browser
def test_search_from_the_disk(folder, page: Page):
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Søk i løftene").click()
    page.get_by_role("searchbox").fill("busser til skolene")
    page.keyboard.press("Enter")
    first = page.locator("ol.hits li").first
    expect(first.locator("mark").first).to_have_text(re.compile("^buss", re.IGNORECASE))
    words = first.get_by_role("link").inner_text()
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    assert page.url.startswith("file:")


@pytest.mark.browser
def test_filters_and_an_honest_zero(folder, page: Page):
    page.goto(f"{(folder / 'sok.html').as_uri()}?q=buss")
    before = page.get_by_role("status").inner_text()
    page.get_by_label("Bygdelista", exact=True).check()
    page.get_by_role("button", name="Søk").click()
    expect(page.get_by_role("status")).not_to_have_text(before)
    assert page.get_by_label("Bygdelista", exact=True).is_checked()
    expect(page.locator("ol.hits .meta").first).to_contain_text("Bygdeliste")
    page.goto(f"{(folder / 'sok.html').as_uri()}?q=romfergeanlegg")
    expect(page.locator(".notice").last).to_contain_text("Det betyr ikke at partiene ikke mener noe om saken")


@pytest.mark.browser
def test_it_finds_what_the_live_search_finds(made, page: Page):
    page.goto((made.folder / SEARCH).as_uri())
    assert {query: set(in_folder(query, made.folder, page)) for query in QUERIES} == made.live
