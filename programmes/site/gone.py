"""What the archive once had: an address that has been quoted says what stood there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from programmes.models import GonePledge, Programme

HTTP_GONE = 410


def gone_note(public_id: str, *, is_section: bool) -> GonePledge:
    """Return the note on a passage or section that a later parse no longer has; raise Http404 where there is none."""
    return get_object_or_404(
        GonePledge.objects.select_related("programme__branch__party").filter(
            programme__in=Programme.objects.ever_public(), is_section=is_section
        ),
        public_id=public_id,
    )


def gone_at(request: HttpRequest, note: GonePledge, what: str) -> HttpResponse:
    """Answer that a pledge, a passage or a chapter (`what`) once stood at an address."""
    programme = note.programme
    shown = {"note": note, "programme": programme, "branch": programme.branch, "what": what}
    return render(request, "gone.html", shown, status=HTTP_GONE)
