"""Find the branch and the area that a person or a file means by a name."""

from __future__ import annotations

import re

from django.db.models import Q

from programmes.branches import area_with_code, election_day
from programmes.models import Area, Branch, Party

MOST_FOUND = 12
_CODE = re.compile(r"\s*(\d{4}|\d{2})(?!\d)")


def areas_like(words: str, *, level: str = "") -> list[Area]:
    """Return areas of today whose name or number begins with the words, those that are no more last."""
    wanted = words.strip()
    areas = Area.objects.filter(Q(name__istartswith=wanted) | Q(code__startswith=wanted))
    if level:
        areas = areas.filter(level=level)
    found = list(areas.order_by("name", "-valid_from")[: MOST_FOUND * 4])
    found.sort(key=lambda area: area.valid_to is not None)
    return found[:MOST_FOUND]


def branches_like(words: str, *, party: str = "") -> list[Branch]:
    """Return branches whose name has the words in it, of one party where its code is given."""
    branches = Branch.objects.filter(name__icontains=words.strip()).select_related("party", "area")
    if party:
        branches = branches.filter(party__code=party)
    return list(branches.order_by("name")[:MOST_FOUND])


def label_of(area: Area) -> str:
    """Return how an area is offered in a list: `3403 Hamar`."""
    return f"{area.code} {area}"


def area_named(words: str, *, level: str, on_year: int) -> Area | None:
    """Return the one area that a person means by a number, a name, or both as in the list; None where it isn't one.

    A name is that of the area of `on_year`, else the newest of that name.
    """
    if code := _CODE.match(words):
        try:
            return area_with_code(code[1], level=level, on_year=on_year)
        except LookupError:
            return None
    name = words.partition("(")[0].strip()
    areas = Area.objects.filter(level=level).filter(Q(name__iexact=name) | Q(name__istartswith=f"{name} ("))
    candidates = list(areas.valid_on(election_day(on_year))) or sorted(areas, key=lambda area: area.valid_from)[-1:]
    return candidates[0] if len(candidates) == 1 else None


def branches_named(name: str, *, party: Party) -> list[Branch]:
    """Return the branches of a party with just this name."""
    named = Branch.objects.filter(party=party, name__iexact=name.strip()).select_related("area")
    return list(named.order_by("pk"))


def branch_named(name: str, *, party: Party) -> Branch | None:
    """Return the one branch of a party with just this name; None where there is none, or more than one."""
    named = branches_named(name, party=party)
    return named[0] if len(named) == 1 else None


def area_in_name(branch_name: str, *, level: str, on_year: int) -> Area | None:
    """Return the area that a branch's name begins with: `Nord-Aurdal Arbeiderparti` is of Nord-Aurdal."""
    words = branch_name.split()
    for count in range(len(words), 0, -1):
        if area := area_named(" ".join(words[:count]), level=level, on_year=on_year):
            return area
    return None
