"""What hits are narrowed to."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are narrowed to: values of one filter are alternatives, different filters must all hold.

    A party is named by slug, code or name; a branch by `party/branch`, by its own slug (any party's) or its
    area; a theme by slug or label (a main theme takes in its sub-themes); a year is the one a period begins;
    a form is `list` or `text`, for pledges in lists and those in running text; editions are `alle` where those that a
    newer one has taken the place of are wanted too.
    """

    party: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()

    def of(self, facet: str) -> tuple[str, ...]:
        """Return a filter's values by the name of its facet."""
        return tuple(str(value) for value in getattr(self, facet))

    def without(self, facet: str) -> Filters:
        """Return the filters with one of them dropped."""
        return replace(self, **{facet: ()})

    def with_values(self, facet: str, *values: str) -> Filters:
        """Return the filters with values added to one of them."""
        return replace(self, **{facet: tuple(dict.fromkeys((*self.of(facet), *values)))})

    def __bool__(self) -> bool:
        return any((self.party, self.branch, self.level, self.year, self.theme, self.form, self.editions))
