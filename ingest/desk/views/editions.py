"""The editions of a programme at the desk: which replaces which, and what changed between two of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ingest.desk.permissions import Action, allowed
from ingest.desk.views.corrections import programme_of
from programmes.editions import editions_of
from programmes.history import matches
from programmes.models import Passage, Programme
from programmes.wording import Stretch, differences


@dataclass(frozen=True, slots=True)
class Reworded:
    """A pledge that both editions have, in other words."""

    pledge: Passage
    stretches: list[Stretch]


@dataclass(slots=True)
class Differences:
    """What one edition has that the one before it had not, and the other way round."""

    added: list[Passage] = field(default_factory=list)
    removed: list[Passage] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    same: int = 0


@require_GET
@allowed(Action.SEE, programme_of)
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chain of a programme's editions, and how this one differs from the one that it replaces."""
    programme = programme_of(request, pk)
    return render(
        request,
        "redaksjon/editions.html",
        {
            "programme": programme,
            "branch": programme.branch,
            "editions": editions_of(programme),
            "before": programme.replaces,
            "differences": between(programme.replaces, programme) if programme.replaces else None,
        },
    )


def between(earlier: Programme, later: Programme) -> Differences:
    """Return how the pledges of one edition differ from those of the edition before it."""
    old, new = (list(each.passages.pledges().order_by("position")) for each in (earlier, later))
    found = Differences()
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
