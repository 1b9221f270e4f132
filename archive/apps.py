"""The project as a Django app: its language files, and what is checked before it is taken into use."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The whole site."""

    name = "archive"

    def ready(self) -> None:
        """Register the checks."""
        from archive import checks  # noqa: F401
