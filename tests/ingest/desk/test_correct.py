"""Correcting what is stored: ids survive, search follows, and two editors do not lose each other's work."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from ingest.desk.correct import AlreadyUndone, Conflict, DoesNotFit, correct, corrected_parse, undo
from ingest.intake.store import replace_text
from ingest.models import Correction, LogEntry
from ingest.parser.edits import anchor_at
from programmes.models import GonePledge, Passage, PassageTheme, Programme
from programmes.search import engine_named, search
from programmes.search.upkeep import differences
from tests import builders
from tests.ingest.parser.edits import sketch
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db

SCHOOL, TEACHERS = "Bygge ny", "Ansette flere"


@pytest.fixture
def kari() -> User:
    return User.objects.create_user("kari", is_superuser=True)


@pytest.fixture
def ola() -> User:
    return User.objects.create_user("ola", is_superuser=True)


def stored(*, published: bool = False, text: str = sketch.TEXT) -> Programme:
    for slug in sketch_themes():
        builders.theme(slug, slug)
    return builders.programme(parse=sketch.programme(text), published=published)


def sketch_themes() -> set[str]:
    items = sketch.programme().items
    return {slug for item in items for slug in (item.theme, *item.also_themes, *item.sub_themes) if slug}


def place(programme: Programme, begins: str) -> dict[str, Any]:
    return sketch.place(corrected_parse(programme).parsed, begins)


def change(programme: Programme, user: User, kind: str, begins: str, change: dict[str, Any]) -> Correction:
    programme.refresh_from_db()
    return correct(
        programme, user=user, kind=kind, place=place(programme, begins), change=change, revision=programme.revision
    )


def passage(programme: Programme, begins: str) -> Passage:
    return programme.passages.get(text__startswith=begins)


def snapshot(programme: Programme) -> list[tuple[Any, ...]]:
    fields = ("public_id", "kind", "number", "text", "corrected", "lead_in", "marker", "section__title", "parent__text")
    rows = programme.passages.order_by("position").values_list(*fields)
    themes = programme.passages.order_by("position", "passage_themes__theme__slug").values_list(
        "public_id", "passage_themes__theme__slug", "passage_themes__is_main", "passage_themes__origin"
    )
    return [*rows, *themes]


def test_passages_stand_in_the_order_of_the_corrected_parse(kari: User) -> None:
    programme = stored()
    change(programme, kari, "split", TEACHERS, {"at": 22, "rest": "Gi alle"})
    change(programme, kari, "furniture", "Utrede", {})
    entries = corrected_parse(programme).parsed.entries
    assert list(programme.passages.order_by("position").values_list("text", flat=True)) == [e.text for e in entries]


def test_a_corrected_text_is_stored_beside_the_sources_and_found_in_search(kari: User) -> None:
    programme = stored(published=True)
    public_id = passage(programme, SCHOOL).public_id
    correction = change(programme, kari, "text", SCHOOL, {"text": "Bygge ny sjøflyhavn i Elvebyen"})
    corrected = passage(programme, SCHOOL)
    assert (corrected.public_id, corrected.readable_text) == (public_id, "Bygge ny sjøflyhavn i Elvebyen")
    assert [hit.passage.public_id for hit in search("sjøflyhavn").hits] == [public_id]
    line = LogEntry.objects.get()
    assert (line.user, line.action, line.programme) == (kari, "programme.corrected", programme)
    assert line.details["correction"] == correction.pk


KINDS: list[tuple[str, str, dict[str, Any]]] = [
    ("text", SCHOOL, {"text": "Bygge skole"}),
    ("split", TEACHERS, {"at": 22, "rest": "Gi alle"}),
    ("kind", TEACHERS, {"kind": "prose"}),
    ("kind", SCHOOL, {"kind": "question"}),
    ("nest", "ansette helse", {"parent": None}),
    ("furniture", SCHOOL, {}),
    ("themes", SCHOOL, {"main": "kultur-idrett-og-fritid", "also": []}),
]


@pytest.mark.parametrize(("kind", "begins", "what"), KINDS, ids=[f"{kind} {n}" for n, (kind, _, _) in enumerate(KINDS)])
def test_a_correction_undone_leaves_all_as_it_was_ids_and_themes_too(
    kind: str, begins: str, what: dict[str, Any], kari: User, ola: User
) -> None:
    builders.theme()
    programme = stored()
    before = snapshot(programme)
    correction = change(programme, kari, kind, begins, what)
    assert snapshot(programme) != before
    undo(correction, ola)
    assert snapshot(programme) == before
    correction.refresh_from_db()
    assert (correction.undone_by, correction.undone_revision) == (ola, 3)
    assert not GonePledge.objects.exclude(text__startswith="Gi alle").exists()
    with pytest.raises(AlreadyUndone):
        undo(correction, ola)


def test_the_first_half_of_a_split_keeps_the_id_and_so_does_what_others_are_merged_into(kari: User) -> None:
    programme = stored()
    school, teachers = passage(programme, SCHOOL).public_id, passage(programme, TEACHERS).public_id
    change(programme, kari, "split", TEACHERS, {"at": 22, "rest": "Gi alle"})
    assert passage(programme, TEACHERS).public_id == teachers
    change(programme, kari, "merge", TEACHERS, {"with": place(programme, SCHOOL)})
    assert passage(programme, SCHOOL).public_id == school
    assert list(GonePledge.objects.values_list("public_id", flat=True)) == [teachers]


@pytest.mark.parametrize("backwards", [True, False])
def test_a_pledge_has_its_id_back_in_whatever_order_corrections_are_undone(backwards: bool, kari: User) -> None:
    programme = stored()
    before = snapshot(programme)
    change(programme, kari, "split", TEACHERS, {"at": 3, "rest": plain_text(programme, TEACHERS)[3:]})
    change(programme, kari, "furniture", "Ans", {})
    change(programme, kari, "merge", "ette", {"with": place(programme, SCHOOL)})
    for correction in programme.corrections.order_by("-pk" if backwards else "pk"):
        undo(correction, kari)
    assert snapshot(programme) == before


def plain_text(programme: Programme, begins: str) -> str:
    return passage(programme, begins).text


def test_a_new_parse_keeps_the_corrections_and_shows_what_no_longer_fits(kari: User) -> None:
    programme = stored()
    text = change(programme, kari, "text", SCHOOL, {"text": "Bygge skole"})
    gone = change(programme, kari, "text", "Utrede", {"text": "Utrede behovet"})
    replace_text(
        programme=programme, parsed=sketch.programme(sketch.TEXT.replace("• Utrede behov for en byantikvar\n", ""))
    )
    assert passage(programme, SCHOOL).corrected == "Bygge skole"
    for each in (text, gone):
        each.refresh_from_db()
    assert (text.fits, gone.fits) == (True, False)
    assert "finnes ikke igjen" in gone.unfit_reason
    replace_text(programme=programme, parsed=sketch.programme())
    gone.refresh_from_db()
    assert (gone.fits, passage(programme, "Utrede").corrected) == (True, "Utrede behovet")


def test_a_correction_that_makes_no_sense_stores_nothing(kari: User) -> None:
    programme = stored()
    before = snapshot(programme)
    with pytest.raises(DoesNotFit, match="tom"):
        change(programme, kari, "text", SCHOOL, {"text": ""})
    with pytest.raises(DoesNotFit, match="trolldom"):
        change(programme, kari, "themes", SCHOOL, {"main": "trolldom"})
    programme.refresh_from_db()
    assert (snapshot(programme), programme.revision, Correction.objects.count()) == (before, 1, 0)


def test_the_second_of_two_at_the_same_place_is_told_what_the_first_did(kari: User, ola: User) -> None:
    programme = stored()
    opened = programme.revision
    here, elsewhere = place(programme, SCHOOL), place(programme, "Utrede")
    change(programme, kari, "text", SCHOOL, {"text": "Karis tekst"})
    with pytest.raises(Conflict) as caught:
        correct(programme, user=ola, kind="text", place=here, change={"text": "Olas tekst"}, revision=opened)
    assert caught.value.correction.made_by == kari
    assert caught.value.correction.change == {"text": "Karis tekst"}
    assert passage(programme, SCHOOL).corrected == "Karis tekst"
    correct(programme, user=ola, kind="text", place=elsewhere, change={"text": "Olas"}, revision=opened)
    assert passage(programme, "Utrede").corrected == "Olas"


def test_what_was_undone_since_is_a_conflict_too(kari: User, ola: User) -> None:
    programme = stored()
    correction = change(programme, kari, "text", SCHOOL, {"text": "Karis tekst"})
    programme.refresh_from_db()
    opened, here = programme.revision, place(programme, SCHOOL)
    undo(correction, kari)
    with pytest.raises(Conflict) as caught:
        correct(programme, user=ola, kind="text", place=here, change={"text": "Olas tekst"}, revision=opened)
    assert caught.value.was_undone


def test_a_merge_minds_what_others_did_to_the_entry_before(kari: User, ola: User) -> None:
    programme = stored()
    opened = programme.revision
    here, above = place(programme, TEACHERS), place(programme, SCHOOL)
    change(programme, kari, "text", SCHOOL, {"text": "Karis tekst"})
    with pytest.raises(Conflict):
        correct(programme, user=ola, kind="merge", place=here, change={"with": above}, revision=opened)


HEADINGS: list[tuple[str, str, dict[str, Any]]] = [
    ("text", "KULTUR", {"title": "Kultur og idrett", "number": "2"}),
    ("level", "NÆRING", {"level": 2}),
    ("kind", "KULTUR", {"kind": "prose"}),
    ("furniture", "KULTUR", {}),
    ("split", "NÆRING", {"at": 3, "rest": "ING"}),
]


def correct_heading(programme: Programme, user: User, kind: str, title: str, what: dict[str, Any]) -> Correction:
    programme.refresh_from_db()
    where = sketch.section(corrected_parse(programme).parsed, title)
    return correct(programme, user=user, kind=kind, place=where, change=what, revision=programme.revision)


def outline(programme: Programme) -> list[tuple[Any, ...]]:
    fields = ("pk", "slug", "title", "number", "source_title", "level", "parent__title", "page", "line")
    return list(programme.sections.order_by("position").values_list(*fields))


@pytest.mark.parametrize(("kind", "title", "what"), HEADINGS, ids=[row[0] for row in HEADINGS])
@pytest.mark.parametrize("published", [False, True])
def test_a_heading_corrected_and_undone_leaves_all_as_it_was(
    kind: str, title: str, what: dict[str, Any], published: bool, kari: User
) -> None:
    programme = stored(published=published)
    before = snapshot(programme), [row[1:] for row in outline(programme)]
    correction = correct_heading(programme, kari, kind, title, what)
    assert (snapshot(programme), [row[1:] for row in outline(programme)]) != before
    undo(correction, kari)
    assert (snapshot(programme), [row[1:] for row in outline(programme)]) == before


def test_a_corrected_heading_keeps_the_address_that_the_public_knows(kari: User) -> None:
    for published, slug in ((True, "kultur"), (False, "kultur-og-idrett")):
        programme = stored(published=published)
        pk = programme.sections.get(title="KULTUR").pk
        correct_heading(programme, kari, "text", "KULTUR", {"title": "Kultur og idrett", "number": "2"})
        section = programme.sections.get(pk=pk)
        shown = (section.title, section.number, section.source_title, section.slug)
        assert shown == ("Kultur og idrett", "2", "KULTUR", slug)
        programme.delete()


def test_what_did_not_change_keeps_its_rows(kari: User) -> None:
    programme = stored(published=True)
    before = dict(programme.passages.values_list("text", "pk"))
    themes = set(PassageTheme.objects.values_list("pk", flat=True))
    change(programme, kari, "split", TEACHERS, {"at": 22, "rest": "Gi alle"})
    after = dict(programme.passages.values_list("text", "pk"))
    same = before.keys() - {text for text in before if text.startswith(TEACHERS)}
    assert {text: after[text] for text in same} == {text: before[text] for text in same}
    assert themes <= set(PassageTheme.objects.values_list("pk", flat=True))
    assert list(programme.passages.order_by("position").values_list("position", flat=True)) == list(
        range(programme.passages.count())
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
def test_the_index_takes_only_what_a_correction_changed(engine: str, kari: User, settings: Any) -> None:
    programme = stored(published=True)
    engine_named(engine).rebuild()
    kept = programme.passages.count() + programme.sections.exclude(title="").count()
    changed = passage(programme, SCHOOL).pk
    change(programme, kari, "text", SCHOOL, {"text": "Bygge ny sjøflyhavn"})
    engine_named(engine).catch_up()
    assert not differences(engine_named(engine))
    assert [hit.passage.pk for hit in search("sjøflyhavn", engine=engine).hits] == [changed]
    if engine == "whoosh":
        snapshot = engine_named("whoosh").folder.snapshot()  # type: ignore[attr-defined]
        assert (snapshot.size, int(snapshot.live.sum())) == (kept + 1, kept), "one out, one in"


@pytest.mark.django_db(transaction=True)
def test_two_editors_in_the_same_second(kari: User, ola: User) -> None:
    """Each in a thread and connection of their own: one is stored, the other is told; at other places both are."""
    programme = stored(published=True)
    for kari_at, ola_at, conflicts in ((SCHOOL, SCHOOL, 1), ("Utrede", "Bevare", 0)):
        programme.refresh_from_db()
        places = {"kari": place(programme, kari_at), "ola": place(programme, ola_at)}
        outcomes: list[Any] = []
        barrier = threading.Barrier(2)

        def work(user: User, where: dict[str, Any], revision: int, barrier: Any = barrier, out: Any = outcomes) -> None:
            try:
                barrier.wait(PATIENCE)
                change = {"text": f"Fra {user.username}"}
                out.append(correct(programme, user=user, kind="text", place=where, change=change, revision=revision))
            except Conflict as conflict:
                out.append(conflict)
            finally:
                connection.close()

        threads = [
            threading.Thread(target=work, args=(user, places[user.username], programme.revision))
            for user in (kari, ola)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sum(isinstance(each, Conflict) for each in outcomes) == conflicts
        assert len(outcomes) == 2
    assert passage(programme, "Utrede").corrected == "Fra kari"
    assert passage(programme, "Bevare").corrected == "Fra ola"


def test_anchor_of_knows_its_neighbours() -> None:
    entries = sketch.programme().entries
    anchor = anchor_at(entries, 1)
    assert anchor["before"] == entries[0].text[-32:]
    assert anchor["after"] == entries[2].text[:32]
