"""The pictures of source pages that readers see: drawn once a programme is published, removed when it no longer is.

What is owed stands in the rows (`SourceSheet.picture`), so that a worker which is killed on the way is followed by one
that goes on where it stopped.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet

from ingest.intake.page_images import FOLDER, page_images, remove_picture
from ingest.intake.source_sheets import write_missing_sheets
from programmes.models import Programme, SourceSheet
from programmes.storage import WholeFileStorage

logger = logging.getLogger(__name__)

SECONDS_AT_A_TIME = 240.0
"""After so long the worker lets other checks have their turn, and goes on the next minute."""
AT_ONCE = 20
"""Pages that one process draws: its start takes as long as two of them."""

Picture = SourceSheet.Picture
OWED_AGAIN = {"picture": Picture.OWED, "picture_name": "", "width": 0.0, "height": 0.0}


@dataclass(slots=True)
class Settled:
    """What was done, and what is left to do."""

    drawn: int = 0
    removed: int = 0
    left: int = 0
    """Pages of published programmes whose pictures are owed still."""
    without: tuple[str, ...] = ()
    """A line for each published programme with pages that could not be drawn, or whose file isn't there."""


def settle(*, seconds: float = SECONDS_AT_A_TIME, now: Callable[[], float] = time.monotonic) -> Settled:
    """Draw the pictures that are owed and remove those of programmes that the public no longer sees, for so long.

    Raises `NoStorage`, and what else the storage raises: what was not done is still owed.
    """
    done = Settled(removed=_remove_withdrawn())
    until = now() + seconds
    away = []
    for programme in _owing():
        if now() >= until:
            break
        if not programme.source_sheets.exists() and not write_missing_sheets(programme):
            away.append(f"{programme.get_absolute_url()}: parsen mangler.")
            continue
        try:
            while now() < until and (pages := _owed(programme)[:AT_ONCE]):
                done.drawn += _draw(programme, list(pages))
        except FileNotFoundError:
            logger.exception("The original of %s isn't there", programme.get_absolute_url())
            away.append(f"{programme.get_absolute_url()}: originalen mangler.")
    done.left = SourceSheet.objects.filter(picture=Picture.OWED, programme__publication="published").count()
    done.without = (*away, *_not_drawn())
    return done


def _owing() -> QuerySet[Programme]:
    """Return the published programmes that lack sheets or pictures, those that were published last first."""
    of_programme = SourceSheet.objects.filter(programme=OuterRef("pk"))
    lacking = ~Exists(of_programme) | Q(Exists(of_programme.filter(picture=Picture.OWED)))
    published = Programme.objects.published().select_related("branch__party").defer("parse_report")
    return published.filter(lacking).order_by("-published_at", "pk")


def _owed(programme: Programme) -> QuerySet[SourceSheet, int]:
    """Return the pages of a programme whose pictures are owed, as long as the public sees it."""
    sheets = programme.source_sheets.filter(picture=Picture.OWED, programme__publication="published")
    return sheets.order_by("page").values_list("page", flat=True)


def _draw(programme: Programme, pages: list[int]) -> int:
    """Draw pages and note each as soon as it is kept; return how many could be drawn."""
    drawn = 0
    for page, image in page_images(programme, pages):
        fields: dict[str, Any] = {"picture": Picture.NONE}
        if image is not None:
            drawn += 1
            fields = {
                "picture": Picture.DRAWN,
                "picture_name": image.name,
                "width": image.width,
                "height": image.height,
            }
        programme.source_sheets.filter(page=page).update(**fields)
    return drawn


def _remove_withdrawn() -> int:
    """Remove the pictures of programmes that the public no longer sees: they are owed anew if it does again."""
    names = 0
    for sheet in (
        SourceSheet.objects.filter(picture=Picture.DRAWN).exclude(programme__publication="published").defer("lines")
    ):
        remove_picture(sheet.picture_name)
        SourceSheet.objects.filter(pk=sheet.pk).update(**OWED_AGAIN)
        names += 1
    return names


def _not_drawn() -> list[str]:
    """Return a line for each published PDF some of whose pages could not be drawn."""
    sheets = SourceSheet.objects.filter(
        picture=Picture.NONE, programme__publication="published", programme__media_type="application/pdf"
    ).select_related("programme__branch__party")
    pages: dict[str, list[int]] = {}
    for sheet in sheets.defer("lines", "programme__parse_report"):
        pages.setdefault(sheet.programme.get_absolute_url(), []).append(sheet.page)
    return [f"{address}: side {', '.join(map(str, some))} kunne ikke tegnes." for address, some in pages.items()]


@dataclass(frozen=True, slots=True)
class Compared:
    """Where pictures and programmes did not agree, and what was done about it."""

    strays: int
    """Files of pictures that no programme is read from any more: removed."""
    missing: int
    """Pictures that the storage has lost: owed again."""


def compare_with_storage() -> Compared:
    """Remove the pictures of files that no programme is read from any more, and owe anew those that are lost."""
    strays, present = 0, set()
    for folder in _folders():
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        if Programme.objects.filter(sha256=folder.rpartition("/")[2]).exists():
            present.update(names)
            continue
        for name in names:
            default_storage.delete(name)
        strays += len(names)
    drawn = SourceSheet.objects.filter(picture=Picture.DRAWN).values_list("pk", "picture_name")
    lost = [pk for pk, name in drawn if name not in present]
    SourceSheet.objects.filter(pk__in=lost).update(**OWED_AGAIN)
    return Compared(strays, len(lost))


def _folders() -> list[str]:
    """Return the folders of pictures in the storage, one for each file that has any."""
    if not default_storage.exists(FOLDER) and isinstance(default_storage, WholeFileStorage):
        return []
    firsts = default_storage.listdir(FOLDER)[0]
    return [
        f"{FOLDER}/{first}/{sha256}" for first in firsts for sha256 in default_storage.listdir(f"{FOLDER}/{first}")[0]
    ]
