"""Pictures of the pages of a PDF, drawn in a process of its own with limits, and kept beside the originals."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ingest.intake.files import on_disk
from ingest.intake.page_image_child import MOST_BYTES
from ingest.parser.sandbox.parent import ROOT
from programmes.models import Programme

logger = logging.getLogger(__name__)

FOLDER = "pages"
MEMORY = 1 << 30
"""Bytes of address space that drawing pages may take."""
SECONDS = 20.0
"""Seconds that drawing a page may take; most take a tenth of one."""
MOST_FAILURES = 3
"""Pages in a row that can't be drawn, after which the file's others are given up unseen."""


class PageImage(NamedTuple):
    """A drawn page: its name in the storage, and the page's size in points."""

    name: str
    width: float
    height: float


class _Drawn(NamedTuple):
    """A page as its process sent it."""

    page: int
    width: float
    height: float
    content: bytes


def page_image(programme: Programme, page: int) -> PageImage | None:
    """Return the picture of a page (from 1) of a programme's PDF, drawn now if need be; None where it can't be.

    Safe to call from threads and processes at once: the same picture is drawn twice at worst.
    """
    if not programme.has_pages or not 1 <= page <= programme.pages:
        return None
    try:
        return dict(page_images(programme, [page]))[page]
    except FileNotFoundError:
        logger.exception("The original of %s isn't there", programme.get_absolute_url())
        return None


def page_images(programme: Programme, pages: Sequence[int]) -> Iterator[tuple[int, PageImage | None]]:
    """Yield pictures of some pages of a programme's PDF: first those that are kept, the others as they are drawn.

    None stands for a page that can't be drawn. Raises `FileNotFoundError` where the original is gone, and what else the
    storage raises.
    """
    left = []
    for page in pages:
        if image := _kept(name_of(programme, page)):
            yield page, image
        else:
            left.append(page)
    if not left:
        return
    with on_disk(programme.file) as path, closing(_draw(path, left)) as drawing:
        if not path.is_file():
            raise FileNotFoundError(path)
        for page, drawn in drawing:
            yield page, drawn and _keep(name_of(programme, page), drawn)


def name_of(programme: Programme, page: int) -> str:
    """Return what the picture of a page is called in the storage."""
    return f"{folder_of(programme.sha256)}/{page}.webp"


def folder_of(sha256: str) -> str:
    """Return the folder in the storage of the pictures of a file."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def remove_picture(name: str) -> None:
    """Remove a picture from the storage; one that isn't there is removed already."""
    for part in (f"{name}.json", name):  # the head first: it says that all is there
        default_storage.delete(part)


def _kept(name: str) -> PageImage | None:
    """Return a picture that is kept; one larger than readers should wait for is to be drawn again."""
    is_whole = default_storage.exists(f"{name}.json") and default_storage.exists(name)
    if not is_whole or default_storage.size(name) > MOST_BYTES:
        return None
    with default_storage.open(f"{name}.json") as file:
        return PageImage(name, *json.loads(file.read()))


def _keep(name: str, drawn: _Drawn) -> PageImage:
    size = json.dumps([drawn.width, drawn.height]).encode()
    for part, content in ((name, drawn.content), (f"{name}.json", size)):  # the head last: it says that all is there
        default_storage.save(part, ContentFile(content))
    return PageImage(name, drawn.width, drawn.height)


def _draw(path: Path, pages: Sequence[int]) -> Generator[tuple[int, _Drawn | None]]:
    """Yield pages as they are drawn, in their order; None for one that takes too much, or breaks what draws it.

    A page that ends its process costs itself alone, unless several in a row do.
    """
    left, failures = list(pages), 0
    while left and failures < MOST_FAILURES:
        for drawn in _drawn_by_one_process(path, tuple(left)):
            failures = 0
            left.remove(drawn.page)
            yield drawn.page, drawn
        if left:
            failures += 1
            logger.warning("Page %s of %s could not be drawn", left[0], path.name)
            yield left.pop(0), None
    for page in left:
        yield page, None


def _drawn_by_one_process(path: Path, pages: Sequence[int]) -> Iterator[_Drawn]:
    """Yield the pages that one process draws before it ends, by itself or because a page took too long."""
    child = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-s", "-m", "ingest.intake.page_image_child"),
            *(str(path), ",".join(map(str, pages)), str(MEMORY)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what it says of a hostile file is the file's own words
        cwd=ROOT,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    try:
        for _page in pages:
            watch = threading.Timer(SECONDS, child.kill)
            watch.start()
            try:
                drawn = _read(child)
            finally:
                watch.cancel()
            if drawn is None:
                return
            yield drawn
    finally:
        child.kill()
        child.wait()
        child.stdout.close()  # type: ignore[union-attr]


def _read(child: subprocess.Popen[bytes]) -> _Drawn | None:
    """Return the next page that a process sends; None where it has ended."""
    head = child.stdout.readline(1000)  # type: ignore[union-attr]
    if not head.endswith(b"\n"):
        return None
    told = json.loads(head)
    content = child.stdout.read(told["bytes"])  # type: ignore[union-attr]
    if len(content) < told["bytes"]:
        return None
    return _Drawn(told["page"], told["width"], told["height"], content)
