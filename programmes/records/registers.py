"""Records of the registers: parties, areas, branches, themes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from programmes.models import Area, Branch, Party, Theme, is_published
from programmes.records.common import absolute, area_id, branch_id
from programmes.records.tables import Record


def published_parties() -> QuerySet[Party]:
    """Return the parties of the register, in the order of their records."""
    return Party.objects.order_by("code")


def party_records(parties: Sequence[Party], *, base: str) -> list[Record]:
    """Return parties as records of `parties`."""
    return [
        {
            "id": party.code,
            "url": absolute(base, party.get_absolute_url()),
            "slug": party.slug,
            "name_nb": party.name_nb,
            "name_nn": party.name_nn,
            "short": party.short,
            "also": list(party.also),
            "storting_since": party.storting_since,
            "colour": party.colour,
        }
        for party in parties
    ]


def published_areas() -> QuerySet[Area]:
    """Return the areas of the register, in the order of their records: counties before their municipalities."""
    return Area.objects.order_by("level", "code", "valid_from")


def area_records(areas: Sequence[Area], *, base: str) -> list[Record]:
    """Return areas as records of `areas`; in three queries."""
    prefetch_related_objects(list(areas), "county", "predecessors", "successors")
    return [
        {
            "id": area_id(area),
            "url": absolute(base, area.get_absolute_url()),
            "number": area.code,
            "name": area.name,
            "slug": area.slug,
            "level": area.level,
            "county": area_id(area.county) if area.county else None,
            "valid_from": area.valid_from.isoformat(),
            "valid_to": area.valid_to.isoformat() if area.valid_to else None,
            "predecessors": sorted(map(area_id, area.predecessors.all())),
            "successors": sorted(map(area_id, area.successors.all())),
        }
        for area in areas
    ]


def published_branches() -> QuerySet[Branch]:
    """Return the branches with a published programme, those above them, and those that an address once named.

    Others may have been made for a draft that nobody has seen yet.
    """
    own = is_published("programmes__") | is_published("former_addresses__programme__")
    named = Branch.objects.filter(own)
    wanted = Q(pk__in=named.values("pk")) | Q(pk__in=named.values("parent")) | Q(pk__in=named.values("parent__parent"))
    return Branch.objects.filter(wanted).select_related("party").order_by("party__slug", "slug")


def branch_records(branches: Sequence[Branch], *, base: str) -> list[Record]:
    """Return branches as records of `branches`; in four queries at most."""
    prefetch_related_objects(list(branches), "party", "area", "parent__party")
    return [
        {
            "id": branch_id(branch),
            "url": absolute(base, branch.get_absolute_url()),
            "party": branch.party.code,
            "party_name": branch.party.name_nb,
            "name": branch.name,
            "level": branch.level,
            "area": area_id(branch.area) if branch.area else None,
            "parent": branch_id(branch.parent) if branch.parent else None,
        }
        for branch in branches
    ]


def published_themes() -> QuerySet[Theme]:
    """Return the themes, in the order of their records: main themes before their sub-themes."""
    return Theme.objects.order_by(F("parent__slug").asc(nulls_first=True), "slug")


def theme_records(themes: Sequence[Theme], *, base: str) -> list[Record]:
    """Return themes as records of `themes`; in one query at most."""
    prefetch_related_objects(list(themes), "parent")
    return [
        {
            "id": theme.slug,
            "url": absolute(base, theme.get_absolute_url()),
            "uri": theme.uri or None,
            "label_nb": theme.label_nb,
            "label_nn": theme.label_nn,
            "label_en": theme.label_en,
            "also": list(theme.also),
            "parent": theme.parent.slug if theme.parent else None,
        }
        for theme in themes
    ]
