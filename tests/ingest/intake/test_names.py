"""Names of files and manifests from a Mac, from Windows, and from those who would mislead."""

from __future__ import annotations

import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ingest.desk.upload_forms import ConfirmForm
from ingest.intake.bundle import unpacked
from ingest.intake.manifest import BadManifest, ManifestEntry, read_manifest
from ingest.intake.names import plain, plain_filename
from ingest.models import Upload
from tests.ingest.intake.test_manifest import GOOD

NAME = "Bærum på øya.txt"
MANIFEST = GOOD.replace("a.txt", NAME).replace("Storfjell Bygdeliste", "Bærum Bygdeliste")


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (decomposed("blåbær.pdf"), "blåbær.pdf"),
        ("program-\u202efdp.exe", "program-fdp.exe"),
        ("\u2067a\u2069\u200e.txt", "a.txt"),
        ("C:\\Brukere\\kari\\program.pdf", "program.pdf"),
        ("../../etc/passwd", "passwd"),
        ("to\x00\x1f  ord\n.txt", "to ord .txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("", "fil"),
        ("/", "fil"),
        ("日本語 😀.txt", "日本語 😀.txt"),
    ],
)
def test_a_files_name_is_what_people_read(given: str, name: str) -> None:
    assert plain_filename(given) == name


def zip_with(names: dict[str, bytes], flag: int = 0) -> bytes:
    """Return a zip file whose members have the bytes of names that are given, written over names as long."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.toml", MANIFEST)
        for place in names:
            archive.writestr(place, "Vi vil:")
    content = buffer.getvalue()
    for place, packed in names.items():
        assert len(place) == len(packed)
        content = content.replace(place.encode(), packed)
    return content


@pytest.mark.parametrize(
    "packed",
    [NAME.encode("cp850"), NAME.encode("cp1252"), NAME.encode(), decomposed(NAME).encode()],
    ids=["DOS", "Windows", "UTF-8 without a mark", "Mac"],
)
def test_a_zip_of_any_machine_holds_the_file_that_its_manifest_names(packed: bytes) -> None:
    with unpacked(zip_with({"x" * len(packed): packed})) as entries:
        assert [entry.path.name for entry in entries if isinstance(entry, ManifestEntry)] == [NAME]


def test_what_a_mac_leaves_beside_the_files_is_left_out() -> None:
    with unpacked(zip_with({"y" * 16: NAME.encode("cp850"), "__MACOSX/._a": b"__MACOSX/._a"})) as entries:
        assert isinstance(entries[0], ManifestEntry)
        assert not list(entries[0].path.parent.glob("__MACOSX"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_manifest_is_read_as_any_editor_saved_it(tmp_path: Path, encoding: str, ending: str) -> None:
    (tmp_path / decomposed(NAME)).write_text("Vi vil:")  # as a Mac names it
    manifest = tmp_path / "manifest.toml"
    manifest.write_bytes(MANIFEST.replace("\n", ending).encode(encoding))
    (entry,) = read_manifest(manifest)
    assert isinstance(entry, ManifestEntry), entry
    assert (entry.branch, entry.path.read_text()) == ("Bærum Bygdeliste", "Vi vil:")


@pytest.mark.parametrize(
    "content", [b"programme = [", b"\x00\x01\x02" * 50, b"a = " + b"9" * 5000, b"\xff\xfe\x00\xd8"]
)
def test_a_manifest_that_makes_no_sense_is_said_without_folders_and_codecs(tmp_path: Path, content: bytes) -> None:
    manifest = tmp_path / "manifest.toml"
    manifest.write_bytes(content)
    with pytest.raises(BadManifest) as caught:
        read_manifest(manifest)
    said = str(caught.value)
    assert "manifest.toml" in said
    assert not [word for word in (str(tmp_path), "codec", "utf", "byte", "Expected", "at line", "int") if word in said]


def test_a_manifests_names_turn_nothing_round(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Vi vil:")
    text = GOOD.replace("Storfjell Bygde", "Storfjell \u202eBygde").replace('"Program"', '"\u2066Pro\u2069gram"')
    (tmp_path / "manifest.toml").write_text(text)
    (entry,) = read_manifest(tmp_path / "manifest.toml")
    assert isinstance(entry, ManifestEntry)
    assert (entry.branch, entry.details.title) == ("Storfjell Bygdeliste", "Program")


def test_the_desk_takes_and_shows_names_as_people_read_them(desk: Client, kari: User, db: None) -> None:
    desk.post("/redaksjon/opplasting/", {"files": SimpleUploadedFile(decomposed("\u202eblåbær.txt"), b"Vi vil:")})
    assert Upload.objects.get().filename == "blåbær.txt"
    form = ConfirmForm({"title": "Pro\u202egram\u0000  for\u200f alle", "branch": decomposed("Blåfjell\u2069")})
    form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["branch"]) == ("Program for alle", "Blåfjell")


def test_plain_leaves_names_alone() -> None:
    for name in ("Sør-Trøndelag", "Øst’s «liste»", "A/B", "Ō 😀 é"):
        assert plain(name) == name
