"""A dump with the originals as a bag (BagIt, RFC 8493), the form in which archives take things over."""

from __future__ import annotations

import hashlib
import logging
import re
from datetime import UTC
from pathlib import Path, PurePath

import bagit
from django.db.models import Max, QuerySet

from programmes.dump.errors import DumpError
from programmes.models import Programme

ORIGINALS = "originals"
ENDING = re.compile(r"\.[a-z0-9]{1,8}")
CHUNK = 1 << 20


def original_name(sha256: str, filename: str) -> str:
    """Return the name of an original in a dump: its hash, and the ending that it came with."""
    ending = PurePath(filename).suffix.lower()
    return f"{sha256}{ending if ENDING.fullmatch(ending) else ''}"


def put_in_bag(folder: Path, programmes: QuerySet[Programme], *, base: str) -> None:
    """Add the originals of some programmes to a folder and make it a bag.

    The date in it is that of the last publication, so that two bags of one state are equal. Raises `DumpError` where an
    original is missing or not what it was.
    """
    (folder / ORIGINALS).mkdir()
    for programme in programmes.defer("parse_report").iterator(chunk_size=100):
        _copy(programme, folder / ORIGINALS / original_name(programme.sha256, programme.filename))
    newest = programmes.aggregate(at=Max("published_at"), changed=Max("changed_at"))
    moments = [at for at in newest.values() if at]
    told = {
        "Source-Organization": "Programarkivet",
        "External-Description": f"Alt som er publisert på {base}/, med originalfilene.",
        "External-Identifier": f"{base}/data/",
        **(
            {"Bagging-Date": max(moments).astimezone(UTC).date().isoformat()}
            if moments
            else {"Bagging-Date": "1970-01-01"}
        ),
    }
    logging.getLogger("bagit").setLevel(logging.WARNING)
    bagit.make_bag(str(folder), bag_info=told, checksums=["sha256"])


def _copy(programme: Programme, place: Path) -> None:
    digest = hashlib.sha256()
    try:
        with programme.file.open("rb") as original, place.open("wb") as copy:
            for chunk in original.chunks(CHUNK):
                digest.update(chunk)
                copy.write(chunk)
    except FileNotFoundError:
        raise DumpError(f"{programme}: originalen mangler i lageret.") from None
    if digest.hexdigest() != programme.sha256:
        raise DumpError(f"{programme}: originalen i lageret er ikke den filen som ble lest.")
