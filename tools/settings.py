"""The settings of the site, with the development commands: `manage.py bench_parse --settings tools.settings`."""

from archive.settings import *  # noqa: F403

INSTALLED_APPS += ["tools"]  # noqa: F405
