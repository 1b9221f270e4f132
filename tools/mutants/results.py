"""What became of each mutant: kept from one run to the next, and told as a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from tools.mutants.explaining import Explained, why
from tools.mutants.making import Mutant


class Fate(StrEnum):
    """What the tests made of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    """Killed too: the tests went on many times longer than without the fault."""
    SURVIVED = "survived"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of a mutant."""

    key: str
    fate: Fate
    by: str = ""
    """The test that failed."""
    asked: int = 0
    """How many tests were asked."""
    tests: str = ""
    """A sum of all tests as they were."""

    def holds(self, tests: str) -> bool:
        """Return whether the verdict is good for other tests too: one that has killed is taken to do so again."""
        return self.fate in (Fate.KILLED, Fate.TIMED_OUT) or self.tests == tests


def sum_of(root: Path, paths: Iterable[str]) -> str:
    """Return a sum of the contents of some files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path}\n".encode() + (root / path).read_bytes())
    return digest.hexdigest()[:16]


class Kept:
    """The verdicts in a file: one is written as soon as it falls, so that a run can be stopped at any time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        lines = file.read_text().splitlines() if file.is_file() else []
        self.verdicts = {verdict.key: verdict for verdict in map(self._read, lines)}

    @staticmethod
    def _read(line: str) -> Verdict:
        values = json.loads(line)
        return Verdict(**{**values, "fate": Fate(values["fate"])})

    def add(self, verdict: Verdict) -> None:
        """Keep a verdict, in the place of an older one of the same mutant."""
        self.verdicts[verdict.key] = verdict
        with self._file.open("a") as file:
            file.write(json.dumps(asdict(verdict)) + "\n")

    def missing(self, mutants: Iterable[Mutant], *, tests: str) -> list[Mutant]:
        """Return the mutants that have no verdict good for the tests as they are."""
        return [each for each in mutants if each.key not in self.verdicts or not self.verdicts[each.key].holds(tests)]

    def fate(self, mutant: Mutant) -> Fate | None:
        """Return what became of a mutant, None while nobody knows."""
        verdict = self.verdicts.get(mutant.key)
        return verdict.fate if verdict else None


MOST_MODULES = 10
"""A group of more is told as a whole alone."""
HEAD = ("", "mutants", "killed", "survived", "not reached", "explained", "share")


def table(groups: dict[str, list[Mutant]], kept: Kept, explanations: Explained) -> Iterator[str]:
    """Yield a line for each module and for each group as a whole: how many mutants, and the share that was killed."""
    rows: list[tuple[str, ...]] = [HEAD]
    for group, mutants in groups.items():
        by_path = {path: [each for each in mutants if each.path == path] for path in {each.path for each in mutants}}
        if len(by_path) <= MOST_MODULES:
            rows += [_row(f"  {path}", of_path, kept, explanations) for path, of_path in sorted(by_path.items())]
        rows.append(_row(group, mutants, kept, explanations))
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEAD))]
    for row in rows:
        yield "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )


def _row(name: str, mutants: list[Mutant], kept: Kept, explanations: Explained) -> tuple[str, ...]:
    fates = [kept.fate(mutant) for mutant in mutants]
    killed = sum(fate in (Fate.KILLED, Fate.TIMED_OUT) for fate in fates)
    told = sum(bool(why(mutant, explanations)) for mutant in _left(mutants, kept))
    share = f"{killed / len(fates):.1%}" if fates and None not in fates else "–"
    counts = (len(fates), killed, fates.count(Fate.SURVIVED), fates.count(Fate.NOT_REACHED), told)
    return name, *map(str, counts), share


def survivors(mutants: Iterable[Mutant], kept: Kept, explanations: Explained) -> Iterator[str]:
    """Yield what was changed in each mutant that no test noticed, and why that is well where it is known."""
    for mutant in _left(mutants, kept):
        verdict = kept.verdicts[mutant.key]
        told = [reason] if (reason := why(mutant, explanations)) else []
        head = f"{mutant.path}:{mutant.line} {mutant.key} {verdict.fate} ({verdict.asked} tests)"
        yield "\n".join([head, mutant.diff, *told])


def _left(mutants: Iterable[Mutant], kept: Kept) -> list[Mutant]:
    return [each for each in mutants if kept.fate(each) in (Fate.SURVIVED, Fate.NOT_REACHED)]
