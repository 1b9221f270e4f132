"""A search without pledges: the truth for each party, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.search import SearchedParty, SearchResult, search
from programmes.site.facets import KEYS, filters_of
from programmes.site.links import QueryLinks
from programmes.site.rewording import asked, asked_with, words_of
from programmes.site.sums import PART_KEY
from programmes.site.templatetags.archive import count

MOST_WORDS = 5
"""Words of a search without hits that are tried alone."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A link for a search without hits, and the hits it would give."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Named:
    """A party, and how many places in its programmes have the words, with their address, where any has."""

    label: str
    places: str = ""
    url: str = ""


def truths(result: SearchResult, links: QueryLinks) -> list[tuple[str, list[Named]]]:
    """Return what can be said where no pledge was found, each with the parties that it holds for."""
    rows = result.coverage
    if result.filters.branch and not result.filters.party:  # the others have no such chapter
        rows = tuple(row for row in rows if row.programmes)
    narrowed = any(result.filters.of(facet) for facet in ("branch", "level", "year"))
    silent = _("har program, nevner det ikke") if words_of(result) else _("har program, men ingen slike løfter")
    missing = _("arkivet har ikke noe slikt program fra") if narrowed else _("arkivet har ikke noe program fra")
    said = [
        (_("står i teksten hos"), [_mentioning(row, result, links) for row in rows if row.elsewhere]),
        (silent, [Named(row.label) for row in rows if row.programmes and not row.elsewhere]),
        (missing, [Named(row.label) for row in rows if not row.programmes]),
    ]
    return [(truth, parties) for truth, parties in said if parties]


def _mentioning(row: SearchedParty, result: SearchResult, links: QueryLinks) -> Named:
    places = ngettext("%(count)s sted", "%(count)s steder", row.elsewhere) % {"count": count(row.elsewhere)}
    query = {"q": asked(result, but="party"), KEYS["party"]: row.party}
    return Named(row.label, places, f"{links.without(PART_KEY, also=query)}#ellers")


def ways_out(result: SearchResult, links: QueryLinks) -> list[WayOut]:
    """Return the filters and words that can be dropped, with the hits that each would give back."""
    names = {
        "party": _("parti"),
        "branch": _("lag"),
        "level": _("nivå"),
        "year": _("valgår"),
        "theme": _("tema"),
        "form": _("form"),
        "editions": _("utgaver"),
    }
    found = [
        WayOut(
            _("Søk uten filteret på %(filter)s") % {"filter": names[name]},
            links.without(KEYS[name], PART_KEY, also={"q": asked(result, but=name)}),
            number,
        )
        for name, number in result.without_filter.items()
        if number
    ]
    if not found and len(result.without_filter) > 1:
        words = words_of(result)
        number = search(words, per_page=1, beside=0, highlight=False).total
        found += [WayOut(_("Søk uten filtre"), links.without(*KEYS.values(), also={"q": words}), number)]
    return [way for way in found if way.count] + single_words(result, links)


def single_words(result: SearchResult, links: QueryLinks) -> list[WayOut]:
    """Return each word of a search without hits alone, with the hits that it has."""
    words = [word.typed for word in result.parsed.words][:MOST_WORDS]
    if len(words) < 2:
        return []
    filters = filters_of(links)
    found = []
    for word in words:
        query = asked_with(result, word)
        number = search(query, filters=filters, per_page=1, beside=0, highlight=False).total
        found.append(WayOut(_("Søk bare på «%(word)s»") % {"word": word}, links.changed_to("q", query), number))
    return [way for way in found if way.count]
