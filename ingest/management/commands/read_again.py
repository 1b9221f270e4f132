"""Read stored programmes again with a better parser, and report what that did to each."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from tqdm import tqdm

from ingest.desk.read_again import record_failure, store_again
from ingest.intake.read_again import ProgrammeIsGone, Report, is_read_by_this_parser, parse_again, put_in_place
from ingest.parser.errors import IngestError, ParserFailure
from ingest.parser.progress import Progress
from ingest.parser.sandbox.parent import Sandbox
from ingest.parser.version import parser_version
from programmes.models import Programme, ProgrammeQuerySet
from programmes.search import index_programme

logger = logging.getLogger(__name__)

COLUMNS = (
    ("før", "passages_before"),
    ("nå", "passages_after"),
    ("samme ord", "same_words"),
    ("beholdt", "kept"),
    ("annen type", "other_kind"),
    ("annet kapittel", "other_section"),
    ("annen innledning", "other_lead_in"),
    ("omlest", "reworded"),
    ("nye", "new"),
    ("borte", "gone"),
    ("rettet", "corrections_applied"),
    ("alt rettet", "corrections_settled"),
    ("passer ikke", "corrections_unfit"),
    ("merknader før", "problems_before"),
    ("merknader nå", "problems_after"),
)
"""The columns of the table, and the figures of a report that stand in them."""
WIDEST_NAME = 44
QUOTE = 60
"""Characters of a correction's quote that are printed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one programme: a report, or the reason why there is none, or it was read already."""

    programme: Programme
    report: Report | None = None
    failure: str = ""

    @property
    def result(self) -> str:
        """Return `read`, `failed` or `skipped`."""
        return "read" if self.report else "failed" if self.failure else "skipped"


