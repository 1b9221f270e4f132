"""`rebuild_alike`: compare the pledges of the whole archive anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from programmes.alike.upkeep import build_anew, catch_up
from programmes.models import AlikePair


class Command(BaseCommand):
    help = "Compare the pledges of the whole archive anew; with --owed only what has changed since it was last done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--owed", action="store_true", help="only the programmes that have changed")

    def handle(self, **options: Any) -> None:
        began = time.perf_counter()
        count = catch_up() if options["owed"] else build_anew()
        took = time.perf_counter() - began
        self.stdout.write(f"{count} programmer sammenlignet på {took:.1f} s: {AlikePair.objects.count() // 2} par.")
