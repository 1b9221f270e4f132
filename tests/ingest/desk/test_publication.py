"""The way of a programme to the public and back, for one and for many: states, search, log, pages."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from ingest.models import LogEntry, Role
from programmes import publishing
from programmes.models import Programme
from programmes.search import search
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db

STATES = Programme.Publication.values
STEPS = {
    # step: (states it begins at, where it leads)
    "send_to_review": (["draft"], "review"),
    "back_to_draft": (["review"], "draft"),
    "publish": (STATES, "published"),
    "withdraw": (["published"], "withdrawn"),
}


@pytest.mark.parametrize("name", STEPS)
def test_where_a_step_begins_and_where_it_leads(name: str) -> None:
    begins, leads = STEPS[name]
    step = getattr(publishing, name)
    reason = {"reason": "Feil fil."} if name == "withdraw" else {}
    for year, state in enumerate(STATES, start=2003):
        programme = people.programme(publication=state, year=year)
        if state in begins:
            step(programme, **reason)
            assert Programme.objects.get(pk=programme.pk).publication == leads
        else:
            with pytest.raises(publishing.WrongState):
                step(programme, **reason)
            assert Programme.objects.get(pk=programme.pk).publication == state


def test_the_second_of_two_who_decide_is_told() -> None:
    programme = people.programme(publication="review")
    seen_by_another = Programme.objects.get(pk=programme.pk)
    publishing.back_to_draft(programme)
    with pytest.raises(publishing.WrongState, match="kladd"):
        publishing.back_to_draft(seen_by_another)


def test_only_what_the_public_never_saw_can_be_deleted() -> None:
    for year, state in enumerate(("published", "withdrawn"), start=2003):
        with pytest.raises(publishing.WrongState):
            publishing.delete_draft(people.programme(publication=state, year=year))
    publishing.delete_draft(people.programme())
    assert Programme.objects.count() == 2


def test_a_programme_in_review_is_nobodys_business_outside_the_desk(client) -> None:
    programme = people.programme(publication="review")
    pledge = programme.passages.get()
    section = programme.sections.get()
    for address in (
        programme.get_absolute_url(),
        f"{programme.get_absolute_url()}original/",
        section.get_absolute_url(),
        pledge.get_absolute_url(),
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.django_db(transaction=True)  # the search index follows what is committed
def test_the_whole_way_by_the_buttons(client) -> None:
    contributor, editor = people.person(Role.CONTRIBUTOR), people.person(Role.EDITOR)
    programme = people.programme()
    page = f"/redaksjon/program/{programme.pk}/"
    theirs, editors = Client(), Client()
    theirs.force_login(contributor)
    editors.force_login(editor)

    assert "Send til gjennomsyn" in theirs.get("/redaksjon/program/").content.decode()
    theirs.post(f"{page}til-gjennomsyn/")
    assert "Send til gjennomsyn</button>" not in theirs.get("/redaksjon/program/?tilstand=review").content.decode()
    assert "Til gjennomsyn" in editors.get("/redaksjon/").content.decode()

    editors.post(f"{page}publiser/")
    assert search("byantikvar").total == 1
    assert client.get(programme.get_absolute_url()).status_code == 200

    assert editors.post(f"{page}trekk-tilbake/", {"reason": " "}).status_code == 422
    editors.post(f"{page}trekk-tilbake/", {"reason": "Feil utgave."})
    assert search("byantikvar").total == 0
    gone = client.get(programme.get_absolute_url())
    assert (gone.status_code, "Feil utgave." in gone.content.decode()) == (410, True)

    assert [(entry.user, entry.action) for entry in LogEntry.objects.all()] == [
        (editor, "programme.withdrawn"),
        (editor, "programme.published"),
        (contributor, "programme.review"),
    ]


def test_nothing_is_logged_that_did_not_happen(client) -> None:
    client.force_login(people.person(Role.EDITOR))
    programme = people.programme()
    response = client.post(f"/redaksjon/program/{programme.pk}/til-kladd/", follow=True)
    assert not LogEntry.objects.exists()
    assert Programme.objects.get().publication == "draft"
    assert response.redirect_chain


def test_many_are_shown_first_and_then_done_each_on_its_own(client) -> None:
    client.force_login(people.person(Role.EDITOR))
    drafts = [people.programme(year=year) for year in (2015, 2019)]
    public = people.programme(publication="published", year=2023)
    fields = {"step": "publiser", "programme": [each.pk for each in (*drafts, public)]}
    asked = client.post("/redaksjon/program/samlet/", fields)
    assert asked.context["ready"] == sorted(drafts, key=lambda each: -each.period_start)
    assert asked.context["left_out"] == [(public, "er publisert")]
    assert Programme.objects.published().count() == 1, "nothing is done before it is confirmed"
    client.post("/redaksjon/program/samlet/", {**fields, "confirmed": "1"})
    assert Programme.objects.published().count() == 3
    assert LogEntry.objects.filter(action="programme.published").count() == 2


def test_many_are_withdrawn_with_one_reason_and_never_without(client) -> None:
    client.force_login(people.person(Role.EDITOR))
    public = [people.programme(publication="published", year=year) for year in (2015, 2019)]
    fields = {"step": "trekk-tilbake", "programme": [each.pk for each in public], "confirmed": "1"}
    assert client.post("/redaksjon/program/samlet/", fields).status_code == 422
    client.post("/redaksjon/program/samlet/", {**fields, "reason": "Feil filer."})
    assert set(Programme.objects.values_list("publication", "withdrawn_reason")) == {("withdrawn", "Feil filer.")}


def test_a_contributor_takes_no_others_along(client) -> None:
    client.force_login(people.person(Role.CONTRIBUTOR))
    mine, others = people.programme(), people.programme(own=False)
    fields = {"step": "til-gjennomsyn", "programme": [mine.pk, others.pk], "confirmed": "1"}
    client.post("/redaksjon/program/samlet/", fields)
    assert dict(Programme.objects.values_list("pk", "publication")) == {mine.pk: "review", others.pk: "draft"}
    publish = client.post("/redaksjon/program/samlet/", {**fields, "step": "publiser"})
    assert publish.context["ready"] == []


@pytest.mark.parametrize("query", ["", "?kvalitet=merknader", "?kvalitet=dekning", "?sorter=dekning", "?q=bygd"])
def test_the_list_asks_the_same_number_of_questions_for_few_and_many(
    client, query, django_assert_max_num_queries
) -> None:
    client.force_login(people.person(Role.EDITOR))
    for year in range(2001, 2021, 4):
        people.programme(year=year)
    with django_assert_max_num_queries(10):
        client.get(f"/redaksjon/program/{query}")


def test_the_list_narrows_by_quality(client) -> None:
    client.force_login(people.person(Role.EDITOR))
    good, doubted, missing = (people.programme(year=year) for year in (2011, 2015, 2019))
    Programme.objects.filter(pk=doubted.pk).update(
        parse_report={"problems": [{"page": 1, "line": 1, "message": "Uklart."}], "coverage": {"characters": 100}}
    )
    Programme.objects.filter(pk=missing.pk).update(
        parse_report={"problems": [], "coverage": {"characters": 100, "unassigned": 20}}
    )
    listed = {
        query: [each.pk for each in client.get(f"/redaksjon/program/?{query}").context["page"]]
        for query in ("kvalitet=merknader", "kvalitet=dekning", "aar=2011", "tilstand=published", "kvalitet=tull")
    }
    assert listed == {
        "kvalitet=merknader": [doubted.pk],
        "kvalitet=dekning": [missing.pk],
        "aar=2011": [good.pk],
        "tilstand=published": [],
        "kvalitet=tull": [missing.pk, doubted.pk, good.pk],
    }


@pytest.mark.django_db(transaction=True)
def test_a_programme_is_read_anew_in_the_background(client, work) -> None:
    editor = people.person(Role.EDITOR)
    client.force_login(editor)
    programme = people.programme()
    text = b"# Skole\n\nVi vil:\n\n- Bygge en ny skole.\n"
    programme.file.storage.delete(programme.file.name)
    programme.file.storage.save(programme.file.name, ContentFile(text))
    Programme.objects.filter(pk=programme.pk).update(filename="program.md", sha256=hashlib.sha256(text).hexdigest())
    for _twice in range(2):
        client.post(f"/redaksjon/program/{programme.pk}/les-igjen/")
    assert "leses på nytt" in client.get("/redaksjon/program/").content.decode()
    work()
    assert [each.text for each in programme.passages.exclude(number="")] == ["Bygge en ny skole."]
    assert list(LogEntry.objects.values_list("action", flat=True)) == [
        "programme.parsed_again",
        "programme.parse_again",
        "programme.parse_again",
    ]
