"""Three people's ways through the real site: a journalist, a party's adviser, and the archive's administrator."""

from __future__ import annotations

import csv
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Page, expect

from ingest.intake.details import Details
from ingest.intake.store import create_programme
from ingest.models import LogEntry
from ingest.parser.parse import parse
from programmes.models import Alert, Branch
from programmes.registers import load_registers
from tests import builders
from tests.programmes.site.following.mailbox import served
from tests.programmes.site.following.test_sending import run_jobs
from tests.programmes.site.showcase import fill, registers

pytestmark = pytest.mark.browser

PASSWORD = "et langt nok passord"  # noqa: S105
TEXT = """Sammen for Storfjell

Skole

Storfjell Bygdeliste vil:

- beholde alle skolene i bygda
- gi gratis skolemat i barneskolen
- ansette en vaktmester ved hver skole

Trygdeboliger

Storfjell Bygdeliste vil:

- bygge tolv omsorgsboliger ved elva
- halvere ventetiden hos fysioterapeuten
"""
"""A programme with five pledges under two headings."""


def test_a_journalist_finds_quotes_and_checks_a_pledge(live_gunicorn: str, page: Page) -> None:
    fill()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_gunicorn)
    page.goto(live_gunicorn)
    page.fill("#q", "busser")
    page.press("#q", "Enter")
    expect(page.locator("h1")).to_have_text("25 løfter om «busser», 4 steder ellers i programmene")

    page.locator(".filters a", has_text="Storfjell Fjordparti").click()
    page.locator(".filters a", has_text="2023").click()
    expect(page.locator("h1")).to_have_text("1 løfte om «busser», 1 sted ellers i programmene")
    expect(page.locator(".applied .pill")).to_have_count(2)

    page.locator(".hit .pledge a").click()
    expect(page.locator("h1")).to_have_text("Gratis buss for alle elever!")
    citation = page.inner_text("#cite-text")
    words = "Storfjell Bygdeliste vil: Gratis buss for alle elever!"
    assert citation.startswith(
        "«[Storfjell Bygdeliste vil:] Gratis buss for alle elever!» Storfjell Fjordparti, Storfjell i bevegelse"
    )
    assert citation.endswith(page.url.partition("?")[0])
    link = page.url.partition("?")[0]
    for name, copied in (("Kopier sitat", citation), ("Kopier bare teksten", words), ("Kopier lenke", link)):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("status")).to_have_text(f"Kopiert: {name}")
        assert page.evaluate("navigator.clipboard.readText()") == copied

    page.locator(".crumbs").get_by_role("link", name="Buss og båt").click()
    expect(page.locator("h1")).to_have_text("Buss og båt")
    page.get_by_role("link", name="Storfjell i bevegelse").click()
    expect(page.locator("h1")).to_have_text("Storfjell Fjordparti: Storfjell i bevegelse")
    promised = page.inner_text(".facts .hash")
    with page.expect_download() as download:
        page.get_by_role("link", name="originalfilen").click()
    assert hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest() == promised


def test_an_adviser_compares_with_the_neighbours(live_gunicorn: str, page: Page) -> None:
    addresses = fill()
    page.goto(live_gunicorn + addresses["branch"])
    expect(page.get_by_role("heading", name="Andre partier i Storfjell")).to_be_visible()
    page.get_by_role("link", name="Storfjell Bygdeliste").click()
    expect(page.locator("h1")).to_have_text("Storfjell Bygdeliste")
    page.get_by_role("link", name="Trafikk og transport").click()
    expect(page.locator("h1")).to_have_text("Trafikk og transport")
    expect(page.locator(".group-title")).to_have_text(["Storfjell Bygdeliste 2023–2027"])
    page.get_by_role("link", name="Fjern alle filtre").click()
    expect(page.locator(".of-party h2")).to_have_text([re.compile("Bygdelista"), re.compile("Fjordpartiet")])


