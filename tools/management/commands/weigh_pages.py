"""What every page of the archive weighs on its way to a reader: compressed, with its stylesheets and scripts.

The typeface and the pictures of source pages are apart, and so is a whole programme on one page (`?alt=1`).
"""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.urls import reverse

from programmes.models import Passage, Programme, Theme
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.site.outline import order_of
from programmes.site.pledges_by_theme import themes_of
from programmes.site.sitemaps import SITEMAPS

BUDGET = 100_000
"""Bytes that a page may weigh."""
WORDS = ("skole", "klima", "buss", "eldre", "skatt")
"""What is searched for."""
MOST_THEMES = 3
"""Parties beside each other on a theme: the themes with most pledges."""
LINKED = re.compile(rb'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"')


class Command(BaseCommand):
    help = "Veier alle sider av hvert slag, komprimert med stilark og skript, og viser den tyngste av hvert."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, default=20, help="hvor mange løfter det er mellom hvert som veies")
        parser.add_argument("--most", type=int, default=400, help="sider av hvert slag som veies, jevnt fordelt")

    def handle(self, *args: Any, every: int, most: int, **options: Any) -> None:
        if not Programme.objects.current().exists():
            raise CommandError("Arkivet har ingen publiserte programmer å veie sidene av.")
        logging.getLogger("archive.access").setLevel(logging.WARNING)  # a line for each page
        client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
        self.stdout.write(f"{'slag':<22}{'sider':>6}{'middel kB':>11}{'tyngst kB':>11}  den tyngste")
        over = 0
        for kind, addresses in pages_by_kind(every):
            chosen = addresses[:: max(len(addresses) // most, 1)]
            weights = {address: weight(client, address) for address in chosen}
            if not weights:
                continue
            heaviest = max(weights, key=lambda address: weights[address])
            is_over = weights[heaviest] > BUDGET and kind not in APART
            over += is_over
            mean = sum(weights.values()) / len(weights) / 1000
            mark = f"  over {BUDGET // 1000} kB" if is_over else ""
            self.stdout.write(
                f"{kind:<22}{len(weights):>6}{mean:>11.1f}{weights[heaviest] / 1000:>11.1f}  {heaviest}{mark}"
            )
        if over:
            raise CommandError(f"{over} slag har sider over {BUDGET // 1000} kB.")


WHOLE = "hele programmet"
APART = (WHOLE,)


def pages_by_kind(every: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of page with the addresses of its pages: what search engines are told of, and what is asked for.

    Of pledges every so many, the longest among them.
    """
    for kind, sitemap in SITEMAPS.items():
        site: Any = sitemap() if isinstance(sitemap, type) else sitemap
        pages = site.paginator.page_range
        yield kind, [site.location(item) for number in pages for item in site.paginator.page(number).object_list]
    programmes = list(Programme.objects.current().with_branch())
    parts, themes = [], []
    for programme in programmes:
        programme_themes = themes_of(programme)
        themes += [each.entry(programme, is_short=False, is_chosen=False).url for each in programme_themes]
        parts += [each.get_absolute_url() for each in order_of(programme).sections if each.title]
    yield "kapitlers deler", parts
    yield "program etter tema", themes
    yield WHOLE, [f"{programme.get_absolute_url()}?alt=1" for programme in programmes]
    yield "endringer", [programme.get_absolute_url().replace("/program/", "/endringer/") for programme in programmes]
    pledges = Passage.objects.published().filter(kind__in=ADDRESSED_AS_PLEDGES).order_by("pk")
    yield "løfter", [pledge.get_absolute_url() for pledge in pledges[::every]]
    yield "søk", [f"/sok/?q={quote(words)}{more}" for words in WORDS for more in ("", "&grupper=parti", "&side=2")]
    yield "alle løfter", ["/sok/", "/sok/?side=2"]
    most_pledges = Theme.objects.main().with_pledge_counts().order_by("-pledge_count")[:MOST_THEMES]
    compared = [f"tema={theme.slug}" for theme in most_pledges] + [f"q={quote(words)}" for words in WORDS]
    yield "sammenlign", [f"{reverse('compare')}?{subject}" for subject in compared]
    yield (
        "tema hos ett parti",
        [
            f"{theme.get_absolute_url()}?parti={programme.branch.party.slug}"
            for theme in most_pledges
            for programme in programmes
        ],
    )
    yield "ellers", [reverse(name) for name in ("quote_check", "coverage", "privacy")]


def weight(client: Client, address: str) -> int:
    """Return the bytes that a page weighs with what it needs to be read; raises CommandError where there is none."""
    response = client.get(address, follow=True)
    if response.status_code != 200:
        raise CommandError(f"{address} svarte {response.status_code}.")
    body = response.content
    is_compressed = response.headers.get("Content-Encoding") == "gzip"
    text = gzip.decompress(body) if is_compressed else body
    linked = {(style or script).decode() for style, script in LINKED.findall(text)}
    return len(body) + sum(map(_static_weight, linked))


@cache
def _static_weight(address: str) -> int:
    """Return the bytes of a stylesheet or a script, compressed as it is sent."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.partition("/static/")[2] or address)
    found = finders.find(name)
    return len(gzip.compress(Path(str(found)).read_bytes())) if found else 0
