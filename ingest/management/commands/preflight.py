"""`preflight`: say what an installation lacks before it is taken into use."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.readiness import findings_before_use


class Command(BaseCommand):
    help = "Sier hva som mangler: innstillinger, database, registre, søkeindeks, arbeider, disk og originaler."
    requires_system_checks = ()  # they are among what is said

    def handle(self, *args: Any, **options: Any) -> None:
        missing = 0
        for finding in findings_before_use():
            self.stdout.write(f"{'ok    ' if finding.is_ready else 'MANGLER'} {finding.name}: {finding.figure}")
            if not finding.is_ready:
                missing += 1
                self.stdout.write(f"        {finding.remedy}")
        if missing:
            raise CommandError(f"{missing} ting mangler.")
        self.stdout.write("Alt er på plass.")
