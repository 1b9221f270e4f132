"""A zip file with programmes and the manifest that says what each is."""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath

from ingest.intake.files import DiskIsFull
from ingest.intake.manifest import BadEntry, ManifestEntry, read_manifest
from ingest.intake.names import name_in_zip, plain
from ingest.intake.uploads import LARGEST_FILE, MEGABYTE
from ingest.parser.errors import IngestError
from programmes.site.full_disk import is_full

MANIFEST = "manifest.toml"
LARGEST_ZIP = 200 * MEGABYTE
MOST_FILES = 200
MOST_BYTES = 500 * MEGABYTE
"""Unpacked, all together."""
CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_LEFT_BY_A_MAC = "__MACOSX/"
"""A folder of what only a Mac can use, beside the files themselves."""
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")
"""What a zip file has that is a document and no bundle: DOCX, ODT, EPUB."""


class BadBundle(IngestError):
    """A zip file that can't be taken in, and why."""


def is_bundle(content: bytes) -> bool:
    """Return whether a file is a zip file of files, and not a document in a format that is zipped itself."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return not any(name in archive.namelist() for name in _OFFICE)
    except zipfile.BadZipFile:
        return False


@contextmanager
def unpacked(content: bytes) -> Iterator[list[ManifestEntry | BadEntry]]:
    """Give what the manifest of a zip file lists, with the files unpacked for as long as the block runs.

    Raises `BadBundle` for what might fill the disk or write outside its folder, `DiskIsFull` where there is no room
    for it now, `BadManifest` for a manifest that can't be read. What is wrong with one entry stands in its place.
    """
    with _folder() as folder:
        _unpack(content, Path(folder))
        manifests = sorted(Path(folder).rglob(MANIFEST), key=lambda path: len(path.parts))
        if not manifests:
            raise BadBundle(f"Zip-filen har ikke noe manifest. Legg ved en fil {MANIFEST}, eller last opp filene selv.")
        yield read_manifest(manifests[0])


@contextmanager
def _folder() -> Iterator[str]:
    """Give a folder that is there for as long as the block runs. Raises `DiskIsFull`."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="programarkivet-zip-")
    except OSError as error:
        if is_full(error):
            raise DiskIsFull from error
        raise
    with folder as name:
        yield name


def _unpack(content: bytes, folder: Path) -> None:
    """Write the members of a zip file below a folder: counted as they come, whatever it says of itself."""
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not member.filename.startswith(_LEFT_BY_A_MAC)
            ]
            if len(members) > MOST_FILES:
                raise BadBundle(f"Zip-filen har {len(members)} filer. Grensen er {MOST_FILES}; del den i flere.")
            for member in members:
                place = folder / _safe(member)
                place.parent.mkdir(parents=True, exist_ok=True)
                written = 0
                with archive.open(member) as packed, place.open("xb") as file:
                    while chunk := packed.read(CHUNK):
                        written += len(chunk)
                        if written > LARGEST_FILE:
                            raise BadBundle(
                                f"«{plain(name_in_zip(member))}» er for stor. "
                                f"Grensen er {LARGEST_FILE // MEGABYTE} MB for en fil."
                            )
                        if written > left:
                            raise BadBundle(f"Zip-filen er for stor utpakket. Grensen er {MOST_BYTES // MEGABYTE} MB.")
                        file.write(chunk)
                left -= written
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as problem:
        if is_full(problem):
            raise DiskIsFull from problem
        raise BadBundle("Zip-filen er skadet eller laget på en måte som ikke kan leses. Lag den på nytt.") from problem


def _safe(member: zipfile.ZipInfo) -> PurePosixPath:
    """Return where below a folder a member may stand. Raises `BadBundle` where that might be outside."""
    name = name_in_zip(member)
    path = PurePosixPath(name.replace("\\", "/"))
    if member.flag_bits & _ENCRYPTED:
        raise BadBundle("Zip-filen er låst med passord. Lag en uten, og prøv igjen.")
    if stat.S_ISLNK(member.external_attr >> 16) or path.is_absolute() or {"..", ""} & {*path.parts, path.name}:
        raise BadBundle(f"«{plain(name)}» peker ut av zip-filen. Lag zip-filen på nytt med bare vanlige filer.")
    return path
