"""A small archive of invented branches in which everything happens that an upgrade must bring along."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User

from ingest.desk.correct import correct, corrected_parse
from ingest.desk.facts import change_facts
from ingest.desk.transitions import BY_SLUG, carry_out
from ingest.intake.facts import facts_of
from ingest.intake.importing import import_entry
from ingest.intake.manifest import BadEntry, read_manifest
from ingest.intake.uploads import receive
from ingest.models import Membership, Role
from ingest.parser.edits import anchor_at
from programmes.models import Programme

SAMPLES = settings.BASE_DIR / "fixtures" / "programmes"
WITHDRAWN = "granvoll-grenda-forst-2023-2027.txt"
MOVED = "elvebyen-ny-dag-2023-2027.html"
CORRECTED = "nordvika-folkets-by-2023-2027.md"
TAKEN = (WITHDRAWN, MOVED, CORRECTED, "storfjell-fjordparti-2019-2023.txt")
WAITING = "gamlevik-bygdelista-2015-2019.txt"
ADDED = " Ordet oppgradering står bare her."
"""What an editor added to the first pledge of the corrected programme."""


def make_example() -> None:
    """Fill an empty archive, with its registers loaded: published, corrected, moved, withdrawn, waiting to be read."""
    editor = User.objects.create_user("redaktor")
    Membership.objects.create(user=editor, role=Role.EDITOR)
    for entry in read_manifest(SAMPLES / "manifest.toml"):
        if isinstance(entry, BadEntry):
            raise entry
        if entry.path.name in TAKEN:
            import_entry(entry)
    _correct(Programme.objects.get(filename=CORRECTED), editor)
    moved = Programme.objects.get(filename=MOVED)
    facts = facts_of(moved)
    change_facts(moved, user=editor, was=facts, wanted={**facts, "period_start": 2024, "period_end": 2028})
    withdrawn = Programme.objects.get(filename=WITHDRAWN)
    carry_out(BY_SLUG["trekk-tilbake"], withdrawn, user=editor, reason="Et eksempel.")
    receive((SAMPLES / WAITING).read_bytes(), filename=WAITING, user=editor)


def _correct(programme: Programme, editor: User) -> None:
    """Add some words to the first pledge of a programme."""
    entries = corrected_parse(programme).parsed.entries
    pledge = programme.passages.pledges().order_by("position").first()
    index = next(number for number, entry in enumerate(entries) if entry.text == getattr(pledge, "text", ""))
    correct(
        programme,
        user=editor,
        kind="text",
        place=anchor_at(entries, index),
        change={"text": entries[index].text + ADDED},
        revision=programme.revision,
    )
