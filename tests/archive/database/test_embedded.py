"""The embedded PostgreSQL: who starts it, who stops it, and what is left when somebody is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from archive.database import embedded
from archive.database.errors import DatabaseUnavailable, explain_server_log
from tests.paths import ROOT
from tests.waiting import PATIENCE, comes_true

USER = """
import sys
from pathlib import Path
import psycopg
from archive.database import embedded
host = embedded.join(Path(sys.argv[1]))
with psycopg.connect(host=str(host), port=5432, user="postgres") as connection:
    connection.execute("SELECT pg_advisory_xact_lock(1)")
    connection.execute("CREATE TABLE IF NOT EXISTS visit (test text)")
    connection.execute("INSERT INTO visit VALUES (%s)", [sys.argv[2]])
    count = connection.execute("SELECT count(*) FROM visit WHERE test = %s", [sys.argv[2]]).fetchone()[0]
    connection.commit()
    print(count, flush=True)
    sys.stdin.readline()
"""
"""A process that visits the database, counts the visits of a test, and stays until its input ends."""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a space in its path, shared by the tests here: making the database takes a second or more."""
    folder = tmp_path_factory.mktemp("data") / "en mappe"
    yield folder
    for process in processes_of(folder):
        process.kill()
    with suppress(FileNotFoundError):
        shutil.rmtree((folder / "postgres").resolve())


