"""The inside of the sandbox: a process that gives up what it does not need, then parses what it is asked to.

Started by `ingest.parser.sandbox.parent` as `python -m ingest.parser.sandbox.child LIMITS`. Each request is a line of
JSON with `path` and `filename`; each answer a line with `programme`, or with `error` (a name of `ingest.parser.errors`)
and its `message`. Before the answer may come lines with `progress`: the step, pages done, pages in all.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
OPEN_FILES = 256

NETWORK_EVENTS = frozenset(
    ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
)
"""Python's audit events for reaching the network."""


def main() -> None:
    """Answer requests until there are no more."""
    limits = json.loads(sys.argv[1])
    requests, answers = _private_pipes()
    give_up_rights(limits["memory"])
    logging.disable(logging.CRITICAL)  # pdfminer warns of every oddity of a file
    from ingest.parser.parse import parse  # only now: what it imports lives within the limits too
    from ingest.parser.progress import listening

    for line in requests:
        request = json.loads(line)
        _allow_cpu(limits["cpu_seconds"])
        with listening(_reporter(answers, limits["progress_seconds"])):
            answer = _answer(parse, request)
        answers.write(answer + b"\n")
        answers.flush()


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes to the parent, moved out of reach of code that prints or reads standard input."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def give_up_rights(memory: int) -> None:
    """Limit this process for good: memory, open files, core dumps, new privileges, network; it dies with its parent.

    The network goes as far as the system allows it without root: by a namespace of its own, else by an audit hook
    that stops Python code alone.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    os.umask(0o077)
    sys.addaudithook(_refuse_network)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    if event in NETWORK_EVENTS:
        raise PermissionError("the sandbox has no network")


def _allow_cpu(seconds: int) -> None:
    """Let the next file have so many seconds of processor time; SIGXCPU ends the process after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, resource.RLIM_INFINITY))


def _reporter(answers: IO[bytes], between: float, now: Callable[[], float] = time.monotonic) -> Callable[[Any], None]:
    """Return what writes progress as lines: a new step at once, then none within `between` seconds of the last."""
    told, told_step = 0.0, ""

    def report(progress: Any) -> None:
        nonlocal told, told_step
        if progress.step == told_step and now() - told < between:
            return
        told, told_step = now(), progress.step
        line = [progress.step, progress.pages_done, progress.pages_total]
        answers.write(json.dumps({"progress": line}).encode() + b"\n")
        answers.flush()

    return report


def _answer(parse: Any, request: dict[str, str]) -> bytes:
    """Return the answer to a request as JSON; it never raises."""
    from ingest.parser.as_json import to_wire
    from ingest.parser.errors import IngestError, ParseLimitReached, ParserFailure

    try:
        return json.dumps({"programme": to_wire(parse(Path(request["path"]), request["filename"]))}).encode()
    except IngestError as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": ParseLimitReached.__name__, "message": ParseLimitReached.message}
    except Exception:  # noqa: BLE001 - whatever it is, the parent is told all of it
        answer = {"error": ParserFailure.__name__, "trace": traceback.format_exc(limit=-12)}
    return json.dumps(answer).encode()


if __name__ == "__main__":
    main()
