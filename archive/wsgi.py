"""What gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()

settings.SECRET_KEY  # noqa: B018 (raises here, at the start, where it's missing, and not at the first form)
