"""What search engines may find: the pages that are quoted and linked to, not every combination of filters."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.core.paginator import Page, Paginator
from django.urls import reverse

from programmes.models import Area, Branch, Party, Passage, Programme, Section, Theme, is_current
from programmes.reading_order import reading_order, section_sizes


class PageSitemap(Sitemap):
    """The pages that lead into the archive."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return [
            "home",
            "party_list",
            "place_list",
            "branch_list",
            "year_list",
            "theme_list",
            "coverage",
            "quote_check",
            "data",
            "api",
            "about",
            "help",
            "quality",
            "privacy",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        """Return the address."""
        return reverse(item)


PROGRAMMES: dict[str, Any] = {
    "queryset": Programme.objects.published().select_related("branch__party").order_by("published_at", "pk"),
    "date_field": "published_at",
}
"""The oldest first, so that a new one changes the last page alone."""
PLACES = (
    Area.objects.filter(is_current("branches__programmes__")).order_by("slug", "-valid_from", "pk").distinct("slug")
)
"""Those that have a programme, each once through all its numbers."""


class YearSitemap(Sitemap):
    """The years for whose election there is a programme."""

    def items(self) -> list[int]:
        """Return the years, newest first."""
        return [row["year"] for row in Programme.objects.current().by_year()]

    def location(self, item: int) -> str:
        """Return the address."""
        return reverse("year", args=[item])


class ChapterSitemap(Sitemap):
    """The pages of the chapters of programmes; they have every pledge with its address. Some programmes make a page."""

    limit = 100
    """Programmes whose chapters are on a page: some 2,000 addresses, found in three queries."""

    @property
    def paginator(self) -> Paginator:
        """The pages, by programme."""
        return _ByProgramme(PROGRAMMES["queryset"], self.limit)

    def lastmod(self, item: Section) -> Any:
        """Return when the chapter was published."""
        return item.programme.published_at


class _ByProgramme(Paginator):
    """Pages of so many programmes, each the sections that are chapters there."""

    def page(self, number: int | str) -> Page:
        """Return the chapters of a page's programmes."""
        page = super().page(number)
        programmes = {programme.pk: programme for programme in page.object_list}
        sizes = section_sizes(Passage.objects.filter(programme__in=programmes))
        sections: dict[int, list[Section]] = {pk: [] for pk in programmes}
        for section in Section.objects.filter(programme__in=programmes).order_by("position"):
            section.programme = programmes[section.programme_id]
            sections[section.programme_id].append(section)
        orders = (reading_order(each, sizes) for each in sections.values())
        page.object_list = [page.head for order in orders for page in order.pages]
        return page


SITEMAPS: dict[str, Any] = {
    "sider": PageSitemap,
    "aar": YearSitemap,
    "partier": GenericSitemap({"queryset": Party.objects.with_published()}),
    "lag": GenericSitemap({"queryset": Branch.objects.with_published()}),
    "steder": GenericSitemap({"queryset": PLACES}),
    "temaer": GenericSitemap({"queryset": Theme.objects.order_by("slug")}),
    "programmer": GenericSitemap(PROGRAMMES),
    "kapitler": ChapterSitemap(),
}
