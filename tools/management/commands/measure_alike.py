"""`measure_alike`: what it takes to compare a programme with the whole archive, as a table; nothing is written."""

from __future__ import annotations

import resource
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q

from programmes.alike import upkeep
from programmes.models import Passage, Programme
from programmes.models.passages import ADDRESSED_AS_PLEDGES


class Command(BaseCommand):
    help = "Measure how long it takes to compare a programme with the archive, and in how much memory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pledges", type=int, default=1600, help="measure the programme that has about so many")

    def handle(self, **options: Any) -> None:
        is_pledge = Q(passages__kind__in=ADDRESSED_AS_PLEDGES)
        counted = Programme.objects.published().annotate(pledges=Count("passages", filter=is_pledge))
        programme = min(counted, key=lambda each: abs(each.pledges - options["pledges"]), default=None)
        if programme is None:
            raise CommandError("Arkivet har ingen publiserte programmer.")
        archive = Passage.objects.published().filter(kind__in=ADDRESSED_AS_PLEDGES).count()
        before = _peak()
        began, cpu = time.perf_counter(), time.process_time()
        pairs = upkeep.pairs_of(programme.pk)
        took, used = time.perf_counter() - began, time.process_time() - cpu
        self.stdout.write("| løfter | arkivet | kjent | par | sekunder | prosessortid | minne før | på det meste |")
        self.stdout.write("|---|---|---|---|---|---|---|---|")
        known = sum(len(each.keys) for each in upkeep.leaves())
        self.stdout.write(
            f"| {programme.pledges} | {archive} | {known} | {len(pairs) // 2} | {took:.0f} | {used:.0f} "
            f"| {before:.0f} MB | {_peak():.0f} MB |"
        )


def _peak() -> float:
    """Return the most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
