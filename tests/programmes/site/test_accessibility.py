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

COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What another colour scheme can break."""
ALL_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
NO_COLOUR_RULES = {**ALL_RULES, "rules": {rule: {"enabled": False} for rule in COLOUR_RULES["runOnly"]["values"]}}
"""The colours are the same on all screens, and take axe the most time."""
SCREENS: dict[str, dict[str, Any]] = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844, "has_touch": True, "is_mobile": True},
    "narrow": {"width": 320, "height": 640},  # a 1280 px screen enlarged four times
}
"""CSS pixels, and whether one points with a finger."""
VARIED = {
    *("home", "search", "search, filtered", "place", "branches", "coverage, a county", "branch", "theme", "programme"),
    *("chapter", "pledge, words marked", "compare", "changes", "quote check", "follow", "about", "not found"),
}
"""Pages that together have every part that pages are made of."""
RULES = {"desk": ALL_RULES, "phone": NO_COLOUR_RULES}
LOOKED_AT = {"phone": VARIED, "narrow": frozenset[str]()}
"""Where axe is asked too: a phone has the same parts in other places, and a narrow screen is laid out as a phone is."""
HEAVIEST = 100_000
"""Bytes of a page with its style sheet, script and icon, before compression."""

CONTROLS = (
    ".site-header a, .site-footer a, button, input:not([type=hidden]), summary, .pages a, .counted a, .pill,"
    ".outline a, a.margin, .crumbs a, .tools a, .plain a, a.chip, .parts a, .examples a, .browse a, .rows > li > a,"
    "h2 a, h3 a, th a"
)
FOR_FINGERS = (
    "button, input:not([type=hidden]), summary, nav a, .pages a, .counted a, .plain a, .tools a, .applied a, a.chip,"
    ".examples a, .browse a, .rows > li > a, .choices a"
)
TARGETS = {"desk": (CONTROLS, 24), "phone": (FOR_FINGERS, 44), "narrow": (CONTROLS, 24)}
"""What is to be hit, and how high it is at least, in CSS pixels."""
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


@pytest.mark.long
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_is_for_everybody(open_page: Callable[..., Page], screen: str) -> None:
    page = open_page(**SCREENS[screen])
    found: dict[str, list[Any]] = {}
    for name, address in fill().items():
        page.goto(address)
        found[name] = violations(page, RULES[screen]) if screen == "desk" or name in LOOKED_AT[screen] else []
        found[name] += misfits(page, *TARGETS[screen])
        if screen == "desk" and name in VARIED:  # the same colours on all screens
            page.emulate_media(color_scheme="dark")
            found[f"{name}, dark"] = violations(page, COLOUR_RULES)
            page.emulate_media(color_scheme="light")
    assert {name: each for name, each in found.items() if each} == {}
    assert screen != "desk" or set(found) >= {f"{name}, dark" for name in VARIED}


def test_axe_would_find_something(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/om/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/static/icon.svg><p>Grått</p>'")
    page.evaluate("document.querySelector('main p').style.color = '#999'")
    assert {rule for rule, _places in violations(page, RULES)} >= {"image-alt", "color-contrast"}


@pytest.mark.parametrize(
    ("style", "screen"), [("width: 2000px", "narrow"), ("height: 10px", "narrow"), ("height: 30px", "phone")]
)
def test_what_does_not_fit_would_be_found(open_page: Callable[..., Page], style: str, screen: str) -> None:
    page = open_page(**SCREENS[screen])
    page.goto("/om/")
    assert misfits(page, *TARGETS[screen]) == []
    page.evaluate(
        f"document.querySelector('main').innerHTML = '<button style=\"{style}; min-height: 0\">Kopier</button>'"
    )
    assert misfits(page, *TARGETS[screen])


def violations(page: Page, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the rules that axe finds broken on a page, each with the first places."""
    broken = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in broken]


def misfits(page: Page, controls: str, smallest: int) -> list[str]:
    """Return the controls of a page that are too small to hit, everything unfolded, and whether it is too wide."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*(["wider than the screen"] if too_wide else []), *page.evaluate(SMALL, [controls, smallest])]


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
    addresses = fill()
    for name in sorted(VARIED):
        answer = page.goto(addresses[name])
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
