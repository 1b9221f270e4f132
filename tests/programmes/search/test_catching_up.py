"""An index owes what has been changed until it is right for it, whoever is killed on the way."""

from __future__ import annotations

import errno
import fcntl
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from haystack import connections

from ingest.intake.jobs import settle_index
from programmes.models import Programme
from programmes.models.search import ArchiveChange
from programmes.publishing import withdraw
from programmes.search import catch_up, engine_named, postgres_index, search, state, whoosh_index
from programmes.search.upkeep import differences
from programmes.search.whoosh_engine import WhooshBackend
from programmes.search.whoosh_snapshot import Snapshot
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
ENGINES = pytest.mark.parametrize("engine", ["whoosh", "postgres"])
BEHIND = "ikke med i søket ennå"


def publish(text: str = "Bygge fjellheis til Storfjell.", year: int = 2023) -> Programme:
    return builders.programme(
        branch=builders.national_branch("FJORD", "Fjordpartiet"), year=year, parse=builders.parsed([text])
    )


def owes(engine: str) -> bool:
    """Return whether an index owes something."""
    return engine_named(engine).state() != state.current_state()


@contextmanager
def killed_on_the_way(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever changes something dies once it is stored, and never comes to the index."""
    with monkeypatch.context() as killed:
        killed.setattr(WhooshBackend, "catch_up", lambda _self: None)
        yield


@pytest.fixture
def archive() -> Programme:
    """An archive that both engines have an index of."""
    programme = publish("Gratis ferge.", 2015)
    for engine in ("whoosh", "postgres"):
        engine_named(engine).rebuild()
    return programme


@pytest.fixture
def no_rebuild(archive: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may build an index anew."""

    def fail(*_args: object, **_options: object) -> None:
        raise AssertionError("built anew")

    monkeypatch.setattr(whoosh_index.IndexFolder, "rebuild", fail)
    monkeypatch.setattr(postgres_index, "rebuild", fail)


@ENGINES
def test_a_programme_published_by_a_process_that_was_killed_is_found(
    no_rebuild: None, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed_on_the_way(monkeypatch):
        publish()
    assert search("fjellheis", engine=engine).total == 1
    assert not differences(engine_named(engine))


@ENGINES
def test_one_that_was_withdrawn_so_is_not(
    archive: Programme, no_rebuild: None, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed_on_the_way(monkeypatch):
        withdraw(archive, reason="Feil fil.")
    assert search("ferge", engine=engine).total == 0
    assert not differences(engine_named(engine))


def test_the_worker_settles_what_nobody_searched_for(no_rebuild: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with killed_on_the_way(monkeypatch):
        publish()
    assert owes("whoosh")
    settle_index(0)
    assert not owes("whoosh")
    assert not differences(engine_named("whoosh"))


def test_two_folders_of_one_archive_catch_up_each_for_itself(no_rebuild: None, tmp_path: Path) -> None:
    ours = engine_named("whoosh").folder  # type: ignore[attr-defined]
    others = tmp_path / "other"
    shutil.copytree(ours.path, others)
    publish()
    assert not owes("whoosh")
    other = whoosh_index.IndexFolder(others)
    other.catch_up()
    assert other.ask(Snapshot.digests) == ours.ask(Snapshot.digests)


@pytest.fixture
def behind(no_rebuild: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An index that owes a programme, which another process is writing at this moment."""
    with killed_on_the_way(monkeypatch):
        publish()
    with (engine_named("whoosh").folder.path / "LOCK").open("w") as lock:  # type: ignore[attr-defined]
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_search_says_so_while_another_process_is_at_it(behind: None) -> None:
    found = search("ferge")
    assert found.total == 1, "what the index has is found"
    assert BEHIND in found.problems[0]
    assert search("fjellheis").total == 0


def test_the_page_says_so_and_is_not_kept(behind: None, client: Client, settings: Any) -> None:
    settings.KEPT_PAGES_SECONDS = 60
    caches["pages"].clear()
    page = client.get("/sok/?q=ferge")
    assert BEHIND in page.content.decode()
    assert "ETag" not in page


def test_readers_of_postgres_are_told_too(no_rebuild: None, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    parameters = connection.get_connection_params() | {"dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [postgres_index.BUILDING])
        assert BEHIND in search("ferge", engine="postgres").problems[0]
    found = search("fjellheis", engine="postgres")
    assert (found.total, found.problems) == (1, ())


def test_a_full_disk_loses_nothing(no_rebuild: None, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    @contextmanager
    def full(_index: object) -> Iterator[None]:
        raise OSError(errno.ENOSPC, "No space left on device")
        yield

    with monkeypatch.context() as disk:
        disk.setattr(whoosh_index, "_writing_to", full)
        programme = publish()
        assert programme.publication == "published"
        assert BEHIND in search("ferge").problems[0]
        assert "can't be written" in caplog.text
        caplog.clear()
        assert BEHIND in search("ferge").problems[0]
        assert not caplog.text, "it isn't tried again at every search"
    monkeypatch.setattr(engine_named("whoosh").folder, "_try_again", 0.0)  # type: ignore[attr-defined]
    found = search("fjellheis")
    assert (found.total, found.problems) == (1, ())


@ENGINES
@pytest.mark.parametrize("lost", ["too many", "forgotten", "other rules"])
def test_one_that_cannot_catch_up_is_built_anew(
    archive: Programme, engine: str, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed_on_the_way(monkeypatch):
        publish()
        publish("Bygge båthavn.", 2019)
    if lost == "too many":
        monkeypatch.setattr(state, "MOST_OWED", 1)
    elif lost == "forgotten":
        ArchiveChange.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
    else:
        monkeypatch.setattr(state, "rules_sum", lambda: 7)
    engine_named(engine).catch_up()
    assert owes(engine), "it is left as it is"
    assert search("fjellheis", engine=engine).total == 1
    assert not differences(engine_named(engine))


def test_changes_are_not_remembered_for_ever(archive: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "KEPT_CHANGES", 3)
    for _number in range(5):
        state.advance(archive.pk)
    assert ArchiveChange.objects.count() == 3
    assert search("ferge").total == 1


def test_an_index_of_an_archive_without_changes_catches_up_on_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = list(map(engine_named, ("whoosh", "postgres")))
    for engine in engines:
        engine.rebuild()
    owed = partial(state.owed_by, state.as_state(""))
    assert owed() == ((), state.as_state(""))
    programme = publish()
    assert owed() == ((programme.pk,), state.current_state())
    monkeypatch.setattr(state, "KEPT_CHANGES", 0)
    assert owed() is None, "some may be forgotten"


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_damage_is_mended_before_catching_up(archive: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoosh leaves a file open where it fails."""
    with killed_on_the_way(monkeypatch):
        publish()
    folder = engine_named("whoosh").folder  # type: ignore[attr-defined]
    for file in folder.path.glob("*/*.toc"):
        file.write_bytes(b"\0" * 100)
    WhooshBackend._folders.clear()
    connections.reload("default")
    catch_up()
    assert not differences(engine_named("whoosh"))


def test_chance_that_is_set_back_to_a_seed_gives_no_two_segments_one_name(archive: Programme, no_rebuild: None) -> None:
    for year in (2017, 2019, 2021):
        random.seed(1)
        publish(year=year)
        assert not owes("whoosh")
