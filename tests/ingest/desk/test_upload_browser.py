"""The way of an upload in a real browser, with gunicorn and a worker, with script and without."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from ingest.models import Upload
from programmes.models import Programme
from tests.conftest import open_context
from tests.ingest.desk.test_upload_pages import PASTED, builders, read_of, storfjell
from tests.ingest.intake.test_uploads import TEXT
from tests.paths import ROOT
from tests.waiting import PATIENCE
from tools.servers import database_url

pytestmark = pytest.mark.browser

DROPPED = """text => {
    const dropped = new DataTransfer();
    for (const number of [1, 2]) dropped.items.add(new File([text, number], `${number}.txt`, {type: "text/plain"}));
    return dropped;
}"""


@pytest.fixture
def worker(live_gunicorn: str) -> Iterator[None]:
    """`manage.py work` on the tests' database."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings", "DATABASE_URL": database_url()}
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
    yield
    process.terminate()
    process.wait(PATIENCE)


def log_in(page: Page, address: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def test_a_file_is_uploaded_followed_and_confirmed(
    live_gunicorn: str, worker: None, page: Page, kari: User, themes: None, tmp_path: Path
) -> None:
    storfjell()
    builders.party()
    log_in(page, live_gunicorn, kari)
    file = tmp_path / "program.txt"
    file.write_bytes(TEXT * 40)
    page.goto(f"{live_gunicorn}/redaksjon/opplasting/")
    page.get_by_label("Filer").set_input_files(file)
    page.get_by_role("button", name="Last opp").click()
    page.get_by_role("heading", name="Hva er dette?").wait_for()
    page.get_by_label("Parti", exact=True).select_option("BYGD")
    page.get_by_label("Kommune", exact=True).check()
    page.get_by_label("Lag", exact=True).fill("Storfjell Bygdeliste")
    page.get_by_label("Kommune eller fylke").press_sequentially("Storf")
    page.locator("#omrade-forslag option").wait_for(state="attached")
    assert page.locator("#omrade-forslag option").get_attribute("value") == "9901 Storfjell"
    page.get_by_label("Kommune eller fylke").fill("9901 Storfjell")
    page.get_by_label("Type").select_option("municipal")
    page.get_by_label("Tittel").fill("Program for Storfjell")
    page.get_by_label("Fra år").fill("2023")
    page.get_by_label("Til år").fill("2019")
    page.get_by_role("button", name="Legg inn som kladd").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Tittel")).to_have_value("Program for Storfjell")
    page.get_by_label("Til år").fill("2027")
    page.get_by_role("button", name="Legg inn som kladd").click()
    page.get_by_label("Ja, opprett laget").check()
    page.get_by_role("button", name="Legg inn som kladd").click()
    page.get_by_text("Programmet er lagt inn som kladd.").wait_for()
    assert Programme.objects.get().passages.pledges().count() == 120


def test_files_are_dropped_and_the_list_follows_them(
    live_gunicorn: str, worker: None, page: Page, kari: User, themes: None
) -> None:
    log_in(page, live_gunicorn, kari)
    page.goto(f"{live_gunicorn}/redaksjon/opplasting/")
    dropped = page.evaluate_handle(DROPPED, TEXT.decode())
    page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.locator("[data-chosen]")).to_have_text("1.txt, 2.txt")
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_role("status")).to_contain_text("2 filer er mottatt")
    expect(page.locator("#uploads .state-ready")).to_have_count(2)
    expect(page.get_by_role("status")).to_be_visible()  # the page has not been loaded anew


COPY = """async html => {
    const text = new DOMParser().parseFromString(html, "text/html").body.innerText;
    const kinds = {"text/html": html, "text/plain": text};
    const blobs = Object.entries(kinds).map(([kind, words]) => [kind, new Blob([words], {type: kind})]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}"""


def test_what_is_pasted_keeps_its_marks_and_headings(live_gunicorn: str, page: Page, kari: User) -> None:
    log_in(page, live_gunicorn, kari)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_gunicorn)
    page.goto(f"{live_gunicorn}/redaksjon/opplasting/")
    page.evaluate(COPY, PASTED)
    area = page.get_by_label("Eller lim inn teksten")
    area.press("Control+V")
    expect(page.locator("[data-paste-told]")).to_have_text("Overskrifter og punkter er tatt med.")
    expect(area).to_have_value(re.compile("bygge skole"))
    area.press_sequentially(" Endret.")
    expect(page.locator("[data-paste-told]")).to_contain_text("Teksten sendes som ren tekst")
    area.press("Control+A")
    area.press("Control+V")
    expect(page.locator("[data-paste-told]")).to_have_text("Overskrifter og punkter er tatt med.")
    page.get_by_label("Hva skal den innlimte teksten hete?").fill("Program fra nettsiden")
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_role("status")).to_contain_text("1 fil er mottatt: Program fra nettsiden.html")
    assert read_of(Upload.objects.get()) == [("•", "bygge skole"), ("•", "ansette lærere")]


def test_the_way_without_script(
    live_gunicorn: str, worker: None, browser: Browser, kari: User, themes: None, tmp_path: Path
) -> None:
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_gunicorn, kari)
    file = tmp_path / "program.txt"
    file.write_bytes(TEXT)
    page.goto(f"{live_gunicorn}/redaksjon/opplasting/")
    page.get_by_label("Filer").set_input_files(file)
    page.get_by_role("button", name="Last opp").click()
    page.get_by_role("heading", name="Hva er dette?").wait_for()  # the page loads itself anew
    page.get_by_role("button", name="Avbryt opplastingen").click()
    page.get_by_text("Opplastingen er avbrutt.").first.wait_for()
    assert Upload.objects.get().state == "cancelled"
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(live_gunicorn: str, page: Page, kari: User, width: int) -> None:
    log_in(page, live_gunicorn, kari)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_gunicorn}/redaksjon/opplasting/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
