"""The queries that are asked of both searches: of one to three words, the archive's own and a newsroom's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from random import Random

from programmes.models import Passage
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import forms_of
from tools.findability.archive import NEWSROOM

COUNT = 1000
MOST_WORDS = 3
SEED = 20_26
CLOSED = 3
"""One query of so many is closed: only the sum of these is ever printed."""


def drawn(count: int = COUNT) -> list[str]:
    """Return queries, the same at every call for one archive, half of them of a newsroom's words."""
    random = Random(SEED)  # noqa: S311 - no secret
    newsroom = list(dict.fromkeys(filter(_is_plain, _of_newsroom())))
    random.shuffle(newsroom)
    newsroom = newsroom[: count // 2]
    found = dict.fromkeys(newsroom)
    found.update(dict.fromkeys(islice(_of_archive(random, set(found)), count - len(found))))
    queries = list(found)
    random.shuffle(queries)
    return queries


def _is_plain(query: str) -> bool:
    """Return whether a query is of words alone, few of them."""
    return 0 < len(query.split()) <= MOST_WORDS and not set(query) & set('"*:()')


def _of_newsroom() -> Iterator[str]:
    for line in (NEWSROOM / "headwords.tsv").read_text("utf-8").splitlines():
        yield line.split("\t")[0]
    for line in (NEWSROOM / "inflections.tsv").read_text("utf-8").splitlines():
        yield from line.split("|")
    for row in json.loads((NEWSROOM / "open.json").read_text("utf-8"))["queries"]:
        yield row["q"]


def _of_archive(random: Random, known: set[str]) -> Iterator[str]:
    """Yield words that stand in one passage, as often one as two as three of them, in its order."""
    passages = list(Passage.objects.published().order_by("public_id").values_list("pk", flat=True))
    size = 0
    while passages:
        text = Passage.objects.values_list("text", flat=True).get(pk=random.choice(passages))
        words = [form for form in dict.fromkeys(forms_of(text)) if form not in FUNCTION_WORDS and form.isalpha()]
        size = size % MOST_WORDS + 1
        if len(words) < size:
            continue
        query = " ".join(words[at] for at in sorted(random.sample(range(len(words)), size)))
        if query not in known:
            known.add(query)
            yield query
