"""Measure the parser: text in MB/s, PDFs against pdfminer's own page analysis, memory on a long file."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ingest.parser.document import ParsedProgramme
from ingest.parser.parse import parse

PAGES = 1_000
ENOUGH = 0.5
"""Seconds that a measurement of text lasts at least: single runs of small files say little."""


class Command(BaseCommand):
    help = "Måler fart og minne: tekst i MB/s, PDF mot pdfminers egen sideanalyse, og en PDF på 1000 sider."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FIL")
        parser.add_argument("--no-memory", action="store_true", help="ikke mål minnet på den lange PDF-en")
        parser.add_argument("--peak", type=Path, metavar="FIL", help="les én fil og skriv bare største minne i MB")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["peak"]:
            parse(options["peak"])
            self.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
            return
        self.stdout.write(
            f"{'fil':44} {'MB':>6} {'sider':>5} {'vi, s':>7} {'pdfminer, s':>11} {'forhold':>7} {'MB/s':>6}"
        )
        for path in options["files"]:
            self._measure(path)
        if not options["no_memory"]:
            self._measure_memory()

    def _measure(self, path: Path) -> None:
        data = path.read_bytes()
        size = len(data) / 1e6
        if data.startswith(b"%PDF-"):
            parsed: list[ParsedProgramme] = []
            ours = _seconds(lambda: parsed.append(parse(data, path.name)))
            theirs = _seconds(lambda: _analyse(data))
            self.stdout.write(
                f"{path.name:44} {size:6.2f} {parsed[0].source.pages:5} {ours:7.2f} {theirs:11.2f}"
                f" {ours / theirs:7.2f} {size / ours:6.2f}"
            )
        else:
            runs, spent = 0, 0.0
            while spent < ENOUGH:
                spent += _seconds(lambda: parse(data, path.name))
                runs += 1
            self.stdout.write(
                f"{path.name:44} {size:6.2f} {'':5} {spent / runs:7.3f} {'':11} {'':7} {size * runs / spent:6.2f}"
            )

    def _measure_memory(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            long = Path(folder) / "long.pdf"
            long.write_bytes(_long_pdf())
            command = [sys.executable, sys.argv[0], "bench_parse", "--peak", str(long)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
        self.stdout.write(f"{PAGES} sider: høyst {done.stdout.strip()} MB minne")


def _seconds(call: Callable[[], object]) -> float:
    """Return the processor time that a call takes: other work on the machine does not count."""
    start = time.process_time()
    call()
    return time.process_time() - start


def _analyse(data: bytes) -> None:
    """Do what pdfminer does by itself: find the text boxes of each page."""
    from pdfminer.high_level import extract_pages  # the yardstick, needed nowhere else

    for _ in extract_pages(io.BytesIO(data)):
        pass


def _long_pdf() -> bytes:
    """Return an invented programme of many pages."""
    from reportlab.pdfgen.canvas import Canvas  # for developers only

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in range(PAGES):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 780, f"Kapittel {page + 1}: Skole og helse i Storfjell")
        canvas.setFont("Helvetica", 10)
        for line in range(46):
            mark = "- " if line % 3 == 0 else "  "
            text = (
                f"{mark}bygge flere barnehager og skoler i alle deler av kommunen, og ansette folk som kan faget {line}"
            )
            canvas.drawString(72, 750 - 15 * line, text if line else "Bygdelista vil:")
        canvas.drawString(290, 30, str(page + 1))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
