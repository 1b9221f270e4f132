"""The alike pledges that are kept, for pages to show: one query for any number of pledges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from programmes.alike.judging import LISTED, MATCHES, SHOWN
from programmes.models import AlikePair, Passage, Programme

__all__ = ["DRAFTS", "LISTED", "MATCHES", "SHOWN", "AlikePledge", "pledges_alike", "read", "the_same_among"]

MOST = 60
"""Pledges that are given for one."""
DRAFTS = (Programme.Status.PROPOSAL, Programme.Status.HEARING)
"""What a party may yet change."""


@dataclass(frozen=True, slots=True)
class AlikePledge:
    """A pledge that is like another, or against it."""

    pledge: Passage
    label: str
    """What it is, seen from the other: same, reworded, narrower, broader, or opposite."""
    score: float
    label_shown: str
    """The same in the reader's language."""
    own_words: tuple[tuple[int, int], ...]
    """Where the words stand in its text that the other has not."""

    @property
    def is_the_partys(self) -> bool:
        """Whether it is what the party itself wants today: no dissent, no proposal, no older edition."""
        programme = self.pledge.programme
        return not (self.pledge.dissent or programme.is_replaced or programme.status in DRAFTS)


def pledges_alike(
    pledges: Iterable[Passage | int], *, at_least: float, labels: Iterable[str] = MATCHES
) -> dict[int, list[AlikePledge]]:
    """Return for each of some pledges those of published programmes that are alike, the surest first.

    `at_least` is `SHOWN` for what stands beside a pledge as the same promise, `LISTED` for what is listed as like it.
    Dissents, proposals and older editions are among them: ask `is_the_partys`. In one query.
    """
    keys = [pledge if isinstance(pledge, int) else pledge.pk for pledge in pledges]
    rows = AlikePair.objects.filter(one__in=keys, score__gte=at_least, label__in=list(labels))
    found = read(rows.filter(other__programme__publication=Programme.Publication.PUBLISHED))
    return {key: found.get(key, []) for key in keys}


def read(pairs: QuerySet[AlikePair]) -> dict[int, list[AlikePledge]]:
    """Return for each pledge that is the one of some pairs the others, the surest first."""
    rows = pairs.select_related(
        "other__section", "other__parent__parent", "other__programme__branch__party", "other__programme__branch__area"
    ).defer("other__programme__parse_report")
    found: dict[int, list[AlikePledge]] = {}
    for row in rows.order_by("-score", "other_id"):
        of_one = found.setdefault(row.one_id, [])
        if len(of_one) < MOST:
            label = str(AlikePair.Label(row.label).label)
            places = tuple(zip(row.own_words[::2], row.own_words[1::2], strict=True))
            of_one.append(AlikePledge(row.other, row.label, row.score, label, places))
    return found


def the_same_among(pledges: Iterable[int]) -> set[tuple[int, int]]:
    """Return which of some pledges are the same promise in nearly the same words, each pair both ways; no dissents."""
    keys = list(pledges)
    rows = AlikePair.objects.filter(one__in=keys, other__in=keys, label=AlikePair.Label.SAME, score__gte=SHOWN)
    return set(rows.filter(one__dissent="", other__dissent="").values_list("one", "other"))
