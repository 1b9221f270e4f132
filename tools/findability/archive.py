"""The archive and the files that are measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError

from programmes.models import Programme
from tools.findability.finding import Kept
from tools.findability.sources import NoReaderError, Source, read_source
from tools.quality.documents import SHARED

NEWSROOM = Path(__file__).parents[2] / "tests" / "programmes" / "search" / "newsroom"
"""What newsrooms ask, and which of it the real programmes answer: words and ids, no text of theirs."""
PROGRAMMES = SHARED / "programmes"
SUFFIXES = (".pdf", ".txt", ".md")


def need_archive() -> None:
    """Raise CommandError where the archive has no programmes."""
    if not Programme.objects.filter(publication=Programme.Publication.PUBLISHED).exists():
        raise CommandError("the archive has no published programmes: import those of ../shared first")


def files_and_kept(folders: Sequence[Path]) -> list[tuple[Source, Kept]]:
    """Return the files of some folders that the archive has, as text, each with what is kept of it.

    Raises CommandError where a folder is missing, pdftotext is, or none of its files was imported.
    """
    need_archive()
    published = Programme.objects.filter(publication=Programme.Publication.PUBLISHED)
    programmes = {programme.filename: programme for programme in published.select_related("branch__party")}
    found = []
    for folder in folders:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not here: the real programmes are not part of the repository")
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in SUFFIXES and path.name in programmes:
                try:
                    found.append((read_source(path), Kept.load(programmes[path.name])))
                except NoReaderError as error:
                    raise CommandError(str(error)) from error
    if not found:
        raise CommandError(f"no file of {', '.join(map(str, folders))} was imported into this archive")
    return found
