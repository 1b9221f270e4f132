"""Parsing in a process of its own, with limits on memory and time: a hostile file can end that process, not this one.

`ingest.parser.sandbox.child` is the other side. Requests and answers are lines of JSON.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from ingest.parser import errors
from ingest.parser.as_json import from_wire
from ingest.parser.document import ParsedProgramme
from ingest.parser.errors import EmptyFile, FileTooLarge, IngestError, ParseLimitReached, ParserFailure
from ingest.parser.progress import Progress

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
"""Where the child finds this package, and nothing else."""
KEPT = ("PATH", "TMPDIR", "TESSDATA_PREFIX")
"""The child's whole environment: where tesseract is and where temporary files go. `CMAP_PATH`, `PYTHON*` and
database passwords stay out."""
CHUNK = 1 << 20
BETWEEN_CALLS = 1.0
"""Seconds between calls of who follows a parse, where nothing new is told."""
SECONDS_TO_DIE = 10
"""A child that has closed its pipe gets so long to end, for its exit code says why; a busy machine makes it wait."""

Follow = Callable[[Progress], None]


def _ignore(progress: Progress) -> None:
    """Follow nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    memory: int = 1 << 30
    """Bytes of address space: the 1,000 pages that must fit take less than half of it."""
    cpu_seconds: int = 180
    wall_seconds: float = 300.0
    recognition_seconds: float = 1800.0
    """Wall time more for a scan: each page takes some seconds."""
    file_bytes: int = 50 * 1024 * 1024
    answer_bytes: int = 64 * 1024 * 1024
    progress_seconds: float = 0.2
    """Between two reports within a step, so that a long file with many pages doesn't drown its answer."""


def parse_in_sandbox(
    path: Path, *, filename: str = "", limits: Limits = Limits(), follow: Follow = _ignore
) -> ParsedProgramme:
    """Return the parse of a file, read in a process of its own.

    `follow` is called with the progress, once a second or oftener; what it raises stops the parse and is passed on.

    Raises the `IngestError` that says what is wrong: `ParseLimitReached` when the process ran out of time or memory,
    `ParserFailure` when it died of something else. Safe to call from threads; costs about 0.2 s more than `parse`.
    """
    with Sandbox(limits) as sandbox:
        return sandbox.parse(path, filename=filename, follow=follow)


class Sandbox:
    """A child process that parses one file after another; it is started when needed, and anew after it died."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, path: Path, *, filename: str = "", follow: Follow = _ignore) -> ParsedProgramme:
        """Return the parse of a file; see `parse_in_sandbox`."""
        size = path.stat().st_size
        if size == 0:
            raise EmptyFile
        if size > self.limits.file_bytes:
            raise FileTooLarge(f"Filen er for stor. Grensen er {self.limits.file_bytes // 1024 // 1024} MB.")
        name = filename or path.name
        answer = self._ask({"path": str(path.resolve()), "filename": name}, follow)
        try:
            if "error" in answer:
                raise _error(answer, name)
            return from_wire(answer["programme"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self.close()
            logger.exception("The parser's answer on %s makes no sense", name)
            raise ParserFailure from error

    def close(self) -> None:
        """End the child, and all that it started."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        # Not a fork of this process: it may have threads, open files and secrets.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-s", "-m", "ingest.parser.sandbox.child", json.dumps(asdict(self.limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", **environment},
            start_new_session=True,
        )

    def _ask(self, request: dict[str, str], follow: Follow) -> dict[str, Any]:
        """Return the child's answer to a request. Raises `ParseLimitReached` or `ParserFailure` if it has none."""
        if self._child is None:
            self._child = self._start()
        child = self._child
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            progress = Progress("")
            clock = _Clock(self.limits.wall_seconds)
            for line in _lines(child, clock, self.limits.answer_bytes):
                decoded = {} if line is None else _object(line)
                if line is not None and "progress" not in decoded:
                    return decoded
                if line is not None:
                    progress = Progress(*decoded["progress"])
                    if progress.step == "recognise":
                        clock.grant(self.limits.recognition_seconds)
                follow(progress)
            raise EOFError  # the child ended without an answer
        except (BrokenPipeError, EOFError, json.JSONDecodeError) as error:
            raise self._cause(request["filename"]) from error
        except BaseException:
            self.close()
            raise

    def _cause(self, name: str) -> IngestError:
        """Return why the child is gone, or says what is no answer."""
        child = self._child
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=SECONDS_TO_DIE)  # type: ignore[union-attr]
        code = child.returncode if child else None
        self.close()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return ParseLimitReached()
        logger.error("The parser died with code %s on %s", code, name)
        return ParserFailure()


def _object(line: bytes) -> dict[str, Any]:
    """Return the JSON object on a line. Raises `ParserFailure` for any other JSON, `JSONDecodeError` for none."""
    decoded = json.loads(line)
    if not isinstance(decoded, dict):
        raise ParserFailure
    return decoded


class _Clock:
    """When an answer is due."""

    def __init__(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self._granted = False

    def grant(self, seconds: float) -> None:
        """Put it off, once."""
        self.deadline += 0.0 if self._granted else seconds
        self._granted = True

    @property
    def left(self) -> float:
        """Seconds until then."""
        return self.deadline - time.monotonic()


def _lines(child: subprocess.Popen[bytes], clock: _Clock, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of the child's output until it ends, and None in each second without any.

    A last line may be cut short. Raises `ParseLimitReached` after the deadline or where a line has no end.
    """
    pieces: list[bytes] = []
    length = 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)  # type: ignore[arg-type]
        while True:
            if clock.left <= 0:
                raise ParseLimitReached
            if not selector.select(min(clock.left, BETWEEN_CALLS)):
                yield None
                continue
            chunk = os.read(child.stdout.fileno(), CHUNK)  # type: ignore[union-attr]
            if not chunk:
                break
            *whole, last = chunk.split(b"\n")
            for line in whole:
                if length + len(line) > limit:
                    raise ParseLimitReached
                yield b"".join([*pieces, line])
                pieces, length = [], 0
            pieces.append(last)
            length += len(last)
            if length > limit:
                raise ParseLimitReached
    if rest := b"".join(pieces):
        yield rest


def _error(answer: dict[str, Any], name: str) -> IngestError:
    """Return the error that the child names."""
    kind = getattr(errors, str(answer["error"]), ParserFailure)
    if kind is ParserFailure:
        logger.error("The parser failed on %s:\n%s", name, answer.get("trace", ""))
        failure = ParserFailure()
        failure.add_note(str(answer.get("trace", "")))
        return failure
    if not (isinstance(kind, type) and issubclass(kind, IngestError)):
        raise TypeError(answer["error"])
    return kind(str(answer["message"]))
