"""What a pledge was in the programme before, and became in the one after."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.models import Passage, Programme
from programmes.wording import Stretch, differences


@dataclass(frozen=True, slots=True)
class Edition:
    """The pledge in another of the branch's programmes, and how the later wording differs from the earlier."""

    pledge: Passage
    is_before: bool
    stretches: list[Stretch]

    @property
    def is_same(self) -> bool:
        """Whether not a word was changed."""
        return len(self.stretches) == 1


def history_of(passage: Passage) -> list[Edition]:
    """Return the pledge in the programme before this one and in the one after, where it is in them."""
    before = passage.earlier
    editions = []
    if before and before.programme.publication == Programme.Publication.PUBLISHED:
        editions.append(Edition(before, True, differences(before.readable_text, passage.readable_text)))
    later = Passage.objects.published().filter(earlier=passage).select_related("programme__branch__party")
    editions += [Edition(after, False, differences(passage.readable_text, after.readable_text)) for after in later]
    return editions
