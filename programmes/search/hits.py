"""From what an engine found to what a page shows: passages and headings fetched, words marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from programmes.models import Passage, Section
from programmes.search.catalogue import Catalogue
from programmes.search.engine import Ranked
from programmes.search.entries import KIND_OF, section_key
from programmes.search.highlight import Marker
from programmes.search.kinds import Kind
from programmes.search.results import ChapterHit, Hit, Mention
from programmes.search.terms import Likeness

PUBLISHED_PASSAGES = """
    SELECT passage.* FROM programmes_passage passage WHERE passage.id = any(%s) AND (
        SELECT publication FROM programmes_programme WHERE id = passage.programme_id) = 'published'
"""
"""Written out, for a search is half done in the time that Django takes to put it together; a join would make PostgreSQL
read every programme."""


def fetched(catalogue: Catalogue, *parts: Iterable[Ranked]) -> Mapping[int, Passage]:
    """Return the passages of some parts by their keys, in one query; a draft is left out whatever the index says.

    Where some hang under entries that were not found, those take another query.

    Where they stand is kept from search to search, for Django takes longer to make objects of it than a search takes.
    """
    keys = [entry.key for part in parts for entry in part]
    passages = {passage.pk: passage for passage in Passage.objects.raw(PUBLISHED_PASSAGES, [keys])} if keys else {}
    sections = catalogue.sections({passage.section_id for passage in passages.values()})
    for passage in passages.values():
        passage.section = sections[passage.section_id]
        passage.programme = passage.section.programme
    above = {passage.parent_id for passage in passages.values() if passage.parent_id} - passages.keys()
    known = passages | (Passage.objects.select_related("parent__parent").in_bulk(above) if above else {})
    for passage in passages.values():
        if passage.parent_id:
            passage.parent = known[passage.parent_id]
    return passages


def hits_of(
    ranked: Iterable[Ranked], passages: Mapping[int, Passage], marks: Marker, *, by: str = ""
) -> tuple[Hit, ...]:
    """Return the pledges that were found, in their order; `by` where all were found by what wasn't asked for."""
    lead_in = cache(marks.html)
    return tuple(
        Hit(
            public_id=passage.public_id,
            kind=Kind.DISSENT if passage.dissent else KIND_OF[Passage.Kind(passage.kind)],
            score=entry.likeness,
            by=by or Likeness(entry.likeness).by,
            snippet=marks.snippet(passage.readable_text),
            lead_in=lead_in(passage.lead_in),
            passage=passage,
        )
        for entry in ranked
        if (passage := passages.get(entry.key))
    )


def mentions_of(ranked: Iterable[Ranked], passages: Mapping[int, Passage], marks: Marker) -> tuple[Mention, ...]:
    """Return the other text that was found, in its order."""
    found = (passages[entry.key] for entry in ranked if entry.key in passages)
    return tuple(Mention(passage.public_id, *marks.sentence(passage.readable_text), passage) for passage in found)


def chapters_of(ranked: Iterable[Ranked], catalogue: Catalogue, marks: Marker) -> tuple[ChapterHit, ...]:
    """Return the headings that were found, in their order."""
    return tuple(ChapterHit(marks.html(section.title), section) for section in sections_of(ranked, catalogue))


def sections_of(ranked: Iterable[Ranked], catalogue: Catalogue) -> list[Section]:
    """Return the sections of the headings that were found, in their order; of a draft none."""
    sections = catalogue.sections([section_key(entry.key) for entry in ranked])
    return [section for section in sections.values() if section.programme_id in catalogue.programmes]
