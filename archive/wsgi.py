"""What gunicorn serves."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from archive.checks import CHOOSE, NOT_CHOSEN
from archive.database.limits import limit_this_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()

limit_this_process(settings.DATABASE_STATEMENT_SECONDS)

get_resolver().url_patterns  # noqa: B018 (loads the pages here: the workers share them, and no visitor waits for them)

if settings.SECURE and not settings.DATABASE_URL:  # an empty database of our own would be served as if it were theirs
    raise ImproperlyConfigured(f"{NOT_CHOSEN} {CHOOSE}")

settings.SECRET_KEY  # noqa: B018 (raises here, at the start, where it's missing, and not at the first form)
