"""What shows that a rule of the parser works: the readable cases, the samples, and the tests of the readers.

Each witness is asked first without any change, then with one: it shows the change if its answer is another.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tests.ingest.parser.readers
import pytest

from ingest.parser.document import RawDocument
from ingest.parser.draft import Draft
from ingest.parser.parse import STAGES
from ingest.parser.readers import read
from tests.ingest.parser.mutations import Mutation, applied
from tests.ingest.parser.sketches import document
from tests.ingest.parser.test_cases import cases
from tests.ingest.parser.test_samples import FLOORS
from tests.paths import SAMPLES

SHOWN_BY = Path(__file__).parent / "shown_by.txt"
"""Which witness showed each change when it was last written down: asked first, so that the test is quick."""
TOO_LARGE = ("fjordpartiet-2025-2029.pdf",)
"""Samples that take seconds to read."""


@dataclass(frozen=True)
class Witness:
    """Something that answers in the same way each time, as long as the rules are the same."""

    name: str
    answer: Callable[[], object]

    @cache  # noqa: B019 - there are a few hundred, and each lives as long as the tests
    def unchanged(self) -> object:
        """Return the answer with no change."""
        return self.answer()

    def shows(self, mutation: Mutation) -> bool:
        """Return whether the answer is another with a change."""
        before = self.unchanged()
        with applied(mutation):
            return self.answer() != before


def _parsed(raw: RawDocument) -> object:
    """Return what the stages make of a document, but for those that have rules of another kind."""
    draft = Draft(raw)
    try:
        for stage in STAGES:
            if stage.name not in ("repairs", "themes"):
                draft = stage.do(draft)
    except Exception as error:  # a change may break what comes after it
        return repr(error)
    return (draft.sections, draft.entries, draft.furniture, draft.problems, draft.meta)


@cache
def _sample(name: str) -> RawDocument:
    return read(SAMPLES / name)


def _lines(name: str) -> object:
    """Return what the reader makes of a sample."""
    try:
        return read(SAMPLES / name).lines
    except Exception as error:
        return repr(error)


@cache
def of_the_stages() -> tuple[Witness, ...]:
    """Return the cases, then the samples, as their stages parse them."""
    small = [Witness(case.id, lambda raw=document(case.values[0]): _parsed(raw)) for case in cases()]
    samples = [Witness(f"sample: {name}", lambda name=name: _parsed(_sample(name))) for name in FLOORS]
    return (*small, *samples)


@cache
def of_the_readers(kind: str) -> tuple[Witness, ...]:
    """Return the tests of the readers of a kind, "flowing" or "pdf", then the samples, as they are read."""
    names = [name for name in FLOORS if name.endswith(".pdf") == (kind == "pdf") and name not in TOO_LARGE]
    return (*_tests(kind), *(Witness(f"read: {name}", lambda name=name: _lines(name)) for name in names))


def _tests(kind: str) -> Iterator[Witness]:
    """Yield each test of the readers whose parameters stand beside it; its answer is whether it holds."""
    for found in pkgutil.walk_packages(tests.ingest.parser.readers.__path__, "tests.ingest.parser.readers."):
        if f".{kind}.test_" not in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, test in vars(module).items():
            if name.startswith("test_") and inspect.isfunction(test):
                for ids, arguments in _parameters(test):
                    if set(inspect.signature(test).parameters) == set(arguments):
                        yield Witness(
                            f"{module.__name__.rpartition('.')[2]}: {name}{ids}",
                            lambda test=test, arguments=arguments: _holds(test, arguments),
                        )


def _parameters(test: Callable[..., None]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the sets of arguments that a test is parametrized with, and how pytest would name each."""
    choices = []
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            names, values = mark.args[:2]
            names = [part.strip() for part in names.split(",")] if isinstance(names, str) else list(names)
            choices.append([dict(zip(names, _values(value, len(names)), strict=True)) for value in values])
        elif mark.name.startswith("skip"):
            return
    for number, chosen in enumerate(itertools.product(*choices)):
        yield (f" {number}" if choices else ""), {key: value for part in chosen for key, value in part.items()}


def _values(value: object, count: int) -> Iterable[object]:
    value = getattr(value, "values", value) if type(value).__name__ == "ParameterSet" else value
    return (
        value
        if type(value).__name__ == "tuple" and (count > 1 or isinstance(value, tuple) and count == len(value))
        else [value]
    )  # type: ignore[return-value]


def _holds(test: Callable[..., None], arguments: dict[str, object]) -> bool:
    try:
        test(**arguments)
    except (Exception, pytest.fail.Exception):
        return False
    return True


def shown_by(mutation: Mutation) -> str:
    """Return the name of a witness that shows a change, "" if none does."""
    room = mutation.module.removeprefix("ingest.parser.").split(".")
    witnesses: list[Witness] = []
    if room[0] != "readers":
        witnesses.extend(of_the_stages())
    if room[0] == "furniture" or room[:2] == ["readers", "pdf"]:
        witnesses.extend(of_the_readers("pdf"))
    if room[:2] == ["readers", "flowing"]:
        witnesses.extend(of_the_readers("flowing"))
    likely = _written_down().get(str(mutation), "")
    witnesses.sort(key=lambda witness: (witness.name != likely, f"test_{room[-1]}" not in witness.name))
    return next((witness.name for witness in witnesses if witness.shows(mutation)), "")


@cache
def _written_down() -> dict[str, str]:
    if not SHOWN_BY.exists():
        return {}
    rows = (line.split(" | ", 1) for line in SHOWN_BY.read_text(encoding="utf-8").splitlines() if " | " in line)
    return {mutation: witness for mutation, witness in rows}
