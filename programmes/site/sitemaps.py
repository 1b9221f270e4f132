"""What search engines may find: the pages that are quoted and linked to, not every combination of filters."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.urls import reverse

from programmes.models import Area, Branch, Party, Programme, Theme, is_current


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
            "about",
            "help",
            "quality",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        """Return the address."""
        return reverse(item)


PROGRAMMES: dict[str, Any] = {
    "queryset": Programme.objects.published().select_related("branch__party").order_by("published_at", "pk"),
    "date_field": "published_at",
}
"""The oldest first, so that a new one changes the last page alone; their pages have every pledge with its address."""
PLACES = (
    Area.objects.filter(is_current("branches__programmes__")).order_by("slug", "-valid_from", "pk").distinct("slug")
)
"""Those that have a programme, each once through all its numbers."""
SITEMAPS = {
    "sider": PageSitemap,
    "partier": GenericSitemap({"queryset": Party.objects.with_published()}),
    "lag": GenericSitemap({"queryset": Branch.objects.with_published()}),
    "steder": GenericSitemap({"queryset": PLACES}),
    "temaer": GenericSitemap({"queryset": Theme.objects.order_by("slug")}),
    "programmer": GenericSitemap(PROGRAMMES),
}
