"""How many pledges of each programme fall under a theme: kept when a programme is published, so that no page counts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import get_language

from programmes.models import Branch, ProgrammeTheme, Theme, is_current


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


def themes_of_programmes(**programmes: Any) -> QuerySet[Theme]:
    """Return the main themes that the pledges of some programmes fall under, those with most first.

    With `pledge_count` and `prose_pledge_count`; `programmes` narrows as in `Theme.objects.with_pledge_counts`.
    """
    return Theme.objects.main().with_pledge_counts(**programmes).filter(pledge_count__gt=0)


def narrowed_to(branches: Iterable[Branch]) -> str:
    """Return the query that narrows a search or a theme to the pledges of some branches."""
    return urlencode([("lag", f"{branch.party.slug}/{branch.slug}") for branch in branches], safe="/")


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
