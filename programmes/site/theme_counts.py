"""How many pledges of each programme fall under a theme: kept when a programme is published, so that no page counts."""

from __future__ import annotations

from itertools import starmap
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language

from programmes.models import ProgrammeTheme, Theme, is_current


class Count(NamedTuple):
    """How many pledges of a programme fall under a theme."""

    programme: int
    year: int
    party: str
    """The party's slug."""
    party_name: str
    branch: str
    """The branch's slug."""
    branch_name: str
    pledges: int
    in_text: int
    """Those of the pledges that stand in running text."""


def kept(**themes: Theme) -> QuerySet[ProgrammeTheme]:
    """Return the kept counts of a theme, or of those below it, in what the public may see."""
    return ProgrammeTheme.objects.filter(is_current("programme__"), **themes)


def counts_of(rows: QuerySet[ProgrammeTheme]) -> list[Count]:
    """Return kept counts with their programmes, in the order in which a page shows these."""
    branch = "programme__branch__"
    party = f"{branch}party__"
    party_name = f"{party}name_nn" if get_language() == "nn" else f"{party}name_nb"
    ordered = rows.order_by("-programme__period_start", f"{party}name_nb", f"{branch}name", "programme")
    fields = ("programme", "programme__period_start", f"{party}slug", party_name, f"{branch}slug", f"{branch}name")
    return list(starmap(Count, ordered.values_list(*fields, "pledge_count", "prose_pledge_count")))
