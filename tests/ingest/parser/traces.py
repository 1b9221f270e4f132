"""Who shows that a rule of the parser works: the readable cases, the samples, and the tests of its rooms.

Each witness is asked first without any change, then with one: it shows the change if its answer is another.
`PYTHONPATH=.:fixtures python -m tests.ingest.parser.traces` writes down anew who shows what.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest

import tests.ingest.parser
from ingest.parser.document import RawDocument
from ingest.parser.draft import Draft
from ingest.parser.parse import STAGES
from ingest.parser.readers import read
from tests.ingest.parser.sketches import document
from tests.ingest.parser.test_cases import cases
from tests.ingest.parser.test_samples import FLOORS
from tests.paths import SAMPLES
from tools.quality.mutations import Mutation, applied, rows, signs, thresholds

SHOWN_BY = Path(__file__).parent / "shown_by.txt"
"""Who showed each change when it was last written down. They are asked first; where they fail, all others are."""
TESTED = ("furniture", "readers", "report")
"""Rooms whose rules show in their tests, and not in the cases alone."""
FAILURES = (Exception, pytest.fail.Exception)
"""What a change may bring about; a test that fails raises some of these."""


@dataclass(frozen=True)
class Witness:
    """Something that answers in the same way each time, as long as the rules are the same."""

    name: str
    answer: Callable[[], object]
    text: str = ""
    """What is read, where it stands in a file of cases."""

    @cache  # noqa: B019 - there are some hundred, and they live as long as the tests
    def unchanged(self) -> object:
        """Return the answer with no change."""
        return self.answer()

    def shows(self, mutation: Mutation) -> bool:
        """Return whether the answer is another with a change."""
        before = self.unchanged()
        with applied(mutation):
            return self.answer() != before


def shown_by(mutation: Mutation) -> str:
    """Return the name of a witness that shows a change, "" if none does."""
    room = mutation.module.split(".")[2:]
    doubts = room[:2] == ["report", "doubt"]
    known = [
        *(_of_cases(doubts=doubts) if room[0] != "readers" else ()),
        *(_of_tests(*room[:2]) if room[0] in TESTED else ()),
    ]
    return next((witness.name for witness in _likely_first(known, mutation) if witness.shows(mutation)), "")


def _likely_first(witnesses: Sequence[Witness], mutation: Mutation) -> Iterator[Witness]:
    """Yield who showed a change when it was written down, then who is likely to, then all others.

    Likely are those in whose text the row that is taken out matches, who showed other changes of the same name, and
    whose file is called like the module.
    """
    written = _written_down()
    once = written.get(str(mutation), "")
    yield from (witness for witness in witnesses if witness.name == once)
    beside = {name for what, name in written.items() if what.startswith(f"{mutation.place} ")}
    row = re.compile(mutation.row, re.IGNORECASE | re.MULTILINE) if mutation.row else None
    words = {"" if mutation.row else "limits", *re.findall(r"[a-z]+", mutation.place.lower())}

    def how_likely(witness: Witness) -> tuple[bool, bool, int]:
        called = set(re.findall(r"[a-z]+", witness.name.partition(":")[0]))
        return not (row and row.search(witness.text)), witness.name not in beside, -len(words & called)

    yield from sorted((witness for witness in witnesses if witness.name != once), key=how_likely)


@cache
def _written_down() -> dict[str, str]:
    lines = SHOWN_BY.read_text(encoding="utf-8").splitlines() if SHOWN_BY.exists() else []
    return dict(line.split(" | ", 1) for line in lines)


@cache
def _of_cases(*, doubts: bool) -> Sequence[Witness]:
    """Return the cases, then the samples, as the stages parse them.

    What is doubted shows only what changes the doubts: any rule would change a confidence somewhere.
    """
    small = [
        Witness(str(case.id), partial(_parsed, document(str(case.values[0])), doubts), str(case.values[0]))
        for case in cases()
    ]
    return (*small, *(Witness(f"sample: {name}", partial(_parsed_sample, name, doubts)) for name in FLOORS))


def _parsed(raw: RawDocument, doubts: bool) -> object:
    """Return what the stages make of a document, but for those that have rules of another kind."""
    draft = Draft(raw)
    left_out = ("repairs", "themes") if doubts else ("repairs", "themes", "doubts")
    try:
        for stage in STAGES:
            if stage.name not in left_out:
                draft = stage.do(draft)
    except FAILURES as failure:
        return repr(failure)
    return draft.sections, draft.entries, draft.furniture, draft.problems, draft.meta


@cache
def _sample(name: str) -> RawDocument:
    return read(SAMPLES / name)


def _parsed_sample(name: str, doubts: bool) -> object:
    return _parsed(_sample(name), doubts)


@cache
def _of_tests(*room: str) -> Sequence[Witness]:
    """Return the tests of a room whose arguments stand beside them, and so of `readers.pdf` those of its own tests."""
    found: list[Witness] = []
    for name in _test_modules(*room):
        for test, function in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
            if test.startswith("test_"):
                for number, arguments in enumerate(_arguments(function)):
                    if set(inspect.signature(function).parameters) == set(arguments):
                        short = name.removeprefix("tests.ingest.parser.")
                        found.append(Witness(f"{short}: {test} {number}", partial(_holds, function, arguments)))
    return found


def _test_modules(first: str, second: str = "") -> Iterator[str]:
    """Yield the modules with tests of a module or package of the parser."""
    for module in pkgutil.walk_packages(tests.ingest.parser.__path__, "tests.ingest.parser."):
        path = module.name.split(".")[3:]
        if path[-1].startswith("test_") and path[0] == first and (first != "readers" or second in path[1]):
            yield module.name


def _arguments(test: Callable[..., None]) -> Iterator[dict[str, object]]:
    """Yield each set of arguments that a test is parametrized with; none for a test that may be skipped."""
    choices = []
    for mark in getattr(test, "pytestmark", ()):
        if mark.name.startswith("skip"):
            return
        if mark.name == "parametrize":
            names, rows = mark.args
            names = names.split(", ") if isinstance(names, str) else names
            values = [getattr(row, "values", row) if isinstance(row, type(pytest.param())) else row for row in rows]
            choices.append([dict(zip(names, row if len(names) > 1 else (row,), strict=True)) for row in values])
    for chosen in itertools.product(*choices):
        yield {name: value for part in chosen for name, value in part.items()}


def _holds(test: Callable[..., None], arguments: dict[str, object]) -> bool:
    try:
        test(**arguments)
    except FAILURES:
        return False
    return True


if __name__ == "__main__":
    from tests.ingest.parser.test_rules_earn_their_place import NO_JUDGEMENT

    judged = (moved for moved in thresholds() if moved.place not in NO_JUDGEMENT)
    every = {str(mutation): shown_by(mutation) for mutation in (*rows(), *signs(), *judged)}
    SHOWN_BY.write_text("".join(f"{what} | {name}\n" for what, name in every.items() if name), encoding="utf-8")
