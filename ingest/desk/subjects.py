"""What an address of the desk names: the subjects that rights are asked about."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ingest.models import Upload
from programmes.models import Programme


def programme_of(request: HttpRequest, pk: int, **_parts: int) -> Programme:
    """Return the programme that an address names. Raises `Http404`."""
    return get_object_or_404(Programme.objects.with_branch(), pk=pk)


def upload_of(request: HttpRequest, pk: int) -> Upload:
    """Return the upload that an address names. Raises `Http404`."""
    return get_object_or_404(Upload.objects.select_related("uploaded_by", "programme__branch__party"), pk=pk)
