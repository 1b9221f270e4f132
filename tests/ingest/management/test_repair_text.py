"""`manage.py repair_text`: the repaired text, the list of repairs, and what is wrong with a file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ingest.parser.ocr import repair
from tests.ingest.parser.ocr.test_ocr import BOKMAL, DAMAGED


def command(*args: str) -> str:
    out = io.StringIO()
    call_command("repair_text", *args, stdout=out)
    return out.getvalue()


def test_command_prints_the_repaired_text(tmp_path: Path) -> None:
    path = tmp_path / "program.txt"
    path.write_bytes((DAMAGED + "\r\n").encode())
    assert command(str(path)) == repair(DAMAGED + "\r\n")
    path.write_bytes(BOKMAL.encode())
    assert command(str(path)) == BOKMAL
    assert command(str(path), "--list") == ""


def test_command_lists_the_repairs(tmp_path: Path) -> None:
    path = tmp_path / "program.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    assert command(str(path), "--list").splitlines()[:2] == ["1\tma\tmå", "1\tgke\tøke"]


def test_command_names_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Finner ikke filen"):
        command(str(tmp_path / "mangler.txt"))
    path = tmp_path / "gammel.txt"
    path.write_bytes("før".encode("latin-1"))
    with pytest.raises(CommandError, match="er ikke UTF-8"):
        command(str(path))
