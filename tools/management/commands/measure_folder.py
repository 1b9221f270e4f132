"""`manage.py measure_folder FOLDER`: how often the search of an exported folder finds what the live search finds."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from playwright.sync_api import sync_playwright

from programmes.folder.naming import SEARCH
from programmes.folder.search_files import FOLDER
from tools.day.browser import OPTIONS, chromium_path
from tools.findability.archive import need_archive
from tools.folder_bench.asking import Answers, asked, loaded
from tools.folder_bench.queries import CLOSED, COUNT, drawn

WEIGHED = 12
"""Open queries whose files are weighed."""


class Command(BaseCommand):
    help = (
        "Ask the search of a folder (manage.py export_site) and the live search the same plain queries, and compare the"
        " first ten hits as sets of ids; two thirds are open, of the others only the sum is printed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="an exported folder")
        parser.add_argument("--queries", type=int, default=COUNT, help=f"how many (default: {COUNT})")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="list N open queries answered otherwise")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].resolve()
        if not (folder / SEARCH).is_file():
            raise CommandError(f"{folder} has no search: make it with manage.py export_site")
        need_archive()
        queries = drawn(options["queries"])
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright has a loop in this thread
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=OPTIONS)
            answers = list(asked(queries, folder, browser.new_page()))
            weighed = [loaded(query, folder, browser.new_page()) for query in queries[:WEIGHED]]
            browser.close()
        closed, opened = answers[::CLOSED], [each for at, each in enumerate(answers) if at % CLOSED]
        self.stdout.write(f"{'queries':10}{'n':>6}{'same ten':>10}{'overlap@10':>12}{'same order':>12}{'no hits':>9}")
        rows: dict[str, Sequence[Answers]] = {"open": opened, "closed": closed, "ALL": answers}
        for words in (1, 2, 3):
            rows[f"{words} word{'s' * (words > 1)}"] = [one for one in answers if len(one.query.split()) == words]
        for name, row in rows.items():
            if row:
                self.stdout.write(_line(name, row))
        size = sum(path.stat().st_size for path in (folder / FOLDER).rglob("*.js"))
        whole = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        self.stdout.write(
            f"the folder: {sum(whole) / 1e6:.1f} MB in {len(whole)} files, {size / 1e6:.1f} MB the search's"
        )
        self.stdout.write(f"a search loads {median(weighed) / 1000:.0f} kB, at most {max(weighed) / 1000:.0f} kB")
        for one in [each for each in opened if not each.is_same][: options["show"]]:
            self.stdout.write(f"    {one.query}: {' '.join(one.live)} | {' '.join(one.folder)}")


def _line(name: str, answers: Sequence[Answers]) -> str:
    same = fmean(one.is_same for one in answers)
    order = fmean(one.live == one.folder for one in answers)
    empty = sum(not one.live for one in answers)
    overlap = fmean(one.overlap for one in answers)
    return f"{name:10}{len(answers):>6}{same:>10.1%}{overlap:>12.1%}{order:>12.1%}{empty:>9}"
