"""A programme's way to the public and back: transitions of one programme, and of many."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ingest.desk.bulk import MOST_AT_ONCE, ask_many, carry_out_for_each
from ingest.desk.methods import can_be_gone_to, post_only
from ingest.desk.permissions import Action, allowed, own, programme_of
from ingest.desk.transitions import BY_SLUG, Transition, carry_out
from programmes.models import Programme
from programmes.publishing import WrongState
from programmes.site.numbers import whole_number

LONGEST_REASON = 500


def transition_view(transition: Transition) -> Callable[..., HttpResponseBase]:
    """Return the view that carries out a transition for one programme, after its question where it has one."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        programme = programme_of(request, pk)
        reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
        back = _back(request, programme)
        asked = request.method == "POST"
        if transition.question and (not asked or (transition.needs_reason and not reason)):
            context = {"transition": transition, "programme": programme, "asked": asked, "back": back}
            return render(request, "redaksjon/transition.html", context, status=422 if asked else 200)
        try:
            carry_out(transition, programme, user=cast(User, request.user), reason=reason)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("«%(title)s» er %(done)s.") % {"title": programme.title, "done": transition.done}
            )
            if transition.action is Action.DELETE_DRAFT:
                return redirect("desk_programmes")
        return HttpResponseRedirect(back)

    guarded = allowed(transition.action, subject=programme_of)(view)
    return require_http_methods(["GET", "POST"])(guarded) if transition.question else post_only(guarded)


def _back(request: HttpRequest, programme: Programme) -> str:
    """Return where to go afterwards: to the list that the transition was asked from, else to the programme."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if can_be_gone_to(target) else reverse("desk_programme", args=[programme.pk])


@post_only
@allowed(Action.VIEW_DESK)
def many(request: HttpRequest) -> HttpResponse:
    """Carry out a transition for many programmes: show first what will happen to which, then do it."""
    user = request.user
    transition = BY_SLUG.get(request.POST.get("step", ""))
    if transition is None or not transition.for_many:
        raise Http404
    keys = [key for key in map(whole_number, request.POST.getlist("programme")) if key]
    if not keys:
        messages.error(request, _("Velg minst ett program."))
        return redirect("desk_programmes")
    visible = own(user, Programme.objects.select_related("branch__party").filter(pk__in=keys))
    chosen = list(visible[:MOST_AT_ONCE])
    ready = [programme for programme in chosen if transition.open_to(user, programme)]
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    confirmed = "confirmed" in request.POST
    if not confirmed or not ready or (transition.needs_reason and not reason):
        return ask_many(request, transition, chosen, asked=confirmed, too_many=len(keys) > MOST_AT_ONCE)
    carry_out_for_each(request, transition, ready, reason=reason)
    return redirect("desk_programmes")
