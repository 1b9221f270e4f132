"""Following something: in a feed or by mail, and how mail is confirmed and ended. No page has an address on it."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from programmes.models import Alert
from programmes.models.following import LONGEST_FOLLOWED
from programmes.site.body_limit import receives
from programmes.site.callers import ALERT_LINKS, seconds_to_wait
from programmes.site.following import alerts
from programmes.site.following.followed import CannotBeFollowed, Followed
from programmes.site.following.jobs import enqueue_confirming_mail

LONGEST_FORM = 16 * 1024
"""Bytes of the form that asks for an alert."""
LONGEST_BUTTON = 1024
"""Bytes of what a button sends, or a mail program for it."""
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class AlertForm(forms.Form):
    """Where to, and how often."""

    address = forms.EmailField(
        label=_("E-postadressen din"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Skriv e-postadressen din."), "invalid": _("Dette er ingen e-postadresse.")},
    )
    often = forms.ChoiceField(
        label=_("Hvor ofte"), choices=Alert.Often.choices, initial=Alert.Often.DAILY, widget=forms.RadioSelect
    )


@receives(LONGEST_FORM)
@never_cache
@get_or_post
def follow(request: HttpRequest) -> HttpResponse:
    """Offer what an address of the search page finds as a feed and by mail, and take an address to send mail to.

    The answer is the same whether the address is known, and so is the work.
    """
    try:
        followed = Followed.of(request.GET)
        too_long = len(followed.query_string) > LONGEST_FOLLOWED
    except CannotBeFollowed:
        followed, too_long = Followed(), True
    if too_long:
        return render(request, "varsel/too_long.html", status=400)
    if request.method == "POST" and not settings.SENDS_MAIL:
        raise Http404
    form = AlertForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address, often = str(form.cleaned_data["address"]), str(form.cleaned_data["often"])
        if not seconds_to_wait(ALERT_LINKS, address.casefold()):
            site = f"{request.scheme}://{request.get_host()}"
            language = request.LANGUAGE_CODE
            alert = alerts.ask(address=address, followed=followed, often=often, language=language, site=site)
            enqueue_confirming_mail(alert, often=often)
        return redirect("alert_asked")
    context = {
        "followed": followed,
        "form": form,
        "sends_mail": settings.SENDS_MAIL,
        "feed_address": request.build_absolute_uri(followed.feed_url),
    }
    return render(request, "varsel/follow.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way."""
    return render(request, "varsel/asked.html", {"days": alerts.LINK_HOLDS.days})


@receives(LONGEST_BUTTON)
@csrf_exempt  # the link is the secret, and mail programs open it in a browser without cookies
@never_cache
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the alert is wanted, and begin it: what looks through mail opens links, and presses no buttons."""
    found = alerts.read_token(token)
    if found is None:
        return render(request, "varsel/no_longer.html", status=410)
    alert, often = found
    context = {"followed": Followed.of_query_string(alert.followed), "often": Alert.Often(often).label}
    if request.method != "POST":
        return render(request, "varsel/confirm.html", context)
    if not alerts.confirm(alert, often=often):
        return render(request, "varsel/too_many.html", {"most": alerts.MOST_OF_ADDRESS}, status=409)
    return render(request, "varsel/confirmed.html", {**context, "leave_url": reverse("alert_leave", args=[alert.key])})


@receives(LONGEST_BUTTON)
@csrf_exempt  # mail programs send this themselves (RFC 8058); the link is the secret
@never_cache
@get_or_post
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """End an alert, or all of its address, at one press of a button here or in the mail program."""
    alert = alerts.with_key(key)
    if alert is None:
        return render(request, "varsel/left.html")
    if request.method != "POST":
        return render(request, "varsel/leave.html", {"followed": Followed.of_query_string(alert.followed)})
    if request.POST.get("every"):
        alerts.leave_all(alert)
    else:
        alerts.leave(alert)
    return render(request, "varsel/left.html")
