"""The one login of the site: for the desk and for the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ingest.desk.log import record
from ingest.desk.permissions import Action, allowed, membership_of
from ingest.desk.user_forms import LoginForm


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
