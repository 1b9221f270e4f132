"""Each transition by itself: the table, to whom it is open, what it does, and what the log says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ingest.desk import read_again
from ingest.desk.permissions import Action
from ingest.desk.transitions import BY_SLUG, TRANSITIONS, Transition, carry_out
from ingest.models import LogEntry, Role, Upload
from programmes import publishing
from programmes.models import Passage, Programme, ProgrammeTheme, PublishedWords
from programmes.models.search import ArchiveChange
from tests import builders
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db

STATES = Programme.Publication.values
TABLE = {
    # slug: (right, states it begins at, name in the log, for many, asks for a reason, asks first)
    "til-gjennomsyn": (Action.SEND_TO_REVIEW, {"draft"}, "programme.review", True, False, False),
    "publiser": (Action.PUBLISH, {"draft", "review", "withdrawn"}, "programme.published", True, False, False),
    "til-kladd": (Action.BACK_TO_DRAFT, {"review"}, "programme.draft", True, False, False),
    "trekk-tilbake": (Action.WITHDRAW, {"published"}, "programme.withdrawn", True, True, True),
    "les-igjen": (Action.PARSE_AGAIN, set(STATES), "programme.parse_again", True, False, False),
    "slett": (Action.DELETE_DRAFT, {"draft", "review"}, "programme.deleted", False, False, True),
}
WORDS = [
    ("Send til gjennomsyn", "sendt til gjennomsyn"),
    ("Publiser", "publisert"),
    ("Send tilbake til kladd", "sendt tilbake til kladd"),
    ("Trekk tilbake", "trukket tilbake"),
    ("Les på nytt", "satt i kø for ny lesing"),
    ("Slett kladden", "slettet"),
]
LEADS = {"til-gjennomsyn": "review", "publiser": "published", "til-kladd": "draft", "trekk-tilbake": "withdrawn"}


def reason_for(transition: Transition) -> str:
    return "Feil utgave." if transition.needs_reason else ""


def test_the_table_of_transitions() -> None:
    assert {
        each.slug: (
            each.action,
            each.begins_at,
            each.logged_as,
            each.for_many,
            each.needs_reason,
            each.question is not None,
        )
        for each in TRANSITIONS
    } == TABLE
    assert [(str(each.label), str(each.done)) for each in TRANSITIONS] == WORDS
    assert {each.slug: each for each in TRANSITIONS} == BY_SLUG


@pytest.mark.parametrize("slug", TABLE)
def test_to_whom_it_is_open_and_when(slug: str) -> None:
    transition = BY_SLUG[slug]
    stored = people.programme()
    editor, reader = people.person(Role.EDITOR), User.objects.create(username="leser")
    for state in STATES:
        stored.publication = state
        assert transition.open_to(editor, stored) is (state in TABLE[slug][1])
        assert transition.open_to(reader, stored) is False


def test_to_a_contributor_it_is_open_for_their_own_branches() -> None:
    contributor, transition = people.person(Role.CONTRIBUTOR), BY_SLUG["til-gjennomsyn"]
    assert transition.open_to(contributor, people.programme()) is True
    assert transition.open_to(contributor, people.programme(own=False)) is False


@pytest.mark.parametrize("slug", TABLE)
def test_it_is_carried_out_where_it_begins_and_refused_elsewhere(slug: str) -> None:
    transition, editor = BY_SLUG[slug], people.person(Role.EDITOR)
    for year, state in enumerate(STATES, start=2003):
        programme = people.programme(publication=state, year=year)
        pk, name = programme.pk, str(programme)
        before = LogEntry.objects.count()
        if state not in transition.begins_at:
            with pytest.raises(publishing.WrongState, match="«Program» er nå "):
                carry_out(transition, programme, user=editor, reason=reason_for(transition))
            assert Programme.objects.get(pk=pk).publication == state
            assert LogEntry.objects.count() == before
            continue
        carry_out(transition, programme, user=editor, reason=reason_for(transition))
        line = LogEntry.objects.first()
        assert (line.user, line.action, line.subject) == (editor, transition.logged_as, name)
        assert line.details == ({"reason": "Feil utgave."} if transition.needs_reason else {})
        if slug == "slett":
            assert not Programme.objects.filter(pk=pk).exists()
            assert line.programme is None
        else:
            assert Programme.objects.get(pk=pk).publication == LEADS.get(slug, state)
            assert line.programme_id == pk


def test_what_cannot_be_logged_is_not_done() -> None:
    unheard_of = replace(BY_SLUG["til-gjennomsyn"], logged_as="x" * 41)
    programme = people.programme()
    with pytest.raises(DataError):
        carry_out(unheard_of, programme, user=people.person(Role.EDITOR))
    assert Programme.objects.get().publication == "draft"


def test_of_two_who_publish_at_once_the_second_is_told() -> None:
    programme = builders.programme(published=False)
    editor = people.person(Role.EDITOR)
    seen_by_another = Programme.objects.get(pk=programme.pk)
    carry_out(BY_SLUG["publiser"], programme, user=editor)
    with pytest.raises(publishing.WrongState, match="publisert"):
        carry_out(BY_SLUG["publiser"], seen_by_another, user=editor)
    assert LogEntry.objects.filter(action="programme.published").count() == 1


def test_reading_again_is_queued_for_whoever_asked() -> None:
    programme, editor = people.programme(), people.person(Role.EDITOR)
    carry_out(BY_SLUG["les-igjen"], programme, user=editor)
    assert read_again.waiting_to_be_read() == {programme.pk}
    (job,) = read_again.ProcrastinateJob.objects.values_list("args", flat=True)
    assert (job["programme_id"], job["user_id"]) == (programme.pk, editor.pk)
    assert LogEntry.objects.get().details == {}, "there was no reason"


def test_a_file_that_a_deleted_draft_was_compared_with_waits_to_be_confirmed_again() -> None:
    programme, editor = people.programme(), people.person(Role.EDITOR)
    upload = people.upload(editor)
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.CONFIRMED, programme=programme)
    carry_out(BY_SLUG["slett"], programme, user=editor)
    upload.refresh_from_db()
    assert (upload.state, upload.programme) == (Upload.State.READY, None)


# What publishing does besides


def test_the_day_of_publication_is_the_first_one() -> None:
    programme = people.programme()
    before = timezone.now()
    publishing.publish(programme)
    first = Programme.objects.get().published_at
    assert before <= first <= timezone.now()
    publishing.withdraw(programme, reason="  Feil fil. ")
    assert Programme.objects.get().withdrawn_reason == "Feil fil."
    publishing.publish(programme)
    stored = Programme.objects.get()
    assert (stored.published_at, stored.withdrawn_reason, stored.publication) == (first, "", "published")


def test_a_step_writes_what_it_changes_and_nothing_else() -> None:
    programme = people.programme()
    Programme.objects.update(title="Rettet av en annen")
    publishing.send_to_review(programme)
    stored = Programme.objects.get()
    assert (stored.publication, stored.title) == ("review", "Rettet av en annen")


def test_a_withdrawal_without_a_reason_is_refused() -> None:
    programme = people.programme(publication="published")
    with pytest.raises(ValueError, match="needs a reason"):
        publishing.withdraw(programme, reason=" ")
    assert Programme.objects.get().publication == "published"


def test_who_comes_second_is_told_what_has_become_of_it() -> None:
    programme = people.programme(publication="review")
    with pytest.raises(publishing.WrongState) as told:
        publishing.send_to_review(programme)
    assert str(told.value) == "«Program» er nå til gjennomsyn, så dette kan ikke gjøres."


def test_what_somebody_else_has_published_is_not_deleted() -> None:
    programme = people.programme(publication="published")
    with pytest.raises(publishing.WrongState):
        publishing.delete_draft(programme)
    assert Programme.objects.get() == programme


def test_counts_and_history_follow() -> None:
    theme = builders.theme()
    branch = builders.national_branch()
    older, newer = (
        builders.programme(branch=branch, year=year, published=False, parse=builders.parsed(theme=theme.slug))
        for year in (2019, 2023)
    )
    publishing.publish(newer)
    assert list(ProgrammeTheme.objects.values_list("programme", "pledge_count")) == [(newer.pk, 1)]
    pledge = Passage.objects.get(programme=newer, kind="pledge")
    assert PublishedWords.objects.filter(programme=newer, public_id=pledge.public_id).exists()
    publishing.publish(older)
    assert Passage.objects.get(programme=newer, kind="pledge").earlier.programme == older
    publishing.withdraw(older, reason="Feil.")
    assert Passage.objects.get(programme=newer, kind="pledge").earlier is None


def test_a_change_of_text_matters_to_the_public_only_where_it_is_published() -> None:
    theme = builders.theme()
    programme = builders.programme(published=False, parse=builders.parsed(theme=theme.slug))
    publishing.refresh(programme)
    assert not ProgrammeTheme.objects.exists()
    publishing.publish(programme)
    ProgrammeTheme.objects.update(pledge_count=7)
    publishing.refresh(programme)
    assert ProgrammeTheme.objects.get().pledge_count == 1


def test_the_words_that_changed_are_compared_anew_and_no_others() -> None:
    branch = builders.national_branch()
    older, newer = (builders.programme(branch=branch, year=year) for year in (2019, 2023))
    pledge = Passage.objects.get(programme=newer, kind="pledge")
    Passage.objects.filter(pk=pledge.pk).update(text="Noe helt annet om fiske og havner.")
    publishing.refresh(newer, changed=set())
    assert Passage.objects.get(pk=pledge.pk).earlier.programme == older
    publishing.refresh(newer, changed={pledge.pk})
    assert Passage.objects.get(pk=pledge.pk).earlier is None


def test_an_edition_that_is_replaced_is_brought_up_to_date_with_the_newer_one() -> None:
    branch = builders.national_branch()
    old, new = (builders.programme(branch=branch, title=title, published=False) for title in ("Forslag", "Program"))
    Programme.objects.filter(pk=new.pk).update(replaces=old)
    new.refresh_from_db()
    publishing.publish(old)
    publishing.publish(new)
    assert dict(Programme.objects.values_list("title", "is_replaced")) == {"Forslag": True, "Program": False}
    publishing.withdraw(new, reason="Feil.")
    assert dict(Programme.objects.values_list("title", "is_replaced")) == {"Forslag": False, "Program": False}


def test_what_is_new_is_looked_for_while_nobody_else_moves_the_archive_on() -> None:
    """Else two who publish at once would give what they note the same moment, or the later one the earlier moment."""
    programme = builders.programme(published=False)
    with CaptureQueriesContext(connection) as queries:
        publishing.publish(programme)
    asked = [query["sql"] for query in queries]
    held = next(n for n, sql in enumerate(asked) if "archivestate" in sql and "FOR UPDATE" in sql)
    assert held < next(n for n, sql in enumerate(asked) if "publishedwords" in sql)


def told_to_the_index() -> list[int]:
    """Return the keys of the programmes that the index has been told of since it was last asked."""
    changes = ArchiveChange.objects.order_by("pk")
    told = list(changes.values_list("programme_id", flat=True))
    changes.delete()
    return told


def test_the_index_is_told_of_what_changed_and_of_nothing_else() -> None:
    branch = builders.national_branch()
    programme, older = (builders.programme(branch=branch, year=year, published=False) for year in (2023, 2019))
    told_to_the_index()
    publishing.refresh(programme)
    publishing.send_to_review(programme)
    publishing.back_to_draft(programme)
    assert told_to_the_index() == []
    publishing.publish(older)
    assert told_to_the_index() == [older.pk]
    publishing.publish(programme)
    assert told_to_the_index() == [programme.pk]
    publishing.refresh(programme, changed=set())
    assert told_to_the_index() == [programme.pk]
    publishing.withdraw(older, reason="Feil.")
    assert told_to_the_index() == [older.pk]
    publishing.refresh(older)
    assert told_to_the_index() == []


def test_the_index_is_told_of_the_edition_that_is_replaced_where_it_is_public() -> None:
    branch = builders.national_branch()
    old, new = (builders.programme(branch=branch, title=title, published=False) for title in ("Forslag", "Program"))
    new.replaces = old
    new.save()
    publishing.publish(new)
    assert told_to_the_index() == [new.pk], "the older one is a draft"
    publishing.withdraw(new, reason="Feil.")
    publishing.publish(old)
    told_to_the_index()
    publishing.publish(new)
    assert told_to_the_index() == [new.pk, old.pk]
    publishing.withdraw(new, reason="Feil.")
    assert told_to_the_index() == [new.pk, old.pk]


@pytest.mark.django_db(transaction=True)
def test_every_step_makes_a_transaction_of_its_own() -> None:
    """A programme's row can be held in a transaction alone: without one, each of them fails."""
    programme = people.programme()
    publishing.send_to_review(programme)
    publishing.back_to_draft(programme)
    publishing.publish(programme)
    publishing.refresh(programme)
    publishing.withdraw(programme, reason="Feil.")
    publishing.delete_draft(people.programme(year=2019))
    assert Programme.objects.get().publication == "withdrawn"
