"""The register of places as search needs it: what each is called, and the counties that it has lain in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from programmes.models import Area
from programmes.places import bare_names


@dataclass(frozen=True)
class Places:
    """Every municipality and county that there is or was."""

    names_by_area: Mapping[int, str]
    counties: Mapping[int, int]
    """The county of each municipality, at its time."""
    successors: Mapping[int, list[int]]
    predecessors: Mapping[int, list[int]]

    @classmethod
    def load(cls) -> Self:
        """Return the register of places, read in two queries."""
        rows = list(Area.objects.values_list("pk", "name", "county"))
        successors, predecessors = defaultdict(list), defaultdict(list)
        for before, after in Area.successors.through.objects.values_list("from_area", "to_area"):
            successors[before].append(after)
            predecessors[after].append(before)
        counties = {pk: county for pk, _name, county in rows if county}
        return cls({pk: name for pk, name, _county in rows}, counties, successors, predecessors)

    @cached_property
    def all_names(self) -> frozenset[str]:
        """What people call any of them."""
        return frozenset(bare for name in self.names_by_area.values() for bare in bare_names(name))

    def names(self, area: int | None) -> tuple[str, ...]:
        """Return what people call a place, nothing for the whole country."""
        return bare_names(self.names_by_area[area]) if area else ()

    def county_names(self, area: int | None) -> tuple[str, ...]:
        """Return what people call the counties that a municipality lies or lay in, before or after a reform."""
        lineage = {each for each in (area,) if each}
        for step in (self.successors, self.predecessors):
            new = set(lineage)
            while new:
                new = {other for each in new for other in step.get(each, ())} - lineage
                lineage |= new
        found = sorted({self.names_by_area[self.counties[each]] for each in lineage if each in self.counties})
        return tuple(bare for name in found for bare in bare_names(name))
