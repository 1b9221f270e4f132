"""What must be decided before the site is taken into use, beside what Django itself checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

NOT_CHOSEN = "DATABASE_URL er ikke satt, så den innebygde databasen brukes uten at noen har bedt om den."
CHOOSE = "Sett DATABASE_URL til databasen, eller til «embedded» for den innebygde. Er miljøet lastet?"


@register(Tags.security, deploy=True)
def database_is_chosen(**_options: Any) -> list[Error]:
    """Refuse the embedded database where nobody asked for it: a command without the environment would set it up."""
    return [] if settings.DATABASE_URL else [Error(NOT_CHOSEN, hint=CHOOSE, id="archive.E001")]


@register(Tags.security, deploy=True)
def second_step_is_required(**_options: Any) -> list[CheckMessage]:
    """Warn where a site on the net lets editors in by a password alone."""
    if settings.SECOND_STEP_REQUIRED or not settings.SECURE:
        return []
    return [
        Warning(
            "SECOND_STEP_REQUIRED er slått av.", hint="Redaktører logger inn med passordet alene.", id="archive.W001"
        )
    ]
