"""Parties, branches or years side by side, and what changed since last time: as the pages have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from programmes.changes import Change, changes_between, compared_with, counts_of
from programmes.models import Party
from programmes.records import Record
from programmes.search.query import MAX_LENGTH
from programmes.site.api.answers import passages_by_key, programmes_by_key, sent
from programmes.site.api.doors import door
from programmes.site.api.lookups import programme_at, theme_named
from programmes.site.api.paging import cursor_of, values_of
from programmes.site.api.parameters import FIELDS_SAID, Paged, Word
from programmes.site.api.problems import not_here, unusable
from programmes.site.api.programmes import Slug
from programmes.site.api.shapes import PassageFields, PassageRecord, ProgrammeRecord
from programmes.site.callers import SEARCHES
from programmes.site.comparing import FEWEST, MOST, answer, asked_about
from programmes.site.views.compare import address_of

router = Router(tags=["comparing"])
Name = Annotated[str, Field(min_length=1, max_length=80)]


class ComparisonParameters(Schema):
    """Who is compared, and on what."""

    side: list[Name] = Field(
        min_length=FEWEST,
        max_length=MOST,
        description="Two to four sides: a party `sv`, a year of it `sv/2021`, a branch `sv/hamar`, a year of that "
        "`sv/hamar/2019`, or a name as people write it, `Hamar Ap 2019`.",
        examples=[["sv", "frp"]],
    )
    q: str | None = Field(None, min_length=1, max_length=MAX_LENGTH, description="A search; it goes before a theme.")
    theme: Word | None = Field(None, description="A theme, by Los URI or slug.", examples=["helse-og-omsorg"])
    fields: PassageFields = Field(None, description=f"Of passages. {FIELDS_SAID}")


class Side(Schema):
    """A party or branch with the programmes that are compared."""

    side: str = Field(description="Its value as an address has it.")
    name: str
    party: str = Field(description="Code of the party.")
    period: str
    programmes: list[ProgrammeRecord] = Field(
        description="None where the archive has no such programme: then nothing was searched for this side."
    )
    pledges: int = Field(description="How many of its pledges are on the subject.")
    is_cut: bool = Field(description="Whether it has more than are compared.")


class SharedRow(Schema):
    """Pledges of several sides that are alike."""

    label: str = Field(description="How the surest two are alike: same, reworded, narrower, broader.")
    is_sure: bool = Field(description="False where they resemble each other only.")
    pledges: list[list[PassageRecord]] = Field(description="For each side its own.")


class ComparisonAnswer(Schema):
    """What sides share, and what one has alone."""

    subject: str
    page_url: str = Field(description="The same as a page.")
    sides: list[Side]
    shared: list[SharedRow]
    alone: list[list[PassageRecord]] = Field(description="For each side.")


@door(router, "/compare", answer=ComparisonAnswer, summary="Compare two to four sides", rate=SEARCHES)
def compare_sides(request: HttpRequest, asked: Query[ComparisonParameters]) -> JsonResponse:
    """Compare what parties, branches or years have on a theme or a search: what they share, and what one has alone."""
    if not asked.q and not asked.theme:
        raise unusable("q", _("mangler: gi q eller theme"))
    theme = theme_named(asked.theme) if asked.theme and not asked.q else None
    question = asked_about(list(map(by_slug(), asked.side)), theme=theme, query=asked.q or "")
    if question.unknown:
        raise not_here("side", _("ingen heter «%(name)s»") % {"name": question.unknown[0]})
    comparison = answer(question)
    if comparison is None:
        raise unusable("side", _("to eller flere forskjellige må sammenlignes"))
    programmes = programmes_by_key(request, (each for side in comparison.sides for each in side.programmes))
    records = passages_by_key(request, (each for side in comparison.sides for each in side.pledges), asked.fields)
    return sent(
        {
            "subject": question.subject,
            "page_url": request.build_absolute_uri(address_of(question)),
            "sides": [
                {
                    "side": side.asked.value,
                    "name": side.name,
                    "party": side.party.code,
                    "period": side.period,
                    "programmes": [programmes[each.pk] for each in side.programmes],
                    "pledges": len(side.pledges),
                    "is_cut": side.is_cut,
                }
                for side in comparison.sides
            ],
            "shared": [
                {
                    "label": row.kind,
                    "is_sure": row.is_sure,
                    "pledges": [[records[each.pk] for each in own] for _side, own in row.beside],
                }
                for row in comparison.shared
            ],
            "alone": [[records[each.pk] for each in pledges] for pledges in comparison.alone],
        }
    )


def by_slug() -> Callable[[str], str]:
    """Return a function that writes a side that begins with a party's code as addresses have it."""
    slugs = dict(Party.objects.values_list("code", "slug"))

    def written(side: str) -> str:
        code, slash, rest = side.partition("/")
        return f"{slugs.get(code, code)}{slash}{rest}"

    return written


