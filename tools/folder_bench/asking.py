"""One query asked of the live search and of the folder's, opened in a browser from the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from programmes.folder.naming import SEARCH
from programmes.folder.search_files import FILES, FOLDER, TEXTS
from programmes.search import search

MOST = 10
"""Hits that are compared, the first of each."""
FIRST = "([query, most]) => window.mappesok.first(query, most)"


@dataclass(frozen=True, slots=True)
class Answers:
    """The ids of the first hits of both searches, in order."""

    query: str
    live: tuple[str, ...]
    folder: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether both have the same ids, in any order; both may have none."""
        return set(self.live) == set(self.folder)

    @property
    def overlap(self) -> float:
        """The share of the live search's that the folder's has; of a live search without hits, whether it has none."""
        if not self.live:
            return float(not self.folder)
        return len(set(self.live) & set(self.folder)) / len(self.live)


def asked(queries: Sequence[str], folder: Path, page: Page) -> Iterator[Answers]:
    """Yield the answers to each query."""
    page.goto((folder / SEARCH).as_uri())
    for query in queries:
        yield Answers(query, in_live_search(query), in_folder(query, folder, page))


def in_live_search(query: str) -> tuple[str, ...]:
    """Return the ids of the first hits of the live search."""
    return tuple(hit.public_id for hit in search(query, per_page=MOST, beside=0, highlight=False).hits)


def in_folder(query: str, folder: Path, page: Page) -> tuple[str, ...]:
    """Return the ids of the first hits of a folder's search, whose page is open."""
    return tuple(_public_id(folder, number) for number in page.evaluate(FIRST, [query, MOST]))


def _public_id(folder: Path, number: int) -> str:
    """Return the id of a document by its number, as the texts of the folder tell it."""
    at = number // TEXTS
    written = (folder / FOLDER / "tekst" / str(at // FILES) / f"{at}.js").read_text("utf-8")
    rows = json.loads(written.partition(",")[2].rstrip().removesuffix(")"))
    return Path(rows[number % TEXTS][0]).stem


def loaded(query: str, folder: Path, page: Page) -> int:
    """Return the bytes of the script files that one search loads, on a page that has none yet."""
    sizes: list[int] = []

    def note(address: str) -> None:
        path = Path(address.removeprefix("file://").partition("?")[0])
        if path.suffix == ".js":
            sizes.append(path.stat().st_size)

    page.on("request", lambda request: note(request.url))
    page.goto(f"{(folder / SEARCH).as_uri()}?q={quote(query)}")
    page.wait_for_function("document.querySelector('[data-folder-search]').dataset.done")
    return sum(sizes)
