"""A programme's way to the public and back: what each transition is called, where it begins, and who may do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ingest.desk.log import record
from ingest.desk.permissions import Action, AnyUser, may
from ingest.desk.read_again import enqueue_parse_again
from ingest.intake.other_files import let_go
from programmes import publishing
from programmes.models import Programme

State = Programme.Publication


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of a programme's publication: its part of the address, what it needs, and its words."""

    slug: str
    action: Action
    begins_at: frozenset[str]
    label: Promise
    done: Promise
    logged_as: str
    change: Callable[[Programme, User, str], object]
    question: Promise | None = None
    """Asked on a page of its own before the transition is carried out; without one, a button does it at once."""
    needs_reason: bool = False
    for_many: bool = True

    def open_to(self, user: AnyUser, programme: Programme) -> bool:
        """Return whether a user may carry out the transition for a programme as it is now."""
        return programme.publication in self.begins_at and may(user, self.action, programme)


TRANSITIONS = (
    Transition(
        "til-gjennomsyn",
        Action.SEND_TO_REVIEW,
        frozenset({State.DRAFT}),
        _("Send til gjennomsyn"),
        _("sendt til gjennomsyn"),
        "programme.review",
        lambda programme, user, reason: publishing.send_to_review(programme),
    ),
    Transition(
        "publiser",
        Action.PUBLISH,
        frozenset({State.DRAFT, State.REVIEW, State.WITHDRAWN}),
        _("Publiser"),
        _("publisert"),
        "programme.published",
        lambda programme, user, reason: publishing.publish(programme),
    ),
    Transition(
        "til-kladd",
        Action.BACK_TO_DRAFT,
        frozenset({State.REVIEW}),
        _("Send tilbake til kladd"),
        _("sendt tilbake til kladd"),
        "programme.draft",
        lambda programme, user, reason: publishing.back_to_draft(programme),
    ),
    Transition(
        "trekk-tilbake",
        Action.WITHDRAW,
        frozenset({State.PUBLISHED}),
        _("Trekk tilbake"),
        _("trukket tilbake"),
        "programme.withdrawn",
        lambda programme, user, reason: publishing.withdraw(programme, reason=reason),
        question=_("Programmet blir borte fra sidene og søket. Adressene forteller leserne grunnen du skriver her."),
        needs_reason=True,
    ),
    Transition(
        "les-igjen",
        Action.PARSE_AGAIN,
        frozenset(State.values),
        _("Les på nytt"),
        _("satt i kø for ny lesing"),
        "programme.parse_again",
        lambda programme, user, reason: enqueue_parse_again(programme, user=user),
    ),
    Transition(
        "slett",
        Action.DELETE_DRAFT,
        frozenset({State.DRAFT, State.REVIEW}),
        _("Slett kladden"),
        _("slettet"),
        "programme.deleted",
        lambda programme, user, reason: _delete_draft(programme),
        question=_("Kladden og rettelsene i den blir borte. Originalfilen tas vare på."),
        for_many=False,
    ),
)
BY_SLUG = {transition.slug: transition for transition in TRANSITIONS}


def _delete_draft(programme: Programme) -> None:
    """Delete a draft; a file that it was compared with waits to be confirmed again."""
    let_go(programme)
    publishing.delete_draft(programme)


@transaction.atomic
def carry_out(transition: Transition, programme: Programme, *, user: User, reason: str = "") -> None:
    """Carry out a transition and note it in the log: both, or neither. Raises `publishing.WrongState`.

    Of two who do it at once the second waits here, and is told.
    """
    publishing.lock(programme, begins_at=transition.begins_at)
    subject = str(programme)
    transition.change(programme, user, reason)
    record(
        user=user,
        action=transition.logged_as,
        programme=programme if programme.pk else None,
        subject=subject,
        details={"reason": reason} if reason else None,
    )
