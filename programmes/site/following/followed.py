"""What somebody follows: a search, with its filters, or a place; a party, a chapter or a theme is a search too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from programmes.models import Area, Branch, Level, Party, Programme, Theme
from programmes.search import Filters, News, newest
from programmes.search.query import MAX_LENGTH
from programmes.site.facets import KEYS

PLACE = "sted"
"""In an address: the place that is followed, by the address of its own page."""
PAGES = {KEYS["party"]: "party", KEYS["branch"]: "branch", KEYS["theme"]: "theme", PLACE: "place"}
"""Key in the address → the view of the page that one value of it has."""
FEEDS = {KEYS["party"]: "party_feed", KEYS["branch"]: "branch_feed", KEYS["theme"]: "theme_feed", PLACE: "place_feed"}
"""… and that of its feed."""
MOST_VALUES = 30
"""Values of filters in one address; nobody chooses so many, one by one."""
LONGEST_VALUE = 100


class CannotBeFollowed(ValueError):
    """An address asks for more than anybody would choose."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A search that is followed."""

    query: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The filters: key in the address → its values, in the order of `KEYS`."""
    known: Mapping[tuple[str, str], str] = field(default_factory=dict, compare=False)
    """What people call some of the values, by key and value, where the page knows: others are looked up."""

    @classmethod
    def of(cls, asked: QueryDict, *, known: Mapping[tuple[str, str], str] | None = None) -> Followed:
        """Return what an address asks for; all in it that is no part of a search is left out.

        Spaces and line ends become one space. Raises `CannotBeFollowed`.
        """
        values = {
            key: tuple(dict.fromkeys(words for value in asked.getlist(key) if (words := " ".join(value.split()))))
            for key in (*KEYS.values(), PLACE)
        }
        query = " ".join(asked.get("q", "").split())
        every = [value for several in values.values() for value in several]
        if len(query) > MAX_LENGTH or len(every) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in every):
            raise CannotBeFollowed
        return cls(query, {key: several for key, several in values.items() if several}, known or {})

    @classmethod
    def of_query_string(cls, query_string: str) -> Followed:
        """Return what `query_string` was written of."""
        return cls.of(QueryDict(query_string))

    @classmethod
    def of_party(cls, party: Party) -> Followed:
        """Return a party, with all its chapters."""
        return cls._of_one(KEYS["party"], party.slug, party.name)

    @classmethod
    def of_branch(cls, branch: Branch) -> Followed:
        """Return a chapter, loaded with its party."""
        return cls._of_one(KEYS["branch"], f"{branch.party.slug}/{branch.slug}", branch.name)

    @classmethod
    def of_theme(cls, theme: Theme) -> Followed:
        """Return a theme, with its sub-themes."""
        return cls._of_one(KEYS["theme"], theme.slug, theme.label)

    @classmethod
    def of_place(cls, area: Area) -> Followed:
        """Return a municipality, or a county with its municipalities, and all parties' chapters there."""
        return cls._of_one(PLACE, area.slug, area.name)

    @classmethod
    def _of_one(cls, key: str, value: str, name: str) -> Followed:
        return cls(values={key: (value,)}, known={(key, value): name})

    def searched(self, query: str) -> Followed:
        """Return the same with other words: those that were searched instead of misspelt ones."""
        return replace(self, query=query)

    @property
    def query_string(self) -> str:
        """The choices as they stand in an address: always in the same order, and ASCII."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(key, value) for key, values in self.values.items() for value in values]
        return "&".join(f"{key}={quote(value, safe='/')}" for key, value in pairs)

    @property
    def page_url(self) -> str:
        """The address of the page that shows what is followed."""
        return self._own(PAGES) or _with_query(reverse("search"), self.query_string)

    @property
    def feed_url(self) -> str:
        """The address of the feed."""
        return self._own(FEEDS) or _with_query(reverse("search_feed"), self.query_string)

    @property
    def follow_url(self) -> str:
        """The address of the page that offers feed and mail."""
        return _with_query(reverse("follow"), self.query_string)

    def _own(self, views: Mapping[str, str]) -> str:
        """Return the address of the one party, chapter, theme or place that is followed; empty for any other search."""
        if self.query or len(self.values) != 1:
            return ""
        ((key, values),) = self.values.items()
        if key not in views or len(values) != 1:
            return ""
        try:
            return reverse(views[key], args=values[0].split("/"))
        except NoReverseMatch:  # a name, where an address was meant
            return ""

    @property
    def label(self) -> str:
        """What is followed, for people: `«buss», Bygdelista, Kultur`; empty for everything."""
        return ", ".join(_labels(self))

    def news(self, *, most: int, after: datetime | None = None, until: datetime | None = None) -> News:
        """Return the newest `most` pledges, of a time where one is given, as `search.newest` does."""
        filters = Filters(**{name: self.values.get(key, ()) for name, key in KEYS.items()})
        programmes = _programmes_in(self.values[PLACE]) if PLACE in self.values else None
        return newest(self.query, filters=filters, most=most, programmes=programmes, after=after, until=until)


def _with_query(path: str, query_string: str) -> str:
    return f"{path}?{query_string}" if query_string else path


def _programmes_in(places: Sequence[str]) -> frozenset[int]:
    """Return the programmes of all chapters in some places; in a county, those of its municipalities too."""
    here = Q(branch__area__slug__in=places) | Q(branch__area__county__slug__in=places)
    return frozenset(Programme.objects.published().filter(here).values_list("pk", flat=True))


def _labels(followed: Followed) -> Iterator[str]:
    """Yield the words and each filter as people call them; a value that names nothing we know stands as it is."""
    if followed.query:
        yield f"«{followed.query}»"
    for key, values in followed.values.items():
        unknown = [value for value in values if (key, value) not in followed.known]
        names = _names_of(key, unknown) if unknown else {}
        yield from (followed.known.get((key, value)) or names.get(value, value) for value in values)


def _names_of(key: str, values: Sequence[str]) -> dict[str, str]:
    """Return what people call the values of a filter, those that are known."""
    facet = {key: name for name, key in KEYS.items()}.get(key, key)
    if facet == "party":
        return {party.slug: party.name for party in Party.objects.filter(slug__in=values)}
    if facet == "branch":
        branches = Branch.objects.select_related("party").filter(slug__in=[value.split("/")[-1] for value in values])
        return {f"{branch.party.slug}/{branch.slug}": branch.name for branch in branches}
    if facet == "theme":
        return {theme.slug: theme.label for theme in Theme.objects.filter(slug__in=values)}
    if facet == PLACE:
        areas: QuerySet[Area] = Area.objects.filter(slug__in=values).order_by("valid_from")
        return {area.slug: area.name for area in areas}
    if facet == "level":
        return {level.value: str(level.label) for level in Level}
    return {
        "form": {"list": _("bare i lister"), "text": _("bare i løpende tekst")},
        "editions": {"alle": _("også eldre utgaver")},
    }.get(facet, {})
