"""How gunicorn serves the archive: `gunicorn -c archive/gunicorn_conf.py`; its own variables and options still rule."""

import os
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


def post_worker_init(worker: Any) -> None:
    """Load the dictionaries and open the index before the first reader comes.

    A web starts without a database too, and while another one builds the index.

    What is loaded then stays, and is taken out of what the garbage collector goes through: 40 ms now and then.
    """
    import gc

    from django.db import DatabaseError

    from programmes.search import warm_up
    from programmes.search.engine import IndexBeingBuilt

    try:
        warm_up()
    except (DatabaseError, IndexBeingBuilt):
        worker.log.exception("The search could not be warmed up")
    gc.collect()
    gc.freeze()
