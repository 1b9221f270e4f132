"""The checks of what is kept, one a function; `ingest.schedule` has them run and keeps what they find."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from ingest.intake import source_pictures
from ingest.schedule import Outcome, scheduled
from programmes.search import engine_named
from programmes.search.upkeep import mended


@scheduled("clearsessions", label="gamle økter", cron="23 2 * * *", late_after=timedelta(days=3))
def clear_sessions() -> Outcome:
    """Remove the sessions that have run out."""
    expired = Session.objects.filter(expire_date__lt=timezone.now()).count()
    call_command("clearsessions")
    return Outcome(True, f"{expired} utløpte økter er fjernet")


@scheduled("check_index", label="søkeindeks mot arkiv", cron="41 3 * * *", late_after=timedelta(days=3))
def check_index() -> Outcome:
    """Compare the search index with all that is published, and build it anew where they differ.

    A difference is a fault though it has been mended: what changes the archive notes what the index owes.
    """
    differences, count = mended(engine_named())
    if differences:
        return Outcome(False, f"Indeksen stemte ikke ({differences.counts}) og er bygd på nytt: {count} løfter.")
    return Outcome(True, f"{count} innslag stemmer med arkivet")


@scheduled("source_pictures", label="bilder av kildesider", cron="* * * * *", late_after=timedelta(hours=2))
def draw_source_pictures() -> Outcome:
    """Draw the pictures of source pages that are owed; a page that can't be drawn is told of, and is no fault."""
    done = source_pictures.settle()
    figure = f"{done.drawn} tegnet, {done.removed} fjernet, {done.left} venter"
    return Outcome(True, figure, done.without)


@scheduled("stray_pictures", label="bilder mot programmer", cron="7 4 * * *", late_after=timedelta(days=3))
def compare_pictures() -> Outcome:
    """Remove pictures that no programme has any more, and have those drawn again that the storage has lost."""
    found = source_pictures.compare_with_storage()
    figure = f"{found.strays} filer uten program er fjernet, {found.missing} bilder mangler og tegnes på nytt"
    return Outcome(found.missing == 0, figure)
