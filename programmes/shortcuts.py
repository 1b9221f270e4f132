"""A typed name that leads straight to what it names."""

from __future__ import annotations

import re

from .models import Programme
from .slugs import slugify_norwegian

_NAME_AND_YEAR = re.compile(r"(?P<name>.+?)\s+(?P<year>(?:19|20)\d\d)(?:\s*[-–]\s*(?:19|20)\d\d)?")


def programme_named(query: str) -> Programme | None:
    """Return the one published programme that `Hamar 2023` or `Bærum Arbeiderparti 2023–2027` names, if it is one."""
    match = _NAME_AND_YEAR.fullmatch(query.strip())
    if match is None:
        return None
    name = match["name"]
    programmes = Programme.objects.published().with_branch().in_year(int(match["year"]))
    found = list(programmes.filter(branch__name__iexact=name)[:2]) or list(
        programmes.filter(branch__slug=slugify_norwegian(name))[:2]
    )
    return found[0] if len(found) == 1 else None
