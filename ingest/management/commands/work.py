"""Read uploads, run the scheduled checks and send alerts in the background, until told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from ingest import schedule
from ingest.intake import jobs
from programmes.site.following import jobs as alert_jobs

logger = logging.getLogger(__name__)

BETWEEN_ROUNDS = 10.0
"""Seconds between looking for jobs that were left behind."""
BEFORE_ANOTHER_TRY = 1.0
"""Seconds to wait after the database was lost."""
SECONDS_TO_FINISH = 10.0
"""What runs when we are told to stop gets so long; after that it is cut off, and taken up again by the next worker."""


class Command(BaseCommand):
    help = "Leser filer, kjører sjekker og sender varsler i bakgrunnen, til du trykker Ctrl-C. Flere kan gå samtidig."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at-once", type=int, default=2, help="så mange filer leses samtidig")

    def handle(self, *args: Any, at_once: int, **options: Any) -> None:
        asyncio.run(_work_until_told_to_stop(at_once))


async def _work_until_told_to_stop(at_once: int) -> None:
    """Read uploads until the first signal to end; one that comes while the work is being ended changes nothing."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    working = asyncio.create_task(_work_again_and_again(at_once))
    await told.wait()
    working.cancel()
    await asyncio.wait([working], timeout=SECONDS_TO_FINISH)
    # Threads that still read would keep this process; their jobs are safe in the queue.
    os._exit(0)


async def _work_again_and_again(at_once: int) -> None:
    while True:
        try:
            await work(at_once)
        except Exception as problem:  # noqa: BLE001 - whatever it was, uploads wait: try again
            logger.warning("The queue is out of reach (%s); trying again", problem.__cause__ or problem)
        await asyncio.sleep(BEFORE_ANOTHER_TRY)


async def work(at_once: int) -> None:
    """Read uploads, run checks and send alerts, until cancelled; returns or raises when the database is lost."""
    session = await asyncio.to_thread(connector_params, settings.DIRECT_DATABASE)
    connector = PsycopgConnector(kwargs=session)
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            coroutines = (
                _worker(worker_app, [jobs.QUEUE, jobs.HOUSEKEEPING], at_once),
                _worker(worker_app, [schedule.QUEUE], 1),
                _worker(worker_app, [jobs.COMPARING], 1),
                _worker(worker_app, [alert_jobs.QUEUE], 1),
                _rescue(),
            )
            tasks = [asyncio.create_task(each) for each in coroutines]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                results = await asyncio.gather(*tasks, return_exceptions=True)
            for problem in results:
                if isinstance(problem, Exception):
                    raise problem


def _worker(worker_app: App, queues: list[str], at_once: int) -> Coroutine[Any, Any, None]:
    """Return a worker of some queues, for as many jobs at once."""
    return worker_app.run_worker_async(
        queues=queues,
        concurrency=at_once,
        update_heartbeat_interval=jobs.HEARTBEAT,
        stalled_worker_timeout=jobs.STALLED_AFTER,
        delete_jobs="always",
        install_signal_handlers=False,
    )


async def _rescue() -> None:
    """Look for what was left behind, now and again. Raises what the database does: then the worker starts afresh."""
    await asyncio.to_thread(_expect_checks)
    while True:  # not a periodic job: that would wait behind the very files that are being read
        await jobs.take_up_again()
        await schedule.take_up_again(stalled_after=jobs.STALLED_AFTER)
        await alert_jobs.take_up_again(stalled_after=jobs.STALLED_AFTER)
        await asyncio.sleep(BETWEEN_ROUNDS)


def _expect_checks() -> None:
    try:
        schedule.expect_all()
    finally:
        connection.close()
