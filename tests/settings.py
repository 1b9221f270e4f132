"""The settings of the tests: those of the site, on data of their own that is thrown away."""

import atexit
import os
import shutil
import tempfile

if "PYTEST_CURRENT_TEST" not in os.environ:  # else a command that a test has started: it shares the test's data
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="programarkivet-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)  # mypy reads these settings too
os.environ["SECRET_KEY"] = "only-for-the-tests-" + "0123456789" * 4
os.environ["SECURE"] = "0"
os.environ["KEPT_PAGES_SECONDS"] = "0"  # tests undo what they store, and no state of the archive tells of that
os.environ.pop("DEBUG", None)

from tools.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
"""Pages are tested without collecting the static files first; `live_gunicorn` collects and serves them."""
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
"""whitenoise warns where there is none, and warnings are errors."""

AXES_ENABLED = False
"""Its counting needs a request, which the test client's `login` has none of; the tests of the login turn it on."""
