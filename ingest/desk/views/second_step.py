"""A person's own second step: set up, moved to another phone, its recovery codes made anew, turned off."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_otp import login as prove_second_step
from django_otp.plugins.otp_totp.models import TOTPDevice

from ingest.desk import second_step as steps
from ingest.desk.log import record
from ingest.desk.methods import post_only
from ingest.desk.permissions import Action, allowed, needs_second_step
from ingest.desk.user_forms import PasswordAgainForm, SetUpForm
from ingest.desk.views.login import CarriesForm, again, form_view

KEY = "second_step_key"
"""In the session: the secret of the app that is being set up."""


@require_GET
@allowed(Action.VIEW_DESK, comes_first=True)
def second_step(request: HttpRequest) -> HttpResponse:
    """Show whether the second step is set up, and what can be done with it."""
    return _state(request, PasswordAgainForm(request=request))


class SetUpView(CarriesForm):
    """Set an app up, in place of the one before if there is one, and show the recovery codes once."""

    template_name = "redaksjon/second_step_set_up.html"
    form_class = SetUpForm
    success_url = reverse_lazy("second_step")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form needs."""
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows: the key of the app, the same until one is set up."""
        key = self.request.session.setdefault(KEY, steps.new_key())
        app = steps.app_of(cast(User, self.request.user), key)
        shown = {"picture": steps.picture_of(app), "typed_key": steps.typed_key(app), "app_address": app.config_url}
        return super().get_context_data(**kwargs, **shown, replaces=steps.has_second_step(self.request.user))

    def form_valid(self, form: SetUpForm) -> HttpResponse:
        """Set the app up if the code is its; whatever else is open of the user's ends."""
        request, user = self.request, cast(User, self.request.user)
        with transaction.atomic():
            codes = steps.set_up(user, request.session.get(KEY) or steps.new_key(), form.cleaned_data["code"])
            if codes is None:
                form.add_error("code", _("Koden er feil. Er klokka på telefonen riktig?"))
                return self.form_invalid(form)
            record(user=user, action="second_step.set_up", subject=str(user))
        del request.session[KEY]
        request.session.cycle_key()
        prove_second_step(request, TOTPDevice.objects.get(user=user))
        steps.end_sessions(user, but=request.session.session_key)
        return _show_codes(request, codes, **(again(self.kept) if self.kept else {}))

    def form_invalid(self, form: SetUpForm) -> HttpResponse:
        """Show the page with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@post_only
@allowed(Action.VIEW_DESK, comes_first=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make a new list of recovery codes in place of the old one, and show it once."""
    user = cast(User, request.user)
    form = PasswordAgainForm(request.POST, request=request)
    if not steps.has_second_step(user):
        return redirect("second_step")
    if not form.is_valid():
        return _state(request, form)
    with transaction.atomic():
        codes = steps.new_recovery_codes(user)
        record(user=user, action="second_step.codes", subject=str(user))
    prove_second_step(request, TOTPDevice.objects.get(user=user))  # the list that may have proven it is gone
    return _show_codes(request, codes)


@post_only
@allowed(Action.VIEW_DESK, comes_first=True)
def turn_off(request: HttpRequest) -> HttpResponse:
    """Take the second step away, for those who don't need one."""
    user = cast(User, request.user)
    if needs_second_step(user):
        raise PermissionDenied
    form = PasswordAgainForm(request.POST, request=request)
    if not form.is_valid():
        return _state(request, form)
    with transaction.atomic():
        if steps.take_away(user):
            record(user=user, action="second_step.off", subject=str(user))
    messages.success(request, _("Totrinnsinnlogging er slått av."))
    return redirect("second_step")


def _state(request: HttpRequest, form: PasswordAgainForm) -> HttpResponse:
    """Show how a person's second step stands."""
    user = cast(User, request.user)
    context = {
        "form": form,
        "app": TOTPDevice.objects.filter(user=user, confirmed=True).first(),
        "codes_left": steps.recovery_codes_left(user),
        "is_needed": needs_second_step(user),
    }
    return render(request, "redaksjon/second_step.html", context, status=422 if form.errors else 200)


def _show_codes(request: HttpRequest, codes: list[str], **context: Any) -> HttpResponse:
    """Show recovery codes, once: the page is kept in no cache, and of the codes only sums are kept."""
    return render(request, "redaksjon/recovery_codes.html", {"codes": codes, **context})


set_up = form_view(allowed(Action.VIEW_DESK, comes_first=True)(SetUpView.as_view()))
