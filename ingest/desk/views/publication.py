"""The steps of a programme's way to the public and back, for one programme and for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ingest.desk.permissions import Action, allowed, may, own
from ingest.desk.transitions import BY_SLUG, Step, take
from programmes.models import Programme
from programmes.publishing import WrongState

LONGEST_REASON = 500
MOST_AT_ONCE = 200
"""Programmes in one bulk action: publishing writes each to the search index while the person waits."""


def programme_of(request: HttpRequest, pk: int) -> Programme:
    """Return the programme that an address names."""
    return get_object_or_404(Programme.objects.select_related("branch__party"), pk=pk)


def step_view(step: Step) -> Callable[..., HttpResponseBase]:
    """Return the view that takes a step with one programme, after asking where the step asks."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        programme = programme_of(request, pk)
        reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
        missing = step.needs_reason and not reason
        if step.question and (request.method != "POST" or missing):
            context = {
                "step": step,
                "programme": programme,
                "asked": request.method == "POST",
                "back": _back(request, programme),
            }
            status = 422 if request.method == "POST" else 200
            return render(request, "redaksjon/step.html", context, status=status)
        back = _back(request, programme)
        try:
            take(step, programme, user=cast(User, request.user), reason=reason)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("«%(title)s» er %(done)s.") % {"title": programme.title, "done": step.done})
            if step.action is Action.DELETE_DRAFT:
                return redirect("desk_programmes")
        return redirect(back)

    methods = ["GET", "POST"] if step.question else ["POST"]
    return require_http_methods(methods)(allowed(step.action, subject=programme_of)(view))


def _back(request: HttpRequest, programme: Programme) -> str:
    """Return where to go when the step is taken: to the list that it was taken from, else to the programme."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return f"{reverse('desk_programmes')}{programme.pk}/"


@require_POST
@allowed(Action.VIEW_DESK)
def many(request: HttpRequest) -> HttpResponse:
    """Take a step with many programmes: show first what will happen to which, then do it, each on its own."""
    user = cast(User, request.user)
    step = BY_SLUG.get(request.POST.get("step", ""))
    if step is None or not step.for_many:
        raise Http404
    keys = [int(key) for key in request.POST.getlist("programme") if key.isdecimal()]
    if not keys:
        messages.error(request, _("Velg minst ett program."))
        return redirect("desk_programmes")
    visible = own(user, Programme.objects.select_related("branch__party").filter(pk__in=keys))
    chosen = list(visible[:MOST_AT_ONCE])
    ready = [programme for programme in chosen if step.open_to(user, programme)]
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    confirmed = "confirmed" in request.POST
    if not confirmed or not ready or (step.needs_reason and not reason):
        return ask_many(request, step, chosen, asked=confirmed, too_many=len(keys) > MOST_AT_ONCE)
    take_each(request, step, ready, reason=reason)
    return redirect("desk_programmes")


def ask_many(
    request: HttpRequest, step: Step, chosen: Sequence[Programme], *, asked: bool = False, too_many: bool = False
) -> HttpResponse:
    """Show with which of some programmes a step will be taken, and ask for what it needs."""
    user = cast(User, request.user)
    ready = [programme for programme in chosen if step.open_to(user, programme)]
    left_out = [(programme, _why_not(user, step, programme)) for programme in chosen if programme not in ready]
    context = {"step": step, "ready": ready, "left_out": left_out, "asked": asked}
    context |= {"too_many": too_many, "most": MOST_AT_ONCE}
    return render(request, "redaksjon/many.html", context, status=422 if asked else 200)


def take_each(request: HttpRequest, step: Step, programmes: Iterable[Programme], *, reason: str = "") -> None:
    """Take a step with each of some programmes, each on its own, and tell the person how it went."""
    user = cast(User, request.user)
    done = 0
    for programme in programmes:
        if not step.open_to(user, programme):
            why = _why_not(user, step, programme)
            messages.error(request, f"{programme}: {why}")
            continue
        try:
            take(step, programme, user=user, reason=reason)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            done += 1
    text = ngettext("%(count)s program er %(done)s.", "%(count)s programmer er %(done)s.", done)
    messages.success(request, text % {"count": done, "done": step.done})


def _why_not(user: User, step: Step, programme: Programme) -> str:
    """Return why a step is not open, in words."""
    if not may(user, step.action, programme):
        return _("du har ikke rett til dette")
    return _("er %(state)s") % {"state": programme.get_publication_display()}
