"""Zip files: what a manifest lists comes in, and nothing fills the disk or writes beside its folder."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from ingest.intake.bundle import MOST_FILES, BadBundle, is_bundle, unpacked
from ingest.intake.manifest import BadEntry, BadManifest
from ingest.intake.uploads import LARGEST_FILE
from ingest.parser.errors import IngestError

MANIFEST = """
[[programme]]
file = "storfjell.txt"
party = "BYGD"
branch = "Storfjell Bygdeliste"
level = "municipality"
area = "9901"
title = "Program for Storfjell"
period = [2023, 2027]

[[programme]]
file = "borte.txt"
party = "BYGD"
branch = "Nordvika Bygdeliste"
level = "municipality"
area = "9902"
title = "Program for Nordvika"
period = [2023, 2027]
"""


def zipped(**members: bytes | str) -> bytes:
    """Return a zip file; `__` in a name stands for a slash."""
    return zip_of(lambda archive: [archive.writestr(n.replace("__", "/"), c) for n, c in members.items()])


def zip_of(write: Callable[[zipfile.ZipFile], object]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return buffer.getvalue()


def link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("storfjell.txt")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize("folder", ["", "samling__"])
def test_the_manifest_says_what_each_file_is(folder: str) -> None:
    content = zipped(**{f"{folder}manifest.toml": MANIFEST, f"{folder}storfjell.txt": "Hei."})
    with unpacked(content) as entries:
        good, bad = entries
        assert not isinstance(good, BadEntry)
        assert good.path.read_text() == "Hei."
        assert good.details.title == "Program for Storfjell"
        assert isinstance(bad, BadEntry)
        assert "borte.txt" in str(bad)
        folder_of_files = good.path.parent
    assert not folder_of_files.exists()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(zipped(storfjell=b"Hei."), BadBundle, id="no manifest"),
        pytest.param(zipped(**{"manifest.toml": "dette er ikke TOML"}), BadManifest, id="manifest in no form"),
        pytest.param(zip_of(lambda z: z.writestr("../utenfor.txt", "x")), BadBundle, id="path out of the folder"),
        pytest.param(zip_of(lambda z: z.writestr("/etc/utenfor.txt", "x")), BadBundle, id="absolute path"),
        pytest.param(
            zip_of(lambda z: z.writestr("a\\..\\..\\utenfor.txt", "x")), BadBundle, id="path in another style"
        ),
        pytest.param(zip_of(lambda z: z.writestr(link(), "/etc/passwd")), BadBundle, id="symbolic link"),
        pytest.param(zip_of(lambda z: z.writestr("bombe.txt", bytes(LARGEST_FILE + 1))), BadBundle, id="bomb"),
        pytest.param(
            zip_of(lambda z: [z.writestr(f"{n}.txt", "") for n in range(MOST_FILES + 1)]), BadBundle, id="many files"
        ),
        pytest.param(zipped(**{"manifest.toml": MANIFEST})[:-30], BadBundle, id="cut short"),
    ],
)
def test_what_is_wrong_with_a_zip_file_is_told(content: bytes, error: type[IngestError]) -> None:
    with pytest.raises(error) as raised, unpacked(content):
        raise AssertionError("it was unpacked")
    assert str(raised.value).endswith(".")


def test_a_bomb_that_lies_about_its_size_is_stopped_as_it_grows() -> None:
    content = bytearray(zip_of(lambda z: z.writestr("bombe.txt", bytes(LARGEST_FILE + 1))))
    size = (LARGEST_FILE + 1).to_bytes(4, "little")
    content = bytearray(bytes(content).replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(BadBundle), unpacked(bytes(content)):
        raise AssertionError("it was unpacked")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (zipped(**{"manifest.toml": MANIFEST}), True),
        (zipped(**{"[Content_Types].xml": "<x/>", "word__document.xml": "<x/>"}), False),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), False),
        (b"%PDF-1.7", False),
        (b"PK\x03\x04 og tull", False),
    ],
)
def test_documents_that_are_zipped_are_no_bundles(content: bytes, expected: bool) -> None:
    assert is_bundle(content) is expected
