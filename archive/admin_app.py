"""The Django apps that this project sets up in its own way."""

from django.contrib.admin.apps import SimpleAdminConfig


class ArchiveAdminConfig(SimpleAdminConfig):
    """Django's admin with our site in it."""

    default_site = "archive.admin_site.ArchiveAdminSite"
