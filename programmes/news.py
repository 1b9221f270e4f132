"""What is new: when each pledge was published, and when its words were last changed.

Followers are told of both, and of nothing twice: not of a programme that is withdrawn and published again, not of one
that is only read anew, and not of what stands word for word in the edition that a programme replaces.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from programmes.models import Passage, Programme, PublishedWords

_LAYOUT = re.compile(r"\s+|(?<=\D)[-‐‑–\u00ad](?=\D)")
"""What another reading of the same page may have otherwise: spaces, and the hyphens and dashes of words."""
BATCH = 1000
_STEP = timedelta(microseconds=1)


def sum_of(*words: str) -> UUID:
    """Return a sum of a pledge's words; large letters, spaces and hyphens of words make no difference.

    Kept for years: another sum for the same words would tell all followers that all pledges have changed.
    """
    said = "\0".join(_LAYOUT.sub("", each.casefold()) for each in words)
    return UUID(bytes=hashlib.blake2b(said.encode(), digest_size=16).digest())


def sums_of(programme: Programme) -> dict[str, UUID]:
    """Return the sum of each pledge, question and dissent of a programme by its public id, in document order."""
    rows = programme.passages.exclude(kind=Passage.Kind.PROSE).order_by("position")
    return {
        public_id: sum_of(corrected or repaired or text, lead_in, dissent)
        for public_id, text, repaired, corrected, lead_in, dissent in rows.values_list(
            "public_id", "text", "repaired", "corrected", "lead_in", "dissent"
        )
    }


def newest_moment() -> datetime | None:
    """Return when anything was last published or changed, None where nothing ever was."""
    return PublishedWords.objects.aggregate(newest=Max("since"))["newest"]


@transaction.atomic
def note_words(programme: Programme) -> None:
    """Note what of a published programme is new or has other words than the public saw last.

    The caller holds the state of the archive (`search.state.hold`), so that a later moment always means that it was
    committed later: who has been told until one moment has missed nothing before it.
    """
    known = {row.public_id: row for row in programme.published_words.all()}
    sums = sums_of(programme)
    other = [
        public_id for public_id, words in sums.items() if public_id not in known or known[public_id].words != words
    ]
    if not other:
        return
    told = _told_by_replaced(programme)
    moment = _next_moment() + len(other) * _STEP  # the first in the document is the newest
    rows = []
    for public_id in other:
        words, before = sums[public_id], known.get(public_id)
        first_at, since = (before.first_at, moment) if before else told.get(words, (moment, moment))
        rows.append(
            PublishedWords(public_id=public_id, programme=programme, words=words, first_at=first_at, since=since)
        )
        moment -= _STEP
    PublishedWords.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["public_id"], update_fields=["words", "since"]
    )
    programme.changed_at = max([row.since for row in rows] + ([programme.changed_at] if programme.changed_at else []))
    programme.save(update_fields=["changed_at"])


def _next_moment() -> datetime:
    """Return the present moment; one after the last that was noted, should the clock have been set back."""
    newest = newest_moment()
    return timezone.now() if newest is None else max(timezone.now(), newest + _STEP)


def _told_by_replaced(programme: Programme) -> dict[UUID, tuple[datetime, datetime]]:
    """Return when the words of the edition that a programme replaces were published, if it is as far as that one.

    What was a proposal and has been adopted is new.
    """
    older = programme.replaces
    if older is None or older.status != programme.status:
        return {}
    rows: Iterable[tuple[UUID, datetime, datetime]] = older.published_words.values_list("words", "first_at", "since")
    return {words: (first_at, since) for words, first_at, since in rows}