class Command(BaseCommand):
    help = (
        "Leser lagrede programmer på nytt med dagens parser. Løftenes numre, adresser og rettelser blir stående, søket "
        "følger med, og ingenting publiseres. Avbrutt kan den startes igjen: den fortsetter der den slapp."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "programmes",
            nargs="*",
            metavar="PROGRAM",
            help="nøkkel (12) eller adresse (/program/fjordpartiet/storfjell/2023-2027/)",
        )
        parser.add_argument("--all", action="store_true", help="alle som ikke er lest av dagens parser")
        parser.add_argument("--force", action="store_true", help="med --all: også dem som dagens parser har lest")
        parser.add_argument("--dry-run", action="store_true", help="vis rapporten, men lagre ingenting")
        parser.add_argument("--json", action="store_true", help="skriv rapporten som JSON")

    def handle(self, *args: Any, programmes: list[str], **options: Any) -> None:
        if bool(programmes) == options["all"]:
            raise CommandError("Si hvilke programmer som skal leses på nytt, eller --all.")
        chosen = [key_of(name) for name in programmes] or list(
            Programme.objects.order_by("pk").values_list("pk", flat=True)
        )
        outcomes: list[Outcome] = []
        stopped = False
        try:
            self._read(chosen, outcomes, everything=bool(programmes) or options["force"], **options)
        except KeyboardInterrupt:  # what is done is done, and told; the next run takes the rest
            stopped = True
        if options["json"]:
            self.stdout.write(json.dumps(as_json(outcomes, dry_run=options["dry_run"]), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(summary(outcomes, dry_run=options["dry_run"])))
        if stopped:
            raise CommandError("Avbrutt. Det som står over, er lagret; kjør kommandoen igjen for resten.")
        if failed := [outcome for outcome in outcomes if outcome.failure]:
            raise CommandError(f"{len(failed)} av {len(outcomes)} programmer kunne ikke leses; se over.")

    def _read(self, chosen: Sequence[int], outcomes: list[Outcome], *, everything: bool, **options: Any) -> None:
        """Read programmes one after another, tell of each as it is done, and add what became of it to the outcomes."""
        told = self.stderr if options["json"] else self.stdout
        bar = tqdm(chosen, unit="program", file=sys.stderr, disable=not sys.stderr.isatty())
        with Sandbox() as sandbox, bar:
            for key in bar:
                outcome = read_one(key, sandbox, bar, everything=everything, dry_run=options["dry_run"])
                if outcome is None:
                    continue
                outcomes.append(outcome)
                if outcome.result != "skipped":
                    bar.clear()
                    told.write(line_for(outcome), ending="\n")
                    told.flush()


def key_of(name: str) -> int:
    """Return the key of a programme that is named by its key or address. Raises `CommandError`."""
    found: ProgrammeQuerySet = Programme.objects.all()
    parts = [part for part in name.split("/") if part]
    if name.isdecimal():
        found = found.filter(pk=int(name))
    elif len(parts) >= 3:
        party, branch, slug = parts[-3:]
        found = found.filter(branch__party__slug=party, branch__slug=branch, slug=slug)
    else:
        found = found.none()
    key = found.values_list("pk", flat=True).first()
    if key is None:
        raise CommandError(f"Finner ikke programmet «{name}». Gi nøkkelen eller adressen, se --help.")
    return key


def read_one(key: int, sandbox: Sandbox, bar: tqdm[int], *, everything: bool, dry_run: bool) -> Outcome | None:
    """Read one programme again and log it; return what became of it, None where it has been deleted meanwhile."""
    programme = (
        Programme.objects.select_related("branch__party", "stored_parse")
        .defer("stored_parse__document")
        .filter(pk=key)
        .first()
    )
    if programme is None:
        return None
    if not everything and is_read_by_this_parser(programme):
        if programme.publication == Programme.Publication.PUBLISHED and not dry_run:
            index_programme(programme)  # a run that was killed may have stored it and not come to the index
        return Outcome(programme)

    def follow(progress: Progress) -> None:
        bar.set_description(f"{programme} ({progress.step} {progress.pages_done}/{progress.pages_total})")

    try:
        parsed = parse_again(programme, sandbox, follow)
        if dry_run:
            return Outcome(programme, put_in_place(key, parsed, dry_run=True))
        return Outcome(programme, store_again(programme, parsed, user=None))
    except ProgrammeIsGone:
        return None
    except IngestError as error:
        failure = str(error)
    except Exception:
        logger.exception("Programme %s could not be read again", key)
        failure = ParserFailure.message
    if not dry_run:
        record_failure(programme, failure, user=None)
    return Outcome(programme, failure=failure)


def line_for(outcome: Outcome) -> str:
    """Return the one line that tells what became of a programme."""
    name = f"{outcome.programme.pk} {outcome.programme}"
    if outcome.report is None:
        return f"✗ {name}: {outcome.failure}"
    report = outcome.report
    return (
        f"✓ {name}: {report.kept} av {report.same_words} med samme ord beholdt, "
        f"{report.new} nye, {report.gone} borte, {len(report.corrections_unfit)} rettelser passer ikke"
    )


def summary(outcomes: Sequence[Outcome], *, dry_run: bool) -> Iterator[str]:
    """Yield the lines of the report: a table with a row for each programme, what needs a person, and the sum."""
    read = [outcome for outcome in outcomes if outcome.report]
    if read:
        yield ""
        yield from table(
            [
                (str(outcome.programme.pk), str(outcome.programme), figures(outcome.report))
                for outcome in read
                if outcome.report
            ]
        )
    for outcome in read:
        yield from waiting(outcome)
    for outcome in outcomes:
        if outcome.failure:
            yield f"Ikke lest: {outcome.programme.pk} {outcome.programme}: {outcome.failure}"
    total = totals(outcomes)
    share = 100 * total["kept"] / total["same_words"] if total["same_words"] else 100.0
    counts = Counter(outcome.result for outcome in outcomes)
    yield (
        f"{counts['read']} lest på nytt, {counts['skipped']} var lest av dagens parser ({parser_version()}), "
        f"{counts['failed']} kunne ikke leses."
    )
    yield f"Avsnitt med samme ord: {total['same_words']}; av dem har {total['kept']} sitt nummer ({share:.2f} %)."
    if dry_run:
        yield "Bare prøvd: ingenting er lagret."


def waiting(outcome: Outcome) -> Iterator[str]:
    """Yield two lines for each correction that no longer fits: what it was and where, why, and where to look."""
    programme = outcome.programme
    for unfit in outcome.report.corrections_unfit if outcome.report else ():
        quote = unfit.quote if len(unfit.quote) <= QUOTE else unfit.quote[:QUOTE] + " …"
        place = f"side {unfit.page}, linje {unfit.line}"
        yield f"Rettelse {unfit.correction} ({unfit.kind}) i {programme.pk} {programme}, {place}, «{quote}»:"
        yield f"  {unfit.reason} Se {desk_address(programme)}"


def figures(report: Report) -> list[int]:
    """Return the figures of a report in the order of the table's columns."""
    values = asdict(report) | {"corrections_unfit": len(report.corrections_unfit)}
    return [values[name] for _title, name in COLUMNS]


def table(rows: Sequence[tuple[str, str, list[int]]]) -> Iterator[str]:
    """Yield a table with a row for each programme, and one with the sums where there are several."""
    if len(rows) > 1:
        rows = [*rows, ("", "i alt", [sum(column) for column in zip(*(row[2] for row in rows), strict=True)])]
    key_width = max(len(row[0]) for row in rows)
    name_width = min(WIDEST_NAME, max(len(row[1]) for row in rows))
    yield "  ".join([" " * key_width, "program".ljust(name_width), *(title for title, _name in COLUMNS)])
    for key, name, numbers in rows:
        cells = [str(number).rjust(len(title)) for number, (title, _name) in zip(numbers, COLUMNS, strict=True)]
        yield "  ".join([key.rjust(key_width), name[:name_width].ljust(name_width), *cells])


def totals(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Return the sums of all reports' figures."""
    total = {name: 0 for _title, name in COLUMNS}
    for outcome in outcomes:
        if outcome.report:
            for (_title, name), number in zip(COLUMNS, figures(outcome.report), strict=True):
                total[name] += number
    return total


def as_json(outcomes: Sequence[Outcome], *, dry_run: bool) -> dict[str, Any]:
    """Return the report as values that JSON knows."""
    return {
        "parser": parser_version(),
        "dry_run": dry_run,
        "programmes": [
            {
                "id": outcome.programme.pk,
                "programme": str(outcome.programme),
                "address": outcome.programme.get_absolute_url(),
                "desk": desk_address(outcome.programme),
                "result": outcome.result,
                "failure": outcome.failure,
                "report": asdict(outcome.report) | {"share_kept": outcome.report.share_kept}
                if outcome.report
                else None,
            }
            for outcome in outcomes
        ],
        "total": totals(outcomes),
    }


def desk_address(programme: Programme) -> str:
    """Return where the desk shows a programme's corrections, and which of them wait."""
    return reverse("desk_history", args=[programme.pk])
