"""What search engines may find: the pages that are quoted and linked to, not every combination of filters."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from programmes.models import Branch, Party, Programme, Theme


class PageSitemap(Sitemap):
    """The pages that lead into the archive."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return ["home", "party_list", "branch_list", "year_list", "theme_list", "about"]

    def location(self, item: str) -> str:
        """Return the address."""
        return reverse(item)


class PartySitemap(Sitemap):
    """Parties that have a published programme."""

    def items(self) -> QuerySet[Party]:
        """Return them."""
        return Party.objects.with_published()


class BranchSitemap(Sitemap):
    """Branches that have a published programme."""

    def items(self) -> QuerySet[Branch]:
        """Return them."""
        return Branch.objects.with_published()


class ThemeSitemap(Sitemap):
    """Themes and sub-themes."""

    def items(self) -> QuerySet[Theme]:
        """Return them."""
        return Theme.objects.order_by("slug")


class ProgrammeSitemap(Sitemap):
    """Published programmes; their pages have every pledge with its permanent address."""

    def items(self) -> QuerySet[Programme]:
        """Return them, the oldest first, so that a new one changes the last page alone."""
        return Programme.objects.published().select_related("branch__party").order_by("published_at", "pk")

    def lastmod(self, item: Programme) -> datetime | None:
        """Return when it was published."""
        return item.published_at


SITEMAPS = {
    "sider": PageSitemap,
    "partier": PartySitemap,
    "lag": BranchSitemap,
    "temaer": ThemeSitemap,
    "programmer": ProgrammeSitemap,
}
