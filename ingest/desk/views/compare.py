"""Two files of the same programme side by side: where they are read differently, one of the readings is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ingest.desk.correct import NoRawParse, present_parse
from ingest.desk.format_differences import Difference, Differs, Part, compare
from ingest.desk.permissions import Action, allowed, may, programme_of, upload_of
from ingest.intake.other_files import alike_in_contents, other_files
from ingest.models import Upload
from ingest.parser.as_json import from_wire
from ingest.parser.edits import HEADING
from programmes.models import Passage, Programme
from programmes.site.numbers import whole_number

LABELS: dict[Differs, str | Promise] = {
    Differs.WORDS: _("Andre ord"),
    Differs.SPACES: _("Ord delt eller satt sammen ulikt"),
    Differs.PARTED: _("Delt ulikt"),
    Differs.KIND: _("Ulik type"),
    Differs.ONLY_HERE: _("Står bare her"),
    Differs.ONLY_THERE: _("Står bare i den andre filen"),
}
"""What each kind of difference is called, in the order in which the page counts them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A difference as the page shows it."""

    difference: Difference
    label: str | Promise

    @property
    def here(self) -> list[tuple[str, Part]]:
        """The parts of the programme, each with what it is called."""
        return [(_kind(part), part) for part in self.difference.here]

    @property
    def there(self) -> list[tuple[str, Part]]:
        """The parts of the other file."""
        return [(_kind(part), part) for part in self.difference.there]


def _kind(part: Part) -> str:
    return str(_("overskrift") if part.kind == HEADING else Passage.Kind(part.kind).label)


@never_cache
@require_GET
@allowed(Action.SEE, programme_of)
def compare_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the other file of a programme is read differently from the programme as it is now."""
    programme = programme_of(request, pk)
    files = other_files(programme)
    wanted = whole_number(request.GET.get("fil", ""))
    other = files.filter(pk=wanted).first() or files.first()
    context: dict[str, Any] = {
        "programme": programme,
        "branch": programme.branch,
        "files": files,
        "other": other,
        "decided": True,
    }
    if other is not None:
        context |= _context(programme, other)
    return render(request, "redaksjon/compare.html", context)


@never_cache
@require_GET
@allowed(Action.SEE_UPLOAD, subject=upload_of)
def compare_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a file that waits to be confirmed is read differently from a programme that may be the same."""
    upload = upload_of(request, pk)
    programme = _chosen(request, upload)
    context: dict[str, Any] = {"programme": programme, "other": upload, "decided": False}
    if programme is not None and upload.document:
        context |= _context(programme, upload)
    return render(request, "redaksjon/compare.html", context)


def _chosen(request: HttpRequest, upload: Upload) -> Programme | None:
    """Return the programme that the address names if the user may see it, else the likest in contents."""
    named = Programme.objects.with_branch().filter(pk=whole_number(request.GET.get("program", ""))).first()
    candidates = [named] if named else alike_in_contents(upload.document or {})
    return next((each for each in candidates if each is not None and may(request.user, Action.SEE, each)), None)


def _context(programme: Programme, other: Upload) -> dict[str, Any]:
    """Return what the page shows of a comparison; nothing where the programme's raw parse was not kept."""
    try:
        comparison = compare(present_parse(programme).parsed, from_wire(other.document or {}))
    except NoRawParse:
        return {}
    found = comparison.differences
    counts = [(label, sum(each.differs is differs for each in found)) for differs, label in LABELS.items()]
    return {
        "comparison": comparison,
        "rows": [Row(each, LABELS[each.differs]) for each in found],
        "counts": [(label, count) for label, count in counts if count],
    }
