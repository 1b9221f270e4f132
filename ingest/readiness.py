"""What this installation lacks: asked before it is taken into use, and by what watches over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from ingest.intake.jobs import STALLED_AFTER
from ingest.models import Upload
from programmes.models import Area, Party, Programme
from programmes.search import owed

LONGEST_WAIT = 15 * 60
"""Seconds that an upload may wait to be read; the largest programme takes two minutes."""
LEAST_FREE = 1_000_000_000
"""Bytes: a rebuild of the index of a million pledges, or some hundred programmes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an installation needs, as it is now."""

    name: str
    is_ready: bool
    figure: str
    """What was measured, in a few words."""
    remedy: str = ""
    """What to do where it isn't ready."""


def findings() -> Iterator[Finding]:
    """Yield what a running installation needs; what stands in the database only where that can be reached."""
    yield _disk()
    try:
        for ask in (_database, _migrations, _registers, _index, _queue, worker):
            yield (found := ask())
            if not found.is_ready and ask is _migrations:
                return  # nothing below has its tables
    except DatabaseError as problem:
        yield Finding("database", False, str(problem).split("\n")[0], "Start databasen, eller rett DATABASE_URL.")


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
    return Finding("disk", free >= LEAST_FREE, said, "Frigjør plass, eller flytt DATA_DIR.")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return Finding("database", True, f"PostgreSQL {version.split()[0]}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = f"{missing} mangler" if missing else "alle er kjørt"
    return Finding("migrasjoner", not missing, said, "Kjør: python manage.py migrate")


def _registers() -> Finding:
    parties, areas = Party.objects.count(), Area.objects.count()
    said = f"{parties} partier, {areas} områder"
    return Finding("registre", bool(parties and areas), said, "Kjør: python manage.py load_registers")


def _index() -> Finding:
    owing = owed()
    said = "må bygges på nytt" if owing is None else f"skylder {owing} programmer"
    return Finding("søkeindeks", owing == 0, said, "Kjør: python manage.py rebuild_index")


def _queue() -> Finding:
    waiting = Upload.objects.filter(state=Upload.State.WAITING)
    oldest = waiting.order_by("uploaded_at").values_list("uploaded_at", flat=True).first()
    seconds = (timezone.now() - oldest).total_seconds() if oldest else 0
    said = f"{waiting.count()} venter, den eldste i {seconds / 60:.0f} min"
    return Finding("kø", seconds < LONGEST_WAIT, said, "Se i loggen til arbeideren hvorfor filene ikke leses.")


def worker() -> Finding:
    """Return whether a worker reads uploads, by its last sign of life."""
    beat = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    seconds = (timezone.now() - beat).total_seconds() if beat else None
    said = "har aldri gått" if seconds is None else f"siste livstegn for {seconds:.0f} s siden"
    is_alive = seconds is not None and seconds < STALLED_AFTER
    return Finding("arbeider", is_alive, said, "Start den: python manage.py work")


def _originals() -> Finding:
    files = [(each.file.storage, str(each.file.name)) for each in Programme.objects.only("file")]
    missing = sum(not storage.exists(name) for storage, name in files)
    said = f"{missing} av {len(files)} mangler"
    return Finding("originaler", not missing, said, "Legg dem tilbake i DATA_DIR/media fra sikkerhetskopien.")
