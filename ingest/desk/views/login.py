"""The one login of the site, for the desk and for the Django admin: a password, and a code where one is set up."""

from __future__ import annotations

import time
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import user_login_failed, views
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView
from django_otp import login as prove_second_step
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from ingest.desk.kept_form import SENT_TO, KeptForm, kept_of
from ingest.desk.log import record
from ingest.desk.methods import can_be_gone_to
from ingest.desk.second_step import (
    LIFE,
    check_code,
    has_second_step,
    is_half_logged_in,
    recovery_codes_left,
    seconds_to_wait,
)
from ingest.desk.user_forms import CodeForm, LoginForm

WRITTEN = {"text", "title", "number", "parts", "reason", "repaired", "pasted", "username"}
"""Fields that hold a person's own words, which they know again."""
WAITS_FOR_CODE = "waits_for_code"
"""In the session of nobody yet: who has given the password, and until when the code is waited for."""
BACKEND = "ingest.desk.auth.RoleBackend"


class CarriesForm(FormView):
    """A page of the login that carries on what a person sent without being logged in."""

    kept: KeptForm | None = None

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page, empty, where a form has just been brought along to it; else go on."""
        self.kept = self.kept or kept_of(request)
        if self.kept and SENT_TO in request.GET:
            return self.show_empty()
        return super().dispatch(request, *args, **kwargs)

    def show_empty(self, status: int = 200) -> HttpResponse:
        """Return the page with nothing filled in."""
        given = {name: value for name, value in self.get_form_kwargs().items() if name not in ("data", "files")}
        form = self.get_form_class()(**given)
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows, and the form that it carries."""
        return super().get_context_data(**kwargs, kept=self.kept.signed() if self.kept else "")


class LeadsOn(views.RedirectURLMixin):
    """A page of the login that leads on to where a person wanted to go."""

    next_page = "desk"

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Return where to go on to: a page of this site, or nowhere."""
        url = super().get_redirect_url()
        return url if can_be_gone_to(url) else ""


class LoginView(LeadsOn, CarriesForm, views.LoginView):
    """Ask for the password; begin the session, or ask for the code."""

    template_name = "redaksjon/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Log in; a form that was sent without a session stays on the page until it can be sent again."""
        self.kept = kept_of(request)
        if request.user.is_authenticated and is_half_logged_in(request.user):
            return self._ask_for_code(request.user)
        if self.kept and request.user.is_authenticated:
            return send_again(request, self.kept)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows."""
        return super().get_context_data(**kwargs, sends_mail=settings.SENDS_MAIL)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin the session, or ask for the code."""
        user: User = form.get_user()
        if has_second_step(user):
            return self._ask_for_code(user)
        response = super().form_valid(form)
        record(user=user, action="login", subject=str(user))
        return send_again(self.request, self.kept) if self.kept else response

    def _ask_for_code(self, user: User) -> HttpResponse:
        """Note in a new session of nobody that a user has given the password, and ask for the code."""
        session = self.request.session
        session.cycle_key()
        session[WAITS_FOR_CODE] = [user.pk, user.get_session_auth_hash(), time.time() + LIFE]
        page = CodeView(request=self.request, kept=self.kept)
        return page.show_empty()


class CodeView(LeadsOn, CarriesForm):
    """Ask for the code of who has given the password, and begin the session.

    A wrong code counts as a wrong password does; what shuts a name out at an address shuts it out here.
    """

    template_name = "redaksjon/code.html"
    form_class = CodeForm

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go back to the password where it was given too long ago, or never; nothing that is carried is lost."""
        self.kept = kept_of(request)
        if user := who_waits(request):
            self.user = user
            return super().dispatch(request, *args, **kwargs)
        if self.kept is None:
            return redirect("login")
        messages.error(request, _("Det gikk for lang tid. Logg inn på nytt."))
        return LoginView(request=request, kept=self.kept).show_empty()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows, and where it leads on to."""
        return super().get_context_data(**kwargs, next=self.get_redirect_url())

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Begin the session if the code is right."""
        request, user = self.request, self.user
        credentials = get_credentials(username=user.get_username())
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]  # its middleware answers
            return self.form_invalid(form)
        device = check_code(user, form.cleaned_data["code"])
        if device is None:
            user_login_failed.send(sender=__name__, credentials=credentials, request=request)
            form.add_error("code", _wrong(seconds_to_wait(user)))
            return self.form_invalid(form)
        self._begin(user, device)
        return send_again(request, self.kept) if self.kept else super().form_valid(form)

    def _begin(self, user: User, device: Device) -> None:
        request = self.request
        begin_session(request, user, backend=BACKEND)
        prove_second_step(request, device)
        request.session.pop(WAITS_FOR_CODE, None)
        by = "recovery code" if isinstance(device, StaticDevice) else "app"
        record(user=user, action="login", subject=str(user), details={"second_step": by})
        if isinstance(device, StaticDevice):
            left = recovery_codes_left(user)
            told = ngettext(
                "Du brukte en gjenopprettingskode. Du har %(left)s igjen.",
                "Du brukte en gjenopprettingskode. Du har %(left)s igjen.",
                left,
            )
            messages.warning(request, told % {"left": left})


def who_waits(request: HttpRequest) -> User | None:
    """Return who has given the password in this session a short while ago, and has kept it since; or nobody."""
    pk, auth_hash, until = request.session.get(WAITS_FOR_CODE) or (None, "", 0)
    if pk is None or until < time.time():
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), auth_hash) else None


def _wrong(wait: int) -> str:
    """Return what is said of a wrong code."""
    if wait <= 1:
        return _("Koden er feil, eller er brukt før. Vent til appen viser en ny.")
    return _("Koden er feil, eller er brukt før. Vent %(wait)s sekunder før du prøver igjen.") % {"wait": wait}


def send_again(request: HttpRequest, kept: KeptForm, *, status: int = 200) -> HttpResponse:
    """Show what a person sent before they were logged in, to be sent with one press; the rights are asked for then."""
    return render(request, "redaksjon/send_again.html", again(kept), status=status)


def again(kept: KeptForm) -> dict[str, Any]:
    """Return what a page needs that offers what a person sent to be sent again."""
    return {"again": kept, "written": [value for name, value in kept.fields if name in WRITTEN and value]}


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
    return LoginView(request=request, kept=kept).show_empty(status=403)


form_view = require_http_methods(["GET", "POST"])
login = form_view(LoginView.as_view())
code = form_view(CodeView.as_view())
logout = views.LogoutView.as_view()
logout.post_only = True  # type: ignore[attr-defined]
