"""Counting up after the kills: what was acknowledged and is lost, doubled, half there, half published or not found."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from django.conf import settings
from django.db.models import Count, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.backup.folder import backups_in, faults_of
from ingest.intake import files
from ingest.intake.jobs import LIVE, QUEUE
from ingest.models import Correction, LogEntry, StoredParse, Upload
from ingest.verification import verify
from programmes.models import Passage, Programme, ProgrammeTheme
from programmes.search import search
from tools.kill.editor import Editor, State, is_findable

LOST, DOUBLED, HALF, UNFOUND = "tapt", "doblet", "halvt", "ikke som i søket"
WRONGS = (LOST, DOUBLED, HALF, UNFOUND)
ENDED = (Upload.State.READY, Upload.State.FAILED, Upload.State.CANCELLED, Upload.State.CONFIRMED)

Wrong = dict[str, list[str]]


def unended() -> QuerySet[Upload]:
    """Return the uploads that are still on their way."""
    return Upload.objects.exclude(state__in=ENDED).defer("document")


def live_jobs() -> QuerySet[ProcrastinateJob]:
    """Return the jobs that read uploads and are not done."""
    return ProcrastinateJob.objects.filter(status__in=LIVE, queue_name=QUEUE)


def count_up(editor: Editor) -> tuple[str, Wrong]:
    """Return a sentence on what there is, and what is wrong with it by its sort; changes nothing."""
    wrong: Wrong = defaultdict(list)
    _count_uploads(editor, wrong)
    _count_programmes(editor, wrong)
    _count_corrections(editor, wrong)
    for checked in verify():
        sort = UNFOUND if checked.name == "søkeindeks" else LOST
        wrong[sort] += [f"{checked.name}: {fault}" for fault in checked.faults]
    _count_backups(editor.backups, wrong)
    states = Counter(Upload.objects.values_list("state", flat=True))
    ended = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return (
        f"Opplastinger: {ended}. Programmer: {len(editor.publication)}, rettelser: {len(editor.words)}, "
        f"publiseringer og tilbaketrekkinger: {len(editor.steps)}, hele kopier: {len(backups_in(editor.backups))}.",
        wrong,
    )


def _count_uploads(editor: Editor, wrong: Wrong) -> None:
    wrong[HALF] += [f"Opplasting {upload.pk} er {upload.state}." for upload in unended()]
    known = Counter(Upload.objects.values_list("sha256", flat=True))
    wrong[LOST] += [
        f"«{name}» ble mottatt og er borte." for sha256, name in editor.given.items() if sha256 not in known
    ]
    wrong[DOUBLED] += [f"Filen {sha256} har {count} opplastinger." for sha256, count in known.items() if count > 1]
    kept = files.kept_hashes()
    wrong[LOST] += [f"Filen {sha256} er ikke på plass." for sha256 in known.keys() - kept]
    wrong[HALF] += [f"Filen {sha256} hører ikke til noe." for sha256 in kept - known.keys()]
    if live := live_jobs().count():
        wrong[HALF].append(f"{live} jobber står igjen i køen.")


def _count_programmes(editor: Editor, wrong: Wrong) -> None:
    programmes = Programme.objects.annotate(
        texts=Count("passages", distinct=True), ways=Count("uploads", distinct=True)
    )
    for programme in programmes:
        named = f"Programmet {programme.pk}"
        pledges = programme.passages.pledges_in_any_form().count()
        parsed = StoredParse.objects.filter(programme=programme).exists()
        if not programme.texts or programme.pledge_count != pledges or not parsed:
            wrong[HALF].append(f"{named} er halvt.")
        if programme.ways != 1:
            wrong[DOUBLED].append(f"{named} har {programme.ways} opplastinger.")
        if programme.publication != editor.publication.get(programme.pk):
            wrong[LOST].append(f"{named} er {programme.publication}, sist: {editor.publication.get(programme.pk)}.")
        if programme.publication == State.PUBLISHED:
            themed = ProgrammeTheme.objects.filter(programme=programme).exists()
            if programme.published_at is None or (pledges and not themed):
                wrong[HALF].append(f"{named} er halvt publisert.")
    if gone := editor.publication.keys() - {programme.pk for programme in programmes}:
        wrong[LOST].append(f"Programmer er borte: {sorted(gone)}.")
    logged = LogEntry.objects.filter(action__in=("programme.published", "programme.withdrawn")).count()
    if logged != len(editor.steps):
        sort = DOUBLED if logged > len(editor.steps) else LOST
        wrong[sort].append(f"{logged} publiseringer og tilbaketrekkinger i loggen, {len(editor.steps)} ble gjort.")


def _count_corrections(editor: Editor, wrong: Wrong) -> None:
    made = Counter(Correction.objects.filter(undone_at=None).values_list("change__text", flat=True))
    wrong[DOUBLED] += [f"«{words}» er rettet {count} ganger." for words, count in made.items() if count > 1]
    for public_id, words in editor.words.items():
        passage = Passage.objects.filter(public_id=public_id).first()
        if passage is None or passage.readable_text != words or words not in made:
            wrong[LOST].append(f"Rettelsen «{words}» er borte.")
            continue
        word = next(part for part in words.split() if part.startswith("rettelse"))
        found, wanted = search(word).total, int(is_findable(public_id))
        if found != wanted:
            wrong[UNFOUND].append(f"«{word}» ble funnet {found} ganger, og skulle vært funnet {wanted}.")


def _count_backups(parent: Path, wrong: Wrong) -> None:
    """Read every backup that looks whole, and put the newest back somewhere else."""
    backups = backups_in(parent)
    for backup in backups:
        wrong[HALF] += [f"Kopien {backup.name}: {fault}" for fault in faults_of(backup)]
    if backups:
        elsewhere = Path(tempfile.mkdtemp(prefix="restored-", dir=settings.DATA_DIR))
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", "restore", str(backups[-1])],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATA_DIR": str(elsewhere)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            wrong[LOST].append(f"Kopien {backups[-1].name} lot seg ikke legge tilbake: {done.stderr.strip()[-500:]}")
