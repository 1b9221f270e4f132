"""The pledges of a programme by their main theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from programmes.models import Passage, PassageTheme, Programme, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.site.outline import OutlineEntry

WITHOUT = "uten"
"""What an address calls the pledges that no theme was found for."""


@dataclass(frozen=True, slots=True)
class ThemeOfProgramme:
    """A theme, and how many pledges of a programme have it as their main one; None is for those that have none."""

    theme: Theme | None
    pledge_count: int

    @property
    def slug(self) -> str:
        """What an address calls the theme."""
        return self.theme.slug if self.theme else WITHOUT

    @property
    def label(self) -> str:
        """What readers call it."""
        return str(self.theme.label) if self.theme else _("Uten tema")

    def entry(self, programme: Programme, *, is_short: bool, is_chosen: bool) -> OutlineEntry:
        """Return its line in the outline: a place on the page of a short programme, a page of a long one."""
        address = f"{programme.get_absolute_url()}?vis=tema"
        url = f"{address}#t-{self.slug}" if is_short else f"{address}&tema={quote(self.slug)}"
        return OutlineEntry(self.label, url, 0, self.pledge_count, current="page" if is_chosen and not is_short else "")


def themes_of(programme: Programme) -> list[ThemeOfProgramme]:
    """Return the main themes of a programme's pledges, in the order of the alphabet; those without come last."""
    pledges = programme.passages.pledges_in_any_form()
    rows = (
        PassageTheme.objects.filter(passage__in=pledges, is_main=True)
        .order_by()
        .values("theme")
        .annotate(pledges=Count("pk"))
    )
    counts = {row["theme"]: row["pledges"] for row in rows}
    themes = Theme.objects.filter(pk__in=counts)
    found = [ThemeOfProgramme(theme, counts[theme.pk]) for theme in themes]
    found.sort(key=lambda each: norwegian_order(each.label))
    without = programme.pledge_count - sum(counts.values())
    return [*found, ThemeOfProgramme(None, without)] if without > 0 else found


def by_theme(programme: Programme, themes: Sequence[ThemeOfProgramme]) -> list[tuple[ThemeOfProgramme, list[Passage]]]:
    """Return the pledges of a programme that have one of some main themes, in document order within it."""
    mains = PassageTheme.objects.filter(passage__programme=programme, is_main=True)
    wanted = Q(pk__in=mains.filter(theme__in=[each.theme for each in themes if each.theme]).values("passage"))
    if any(each.theme is None for each in themes):
        wanted |= ~Q(pk__in=mains.values("passage"))
    main = dict(mains.values_list("passage", "theme"))
    groups: dict[int | None, list[Passage]] = {}
    pledges = programme.passages.pledges_in_any_form().filter(wanted).select_related("parent__parent")
    for pledge in pledges.order_by("position"):
        pledge.programme = programme
        groups.setdefault(main.get(pledge.pk), []).append(pledge)
    return [(each, groups.get(each.theme.pk if each.theme else None, [])) for each in themes]