class ChangeParameters(Paged):
    """Which changes."""

    since: Word | None = Field(
        None, description="The last part of the id of what it is compared with: the programme before if left out."
    )
    became: list[Literal["new", "reworded", "gone", "kept"]] | None = Field(None, min_length=1, max_length=4)
    theme: Word | None = Field(None, description="Pledges under a theme, by Los URI or slug.")
    fields: PassageFields = Field(None, description=f"Of passages. {FIELDS_SAID}")


class Nearest(Schema):
    """What the other programme has that is most like a pledge that is new or gone."""

    label: str
    score: float
    passage: PassageRecord


class ChangeOfOne(Schema):
    """What became of a pledge."""

    became: Literal["new", "reworded", "gone", "kept"]
    later: PassageRecord | None = Field(description="Null where it is gone.")
    earlier: PassageRecord | None = Field(description="Null where it is new.")
    nearest: Nearest | None


class ChangesAnswer(Schema):
    """What changed since another programme."""

    programme: ProgrammeRecord
    since: ProgrammeRecord | None = Field(
        description="What it is compared with; null where the archive has nothing before it, and so no changes."
    )
    may_be_compared_with: list[ProgrammeRecord]
    counts: dict[str, int] = Field(description="How many pledges, of the theme asked for, became what.")
    items: list[ChangeOfOne]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


@door(
    router,
    "/programmes/{party}/{branch}/{programme}/changes",
    answer=ChangesAnswer,
    summary="What changed since last time",
    rate=SEARCHES,
)
def get_changes(
    request: HttpRequest, asked: Query[ChangeParameters], party: str = Slug, branch: str = Slug, programme: str = Slug
) -> JsonResponse:
    """Get what became of each pledge of lists since the programme or edition before: kept, reworded, new or gone.

    Those of the newer programme come first, in its order, then those that are gone.
    """
    newer = programme_at(party, branch, programme)
    older, others = compared_with(newer, asked.since or "")
    if asked.since and (older is None or older.slug != asked.since):
        raise not_here("since", _("er ikke noe dette programmet kan sammenlignes med"))
    theme = theme_named(asked.theme).slug if asked.theme else ""
    found = [each for each in (changes_between(older, newer) if older else []) if each.is_under(theme)]
    wanted = [each for each in found if not asked.became or each.became in asked.became]
    of = f"changes {newer.pk}"
    begin = values_of(asked.cursor, of=of)[0] if asked.cursor else 0
    page = wanted[begin : begin + asked.limit]
    behind = begin + len(page)
    programmes = programmes_by_key(request, [newer, *others])
    return sent(
        {
            "programme": programmes[newer.pk],
            "since": programmes[older.pk] if older else None,
            "may_be_compared_with": [programmes[each.pk] for each in others],
            "counts": {became.value: count for became, count in counts_of(found).items()},
            "items": told(request, page, asked.fields),
            "next": cursor_of([behind], of=of) if behind < len(wanted) else None,
        }
    )


def told(request: HttpRequest, page: list[Change], fields: list[str] | None) -> list[dict[str, object]]:
    """Return changes with the records of all that they name, each made once."""
    named = [each for change in page for each in (change.later, change.earlier) if each]
    named += [change.nearest.pledge for change in page if change.nearest]
    records: dict[int, Record] = passages_by_key(request, named, fields)
    return [
        {
            "became": change.became.value,
            "later": records[change.later.pk] if change.later else None,
            "earlier": records[change.earlier.pk] if change.earlier else None,
            "nearest": {
                "label": change.nearest.label,
                "score": change.nearest.score,
                "passage": records[change.nearest.pledge.pk],
            }
            if change.nearest
            else None,
        }
        for change in page
    ]
