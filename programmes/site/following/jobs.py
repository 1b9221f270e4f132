"""The worker's jobs for alerts: a link as soon as it is asked for, and every minute what is due.

No job has an address: the queue's own log lines tell what a job was given.
"""

from __future__ import annotations

import logging

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from programmes.search.engine import IndexBeingBuilt
from programmes.site.following.sending import MailServerAway, send_confirming_mail, send_due

logger = logging.getLogger(__name__)

QUEUE = "alerts"
"""A queue of its own, so that no mail waits behind a file that is being read."""
RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)
"""A mail server that is away for a while loses no link."""


def enqueue_confirming_mail(alert_id: int, *, often: str) -> None:
    """Let the worker send the link to confirm an alert."""
    send_alert_link.defer(alert_id=alert_id, often=often)


@app.task(name="send_alert_link", queue=QUEUE, retry=RETRY)
def send_alert_link(*, alert_id: int, often: str) -> None:
    """Do in the worker what `send_confirming_mail` does."""
    try:
        send_confirming_mail(alert_id, often=often)
    finally:
        connection.close()  # the worker's thread may have no other job for long, or end


@app.periodic(cron="* * * * *")
@app.task(name="send_alerts", queue=QUEUE, queueing_lock="send_alerts")
def send_alerts(timestamp: int) -> None:
    """Send what is due. What was not sent, for whatever reason, is due the next minute."""
    try:
        done = send_due()
    except (MailServerAway, IndexBeingBuilt) as problem:
        logger.warning("Alerts wait: the mail server or the index %s", problem or "is not ready")
    else:
        if done.sent or done.refused:
            logger.info("Alerts: %s sent, %s refused, %s ended", done.sent, done.refused, done.ended)
    finally:
        connection.close()


async def take_up_again(*, stalled_after: float) -> None:
    """Give dead workers' links to the living; what is due is looked at anew every minute, and needs nobody's job."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=stalled_after):
        if job.task_name == send_alert_link.name:
            logger.warning("The link of a dead worker's job %s is sent again", job.id)
            await app.job_manager.retry_job(job)
        else:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
