"""The same programme in another file: how it is known for that, and how it is kept to be compared.

Such a file is a confirmed upload that keeps its parse. The programme stays the text of its own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTextTransform

from ingest.models import Upload
from programmes.models import Passage, Programme

SAMPLE = 40
"""Entries of a file that are looked for in other programmes: long ones, which no two programmes have by chance."""
FEWEST = 5
"""Entries that must be found, however short the programme is."""
ALIKE = 0.5
"""Share of them that another programme has from which the two may be the same. Of the 40 of a real programme as PDF the
same one as text has all, and the party's other texts have none."""
LONG_ENOUGH = 40
"""Characters of an entry that is looked for."""


def other_files(programme: Programme) -> QuerySet[Upload]:
    """Return the files that a programme is compared with: with `parsed_by`, the version of the parser."""
    kept = Upload.objects.filter(programme=programme, state=Upload.State.CONFIRMED).exclude(document=None)
    return kept.annotate(parsed_by=KeyTextTransform("parser", "document")).defer("document").order_by("uploaded_at")


def programme_compared_with(sha256: str) -> Programme | None:
    """Return the programme that the file with a hash is another file of, if there is one."""
    kept = Upload.objects.filter(sha256=sha256, state=Upload.State.CONFIRMED, programme__isnull=False)
    other = kept.exclude(document=None).select_related("programme__branch__party").defer("document").first()
    return other.programme if other else None


@transaction.atomic
def let_go(programme: Programme) -> None:
    """Let the other files of a programme that is deleted wait to be confirmed, as they did before."""
    kept = Upload.objects.filter(programme=programme, state=Upload.State.CONFIRMED).exclude(document=None)
    kept.update(state=Upload.State.READY, programme=None)


def alike_in_contents(document: dict[str, Any]) -> list[Programme]:
    """Return the programmes, drafts too, that have at least half of a sample of what a file says, the likest first.

    `document` is its parse, as uploads keep it. Where it names a party, only that party's programmes are looked at.
    """
    sample = _sample([str(entry.get("text", "")) for _kind, entry in document.get("entries", ())])
    if len(sample) < FEWEST:
        return []
    passages = Passage.objects.filter(text__in=sample)
    if party := document.get("meta", {}).get("party"):
        passages = passages.filter(programme__branch__party__code=party)
    found = passages.order_by().values_list("programme").annotate(count=Count("text", distinct=True))
    counts = {pk: count for pk, count in found if count >= max(FEWEST, ALIKE * len(sample))}
    programmes = Programme.objects.filter(pk__in=counts).select_related("branch__party").defer("parse_report")
    return sorted(programmes, key=lambda programme: (-counts[programme.pk], programme.pk))


def _sample(texts: Sequence[str]) -> list[str]:
    """Return long texts from all over a file."""
    long = list(dict.fromkeys(text for text in texts if len(text) >= LONG_ENOUGH))
    step = max(len(long) / SAMPLE, 1)
    return [long[int(n * step)] for n in range(min(SAMPLE, len(long)))]
