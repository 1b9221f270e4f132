"""What people get when something breaks (docs/faults.md): a full disk, an original that is damaged or gone."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client, RequestFactory

from programmes.site.out_of_order import answer_for
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_full_disk_of_the_database_is_not_called_away() -> None:
    problem = OperationalError("could not extend file")
    problem.__cause__ = psycopg.errors.DiskFull("could not extend file")
    answer = answer_for(RequestFactory().post("/"), problem)
    assert answer is not None
    assert answer.status_code == 507
    away = answer_for(RequestFactory().post("/"), OperationalError("no answer"))
    assert away is not None
    assert away.status_code == 503
    assert answer_for(RequestFactory().post("/"), ValueError()) is None


def test_a_reader_is_told_that_an_original_is_away(client: Client) -> None:
    programme = builders.programme()
    Path(programme.file.path).unlink()
    answer = client.get(f"{programme.get_absolute_url()}original/")
    assert answer.status_code == 503
    assert "Originalfilen er ikke tilgjengelig" in answer.content.decode()
    assert client.get(programme.get_absolute_url()).status_code == 200


def test_a_damaged_original_is_never_read_into_what_the_public_reads(themes: None) -> None:
    programme = builders.programme()
    Path(programme.file.path).write_text("VI VIL\n\n- noe helt annet\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("read_again", "--all", stdout=out, stderr=StringIO())
    assert "Originalfilen er endret eller skadet" in out.getvalue()
    assert programme.passages.get().text == "Utrede behov for en byantikvar."
