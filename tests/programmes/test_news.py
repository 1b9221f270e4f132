"""What is new: noted when it is published or changed, and never for what only looks new."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from ingest.desk.correct import correct, corrected_parse, undo
from ingest.models import Role
from ingest.parser.edits import anchor_at
from programmes.models import Passage, Programme, PublishedWords
from programmes.news import newest_moment, sum_of
from programmes.publishing import publish, refresh, withdraw
from tests import builders
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db


def moments(programme: Programme) -> dict[str, datetime]:
    """Return since when the public has each pledge in its present words."""
    since = dict(PublishedWords.objects.filter(programme=programme).values_list("public_id", "since"))
    return {passage.readable_text: since[passage.public_id] for passage in programme.passages.exclude(kind="prose")}


def test_a_draft_is_no_news_and_its_publication_is() -> None:
    programme = builders.programme(published=False, parse=builders.parsed(["Bygge vei.", "Bygge bru."], prose=["Hei."]))
    assert newest_moment() is None
    before = timezone.now()
    publish(programme)
    noted = moments(programme)
    assert list(noted) == ["Bygge vei.", "Bygge bru."]
    assert before <= noted["Bygge bru."] < noted["Bygge vei."] == newest_moment() == programme.changed_at


def test_questions_dissents_and_pledges_in_text_are_noted_too() -> None:
    parse = builders.parsed(["En."], prose_pledges=["To."], questions=["Tre?"], dissents=["Fire."], below=["Fem."])
    assert len(moments(builders.programme(parse=parse))) == 5


def test_only_what_has_other_words_is_changed() -> None:
    programme = builders.programme(parse=builders.parsed(["Bygge vei.", "Bygge bru.", "Bygge skole."]))
    before = moments(programme)
    programme.passages.filter(text="Bygge vei.").update(repaired="Bygge  VEI.", page_first=1, number="7")
    programme.passages.filter(text="Bygge skole.").update(lead_in="Vi vil ikke:")
    programme.passages.filter(text="Bygge bru.").update(corrected="Bygge to bruer.")
    refresh(programme)
    after = moments(programme)
    assert after["Bygge  VEI."] == before["Bygge vei."], "another reading of the same words"
    assert after["Bygge skole."] > before["Bygge skole."]
    assert after["Bygge to bruer."] > before["Bygge bru."]
    first_at = PublishedWords.objects.get(since=after["Bygge to bruer."]).first_at
    assert first_at == before["Bygge bru."]


def test_published_again_is_not_new() -> None:
    programme = builders.programme()
    before = moments(programme)
    withdraw(programme, reason="Feil utgave.")
    publish(Programme.objects.get(pk=programme.pk))
    assert moments(programme) == before


def test_an_older_edition_that_counts_again_is_not_new() -> None:
    older = builders.programme(title="Forslag", parse=builders.parsed(["Bygge vei."]))
    before = moments(older)
    newer = builders.programme(title="Vedtatt", published=False, parse=builders.parsed(["Bygge bru."]))
    Programme.objects.filter(pk=newer.pk).update(replaces=older)
    publish(newer := Programme.objects.get(pk=newer.pk))
    withdraw(newer, reason="Feil fil.")
    assert moments(older) == before


@pytest.mark.parametrize(("status", "is_new"), [("adopted", False), ("proposal", True)])
def test_the_same_words_in_the_next_edition_are_new_only_as_adopted(status: str, *, is_new: bool) -> None:
    older = builders.programme(title="Første", parse=builders.parsed(["Bygge vei.", "Bygge bru."]))
    Programme.objects.filter(pk=older.pk).update(status=status)
    newer = builders.programme(title="Andre", published=False, parse=builders.parsed(["Bygge vei.", "Bygge tunnel."]))
    Programme.objects.filter(pk=newer.pk).update(replaces=older)
    publish(newer := Programme.objects.get(pk=newer.pk))
    assert (moments(newer)["Bygge vei."] > moments(older)["Bygge vei."]) == is_new
    assert moments(newer)["Bygge tunnel."] > moments(older)["Bygge bru."]


def test_what_a_correction_takes_out_and_its_undoing_brings_back_is_not_new() -> None:
    programme = builders.programme(parse=builders.parsed(["Bygge vei.", "Bygge bru."]))
    before = moments(programme)
    entries = corrected_parse(programme).parsed.entries
    place = anchor_at(entries, 1)
    editor = people.person(Role.EDITOR)
    programme.refresh_from_db()
    change = {"kind": "prose"}
    made = correct(programme, user=editor, kind="kind", place=place, change=change, revision=programme.revision)
    assert list(moments(programme)) == ["Bygge vei."]
    undo(made, editor)
    assert moments(programme) == before


def test_a_clock_that_is_set_back_makes_no_news_old() -> None:
    builders.programme()
    ahead = datetime(2999, 1, 1, tzinfo=UTC)
    PublishedWords.objects.update(since=ahead)
    later = builders.programme(year=2027, parse=builders.parsed(["Bygge vei."]))
    assert moments(later)["Bygge vei."] > ahead


def test_the_sum_of_words_stays_the_same_for_years() -> None:
    words = ("Bygge 10-15 hurtig-\u00adladere.", "SV vil:", "")
    assert str(sum_of(*words)) == "d9c4509c-954d-52ae-6545-daddf603e5d7"
    assert sum_of("a", "b") != sum_of("ab", "")
    assert sum_of("1,5 prosent") != sum_of("15 prosent")
    assert sum_of("vei- og bruvedlikehold") == sum_of("Vei- og  bru\u00advedlikehold")
    migration = importlib.import_module("programmes.migrations.0017_following")
    assert migration.sum_of(*words) == sum_of(*words), "what an upgrade has noted is known again"


def test_an_upgrade_notes_what_is_public_as_old() -> None:
    shown = builders.programme(parse=builders.parsed(["Bygge vei.", "Bygge bru."], prose=["Hei."]))
    withdrawn = builders.programme(year=2027, parse=builders.parsed(["Bygge skole."]))
    withdraw(withdrawn, reason="Feil.")
    draft = builders.programme(year=2031, published=False)
    PublishedWords.objects.all().delete()
    Programme.objects.update(changed_at=None)
    migration = importlib.import_module("programmes.migrations.0017_following")
    with connection.schema_editor() as editor:
        migration.note_words(apps, editor)
    assert not draft.published_words.exists()
    before = moments(shown)
    assert before["Bygge vei."] > before["Bygge bru."] > shown.published_at
    shown.refresh_from_db()
    assert shown.changed_at == before["Bygge vei."]
    refresh(shown)
    publish(Programme.objects.get(pk=withdrawn.pk))
    assert moments(shown) == before
    assert newest_moment() < timezone.now() and PublishedWords.objects.count() == 3
    assert Passage.objects.exclude(kind="prose").count() == 4
