"""A programme as files that readers take along."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from programmes.csv_lines import csv_lines
from programmes.models import Programme
from programmes.site.documents import COLUMNS, DOCX, Document, as_markdown, as_word, document_of, filename_of, rows_of
from programmes.site.moved import at_its_address
from programmes.site.spreadsheets import CSV, XLSX, workbook
from programmes.site.streaming import made_whole
from programmes.site.views.programme import visible_programme, withdrawn

FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": (DOCX, as_word),
    "md": ("text/markdown; charset=utf-8", lambda document: as_markdown(document).encode()),
    "csv": (CSV, lambda document: "".join(csv_lines(COLUMNS, rows_of(document))).encode()),
    "xlsx": (XLSX, lambda document: workbook(COLUMNS, rows_of(document), title=document.title)),
}
"""Ending of an address → type of the file, and what makes it."""


@at_its_address
def taken_along(request: HttpRequest, party: str, branch: str, programme: str, ending: str) -> HttpResponseBase:
    """Send a programme as a document, or its pledges as a table; the file is named after it."""
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, programme_)
    content_type, make = FORMATS[ending]

    def content() -> bytes:
        absolute = request.build_absolute_uri
        return make(document_of(programme_, absolute=absolute, read_on=timezone.localdate()))

    response = made_whole(request, content, content_type=content_type, filename=filename_of(programme_, ending))
    response["Link"] = f'<{request.build_absolute_uri(programme_.get_absolute_url())}>; rel="canonical"'
    return response
