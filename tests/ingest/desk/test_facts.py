"""A programme's own facts at the desk: changed, logged, undone; and its old addresses lead to it for ever."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from ingest.models import Correction, LogEntry, Role
from programmes.models import FormerAddress, Programme
from programmes.search import search
from tests import builders
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db: None) -> Programme:
    return people.programme(publication="published")


def page_of(programme: Programme) -> str:
    return f"/redaksjon/program/{programme.pk}/opplysninger/"


def form(client: Client, programme: Programme) -> dict[str, Any]:
    """Return the form's fields as the page gives them."""
    response = client.get(page_of(programme))
    assert response.status_code == 200
    shown = response.context["form"]
    was = re.search(r'name="facts_before" value="([^"]*)"', response.content.decode())
    assert was
    fields = {name: shown[name].value() for name in shown.fields}
    return {name: value for name, value in fields.items() if value is not None} | {"facts_before": unescape(was[1])}


def change(client: Client, programme: Programme, *, answer: int = 302, **facts: Any) -> str:
    response = client.post(page_of(programme), {**form(client, programme), **facts})
    assert response.status_code == answer, response.content.decode()
    return response.content.decode()


def undo(client: Client, correction: Correction) -> None:
    client.post(f"/redaksjon/program/{correction.programme_id}/historikk/{correction.pk}/angre/")


def test_every_fact_is_changed_logged_and_undone(desk: Client, programme: Programme) -> None:
    facts = {
        "title": "Valgprogram",
        "kind": "principles",
        "period_start": 2025,
        "period_end": 2029,
        "language": "nn",
        "status": "proposal",
        "source_url": "https://example.no/program",
    }
    before = Programme.objects.values(*facts, "adopted_on", "slug").get()
    change(desk, programme, **facts, adopted_on="2025-03-14")
    now = Programme.objects.get()
    assert {name: getattr(now, name) for name in facts} == facts
    assert str(now.adopted_on) == "2025-03-14"
    line = LogEntry.objects.get()
    assert (line.action, line.programme) == ("programme.corrected", programme)
    assert "fra år: 2023 → 2025" in line.details["change"]
    history = desk.get(f"/redaksjon/program/{programme.pk}/historikk/").content.decode()
    assert "vedtak: vedtatt → forslag" in history
    assert "Valgprogram" in desk.get("/redaksjon/logg/").content.decode()
    undo(desk, Correction.objects.get())
    assert Programme.objects.values(*facts, "adopted_on", "slug").get() == before


def test_changes_are_undone_in_any_order(desk: Client, programme: Programme) -> None:
    change(desk, programme, title="Første")
    change(desk, programme, title="Andre", status="proposal")
    first, second = Correction.objects.order_by("pk")
    undo(desk, first)
    assert Programme.objects.get().title == "Andre"
    undo(desk, second)
    assert Programme.objects.values_list("title", "status").get() == ("Program", "adopted")


def test_an_old_address_leads_to_the_new_one_for_ever(desk: Client, client: Client, programme: Programme) -> None:
    old = programme.get_absolute_url()
    section = programme.sections.get()
    change(desk, programme, period_start=2025, period_end=2029)
    new = Programme.objects.get().get_absolute_url()
    assert new == "/program/bygdelista/nasjonalt/2025-2029/"
    public = Client()
    for path in ("", f"{section.slug}/", "original/", "?q=skole"):
        answer = public.get(f"{old}{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"{new}{path}")
    assert [hit.passage.programme.period for hit in search("byantikvar").hits] == ["2025–2029"]
    assert search("byantikvar år:2023").total == 0

    other = builders.programme(branch=programme.branch, title="Et annet")
    assert other.get_absolute_url() != old, "an address that led somewhere is never another programme's"
    undo(desk, Correction.objects.get())
    assert public.get(old).status_code == 200
    assert public.get(new)["Location"] == old
    assert FormerAddress.objects.count() == 1


def test_a_programme_moves_to_another_branch(desk: Client, programme: Programme) -> None:
    other = builders.national_branch(*people.OTHER)
    old = programme.get_absolute_url()
    change(desk, programme, party="FJORD", branch=other.name)
    now = Programme.objects.get()
    assert now.branch == other
    assert Client().get(old)["Location"] == now.get_absolute_url()
    assert "Bygdelista → Fjordpartiet" in LogEntry.objects.get().details["change"]


def test_a_draft_leaves_no_address_behind(desk: Client) -> None:
    draft = people.programme()
    change(desk, draft, period_start=2025, period_end=2029)
    assert Programme.objects.get().slug == "2025-2029"
    assert not FormerAddress.objects.exists()


def test_two_who_change_different_facts_both_have_their_way(desk: Client, programme: Programme) -> None:
    older = form(desk, programme)
    change(desk, programme, title="Karis tittel")
    assert desk.post(page_of(programme), {**older, "status": "proposal"}).status_code == 302
    assert Programme.objects.values_list("title", "status").get() == ("Karis tittel", "proposal")


def test_the_second_who_changes_a_fact_is_told_and_keeps_their_words(desk: Client, programme: Programme) -> None:
    older = form(desk, programme)
    change(desk, programme, title="Karis tittel")
    answer = desk.post(page_of(programme), {**older, "title": "Olas tittel"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "kari har endret dette" in html
    assert 'value="Olas tittel"' in html
    assert Programme.objects.get().title == "Karis tittel"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"period_end": 2019}, "Perioden kan ikke slutte før den begynner."),
        ({"title": " "}, "Feltet er påkrevet"),
        ({}, "Ingenting er endret."),
        ({"party": "FINNESIKKE"}, "Velg et gyldig valg"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_stored(
    facts: dict[str, Any], message: str, desk: Client, programme: Programme
) -> None:
    assert message in change(desk, programme, answer=422, **facts)
    assert not Correction.objects.exists()


def test_an_undoing_that_leaves_facts_that_cannot_be_is_refused(desk: Client, programme: Programme) -> None:
    change(desk, programme, period_end=2035)
    change(desk, programme, period_start=2031)
    first = Correction.objects.earliest("pk")
    undo(desk, first)
    first.refresh_from_db()
    assert first.undone_at is None
    assert Programme.objects.values_list("period_start", "period_end").get() == (2031, 2035)


def test_a_contributor_moves_no_programme_to_a_branch_of_others(client: Client) -> None:
    client.force_login(people.person(Role.CONTRIBUTOR))
    draft = people.programme()
    other = people.branch(own=False)
    html = change(client, draft, answer=422, party="FJORD", branch=other.name)
    assert "dine egne lag" in html
    assert Programme.objects.get().branch == draft.branch
