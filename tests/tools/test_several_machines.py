"""The parts that several machines are made of; `manage.py several_machines` starts them all and kills them in turn."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.installed import needs
from tests.paths import ROOT
from tests.waiting import comes_true
from tools.several_machines import configuration as told
from tools.several_machines import programs
from tools.several_machines.accidents import longest_gap
from tools.several_machines.load import Asked
from tools.several_machines.machines import PORTS, Machines, free_ports

PORTS_OF_ALL = told.all_ports(range(1, PORTS + 1))


def test_the_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "SYSTEM", str(tmp_path))
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    assert programs.missing() == ["etcd-server", "patroni", "haproxy", "pgbouncer", "postgresql-15"]
    with pytest.raises(programs.NotInstalled, match="etcd-server"):
        programs.program("etcd")


def test_nothing_listens_where_another_does() -> None:
    document = json.loads(json.dumps([getattr(PORTS_OF_ALL, name) for name in PORTS_OF_ALL.__slots__]))
    ports = [port for each in document for port in (each.values() if isinstance(each, dict) else [each])]
    assert sorted(ports) == list(range(1, PORTS + 1))


def test_what_is_acknowledged_stands_on_two_machines(tmp_path: Path) -> None:
    settings = yaml.safe_load(told.patroni_settings("db1", PORTS_OF_ALL, tmp_path, tmp_path, "secret"))
    rules = settings["bootstrap"]["dcs"]
    assert rules["synchronous_mode"] is True
    assert rules["loop_wait"] + 2 * rules["retry_timeout"] <= rules["ttl"], "or a primary may be thought dead too soon"


@needs("haproxy")
def test_haproxy_accepts_its_settings(tmp_path: Path) -> None:
    path = tmp_path / "haproxy.cfg"
    path.write_text(told.haproxy_settings(told.all_ports(free_ports(PORTS))))
    done = subprocess.run([programs.program("haproxy"), "-c", "-f", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_longest_time_without_an_answer() -> None:
    def asked(ended: float, status: int) -> Asked:
        return Asked(ended - 0.1, ended, is_upload=True, status=status)

    answers = [asked(1.0, 302), asked(2.0, 503), asked(7.0, 0), asked(7.5, 302)]
    assert longest_gap(answers, 0.0, 9.0) == 6.5
    assert longest_gap([], 0.0, 9.0) == 9.0


@pytest.fixture
def behind_a_pooler() -> Iterator[Machines]:
    """Debian's PostgreSQL without Patroni, and PgBouncer before it: an empty database of the archive's."""
    folder = Path(tempfile.mkdtemp(prefix="programarkivet-", dir="/var/tmp"))
    machines = Machines(folder, programs.debian_postgres())
    data, secret = machines.folder_for_servers("db") / "data", folder / "password"
    secret.write_text(machines.password)
    initdb = [machines.postgres / "initdb", "-D", data, "--encoding=UTF8", "--locale=C", "--username=postgres"]
    subprocess.run(
        [*initdb, "--auth=scram-sha-256", f"--pwfile={secret}"],
        check=True,
        capture_output=True,
        user=machines.user,
        cwd="/",
    )
    options = {"listen_addresses": told.HOST, "port": machines.ports.primary, "fsync": "off"}
    options["unix_socket_directories"] = data
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    try:
        machines.run("db", [str(machines.postgres / "postgres"), "-D", str(data), *words], as_server=True)
        machines.wait_for("PostgreSQL", machines.reaches_primary)
        machines.make_database()
        machines.start_pooler()
        yield machines
    finally:
        for name in list(machines.running):
            machines.kill(name)
        shutil.rmtree(folder)


@needs("pgbouncer")
@pytest.mark.skipif(bool(programs.missing()), reason=f"not installed: {', '.join(programs.missing())}")
def test_the_archive_on_postgresql_15_behind_a_pooler_in_transaction_mode(behind_a_pooler: Machines) -> None:
    machines = behind_a_pooler
    without_store = ("MEDIA_S3_BUCKET", "SEARCH_DATABASE_URL")
    environment = {name: value for name, value in machines.environment("web1").items() if name not in without_store}

    def manage(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    manage("migrate")
    assert json.loads(manage("search", "skole", "--json"))["total"] == 0, "after it has built the index"
    with machines.session() as session:
        assert session.execute("SHOW server_version_num").fetchone()[0].startswith("15")
        locks = session.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
        assert locks == (0,), "a lock that a pooled session was left with is never let go of"

    machines.run("worker", [sys.executable, "manage.py", "work"], environment=environment)
    listening = "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^LISTEN' AND usename = %s"

    def is_listening() -> bool:
        with machines.session() as session:
            return session.execute(listening, [told.USER]).fetchone()[0] > 0

    assert comes_true(is_listening), "the worker hears of new uploads past the pooler"
