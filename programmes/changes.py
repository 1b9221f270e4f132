"""What changed from one programme or edition to another: kept, reworded, new and gone pledges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programmes.alike.kept import LISTED, AlikePledge, pledges_alike
from programmes.editions import editions_around
from programmes.history import matches, programme_before
from programmes.models import Passage, Programme
from programmes.wording import Stretch, differences


class Fate(StrEnum):
    """What became of a pledge between two programmes."""

    NEW = "new"
    REWORDED = "reworded"
    GONE = "gone"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Change:
    """A pledge of the newer programme, of the older, or of both."""

    became: Fate
    later: Passage | None
    """None where it is gone."""
    earlier: Passage | None
    """None where it is new."""
    nearest: AlikePledge | None = None
    """Of one that is gone, what the newer programme has that is most like it; of a new one, what the older had."""

    @property
    def pledge(self) -> Passage:
        """The pledge as it stands, or as it stood where it is gone."""
        pledge = self.later or self.earlier
        assert pledge is not None  # noqa: S101 - a change is of one of them
        return pledge

    def is_under(self, theme: str) -> bool:
        """Return whether the pledge is under the theme with a slug; all are under none (empty)."""
        return not theme or any(each.slug == theme for each in self.pledge.themes.all())

    @property
    def stretches(self) -> list[Stretch]:
        """The later wording, with what was taken out of the earlier and what was put in."""
        if self.later is None or self.earlier is None:
            return [Stretch("same", self.pledge.readable_text)]
        return differences(self.earlier.readable_text, self.later.readable_text)


def programmes_compared_with(programme: Programme) -> list[Programme]:
    """Return what a programme may be compared with: the branch's programme before, and the edition before."""
    found = [programme_before(programme), editions_around(programme)[0]]
    return list({each.pk: each for each in found if each is not None}.values())


def compared_with(newer: Programme, slug: str) -> tuple[Programme | None, list[Programme]]:
    """Return what a programme is compared with, the one that is asked for if there is such a one, and all it may be."""
    others = programmes_compared_with(newer)
    return next((each for each in others if each.slug == slug), others[0] if others else None), others


def changes_between(older: Programme, newer: Programme) -> list[Change]:
    """Return what became of each pledge: those of the newer programme in its order, then those that are gone.

    The ties that history keeps decide where the older is the programme before; editions are matched in the same way.
    """
    pledges, earlier = _pledges(newer), _pledges(older)
    by_key = {each.pk: each for each in earlier}
    tied: Mapping[int, Passage | None]
    before = programme_before(newer)
    if before is not None and before.pk == older.pk:
        tied = {each.pk: by_key.get(each.earlier_id or 0) for each in pledges}
    else:
        found = zip(pledges, matches(pledges, earlier), strict=True)
        tied = {each.pk: pair[0] for each, pair in found}
    known = {each.pk for each in tied.values() if each is not None}
    gone = [each for each in earlier if each.pk not in known]
    new = [each for each in pledges if tied[each.pk] is None]
    nearest = _nearest([*gone, *new], within={older.pk, newer.pk})
    return [
        *(_change(each, tied[each.pk], nearest) for each in pledges),
        *(Change(Fate.GONE, None, each, nearest.get(each.pk)) for each in gone),
    ]


def counts_of(changes: Iterable[Change]) -> dict[Fate, int]:
    """Return how many pledges became what, each kind named."""
    counted = Counter(change.became for change in changes)
    return {became: counted[became] for became in Fate}


def _pledges(programme: Programme) -> list[Passage]:
    rows = programme.passages.pledges().select_related("section", "parent__parent").order_by("position")
    pledges = list(rows.prefetch_related("themes"))
    for pledge in pledges:
        pledge.programme = programme
    return pledges


def _change(pledge: Passage, before: Passage | None, nearest: Mapping[int, AlikePledge]) -> Change:
    if before is None:
        return Change(Fate.NEW, pledge, None, nearest.get(pledge.pk))
    is_kept = pledge.readable_text.split() == before.readable_text.split()
    return Change(Fate.KEPT if is_kept else Fate.REWORDED, pledge, before)


def _nearest(pledges: Sequence[Passage], *, within: set[int]) -> dict[int, AlikePledge]:
    """Return for pledges what is most like them in the other of two programmes, where something is."""
    found = pledges_alike(pledges, at_least=LISTED)
    return {
        pledge.pk: others[0]
        for pledge in pledges
        if (
            others := [
                each
                for each in found[pledge.pk]
                if each.pledge.programme_id in within and each.pledge.programme_id != pledge.programme_id
            ]
        )
    }
