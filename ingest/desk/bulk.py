"""One transition of many programmes: what is asked first, and how it is carried out for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ingest.desk.permissions import AnyUser, may
from ingest.desk.transitions import Transition, carry_out
from programmes.models import Programme
from programmes.publishing import WrongState

MOST_AT_ONCE = 200
"""Programmes in one bulk action: publishing writes each to the search index while the person waits."""


def ask_many(
    request: HttpRequest,
    transition: Transition,
    chosen: Sequence[Programme],
    *,
    asked: bool = False,
    too_many: bool = False,
) -> HttpResponse:
    """Show for which of some programmes a transition will be carried out, and ask for what it needs."""
    user = request.user
    ready = [programme for programme in chosen if transition.open_to(user, programme)]
    left_out = [(programme, _why_not(user, transition, programme)) for programme in chosen if programme not in ready]
    context = {"transition": transition, "ready": ready, "left_out": left_out, "asked": asked}
    context |= {"too_many": too_many, "most": MOST_AT_ONCE}
    return render(request, "redaksjon/many.html", context, status=422 if asked else 200)


def carry_out_for_each(
    request: HttpRequest, transition: Transition, programmes: Iterable[Programme], *, reason: str = ""
) -> None:
    """Carry out a transition for each of some programmes, each on its own, with a message of how it went."""
    user = cast(User, request.user)
    done = 0
    for programme in programmes:
        if not transition.open_to(user, programme):
            messages.error(request, f"{programme}: {_why_not(user, transition, programme)}")
            continue
        try:
            carry_out(transition, programme, user=user, reason=reason)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            done += 1
    text = ngettext("%(count)s program er %(done)s.", "%(count)s programmer er %(done)s.", done)
    messages.success(request, text % {"count": done, "done": transition.done})


def _why_not(user: AnyUser, transition: Transition, programme: Programme) -> str:
    """Return why a transition is not open, in words."""
    if not may(user, transition.action, programme):
        return _("du har ikke rett til dette")
    return _("er %(state)s") % {"state": programme.get_publication_display()}
