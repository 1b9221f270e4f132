"""How gunicorn serves the archive: `gunicorn -c archive/gunicorn_conf.py`; its own variables and options still rule."""

import os
import shutil
import tempfile
from typing import Any

wsgi_app = "archive.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "archive.slow_senders.PatientWorker"
threads = 4
preload_app = True  # the workers share the memory of the code
timeout = 60  # seconds; a big programme file is received and parsed within
graceful_timeout = 10
keepalive = 5
control_socket_disable = True  # nobody speaks to it, and it would want a home to write in

_counters = ""
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # read as soon as prometheus_client is imported
    _counters = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="programarkivet-metrics-")


def when_ready(server: Any) -> None:
    """Load the dictionaries before the workers are forked, which then share them and start in a second."""
    import gc

    from programmes.search import load_dictionaries

    load_dictionaries()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker process that has ended; what it counted stays."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Throw away the folder of counters that was made for this server."""
    if _counters:
        shutil.rmtree(_counters, ignore_errors=True)


def post_worker_init(worker: Any) -> None:
    """Open the index, and load the tables of the check of quotations, before the first reader comes.

    A web starts without a database too, and while another one builds the index.

    What is loaded then stays, and is taken out of what the garbage collector goes through: 40 ms now and then.
    """
    import gc

    from django.db import DatabaseError

    from programmes import quotes
    from programmes.search import warm_up
    from programmes.search.engine import IndexBeingBuilt

    try:
        warm_up()
        quotes.warm_up()
    except (DatabaseError, IndexBeingBuilt):
        worker.log.exception("The search could not be warmed up")
    gc.collect()
    gc.freeze()