@pytest.fixture
def visit(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Start processes that use the server; those that a failed test has left are killed."""
    started: list[subprocess.Popen[str]] = []

    def start(data_dir: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", USER, str(data_dir), request.node.name]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
        return started[-1]

    yield start
    for process in started:
        if process.returncode is None:
            kill(process)


def visits_seen(process: subprocess.Popen[str]) -> int:
    """Wait until the process has counted; return its count."""
    return int(process.stdout.readline())


def end(process: subprocess.Popen[str]) -> None:
    """Let the process end by itself."""
    process.communicate("\n", timeout=PATIENCE)
    assert process.returncode == 0


def kill(process: subprocess.Popen[str]) -> None:
    """Kill the process so that it can clean up nothing."""
    process.kill()
    process.communicate(timeout=PATIENCE)


def is_postgres(process: psutil.Process | None) -> bool:
    return process is not None and process.name() == "postgres"


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """Return the keeper and the server of the data folder."""
    names = {str(data_dir), str((data_dir / "postgres").resolve())}
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            line = process.cmdline()
            # The server's children bear its command line too, until they take a name of their own.
            is_server = is_postgres(process) and not is_postgres(process.parent())
            if names & set(line) and ("archive.database.keeper" in line or is_server):
                found.append(process)
    return found


def test_the_last_to_leave_stops_the_server_and_its_data_stay(visit, data_dir):
    for expected in (1, 2):
        user = visit(data_dir)
        assert visits_seen(user) == expected
        end(user)
        assert processes_of(data_dir) == []


def test_several_start_at_once_and_share_one_server(visit, data_dir):
    users = [visit(data_dir) for _user in range(4)]
    assert sorted(visits_seen(user) for user in users) == [1, 2, 3, 4]
    assert len(processes_of(data_dir)) == 2
    for user in users[1:]:
        end(user)
        assert len(processes_of(data_dir)) == 2
    end(users[0])
    assert processes_of(data_dir) == []


def test_the_server_stops_when_its_last_user_is_killed(visit, data_dir):
    first, second = visit(data_dir), visit(data_dir)
    assert {visits_seen(first), visits_seen(second)} == {1, 2}
    kill(first)
    assert len(processes_of(data_dir)) == 2
    kill(second)
    assert comes_true(lambda: processes_of(data_dir) == [])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is dead")
def test_the_server_ends_with_a_killed_keeper_and_the_next_one_starts_it_again(visit, data_dir):
    user = visit(data_dir)
    assert visits_seen(user) == 1
    next(process for process in processes_of(data_dir) if process.name() != "postgres").kill()
    assert comes_true(lambda: processes_of(data_dir) == [])
    after = visit(data_dir)
    assert visits_seen(after) == 2
    end(after)
    user.communicate("\n", timeout=PATIENCE)
    assert comes_true(lambda: processes_of(data_dir) == [])


def test_a_killed_server_is_started_again_and_has_lost_nothing(visit, data_dir):
    user = visit(data_dir)
    assert visits_seen(user) == 1
    next(process for process in processes_of(data_dir) if process.name() == "postgres").kill()
    after = visit(data_dir)
    assert visits_seen(after) == 2
    end(after)
    user.communicate("\n", timeout=PATIENCE)
    assert comes_true(lambda: processes_of(data_dir) == [])


def test_the_mark_of_a_dead_server_stops_nobody_although_its_number_is_in_use(visit, data_dir):
    end(visit(data_dir))
    assert processes_of(data_dir) == []
    mark = data_dir / "postgres" / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{mark.parent.resolve()}\n")
    user = visit(data_dir)
    assert visits_seen(user) == 2
    end(user)


@pytest.mark.parametrize("name", ["en dyp mappe " * 9, 'komma, og "tegn"'])
def test_paths_that_no_socket_can_have(visit, tmp_path, name, request):
    folder = tmp_path / name.strip()
    request.addfinalizer(lambda: shutil.rmtree((folder / "postgres").resolve()))
    user = visit(folder)
    assert visits_seen(user) == 1
    end(user)
    assert processes_of(folder) == []


def test_a_forked_child_does_not_hold_its_parents_server(data_dir):
    script = (
        "import os, sys; from pathlib import Path; from archive.database import embedded\n"
        "embedded.join(Path(sys.argv[1]))\n"
        "if not os.fork(): sys.stdin.read(); os._exit(0)\n"
    )
    command = [sys.executable, "-c", script, str(data_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as parent:
        assert parent.wait(PATIENCE) == 0
        assert comes_true(lambda: processes_of(data_dir) == [])  # while the child lives on, until its input ends


def test_an_interrupted_process_stops_the_server_too(visit, data_dir):
    user = visit(data_dir)
    assert visits_seen(user) == 1
    user.send_signal(signal.SIGINT)
    user.communicate(timeout=PATIENCE)
    assert processes_of(data_dir) == []


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "fil").touch()
    with pytest.raises(DatabaseUnavailable, match=r"Datamappen .* kan ikke brukes"):
        embedded.join(tmp_path / "fil" / "data")


def test_a_broken_cluster_is_told_in_a_sentence(visit, data_dir):
    end(visit(data_dir))
    version = data_dir / "postgres" / "PG_VERSION"
    right = version.read_text()
    version.write_text("9.1\n")
    with pytest.raises(DatabaseUnavailable, match=r"Databasen starter ikke .*incompatible"):
        embedded.join(data_dir)
    version.write_text(right)
    assert processes_of(data_dir) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told_in_a_sentence(tmp_path):
    data_dir = tmp_path / "data"
    small_disk = (
        'mkdir -p /var/lib/programarkivet "$1" && mount -t tmpfs -o size=60m none /var/lib/programarkivet && shift && '
        'exec "$@"'
    )
    command = [sys.executable, "manage.py", "migrate"]
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", small_disk, "sh", str(data_dir), *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no mounting here: {done.stderr.strip()}")
    assert done.stderr.strip().startswith("Disken er full")
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.returncode == 1
    assert processes_of(data_dir) == []


LOGS = {
    "full": (
        'FATAL:  could not write to file "pg_wal/xlogtemp.55": No space left on device\nLOG:  shut down',
        "Disken er full: PostgreSQL får ikke skrevet dataene sine. Frigjør plass og prøv igjen.",
    ),
    "first fatal line of the last words": (
        "LOG:  starting\nFATAL:  lock file exists\nHINT:  look",
        "Databasen starter ikke (FATAL:  lock file exists). Hele loggen: /data/log",
    ),
    "nothing said": ("", "Databasen starter ikke (ingen melding). Hele loggen: /data/log"),
}


@pytest.mark.parametrize(("log", "sentence"), LOGS.values(), ids=LOGS)
def test_what_the_log_means(log, sentence):
    assert explain_server_log(log, log=Path("/data/log")) == sentence


URLS = {
    "nothing listens": "postgresql://ola@127.0.0.1:1/arkiv",
    "no such socket": "postgresql://ola@%2Fingen%2Fslik%2Fmappe/arkiv",
}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_a_server_out_of_reach_is_told_in_a_sentence(url, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Får ikke kontakt med databasen på ")
    assert len(done.stderr.splitlines()) == 1


def test_the_database_knows_norwegian_letters(visit, data_dir):
    user = visit(data_dir)
    visits_seen(user)
    with psycopg.connect(host=str(embedded.join(data_dir)), port=5432, user="postgres") as connection:
        assert connection.execute("SELECT lower('ÆØÅ'), 'Økonomi' ILIKE 'øko%'").fetchone() == ("æøå", True)
    embedded.leave(data_dir)
    end(user)
