"""Pages older than the programme: two editors, two tabs, the Back button. All is saved, or told; none fails."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ingest.desk import read_again as again
from ingest.desk.correct import corrected_parse, raw_parse
from ingest.desk.read_again import record_failure, store_again
from ingest.intake.read_again import FileIsGone
from ingest.models import Correction, LogEntry
from ingest.parser.parse import parse
from programmes.models import Programme
from tests import builders
from tests.ingest.desk.test_correction_pages import SCHOOL, TEACHERS, form, passage, preview, send
from tests.ingest.parser.edits import sketch

pytestmark = pytest.mark.django_db

SPLIT = {"kind": "split", "parts": "Ansette flere lærere.\nGi alle elever gratis skolemat hver dag"}


@pytest.fixture
def programme(themes: None) -> Programme:
    return builders.programme(parse=sketch.programme(), published=False)


def test_a_form_that_was_opened_before_a_split_is_saved(desk: Client, programme: Programme) -> None:
    older = form(desk, programme, SCHOOL)
    send(desk, programme, {**form(desk, programme, TEACHERS), **SPLIT})
    send(desk, programme, {**older, "kind": "text", "text": "Bygge skole"})
    assert passage(programme, SCHOOL).corrected == "Bygge skole"


def test_a_form_of_the_entry_that_was_split_meets_the_split(desk: Client, programme: Programme) -> None:
    older = form(desk, programme, TEACHERS)
    send(desk, programme, {**older, **SPLIT})
    html = send(desk, programme, {**older, "kind": "text", "text": "Ansette lærere"}, status=409)
    assert "Ansette lærere" in html


def test_a_form_that_was_opened_before_a_heading_was_split_is_saved(desk: Client, programme: Programme) -> None:
    older = form(desk, programme, SCHOOL)
    send(desk, programme, {**form(desk, programme, "KULTUR", heading=True), "kind": "split", "parts": "KUL\nTUR"})
    send(desk, programme, {**older, **SPLIT, "parts": "Bygge ny\nungdomsskole i Elvebyen innen 2027"})
    assert Correction.objects.count() == 2


AWAY: list[tuple[str, dict[str, Any]]] = [
    ("merge", {}),
    ("furniture", {}),
    ("kind", {"to": "heading-2"}),
    ("kind", {"to": "prose"}),
]


@pytest.mark.parametrize(("kind", "fields"), AWAY, ids=["merged", "taken out", "heading", "prose"])
def test_a_pledge_with_themes_set_by_hand_can_go_away(
    kind: str, fields: dict[str, Any], desk: Client, programme: Programme
) -> None:
    themes = {"kind": "themes", "main": "naring", "also": ["arbeid"]}
    send(desk, programme, {**form(desk, programme, TEACHERS), **themes})
    send(desk, programme, {**form(desk, programme, TEACHERS), "kind": kind, **fields})
    for correction in Correction.objects.order_by("-pk"):
        desk.post(f"/redaksjon/program/{programme.pk}/historikk/{correction.pk}/angre/")
    assert corrected_parse(programme).parsed == raw_parse(programme)


def test_the_log_opens_after_a_programme_was_read_again(desk: Client, programme: Programme, kari: User) -> None:
    store_again(programme, parse(sketch.TEXT.encode(), "storfjell.txt"), user=kari)
    html = desk.get("/redaksjon/logg/").content.decode()
    assert "ble lest på nytt" in html
    assert re.search(r"items:\s+9\b", html)
    assert preview(desk, programme)


def test_a_reading_that_failed_says_so_on_the_page_and_in_the_log_until_one_goes_well(
    desk: Client, programme: Programme, kari: User
) -> None:
    record_failure(programme, "Originalfilen er ikke der den ble lagret.", user=kari)
    for page in ("", "historikk/", "utgaver/"):
        html = preview(desk, programme, page)
        assert "kunne ikke leses på nytt" in html
        assert "Originalfilen er ikke der" in html
    assert "Originalfilen er ikke der" in desk.get("/redaksjon/logg/").content.decode()
    store_again(programme, parse(sketch.TEXT.encode(), "storfjell.txt"), user=kari)
    assert "kunne ikke leses" not in preview(desk, programme)


@pytest.mark.parametrize("fault", [RuntimeError("uventet"), FileIsGone()], ids=["our fault", "no file"])
def test_whatever_stops_a_reading_is_logged(
    fault: Exception, programme: Programme, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise fault

    monkeypatch.setattr(again, "parse_again", fails)
    again._read_again(programme.pk, kari)
    again._read_again(programme.pk, kari, attempts=again.MOST_ATTEMPTS)
    cut_off, failed = LogEntry.objects.filter(action=again.FAILED)
    assert cut_off.details == {"error": again.GIVEN_UP}
    assert failed.details["error"] == (fault.message if isinstance(fault, FileIsGone) else again.ParserFailure.message)
