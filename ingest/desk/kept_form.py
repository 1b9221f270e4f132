"""A form that was sent after the session had run out: it goes along through the login, and is sent with one press.

Nothing is kept on the server. The pages of the login carry the form, signed, so that no other page can put one there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

SENT_TO = "sendt-til"
"""In the address of the login: where the form was sent that comes along in its body."""
KEPT = "kept"
"""The field of a page of the login that carries it on."""
LIFE = timedelta(hours=12)
_SALT = "kept form"
HTTP_SAME_METHOD = 307


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What a person sent, and where to."""

    address: str
    fields: list[tuple[str, str]]
    has_files: bool = False
    """Whether files came along: they are gone, and must be chosen again."""

    def signed(self) -> str:
        """Return it as a field of the login carries it."""
        return signing.dumps([self.address, self.fields, self.has_files], salt=_SALT, compress=True)


def by_way_of(page: str, request: HttpRequest) -> HttpResponseRedirect:
    """Send a form that came too early on to the page that must come first; the browser brings it along (307)."""
    response = HttpResponseRedirect(f"{reverse(page)}?{urlencode({SENT_TO: request.get_full_path()})}")
    response.status_code = HTTP_SAME_METHOD
    return response


def kept_of(request: HttpRequest, *, address: str = "") -> KeptForm | None:
    """Return the form that a request brings: sent to `address`, by way of the login, or carried by it; or nothing."""
    address = address or request.GET.get(SENT_TO, "")
    if address and request.method == "POST":
        inside = address.startswith((reverse("desk"), reverse("admin:index")))
        return KeptForm(address, _fields(request.POST), bool(request.FILES)) if inside else None
    try:
        address, fields, has_files = signing.loads(request.POST.get(KEPT, ""), salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    return KeptForm(address, [(name, value) for name, value in fields], has_files)


def _fields(form: QueryDict) -> list[tuple[str, str]]:
    """Return what is worth sending again: no token, and no password."""
    not_kept = {name for name in form if name in ("csrfmiddlewaretoken", KEPT) or "password" in name}
    return [(name, value) for name, values in form.lists() if name not in not_kept for value in values]
