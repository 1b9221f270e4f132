"""End every alert of an address whose owner asks us to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from programmes.site.following.alerts import forget_address


class Command(BaseCommand):
    help = "Avslutter alle varsler til en e-postadresse og sletter den. Adressen leses fra standard inn."

    def handle(self, *args: Any, **options: Any) -> None:
        address = input("E-postadresse: ")  # on the command line, it would stand in the shell's history
        self.stdout.write(f"{forget_address(address)} varsler er slettet.")
