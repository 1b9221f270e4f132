"""The app that brings programmes in."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Reading, parsing and storing of programme files."""

    name = "ingest"
    verbose_name = "Innlesing"
