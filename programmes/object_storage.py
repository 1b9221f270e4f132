"""Originals and pictures of pages in an object store that speaks S3; needs the packages of the extra `s3`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import Storage
from storages.backends.s3 import S3Storage

from programmes.storage import StorageOutOfReach

CONNECT_SECONDS = 3
READ_SECONDS = 20
ATTEMPTS = 3
IN_MEMORY = 5_000_000
"""Bytes of a file that is being read; a larger one is kept in /tmp meanwhile."""

Method = TypeVar("Method", bound=Callable[..., Any])


def _told(method: Method) -> Method:
    """Have a method raise `StorageOutOfReach` for whatever the store's client raises."""

    @wraps(method)
    def telling(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (BotoCoreError, ClientError) as problem:
            raise StorageOutOfReach(str(problem)) from problem

    return telling  # type: ignore[return-value]


class ObjectStorage(S3Storage):
    """A bucket. An object is there whole or not at all; keys come from where boto3 looks for them."""

    def __init__(self, **options: Any) -> None:
        patience = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            signature_version="s3v4",
        )
        super().__init__(
            file_overwrite=True, default_acl=None, client_config=patience, max_memory_size=IN_MEMORY, **options
        )

    def _open(self, name: str, mode: str = "rb") -> File:
        """Fetch a file whole, here and not at the first read: so who opens it is told where that can't be done."""
        opened = super()._open(name, mode)
        opened.file.seek(0)
        return opened

    open = _told(Storage.open)
    save = _told(Storage.save)
    exists = _told(S3Storage.exists)
    delete = _told(S3Storage.delete)
    listdir = _told(S3Storage.listdir)
    size = _told(S3Storage.size)
