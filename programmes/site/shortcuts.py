"""A typed name that leads straight to what it names."""

from __future__ import annotations

import re

from django.db.models import Q

from programmes.models import Level, Party, Programme
from programmes.norwegian.slugs import slugify_norwegian
from programmes.search.catalogue import simple

MOST_NAMED = 12
_NAME_AND_YEAR = re.compile(r"(?P<name>.+?)\s+(?P<year>(?:19|20)\d\d)(?:\s*[-–]\s*(?:19|20)\d\d)?")


def programmes_named(query: str) -> list[Programme]:
    """Return the published programmes that `Hamar 2023`, `SV 2025` or `Bærum Arbeiderparti 2023–2027` names.

    The name of a list comes first, then a place, then a party's own programme for the country.
    """
    match = _NAME_AND_YEAR.fullmatch(query.strip())
    if match is None:
        return []
    name = match["name"]
    programmes = Programme.objects.current().with_branch().in_year(int(match["year"]))
    for condition in (
        Q(branch__name__iexact=name),
        Q(branch__slug=slugify_norwegian(name)) | Q(branch__area__name__iexact=name),
        Q(branch__level=Level.NATIONAL, branch__party__in=_parties_named(name)),
    ):
        found = list(programmes.filter(condition).order_by("branch__name")[:MOST_NAMED])
        if found:
            return found
    return []


def _parties_named(name: str) -> list[int]:
    """Return the keys of the parties that have a name among all that they may be called."""
    return [party.pk for party in Party.objects.all() if simple(name) in map(simple, party.names)]
