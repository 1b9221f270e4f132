"""What this installation lacks: asked before it is taken into use, and by what watches over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from ingest import schedule
from ingest.intake.jobs import STALLED_AFTER
from ingest.models import Upload
from programmes.models import Area, Party, Programme
from programmes.search import owed

LONGEST_WAIT = 15 * 60
"""Seconds that an upload may wait to be read; the largest programme takes two minutes."""
LEAST_FREE = 1_000_000_000
"""Bytes: a rebuild of the index of a million pledges, or some hundred programmes."""
MOST_LAG = 30
"""Seconds that a replica may be behind: editors search for what they have published a minute ago."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an installation needs, as it is now."""

    name: str
    is_ready: bool
    figure: str
    """What was measured, in a few words."""
    remedy: str = ""
    """What to do where it isn't ready."""
    value: float | None = None
    """The figure as a number: bytes of disk, seconds of waiting, programmes that the index owes."""
    details: tuple[str, ...] = ()
    is_vital: bool = True
    """Whether the site isn't ready without it; else somebody must see to it, and readers notice nothing."""


def findings() -> Iterator[Finding]:
    """Yield what a running installation needs; what stands in the database only where that can be reached."""
    yield _disk()
    try:
        for ask in (_database, _migrations, _registers, _index, _queue, worker, _replicas):
            yield (found := ask())
            if not found.is_ready and ask is _migrations:
                return  # nothing below has its tables
        yield from checked()
    except Error as problem:
        yield Finding("database", False, str(problem).split("\n")[0], "Start databasen, eller rett DATABASE_URL.")


def checked() -> Iterator[Finding]:
    """Yield what the worker's checks found the last time."""
    for check, outcome in schedule.found():
        remedy = "Se i loggen til arbeideren."
        yield Finding(check.label, outcome.is_ok, outcome.figure, remedy, None, outcome.details, is_vital=False)


def findings_before_use() -> Iterator[Finding]:
    """Yield what an installation needs before it is taken into use: settings, backups and every original too."""
    yield from _settings()
    yield _backups()
    has_tables = True
    for finding in findings():
        has_tables = has_tables and (finding.is_ready or finding.name not in ("database", "migrasjoner"))
        yield finding
    if has_tables:
        yield _originals()


def _settings() -> Iterator[Finding]:
    said = [each for each in checks.run_checks(include_deployment_checks=True) if not each.is_silenced()]
    for each in said:
        yield Finding("innstillinger", False, f"{each.id}: {each.msg}", str(each.hint or "Se docs/operation.md."))
    if not said:
        yield Finding("innstillinger", True, "ingen anmerkninger")


def _backups() -> Finding:
    """Return whether the worker makes backups, or somebody has said that others do."""
    where = settings.BACKUP_FOLDER or ("lages av andre" if settings.BACKUPS_ARE_CHOSEN else "lages ikke")
    remedy = "Sett BACKUP_FOLDER til en mappe på en annen disk, eller til none der andre lager dem."
    return Finding("sikkerhetskopier", settings.BACKUPS_ARE_CHOSEN, where, remedy)


def _disk() -> Finding:
    folder: Path = settings.DATA_DIR
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB ledig i {settings.DATA_DIR}"
    return Finding("disk", free >= LEAST_FREE, said, "Frigjør plass, eller flytt DATA_DIR.", free)


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return Finding("database", True, f"PostgreSQL {version.split()[0]}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = f"{missing} mangler" if missing else "alle er kjørt"
    return Finding("migrasjoner", not missing, said, "Kjør: python manage.py migrate", missing)


def _registers() -> Finding:
    parties, areas = Party.objects.count(), Area.objects.count()
    said = f"{parties} partier, {areas} områder"
    return Finding("registre", bool(parties and areas), said, "Kjør: python manage.py load_registers")


def _index() -> Finding:
    owing = owed()
    said = "må bygges på nytt" if owing is None else f"skylder {owing} programmer"
    return Finding("søkeindeks", owing == 0, said, "Kjør: python manage.py rebuild_index", owing)


def _queue() -> Finding:
    waiting = Upload.objects.filter(state=Upload.State.WAITING)
    oldest = waiting.order_by("uploaded_at").values_list("uploaded_at", flat=True).first()
    seconds = (timezone.now() - oldest).total_seconds() if oldest else 0
    said = f"{waiting.count()} venter, den eldste i {seconds / 60:.0f} min"
    remedy = "Se i loggen til arbeideren hvorfor filene ikke leses."
    return Finding("kø", seconds < LONGEST_WAIT, said, remedy, seconds)


def worker() -> Finding:
    """Return whether a worker reads uploads, by its last sign of life."""
    beat = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    seconds = (timezone.now() - beat).total_seconds() if beat else None
    said = "har aldri gått" if seconds is None else f"siste livstegn for {seconds:.0f} s siden"
    is_alive = seconds is not None and seconds < STALLED_AFTER
    return Finding("arbeider", is_alive, said, "Start den: python manage.py work", seconds)


def _replicas() -> Finding:
    """Return how far behind the farthest replica is: of all that the server tells of, and of the one that is searched.

    Time alone says nothing while nobody writes: one that has replayed all it was sent is not behind.
    """
    lags = [*_lags_told_by_primary(), *([_lag_of_standby(DEFAULT_DB_ALIAS)] if _is_standby(DEFAULT_DB_ALIAS) else [])]
    remedy = "Se i replikaens logg om den henter fra hovedserveren."
    if "replica" in settings.DATABASES:
        try:
            lags.append(_lag_of_standby("replica"))
        except Error as problem:
            said = " ".join(f"den som søkes i, svarer ikke ({problem})".split())
            return Finding("replikaer", False, said, remedy)
    if not lags:
        return Finding("replikaer", True, "ingen")
    known = [lag for lag in lags if lag is not None]
    if len(known) < len(lags):
        said = f"{len(lags) - len(known)} henter ikke, eller brukeren mangler rollen pg_monitor"
        return Finding("replikaer", False, said, remedy)
    said = f"den som er lengst bak, er {max(known):.1f} s bak"
    return Finding("replikaer", max(known) <= MOST_LAG, said, remedy, max(known))


def _lags_told_by_primary() -> list[float | None]:
    """Return the seconds that each replica of the server is behind; None for one that doesn't stream, or tells us not.

    A base backup and a receiver of the log are listed there too, and are no replicas: they replay nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN state = 'streaming' THEN coalesce(extract(epoch FROM replay_lag), 0) END"
            " FROM pg_stat_replication WHERE state IS NULL OR (state <> 'backup' AND replay_lsn IS NOT NULL)"
        )
        return [None if lag is None else float(lag) for (lag,) in cursor.fetchall()]


def _is_standby(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return bool(cursor.fetchone()[0])


def _lag_of_standby(alias: str) -> float | None:
    """Return the seconds that a standby is behind, by its own account; None for one that receives nothing."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN NOT pg_is_in_recovery() THEN 0"
            " WHEN NOT EXISTS (SELECT FROM pg_stat_wal_receiver) THEN NULL"
            " WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
            " ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END"
        )
        (lag,) = cursor.fetchone()
        return None if lag is None else float(lag)


def _originals() -> Finding:
    files = [(each.file.storage, str(each.file.name)) for each in Programme.objects.only("file")]
    missing = sum(not storage.exists(name) for storage, name in files)
    said = f"{missing} av {len(files)} mangler"
    return Finding("originaler", not missing, said, "Legg dem tilbake i DATA_DIR/media fra sikkerhetskopien.")
