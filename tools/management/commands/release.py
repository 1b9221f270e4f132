"""Release the version that pyproject.toml names: `make release`."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tools.release import parts
from tools.release.kept import CHECKOUT, MIGRATIONS, RELEASES, broken_promises, migration_sums, version


class Command(BaseCommand):
    help = "Gir ut versjonen i pyproject.toml: merke i git, arkiv av kilden, innholdsliste (SBOM) og SHA-256."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=CHECKOUT / "dist", help="der filene legges")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        number = version()
        tag, name = f"v{number}", f"programarkivet-{number}"
        try:
            notes = self._ready(number, tag)
        except parts.NotReleasable as reason:
            raise CommandError(str(reason)) from reason
        if not parts.is_tested():
            self.stdout.write("Ingen har notert at prøvene er bestått for denne utgaven av koden; kjører dem.")
            self.stdout.flush()
            if subprocess.run(["make", "test"], cwd=CHECKOUT, check=False).returncode:  # noqa: S607
                raise CommandError("Prøvene er ikke bestått. Ingenting er gitt ut.")
            parts.note_that_tests_passed()
        folder.mkdir(parents=True, exist_ok=True)
        made = [parts.write_sources(folder, name), parts.write_bill_of_materials(folder, name)]
        made.append(parts.write_sums(folder, made))
        parts.git("tag", "--annotate", tag, "--cleanup=verbatim", "--message", f"{name}\n\n{notes}\n")
        for path in made:
            self.stdout.write(f"{path.stat().st_size / 1000:8.0f} kB  {path}")
        self.stdout.write(f"Merket {tag}. Send det ut: git push origin {tag} refs/notes/{parts.TESTED}")

    @staticmethod
    def _ready(number: str, tag: str) -> str:
        """Return what the change log says of a version. Raises `NotReleasable` where something is not in order."""
        if parts.git("status", "--porcelain"):
            raise parts.NotReleasable("Det er endringer som ikke er lagret i git.")
        if parts.git("tag", "--list", tag):
            raise parts.NotReleasable(f"{tag} er gitt ut. Sett et nytt nummer i pyproject.toml og CHANGELOG.md.")
        notes = parts.notes_of(number)
        for release in sorted(RELEASES.iterdir()):
            if broken := broken_promises(release):
                said = ", ".join(line.split()[-1] for line in broken)
                raise parts.NotReleasable(f"Migrasjoner fra {release.name} er endret eller borte: {said}.")
        kept = RELEASES / number / MIGRATIONS
        if not kept.is_file() or kept.read_text().splitlines() != list(migration_sums()):
            raise parts.NotReleasable(
                f"fixtures/releases/{number} mangler noe. Kjør: manage.py keep_release --settings tools.settings"
            )
        return notes
