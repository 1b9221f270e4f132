"""Answering what is in doubt: kept with who and when, undone with what it changed, and lost for nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ingest.desk import correct as editing
from ingest.desk import log
from ingest.desk.doubts.question import ACCEPT, Answer, change_of, place_in
from ingest.desk.doubts.queue import Asked, queue_of
from ingest.desk.doubts.repairs import Pair, without, word_pairs
from ingest.models import Correction, DoubtAnswer
from ingest.parser.document import Entry, ParsedProgramme
from ingest.parser.edits.anchors import Anchor
from ingest.parser.errors import IngestError
from programmes.models import Programme


class QuestionGone(IngestError):
    """The words in doubt have changed since the page was opened."""

    message = "Dette spørsmålet finnes ikke lenger: teksten er lest på nytt. Svaret er ikke lagret."


class AnsweredAlready(IngestError):
    """Somebody else has answered the question since the page was opened; theirs is given along."""

    message = "Noen andre har svart på dette spørsmålet i mellomtiden. Svaret ditt er ikke lagret."

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked


class NoSuchAnswer(IngestError):
    """The question has no such answer."""

    message = "Dette kan ikke svares på spørsmålet. Last siden på nytt."


class AnswerUndone(IngestError):
    """Somebody has undone the answer already."""

    message = "Dette svaret er allerede angret."


@transaction.atomic
def answer_question(
    programme: Programme,
    *,
    user: User,
    key: str,
    answer: str,
    revision: int,
    with_alike: bool = False,
    theme: str = "",
    not_these: Collection[Pair] = (),
) -> DoubtAnswer:
    """Answer a question, and those that look the same if wanted: that it is right, or by one of its other answers.

    `revision` is the programme's when the person opened the page. `theme` is what `theme` sets; `not_these` are
    repaired words that go back to the source's wording while the others of the question are accepted.

    Raises `QuestionGone`, `AnsweredAlready`, `NoSuchAnswer`, `Conflict`, `DoesNotFit` or `NoRawParse`; then nothing
    has changed.
    """
    present = editing.locked(programme)
    queue = queue_of(present)
    asked = queue.get(key)
    if asked is None:
        raise QuestionGone
    if not asked.is_open:
        raise AnsweredAlready(asked)
    chosen = next((each for each in asked.question.answers if each.slug == answer), None)
    if chosen is None and answer != ACCEPT:
        raise NoSuchAnswer
    every = [asked, *(queue.alike(asked) if with_alike else [])]
    first: DoubtAnswer | None = None
    for each in every:
        row = DoubtAnswer.objects.create(
            programme=present,
            kind=each.question.kind,
            place=each.question.place,
            answer=answer,
            given_with=first,
            made_by=user,
        )
        first = first or row
    assert first is not None  # noqa: S101 - `every` has one at least
    parsed = editing.present_parse(present).parsed
    editing.refuse_what_changed(present, revision, _places(parsed, every))
    wishes = _wishes(parsed, every, chosen, theme) if chosen else []
    if asked.question.word_changes:
        wishes = _repairs(parsed, asked, set(not_these) if chosen is None else None)
    if wishes:
        editing.correct_all(present, user=user, wishes=wishes, revision=present.revision, answer=first)
    log.record(
        user=user,
        action="programme.doubt_answered",
        programme=present,
        subject=str(first),
        details={"answer": first.pk, "kind": first.kind, "said": answer, "questions": len(every)},
    )
    return first


@transaction.atomic
def undo_answer(answer: DoubtAnswer, user: User) -> int:
    """Undo an answer, those given at once and the corrections that it made; return how many questions are open again.

    Raises `AnswerUndone`.
    """
    programme = editing.locked(answer.programme)
    first_pk = answer.given_with_id or answer.pk
    together = DoubtAnswer.objects.filter(programme=programme, undone_at=None)
    rows = [row for row in together if first_pk in (row.pk, row.given_with_id)]
    if not rows:
        raise AnswerUndone
    DoubtAnswer.objects.filter(pk__in=[row.pk for row in rows]).update(undone_by=user, undone_at=timezone.now())
    standing = Correction.objects.filter(doubt_answer=first_pk, undone_at=None).select_related("programme")
    if corrections := list(standing.order_by("pk")):
        editing.undo_all(corrections, user)
    log.record(
        user=user,
        action="programme.answer_undone",
        programme=programme,
        subject=str(rows[0]),
        details={"answer": first_pk, "kind": rows[0].kind, "questions": len(rows)},
    )
    return len(rows)


def _places(parsed: ParsedProgramme, every: Sequence[Asked]) -> list[Anchor]:
    """Return the present places of all that some questions are about."""
    found = (place_in(parsed, part_id) for each in every for part_id in each.question.of)
    return [place for place in found if place is not None]


def _wishes(parsed: ParsedProgramme, every: Sequence[Asked], chosen: Answer, theme: str) -> list[editing.Wish]:
    """Return the changes that an answer makes: of all parts of the sort that a question begins with."""
    wishes = []
    for each in every:
        headings = {section.id for section in parsed.sections}
        is_heading = each.question.of[0] in headings
        for part_id in each.question.of:
            place = place_in(parsed, part_id)
            if place is not None and (part_id in headings) == is_heading:
                change = {"main": theme, "also": []} if chosen.slug == "theme" else change_of(chosen, parsed, part_id)
                wishes.append(editing.Wish(chosen.kind, dict(place), change))
    return wishes


def _repairs(parsed: ParsedProgramme, asked: Asked, not_these: set[Pair] | None) -> list[editing.Wish]:
    """Return the changes that take repaired words back: some, or all of the question's where None is given."""
    changes = {(change.source, change.repaired) for change in asked.question.word_changes}
    back = changes if not_these is None else changes & not_these
    entries = {entry.id: entry for entry in parsed.entries}
    wishes = []
    for part_id in asked.question.of:
        entry = entries.get(part_id)
        if entry is not None and entry.repaired and back.intersection(word_pairs(entry.text, entry.repaired)):
            wishes.append(_taken_back(parsed, entry, back))
    return wishes


def _taken_back(parsed: ParsedProgramme, entry: Entry, back: set[Pair]) -> editing.Wish:
    place = place_in(parsed, entry.id)
    assert place is not None and entry.repaired is not None  # noqa: S101 - it is one of the parse's own
    return editing.Wish(Correction.Kind.REPAIR, dict(place), {"repaired": without(entry.text, entry.repaired, back)})
