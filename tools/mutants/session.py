"""What runs within pytest, in the copy: it measures what the tests run, and asks them about one mutant after the other.

Each mutant lives in a fork of this process, which has collected the tests and made their database. What shows only when
a module is imported is imported again there; where that alone makes tests fail, or none notices the fault (it may not
be everywhere), it has a new process in that database.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from tools.mutants.anew import NOT_IMPORTED, ask_anew
from tools.mutants.covering import Coverage, FileOfTests, Lines, Measuring
from tools.mutants.forking import Failed, GivenUp, forked
from tools.mutants.making import Mutant
from tools.mutants.plan import Plan
from tools.mutants.results import Fate, Kept, Verdict, sum_of
from tools.mutants.swapping import Functions, NotInFunctions, changed_code, functions_of, import_again, swap

WARMING, EMPTYING = "test_that_there_is_a_database", "test_that_nothing_is_left"
"""The tests that are no tests; they are there where the others need a database."""
LEFT_OUT = {"browser", "live_gunicorn"}
"""Fixtures of tests that ask another process, which has no fault."""
ENOUGH_SECONDS = 10.0
"""Seconds of processor that the tests of one mutant take at most without it; the slowest are left out."""
LEAST_PATIENCE, PATIENCE = 60.0, 20.0
"""Seconds, and times what the tests take, after which a mutant is given up: others may use the machine too."""
MEASURED_SECONDS = 3600.0


class Session:
    """The tests, and what is known of them."""

    def __init__(self, plan: Plan, session: pytest.Session, imported: Lines) -> None:
        self._plan = plan
        self._root = Path(session.config.rootpath)
        self._imported = {module: set(lines) for module, lines in imported.get("", {}).items()}
        self._kept = Kept(plan.verdicts)
        self._coverage = Coverage(plan.coverage)
        self._killers: Counter[str] = Counter()
        self._imported_again: dict[str, bool] = {}
        shared = {item.name: item for item in session.items if item.nodeid.startswith(plan.warm_up)}
        self._warm_up, self._emptying = shared.get(WARMING), shared.get(EMPTYING)
        others = [item for item in session.items if item not in shared.values()]
        self._items = {item.nodeid: item for item in others if LEFT_OUT.isdisjoint(getattr(item, "fixturenames", ()))}

    def run(self) -> None:
        """Measure what has to be measured, and try every mutant. Raises `Failed` where the tests fail without one."""
        if self._warm_up:
            # The next one stands in another folder: nothing but what all tests share is left standing.
            _passes(self._warm_up, next(iter(self._items.values())))
            connections.close_all()  # each fork opens its own
        files = self._measured()
        self._by_line, self._seconds = self._coverage.by_line(files), self._coverage.seconds(files)
        functions = functions_of(self._root / path for path in {mutant.path for mutant in self._plan.mutants})
        for number, mutant in enumerate(self._plan.mutants, start=1):
            verdict = self._tried(mutant, functions)
            self._kept.add(verdict)
            self._killers[verdict.by] += 1
            print(
                f"{number}/{len(self._plan.mutants)} {mutant.path}:{mutant.line} {verdict.fate} {verdict.by}",
                flush=True,
            )
        self._check([test for test in self._killers if test in self._items])

    def _measured(self) -> list[str]:
        """Measure what the tests of each file run that has changed; return the files."""
        by_file: defaultdict[str, list[pytest.Item]] = defaultdict(list)
        for item in self._items.values():
            by_file[_file_of(item.nodeid)].append(item)
        for name, items in by_file.items():
            sum_ = f"{self._plan.product}-{sum_of(self._root, [name])}"
            if not self._coverage.is_known(name, sum_):
                began = time.monotonic()
                lines, seconds = forked(partial(self._lines_of, items), seconds=MEASURED_SECONDS)
                self._coverage.add(name, FileOfTests(sum_, lines, seconds))
                print(f"{name}: {len(seconds)} of {len(items)}, {time.monotonic() - began:.0f} s", flush=True)
        return list(by_file)

    def _lines_of(self, items: Sequence[pytest.Item]) -> tuple[Lines, dict[str, float]]:
        measuring, seconds = Measuring(self._root), {}
        measuring.begin()
        for item, following in zip(items, [*items[1:], self._warm_up], strict=True):
            measuring.of(item.nodeid)
            began = time.process_time()
            if _passes(item, following):
                seconds[item.nodeid] = round(time.process_time() - began, 3)
        return measuring.end(), seconds

    def _tried(self, mutant: Mutant, functions: Functions) -> Verdict:
        """Return the fate of a mutant."""
        tests = self._tests_for(mutant)
        verdict = partial(Verdict, mutant.key, tests=self._plan.tests, asked=len(tests))
        if not tests:
            return verdict(fate=Fate.NOT_REACHED)
        try:
            by = self._first_that_fails(mutant, functions, tests)
        except GivenUp:
            if self._emptying:
                forked(partial(_passes, self._emptying, self._warm_up), seconds=LEAST_PATIENCE)
            return verdict(fate=Fate.TIMED_OUT)
        except Failed as failed:
            self._check(tests)
            return verdict(fate=Fate.KILLED, by=str(failed).strip().splitlines()[-1])
        return verdict(fate=Fate.KILLED if by else Fate.SURVIVED, by=by)

    def _first_that_fails(self, mutant: Mutant, functions: Functions, tests: Sequence[str]) -> str:
        """Return the first of some tests that fails with a fault, empty for none. Raises `GivenUp` or `Failed`."""
        patience = LEAST_PATIENCE + PATIENCE * sum(self._seconds[test] for test in tests)
        path = self._root / mutant.path
        told = None
        try:
            if self._runs_at_import(mutant):
                raise NotInFunctions
            pairs = changed_code(path, mutant.before, mutant.source)
            told = forked(partial(self._asked, tests, partial(swap, functions, pairs)), seconds=patience)
        except SyntaxError:
            return NOT_IMPORTED
        except NotInFunctions:
            if self._can_be_imported_again(mutant):
                again = partial(import_again, path, mutant.source)
                told = forked(partial(self._asked, tests, again), seconds=patience) or None
        return ask_anew(self._root, mutant, tests, seconds=patience) if told is None else str(told)

    def _can_be_imported_again(self, mutant: Mutant) -> bool:
        """Return whether all tests of a module still pass when it is imported twice, without any fault."""
        if mutant.path not in self._imported_again:
            again = partial(import_again, self._root / mutant.path, mutant.before)
            tests = self._tests_for(mutant)
            told = forked(partial(self._asked, tests, again), seconds=MEASURED_SECONDS)
            print(f"{mutant.path} imported again: {told or 'all tests pass'}", flush=True)
            self._imported_again[mutant.path] = told == ""
        return self._imported_again[mutant.path]

    def _asked(self, tests: Sequence[str], put_in: Callable[[], None]) -> str | None:
        """Put a fault in, and return the first of some tests that fails; None where it can't be put in here."""
        try:
            put_in()
        except NotInFunctions:
            return None
        except Exception:  # noqa: BLE001 - whatever the module raises: no test would begin
            return NOT_IMPORTED
        items = [self._items[test] for test in tests]
        for item, following in zip(items, [*items[1:], self._warm_up], strict=True):
            if not _passes(item, following):
                return item.nodeid
        return ""

    def _runs_at_import(self, mutant: Mutant) -> bool:
        return not self._imported.get(mutant.path, set()).isdisjoint(range(mutant.line, mutant.last_line + 1))

    def _tests_for(self, mutant: Mutant) -> list[str]:
        """Return the tests to ask about a mutant: first what has killed most, then the quickest.

        What runs when the module is imported runs for all tests of the module, and for those that stand beside them:
        one that looks at a table alone runs no line of the module. A module of values alone may matter to all tests.
        """
        by_line = self._by_line.get(mutant.path, {})
        if self._runs_at_import(mutant):
            files = {_file_of(test) for tests in by_line.values() for test in tests}
            tests = {test for test in self._seconds if not files or _file_of(test) in files}
        else:
            lines = range(mutant.line, mutant.last_line + 1)
            tests = {test for line in lines for test in by_line.get(line, ())}
        chosen: list[str] = []
        total = 0.0
        for test in sorted(tests, key=lambda test: (-self._killers[test], self._seconds[test])):
            total += self._seconds[test]
            if chosen and total > ENOUGH_SECONDS:
                break
            chosen.append(test)
        return chosen

    def _check(self, tests: Sequence[str]) -> None:
        """Raise `Failed` if one of some tests fails without any fault: then no verdict by it is worth anything."""
        if tests and (failing := forked(partial(self._asked, tests, lambda: None), seconds=MEASURED_SECONDS)):
            raise Failed(f"{failing} fails without a fault")


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Run a test with what stands around it; return whether it passed, and was not left out."""
    return all(report.passed for report in runtestprotocol(item, nextitem=following, log=False))
