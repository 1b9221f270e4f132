"""A limit on what one request may bring, checked before any of it is kept."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 500 * 1024 * 1024


class RequestLimit(FileUploadHandler):
    """Refuses a request that says it is too large; the handlers after it do the work."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name for it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raise `RequestDataTooBig` before the first byte is read."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes, and {MOST_BYTES} are the limit")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand on what is received."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
