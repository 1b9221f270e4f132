"""Reading a long programme in a real browser: the outline stays, anchors lead on, paper has every word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Browser, Page, expect

from programmes.models import Programme
from tests import builders
from tests.conftest import open_context

pytestmark = pytest.mark.browser

TOP = "document.querySelector('.outline-side').getBoundingClientRect().top"
SCROLLED = "document.documentElement.scrollTop"
PHONE = (390, 844)


@pytest.fixture
def programme(live_gunicorn: str) -> Programme:
    """A programme in five chapters."""
    return builders.programme(parse=builders.in_chapters(theme=builders.theme().slug))


@pytest.fixture
def open_at(browser: Browser, live_gunicorn: str, programme: Programme) -> Iterator[Callable[..., Page]]:
    """Open a page below the programme's address."""
    contexts = []

    def opened(path: str, size: tuple[int, int] = (1280, 900), **options: Any) -> Page:
        screen = {"width": size[0], "height": size[1]}
        context = open_context(browser, viewport=screen, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_gunicorn}{programme.get_absolute_url()}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [(1280, 900), (768, 1024), PHONE])
def test_the_outline_stays_and_says_where_one_is(open_at: Callable[..., Page], size: tuple[int, int]) -> None:
    page = open_at("oppvekst/", size)
    link = page.locator(".outline a", has_text="Skole")
    expect(link).not_to_have_attribute("aria-current", "location")
    page.locator("#k-skole").evaluate("each => each.scrollIntoView()")
    assert page.evaluate(SCROLLED) > 1000
    assert page.evaluate(TOP) == 0
    expect(link).to_have_attribute("aria-current", "location")
    expect(page.locator(".outline [aria-current=location]")).to_have_count(1)
    page.click(".to-top")
    page.wait_for_function(f"{SCROLLED} < 200")


def test_a_phone_opens_the_outline_anywhere(open_at: Callable[..., Page]) -> None:
    page = open_at("oppvekst/", PHONE)
    page.locator("#k-skole").evaluate("each => each.scrollIntoView()")
    expect(page.locator(".outline > summary")).to_contain_text("Oppvekst")
    page.click(".outline > summary")
    page.click(".outline a:has-text('Villrein')")
    page.wait_for_url("**/villrein/")
    assert page.evaluate(SCROLLED) == 0


@pytest.mark.parametrize("text", ["Fjord, pledge 90.", "Skole, pledge 30.", "Oppvekst, prose 1."])
def test_an_old_link_leads_to_the_pledge_on_its_page(
    open_at: Callable[..., Page], programme: Programme, text: str
) -> None:
    passage = programme.passages.select_related("section").get(text=text)
    page = open_at(f"#l-{passage.public_id}")
    expect(page.locator(f"#l-{passage.public_id}")).to_be_in_viewport()
    slug = {"skole": "oppvekst"}.get(passage.section.slug, passage.section.slug)
    assert slug in page.url or slug == "oppvekst", "the first chapter stands on the programme's own page"
    page.goto(page.url.partition("#")[0] + "#l-nowhere")
    page.wait_for_url(f"**{programme.get_absolute_url()}")


def test_sections_are_folded_without_script(open_at: Callable[..., Page]) -> None:
    page = open_at("oppvekst/", java_script_enabled=False)
    pledge = page.get_by_text("Skole, pledge 3.", exact=True)
    expect(pledge).to_be_visible()
    page.click("summary:has(#k-skole)")
    expect(pledge).to_be_hidden()
    expect(page.get_by_text("Barnehage, pledge 3.", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", ["?alt=1", "oppvekst/"])
@pytest.mark.parametrize("has_script", [True, False])
def test_paper_has_every_word_and_no_buttons(
    open_at: Callable[..., Page], programme: Programme, path: str, has_script: bool
) -> None:
    page = open_at(path, java_script_enabled=has_script)
    for fold in page.locator(".fold > summary").all():
        fold.click()
    printed = extract_text(io.BytesIO(page.pdf(format="A4")))
    words = " ".join(printed.split())
    passages = programme.passages.all()
    if path == "oppvekst/":
        passages = passages.filter(section__slug__in=["oppvekst", "barnehage", "skole", "leirskole"])
    assert [passage.text for passage in passages if passage.text not in words] == []
    assert f"{programme.get_absolute_url()}{'' if path.startswith('?') else path}" in printed.replace("\n", "")
    assert re.search(r"skrevet ut fra Programarkivet \d+\. \w+ \d{4}", words)
    for button in ("Til toppen", "Kopier", "Nynorsk", "Neste", "Hopp til innholdet", "Ta det med", "BibTeX"):
        assert button not in words
