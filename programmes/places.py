"""Places: municipalities and counties with what came before and after them, whatever number they had."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from programmes.models import Area, Level
from programmes.norwegian.slugs import slugify_norwegian
from programmes.norwegian.sorting import norwegian_order

MOST_NAMED = 60
"""Places that a name is answered with."""


def bare_names(name: str) -> tuple[str, ...]:
    """Return what people call a place: `Herøy` of `Herøy (Nordland)`, each language's of `Hábmer – Hamarøy`."""
    return tuple(re.sub(r"\s*\(.*\)$", "", name).split(" – "))


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or county under all the numbers that it has had, the oldest first."""

    areas: Sequence[Area]

    @property
    def newest(self) -> Area:
        """The place as it is now, or as it was at last."""
        return self.areas[-1]

    @property
    def is_county(self) -> bool:
        """Whether it is a county."""
        return self.newest.level == Level.COUNTY

    @property
    def keys(self) -> list[int]:
        """The keys of its areas."""
        return [area.pk for area in self.areas]

    def predecessors(self) -> list[Area]:
        """Return the other places that became this one or a part of it, each as it was at last, in one query."""
        found = Area.objects.filter(successors__in=self.keys).exclude(pk__in=self.keys)
        return _each_once(found.order_by("name", "-valid_from"))

    def successors(self) -> list[Area]:
        """Return the other places that it became, or that parts of it did, each as it was first, in one query."""
        found = Area.objects.filter(predecessors__in=self.keys).exclude(pk__in=self.keys)
        return _each_once(found.order_by("name", "valid_from"))


def _each_once(areas: Collection[Area]) -> list[Area]:
    return list({area.slug: area for area in reversed(list(areas))}.values())[::-1]


def place_at(slug: str) -> Place | None:
    """Return the place with an address, None where there is none; in one query."""
    areas = list(Area.objects.filter(slug=slug).select_related("county").order_by("valid_from", "code"))
    return Place(areas) if areas else None


def places_named(words: str) -> list[tuple[Area, bool]]:
    """Return the places that a number, a name or the beginning of one leads to, and whether that is all of it.

    Each is as it is now, or was at last; those called just that come first; in two queries. Names are compared without
    their accents and in every language that the place has had one in, which a database cannot do for us.
    """
    slug, typed = slugify_norwegian(words), words.strip()
    if not slug:
        return []
    called: dict[str, bool] = {}
    for address, name, code in Area.objects.values_list("slug", "name", "code"):
        names = {address, *map(slugify_norwegian, bare_names(name))}
        if slug in names or typed == code:
            called[address] = True
        elif any(each.startswith(slug) for each in names):
            called.setdefault(address, False)
    areas = Area.objects.filter(slug__in=called).select_related("county").order_by("valid_from")
    newest = {area.slug: area for area in areas}
    ranked = sorted(
        newest.values(), key=lambda area: (not called[area.slug], area.valid_to is not None, norwegian_order(area.name))
    )
    return [(area, called[area.slug]) for area in ranked[:MOST_NAMED]]


def came_of(places: Collection[int]) -> Callable[[int], set[int]]:
    """Return a function that gives those of some areas that came of an area of any time, in one query."""
    successors: dict[int, list[int]] = defaultdict(list)
    for before, after in Area.successors.through.objects.values_list("from_area_id", "to_area_id"):
        successors[before].append(after)

    def those_that_came_of(area_id: int) -> set[int]:
        found, frontier, seen = set(), [area_id], set()
        while frontier:
            each = frontier.pop()
            if each in seen:
                continue
            seen.add(each)
            if each in places:
                found.add(each)
            else:
                frontier.extend(successors[each])
        return found

    return those_that_came_of
