"""From all that a programme says to entries of the index; what is stored is indexed, and nothing is worked out anew."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, QuerySet, When

from programmes import norwegian
from programmes.models import Passage, PassageQuerySet, PassageTheme, Section, is_published
from programmes.search.kinds import Kind
from programmes.search.terms import EntryTerms, entry_terms

CHUNK = 2000
KIND_OF = {
    Passage.Kind.PLEDGE: Kind.PLEDGE,
    Passage.Kind.SUB_PLEDGE: Kind.PLEDGE,
    Passage.Kind.PROSE_PLEDGE: Kind.PROSE_PLEDGE,
    Passage.Kind.QUESTION: Kind.QUESTION,
    Passage.Kind.PROSE: Kind.PROSE,
}


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One passage or heading as an engine keeps it."""

    key: int
    """A passage's primary key, or a section's made negative (`section_key`)."""
    kind: Kind
    programme_id: int
    year: int
    themes: tuple[int, ...]
    """Theme ids, ascending, sub-themes among them."""
    text: str
    repaired: str
    lead_in: str
    headings: tuple[str, ...]
    """The title of the section that it stands in and of those above; of a heading, its own alone."""

    @property
    def terms(self) -> EntryTerms:
        """The terms that it is found by."""
        return entry_terms(text=self.text, repaired=self.repaired, lead_in=self.lead_in, headings=self.headings)

    @property
    def digest(self) -> int:
        """A 31-bit sum of all that the terms and numbers are made from: the words, their place, and our own rules."""
        return crc32(repr(self).encode(), rules_sum()) >> 1


@cache
def rules_sum() -> int:
    """Return a sum of the code and tables of the analysis, so that an index made by older rules is known."""
    of_norwegian = sorted(
        path for path in Path(*norwegian.__path__).iterdir() if path.suffix in {".py", ".toml", ".tsv"}
    )
    return crc32(b"".join(source.read_bytes() for source in [*of_norwegian, Path(__file__).with_name("terms.py")]))


def changes(indexed: Mapping[int, int], entries: Iterable[IndexEntry]) -> tuple[list[int], list[IndexEntry]]:
    """Return what makes an index right: the keys to take out, and the entries to put in.

    `indexed` are the digests of the entries in the index, by key; one that has changed is taken out and put in.
    """
    right: set[int] = set()
    new = []
    for entry in entries:
        if indexed.get(entry.key) == entry.digest:
            right.add(entry.key)
        else:
            new.append(entry)
    return [key for key in indexed if key not in right], new


def section_key(section_id: int) -> int:
    """Return the key of a heading's entry, which no passage has."""
    return -section_id


def published_entries() -> Iterator[IndexEntry]:
    """Yield an entry for every passage and heading that the public may find.

    The garbage collector rests meanwhile: nothing here refers back to what refers to it, and going through 20,000
    entries again and again takes a seventh of the time of building an index.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield from _entries(Passage.objects.published(), published_sections())
    finally:
        if was_enabled:
            gc.enable()


def entries_of_programmes(programme_ids: Iterable[int]) -> Iterator[IndexEntry]:
    """Yield the entries of some programmes, none for one that is not published."""
    of_these = {"programme_id__in": list(programme_ids)}
    return _entries(Passage.objects.published().filter(**of_these), published_sections().filter(**of_these))


def entries_of(keys: Iterable[int]) -> Iterator[IndexEntry]:
    """Yield the entries with some keys, none for what is not published."""
    wanted = list(keys)
    passages = Passage.objects.published().filter(pk__in=[key for key in wanted if key > 0])
    sections = published_sections().filter(pk__in=[section_key(key) for key in wanted if key < 0])
    return _entries(passages, sections)


def published_sections() -> QuerySet[Section]:
    """Return the headings that belong in an index."""
    return Section.objects.filter(is_published("programme__")).exclude(title="")


def _entries(passages: PassageQuerySet, sections: QuerySet[Section]) -> Iterator[IndexEntry]:
    yield from _of_passages(passages)
    yield from _of_sections(sections)


def _of_passages(passages: PassageQuerySet) -> Iterator[IndexEntry]:
    themes = PassageTheme.objects.filter(passage=OuterRef("pk")).order_by("theme_id")
    better = Case(When(corrected="", then="repaired"), default="corrected")
    place = ("programme_id", "programme__period_start", "section_id")
    rows = (
        passages.annotate(theme_ids=ArraySubquery(themes.values("theme_id")))
        .order_by("pk")
        .values_list("pk", "kind", "dissent", *place, "theme_ids", "text", better, "lead_in")
    )

    headings = lru_cache(maxsize=64)(_headings)

    for pk, kind, dissent, programme_id, year, section_id, theme_ids, text, repaired, lead_in in rows.iterator(
        chunk_size=CHUNK
    ):
        yield IndexEntry(
            key=pk,
            kind=Kind.DISSENT if dissent else KIND_OF[kind],
            programme_id=programme_id,
            year=year,
            themes=tuple(theme_ids),
            text=text,
            repaired=repaired,
            lead_in=lead_in,
            headings=headings(programme_id)[section_id],
        )


def _of_sections(sections: QuerySet[Section]) -> Iterator[IndexEntry]:
    rows = sections.order_by("pk").values_list("pk", "programme_id", "programme__period_start", "title")
    for pk, programme_id, year, title in rows.iterator(chunk_size=CHUNK):
        yield IndexEntry(
            key=section_key(pk),
            kind=Kind.SECTION,
            programme_id=programme_id,
            year=year,
            themes=(),
            text=title,
            repaired="",
            lead_in="",
            headings=(title,),
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
