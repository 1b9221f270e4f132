"""The app that keeps and shows programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Registers, programmes, search and the public pages."""

    name = "programmes"
    verbose_name = "Programmer"
