"""The settings of the tests: those of the site, on data of their own that is thrown away."""

import os
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="programarkivet-test-")
os.environ["SECRET_KEY"] = "only-for-the-tests-" + "0123456789" * 4
os.environ["SECURE"] = "0"
os.environ.pop("DEBUG", None)

from archive.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Slow hashing is for real passwords."""
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
"""Pages are tested without collecting the static files first; `live_gunicorn` collects and serves them."""
STATIC_ROOT.mkdir()  # noqa: F405
"""whitenoise warns where there is none, and warnings are errors."""
