"""The audit log: who did what to what, and when. The database itself refuses to change or remove its lines."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from ingest.models import LogEntry
from programmes.models import Programme

ACTIONS = {
    "login": _("logget inn"),
    "password.changed": _("byttet passord"),
    "password.asked": _("fikk lenke til nytt passord på e-post"),
    "password.reset": _("valgte nytt passord med lenken fra e-post"),
    "second_step.set_up": _("satte opp totrinnsinnlogging"),
    "second_step.codes": _("laget nye gjenopprettingskoder"),
    "second_step.off": _("slo av totrinnsinnlogging"),
    "user.second_step_reset": _("nullstilte totrinnsinnloggingen for"),
    "user.created": _("la inn bruker"),
    "user.changed": _("endret bruker"),
    "user.password": _("ga engangspassord"),
    "upload.received": _("lastet opp"),
    "upload.confirmed": _("la inn program"),
    "upload.other_file": _("la til en annen fil av"),
    "upload.cancelled": _("avbrøt opplasting"),
    "upload.retried": _("leste opplasting på nytt"),
    "programme.review": _("sendte til gjennomsyn"),
    "programme.draft": _("sendte tilbake til kladd"),
    "programme.published": _("publiserte"),
    "programme.withdrawn": _("trakk tilbake"),
    "programme.corrected": _("rettet"),
    "programme.correction_undone": _("angret rettelse i"),
    "programme.doubt_answered": _("svarte på tvil i"),
    "programme.answer_undone": _("angret svar på tvil i"),
    "programme.deleted": _("slettet kladd"),
    "programme.parse_again": _("ba om ny lesing"),
    "programme.parsed_again": _("ble lest på nytt"),
    "programme.parse_failed": _("kunne ikke leses på nytt"),
    "admin.added": _("la til i administrasjonen"),
    "admin.changed": _("endret i administrasjonen"),
    "admin.deleted": _("slettet i administrasjonen"),
}
"""What the log page calls each action; one that isn't here is shown by its own name."""


def record(
    *, user: Any, action: str, programme: Programme | None = None, subject: str, details: dict[str, Any] | None = None
) -> LogEntry:
    """Write one line of the log, in the transaction of what it notes: both stand, or neither.

    `user` is who did it, `None` for the machine; `subject` says in words what it was done to.
    """
    return LogEntry.objects.create(
        user=user if isinstance(user, User) else None,
        action=action,
        programme=programme,
        subject=subject[:300],
        details=details or {},
    )


def label_of(action: str) -> str:
    """Return what an action is called in the log."""
    return str(ACTIONS.get(action, action))
