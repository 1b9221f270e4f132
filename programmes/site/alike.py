"""What stands beside a pledge: other parties' same pledge, its party's national one, and what came before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programmes.alike.kept import SHOWN, AlikePledge, pledges_alike
from programmes.history import programme_before
from programmes.models import Level, Passage
from programmes.wording import Stretch

MOST_PARTIES = 8
"""Other parties whose pledge is shown, one of each."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A pledge that stands beside another, and its words, those marked that the other has not."""

    alike: AlikePledge
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All that stands beside a pledge."""

    others: list[Beside]
    """Other parties' pledges, one of each."""
    national: list[Beside]
    """Those of the same party's national programme, for a pledge of a chapter."""
    before: list[Beside]
    """Those of the branch's programme before, where the pledge itself has not been found there."""

    def __bool__(self) -> bool:
        return bool(self.others or self.national or self.before)


def neighbourhood(pledge: Passage) -> Neighbourhood:
    """Return what stands beside a pledge of a published programme; nothing beside a dissent."""
    if pledge.dissent:
        return Neighbourhood([], [], [])
    found = [each for each in pledges_alike([pledge], at_least=SHOWN)[pledge.pk] if each.is_the_partys]
    branch = pledge.programme.branch
    others = [each for each in found if each.pledge.programme.branch.party_id != branch.party_id]
    own = [each for each in found if each.pledge.programme.branch.party_id == branch.party_id]
    national = [each for each in own if each.pledge.programme.branch.level == Level.NATIONAL]
    older = programme_before(pledge.programme) if pledge.earlier_id is None and own else None
    return Neighbourhood(
        [set_beside(each) for each in _one_of_each_party(others)][:MOST_PARTIES],
        [set_beside(each) for each in national[:1] if branch.level != Level.NATIONAL],
        [set_beside(each) for each in own if older and each.pledge.programme_id == older.pk][:1],
    )


def _one_of_each_party(found: Sequence[AlikePledge]) -> Iterator[AlikePledge]:
    """Yield the surest of each party, the newest programme's where they are as sure."""
    seen: set[int] = set()
    for each in sorted(found, key=lambda one: (-one.score, -one.pledge.programme.period_start, one.pledge.pk)):
        if each.pledge.programme.branch.party_id not in seen:
            seen.add(each.pledge.programme.branch.party_id)
            yield each


def set_beside(alike: AlikePledge) -> Beside:
    """Return a pledge that stands beside another, with the words marked that the other has not; runs of them as one."""
    text = alike.pledge.readable_text
    stretches: list[Stretch] = []
    at = 0
    for first, last in _runs(text, alike.own_words):
        stretches += [Stretch("same", text[at:first].strip())] if text[at:first].strip() else []
        stretches.append(Stretch("added", text[first:last]))
        at = last
    return Beside(alike, [*stretches, *([Stretch("same", text[at:].strip())] if text[at:].strip() else [])])


def _runs(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches of text, those put together that only spaces part, each as far as its word goes on."""
    runs: list[tuple[int, int]] = []
    for first, last in places:
        while first and not text[first - 1].isspace():
            first -= 1
        while last < len(text) and not text[last].isspace():
            last += 1
        if runs and not text[runs[-1][1] : first].strip():
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs
