"""The doors with what is asked of each, drawn from the archive, and the page that a reader would open instead."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from programmes.models import Branch, Passage, Programme, Section, Theme
from tools.quoting.making import made_quotes
from tools.search_bench.questions import QUESTIONS, UNDERSTOOD

API = "/api/v1"
SAMPLE = 400
"""Rows of a kind that are drawn from."""
QUOTATIONS = 10
EACH = 40
"""Quotations that are made of each kind, to draw from."""
WORDS = 1000
"""Of an article, as long as a newspaper's."""
FILLER = "Saken skal behandles av kommunestyret torsdag, og flere av partiene har varslet at de vil ta ordet. "


class Asked(NamedTuple):
    """What a door is asked once."""

    path: str
    page: str = ""
    """The page that tells a reader the same; empty where there is none."""
    article: str | None = None
    """What is sent to a door that takes an article."""


@dataclass(frozen=True, slots=True)
class Door:
    """A door, and what draws a question to it."""

    name: str
    ask: Callable[[], Asked]


def doors(seed: int, host: str) -> list[Door]:
    """Return the doors of the site at a host; what they are asked is the same for the same archive and seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    last = Passage.objects.latest("pk").pk
    keys = chance.sample(range(1, last + 1), min(last, 4 * SAMPLE))
    passages = list(Passage.objects.published().pledges().filter(pk__in=keys).values_list("public_id", flat=True))
    published = list(Programme.objects.published().with_branch().order_by("pk"))
    programmes = [programme.get_absolute_url().removeprefix("/program/").strip("/") for programme in published]
    sections = list(
        Section.objects.filter(programme__in=published[:SAMPLE]).values_list("public_id", flat=True)[: 4 * SAMPLE]
    )
    branches = [f"{party}/{slug}" for party, slug in Branch.objects.with_published().values_list("party__slug", "slug")]
    themes = list(Theme.objects.main().values_list("slug", flat=True))
    queries = [question.query for question in (*QUESTIONS, *UNDERSTOOD) if question.query]
    parties = sorted({each.partition("/")[0] for each in branches})
    quotes = [made.text for made in made_quotes(EACH, seed=seed)]

    def of(path: str, values: Sequence[str], page: str = "") -> Callable[[], Asked]:
        def drawn() -> Asked:
            value = chance.choice(values)
            return Asked(path.format(value), page.format(value))

        return drawn

    def asked_for(path: str, page: str = "") -> Callable[[], Asked]:
        return of(f"{path}?{{}}", [urlencode({"q": query}) for query in queries], page and f"{page}?{{}}")

    def compared() -> Asked:
        sides, query = chance.sample(branches, 2), chance.choice(queries)
        api, site = (urlencode([*((name, side) for side in sides), ("q", query)]) for name in ("side", "hos"))
        return Asked(f"{API}/compare?{api}", f"/sammenlign/?{site}")

    def article() -> str:
        parts = chance.sample(quotes, QUOTATIONS)
        filler = FILLER * ((WORDS - sum(len(part.split()) for part in parts)) // (QUOTATIONS * len(FILLER.split())))
        return "\n\n".join(f"{part} {filler}" for part in parts)

    return [
        Door("/search", asked_for(f"{API}/search", "/sok/")),
        Door("/passages", of(f"{API}/passages?branch={{}}", branches, "/lag/{}/")),
        Door("/passages?theme=", of(f"{API}/passages?theme={{}}", themes, "/tema/{}/")),
        Door("/passages?programme=", of(f"{API}/passages?programme={{}}", programmes, "/program/{}/")),
        Door("/passages/{id}", of(f"{API}/passages/{{}}", passages, "/lofte/{}/")),
        Door("/passages/{id}/history", of(f"{API}/passages/{{}}/history", passages)),
        Door("/passages/{id}/alike", of(f"{API}/passages/{{}}/alike", passages)),
        Door("/programmes", of(f"{API}/programmes?party={{}}", parties, "/partier/{}/")),
        Door("/programmes/{id}", of(f"{API}/programmes/{{}}", programmes, "/program/{}/")),
        Door("/programmes/{id}/history", of(f"{API}/programmes/{{}}/history", programmes)),
        Door("/programmes/{id}/changes", of(f"{API}/programmes/{{}}/changes", programmes, "/endringer/{}/")),
        Door("/sections", of(f"{API}/sections?programme={{}}", programmes)),
        Door("/sections/{id}", of(f"{API}/sections/{{}}", sections)),
        Door("/compare", compared),
        Door("/coverage", of(f"{API}/coverage?party={{}}", parties, "/dekning/")),
        Door("/branches", of(f"{API}/branches?party={{}}", parties, "/lag/")),
        Door("/themes", lambda: Asked(f"{API}/themes", "/tema/")),
        Door("/quote-check", lambda: Asked(f"{API}/quote-check", article=article())),
        Door("/openapi.json", lambda: Asked(f"{API}/openapi.json")),
        Door("side /api/v1/", lambda: Asked(f"{API}/")),
        Door("kort for et løfte", of("/lofte/{}/kort/", passages)),
        Door("oEmbed", of(f"/oembed/?url=http://{host}/lofte/{{}}/", passages)),
        Door("/sok.json", asked_for("/sok.json")),
        Door("/datasett.ttl", lambda: Asked("/datasett.ttl")),
    ]
