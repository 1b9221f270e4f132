"""What changed between two editions of a programme."""

from __future__ import annotations

from dataclasses import dataclass, field

from programmes.history import matches
from programmes.models import Passage, Programme
from programmes.wording import Stretch, differences


@dataclass(frozen=True, slots=True)
class Reworded:
    """A pledge that both editions have, in other words."""

    pledge: Passage
    stretches: list[Stretch]


@dataclass(slots=True)
class EditionDifferences:
    """What one edition has that the one before it had not, and the other way round."""

    added: list[Passage] = field(default_factory=list)
    removed: list[Passage] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    same: int = 0


def between(earlier: Programme, later: Programme) -> EditionDifferences:
    """Return how the pledges of one edition differ from those of the edition before it."""
    old, new = (list(each.passages.pledges().order_by("position")) for each in (earlier, later))
    found = EditionDifferences()
    for pledge, (before, _likeness) in zip(new, matches(new, old), strict=True):
        if before is None:
            found.added.append(pledge)
            continue
        old.remove(before)
        if before.readable_text == pledge.readable_text:
            found.same += 1
        else:
            found.reworded.append(Reworded(pledge, differences(before.readable_text, pledge.readable_text)))
    found.removed = old
    return found
