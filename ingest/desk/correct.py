"""Correcting a stored programme: one change, one transaction, and no work lost without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ingest.desk import log
from ingest.intake.facts import facts_without, put_facts
from ingest.intake.store import live_edits, store_applied
from ingest.models import Correction, DoubtAnswer, StoredParse
from ingest.parser.as_json import from_wire
from ingest.parser.document import ParsedProgramme
from ingest.parser.edits import Applied, Edit, apply
from ingest.parser.edits.anchors import Anchor, same_place
from ingest.parser.errors import IngestError
from programmes.models import PassageTheme, Programme, Theme
from programmes.publishing import refresh

KEPT = 8
"""Programmes whose parse a process keeps in memory, some 10 MB each at most."""
_present: dict[int, tuple[int, Applied]] = {}
"""The revision and the parse with corrections of the programmes that were corrected last."""


class Conflict(IngestError):
    """Somebody else has changed the same place since the form was opened; their correction is given along."""

    message = "Noen andre har endret det samme stedet i mellomtiden. Endringen din er ikke lagret."

    def __init__(self, correction: Correction) -> None:
        super().__init__()
        self.correction = correction

    @property
    def was_undone(self) -> bool:
        """Whether what the other person did was to undo the correction."""
        return self.correction.undone_at is not None


class DoesNotFit(IngestError):
    """The change makes no sense at its place; the message says why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that a person wants at a place."""

    kind: str
    place: dict[str, Any]
    change: dict[str, Any]

    @property
    def places(self) -> list[Anchor]:
        """Return the places that it reaches."""
        return [self.place, *_places_in(self.change)]


class NoRawParse(IngestError):
    """The programme was stored before raw parses were kept."""

    message = "Programmet må leses på nytt før det kan rettes."


class AlreadyUndone(IngestError):
    """Somebody else has undone the correction already."""

    message = "Denne rettelsen er allerede angret."


def raw_parse(programme: Programme) -> ParsedProgramme:
    """Return what the parser made of a programme, before any correction. Raises `NoRawParse`."""
    stored = StoredParse.objects.filter(programme=programme).values_list("pk", "parsed_at").first()
    if stored is None:
        raise NoRawParse
    return _raw(*stored)


@lru_cache(maxsize=KEPT)
def _raw(pk: int, _parsed_at: datetime) -> ParsedProgramme:
    """Return a stored parse; it is another one when it was parsed at another time."""
    return from_wire(StoredParse.objects.values_list("document", flat=True).get(pk=pk))


def corrected_parse(programme: Programme) -> Applied:
    """Return a programme's parse with its corrections; its entries are the programme's passages in order of position.

    Raises `NoRawParse`.
    """
    return apply(raw_parse(programme), live_edits(programme))


def present_parse(programme: Programme) -> Applied:
    """Return the same, kept from one request to the next until the revision changes. Raises `NoRawParse`."""
    known = _present.get(programme.pk)
    if known is None or known[0] != programme.revision:
        known = programme.revision, corrected_parse(programme)
        _keep(programme.pk, *known)
    return known[1]


def _keep(pk: int, revision: int, applied: Applied) -> None:
    _present[pk] = revision, applied
    for oldest in list(_present)[:-KEPT]:
        _present.pop(oldest, None)


def correct(
    programme: Programme, *, user: User, kind: str, place: dict[str, Any], change: dict[str, Any], revision: int
) -> Correction:
    """Change one place of a programme, as `ingest.parser.edits` knows how; search follows where it is published.

    `revision` is the programme's when the person opened the form. Raises `Conflict` if somebody else changed the same
    place since, `DoesNotFit` or `NoRawParse`; then nothing has changed.
    """
    return correct_all(programme, user=user, wishes=[Wish(kind, place, change)], revision=revision)[0]


@transaction.atomic
def correct_all(
    programme: Programme, *, user: User, wishes: Sequence[Wish], revision: int, answer: DoubtAnswer | None = None
) -> list[Correction]:
    """Change several places of a programme in their order, all or none; raises as `correct` does.

    Several are told by their answer to a doubt: a wish for what is so already is left out then.
    """
    present = locked(programme)
    refuse_what_changed(present, revision, [place for wish in wishes for place in wish.places])
    for wish in wishes:
        if wish.kind == Correction.Kind.THEMES and (unknown := _unknown_themes(wish.change)):
            raise DoesNotFit(f"Temaet «{unknown}» finnes ikke.")
    before = present_parse(present)
    made = [
        Correction.objects.create(
            programme=present,
            kind=wish.kind,
            place=wish.place,
            change=wish.change,
            made_by=user,
            revision=present.revision + 1,
            doubt_answer=answer,
        )
        for wish in wishes
    ]
    applied = apply(before, [Edit(each.pk, each.kind, each.place, each.change) for each in made])
    for each in [each for each in made if each.pk in applied.unfit]:
        if answer is None or each.pk not in applied.settled:
            raise DoesNotFit(applied.reasons[each.pk])
        made.remove(each)
        each.delete()
    if not made:
        return []
    _store(present, applied)
    for correction in made:
        log.record(
            user=user,
            action="programme.corrected",
            programme=present,
            subject=str(correction),
            details={
                "correction": correction.pk,
                "kind": correction.kind,
                "place": correction.place,
                "change": correction.change,
            },
        )
    return made


def undo(correction: Correction, user: User) -> Applied:
    """Undo a correction: the text is what the parse and all other corrections make of it. Raises `AlreadyUndone`.

    Corrections that stood on this one may no longer fit; they are kept, and marked so in the answer's `unfit`. Raises
    `NoSuchFacts` where a programme's facts can't be without it.
    """
    return undo_all([correction], user)


@transaction.atomic
def undo_all(corrections: Sequence[Correction], user: User) -> Applied:
    """Undo corrections of one programme, but those that are undone; raises as `undo` does, `AlreadyUndone` for none."""
    programme = locked(corrections[0].programme)
    for correction in corrections:
        correction.refresh_from_db()
    standing = [correction for correction in corrections if correction.undone_at is None]
    if not standing:
        raise AlreadyUndone
    for correction in standing:
        if correction.kind == Correction.Kind.THEMES:
            _forget_themes(programme, correction)
    for correction in standing:
        correction.undone_by, correction.undone_at = user, timezone.now()
        correction.undone_revision = programme.revision + 1
        correction.save(update_fields=["undone_by", "undone_at", "undone_revision"])
    if standing[0].kind == Correction.Kind.FACTS:
        put_facts(programme, facts_without(programme, standing[0]))
        applied = present_parse(programme)
    else:
        applied = corrected_parse(programme)
        _store(programme, applied)
    for correction in standing:
        log.record(
            user=user,
            action="programme.correction_undone",
            programme=programme,
            subject=str(correction),
            details={"correction": correction.pk, "kind": correction.kind},
        )
    return applied


def locked(programme: Programme) -> Programme:
    """Return a programme as it is now, its row held until the transaction ends."""
    return Programme.objects.select_for_update(of=("self",)).select_related("branch").get(pk=programme.pk)


def _store(programme: Programme, applied: Applied) -> None:
    changed = store_applied(programme=programme, applied=applied)
    refresh(programme, changed=changed)
    transaction.on_commit(partial(_keep, programme.pk, programme.revision, applied))


def refuse_what_changed(programme: Programme, revision: int, places: list[Anchor]) -> None:
    """Raise `Conflict` if somebody changed one of some places since a revision; the programme's row is locked."""
    if theirs := _changed_since(programme, revision, places):
        raise Conflict(theirs)


