"""The public pages for everybody (WCAG 2.2 AA): axe in a real browser, the keyboard, small screens, no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from tests.conftest import open_context
from tests.programmes.site.showcase import fill

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What another colour scheme can break."""
SCREENS = {"desk": (1280, 900), "phone": (390, 844)}  # CSS pixels
NARROWEST = 320
"""CSS pixels: a 1280 px screen enlarged four times."""
SMALLEST_TARGET = 24  # CSS pixels
FINGER = 44
"""CSS pixels that a control is high where one points with a finger."""
FOR_FINGERS = (
    "button, input:not([type=hidden]), summary, nav a, .pages a, .counted a, .plain a, .tools a, .applied a, a.chip,"
    ".examples a, .browse a, .rows > li > a, .choices a"
)
HEAVIEST = 100_000
"""Bytes of a page with its style sheet, script and icon, before compression."""

CONTROLS = (
    ".site-header a, .site-footer a, button, input:not([type=hidden]), summary, .pages a, .counted a, .pill,"
    ".outline a, a.margin, .crumbs a, .tools a, .plain a, a.chip, .parts a, .examples a, .browse a, .rows > li > a,"
    "h2 a, h3 a, th a"
)
FOCUS_IS_SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    const box = document.activeElement.getBoundingClientRect();
    return [document.activeElement.outerHTML.slice(0, 80),
            style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.left >= 0];
}"""
SMALL = """([selector, smallest]) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.closest(".visually-hidden"))
    .filter((each) => !each.classList.contains("skip-link"))
    .filter((each) => { const box = each.getBoundingClientRect(); return box.height < smallest - 0.1; })
    .map((each) => `${each.outerHTML.slice(0, 80)}: ${each.getBoundingClientRect().height}`)"""


@pytest.fixture
def open_page(browser: Browser, live_gunicorn: str) -> Iterator[Callable[..., Page]]:
    """Open browser pages on the site with a width, a colour scheme, with or without script."""
    contexts = []

    def opened(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = open_context(browser, base_url=live_gunicorn, viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(open_page: Callable[..., Page], screen: str) -> None:
    page = open_page(*SCREENS[screen])
    found = {}
    for name, address in fill().items():
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found[name] = violations(page, RULES)
        if screen == "desk":  # the same colours on both
            page.emulate_media(color_scheme="dark")
            found[f"{name}, dark"] = violations(page, COLOUR_RULES)
    assert {name: each for name, each in found.items() if each} == {}


def test_axe_would_find_something(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/om/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/static/icon.svg><p>Grått</p>'")
    page.evaluate("document.querySelector('main p').style.color = '#999'")
    assert {rule for rule, _places in violations(page, RULES)} >= {"image-alt", "color-contrast"}


def violations(page: Page, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the rules that axe finds broken on a page, each with the first places."""
    broken = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in broken]


def test_nothing_is_wider_than_a_narrow_screen_or_too_small_to_hit(open_page: Callable[..., Page]) -> None:
    narrow, desk = open_page(NARROWEST, 640), open_page(1280, 900)
    too_wide, too_small = {}, {}
    for name, address in fill().items():
        for page in (narrow, desk):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide[name] = page.viewport_size
            if small := page.evaluate(SMALL, [CONTROLS, SMALLEST_TARGET]):
                too_small[name] = small
    assert too_wide == {}
    assert too_small == {}


def test_a_finger_hits_every_control(open_page: Callable[..., Page]) -> None:
    page = open_page(*SCREENS["phone"], has_touch=True, is_mobile=True)
    too_small = {}
    for name, address in fill().items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        if small := page.evaluate(SMALL, [FOR_FINGERS, FINGER]):
            too_small[name] = small
    assert too_small == {}


def test_the_keyboard_goes_everywhere_and_is_seen(open_page: Callable[..., Page]) -> None:
    addresses = fill()
    page = open_page()
    for name in ("home", "search", "programme", "pledge"):
        page.goto(addresses[name])
        page.keyboard.press("Tab")
        assert page.locator(".skip-link").first.evaluate("each => each === document.activeElement")
        stops = page.locator("a[href]:visible, button:visible, input:visible, summary:visible").count()
        seen = []
        for _stop in range(min(stops, 60)):
            seen.append(page.evaluate(FOCUS_IS_SEEN))
            page.keyboard.press("Tab")
        assert [stop for stop, is_seen in seen if not is_seen] == []
    page.goto(addresses["home"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("#q").evaluate("each => each === document.activeElement")


def test_every_page_works_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    for name, address in fill().items():
        answer = page.goto(address)
        assert answer.status == (404 if name == "not found" else 200), name
        assert page.locator("h1").count() == 1, name
        assert page.locator("button:visible", has_text="Kopier").count() == 0
    page.goto("/")
    page.fill("#q", "buss")
    page.press("#q", "Enter")
    assert "om «buss»" in page.inner_text("h1")
    page.click(".filters > summary")
    page.click(".filters a:has-text('Bygdelista')")
    assert "parti=bygdelista" in page.url
    page.click(".applied .pill")
    assert "parti=" not in page.url
    page.click("a[rel=next]")
    assert "side=2" in page.url
    page.click("button[value=en]")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "side=2" in page.url


def test_pages_are_light(open_page: Callable[..., Page]) -> None:
    addresses = fill()
    for name in ("home", "search"):
        page = open_page()
        answers: list[Response] = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(addresses[name], wait_until="networkidle")
        weights = {answer.url: len(answer.body()) for answer in answers}
        assert sum(weights.values()) <= HEAVIEST, weights
        assert all(re.match(r"http://127\.0\.0\.1:", url) for url in weights), "nothing is fetched from elsewhere"
