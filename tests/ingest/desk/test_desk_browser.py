"""The desk in a real browser: logging in, and pages that fit a phone and a desk under the strict policy."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from ingest.models import Membership, Role
from tests.ingest.desk import people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "en hage full av epler"  # noqa: S105
PAGES = ["", "program/", "dekning/", "dekning/?fylke=46", "brukere/", "brukere/ny/", "logg/", "passord/"]


def test_an_administrator_logs_in_and_every_page_fits_a_phone_and_a_desk(live_gunicorn, page) -> None:
    call_command("load_registers", verbosity=0)
    user = people.person(Role.ADMINISTRATOR)
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.update(one_time_until=None)
    for year, state in ((2015, "withdrawn"), (2019, "published"), (2023, "draft"), (2027, "review")):
        people.programme(year=year, publication=state)

    page.goto(f"{live_gunicorn}/redaksjon/program/")
    page.fill("#id_username", "administrator")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    assert page.url == f"{live_gunicorn}/redaksjon/program/"
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            answer = page.goto(f"{live_gunicorn}/redaksjon/{path}")
            assert answer.status == 200, path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.click("text=Logg ut")
    assert "/redaksjon/logg-inn/" in page.url
