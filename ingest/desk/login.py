"""The one login of the site: for the desk and for the Django admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ingest.desk.log import record
from ingest.desk.permissions import Action, allowed, may, membership_of, role_of


class RoleBackend(ModelBackend):
    """Logs in by password; what Django's admin asks of permissions, the desk's roles answer."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Return whether the user is an administrator."""
        return may(user_obj, Action.MANAGE_REGISTERS)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Return whether the user is an administrator."""
        return may(user_obj, Action.MANAGE_REGISTERS)


def address_of(request: HttpRequest) -> str:
    """Return the address that a request came from, as the outermost of our own proxies saw it.

    What stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(passed) >= settings.TRUSTED_PROXIES:
        return str(passed[-settings.TRUSTED_PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


class LoginForm(AuthenticationForm):
    """Name and password; a one-time password is of use for a while only."""

    error_messages = {
        "invalid_login": _("Brukernavnet eller passordet er feil. Passordet skiller mellom store og små bokstaver."),
        "inactive": _("Denne brukeren er stengt ute."),
        "expired": _("Engangspassordet er gått ut. Be en administrator om et nytt."),
        "no_role": _("Denne brukeren har ingen rolle i redaksjonen. Be en administrator om en."),
    }

    def confirm_login_allowed(self, user: User) -> None:
        """Refuse who has no role, and a one-time password that has run out."""
        super().confirm_login_allowed(user)
        if role_of(user) is None:
            raise forms.ValidationError(self.error_messages["no_role"], code="no_role")
        membership = membership_of(user)
        if membership and membership.one_time_until and membership.one_time_until < timezone.now():
            raise forms.ValidationError(self.error_messages["expired"], code="expired")


class LoginView(views.LoginView):
    """Log in, and note that in the log."""

    template_name = "redaksjon/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin the session."""
        response = super().form_valid(form)
        record(user=form.get_user(), action="login", subject=str(form.get_user()))
        return response


class PasswordChangeView(views.PasswordChangeView):
    """Choose a new password; a one-time password has then done its work. Other sessions of the user end."""

    template_name = "redaksjon/password_change.html"
    success_url = reverse_lazy("desk")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Store the new password."""
        response = super().form_valid(form)
        user = form.user
        membership = membership_of(user)
        if membership and membership.one_time_until:
            membership.one_time_until = None
            membership.save(update_fields=["one_time_until"])
        record(user=user, action="password.changed", subject=str(user))
        messages.success(self.request, _("Passordet er byttet."))
        return response


form_view = require_http_methods(["GET", "POST"])
login = form_view(LoginView.as_view())
logout = views.LogoutView.as_view()
password_change = form_view(allowed(Action.VIEW_DESK, even_with_one_time_password=True)(PasswordChangeView.as_view()))
