"""Files of all hits, sent as they are made: few at once, so that they never keep readers of pages waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from programmes.site.out_of_order import not_now

AT_ONCE = 2
"""Files that a web process makes at a time: half of its threads (`archive/gunicorn_conf.py`) go on serving pages."""
COME_BACK = 10
"""Seconds after which it is worth asking again; a file of 25,000 hits takes some three."""

_free = BoundedSemaphore(AT_ONCE)


Pieces = Iterator[str | bytes]
"""A file as it is made: text, or the bytes of a workbook."""


class _Pieces:
    """The pieces of a file; its place is given back at the end, or when the reader goes away."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._holds = True

    def __iter__(self) -> Pieces:
        return self

    def __next__(self) -> str | bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def begin(self) -> None:
        """Make the first piece: what goes wrong with it can still be answered by a page."""
        self._pieces = chain([next(self)], self._pieces)

    def close(self) -> None:
        """Give the place back, once; Django calls this when the answer is over."""
        if self._holds:
            self._holds = False
            _free.release()

    def __del__(self) -> None:
        self.close()  # an answer that nobody read or closed


def streamed(request: HttpRequest, pieces: Pieces, *, content_type: str) -> HttpResponseBase:
    """Send the pieces of a file as they are made; 503 where as many are on their way as we make at once."""
    if not _free.acquire(blocking=False):
        return busy(request)
    made = _Pieces(pieces)
    made.begin()
    return StreamingHttpResponse(made, content_type=content_type)


def made_whole(request: HttpRequest, make: Callable[[], bytes], *, content_type: str, filename: str) -> HttpResponse:
    """Make a file and send it as an attachment; 503 where as many are being made as we make at once.

    For files of one programme: they are small, and kept as pages are.
    """
    if not _free.acquire(blocking=False):
        return busy(request)
    try:
        content = make()
    finally:
        _free.release()
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """Ask a reader to come back for a file."""
    return not_now(request, "busy.html", seconds=COME_BACK)
