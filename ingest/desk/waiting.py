"""What waits for a person at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ingest.desk.permissions import Action, AnyUser, may, own
from ingest.models import Correction, Upload
from programmes.models import Programme

SHOWN = 8
"""Rows of each list on the first page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the user: the first rows, how many there are, and where all are listed."""

    title: str
    count: int
    rows: list[tuple[str, str, str]]
    """Address, name, and what is said of it."""
    url: str
    action: tuple[str, str] | None = None
    """Where all of them are done at once, and what that is called."""


def waiting_for(user: AnyUser) -> list[Waiting]:
    """Return what waits for a user, without what is empty."""
    programmes = own(user, Programme.objects.with_branch().defer("parse_report"))
    uploads = own(user, Upload.objects.defer("document"))
    list_url, upload_url = reverse("desk_programmes"), reverse("upload_list")
    unfit = Correction.objects.filter(programme=OuterRef("pk"), fits=False, undone_at=None)
    lists = [
        _uploads(
            _("Klare til å bekreftes"),
            uploads.filter(state=Upload.State.READY),
            upload_url,
            (reverse("upload_many"), _("Bekreft alle samlet")),
        ),
        _uploads(_("Kunne ikke leses"), uploads.filter(state=Upload.State.FAILED), upload_url),
        _programmes(
            _("Til gjennomsyn"), programmes.filter(publication="review"), f"{list_url}?tilstand=review", list_url
        )
        if may(user, Action.PUBLISH)
        else None,
        _programmes(_("Kladder"), programmes.filter(publication="draft"), f"{list_url}?tilstand=draft", list_url),
        _programmes(_("Rettelser som ikke passer lenger"), programmes.filter(Exists(unfit)), list_url, list_url),
    ]
    return [each for each in lists if each is not None and each.count]


def ready_for(user: AnyUser) -> QuerySet[Upload]:
    """Return the uploads that a user may confirm now, those that came first before the others."""
    ready = own(user, Upload.objects.filter(state=Upload.State.READY))
    return ready.order_by("uploaded_at", "pk").defer("document")


def next_to_confirm(user: AnyUser, *, after: Upload) -> Upload | None:
    """Return the upload that is to be confirmed after one: the next that came, else the first of those that wait."""
    ready = ready_for(user).exclude(pk=after.pk)
    return ready.filter(pk__gt=after.pk).order_by("pk").first() or ready.first()


def _programmes(title: str, rows: QuerySet[Programme], url: str, list_url: str) -> Waiting:
    shown = rows.order_by("-parsed_at")[:SHOWN]
    return Waiting(title, rows.count(), [(f"{list_url}{each.pk}/", str(each), each.period) for each in shown], url)


def _uploads(title: str, rows: QuerySet[Upload], url: str, action: tuple[str, str] | None = None) -> Waiting:
    shown = rows.order_by("-uploaded_at")[:SHOWN]
    lines = [(f"{url}{each.pk}/", each.filename, each.error) for each in shown]
    return Waiting(title, rows.count(), lines, url, action)
