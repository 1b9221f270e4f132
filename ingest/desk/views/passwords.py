"""Passwords: changed by who knows the old one, and chosen anew by who gets mail at the address of the user."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ingest.desk.auth import open_login
from ingest.desk.log import record
from ingest.desk.password_mail import enqueue_password_mail
from ingest.desk.permissions import Action, allowed
from ingest.desk.views.login import CarriesForm, form_view, send_again
from ingest.models import Membership
from programmes.site.callers import PASSWORD_MAILS, seconds_to_wait


class PasswordChangeView(CarriesForm, views.PasswordChangeView):
    """Choose a new password; a one-time password has then done its work. Other sessions of the user end."""

    template_name = "redaksjon/password_change.html"
    success_url = reverse_lazy("desk")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Store the new password."""
        response = super().form_valid(form)
        _is_own_now(form.user)
        record(user=form.user, action="password.changed", subject=str(form.user))
        messages.success(self.request, _("Passordet er byttet."))
        return send_again(self.request, self.kept) if self.kept else response


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Take an address to send a link to. The answer is the same whether anybody has it, and so is the work."""
    if not settings.SENDS_MAIL:
        raise Http404
    form = PasswordResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = str(form.cleaned_data["email"])
        if not seconds_to_wait(PASSWORD_MAILS, email.casefold()):
            site = f"{request.scheme}://{request.get_host()}"
            enqueue_password_mail(email=email, language=request.LANGUAGE_CODE, site=site)
        return redirect("password_reset_done")
    return render(request, "redaksjon/password_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way, if the address is a user's."""
    return render(request, "redaksjon/password_asked.html", {"minutes": settings.PASSWORD_RESET_TIMEOUT // 60})


class ChooseView(views.PasswordResetConfirmView):
    """Choose a new password by the link from a mail, which is good once; nobody is logged in by it."""

    template_name = "redaksjon/password_choose.html"
    success_url = reverse_lazy("login")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Store the password; a login that wrong passwords have shut is open again. All sessions of the user end."""
        response = super().form_valid(form)
        user: User = form.user
        _is_own_now(user)
        open_login(user)
        record(user=user, action="password.reset", subject=str(user))
        messages.success(self.request, _("Passordet er byttet. Nå kan du logge inn med det."))
        return response


def _is_own_now(user: User) -> None:
    """Note that a user's password is one that they chose themselves."""
    Membership.objects.filter(user=user).update(one_time_until=None)


change = form_view(allowed(Action.VIEW_DESK, comes_first=True)(PasswordChangeView.as_view()))
choose = form_view(ChooseView.as_view())
ask = form_view(ask)
