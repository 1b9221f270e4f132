"""The ways to narrow and order the list of programmes."""

from __future__ import annotations

from django.db.models import F, FloatField, Func, IntegerField, Q
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from programmes.models import Level, Party, Programme, ProgrammeQuerySet
from programmes.site.facets import Facet, one_of
from programmes.site.links import QueryLinks

FULL_COVERAGE = 100.0
"""Per cent of the file's characters that the parse accounts for."""
ORDERS = {
    "": F("parsed_at").desc(nulls_last=True),
    "eldst": F("parsed_at").asc(nulls_last=True),
    "merknader": F("problem_count").desc(nulls_last=True),
    "dekning": F("coverage_share").asc(nulls_last=True),
}
"""Value in the address → order."""
FIELDS = {"tilstand": "publication", "nivaa": "branch__level", "aar": "period_start", "parti": "branch__party__slug"}
"""Key in the address → the field that has the chosen value."""
QUALITIES = {
    "merknader": Q(problem_count__gt=0),
    "dekning": Q(coverage_share__lt=FULL_COVERAGE),
    "tom": Q(pledge_count=0),
}
"""Chosen quality → what it lets through."""


def with_quality(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """Return programmes with `problem_count`, and `coverage_share` in per cent, taken from the report of the parse.

    The report itself, which may be long, stays in the database.
    """
    coverage = KeyTransform("coverage", "parse_report")
    characters = Cast(KeyTransform("characters", coverage), FloatField())
    unassigned = Cast(KeyTransform("unassigned", coverage), FloatField())
    return programmes.annotate(
        problem_count=Func(
            KeyTransform("problems", "parse_report"), function="jsonb_array_length", output_field=IntegerField()
        ),
        coverage_share=100.0 * (1.0 - unassigned / Func(characters, 0.0, function="NULLIF")),
    ).defer("parse_report")


def filters_of(mine: ProgrammeQuerySet, links: QueryLinks) -> list[Facet]:
    """Return the ways to narrow the list."""
    years = mine.order_by("-period_start").values_list("period_start", flat=True).distinct()
    parties = Party.objects.filter(branches__programmes__in=mine).distinct()
    return [
        one_of(_("Tilstand"), "tilstand", Programme.Publication.choices, links),
        one_of(
            _("Kvalitet"),
            "kvalitet",
            [("merknader", _("Med merknader")), ("dekning", _("Tekst ikke plassert")), ("tom", _("Uten løfter"))],
            links,
        ),
        one_of(_("Nivå"), "nivaa", Level.choices, links),
        one_of(_("Fra år"), "aar", [(str(year), str(year)) for year in years], links),
        one_of(_("Parti"), "parti", [(party.slug, party.name) for party in parties], links),
    ]


def condition_of(filters: list[Facet]) -> Q:
    """Return what the chosen filters let through."""
    chosen = {each.key: each.chosen for each in filters if each.chosen}
    condition = Q(**{field: chosen[key] for key, field in FIELDS.items() if key in chosen})
    return condition & QUALITIES.get(chosen.get("kvalitet", ""), Q())
