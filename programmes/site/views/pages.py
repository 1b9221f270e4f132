"""Pages about the site itself, and what it answers when something is wrong."""

import sys

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from programmes.models import Programme
from programmes.site.body_limit import receives
from programmes.site.following.alerts import LINK_HOLDS
from programmes.site.out_of_order import answer_for
from programmes.site.quality import measured_groups

WAYS_TO_SEARCH = (
    ("eldreomsorg", gettext_lazy("ordet i alle former, på bokmål og nynorsk, og andre ord for det samme")),
    ("Hva mener SV om barnehage?", gettext_lazy("SVs løfter om barnehage")),
    ("bompenger Rødt Frp", gettext_lazy("løfter om bompenger fra begge partiene")),
    ('"gratis skolemat"', gettext_lazy("nøyaktig disse ordene etter hverandre")),
    ("buss OR trikk", gettext_lazy("ett av ordene")),
    ("skole -privat", gettext_lazy("løfter uten et ord")),
    ("barnehage*", gettext_lazy("alt som begynner slik")),
    ("sykehjem sted:Hamar", gettext_lazy("løfter fra lagene på et sted; også parti:, år:, tema: og nivå:")),
    ("kapittel:helse", gettext_lazy("løfter under en overskrift med ordet")),
    ("ord:rødt", gettext_lazy("ordet selv, der det ellers blir lest som et navn")),
    ("Hamar 2019", gettext_lazy("rett til programmet, når bare ett heter det")),
)
"""An example of each way to search, and what it finds: what search.md tells in full."""
LONGEST_CHOICE = 1024
"""Bytes of the form that chooses a language: the language, and the address to go back to."""


def about(request: HttpRequest) -> HttpResponse:
    """Explain what the archive is, how texts are read, and how sure a reader can be."""
    return render(request, "about.html", {"programme_count": Programme.objects.current().count()})


def help_page(request: HttpRequest) -> HttpResponse:
    """Explain how to search, on one screen, each way with an example that is a link."""
    return render(request, "help.html", {"ways": WAYS_TO_SEARCH})


def accessibility(request: HttpRequest) -> HttpResponse:
    """State what holds of the requirements of accessible pages, what doesn't, and how to complain."""
    return render(request, "accessibility.html", {"contact": settings.CONTACT_ADDRESS})


def quality(request: HttpRequest) -> HttpResponse:
    """Tell how well programmes are read, as it was last measured."""
    return render(request, "quality.html", {"groups": measured_groups()})


def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept of readers, and of those who get alerts."""
    backups = settings.BACKUPS_KEPT if settings.BACKUP_FOLDER else 0
    return render(request, "privacy.html", {"days": LINK_HOLDS.days + 1, "backups": backups})


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer that the site is alive, for what starts it again where it isn't; whether it is ready, `/helse/klar` tells.

    Asks nobody: a database that is away is no reason to start the site again.
    """
    return JsonResponse({"status": "ok"})


def robots(request: HttpRequest) -> HttpResponse:
    """Ask robots to leave alone what has no end (the combinations of search filters) and what is not for readers."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return render(request, "robots.txt", {"sitemap": sitemap}, content_type="text/plain; charset=utf-8")


@receives(LONGEST_CHOICE)
@csrf_exempt  # forging it changes the language of a page and nothing else; without it every page would need a cookie
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the reader's choice of language in a cookie and go back to the page.

    A body that is no such form is refused before any of it is read: anybody may send one, and a file would be stored.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise BadRequest(f"{request.content_type} is no choice of language")
    return i18n.set_language(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer that the request could not be understood, or that it was larger than anything we receive."""
    too_large = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_large": too_large}, status=413 if too_large else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer that the reader may not see this."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer that nothing stands at the address, and where to go on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer that we failed; the page asks nothing of the database.

    What stands before the views, as the session does, meets a database that is away or a disk that is full first.
    """
    return answer_for(request, sys.exception()) or render(request, "500.html", status=500)
