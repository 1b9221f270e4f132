"""Measure the parser beside other readers of PDF: time on all cores and on one, items found, text in MB/s, memory."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management.base import BaseCommand

from ingest.parser.readers.pdf.parallel import LEAST_PAGES, cores
from tools.parse_bench import invented
from tools.parse_bench.entries import recall
from tools.parse_bench.runs import Run, has_rival, run
from tools.quality.documents import SHARED, Document, documents

READERS = ("ours", "ours on one core", "pdfminer.six", "pdf-inspector")
TEXT = 1_000_000
"""Bytes of the invented text."""
PAGES = 1_000

Runs = dict[str, list[Run]]
"""The readings of one file by each reader, round by round."""


class Command(BaseCommand):
    help = (
        "Måler leseren ved siden av andre: PDF mot pdfminers egen sideanalyse på én kjerne og mot pdf-inspector, tekst"
        " i MB/s, oppstarten for seg, og minne på 1000 sider. Uten filer: programmene i ../shared og de oppdiktede."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FIL")
        parser.add_argument("--rounds", type=int, default=3, metavar="N", help="målinger av hver, om hverandre (3)")
        parser.add_argument("--no-text", action="store_true", help="ikke mål tekst på 1 MB")
        parser.add_argument("--no-memory", action="store_true", help="ikke mål minnet på den lange PDF-en")

    def handle(self, *args: Any, **options: Any) -> None:
        known = {document.name: document for name in ("gold", "samples") for document in documents(name)}
        chosen = options["files"] or [one.path for one in known.values() if one.path and one.path.suffix == ".pdf"]
        if not options["files"] and not (SHARED / "programmes").is_dir():
            self.stdout.write("De virkelige programmene, ../shared/programmes, er ikke her: bare de oppdiktede måles.")
        if not has_rival():
            self.stdout.write("pdf-inspector er ikke installert (utviklerpakkene): det måles uten.")
        rounds = options["rounds"]
        self._measure_files([path for path in chosen if path.suffix == ".pdf"], known, rounds)
        texts = [path for path in chosen if path.suffix != ".pdf"]
        with tempfile.TemporaryDirectory() as folder:
            if not options["no_text"]:
                texts.append(Path(folder) / "oppdiktet.txt")
                texts[-1].write_bytes(invented.text(TEXT))
            for path in texts:
                self._measure_text(path, rounds)
            if not options["no_memory"]:
                long = Path(folder) / "lang.pdf"
                long.write_bytes(invented.pdf(PAGES))
                once = run("ours", long)
                self.stdout.write(f"{PAGES} sider: høyst {once.memory} MB minne, i en arbeider {once.worker} MB")

    def _measure_files(self, paths: list[Path], known: dict[str, Document], rounds: int) -> None:
        """Print a row for each PDF, and the medians of those that are long enough to be shared out."""
        if not paths:
            return
        readers = [reader for reader in READERS if reader != "pdf-inspector" or has_rival()]
        self.stdout.write(
            f"{'':36} {'sider':>5} │ sekunder: alle kjerner ({cores()}), én, pdfminer.six på én, pdf-inspector"
            " │ forhold til pdfminer.six: alle, én │ funnet: vi, pdfminer.six, pdf-inspector"
        )
        every: list[Runs] = []
        for path in paths:
            runs: Runs = {reader: [] for reader in readers}
            for _ in range(rounds):  # one after the other, so that a busy minute meets them all
                for reader in readers:
                    runs[reader].append(run(reader, path))
            every.append(runs)
            self.stdout.write(_row(path, runs, known.get(path.name)))
        long = [runs for runs in every if runs["ours"][0].pages >= LEAST_PAGES]
        if long:
            self.stdout.write(
                f"median av {len(long)} PDF-er på {LEAST_PAGES} sider eller mer, forhold til pdfminer.six på én kjerne:"
                f" {median(_ratio(runs, 'ours') for runs in long):.2f} på alle kjerner,"
                f" {median(_ratio(runs, 'ours on one core') for runs in long):.2f} på én"
                f" (prosessortid {median(_ratio(runs, 'ours', 'processor') for runs in long):.2f}"
                f" og {median(_ratio(runs, 'ours on one core', 'processor') for runs in long):.2f})"
            )
        starts = [one.start for runs in every for one in runs["ours"]]
        self.stdout.write(f"oppstart med en liten PDF: {median(starts):.2f} s, ikke regnet med over")

    def _measure_text(self, path: Path, rounds: int) -> None:
        """Print how fast a text is read with themes and without, and the start apart."""
        runs: Runs = {"ours": [], "ours without themes": []}
        for _ in range(rounds):
            for reader, done in runs.items():
                done.append(run(reader, path))
        size = path.stat().st_size / 1e6
        with_themes, without = (size / median(one.wall for one in done) for done in runs.values())
        self.stdout.write(
            f"{path.name}, {size:.2f} MB: {without:.2f} MB/s uten temaer, {with_themes:.2f} med;"
            f" oppstart {median(one.start for one in runs['ours']):.2f} s"
        )


def _ratio(runs: Runs, reader: str, figure: str = "wall") -> float:
    """Return the median of what a reader took against pdfminer.six in the same round."""
    pairs = zip(runs[reader], runs["pdfminer.six"], strict=True)
    return median(getattr(one, figure) / getattr(other, figure) for one, other in pairs)


def _row(path: Path, runs: Runs, document: Document | None) -> str:
    seconds = {reader: f"{median(one.wall for one in done):7.2f}" for reader, done in runs.items()}
    found = dict.fromkeys(runs, "    –")
    if document:
        found = {reader: f"{recall(document.gold, done[0].entries):5.2f}" for reader, done in runs.items()}
    told = " ".join(seconds.get(reader, "      –") for reader in READERS)
    shares = " ".join(found.get(reader, "    –") for reader in READERS if reader != "ours on one core")
    ratios = f"{_ratio(runs, 'ours'):5.2f} {_ratio(runs, 'ours on one core'):5.2f}"
    return f"{path.name:36} {runs['ours'][0].pages:5} │ {told} │ {ratios} │ {shares}"