def test_an_adviser_takes_what_is_changed_to_a_meeting_on_paper(live_gunicorn: str, page: Page) -> None:
    addresses = fill()
    page.goto(live_gunicorn + addresses["programme"])
    page.get_by_role("link", name="Hva som er endret").click()
    expect(page.locator("h1")).to_have_text("Hva som er endret")
    expect(page.locator(".results")).to_contain_text("Bygge to nye ferjekaier:")
    page.locator(".filters a", has_text="borte").click()
    expect(page.locator(".changes li")).to_have_count(8)
    expect(page.locator(".changes li").first).to_contain_text("Gratis buss på rute 20 til skolen.")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = csv.DictReader(table.splitlines(), delimiter=";")
    gone = [row["tidligere_tekst"] for row in rows if row["endring"] == "borte"]
    assert gone == [f"Gratis buss på rute 2{number} til skolen." for number in range(8)]
    paper = extract_text(BytesIO(page.pdf()))
    assert "Gratis buss på rute 27 til skolen." in paper and "skrevet ut fra Programarkivet" in paper
    assert "Ta det med" not in paper and "Søk" not in paper, "what is pressed is no use on paper"
    page.goto(live_gunicorn + addresses["programme"])
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    words = [each.text for each in docx.Document(download.value.path()).paragraphs]
    assert any("Gratis buss for alle elever!" in each for each in words)


def test_a_reader_follows_a_place_and_gets_the_mail(live_gunicorn: str, page: Page, settings: Any) -> None:
    fill()
    with served() as (mailbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        page.goto(f"{live_gunicorn}/sted/storfjell/")
        page.get_by_role("link", name="Følg stedet").click()
        page.get_by_label("E-postadressen din").fill("ola@leser.example")
        page.get_by_label("med én gang").check()
        page.get_by_role("button", name="Send meg lenken").click()
        expect(page.locator("h1")).to_be_visible()
        _by_the_worker()
        page.goto(live_gunicorn + mailbox.links("/bekreft/")[0])
        page.get_by_role("button", name="Ja, send meg varsler").click()
        expect(page.locator("main")).to_contain_text("Storfjell")
        parse = builders.parsed(["Bygge badstue ved elva."])
        builders.programme(branch=Branch.objects.get(name="Storfjell Bygdeliste"), year=2027, parse=parse)
        _by_the_worker(periodic=True)
        page.goto(live_gunicorn + mailbox.links("/lofte/")[0])
        expect(page.locator("h1")).to_have_text("Bygge badstue ved elva.")
        page.goto(live_gunicorn + mailbox.links("/slutt/")[0])
        page.locator("main form button").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert not Alert.objects.filter(confirmed_at__isnull=False).exists()


def _by_the_worker(*, periodic: bool = False) -> None:
    """Do what the worker has to, in a thread of its own: Playwright has the event loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(run_jobs, periodic=periodic).result()


def test_an_administrator_publishes_and_withdraws(live_gunicorn: str, page: Page, django_user_model: Any) -> None:
    load_registers()  # the parse needs the themes
    registers()
    programme = create_programme(
        branch=Branch.objects.get(name="Storfjell Bygdeliste"),
        parsed=parse(TEXT.encode(), "storfjell.txt"),
        content=TEXT.encode(),
        details=Details(title="Sammen for Storfjell", kind="municipal", period_start=2023, period_end=2027),
    )
    django_user_model.objects.create_superuser("kari", password=PASSWORD)
    page.goto(f"{live_gunicorn}/admin/programmes/programme/{programme.pk}/change/")
    page.fill("#id_username", "kari")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    expect(page.locator(".field-pledge_count .readonly")).to_have_text("5")
    expect(page.locator(".field-parse_counts .readonly")).to_contain_text("5 punkter")
    address = live_gunicorn + programme.get_absolute_url()
    assert page.goto(address).status == 404

    choose(page, live_gunicorn, "publish")
    expect(page.locator(".messagelist")).to_contain_text("1 program er publisert")
    assert page.goto(address).status == 200
    page.goto(f"{live_gunicorn}/sok/?q=skolemat")
    expect(page.locator(".hit .pledge")).to_have_text(["gi gratis skolemat i barneskolen"])

    choose(page, live_gunicorn, "withdraw")
    page.fill("#reason", "Partiet har sendt en rettet utgave.")
    page.get_by_role("button", name="Trekk tilbake").click()
    expect(page.locator(".notice")).to_contain_text("1 program er trukket tilbake")
    assert list(LogEntry.objects.values_list("action", flat=True))[:2] == ["programme.withdrawn", "programme.published"]
    assert page.goto(address).status == 410
    expect(page.locator(".notice")).to_contain_text("Partiet har sendt en rettet utgave.")
    page.goto(f"{live_gunicorn}/sok/?q=skolemat")
    expect(page.locator("h1")).to_have_text("0 løfter om «skolemat»")


def choose(page: Page, site: str, action: str) -> None:
    """Run an action of the admin's list on the one programme there."""
    page.goto(f"{site}/admin/programmes/programme/")
    page.check("input.action-select")
    page.select_option("select[name=action]", action)
    page.click("button[name=index]")
