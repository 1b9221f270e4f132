"""The alike pledges that are kept, for pages to show: one query for any number of pledges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from programmes.alike.judging import LISTED, MATCHES, SHOWN
from programmes.models import AlikePair, Passage, Programme

__all__ = ["LISTED", "SHOWN", "AlikePledge", "pledges_alike"]

MOST = 60
"""Pledges that are given for one."""


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
        is_draft = programme.status in (Programme.Status.PROPOSAL, Programme.Status.HEARING)
        return not (self.pledge.dissent or programme.is_replaced or is_draft)


def pledges_alike(
    pledges: Iterable[Passage | int], *, at_least: float, labels: Iterable[str] = MATCHES
) -> dict[int, list[AlikePledge]]:
    """Return for each of some pledges those of published programmes that are alike, the surest first.

    `at_least` is `SHOWN` for what stands beside a pledge as the same promise, `LISTED` for what is listed as like it.
    Dissents, proposals and older editions are among them: ask `is_the_partys`. In one query.
    """
    keys = [pledge if isinstance(pledge, int) else pledge.pk for pledge in pledges]
    rows = (
        AlikePair.objects.filter(one__in=keys, score__gte=at_least, label__in=list(labels))
        .filter(other__programme__publication=Programme.Publication.PUBLISHED)
        .select_related("other__section", "other__programme__branch__party", "other__programme__branch__area")
        .order_by("-score", "other_id")
    )
    found: dict[int, list[AlikePledge]] = {key: [] for key in keys}
    for row in rows:
        if len(found[row.one_id]) < MOST:
            label = str(AlikePair.Label(row.label).label)
            places = tuple(zip(row.own_words[::2], row.own_words[1::2], strict=True))
            found[row.one_id].append(AlikePledge(row.other, row.label, row.score, label, places))
    return found
