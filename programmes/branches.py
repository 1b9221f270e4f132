"""The branch that a programme is from: one branch a place, under all its numbers through the reforms."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from programmes.models import Area, Branch, Level, Party
from programmes.norwegian.slugs import slugify_norwegian
from programmes.places import bare_names
from programmes.registers import NATIONAL_SLUG

NO_SUCH: dict[str, str] = {Level.COUNTY: "ikke noe fylke", Level.MUNICIPALITY: "ingen kommune"}


class UnknownArea(LookupError):
    """No area of that level has ever had that number, with a sentence for the person who wrote it."""


def branch_at(*, party: Party, level: str, area_code: str | None, on_year: int) -> Branch | None:
    """Return the branch that `get_or_create_branch` would return, None where it would make one. Raises UnknownArea."""
    if level == Level.NATIONAL:
        return Branch.objects.filter(party=party, level=Level.NATIONAL).first()
    return _branch_in(party, area_with_code(area_code or "", level=level, on_year=on_year))


@transaction.atomic
def get_or_create_branch(*, party: Party, name: str, level: str, area_code: str | None, on_year: int) -> Branch:
    """Return the party's branch for a place, made under the name given where the party has none there yet.

    The place is the area that had the number `area_code` (two digits for a county, four for a
    municipality; None for the national branch) in September of `on_year`. A municipality that only changed
    its number, or was part of another for a while, keeps its branch; the branch stands in the newest
    area that it has a programme for. Its parent is the party's branch for the county, else the national one.
    Raises UnknownArea.
    """
    if level == Level.NATIONAL:
        defaults = {"name": name, "slug": NATIONAL_SLUG}
        return Branch.objects.get_or_create(party=party, level=Level.NATIONAL, defaults=defaults)[0]
    area = area_with_code(area_code or "", level=level, on_year=on_year)
    branch = _branch_in(party, area)
    if branch is None:
        parent = _parent_branch(party, area)
        branch = Branch.objects.create(
            party=party, level=level, area=area, parent=parent, name=name, slug=_free_slug(party, area)
        )
        if level == Level.COUNTY:
            _adopt_municipal_branches(branch, area)
    elif branch.area and branch.area.valid_from < area.valid_from:
        branch.area, branch.parent = area, _parent_branch(party, area)
        branch.save(update_fields=["area", "parent"])
    return branch


def election_day(year: int) -> date:
    """Return the day on which the areas of an election year are looked up: Norwegian elections are in September."""
    return date(year, 9, 1)


def area_with_code(code: str, *, level: str, on_year: int) -> Area:
    """Return the area of a level that had a number in September of a year, or else the one nearest in time.

    The nearest stands in where a manifest gives today's number for an older programme, and for years before
    the register begins. Raises UnknownArea.
    """
    day = election_day(on_year)

    def days_away(area: Area) -> int:
        if area.valid_from > day:
            return (area.valid_from - day).days
        return max((day - area.valid_to).days, 0) if area.valid_to else 0

    areas = Area.objects.select_related("county").filter(code=code, level=level)
    nearest = min(areas, key=days_away, default=None)
    if nearest is None:
        raise UnknownArea(f"Registeret har {NO_SUCH[level]} med nummer «{code}».")
    return nearest


def same_place(area: Area) -> list[Area]:
    """Return an area and those before and after it, through the reforms, that bear its name at the same level.

    `Hamar` of 2018–2019 (0403) is `Hamar` of today (3403), and `Troms` of 2018–2019 that of today.
    """
    found, names = {area.pk: area}, set(bare_names(area.name))
    for direction in ("successors", "predecessors"):
        frontier = [area]
        while frontier:
            frontier = [other for near in frontier for other in getattr(near, direction).filter(level=area.level)]
            found |= {other.pk: other for other in frontier if not names.isdisjoint(bare_names(other.name))}
    return list(found.values())


def _branch_in(party: Party, area: Area) -> Branch | None:
    """Return the party's branch for the place, whichever of its numbers it stands under."""
    branches = Branch.objects.select_related("area").filter(party=party, area__in=same_place(area))
    return branches.order_by("-area__valid_from").first()


def _parent_branch(party: Party, area: Area) -> Branch | None:
    """Return the party's branch for the area's county, else its national branch."""
    county_branch = _branch_in(party, area.county) if area.county else None
    return county_branch or Branch.objects.filter(party=party, level=Level.NATIONAL).first()


def _adopt_municipal_branches(county_branch: Branch, county: Area) -> None:
    """Move the party's branches in a county under the county's new branch."""
    counties = same_place(county)
    Branch.objects.filter(party=county_branch.party, level=Level.MUNICIPALITY, area__county__in=counties).update(
        parent=county_branch
    )


def _free_slug(party: Party, area: Area) -> str:
    """Return a slug from the area's name that no other branch of the party has.

    `valer` may be taken by another municipality of that name (`-` and its county or number is added),
    and `oslo` is both a county and a municipality (`oslo-fylke`).
    """
    taken = set(Branch.objects.filter(party=party).values_list("slug", flat=True))
    base = slugify_norwegian(area.name.partition(" (")[0])
    suffix = slugify_norwegian(area.county.name) if area.county else "fylke"
    candidates = (base, f"{base}-{suffix}", f"{base}-{area.code}", f"{base}-{area.code}-{area.valid_from.year}")
    return next(slug for slug in candidates if slug not in taken)
