"""Which pages a folder has: all that the site's map lists, every passage, and what these pages link to of the same."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from programmes.models import Passage, Programme
from programmes.models.addresses import address
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.site.sitemaps import SITEMAPS

KEPT = frozenset(
    {
        *(
            "party_list",
            "party",
            "branch_list",
            "branch",
            "place_list",
            "place",
            "year_list",
            "year",
            "theme_list",
            "theme",
        ),
        *("programme", "section", "changes", "pledge", "passage", "original", "original_shown", "source_page"),
        *("coverage", "about", "help", "accessibility", "quality", "privacy"),
    }
)
"""Names of the addresses whose pages are in a folder, where a page leads there; all others need the site."""
BESIDE_THE_MAP = ("coverage", "privacy", "year_list")
OF_THE_SITE = ("quote_check", "data", "api")
"""Pages that the map lists and that do nothing without the site."""


def addresses() -> Iterator[str]:
    """Yield the addresses to begin with, some of them twice; pages that these link to are found on the way."""
    left_out = set(map(reverse, OF_THE_SITE))
    for sitemap in SITEMAPS.values():
        listed = _listed(sitemap() if isinstance(sitemap, type) else sitemap)
        yield from (each for each in listed if each not in left_out)
    yield from map(reverse, BESIDE_THE_MAP)
    for year in (
        Programme.objects.published().order_by("period_start").values_list("period_start", flat=True).distinct()
    ):
        yield reverse("year", args=[year])
    rows = Passage.objects.published().order_by("pk").values_list("kind", "public_id")
    for kind, public_id in rows.iterator(chunk_size=2000):
        yield address("pledge" if kind in ADDRESSED_AS_PLEDGES else "passage", public_id)


def _listed(sitemap: Sitemap) -> Iterator[str]:
    paginator = sitemap.paginator
    for number in paginator.page_range:
        for item in paginator.page(number).object_list:
            yield sitemap.location(item)
