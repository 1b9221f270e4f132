"""The queue of a programme: what is in doubt, what has been answered, and what is asked next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import User

from ingest.desk import correct as editing
from ingest.desk.doubts.kinds import KINDS, DoubtKind, questions_of
from ingest.desk.doubts.question import Question, Reviewed
from ingest.models import Correction, DoubtAnswer
from programmes.identity import match_by_keys
from programmes.models import Programme

Told = tuple[str, str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what became of it."""

    question: Question
    kind: DoubtKind
    answer: DoubtAnswer | None = None
    """What was answered, where it stands."""
    correction: Correction | None = None
    """The latest of the corrections that settle it: all that it is about was corrected, or is gone."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered or corrected it."""
        return self.answer is None and self.correction is None

    @property
    def by(self) -> User | None:
        """Return who settled it."""
        settled = self.answer or self.correction
        return settled.made_by if settled else None

    @property
    def at(self) -> datetime | None:
        """Return when it was settled."""
        settled = self.answer or self.correction
        return settled.made_at if settled else None


@dataclass(frozen=True)
class Queue:
    """All that is in doubt about a programme, in the order in which it is asked."""

    asked: Sequence[Asked]

    @cached_property
    def _by_key(self) -> dict[str, Asked]:
        return {each.question.key: each for each in self.asked}

    def get(self, key: str) -> Asked | None:
        """Return a question by its key."""
        return self._by_key.get(key)

    def of_kind(self, slug: str) -> list[Asked]:
        """Return the questions that a filter shows; an empty one shows all."""
        return [each for each in self.asked if slug in ("", each.kind.slug)]

    def alike(self, asked: Asked) -> list[Asked]:
        """Return the other open questions that look the same: an answer is offered for them too."""
        one = asked.question
        return [
            each
            for each in self.asked
            if each is not asked
            and each.is_open
            and (each.question.kind, each.question.looks) == (one.kind, one.looks)
            and not one.word_changes  # each kind of repair is looked through by itself
            and one.of
        ]

    def after(self, key: str, slug: str = "") -> Asked | None:
        """Return the next open question of a filter after one, from the beginning where none follows; else None."""
        shown = self.of_kind(slug)
        at = next((index for index, each in enumerate(shown) if each.question.key == key), -1)
        return next((each for each in (*shown[at + 1 :], *shown[: at + 1]) if each.is_open), None)

    @property
    def reviewed(self) -> int:
        """Return how many of the questions are answered or corrected."""
        return sum(not each.is_open for each in self.asked)

    def counts(self) -> list[tuple[DoubtKind, int, int]]:
        """Return each kind that there is with how many of its questions are open, and how many there are."""
        counted = [(kind, self.of_kind(kind.slug)) for kind in KINDS]
        return [(kind, sum(each.is_open for each in asked), len(asked)) for kind, asked in counted if asked]


def queue_of(programme: Programme) -> Queue:
    """Return what is in doubt about a programme, with its answers. Raises `NoRawParse`."""
    raw = editing.raw_parse(programme)
    found = list(questions_of(Reviewed(programme, raw)))
    standing = _standing_answers(programme)
    matched = match_by_keys(
        [(answer.kind, answer.place) for answer in standing],
        [(question.kind, question.place) for _kind, question in found],
        lambda told: _told(told)[:4],  # the same words at the same place
        lambda told: (*_told(told)[:2], *_told(told)[4:]),  # … between the same words
        lambda told: _told(told)[:2],
    )
    corrected = _corrected(programme)
    asked = []
    for (kind, question), at in zip(found, matched, strict=True):
        answer = standing[at] if at is not None else None
        asked.append(Asked(question, kind, answer, None if answer else _settled(question, corrected)))
    return Queue(asked)


def _told(told: tuple[str, dict[str, object]]) -> Told:
    kind, place = told
    return (
        kind,
        str(place["quote"]),
        int(str(place["page"])),
        int(str(place["line"])),
        str(place["before"]),
        str(place["after"]),
    )


def _standing_answers(programme: Programme) -> list[DoubtAnswer]:
    """Return the answers that hold: not undone, and with a correction that stands if they made any."""
    answers = programme.doubt_answers.filter(undone_at=None).select_related("made_by").order_by("pk")
    made = Correction.objects.filter(programme=programme, doubt_answer__isnull=False)
    stand: dict[int, bool] = {}
    for pk, undone_at in made.values_list("doubt_answer", "undone_at"):
        stand[pk] = stand.get(pk, False) or undone_at is None
    return [answer for answer in answers if stand.get(answer.given_with_id or answer.pk, True)]


def _corrected(programme: Programme) -> dict[str, Correction | None]:
    """Return the latest correction of each entry and heading of the raw parse that has one or is gone.

    What is gone was taken out, merged or made something else by a correction of another part.
    """
    applied = editing.present_parse(programme)
    raw = editing.raw_parse(programme)
    live = {each.pk: each for each in programme.corrections.filter(undone_at=None).select_related("made_by")}
    latest = {
        part_id: next((live[pk] for pk in reversed(pks) if pk in live), None)
        for part_id, pks in applied.touched.items()
    }
    here = {part.id for part in (*applied.parsed.entries, *applied.parsed.sections)}
    gone = [part.id for part in (*raw.entries, *raw.sections) if part.id not in here]
    last = max(live.values(), key=lambda each: each.pk, default=None)
    return {part_id: latest.get(part_id) or last for part_id in (*gone, *(one for one, by in latest.items() if by))}


def _settled(question: Question, corrected: dict[str, Correction | None]) -> Correction | None:
    """Return the latest correction of what a question is about, if all of it was corrected."""
    if not question.of or any(part_id not in corrected for part_id in question.of):
        return None
    made = [correction for part_id in question.of if (correction := corrected[part_id])]
    return max(made, key=lambda each: each.pk, default=None)
