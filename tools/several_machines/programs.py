"""The programs that several machines are made of, all of them in Debian."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path

PACKAGES = {"etcd": "etcd-server", "patroni": "patroni", "haproxy": "haproxy", "pgbouncer": "pgbouncer"}
"""Each program and the Debian package that has it."""
POSTGRES = "postgresql-15"
DEBIAN = Path("/usr/lib/postgresql")
SYSTEM = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
"""Debian keeps some of them where only root looks."""


class NotInstalled(Exception):
    """Some of the programs are not here; the message names their packages."""


def program(name: str) -> str:
    """Return the path of a program. Raises `NotInstalled`."""
    path = shutil.which(name, path=SYSTEM)
    if path is None:
        raise NotInstalled(PACKAGES.get(name, name))
    return path


def debian_postgres() -> Path:
    """Return the folder of the programs of Debian's newest PostgreSQL. Raises `NotInstalled`."""
    found = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NotInstalled(POSTGRES)
    return found[-1].parent


def missing() -> list[str]:
    """Return the Debian packages that are needed and not here."""
    packages = [package for name, package in PACKAGES.items() if shutil.which(name, path=SYSTEM) is None]
    return packages if any(DEBIAN.glob("*/bin/postgres")) else [*packages, POSTGRES]


def server_user() -> str | None:
    """Return whom the servers run as: where we are root, whom Debian's packages made; else ourselves, None."""
    if os.geteuid() != 0:
        return None
    pwd.getpwnam("postgres")
    return "postgres"