def _changed_since(programme: Programme, revision: int, places: list[Anchor]) -> Correction | None:
    """Return the latest correction made or undone after a revision at one of some places."""
    if programme.revision == revision:
        return None
    later = Q(revision__gt=revision) | Q(undone_revision__gt=revision)
    since = programme.corrections.filter(later).exclude(kind=Correction.Kind.FACTS)
    for correction in since.select_related("made_by", "undone_by").order_by("-pk"):
        theirs = [correction.place, *_places_in(correction.change)]
        if any(same_place(mine, other) for mine in places for other in theirs):
            return correction
    return None


def _places_in(change: dict[str, Any]) -> list[Anchor]:
    """Return the places of entries that a change reaches beside its own; where a split cuts is an offset, no place."""
    return [place for name in ("with", "parent", "at") if isinstance(place := change.get(name), Mapping)]


def _unknown_themes(change: dict[str, Any]) -> str | None:
    """Return a theme of a change that the register lacks."""
    wanted = [change.get("main"), *change.get("also", [])]
    known = set(Theme.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    return next((str(slug) for slug in wanted if slug not in known), None)


def _forget_themes(programme: Programme, correction: Correction) -> None:
    """Remove the themes that a correction set, so that the parse's own come back."""
    applied = corrected_parse(programme)
    positions = [n for n, e in enumerate(applied.parsed.entries) if correction.pk in applied.touched.get(e.id, ())]
    PassageTheme.objects.filter(
        passage__programme=programme, passage__position__in=positions, origin=PassageTheme.Origin.EDITOR
    ).delete()
