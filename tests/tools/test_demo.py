"""`make demo` from nothing to the last process gone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.paths import ROOT
from tests.waiting import PATIENCE, comes_true

READY = "Ctrl-C stopper alt."


class Demo:
    """A running demo, in a session of its own as if in a terminal."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir = data_dir
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--settings", "tools.settings"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def until_ready(self) -> str:
        """Return what it says until it is ready."""
        said = ""
        while READY not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        return said

    def page(self, path: str) -> str:
        """Return a page of the site."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.read().decode()

    def end_by(self, signal_number: int, *, group: bool = False) -> str:
        """Send a signal; return what it says until it has ended."""
        (os.killpg if group else os.kill)(self.process.pid, signal_number)
        return self.process.communicate(timeout=PATIENCE)[0]

    def left(self) -> list[str]:
        """Return the command lines of what still runs of it."""
        names = {str(self.data_dir), str((self.data_dir / "postgres").resolve())}
        lines = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                line = process.cmdline()
                if names & set(line) or process.environ().get("DATA_DIR") == str(self.data_dir):
                    lines.append(" ".join(line))
        return lines


def quiet_port() -> int:
    """Return a port that nothing listens on and that the system gives to nobody who asks for just any."""
    first = 20_000 + os.getpid() % 5_000  # so that two test runs on one machine begin at different ones
    for port in range(first, 32_000):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError(f"no port from {first} to 32000 is free")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Start demos on one data folder; none is left afterwards."""
    data_dir = tmp_path_factory.mktemp("demo") / "data"
    port = quiet_port()
    started: list[Demo] = []

    def start() -> Demo:
        started.append(Demo(data_dir, port))
        return started[-1]

    yield start
    for one in started:
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.communicate()
    shutil.rmtree((data_dir / "postgres").resolve(), ignore_errors=True)


@pytest.mark.long
def test_first_run_then_second_run(demo):
    first = demo()
    said = first.until_ready()
    password = re.search(r"bruker admin, passord (\S+)", said).group(1)
    assert f"http://127.0.0.1:{first.port}" in said
    assert "skole" in first.page("/sok/?q=skole")
    assert password not in "".join(
        path.read_text(errors="replace")
        for path in first.data_dir.rglob("*")
        if path.is_file() and path.suffix == ".log"
    )
    assert (first.data_dir / "secret-key").stat().st_mode & 0o777 == 0o600

    other = demo()
    taken = other.process.communicate(timeout=PATIENCE)[0]
    assert taken.strip() == f"Port {first.port} er opptatt. Velg en annen: make demo PORT={first.port + 1}"
    assert other.process.returncode == 1

    with socket.create_connection(("127.0.0.1", first.port)):  # browsers open some in advance
        assert first.end_by(signal.SIGINT, group=True).strip() == "Stopper …"
    assert comes_true(lambda: first.left() == []), first.left()  # what was cut off takes a moment to die

    second = demo()
    assert "passord" not in second.until_ready()
    assert "skole" in second.page("/sok/?q=skole")
    assert second.end_by(signal.SIGTERM).strip() == "Stopper …"
    assert comes_true(lambda: second.left() == []), second.left()


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is dead")
def test_a_killed_demo_leaves_nothing_running(demo):
    killed = demo()
    killed.until_ready()
    killed.end_by(signal.SIGKILL)
    assert comes_true(lambda: killed.left() == []), killed.left()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_told_in_a_sentence(port, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", "--settings", "tools.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip() == f"PORT={port} er ikke et portnummer (1–65535)."
    assert done.returncode == 1
