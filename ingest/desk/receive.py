"""Receive what a person gives: files, bundles with a manifest, and addresses to fetch."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ingest.desk import log
from ingest.desk.permissions import Action, may
from ingest.intake import bundle as bundles
from ingest.intake import uploads
from ingest.intake.fetch import FetchFailed, fetch
from ingest.intake.manifest import BadEntry, ManifestEntry
from ingest.intake.names import plain, plain_filename
from ingest.models import Upload
from ingest.parser.errors import FileTooLarge, IngestError
from programmes.models import Programme

MOST_NAME = 120
"""Characters of the name that a person gives what is pasted."""
_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


@dataclass(slots=True)
class Fault:
    """A file that wasn't received: why, and where to go instead."""

    filename: str
    message: str
    link: str = ""
    link_text: str = ""


def receive_all(request: HttpRequest, address: str) -> tuple[list[Upload], list[Fault]]:
    """Receive each file on its own: what is wrong with one keeps no other out."""
    received: list[Upload] = []
    faults: list[Fault] = []
    user = cast(User, request.user)

    def take(content: bytes, filename: str, details: dict[str, object] | None = None) -> None:
        try:
            with transaction.atomic():
                upload = uploads.receive(content, filename=filename, user=user, details=details)
                log.record(user=user, action="upload.received", subject=filename, details={"upload": upload.pk})
        except IngestError as error:
            faults.append(_fault(user, filename, error))
        else:
            received.append(upload)

    given = [*request.FILES.getlist("files"), *_pasted(request)]
    for file in given:
        name = plain_filename(file.name or "")
        try:
            if (file.size or 0) > bundles.LARGEST_ZIP:
                raise FileTooLarge(
                    _("Filen er for stor. Grensen er %s MB.") % (uploads.LARGEST_FILE // uploads.MEGABYTE)
                )
            content = file.read()
            if not bundles.is_bundle(content):
                take(content, name)
                continue
            with bundles.unpacked(content) as entries:
                for entry in entries:
                    if isinstance(entry, BadEntry):
                        faults.append(Fault(name, str(entry)))
                    else:
                        take(entry.path.read_bytes(), plain_filename(entry.path.name), _details(entry))
        except IngestError as error:
            faults.append(Fault(name, str(error)))
    if address:
        try:
            if not settings.ALLOW_FETCH:
                raise FetchFailed(
                    _("Denne installasjonen henter ikke filer fra nettet. Last ned filen, og last den opp.")
                )
            fetched = fetch(address, most_bytes=uploads.LARGEST_FILE)
            take(fetched.content, plain_filename(fetched.filename), {"source_url": address})
        except IngestError as error:
            faults.append(Fault(address, str(error)))
    if not given and not address:
        faults.append(Fault("", _("Velg minst én fil, eller lim inn en tekst.")))
    return received, faults


def _pasted(request: HttpRequest) -> list[UploadedFile]:
    """Return what was pasted as the file that it is received as: with its marks and headings, else the plain text.

    The script sends what the clipboard has as HTML beside the text; where it did not run, or where the text was
    changed after it was pasted, the text is all there is.
    """
    text = request.POST.get("pasted", "")
    rich = request.FILES.getlist("pasted_html")
    if not text.strip() and not rich:
        return []
    name = plain(_NO_NAME.sub(" ", request.POST.get("pasted_name", ""))).strip(" .")[:MOST_NAME] or _("Limt inn")
    if rich:
        rich[0].name = f"{name}.html"
        return rich[:1]
    return [SimpleUploadedFile(f"{name}.txt", text.replace("\r\n", "\n").encode(), "text/plain")]


def _details(entry: ManifestEntry) -> dict[str, object]:
    """Return what a manifest says of a file, as the confirm form begins with it."""
    details = {name: value for name, value in asdict(entry.details).items() if value}
    if entry.details.status == Programme.Status.UNKNOWN:
        del details["status"]  # then the form begins with what the text tells
    if adopted := entry.details.adopted_on:
        details["adopted_on"] = adopted.isoformat()
    place = {"area": entry.area} if entry.area else {}
    return {**details, **place, "party": entry.party, "branch": entry.branch, "level": entry.level}


def _fault(user: User, filename: str, error: IngestError) -> Fault:
    """Return the message for a file that wasn't received, with a way to what is there already."""
    if isinstance(error, uploads.AlreadyInArchive) and may(user, Action.SEE, error.programme):
        return Fault(filename, str(error), reverse("desk_programme", args=[error.programme.pk]), str(error.programme))
    if isinstance(error, uploads.AlreadyUploaded) and may(user, Action.SEE_UPLOAD, error.upload):
        return Fault(filename, str(error), reverse("upload", args=[error.upload.pk]), _("Åpne opplastingen"))
    return Fault(filename, str(error))
