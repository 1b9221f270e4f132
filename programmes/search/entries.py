"""From pledges in the archive to entries of the index; what is stored is indexed, and nothing is worked out anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from programmes.models import Passage, PassageTheme, Pledge, Section

from .terms import EntryTerms, entry_terms

MAX_THEMES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One pledge as an engine keeps it."""

    passage_id: int
    programme_id: int
    year: int
    theme_ids: tuple[int, ...]
    terms: EntryTerms


def published_pledges() -> Iterable[Pledge]:
    """Return every pledge that the public may find, with what an entry needs."""
    return with_entry_data(Pledge.objects.published())


def with_entry_data(pledges):
    """Return a queryset of pledges with all that an entry is made from, in a fixed number of queries."""
    themes = Prefetch("passage_themes", PassageTheme.objects.order_by("-is_main", "theme_id"))
    return pledges.select_related("programme").prefetch_related(themes).order_by("pk")


def entries(pledges: Iterable[Passage]) -> Iterator[Entry]:
    """Yield an entry for each pledge; `pledges` come from `with_entry_data`."""
    headings: dict[int, dict[int, tuple[str, int | None]]] = {}
    for pledge in pledges:
        if pledge.programme_id not in headings:
            headings[pledge.programme_id] = {
                pk: (title, parent)
                for pk, title, parent in Section.objects.filter(programme_id=pledge.programme_id).values_list(
                    "pk", "title", "parent_id"
                )
            }
        yield Entry(
            passage_id=pledge.pk,
            programme_id=pledge.programme_id,
            year=pledge.programme.period_start,
            theme_ids=tuple(link.theme_id for link in pledge.passage_themes.all())[:MAX_THEMES],
            terms=entry_terms(
                text=pledge.text,
                repaired=pledge.repaired,
                lead_in=pledge.lead_in,
                headings=_headings_above(headings[pledge.programme_id], pledge.section_id),
            ),
        )


def _headings_above(sections: dict[int, tuple[str, int | None]], section: int | None) -> list[str]:
    """Return the title of a section and of those it stands under."""
    titles = []
    while section is not None:
        title, section = sections[section]
        titles.append(title)
    return titles
