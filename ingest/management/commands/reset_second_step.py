"""Let somebody in again who has lost the phone that their codes came from, where nobody at the desk can."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.desk.auth import reset_second_step


class Command(BaseCommand):
    help = (
        "Nullstiller totrinnsinnloggingen til en bruker som har mistet telefonen. Alt brukeren har åpent, avsluttes, "
        "og en stengt innlogging åpnes. Passordet er som før."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="BRUKERNAVN")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Ingen bruker heter {username}.")
        had_one = reset_second_step(user, by=None)
        self.stdout.write(
            f"{username} logger inn med passordet, og setter opp totrinnsinnlogging på nytt om rollen krever det."
            if had_one
            else f"{username} hadde ikke satt opp totrinnsinnlogging. Alt som var åpent, er avsluttet."
        )
