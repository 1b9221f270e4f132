"""Preview and correction in a real browser: with a mouse, from the keyboard, and on a page image."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from reportlab.pdfgen.canvas import Canvas

from ingest.intake.details import Details
from ingest.intake.store import create_programme
from ingest.models import Correction
from ingest.parser.parse import parse
from programmes.models import Programme
from programmes.publishing import publish
from tests import builders
from tests.conftest import open_context
from tests.ingest.desk.test_upload_browser import log_in
from tests.ingest.parser.edits import sketch

pytestmark = pytest.mark.browser

PLEDGES = ("Bygge ny svømmehall i Elvebyen", "Ansette flere lærere i alle skoler", "Holde ferja til Nordvika åpen")


def pdf() -> bytes:
    """Return a PDF of one page with a list of pledges."""
    content = BytesIO()
    canvas = Canvas(content, pagesize=(400, 500), invariant=True)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(40, 440, "Oppvekst")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(40, 410, "Fjordpartiet vil:")
    for number, pledge in enumerate(PLEDGES):
        canvas.drawString(50, 385 - 20 * number, f"•  {pledge}")
    canvas.save()
    return content.getvalue()


def stored(content: bytes, filename: str) -> Programme:
    parsed = parse(content, filename)
    parsed = replace(parsed, source=replace(parsed.source, sha256=hashlib.sha256(content).hexdigest()))
    details = Details(title="Program", kind="parliamentary", period_start=2023, period_end=2027)
    return create_programme(branch=builders.national_branch(), parsed=parsed, content=content, details=details)


def test_three_things_are_corrected_from_the_keyboard_and_readers_see_them(
    live_gunicorn: str, page: Page, kari: User, themes: None
) -> None:
    programme = stored(sketch.TEXT.encode(), "storfjell.txt")
    log_in(page, live_gunicorn, kari)
    page.goto(f"{live_gunicorn}/redaksjon/program/{programme.pk}/")
    entries = page.locator("[data-entry]")

    for _press in range(3):
        page.keyboard.press("j")
    expect(entries.nth(2)).to_be_focused()
    expect(page.locator(".lines .marked")).to_contain_text("Bygge ny ungdomsskole")
    page.keyboard.press("e")
    field = page.get_by_label("Teksten", exact=True)
    expect(field).to_be_focused()
    field.fill("Bygge ny ungdomsskole med svømmehall i Elvebyen")
    page.get_by_role("button", name="Lagre teksten").click()
    expect(page.get_by_role("status")).to_contain_text("Lagret: rettet tekst")
    expect(page.locator(".beside-source")).to_contain_text("Bygge ny ungdomsskole i Elvebyen innen 2027")

    expect(entries.nth(2)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("s")
    parts = page.get_by_label("Del i to")
    expect(parts).to_be_focused()
    parts.fill("Ansette flere lærere.\nGi alle elever gratis skolemat hver dag")
    page.get_by_role("button", name="Del", exact=True).click()
    expect(entries.nth(4)).to_contain_text("Gi alle elever gratis skolemat hver dag")

    buses = entries.filter(has_text="Gratis buss").first
    buses.focus()
    page.keyboard.press("f")
    expect(page.locator(".furniture-rows li").filter(has_text="Gratis buss")).to_contain_text("tatt ut her")
    assert sorted(Correction.objects.values_list("kind", flat=True)) == ["furniture", "split", "text"]

    programme.refresh_from_db()
    publish(programme)
    page.goto(f"{live_gunicorn}/sok/?q=svømmehall")
    hit = page.get_by_role("link", name="Bygge ny ungdomsskole med svømmehall")
    hit.first.click()
    expect(page.get_by_text("rettet av redaksjonen")).to_be_visible()


def test_a_click_on_the_page_image_marks_the_pledge_and_the_other_way_round(
    live_gunicorn: str, page: Page, kari: User, themes: None
) -> None:
    programme = stored(pdf(), "fjordpartiet.pdf")
    chosen = programme.passages.get(text=PLEDGES[1])
    log_in(page, live_gunicorn, kari)
    page.goto(f"{live_gunicorn}/redaksjon/program/{programme.pk}/")
    picture = page.request.get(f"{live_gunicorn}/redaksjon/program/{programme.pk}/sider/1/")
    assert (picture.status, picture.headers["content-type"], picture.body()[8:12]) == (200, "image/webp", b"WEBP")
    page.locator(f"#k-{chosen.public_id} rect").click()
    expect(page.locator(f"#p-{chosen.public_id}")).to_have_class("desk-entry kind-pledge marked")
    other = programme.passages.get(text=PLEDGES[2])
    page.locator(f"#p-{other.public_id} [data-show]").click()
    assert page.evaluate("document.querySelector(':target').id") == f"k-{other.public_id}"


def test_without_script_the_marks_are_links(live_gunicorn: str, browser, kari: User, themes: None) -> None:
    programme = stored(sketch.TEXT.encode(), "storfjell.txt")
    chosen = programme.passages.get(text__startswith="Bygge ny")
    context = open_context(browser, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    log_in(page, live_gunicorn, kari)
    page.goto(f"{live_gunicorn}/redaksjon/program/{programme.pk}/")
    page.locator(f"#p-{chosen.public_id} a.margin").click()
    assert page.url.endswith(f"#k-{chosen.public_id}")
    page.locator(f"#p-{chosen.public_id}").get_by_role("link", name="Rett", exact=True).click()
    page.get_by_label("Teksten", exact=True).fill("Bygge ny skole")
    page.get_by_role("button", name="Lagre teksten").click()
    expect(page.locator(f"#p-{chosen.public_id} .words")).to_have_text("Bygge ny skole")
    context.close()
