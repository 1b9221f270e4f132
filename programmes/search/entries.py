"""From pledges in the archive to entries of the index; what is stored is indexed, and nothing is worked out anew."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, When

from programmes import norwegian
from programmes.models import PassageQuerySet, PassageTheme, Pledge, Section
from programmes.search.terms import EntryTerms, entry_terms

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One pledge as an engine keeps it."""

    passage_id: int
    programme_id: int
    year: int
    themes: tuple[int, ...]
    """Theme ids, ascending, sub-themes among them."""
    text: str
    repaired: str
    lead_in: str
    headings: tuple[str, ...]
    """The title of the section and of those above it."""

    @property
    def terms(self) -> EntryTerms:
        """The terms that the pledge is found by."""
        return entry_terms(text=self.text, repaired=self.repaired, lead_in=self.lead_in, headings=self.headings)

    @property
    def digest(self) -> int:
        """A 31-bit sum of all that the terms and numbers are made from: the pledge, its place, and our own rules."""
        return crc32(repr(self).encode(), rules_sum()) >> 1


@cache
def rules_sum() -> int:
    """Return a sum of the code and tables of the analysis, so that an index made by older rules is known."""
    of_norwegian = sorted(
        path for path in Path(*norwegian.__path__).iterdir() if path.suffix in {".py", ".toml", ".tsv"}
    )
    return crc32(b"".join(source.read_bytes() for source in [*of_norwegian, Path(__file__).with_name("terms.py")]))


def changes(indexed: Mapping[int, int], entries: Iterable[IndexEntry]) -> tuple[list[int], list[IndexEntry]]:
    """Return what makes an index right: the passage ids to take out, and the entries to put in.

    `indexed` are the digests of the entries in the index, by passage id; one that has changed is taken out and put in.
    """
    right: set[int] = set()
    new = []
    for entry in entries:
        if indexed.get(entry.passage_id) == entry.digest:
            right.add(entry.passage_id)
        else:
            new.append(entry)
    return [passage_id for passage_id in indexed if passage_id not in right], new


def published_entries() -> Iterator[IndexEntry]:
    """Yield an entry for every pledge that the public may find.

    The garbage collector rests meanwhile: nothing here refers back to what refers to it, and going through 20,000
    entries again and again takes a seventh of the time of building an index.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield from _entries(Pledge.objects.published())
    finally:
        if was_enabled:
            gc.enable()


def entries_of_programmes(programme_ids: Iterable[int]) -> Iterator[IndexEntry]:
    """Yield the entries of some programmes, none for one that is not published."""
    return _entries(Pledge.objects.published().filter(programme_id__in=list(programme_ids)))


def entries_of_passages(passage_ids: Iterable[int]) -> Iterator[IndexEntry]:
    """Yield the entries of some pledges, none for one that is not published."""
    return _entries(Pledge.objects.published().filter(pk__in=list(passage_ids)))


def _entries(pledges: PassageQuerySet) -> Iterator[IndexEntry]:
    themes = PassageTheme.objects.filter(passage=OuterRef("pk")).order_by("theme_id")
    better = Case(When(corrected="", then="repaired"), default="corrected")
    rows = (
        pledges.annotate(theme_ids=ArraySubquery(themes.values("theme_id")))
        .order_by("pk")
        .values_list(
            "pk", "programme_id", "programme__period_start", "section_id", "theme_ids", "text", better, "lead_in"
        )
    )

    headings = lru_cache(maxsize=64)(_headings)

    for pk, programme_id, year, section_id, theme_ids, text, repaired, lead_in in rows.iterator(chunk_size=CHUNK):
        yield IndexEntry(
            passage_id=pk,
            programme_id=programme_id,
            year=year,
            themes=tuple(theme_ids),
            text=text,
            repaired=repaired,
            lead_in=lead_in,
            headings=headings(programme_id)[section_id],
        )


def _headings(programme_id: int) -> dict[int, tuple[str, ...]]:
    """Return for each section of a programme its title and those of the sections above it."""
    rows = (
        Section.objects.filter(programme_id=programme_id).order_by("position").values_list("pk", "title", "parent_id")
    )
    found: dict[int, tuple[str, ...]] = {}
    for pk, title, parent in rows:  # a parent stands before its children
        found[pk] = (title, *found.get(parent, ()))
    return found
