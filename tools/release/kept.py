"""What is kept of every release in fixtures/releases/: its migrations, and an archive to be upgraded from."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

from archive.database.keeper import Server
from tools.servers import database_url

CHECKOUT = Path(__file__).resolve().parents[2]
RELEASES = CHECKOUT / "fixtures" / "releases"
MIGRATIONS = "migrations.txt"
DUMP = "archive.sql.gz"
MEDIA = "media"
APPS = ("ingest", "programmes")
ONLY_FOR_ITS_CLIENT = re.compile(r"^(\\(un)?restrict |SET transaction_timeout ).*\n", re.MULTILINE)
"""What pg_dump 18 writes for its own psql, or for its own server: PostgreSQL 15 knows neither."""


def version() -> str:
    """Return the version that the checkout has, as pyproject.toml says."""
    return str(tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["version"])


def migration_sums() -> Iterator[str]:
    """Yield a line for each migration that the checkout has, in order: its SHA-256 and its path."""
    for app in APPS:
        for path in sorted((CHECKOUT / app / "migrations").glob("[0-9]*.py")):
            yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(CHECKOUT)}"


def keep_migrations(folder: Path) -> int:
    """Write down which migrations a release has; return how many."""
    lines = list(migration_sums())
    (folder / MIGRATIONS).write_text("".join(f"{line}\n" for line in lines))
    return len(lines)


def broken_promises(folder: Path) -> list[str]:
    """Return the migrations of a release that the checkout has no more, or has otherwise."""
    now = set(migration_sums())
    return sorted(line for line in (folder / MIGRATIONS).read_text().splitlines() if line not in now)


def keep_dump(folder: Path, data_dir: Path) -> int:
    """Write the embedded database of a data folder, in use, and its originals into a release's; return the bytes."""
    command = [str(Server(data_dir).programs / "pg_dump"), "--inserts", "--rows-per-insert=100", "--no-owner"]
    done = subprocess.run(  # noqa: S603
        [*command, "--no-privileges", "--dbname", database_url()], capture_output=True, check=True
    )
    sql = ONLY_FOR_ITS_CLIENT.sub("", done.stdout.decode())
    with (folder / DUMP).open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
        packed.write(sql.encode())
    shutil.copytree(data_dir / "media" / "originals", folder / MEDIA / "originals", ignore=_unfinished)
    return (folder / DUMP).stat().st_size


def dump(folder: Path) -> str:
    """Return the statements that make the archive of a release in an empty database."""
    return gzip.decompress((folder / DUMP).read_bytes()).decode()


def _unfinished(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "incoming"}
