"""The second step in a real browser, under the strict policy: set up, and asked for."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page, ViewportSize

from ingest.desk import second_step
from ingest.models import Role
from tests.conftest import open_context
from tests.ingest.desk import people
from tests.programmes.site.test_accessibility import ALL_RULES, SCREENS
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "en hage full av epler"  # noqa: S105


def looked_at(page: Page) -> None:
    """See that a page is for everybody, and fits the narrowest screen."""
    found: Any = Axe().run(page, options=ALL_RULES).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    narrow = ViewportSize(width=SCREENS["narrow"]["width"], height=SCREENS["narrow"]["height"])
    page.set_viewport_size(narrow)
    assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"], page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def log_in(page: Page, code: Callable[[], str] | None = None) -> None:
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    if code:
        looked_at(page)
        page.fill("#id_code", code())
        page.click("main button[type=submit]")


@pytest.mark.long
def test_an_editor_sets_the_app_up_and_logs_in_with_it(live_gunicorn: str, browser: Browser) -> None:
    user = people.person(Role.EDITOR)
    user.email = "ola@arkiv.example"
    user.set_password(PASSWORD)
    user.save()
    context = open_context(browser, base_url=live_gunicorn)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto("/redaksjon/totrinn/")
    log_in(page)
    looked_at(page)
    page.click("text=Sett opp totrinnsinnlogging >> nth=-1")
    looked_at(page)
    assert page.locator(".qr svg").bounding_box()["width"] > 150  # type: ignore[index]
    key = page.inner_text(".typed-key").replace(" ", "")

    def shown(steps: int = 0) -> str:
        totp = TOTP(base64.b32decode(key))
        totp.time = time.time() + 30 * steps
        return f"{totp.token():06d}"

    page.fill("#id_code", shown())
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    looked_at(page)
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == second_step.RECOVERY_CODES
    page.click("text=Jeg har tatt vare på kodene")
    for code in (lambda: codes[0], lambda: shown(1)):
        page.click("text=Logg ut")
        page.goto("/redaksjon/totrinn/")
        log_in(page, code)
        page.wait_for_url("**/redaksjon/totrinn/", timeout=PATIENCE * 1000)
    looked_at(page)
    assert "9 ubrukte" in page.inner_text("main")
    page.click("text=Logg ut")
    page.click("text=Glemt passordet?")
    looked_at(page)
    page.fill("#id_email", "ola@arkiv.example")
    page.click("main button[type=submit]")
    looked_at(page)
    assert page.inner_text("h1") == "Se i innboksen"
    context.close()
    assert refused == []
