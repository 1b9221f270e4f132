"""A desk with a person at it, and a worker that reads what waits."""

from __future__ import annotations

import asyncio
import secrets
import tomllib
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from ingest.intake import jobs
from programmes.models import Theme
from tests.paths import REGISTERS


@pytest.fixture
def kari(db: None) -> User:
    """An administrator."""
    return User.objects.create_superuser("kari", password=secrets.token_hex())


@pytest.fixture
def themes(db: None) -> None:
    """All the themes that the parser knows."""
    rows = tomllib.loads((REGISTERS / "themes.toml").read_text())["theme"]
    Theme.objects.bulk_create(
        Theme(slug=row["slug"], label_nb=row["slug"], label_nn=row["slug"], label_en=row["slug"]) for row in rows
    )


@pytest.fixture
def desk(client: Client, kari: User) -> Client:
    """A browser that Kari is logged in with."""
    client.force_login(kari)
    return client


@pytest.fixture
def work(transactional_db: None, themes: None) -> Callable[[], None]:
    """Run a real worker until the queue is empty."""

    def run() -> None:
        with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:

            async def until_empty() -> None:
                async with worker_app.open_async():
                    await worker_app.run_worker_async(
                        queues=[jobs.QUEUE], wait=False, listen_notify=False, delete_jobs="always"
                    )

            asyncio.run(until_empty())

    return run
