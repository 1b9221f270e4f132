"""Pictures of the pages of a PDF, drawn in a process of its own with limits, and kept beside the originals."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ingest.intake.files import on_disk
from ingest.parser.sandbox.parent import ROOT
from programmes.models import Programme

logger = logging.getLogger(__name__)

FOLDER = "pages"
MEMORY = 1 << 30
"""Bytes of address space that drawing a page may take."""
SECONDS = 20.0
"""Seconds that drawing a page may take; most take a tenth of one."""


class PageImage(NamedTuple):
    """A drawn page: its name in the storage, and the page's size in points."""

    name: str
    width: float
    height: float


def page_image(programme: Programme, page: int) -> PageImage | None:
    """Return the picture of a page (from 1) of a programme's PDF, drawn now if need be; None where it can't be.

    Safe to call from threads and processes at once: the same picture is drawn twice at worst.
    """
    if not programme.has_pages or not 1 <= page <= programme.pages:
        return None
    name = f"{FOLDER}/{programme.sha256[:2]}/{programme.sha256}/{page}.webp"
    if not default_storage.exists(f"{name}.json"):
        with on_disk(programme.file) as path:
            drawn = _draw(path, page)
        if drawn is None:
            return None
        head, picture = drawn
        for part, content in ((name, picture), (f"{name}.json", head)):  # the head last: it says that all is there
            default_storage.save(part, ContentFile(content))
    with default_storage.open(f"{name}.json") as file:
        return PageImage(name, *json.loads(file.read()))


def _draw(path: Path, page: int) -> tuple[bytes, bytes] | None:
    """Return the size of a page as JSON, and its picture as WebP; None where the file can't be drawn."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-s", "-m", "ingest.intake.page_image_child", str(path), str(page), str(MEMORY)],
            capture_output=True,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        logger.warning("Page %s of %s could not be drawn: %s", page, path.name, error)
        return None
    head, _newline, picture = done.stdout.partition(b"\n")
    return head, picture
