"""Writing the folder: every page once, what the pages are made of, and the search; whole, or not at all."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.db.models import Max
from django.http import FileResponse, HttpResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

from programmes.folder.addresses import addresses
from programmes.folder.naming import SEARCH, START, file_of, safe
from programmes.folder.places import places_in
from programmes.folder.relinking import Link, Relinker
from programmes.folder.rendering import Site
from programmes.folder.search_files import FOLDER, Progress, SearchWriter
from programmes.models import Programme, SourceSheet
from programmes.search.catalogue import Catalogue

MOVED = (301, 302)
MADE = (200, 410)
"""What a page that belongs in the folder answers: 410 is of a pledge or programme that is gone, and says so."""
TYPEFACE = "typeface/archive-serif.woff2"
PROGRAMMES = 8
"""Programmes whose passages' places are kept: the pages of one are made after each other."""


class CannotBeExported(Exception):
    """A page that others lead to can't be made."""


@dataclass(slots=True)
class Exported:
    """What was written."""

    pages: int = 0
    files: int = 0


class Exporter:
    """Writes the archive as it is now into a folder that doesn't exist yet."""

    def __init__(self, folder: Path, *, address: str, language: str, progress: Progress, beyond: bool = True) -> None:
        """Take where to write, where the site is to be reached, and who is told how far it has come.

        `beyond`: whether the search knows words that the archive lacks; they take most of the time.
        """
        self.folder = folder
        self.site = Site(address, language)
        self.progress = progress
        self.beyond = beyond
        self.done = Exported()
        places = lru_cache(maxsize=PROGRAMMES)(places_in)
        self._relinker = Relinker(
            lru_cache(maxsize=2000)(_original),
            _has_picture,
            lambda party, branch, programme, passage: places(party, branch, programme).get(passage, ""),
            self._need,
        )
        self._waiting: deque[Link] = deque()
        self._known: set[str] = {START, SEARCH}

    def write(self) -> Exported:
        """Write all files beside the folder and move them there; raises FileExistsError or `CannotBeExported`."""
        if self.folder.exists():
            raise FileExistsError(self.folder)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        part = self.folder.with_name(f".{self.folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            with translation.override(self.site.language):
                self._all(part)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        part.rename(self.folder)
        return self.done

    def _all(self, part: Path) -> None:
        search = SearchWriter.of_archive(part, self.progress, self.beyond)
        self._need(Link(f"filer/{TYPEFACE}", static(TYPEFACE)))
        context = _context(search.catalogue)
        for file, template in ((START, "mappe/start.html"), (SEARCH, "mappe/search.html")):
            page = self.site.page(template, {**context, "searches": FOLDER})
            self._put(part, file, self._relinker.relinked(page, "/", file))
        for address in addresses():
            self._need(Link(file_of(address), address))
            self._drain(part)
        search.write()

    def _need(self, link: Link) -> None:
        """Note a file that a page leads to, once."""
        if link.file not in self._known:
            self._known.add(link.file)
            self._waiting.append(link)

    def _drain(self, part: Path) -> None:
        """Write all files that are known to be needed, and those that they lead to."""
        while self._waiting:
            link = self._waiting.popleft()
            if link.file.startswith("filer/"):
                content = _static(link.address)
                self._put(part, link.file, _without_notes(content) if link.file.endswith(".js") else content)
            else:
                self._answered(part, link)

    def _answered(self, part: Path, link: Link) -> None:
        response = self.site.answer(link.address)
        if response.status_code in MOVED:
            page = self.site.page("mappe/moved.html", {"target": response.headers["Location"]})
        elif response.status_code not in MADE:
            raise CannotBeExported(f"{link.address}: {response.status_code}")
        elif isinstance(response, FileResponse):
            self._file(part, link.file, response)
            return
        elif isinstance(response, HttpResponse):
            page = response.content
        else:
            page = b"".join(response)
        self._put(part, link.file, self._relinker.relinked(page, link.address, link.file))
        self.done.pages += 1
        self.progress("sider", self.done.pages)

    def _file(self, part: Path, name: str, response: FileResponse) -> None:
        """Write a file as it comes, a piece at a time."""
        path = part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with cast("BinaryIO", response.file_to_stream) as stored, path.open("wb") as file:
            shutil.copyfileobj(stored, file)
        self.done.files += 1

    def _put(self, part: Path, name: str, content: bytes) -> None:
        path = part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.done.files += 1


def _original(party: str, branch: str, programme: str) -> str:
    """Return the file that a programme's original becomes, empty where it isn't stored."""
    found = (
        Programme.objects.published()
        .filter(branch__party__slug=party, branch__slug=branch, slug=programme)
        .defer("parse_report")
        .first()
    )
    if found is None or not found.file or not found.file.storage.exists(found.file.name):
        return ""
    ending = safe(Path(found.filename).suffix.lower().lstrip("."))
    return f"{file_of(f'/program/{party}/{branch}/{programme}/').removesuffix(START)}original.{ending}"


def _has_picture(party: str, branch: str, programme: str, page: int) -> bool:
    """Return whether the picture of a page of a programme's file is stored."""
    of = {f"programme__{name}": value for name, value in (("branch__party__slug", party), ("branch__slug", branch))}
    drawn = SourceSheet.objects.filter(**of, programme__slug=programme, page=page, picture=SourceSheet.Picture.DRAWN)
    sheet = drawn.defer("lines").first()
    return sheet is not None and default_storage.exists(sheet.picture_name)


def _static(address: str) -> bytes:
    """Return a file that pages are made of; a collected one has a sum in its name and lies where it was collected."""
    name = address.removeprefix(static(""))
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    found = finders.find(name)
    if not found:
        raise CannotBeExported(address)
    return Path(found).read_bytes()


def _without_notes(script: bytes) -> bytes:
    """Return a script without its indentation and the lines that are comments; none of ours has text over lines."""
    lines = (line.strip() for line in script.split(b"\n"))
    return b"\n".join(line for line in lines if line and not line.startswith(b"//")) + b"\n"


def _context(catalogue: Catalogue) -> dict[str, Any]:
    """Return what the folder's own pages say: of what archive it is, and what the search can be narrowed to."""
    published = Programme.objects.published()
    totals = published.aggregate(changed=Max("published_at"))
    return {"totals": published.span(), "changed": totals["changed"], "facets": list(_facets(catalogue))}


def _facets(catalogue: Catalogue) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Yield each list of filters: its name, its key in the address, and its values with their labels."""
    names = {"parti": (_("Parti"), "party"), "nivaa": (_("Nivå"), "level"), "aar": (_("Valgår"), "year")}
    for key, (title, facet) in names.items():
        values: Mapping[str, str] = {row.values[facet]: row.labels[facet] for row in catalogue.programmes.values()}
        yield title, key, sorted(values.items(), key=lambda item: item[1], reverse=key == "aar")
    main = {pk: row for pk, row in catalogue.themes.items() if row.main == pk}
    yield _("Tema"), "tema", sorted(((row.slug, row.label) for row in main.values()), key=_label)
    yield (_("Form"), "form", [("list", _("I lister")), ("text", _("I løpende tekst"))])


def _label(item: tuple[str, str]) -> str:
    return item[1]
