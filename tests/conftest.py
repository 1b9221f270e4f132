"""What the tests stand on: the embedded PostgreSQL, real gunicorn, a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from haystack import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from archive.database import embedded
from tests.installed import chromium
from tests.paths import ROOT
from tests.waiting import PATIENCE
from tools.day.browser import OPTIONS
from tools.servers import GUNICORN, database_url, served

MOST_CORES = 4
"""Each process has a gunicorn and a chromium of its own, some 2 GB."""
METRICS_TOKEN = "only-for-the-tests"  # noqa: S105

hypothesis.settings.register_profile("ours", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ours")
"""Every run tries the same examples, however slow the machine is; `--hypothesis-profile default` looks for others."""


# A shell that starts the tests in the background lets them ignore Ctrl-C, and what they start inherits that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes share the tests: one more than cores, as many wait for a browser or a server."""
    return min(os.cpu_count() or 1, MOST_CORES) + 1


def pytest_unconfigure() -> None:
    """Stop the tests' server and throw its data away: root's database stands elsewhere, behind a link."""
    embedded.leave(settings.DATA_DIR)
    shutil.rmtree((settings.DATA_DIR / "postgres").resolve(), ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: Playwright keeps an event loop in this thread, where nobody else may run one.

    Where several processes share the tests, each does its own in this order, the long ones of both kinds first.
    """
    items.sort(key=lambda item: ("browser" in getattr(item, "fixturenames", ()), not item.get_closest_marker("long")))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Let the tests' own server be quick rather than safe from a power cut."""
    if settings.DATABASES["default"].get("EMBEDDED_IN"):
        host = embedded.join(settings.DATA_DIR)
        with psycopg.connect(host=str(host), port=embedded.PORT, user="postgres", autocommit=True) as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Before the tests' database is dropped, wait until what used it is out: a gunicorn has only just ended."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            [PATIENCE * 1000],
        )


KEPT = {"django_content_type", "auth_permission", "django_migrations"}
"""Tables that are the same after every test."""
ONLY_ADDED_TO = "ingest_logentry"
"""A trigger keeps its rows, from all but TRUNCATE."""


@pytest.fixture(autouse=True, scope="session")
def _quick_flush() -> Iterator[None]:
    """Empty only tables that a test has written to: Django truncates all, and makes the permissions anew each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: _empty_tables())
        yield


def _empty_tables() -> None:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    with connection.cursor() as cursor:
        quoted = [connection.ops.quote_name(table) for table in sorted(tables)]
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (TABLE {table})" for table in quoted))
        written = [table for (table,) in cursor.fetchall()]
        only_added_to = connection.ops.quote_name(ONLY_ADDED_TO)
        how = dict.fromkeys(written, "DELETE FROM") | {only_added_to: "TRUNCATE"}
        if written:
            cursor.execute(f"BEGIN; {'; '.join(f'{how[table]} {table}' for table in written)}; COMMIT")


@pytest.fixture(scope="session")
def _gunicorn(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Gunicorn with the settings of the site, on the tests' database; its address."""
    with django_db_blocker.unblock():
        address = database_url()
        connection.close()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings", "DATABASE_URL": address, "PORT": "0"}
    environment |= {"METRICS_TOKEN": METRICS_TOKEN, "DATABASE_STATEMENT_SECONDS": str(PATIENCE)}
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True)
    with served(GUNICORN, environment) as (port, _process):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def live_gunicorn(transactional_db: None, _gunicorn: str) -> str:
    """The address of a real gunicorn that sees what the test has committed."""
    return _gunicorn


@pytest.fixture(autouse=True)
def _own_index(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Iterator[None]:
    """Give every test an empty search index of its own; one that gunicorn reads too stays where gunicorn looks."""
    if "live_gunicorn" in request.fixturenames:
        connections["default"].get_backend().clear()
        yield
        return
    index = {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}
    connections.connections_info["default"], before = index, connections.connections_info["default"]
    connections.reload("default")
    yield
    connections.connections_info["default"] = before
    connections.reload("default")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, if the machine has one."""
    executable = chromium()
    # Playwright runs an event loop in this thread, where Django would refuse all database work.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        expect.set_options(timeout=PATIENCE * 1000)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """Open a browser session in Norwegian, with our patience."""
    context = browser.new_context(locale="nb-NO", **options)
    context.set_default_timeout(PATIENCE * 1000)
    return context


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser page, 1280 px wide, in Norwegian; a script error or a broken policy fails the test."""
    context = open_context(browser, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert errors == []
