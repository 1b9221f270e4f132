"""Starting the parts, killing some as a machine dies, and bringing them back."""

from __future__ import annotations

import contextlib
import functools
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg
from django.conf import settings
from psycopg import sql

from archive.database.processes import end_with_parent
from ingest.intake.jobs import HEARTBEAT
from tools.servers import GUNICORN
from tools.several_machines.configuration import (
    DATABASE,
    HOST,
    NODES,
    SITE,
    USER,
    WEBS,
    WORKERS,
    Ports,
    all_ports,
    environment_of_the_archive,
    etcd_command,
    haproxy_settings,
    patroni_settings,
    pgbouncer_settings,
)
from tools.several_machines.programs import program, server_user

PATIENCE = 600.0
"""Seconds in which each part must be up: a busy machine makes everything slow."""
BETWEEN_LOOKS = 0.1
ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
PORTS = 19


class NotUp(Exception):
    """A part did not come up, or back, in time; the message says which."""


class Machines:
    """Three database nodes (etcd, Patroni, PostgreSQL), HAProxy, PgBouncer, an S3 store, two webs, two workers."""

    def __init__(self, folder: Path, postgres: Path) -> None:
        self.folder = folder
        """Where everything is kept; for the servers' user to enter."""
        self.postgres = postgres
        """The folder of PostgreSQL's programs."""
        self.password = secrets.token_hex(12)
        self.ports: Ports = all_ports(free_ports(PORTS))
        self.running: dict[str, list[subprocess.Popen[bytes]]] = {}
        """Each machine's processes."""
        self.user = server_user()
        """Whom the servers run as, None for ourselves."""
        folder.chmod(0o755)

    def start(self) -> None:
        """Start everything, the sample programmes in it. Raises `NotUp`."""
        for node in NODES:
            self.folder_for_servers(node)
            self.start_node(node)
        (self.folder / "haproxy.cfg").write_text(haproxy_settings(self.ports))
        self.run("proxy", [program("haproxy"), "-db", "-f", str(self.folder / "haproxy.cfg")])
        self.wait_for("the primary, through HAProxy", self.reaches_primary)
        self.make_database()
        self.start_pooler()
        self.wait_for("both replicas", lambda: len(self.replicas()) == len(NODES) - 1)
        self.run("store", [sys.executable, "-m", "moto.server", "--host", HOST, "--port", str(self.ports.store)])
        self.wait_for("the store", lambda: _answers(f"http://{HOST}:{self.ports.store}/"))
        request = urllib.request.Request(f"http://{HOST}:{self.ports.store}/{DATABASE}", method="PUT")
        urllib.request.urlopen(request).close()  # noqa: S310
        manifest = str(settings.BASE_DIR / "fixtures" / "programmes" / "manifest.toml")
        prepare = (["collectstatic", "--noinput"], ["migrate"], ["load_registers", "--samples"])
        for words in (*prepare, ["import_programmes", manifest], ["rebuild_index", "--noinput"]):
            self.manage(*words)

    def start_node(self, node: str) -> None:
        """Start a database node: its member of etcd, and Patroni, which starts PostgreSQL."""
        folder = self.folder / node
        (folder / "patroni.yml").write_text(patroni_settings(node, self.ports, folder, self.postgres, self.password))
        self.run(node, etcd_command(program("etcd"), node, self.ports, folder), as_server=True)
        self.run(node, [program("patroni"), str(folder / "patroni.yml")], as_server=True)

    def start_pooler(self) -> None:
        """Start PgBouncer before what listens on the primary's port."""
        folder = self.folder_for_servers("pooler")
        (folder / "pgbouncer.ini").write_text(pgbouncer_settings(self.ports, folder))
        (folder / "users.txt").write_text(f'"{USER}" "{self.password}"\n')
        self.run("pooler", [program("pgbouncer"), str(folder / "pgbouncer.ini")], as_server=True)

    def start_site(self, *names: str) -> None:
        """Start webs and workers by name."""
        for name in names:
            environment = self.environment(name)
            command = GUNICORN if name in WEBS else [sys.executable, "manage.py", "work"]
            self.run(name, command, environment=environment)

    def environment(self, name: str) -> dict[str, str]:
        """Return the environment of a web, of a worker, or of a command that is run beside them."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        kept = {word: os.environ[word] for word in ("PATH", "LANG") if word in os.environ}
        archive = environment_of_the_archive(self.ports, self.password, folder, self.folder, is_web=name in WEBS)
        return {**kept, **archive, "PORT": str(self.ports.web.get(name, 0)), "DJANGO_SETTINGS_MODULE": "tools.settings"}

    def manage(self, *words: str) -> str:
        """Run a command of the archive on the machines; return what it says. Raises `CalledProcessError`."""
        command = [sys.executable, "manage.py", *words]
        with (self.folder / "manage.log").open("ab") as log:
            done = subprocess.run(  # noqa: S603
                command,
                cwd=settings.BASE_DIR,
                env=self.environment("manage"),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                check=True,
            )
        return done.stdout

    def kill(self, name: str) -> None:
        """Kill all that runs on a machine at once, as when its power is cut."""
        ours = self.running.pop(name)
        processes = [process for started in ours for process in _family(started.pid)]
        if name in NODES:
            processes += self._postgres_of(name)
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGSTOP)  # nobody starts another one meanwhile
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.kill()
        for started in ours:
            started.wait()
        psutil.wait_procs(processes, timeout=30)

    def bring_back(self, name: str) -> None:
        """Start what was killed again."""
        if name in NODES:
            self.start_node(name)
        else:
            self.start_site(name)

    def stop(self) -> None:
        """End everything, the webs and workers first."""
        for name in [*WEBS, *WORKERS, "pooler", "proxy", "store", *NODES]:
            if name in self.running:
                self.kill(name)

    def session(self, port: int | None = None, database: str = "postgres") -> psycopg.Connection[Any]:
        """Open a session as PostgreSQL's superuser: at the primary, or at the server that listens on a port."""
        return psycopg.connect(
            host=HOST,
            port=port or self.ports.primary,
            user="postgres",
            password=self.password,
            dbname=database,
            autocommit=True,
            connect_timeout=3,
        )

    def primary(self) -> str | None:
        """Return the node that says it is the primary, None while there is none."""
        return next((node for node in NODES if self._is(node, "/primary")), None)

    def replicas(self) -> list[str]:
        """Return the nodes that follow the primary and are not far behind."""
        return [node for node in NODES if self._is(node, "/replica?lag=16MB")]

    def wait_for(self, what: str, condition: Callable[[], bool]) -> float:
        """Wait until something is so; return the seconds that it took. Raises `NotUp`."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() - began > PATIENCE:
                raise NotUp(f"{what}; see the logs in {self.folder}")
            time.sleep(BETWEEN_LOOKS)
        return time.monotonic() - began

    def answers(self, web: str) -> bool:
        """Return whether a web answers."""
        return _answers(f"http://{HOST}:{self.ports.web[web]}/helse/")

    def states(self, port: int) -> dict[str, str]:
        """Return the state of every upload, by the SHA-256 of its file, as the server on a port has it."""
        with self.session(port, DATABASE) as session:
            return dict(session.execute("SELECT sha256, state FROM ingest_upload").fetchall())

    def workers_alive(self) -> int:
        """Return how many workers have given a sign of life of late, as the primary knows it; 0 while there is none."""
        try:
            with self.session(database=DATABASE) as session:
                row = session.execute(ALIVE, [3 * HEARTBEAT]).fetchone()
        except psycopg.Error:
            return 0
        return int(row[0]) if row else 0

    def _is(self, node: str, role: str) -> bool:
        return _answers(f"http://{HOST}:{self.ports.patroni[node]}{role}")

    def reaches_primary(self) -> bool:
        """Return whether what listens on the primary's port takes writes."""
        try:
            with self.session() as session:
                return session.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
        except psycopg.Error:
            return False

    def make_database(self) -> None:
        """Make the archive's user and its empty database."""
        with self.session() as session:
            password = sql.Literal(self.password)
            session.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(USER), password))
            session.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(USER))
            )

    def folder_for_servers(self, name: str) -> Path:
        """Make a folder that belongs to the servers' user."""
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        if self.user:
            user = pwd.getpwnam(self.user)
            os.chown(folder, user.pw_uid, user.pw_gid)
        return folder

    def _postgres_of(self, node: str) -> list[psutil.Process]:
        """Return PostgreSQL's processes of a node: Patroni lets them stand on their own."""
        with contextlib.suppress(OSError, ValueError, psutil.Error):
            mark = self.folder / node / "data" / "postmaster.pid"
            return _family(int(mark.read_text().splitlines()[0]))
        return []

    def run(
        self, name: str, command: list[str], *, as_server: bool = False, environment: dict[str, str] | None = None
    ) -> None:
        """Start a process of a machine, which ends with us; what it says goes to the machine's log."""
        user = self.user if as_server else None
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(  # noqa: S603
                command,
                cwd=settings.BASE_DIR if environment else "/",
                env=environment or {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "AWS_DEFAULT_REGION": "us-east-1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                preexec_fn=functools.partial(end_with_parent, signal.SIGKILL),
            )
        self.running.setdefault(name, []).append(started)


def _family(pid: int) -> list[psutil.Process]:
    """Return a process and all that it has started."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _answers(address: str) -> bool:
    """Return whether an address answers well; our webs want to be called by their name."""
    headers = {"Host": SITE} if "/helse/" in address else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=5):  # noqa: S310
            return True
    except OSError:
        return False


def free_ports(count: int) -> list[int]:
    """Return some ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
