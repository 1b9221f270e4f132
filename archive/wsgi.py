"""What gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()

get_resolver().url_patterns  # noqa: B018 (loads the pages here: the workers share them, and no visitor waits for them)

settings.SECRET_KEY  # noqa: B018 (raises here, at the start, where it's missing, and not at the first form)
