"""`manage.py import_programmes`: manifests, folders, single files; twice, again and dry."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programmes.branches import get_or_create_branch
from programmes.models import Passage, Programme, Theme
from programmes.registers import load_registers
from tests import builders

pytestmark = pytest.mark.django_db

TEXT = """Skole

Bygdelista vil:
• Bygge ny skole i Storfjell.
• Ansette flere lærere.
"""
ENTRY = """
[[programme]]
file = "{file}"
title = "Program"
party = "{party}"
branch = "Bygdelista"
level = "national"
period = [2023, 2027]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a manifest of one good programme."""
    load_registers()
    builders.party()
    (tmp_path / "bygdelista.txt").write_text(TEXT)
    (tmp_path / "manifest.toml").write_text(ENTRY.format(file="bygdelista.txt", party="BYGD"))
    return tmp_path


def test_without_the_themes_nothing_is_stored_and_the_way_out_is_said(folder: Path) -> None:
    Theme.objects.exclude(parent=None).delete()
    Theme.objects.all().delete()
    with pytest.raises(CommandError):
        run(folder)
    assert not Programme.objects.exists()


def run(path: Path, **options: object) -> str:
    """Run the command; return what it prints."""
    out = StringIO()
    call_command("import_programmes", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_folder_is_imported_published_and_counted(folder: Path) -> None:
    printed = run(folder)
    assert "✓ Bygdelista: Program 2023–2027 (ny): 1 kapitler, 2 punkter, 0 merknader" in printed
    assert "1 programmer: 1 ny, 0 feil. 2 punkter lest." in printed
    programme = Programme.objects.get()
    assert programme.publication == "published"
    assert list(programme.passages.pledges().values_list("text", flat=True)) == [
        "Bygge ny skole i Storfjell.",
        "Ansette flere lærere.",
    ]


def test_a_second_import_leaves_it_and_again_keeps_the_ids(folder: Path) -> None:
    run(folder)
    ids = set(Passage.objects.values_list("public_id", flat=True))
    first = Programme.objects.get().parsed_at
    assert "1 uendret" in run(folder)
    assert Programme.objects.get().parsed_at == first
    assert "1 lest på nytt" in run(folder, again=True)
    assert Programme.objects.get().parsed_at > first
    assert set(Passage.objects.values_list("public_id", flat=True)) == ids


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    assert "bare prøvd" in run(folder, dry_run=True)
    assert not Programme.objects.exists()


def test_drafts_stay_drafts(folder: Path) -> None:
    run(folder, draft=True)
    assert Programme.objects.get().publication == "draft"


def test_a_bad_entry_is_told_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "tom.txt").write_text("")
    entries = [("finnes-ikke.txt", "BYGD"), ("tom.txt", "BYGD"), ("bygdelista.txt", "TULL"), ("bygdelista.txt", "BYGD")]
    (folder / "manifest.toml").write_text("".join(ENTRY.format(file=file, party=party) for file, party in entries))
    out = StringIO()
    with pytest.raises(CommandError, match="3 av 4"):
        call_command("import_programmes", str(folder), stdout=out, stderr=out)
    printed = out.getvalue()
    assert "✗ finnes-ikke.txt: filen finnes ikke." in printed
    assert "✗ tom.txt: Filen er tom." in printed
    assert "✗ bygdelista.txt: Partikoden «TULL» står ikke i partiregisteret." in printed
    assert "1 ny, 3 feil" in printed
    assert Programme.objects.count() == 1


def test_a_single_file_with_options(folder: Path) -> None:
    options = {"title": "Program", "party": "BYGD", "branch": "Bygdelista", "level": "national", "period": [2023, 2027]}
    assert "1 ny" in run(folder / "bygdelista.txt", **options)


def test_a_single_file_without_options_says_what_it_needs(folder: Path) -> None:
    with pytest.raises(CommandError, match="«title» mangler"):
        run(folder / "bygdelista.txt")


def test_something_else_than_a_manifest_or_a_programme(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="verken et manifest"):
        run(tmp_path / "bilde.png")


def test_a_branch_whose_place_the_manifest_tells_is_made_and_told(folder: Path) -> None:
    assert "Nytt lag: Bygdelista (Bygdelista)" in run(folder)
    assert "Nytt lag" not in run(folder, again=True)


def test_a_branch_of_the_same_name_as_another_is_asked_about(folder: Path) -> None:
    other = builders.party("FJORD", "Fjordpartiet")
    get_or_create_branch(party=other, name="Bygdelista", level="national", area_code=None, on_year=2023)
    out = StringIO()
    with pytest.raises(CommandError, match="1 av 1"):
        call_command("import_programmes", str(folder), stdout=out, stderr=out)
    assert "Mente du «Bygdelista» (Fjordpartiet)?" in out.getvalue()
    assert not Programme.objects.exists()
    assert "1 ny" in run(folder, new_branches=True)
    assert "1 uendret" in run(folder)


def test_a_name_that_tells_another_party_is_never_taken_unasked(folder: Path) -> None:
    manifest = folder / "manifest.toml"
    manifest.write_text(manifest.read_text().replace('"Bygdelista"', '"Hamar Arbeiderparti"'))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_programmes", str(folder), new_branches=True, stdout=out, stderr=out)
    assert "hører etter ordene til Arbeiderpartiet, men partiet er satt til Bygdelista" in out.getvalue()
