"""The one login of the site: for the desk and for the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ingest.desk.kept_form import SENT_TO, KeptForm, kept_of
from ingest.desk.log import record
from ingest.desk.methods import can_be_gone_to
from ingest.desk.permissions import Action, allowed, membership_of
from ingest.desk.user_forms import LoginForm

WRITTEN = {"text", "title", "number", "parts", "reason", "repaired", "pasted", "username"}
"""Fields that hold a person's own words, which they know again."""


class LoginView(views.LoginView):
    """Log in, and note that in the log."""

    template_name = "redaksjon/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Log in; a form that was sent without a session stays on the page until it can be sent again."""
        self.kept = kept_of(request)
        if self.kept and request.user.is_authenticated:
            return send_again(request, self.kept)
        if self.kept and SENT_TO in request.GET:
            form = self.form_class(request) if self.form_class else LoginForm(request)
            return self.render_to_response(self.get_context_data(form=form))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows, and the form that it carries."""
        return super().get_context_data(**kwargs, kept=self.kept.signed() if self.kept else "")

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Return where to go on to: a page of this site, or nowhere."""
        url = super().get_redirect_url()
        return url if can_be_gone_to(url) else ""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin the session."""
        response = super().form_valid(form)
        record(user=form.get_user(), action="login", subject=str(form.get_user()))
        return send_again(self.request, self.kept) if self.kept else response


def send_again(request: HttpRequest, kept: KeptForm, *, status: int = 200) -> HttpResponse:
    """Show what a person sent before they were logged in, to be sent with one press; the rights are asked for then."""
    written = [value for name, value in kept.fields if name in WRITTEN and value]
    return render(request, "redaksjon/send_again.html", {"kept": kept, "written": written}, status=status)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form whose token is of another session: our own page's is offered again, any other's is refused."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    kept = kept_of(request) or kept_of(request, address=request.get_full_path()) if is_ours else None
    if kept is None:
        return render(request, "403_csrf.html", status=403)
    if kept.address.startswith(reverse("login")):
        return redirect("login")
    if request.user.is_authenticated:
        return send_again(request, kept, status=403)
    form_page = LoginView(request=request, kept=kept)
    return form_page.render_to_response(form_page.get_context_data(form=LoginForm(request)), status=403)


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
logout.post_only = True  # type: ignore[attr-defined]
password_change = form_view(allowed(Action.VIEW_DESK, even_with_one_time_password=True)(PasswordChangeView.as_view()))
