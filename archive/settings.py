"""All settings, read from the environment; docs/operation.md lists each variable."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from pythonjsonlogger.core import RESERVED_ATTRS

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").resolve()
"""Uploaded originals, the search index, collected static files and, unless DATABASE_URL is set, the database."""


def _flag(name: str, *, default: bool) -> bool:
    """Return an environment variable as a yes or no."""
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


DEBUG = _flag("DEBUG", default=False)
"""Tracebacks in the browser: for development only."""

SECURE = _flag("SECURE", default=not DEBUG)
"""The site is reached by https alone. A proxy before gunicorn does that; the demo, on this machine, does without."""


def _secret_key() -> str:
    """Return the key from the environment, or else the one that the demo has made; empty, Django refuses to serve."""
    made_by_the_demo = DATA_DIR / "secret-key"
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    if made_by_the_demo.is_file():
        return made_by_the_demo.read_text().strip()
    return "insecure-only-for-development" if DEBUG else ""


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_ADDRESS = (
    os.environ.get("SITE_ADDRESS") or f"{'https' if SECURE else 'http'}://{ALLOWED_HOSTS[0].strip().lstrip('.*')}"
).rstrip("/")
"""The site's own address, as files that are made without a reader name it; for a page it is what the reader asked."""
DATA_LICENCE = os.environ.get("DATA_LICENCE", "CC-BY-4.0")
"""Under which licence what the archive itself has made is given away (`programmes.dump.rights`); `none` for none."""

INSTALLED_APPS = [
    "archive.admin_app.ArchiveAdminConfig",  # django.contrib.admin, for administrators alone
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "programmes",  # before haystack: its rebuild_index replaces haystack's
    "haystack",
    "ingest",
    "procrastinate.contrib.django",  # the queue: ingest/intake/jobs.py
    "axes",  # rate limits of the login
    "django_otp",  # the second step of the login: ingest/desk/second_step.py
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "archive",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "programmes.site.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "programmes.site.middleware.OwnOriginMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a long programme is 700 kB of text
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "programmes.site.api.middleware.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.metrics.BoundedMiddleware",
    "programmes.site.body_limit.BodyLimitMiddleware",
    "programmes.site.odd_input.OddInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "programmes.site.middleware.BokmalFirstMiddleware",
    "programmes.site.middleware.OwnWritesMiddleware",
    "programmes.site.kept_pages.KeptPagesMiddleware",
    "archive.overload.OverloadMiddleware",  # what is kept costs less than to turn its reader away
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "programmes.site.out_of_order.OutOfOrderMiddleware",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"archive": "programmes.site.templatetags.archive"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
LOCALE_PATHS = [BASE_DIR / "archive" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_DIR") or DATA_DIR / "static")
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "programmes.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_BACKUPS = os.environ.get("BACKUP_FOLDER", "")
BACKUP_FOLDER = "" if _BACKUPS == "none" else _BACKUPS
"""Where the worker puts a backup every night; empty, it makes none."""
BACKUPS_ARE_CHOSEN = bool(_BACKUPS)
"""Whether somebody has said where they go, or that others make them."""
BACKUPS_KEPT = int(os.environ.get("BACKUPS_KEPT", "14"))

if os.environ.get("MEDIA_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "programmes.object_storage.ObjectStorage",
        "OPTIONS": {
            "bucket_name": os.environ["MEDIA_S3_BUCKET"],
            "endpoint_url": os.environ.get("MEDIA_S3_ENDPOINT") or None,
            "region_name": os.environ.get("MEDIA_S3_REGION") or None,
        },
    }

DATABASE_URL = os.environ.get("DATABASE_URL", "")
EMBEDDED_DATABASE = {"NAME": "postgres", "USER": "postgres", "EMBEDDED_IN": str(DATA_DIR)}
"""Used where DATABASE_URL is not set or says so: a PostgreSQL of our own, started when a process first connects."""

DATABASE_STATEMENT_SECONDS = float(os.environ.get("DATABASE_STATEMENT_SECONDS", "3"))
"""How long one statement of a web process may take (`archive.database.limits`); 0 for as long as it needs."""
DATABASE_CONNECT_SECONDS = int(os.environ.get("DATABASE_CONNECT_SECONDS", "3"))


def _database(where: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a database; what its address says of connecting rules over ours.

    The kernel gives up a connection over a network that was lost after half a minute, for commands and the worker too.
    """
    patience = {
        "connect_timeout": DATABASE_CONNECT_SECONDS,
        "keepalives_idle": 10,  # seconds, as the next
        "keepalives_interval": 5,
        "keepalives_count": 4,
        "tcp_user_timeout": 30_000,  # ms
    }
    kept = {"ENGINE": "archive.database", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {**where, **kept, "OPTIONS": {**patience, **where.get("OPTIONS", {})}}


DATABASES = {
    "default": _database(
        EMBEDDED_DATABASE if DATABASE_URL in ("", "embedded") else dict(dj_database_url.parse(DATABASE_URL))
    )
}
if os.environ.get("DIRECT_DATABASE_URL"):
    DATABASES["direct"] = _database(dict(dj_database_url.parse(os.environ["DIRECT_DATABASE_URL"])))
    DATABASES["direct"]["TEST"] = {"MIRROR": "default"}
    # Between us and the database stands a pooler in transaction mode: a cursor outlives no transaction.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DIRECT_DATABASE = "direct" if "direct" in DATABASES else "default"
"""For what needs a session of its own: the worker's LISTEN, and locks that outlast a transaction."""
if os.environ.get("SEARCH_DATABASE_URL"):  # where it does not answer, the archive's own database is asked
    DATABASES["replica"] = _database(dict(dj_database_url.parse(os.environ["SEARCH_DATABASE_URL"])))
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}

PROCRASTINATE_IMPORT_PATHS = [
    "ingest.intake.jobs",
    "ingest.desk.read_again",
    "ingest.scheduled_checks",
    "ingest.scheduled_dump",
    "ingest.backup.scheduled",
    "ingest.desk.password_mail",
    "programmes.site.following.jobs",
]

ALLOW_FETCH = _flag("ALLOW_FETCH", default=False)
"""Whether the desk may fetch a programme from a public address, or only receive files."""

SEARCH_ENGINE = os.environ.get("SEARCH_ENGINE", "whoosh")
SEARCH_ENGINES: dict[str, dict[str, Any]] = {
    "whoosh": {
        "ENGINE": "programmes.search.whoosh_engine.WhooshEngine",
        "PATH": str(DATA_DIR / "index"),
        "SILENTLY_FAIL": False,
    },
    "postgres": {
        "ENGINE": "programmes.search.postgres_engine.PostgresEngine",
        "DATABASE": "replica" if "replica" in DATABASES else "default",
        "SILENTLY_FAIL": False,
    },
}
HAYSTACK_CONNECTIONS = {"default": SEARCH_ENGINES[SEARCH_ENGINE]}
"""The engine that is asked and kept up to date; `manage.py search --engine NAME` asks the other."""

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}},
}
"""Public pages are kept in the memory of each web process: some 12 kB each, compressed."""
KEPT_PAGES_SECONDS = int(os.environ.get("KEPT_PAGES_SECONDS", "60"))
"""How long at most, for a name that is changed in the registers changes no state of the archive; 0 keeps none."""

AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "ingest.desk.auth.RoleBackend"]
LOGIN_URL = "login"
CSRF_FAILURE_VIEW = "ingest.desk.views.login.stale_form"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"

SECOND_STEP_REQUIRED = _flag("SECOND_STEP_REQUIRED", default=SECURE)
"""Editors and administrators need a code from an app to log in; whoever has none sets one up first of all."""
OTP_TOTP_ISSUER = "Programarkivet"

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = _flag("EMAIL_USE_SSL", default=EMAIL_PORT == 465)
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default=EMAIL_PORT == 587)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "programarkivet@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
SENDS_MAIL = bool(EMAIL_HOST) or not SECURE
"""Whether a forgotten password can be mended by mail, and what is new be sent; in development the worker writes the
mails to its log instead."""
CONTACT_ADDRESS = os.environ.get("CONTACT_ADDRESS", "")
"""Where readers write about pages that do not work for them; named in the accessibility statement."""
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
"""Ten wrong passwords for one name from one address: it may not try that name again for 15 minutes. By name alone,
anybody could shut an editor out; how often one address may try any names, `programmes.site.callers` counts."""
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else a person could be shut out for good
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "redaksjon/locked.html"
AXES_CLIENT_IP_CALLABLE = "programmes.site.callers.address_of"
AXES_DISABLE_ACCESS_LOG = True  # logins stand in the desk's own log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
"""How many proxies of our own stand before gunicorn; each adds the address it was called from to X-Forwarded-For."""

SEARCHES_PER_MINUTE = int(os.environ.get("SEARCHES_PER_MINUTE", "120"))
EXPORTS_PER_MINUTE = int(os.environ.get("EXPORTS_PER_MINUTE", "12"))
"""For one caller, which may be an office with many readers."""

SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one working day
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^helse/(klar)?$", r"^metrics$"]  # asked by machines on the inside, by plain http
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's own style sheet has icons inside
        "connect-src": [SELF],  # suggestions, uploads
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}

MCP_HTTP = _flag("MCP_HTTP", default=False)
"""Whether `manage.py mcp --http` may answer language models over the network; stdio needs no leave."""
MCP_HOSTS = [host.strip() for host in os.environ.get("MCP_HOSTS", "").split(",") if host.strip()]
"""Host names, with a port where it isn't the scheme's own, that it answers to beside the one that it listens on."""
MCP_ORIGINS = [origin.strip() for origin in os.environ.get("MCP_ORIGINS", "").split(",") if origin.strip()]
"""Origins of pages whose script may call it; what is no browser sends none."""

METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
"""What Prometheus must say to get `/metrics`; empty, nobody gets it."""
PROMETHEUS_LATENCY_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, float("inf"))
"""Seconds."""

LOG_FORMAT = os.environ.get("LOG_FORMAT", "text" if DEBUG else "json")
"""`json`: one object a line, for machines; `text`: one readable line."""
ACCESS_LOG = _flag("ACCESS_LOG", default=True)
"""A line for each request, without anything of who made it (`programmes.site.request_log`)."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "programmes.site.request_log.WithRequestId"}},
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{levelname}{name}{message}{request_id}{process}",
            "style": "{",
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
            "reserved_attrs": [*RESERVED_ATTRS, "request"],  # Django's own lines bring it: it tells the query
            "json_ensure_ascii": False,
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "archive.access": {"level": "INFO"},
        "axes": {"level": "ERROR"},  # its warnings name people and addresses; logins stand in the desk's own log
        "gunicorn.error": {"handlers": ["stderr"], "propagate": False},
    },
}
