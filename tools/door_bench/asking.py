"""The doors with what is asked of each, drawn from the archive, and the page that a reader would open instead."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from programmes.models import Branch, Passage, Programme, Section, Theme
from tools.quoting.making import made_quotes
from tools.search_bench.questions import QUESTIONS, UNDERSTOOD

API = "/api/v1"
SAMPLE = 400
"""Rows of a kind that are drawn from."""
QUOTATIONS = 10
ONE_IN_KIND = 2
"""Quotations of each kind, of which an article has ten."""
WORDS = 1000
"""Of an article, as long as a newspaper's."""
FILLER = "Saken skal behandles av kommunestyret torsdag, og flere av partiene har varslet at de vil ta ordet. "


@dataclass(frozen=True, slots=True)
class Door:
    """A door, what is asked of it each time, and the page that tells a reader the same, if there is one."""

    name: str
    path: Callable[[], str]
    page: Callable[[str], str] | None = None
    """Makes the page's address of the door's."""
    article: Callable[[], str] | None = None
    """What is sent to a door that takes an article."""


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
    quotes = [made.text for made in made_quotes(ONE_IN_KIND * SAMPLE // 20, seed=seed)]

    def of(path: str, values: Sequence[str]) -> Callable[[], str]:
        return lambda: path.format(chance.choice(values))

    def query(path: str, **more: Any) -> Callable[[], str]:
        return lambda: f"{path}?{urlencode({'q': chance.choice(queries), **more})}"

    def compared() -> str:
        return urlencode([*(("side", branch) for branch in chance.sample(branches, 2)), ("q", chance.choice(queries))])

    def article() -> str:
        parts = chance.sample(quotes, QUOTATIONS)
        filler = FILLER * ((WORDS - sum(len(part.split()) for part in parts)) // (QUOTATIONS * len(FILLER.split())))
        return "\n\n".join(f"{part} {filler}" for part in parts)

    return [
        Door("/search", query(f"{API}/search"), lambda path: path.replace(f"{API}/search", "/sok/")),
        Door("/passages", of(f"{API}/passages?branch={{}}", branches), lambda path: f"/lag/{path.rpartition('=')[2]}/"),
        Door(
            "/passages?theme=",
            of(f"{API}/passages?theme={{}}", themes),
            lambda path: f"/tema/{path.rpartition('=')[2]}/",
        ),
        Door(
            "/passages?programme=",
            of(f"{API}/passages?programme={{}}", programmes),
            lambda path: f"/program/{path.rpartition('=')[2]}/",
        ),
        Door("/passages/{id}", of(f"{API}/passages/{{}}", passages), lambda path: f"/lofte/{path.rpartition('/')[2]}/"),
        Door("/passages/{id}/history", of(f"{API}/passages/{{}}/history", passages)),
        Door("/passages/{id}/alike", of(f"{API}/passages/{{}}/alike", passages)),
        Door(
            "/programmes",
            of(f"{API}/programmes?party={{}}", parties),
            lambda path: f"/partier/{path.rpartition('=')[2]}/",
        ),
        Door(
            "/programmes/{id}",
            of(f"{API}/programmes/{{}}", programmes),
            lambda path: path.replace(f"{API}/programmes", "/program") + "/",
        ),
        Door("/programmes/{id}/history", of(f"{API}/programmes/{{}}/history", programmes)),
        Door(
            "/programmes/{id}/changes",
            of(f"{API}/programmes/{{}}/changes", programmes),
            lambda path: path.replace(f"{API}/programmes", "/endringer").replace("/changes", "/"),
        ),
        Door("/sections", of(f"{API}/sections?programme={{}}", programmes)),
        Door("/sections/{id}", of(f"{API}/sections/{{}}", sections)),
        Door(
            "/compare",
            lambda: f"{API}/compare?{compared()}",
            lambda path: path.replace(f"{API}/compare", "/sammenlign/").replace("side=", "hos="),
        ),
        Door("/coverage", of(f"{API}/coverage?party={{}}", parties), lambda _path: "/dekning/"),
        Door("/branches", of(f"{API}/branches?party={{}}", parties), lambda _path: "/lag/"),
        Door("/themes", lambda: f"{API}/themes", lambda _path: "/tema/"),
        Door("/quote-check", lambda: f"{API}/quote-check", article=article),
        Door("/openapi.json", lambda: f"{API}/openapi.json"),
        Door("side /api/v1/", lambda: f"{API}/"),
        Door("kort for et løfte", of("/lofte/{}/kort/", passages)),
        Door("oEmbed", of(f"/oembed/?url=http://{host}/lofte/{{}}/", passages)),
        Door("/sok.json", query("/sok.json")),
        Door("/datasett.ttl", lambda: "/datasett.ttl"),
    ]
