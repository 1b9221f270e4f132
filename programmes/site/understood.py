"""How a query was read, shown above the hits, each reading with the way to undo it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.search import SearchResult
from programmes.search.understanding.reading import Reading
from programmes.site.facets import KEYS
from programmes.site.links import QueryLinks
from programmes.site.rewording import asked_with, facet_of, typed_words
from programmes.site.sums import PART_KEY
from programmes.site.templatetags.archive import count


@dataclass(frozen=True, slots=True)
class Pill:
    """A filter in use and the address without it; one that was read in the query says what that link does."""

    label: str
    url: str
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about how the query was read, and a link to search otherwise where there is one."""

    text: str
    link: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Nearby:
    """Another search about the same matter, and how many hits it has."""

    words: str
    count: int
    url: str


def pills(result: SearchResult, links: QueryLinks) -> list[Pill]:
    """Return the filters in use: those read in the query first, then those of the address, also one without meaning."""
    undo = _("søk etter ordet i stedet")
    read = [
        Pill(_named(reading), _with_query(links, reading.undone), undo)
        for reading in result.readings
        if reading.kind != "dropped"
    ]
    return read + [
        Pill(_label(result, facet, value), links.without(key, value=value))
        for facet, key in KEYS.items()
        for value in links.values(key)
    ]


def undone_by_value(result: SearchResult, links: QueryLinks, facet: str) -> Mapping[str, str]:
    """Return the values of a filter that were read in the query, each with the address without that reading."""
    return {
        value: _with_query(links, reading.undone)
        for reading in result.readings
        if facet_of(reading) == facet and not reading.typed.startswith("-")
        for value in reading.values
    }


def notices(result: SearchResult) -> list[Notice]:
    """Return the sentences that tell how the query was read and what was searched instead of it."""
    said = [Notice(problem) for problem in result.problems]
    shows_suggestion = result.searched != result.query and result.relaxed is None and not result.neighbour
    if result.suggestion and shows_suggestion:
        said.append(
            Notice(_("Ingen treff på «%(query)s». Viser treff på forslaget i stedet.") % {"query": result.query})
        )
    if result.relaxed is not None:
        words = _listed([clause.atoms[0].typed for clause in result.parsed.clauses if not clause.negative])
        said.append(Notice(_("Ingen løfter har alle ordene. Viser løfter med %(words)s.") % {"words": words}))
    if result.more:
        whole = result.total - result.more
        few = ngettext("%(count)s løfte har alle ordene.", "%(count)s løfter har alle ordene.", whole)
        below = _("Under står løfter som bare har de viktigste av dem.")
        said.append(Notice(f"{few % {'count': count(whole)}} {below}"))
    if result.text_searched and result.elsewhere:
        said.append(
            Notice(
                _("Heller ikke teksten ellers har alle ordene. Viser steder med %(words)s.")
                % {"words": result.text_searched}
            )
        )
    if result.neighbour:
        said.append(
            Notice(
                _("Ingen løfter har ordet %(word)s. Viser løfter om %(neighbour)s.")
                % {"word": typed_words(result), "neighbour": result.neighbour}
            )
        )
    return said


def asides(result: SearchResult, links: QueryLinks) -> list[Notice]:
    """Return the quieter sentences: what was left out, what a word may name as well, what else it was read as."""
    said = []
    if result.suggestion and (result.searched == result.query or result.relaxed is not None or result.neighbour):
        said.append(Notice(_("Mente du"), f"{result.suggestion}?", links.changed_to("q", result.suggestion)))
    said += [
        Notice(
            _("Mente du partiet %(party)s?") % {"party": reading.label},
            _("Vis løftene fra %(party)s") % {"party": reading.label},
            _with_query(links, reading.undone),
        )
        for reading in result.offered
    ]
    for reading in result.readings:
        if reading.kind == "dropped":
            left_out = _("Utelatt fra søket: %(words)s") % {"words": reading.label}
            said.append(Notice(f"{left_out} ·", _("søk med alle ordene"), _with_query(links, reading.undone)))
    said += [
        Notice(
            _("Sted: %(place)s ·") % {"place": reading.label},
            _("alle partiene i %(place)s") % {"place": reading.label},
            f"{reverse('place_list')}?{urlencode({'q': reading.label})}",
        )
        for reading in (*result.readings, *result.offered)
        if reading.kind == "area" and not reading.typed.startswith("-")
    ]
    for typed, read in result.read_as:
        said.append(Notice(_("«%(typed)s» er også lest som «%(read)s».") % {"typed": typed, "read": read}))
    return said


def nearby(result: SearchResult, links: QueryLinks) -> list[Nearby]:
    """Return other searches about the same matter."""
    return [
        Nearby(other.words, other.total, _with_query(links, asked_with(result, other.words)))
        for other in result.same_matter
    ]


def _named(reading: Reading) -> str:
    """Return what a reading is called on its pill: `Parti: Fremskrittspartiet`."""
    named = {
        "party": _("Parti: %(name)s"),
        "branch": _("Lag: %(name)s"),
        "area": _("Sted: %(name)s"),
        "year": _("År: %(name)s"),
        "theme": _("Tema: %(name)s"),
    }[reading.kind]
    if reading.typed.startswith("-"):
        return named % {"name": _("ikke %(name)s") % {"name": reading.label.lstrip("−")}}
    return named % {"name": reading.label}


def _label(result: SearchResult, facet: str, value: str) -> str:
    forms = {"list": _("I en liste"), "text": _("I løpende tekst")}
    if facet == "editions":
        return _("også eldre utgaver")
    return forms.get(value, value) if facet == "form" else result.labels.get((facet, value), value)


def _with_query(links: QueryLinks, query: str) -> str:
    return links.without(PART_KEY, also={"q": query})


def _listed(words: Sequence[str]) -> str:
    """Return some words as a sentence lists them: `a, b og c`."""
    *first, last = words
    return _("%(words)s og %(last)s") % {"words": ", ".join(first), "last": last} if first else last
