"""What readers ask for, in the shares in which they do; half of the searches nobody has made before."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from urllib.parse import urlencode

from programmes.models import Branch, Party, Passage, Programme, Section, Theme
from tools.search_bench.questions import QUESTIONS, UNDERSTOOD
from tools.search_bench.servers import path_of_ours

SHARES = {
    "search": 30,
    "suggestions": 15,
    "pledge": 25,
    "programme": 5,
    "chapter": 5,
    "theme": 5,
    "branch": 5,
    "party": 3,
    "year": 2,
    "home": 5,
}
"""Kind of page → its share in per cent. A search is typed, hence the suggestions; most come to a pledge by a link."""
SAMPLE = 2000
"""Pages of a kind that are drawn from."""
LONG = 5
"""Letters of a word worth searching for, at least."""
TYPED = 4
"""Letters typed when suggestions are asked for."""
POPULARITY = 0.8
"""The page that comes k-th in favour is asked for k to the minus this as often as the first: the upper end of what six
proxies saw (Breslau, Cao, Fan, Phillips and Shenker: Web caching and Zipf-like distributions, INFOCOM 1999)."""


def paths_of_readers(count: int, seed: int) -> list[str]:
    """Return addresses in an order of chance, the same for the same archive and seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    makers = _makers(chance)
    kinds = chance.choices(list(SHARES), weights=list(SHARES.values()), k=count)
    return [makers[kind]() for kind in kinds]


def kept_paths(count: int, seed: int) -> list[str]:
    """Return addresses of programmes and pledges that readers come back to, one of the first for ten of the others."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    makers = _makers(chance)
    return [makers["pledge" if number % 10 else "programme"]() for number in range(count)]


def _makers(chance: random.Random) -> dict[str, Callable[[], str]]:
    """Return for each kind of page what draws an address."""
    last = Passage.objects.latest("pk").pk
    drawn_from = chance.sample(range(1, last + 1), min(last, 2 * SAMPLE))
    pledges = list(Passage.objects.published().pledges().filter(pk__in=drawn_from).order_by("pk"))
    words_of = [words for pledge in pledges if len(words := _long_words(pledge.text)) > 1]
    well_known = [path_of_ours(question) for question in (*QUESTIONS, *UNDERSTOOD)]
    published = Programme.objects.published().with_branch()
    of_kind = {
        "pledge": [pledge.get_absolute_url() for pledge in pledges],
        "programme": [programme.get_absolute_url() for programme in published[:SAMPLE]],
        "chapter": [
            section.get_absolute_url()
            for section in Section.objects.filter(programme__in=published)
            .exclude(title="")
            .select_related("programme__branch__party")
            .order_by("pk")[:SAMPLE]
        ],
        "theme": [theme.get_absolute_url() for theme in Theme.objects.main()],
        "branch": [branch.get_absolute_url() for branch in Branch.objects.with_published()[:SAMPLE]],
        "party": [party.get_absolute_url() for party in Party.objects.with_published()],
        "year": [f"/aar/{row['year']}/" for row in published.by_year()],
        "home": ["/"],
    }

    def search() -> str:
        if chance.random() < 0.5:
            return chance.choice(well_known)
        return f"/sok/?{urlencode({'q': ' '.join(chance.sample(chance.choice(words_of), 2))})}"

    def suggestions() -> str:
        return f"/sok/forslag/?{urlencode({'q': chance.choice(chance.choice(words_of))[:TYPED]})}"

    drawn = {kind: _by_favour(chance, paths) for kind, paths in of_kind.items()}
    return {**drawn, "search": search, "suggestions": suggestions}


def _by_favour(chance: random.Random, paths: Sequence[str]) -> Callable[[], str]:
    """Return what draws one of some pages, as readers do: some are asked for much more than others."""
    in_favour = chance.sample(paths, len(paths))
    weights = list(accumulate(rank**-POPULARITY for rank in range(1, len(paths) + 1)))
    return lambda: chance.choices(in_favour, cum_weights=weights)[0]


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text) if len(word) >= LONG]
