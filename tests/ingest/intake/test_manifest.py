"""Manifests: what is right is read, what is wrong is said, and the rest goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.intake.manifest import BadEntry, BadManifest, ManifestEntry, read_manifest

GOOD = """
[[programme]]
file = "a.txt"
title = "Program"
party = "BYGD"
branch = "Storfjell Bygdeliste"
level = "municipality"
area = "9901"
period = [2023, 2027]
adopted = 2023-03-14
"""


def entry(tmp_path: Path, **changes: str | None) -> ManifestEntry | BadEntry:
    """Return what is read of the good entry with some lines changed, or left out where None."""
    (tmp_path / "a.txt").write_text("Storfjell Bygdeliste vil:")
    lines = []
    for line in GOOD.strip().splitlines():
        key = line.split(" = ")[0]
        if key not in changes:
            lines.append(line)
    lines += [f"{key} = {value}" for key, value in changes.items() if value is not None]
    manifest = tmp_path / "manifest.toml"
    manifest.write_text("\n".join(lines))
    return read_manifest(manifest)[0]


def test_a_good_entry(tmp_path: Path) -> None:
    read = entry(tmp_path)
    assert isinstance(read, ManifestEntry)
    assert (read.party, read.area, read.details.title) == ("BYGD", "9901", "Program")
    assert (read.details.kind, read.details.language, read.details.status) == ("municipal", "nb", "unknown")
    assert read.details.adopted_on == date(2023, 3, 14)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "«title» mangler"),
        ({"title": '" "'}, "«title» mangler"),
        ({"file": '"b.txt"'}, "filen finnes ikke"),
        ({"file": '"../../etc/passwd"'}, "peker ut av mappen"),
        ({"file": "3"}, "«file» mangler"),
        ({"level": '"bydel"'}, "«level» er 'bydel', men må være en av national, county, municipality"),
        ({"area": None}, "«area» (kommune- eller fylkesnummer) mangler"),
        ({"level": '"national"'}, "et nasjonalt lag har ikke «area»"),
        ({"period": "2023"}, "«period» må være to årstall"),
        ({"period": "[2027, 2023]"}, "«period» må være to årstall"),
        ({"period": '["2023", "2027"]'}, "«period» må være to årstall"),
        ({"adopted": '"i fjor"'}, "«adopted» må være en dato"),
        ({"language": '"de"'}, "«language»"),
        ({"status": '"kanskje"'}, "«status»"),
        ({"language": '""'}, "«language» mangler"),
        ({"source_url": '"javascript:alert(1)"'}, "«source_url» må være en hel nettadresse"),
        ({"source_url": "3"}, "«source_url» må være en hel nettadresse"),
    ],
)
def test_what_is_wrong_is_said_with_the_files_name(tmp_path: Path, changes: dict[str, str | None], said: str) -> None:
    problem = entry(tmp_path, **changes)
    assert isinstance(problem, BadEntry)
    assert said in str(problem)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    problem = entry(tmp_path, title=None, period="1")
    assert "title" in str(problem)
    assert "period" in str(problem)


def test_a_bad_entry_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "manifest.toml").write_text(GOOD + '\n[[programme]]\nfile = "b.txt"\n' + GOOD)
    kinds = [type(each) for each in read_manifest(tmp_path / "manifest.toml")]
    assert kinds == [ManifestEntry, BadEntry, ManifestEntry]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Finner ikke"),
        ("programme = [", "kan ikke leses"),
        ("", "har ingen [[programme]]"),
        ("programme = 3", "har ingen [[programme]]"),
    ],
)
def test_a_manifest_that_cannot_be_read(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "manifest.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BadManifest, match=said.replace("[", r"\[").replace("]", r"\]")):
        read_manifest(path)


def test_a_table_that_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("programme = [1]")
    assert "ikke en tabell" in str(read_manifest(tmp_path / "manifest.toml")[0])
