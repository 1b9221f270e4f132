"""The file that a programme was read from: to take along, to look at, and pictures of its pages."""

from __future__ import annotations

import base64
import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from programmes.models import Programme, SourceSheet
from programmes.site.moved import at_its_address
from programmes.site.views.programme import visible_programme
from programmes.storage import StorageOutOfReach

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60  # seconds


@at_its_address
def original(request: HttpRequest, party: str, branch: str, programme: str) -> HttpResponseBase:
    """Send the file that the programme was read from, as an attachment that no browser runs; 503 where it is away."""
    return _file(request, _published(party, branch, programme), as_attachment=True)


@at_its_address
def original_shown(request: HttpRequest, party: str, branch: str, programme: str) -> HttpResponseBase:
    """Send a PDF for the browser to open, at the page that the address names (`#page=13`); 404 for other files.

    The browser's own viewer shows it, in a sandbox: no script of the file reaches the site, and nothing else is sent
    under this address, whatever the file's name or words say that it is.
    """
    programme_ = _published(party, branch, programme)
    if not programme_.has_pages:
        raise Http404
    return _file(request, programme_, as_attachment=False)


@at_its_address
def page_picture(request: HttpRequest, party: str, branch: str, programme: str, page: int) -> HttpResponseBase:
    """Send the picture of a page; 404 where none is drawn."""
    programme_ = _published(party, branch, programme)
    sheet = programme_.source_sheets.filter(page=page, picture=SourceSheet.Picture.DRAWN).defer("lines").first()
    if sheet is None:
        raise Http404
    try:
        picture = default_storage.open(sheet.picture_name)
    except FileNotFoundError as problem:
        logger.exception("The picture %s isn't there", sheet.picture_name)
        raise Http404 from problem
    response = FileResponse(picture, content_type="image/webp")
    patch_cache_control(response, public=True, max_age=DAY)
    return _harmless(response)


def _published(party: str, branch: str, programme: str) -> Programme:
    """Return a programme that the public sees. Raises Http404."""
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication != Programme.Publication.PUBLISHED:
        raise Http404
    return programme_


def _file(request: HttpRequest, programme: Programme, *, as_attachment: bool) -> HttpResponseBase:
    try:
        file = programme.file.open("rb")
    except StorageOutOfReach:  # all files are away, and soon back
        raise
    except OSError:
        logger.exception("The original of %s can't be read", programme.get_absolute_url())
        return render(request, "original_away.html", {"programme": programme}, status=503)
    response = FileResponse(
        file, as_attachment=as_attachment, filename=programme.filename, content_type=programme.media_type
    )
    digest = base64.b64encode(bytes.fromhex(programme.sha256)).decode("ascii")
    response["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    return _harmless(response)


def _harmless(response: FileResponse) -> FileResponse:
    """Have a browser run nothing of a file, and take it for nothing else than it is said to be."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
