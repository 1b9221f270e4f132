"""What a search finds, the newest published or changed first: for those who follow it.

It is asked just as it stands. No word is left out or corrected where nothing new has all of them: a follower would be
told of what they never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nlargest
from itertools import count

from django.db import connection
from django.db.models import Q

from programmes.models import Passage, Programme
from programmes.search.answering import Asking
from programmes.search.catalogue import Catalogue, catalogue_for
from programmes.search.engine import Engine, Order, Ranked, Scope
from programmes.search.entries import KIND_OF
from programmes.search.filters import Filters
from programmes.search.hits import fetched
from programmes.search.kinds import Kind, Part
from programmes.search.question import Question

AT_ONCE = 2000
"""Hits that are fetched whatever their age; of a search with more, the programmes that changed last are searched."""
FIRST_PROGRAMMES = 4
"""Programmes that are then searched first; if they are not enough, four times as many."""
ALL = 10_000_000
"""More hits than any archive has."""
_MOMENTS = """
    SELECT passage.id, words.first_at, words.since, count(*) OVER (), count(*) FILTER (WHERE dissent <> '') OVER ()
    FROM programmes_passage passage JOIN programmes_publishedwords words USING (public_id)
    WHERE passage.id = any(%(keys)s)
        AND (%(after)s::timestamptz IS NULL OR words.since > %(after)s)
        AND (%(until)s::timestamptz IS NULL OR words.since <= %(until)s)
    ORDER BY words.since DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class NewPledge:
    """A pledge, question or dissent, and when it was published."""

    passage: Passage
    """With section, programme, branch, party and area already fetched."""
    kind: Kind
    first_at: datetime
    """When the public could first read it."""
    since: datetime
    """When its words were last changed; the same where they never were."""

    @property
    def is_change(self) -> bool:
        """Whether it has been changed since it was published."""
        return self.since > self.first_at


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a search."""

    pledges: tuple[NewPledge, ...]
    """The newest first."""
    total: int
    """How many there are in the time asked for; of a search with no such time, how many were looked at."""
    dissents: int
    """Those of them that are dissents, and no pledges of the party."""
    is_behind: bool
    """Whether the index was searched without the latest changes of the archive."""


@dataclass(frozen=True, slots=True)
class _Moments:
    key: int
    first_at: datetime
    since: datetime


def found_newest(
    engine: Engine,
    query: str,
    *,
    filters: Filters,
    most: int,
    programmes: frozenset[int] | None,
    after: datetime | None,
    until: datetime | None,
) -> News:
    """Return what `search.newest` does, by an engine."""
    vocabulary = engine.vocabulary()
    is_behind = engine.is_behind
    catalogue = catalogue_for(engine.stamp())
    question = Asking(engine, catalogue, vocabulary, filters, "relevance", {}).question(query)
    scope = question.scope()
    if programmes is not None:
        among = programmes if scope.programmes is None else scope.programmes & programmes
        scope = replace(scope, programmes=among)
    asked: dict[str, datetime | int | None] = {"after": after, "until": until, "most": most}
    found: list[_Moments] = []
    total, dissents = 0, 0
    if not question.nothing:
        for keys, before in _searched(question, engine, scope, after):
            rows, number, of_them_dissents = _moments(keys, asked)
            found = nlargest(most, found + rows, key=lambda each: each.since)
            total, dissents = total + number, dissents + of_them_dissents
            if after is None and len(found) == most and (before is None or found[-1].since >= before):
                break
    return News(_pledges(found, catalogue), total, dissents, is_behind)


def _searched(
    question: Question, engine: Engine, scope: Scope, after: datetime | None
) -> Iterator[tuple[list[int], datetime | None]]:
    """Yield keys of hits, and before when all that are still to come were published or changed; None for unknown."""
    if after is None and question.count(engine) <= AT_ONCE:
        yield _keys(question, engine, scope), None
        return
    rows = _latest_programmes(scope, after)
    start = 0
    for size in (FIRST_PROGRAMMES * 4**step for step in count()):
        batch, rest = rows[start : start + size], rows[start + size :]
        if not batch:
            return
        here = replace(scope, programmes=frozenset(pk for pk, _changed_at in batch))
        yield _keys(question, engine, here), rest[0][1] if rest else None
        start += size


def _latest_programmes(scope: Scope, after: datetime | None) -> Sequence[tuple[int, datetime]]:
    """Return the programmes of a scope and when each was changed, the last first."""
    rows = Programme.objects.published().filter(Q(changed_at__gt=after) if after else Q(changed_at__isnull=False))
    if scope.programmes is not None:
        rows = rows.filter(pk__in=scope.programmes)
    return list(rows.exclude(pk__in=scope.without_programmes).order_by("-changed_at").values_list("pk", "changed_at"))


def _keys(question: Question, engine: Engine, scope: Scope) -> list[int]:
    found = engine.find(
        question.plan,
        scope=scope,
        order=Order(),
        main_theme_of=question.catalogue.main_theme_of,
        pages={Part.PLEDGES: (0, ALL)},
    )
    return [ranked.key for ranked in found.hits.get(Part.PLEDGES, ())]


def _moments(keys: list[int], asked: Mapping[str, datetime | int | None]) -> tuple[list[_Moments], int, int]:
    """Return the newest of some passages in the time asked for, how many there are in it, and how many are dissents."""
    with connection.cursor() as cursor:
        cursor.execute(_MOMENTS, {**asked, "keys": keys})
        rows = cursor.fetchall()
    total, dissents = rows[0][-2:] if rows else (0, 0)
    return [_Moments(*row[:-2]) for row in rows], total, dissents


def _pledges(shown: Sequence[_Moments], catalogue: Catalogue) -> tuple[NewPledge, ...]:
    passages = fetched(catalogue, [Ranked(each.key, 0, 0, 0) for each in shown])
    return tuple(
        NewPledge(passage, _kind_of(passage), each.first_at, each.since)
        for each in shown
        if (passage := passages.get(each.key))
    )


def _kind_of(passage: Passage) -> Kind:
    return Kind.DISSENT if passage.dissent else KIND_OF[Passage.Kind(passage.kind)]
