"""Import programme files: those that a manifest lists, those in a folder, or a single one."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ingest.intake.branch_question import BranchQuestion
from ingest.intake.details import CHOICES
from ingest.intake.importing import Outcome, Result, import_entry
from ingest.intake.manifest import BadEntry, ManifestEntry, entry_from_table, read_manifest
from ingest.parser.errors import IngestError

FILE_OPTIONS = ("title", "party", "branch", "level", "area", "kind", "language", "status", "source_url")


class Command(BaseCommand):
    help = "Importerer programmer fra et manifest (TOML), en mappe med manifest.toml, eller en enkelt fil."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="manifest, mappe eller programfil")
        parser.add_argument("--dry-run", action="store_true", help="les og tolk, men lagre ingenting")
        parser.add_argument("--again", action="store_true", help="les filer på nytt som arkivet har fra før")
        parser.add_argument("--draft", action="store_true", help="legg inn som kladd; publiser siden")
        parser.add_argument(
            "--new-branches",
            action="store_true",
            help="opprett også lag med samme navn som et annet lag, uten å spørre om hvert av dem",
        )
        single = parser.add_argument_group("for en enkelt fil")
        single.add_argument("--title")
        single.add_argument("--party", help="partikode, for eksempel A")
        single.add_argument("--branch", help="lagets navn, for eksempel «Hamar Arbeiderparti»")
        single.add_argument("--level", choices=CHOICES["level"])
        single.add_argument("--area", help="kommune- eller fylkesnummer")
        single.add_argument("--period", nargs=2, type=int, metavar=("FRA", "TIL"))
        single.add_argument("--kind", choices=CHOICES["kind"])
        single.add_argument("--language", choices=CHOICES["language"])
        single.add_argument("--status", choices=CHOICES["status"])
        single.add_argument("--source-url")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        entries = self._entries(path, options)
        failed: list[str] = []
        totals = dict.fromkeys(Result, 0)
        items = 0
        with tqdm(entries, unit="program", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            for entry in bar:
                try:
                    if isinstance(entry, BadEntry):
                        raise entry
                    bar.set_description(entry.path.name)
                    outcome = import_entry(
                        entry,
                        again=options["again"],
                        dry_run=options["dry_run"],
                        published=not options["draft"],
                        ask=partial(self._make_branch, bar=bar, every=options["new_branches"]),
                    )
                except IngestError as error:
                    failed.append(str(error) if isinstance(entry, BadEntry) else f"{entry.path.name}: {error}")
                    bar.clear()
                    self.stderr.write(f"✗ {failed[-1]}")
                    continue
                totals[outcome.result] += 1
                items += len(outcome.parsed.items) if outcome.parsed else 0
                bar.clear()
                self.stdout.write(line_for(outcome))
        summary = ", ".join(f"{count} {result}" for result, count in totals.items() if count)
        self.stdout.write(
            f"{len(entries)} programmer: {summary or 'ingen importert'}, {len(failed)} feil. {items} punkter lest."
        )
        if failed:
            raise CommandError(f"{len(failed)} av {len(entries)} programmer kunne ikke importeres; se over.")

    def _make_branch(self, question: BranchQuestion, *, bar: tqdm[Any], every: bool) -> bool:
        """Return whether a branch is to be made: told by the manifest or the command line, else asked.

        A name that tells another party is asked about always.
        """
        if question.is_plain or (every and question.other_party is None):
            bar.clear()
            self.stdout.write(f"Nytt lag: {question.name} ({question.party})")
            return True
        if not sys.stdin.isatty():
            return False
        bar.clear()
        self.stderr.write(str(question))
        return input(f"Opprett laget «{question.name}» for {question.party}? [j/N] ").strip().lower() in ("j", "ja")

    def _entries(self, path: Path, options: dict[str, Any]) -> list[ManifestEntry | BadEntry]:
        """Return what the path on the command line asks for."""
        manifest = path / "manifest.toml" if path.is_dir() else path
        if manifest.suffix == ".toml":
            try:
                return read_manifest(manifest)
            except IngestError as error:
                raise CommandError(str(error)) from error
        if not path.is_file():
            raise CommandError(f"{path} er verken et manifest (.toml), en mappe eller en fil.")
        table = {name: options[name] for name in FILE_OPTIONS if options[name] is not None}
        try:
            return [entry_from_table({**table, "file": path.name, "period": options["period"]}, folder=path.parent)]
        except BadEntry as error:
            raise CommandError(f"{path.name}: {error} Gi det som manglet som valg på kommandolinjen.") from error


def line_for(outcome: Outcome) -> str:
    """Return the one line that tells what became of a programme."""
    details = outcome.entry.details
    name = f"{outcome.entry.branch}: {details.title} {details.period_start}–{details.period_end}"
    if outcome.parsed is None:
        return f"= {name} ({outcome.result})"
    sections = sum(1 for section in outcome.parsed.sections if section.title)
    return (
        f"✓ {name} ({outcome.result}): {sections} kapitler, {len(outcome.parsed.items)} punkter, "
        f"{len(outcome.parsed.problems)} merknader"
    )
