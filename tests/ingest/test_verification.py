"""What is no longer as it was kept is found: originals, passages, the search index, the last backup."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ingest.backup.folder import DUMP, backups_in
from ingest.models import StoredParse
from ingest.verification import verify
from programmes.models import Passage, Programme
from programmes.search import engine_named
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme(settings: Any, tmp_path: Path) -> Programme:
    """The only programme of an archive, published and indexed."""
    settings.MEDIA_ROOT = tmp_path / "media"
    stored = builders.programme(parse=builders.parsed(["Bygge skole.", "Rense fjorden."], prose=["Vi er mange."]))
    engine_named().rebuild()
    return stored


def faults() -> dict[str, tuple[str, ...]]:
    return {each.name: each.faults for each in verify() if each.faults}


def test_nothing_is_found_where_all_is_well(programme: Programme) -> None:
    assert [(each.name, each.looked_at, each.faults) for each in verify()] == [
        ("originaler", 1, ()),
        ("avsnitt", 3, ()),
        ("søkeindeks", 4, ()),
    ]
    out = StringIO()
    call_command("verify", stdout=out)
    assert "avsnitt                  3  stemmer" in out.getvalue()


def rot(programme: Programme) -> None:
    Path(programme.file.path).write_bytes(b"rot")


def lose(programme: Programme) -> None:
    Path(programme.file.path).unlink()


@pytest.mark.parametrize(("damage", "said"), [(rot, "er endret eller skadet"), (lose, "mangler")])
def test_a_broken_original_is_named(programme: Programme, damage: Callable[[Programme], None], said: str) -> None:
    damage(programme)
    (fault,) = faults()["originaler"]
    assert programme.get_absolute_url() in fault
    assert said in fault


@pytest.mark.parametrize(
    "change", [{"text": "Bygge vei."}, {"corrected": "Bygge vei."}, {"line_first": 1}, {"page_last": 9}]
)
def test_a_passage_that_is_not_as_its_parse_is_named(programme: Programme, change: dict[str, Any]) -> None:
    Passage.objects.filter(text="Bygge skole.").update(**change)
    public_id = Passage.objects.get(position=1).public_id
    assert [public_id in fault for fault in faults()["avsnitt"]] == [True]


def test_a_passage_too_few_is_told(programme: Programme) -> None:
    Passage.objects.filter(text="Rense fjorden.").delete()
    assert "2 avsnitt, og 3 i parsen" in faults()["avsnitt"][0]


def test_a_parse_that_is_gone_or_damaged_is_told(programme: Programme) -> None:
    StoredParse.objects.update(document={"entries": []})
    assert "parsen kan ikke leses" in faults()["avsnitt"][0]
    StoredParse.objects.all().delete()
    assert "parsen mangler" in faults()["avsnitt"][0]


def test_an_index_that_differs_is_told(programme: Programme) -> None:
    key = Passage.objects.get(text="Rense fjorden.").pk
    engine_named().replace_entries([key], [])  # type: ignore[attr-defined]
    assert faults()["søkeindeks"] == ("1 innslag mangler.",)


def test_the_last_backup_is_read_through(programme: Programme, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    assert "ingen hel sikkerhetskopi" in faults()["sikkerhetskopi"][0]
    call_command("backup", stdout=StringIO())
    assert faults() == {}
    dump = backups_in(tmp_path / "backups")[-1] / DUMP
    dump.write_bytes(dump.read_bytes() + b"x")
    assert f"{DUMP} er endret eller skadet" in faults()["sikkerhetskopi"][0]


def test_what_is_found_is_told_to_machines_too(programme: Programme) -> None:
    lose(programme)
    out = StringIO()
    with pytest.raises(CommandError, match="1 ting stemmer ikke"):
        call_command("verify", json=True, stdout=out)
    originals, passages, index = json.loads(out.getvalue())
    assert (originals["name"], originals["looked_at"], len(originals["faults"])) == ("originaler", 1, 1)
    assert passages["faults"] == index["faults"] == []
