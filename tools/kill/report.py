"""The report of a kill test: a line of JSON for each kill and each run, so that several runs make one report."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.kill.counting import WRONGS, Wrong


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: what was being done, what was killed, and how long it took until all was ready again."""

    seed: int
    number: int
    doing: str
    victim: str
    after: float
    """Seconds from the beginning of what was being done to the kill."""
    back: float
    """Seconds from the kill until all was ready again, the search index too."""
    cut_off: int
    """Requests and commands that ended without an answer, or with a useless one."""


@dataclass(frozen=True, slots=True)
class Run:
    """The end of a run: how many things it found wrong, by their sort."""

    seed: int
    until: int
    wrong: dict[str, int]


class Report:
    """Kills and runs, those of earlier runs first; written down as they come."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.kills: list[Kill] = []
        self.runs: list[Run] = []
        if path is not None and path.exists():
            for line in path.read_text("utf-8").splitlines():
                fields = json.loads(line)
                if "victim" in fields:
                    self.kills.append(Kill(**fields))
                else:
                    self.runs.append(Run(**fields))

    def next_number(self, seed: int) -> int:
        """Return the number of the first kill of a seed that has not been made."""
        return 1 + max((kill.number for kill in self.kills if kill.seed == seed), default=-1)

    def add(self, kill: Kill) -> None:
        """Note a kill."""
        self.kills.append(kill)
        self._write(asdict(kill))

    def end(self, seed: int, wrong: Wrong) -> None:
        """Note the end of a run."""
        self.runs.append(Run(seed, self.next_number(seed), {sort: len(wrong.get(sort, ())) for sort in WRONGS}))
        self._write(asdict(self.runs[-1]))

    def _write(self, fields: dict[str, object]) -> None:
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(fields, ensure_ascii=False) + "\n")

    def lines(self) -> Iterator[str]:
        """Yield the report for people: a row for each victim, one for each thing that was done, and the sums."""
        yield f"{'':16} {'drap':>5} {'avbrutt':>8} {'tilbake, median':>16} {'verste':>8}"
        for of in ("victim", "doing"):
            rows: dict[str, list[Kill]] = defaultdict(list)
            for kill in self.kills:
                rows[getattr(kill, of)].append(kill)
            yield from (_row(name, kills) for name, kills in sorted(rows.items()))
        if self.kills:
            yield _row("alle", self.kills)
        sums = {sort: sum(run.wrong[sort] for run in self.runs) for sort in WRONGS}
        yield f"{len(self.runs)} kjøringer. " + ", ".join(f"{sort}: {count}" for sort, count in sums.items())


def _row(name: str, kills: list[Kill]) -> str:
    backs = [kill.back for kill in kills]
    cut_off = sum(kill.cut_off for kill in kills)
    return f"{name:16} {len(kills):5} {cut_off:8} {statistics.median(backs):14.1f} s {max(backs):6.1f} s"
