"""What each rule of the parser gains and loses in each document: it is taken out or moved, and the text read again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ingest.parser.as_json import as_dict
from ingest.parser.document import ParsedProgramme, RawDocument
from ingest.parser.draft import Draft
from ingest.parser.parse import STAGES
from ingest.parser.readers import read
from tools.quality.cases import CASES, cases, differences
from tools.quality.documents import Document
from tools.quality.mutations import Mutation, applied, rows, signs, thresholds
from tools.quality.reading import raw
from tools.quality.scoring import score_parse

OTHER_RULES = ("repairs", "themes", "coverage", "problems")
"""Stages that change nothing of what is compared here."""
READ_ONCE = "readers.pdf."
"""Rules of the PDF reader are not weighed: PDFs are read once, and understood again and again."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Something to read again and again, and what is wrong with what is read."""

    name: str
    wrong: Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a rule does in one document."""

    rule: str
    """The module and name of the table or threshold, and what was changed."""
    document: str
    gains: tuple[str, ...]
    """What is wrong without the rule, or with the threshold moved, and right with it."""
    losses: tuple[str, ...]
    """What is right without it, and wrong with it."""


def samples_of(documents: Iterable[Document], *, pdf: bool) -> list[Sample]:
    """Return documents to weigh rules on; PDFs are left out unless `pdf`."""
    chosen = [one for one in documents if pdf or not one.name.endswith(".pdf")]
    return [Sample(f"{one.kind}: {one.name}", partial(_wrong, one, _reader(one))) for one in chosen]


def samples_of_cases(folder: Path = CASES, *, pdf: bool) -> list[Sample]:
    """Return the small inputs of one fault each to weigh rules on."""
    return [
        Sample(f"case: {path.name}", partial(_wrong_case, expected, _reader(Document(path.name, "case", {}, path))))
        for path, expected in cases(folder)
        if pdf or path.suffix != ".pdf"
    ]


def mutations(only: str = "") -> list[Mutation]:
    """Return the changes of each rule whose name has `only` in it, but for those of the PDF reader."""
    every = (*rows(), *signs(), *thresholds())
    return [one for one in every if only in str(one) and not one.place.startswith(READ_ONCE)]


def weigh(mutation: Mutation, samples: Sequence[Sample]) -> list[Weighed]:
    """Return what a rule gains and loses, in the documents where it does either."""
    before = [Counter(_unchanged(sample)) for sample in samples]
    with applied(mutation):
        after = [Counter(_tried(sample)) for sample in samples]
    found = (
        Weighed(str(mutation), sample.name, tuple((without - with_).elements()), tuple((with_ - without).elements()))
        for sample, with_, without in zip(samples, before, after, strict=True)
    )
    return [one for one in found if one.gains or one.losses]


def weigh_all(every: Sequence[Mutation], samples: Sequence[Sample], jobs: int = 1) -> Iterator[list[Weighed]]:
    """Yield what each rule gains and loses, in several processes where more than one is asked for."""
    if jobs < 2:
        yield from (weigh(mutation, samples) for mutation in every)
        return
    _forked["every"], _forked["samples"] = every, samples
    for sample in samples:
        _unchanged(sample)
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        yield from pool.map(_weigh_forked, range(len(every)))


_forked: dict[str, Any] = {}
"""What the processes share: a changed table can't be sent to one."""


def _weigh_forked(place: int) -> list[Weighed]:
    return weigh(_forked["every"][place], _forked["samples"])


@cache
def _unchanged(sample: Sample) -> tuple[str, ...]:
    return tuple(sample.wrong())


def _tried(sample: Sample) -> list[str]:
    """Return what is wrong, the failure where the changed parser fails."""
    try:
        return sample.wrong()
    except Exception as failure:  # noqa: BLE001 - a changed parser may fail in any way
        return [f"! {failure!r}"]


def _reader(document: Document) -> Callable[[], RawDocument]:
    """Return what reads a document: a PDF once, all else anew, with the rules as they are."""
    if document.bytes().startswith(b"%PDF-"):
        return cache(partial(raw, document))
    return partial(read, document.bytes(), document.name)


def _wrong(document: Document, reader: Callable[[], RawDocument]) -> list[str]:
    score = score_parse(document.gold, understood(reader()))
    return [*score.misses.lines(), *(f"! detail: {name}" for name in score.details_wrong)]


def _wrong_case(expected: dict[str, Any], reader: Callable[[], RawDocument]) -> list[str]:
    return differences(expected, understood(reader()))


def understood(raw: RawDocument) -> dict[str, Any]:
    """Return what the stages make of a document, as far as it is compared with a right result."""
    draft = Draft(raw)
    for stage in STAGES:
        if stage.name not in OTHER_RULES:
            draft = stage.do(draft)
    return as_dict(ParsedProgramme(raw.source, draft.meta, draft.sections, draft.entries, (), (), draft.coverage))


def verdicts(weighed: Iterable[Weighed], every: Iterable[Mutation]) -> dict[str, list[str]]:
    """Return the rules that a person should look at, by what there is to say of them.

    A threshold is one rule, whichever way it was moved.
    """
    gaining: dict[str, set[str]] = {_rule(str(mutation)): set() for mutation in every}
    balance: Counter[str] = Counter()
    touched = set()
    for one in weighed:
        rule = _rule(one.rule)
        touched.add(rule)
        balance[rule] += len(one.gains) - len(one.losses)
        if len(one.gains) > len(one.losses):
            gaining[rule].add(one.document)
    return {
        "gain in one document alone": [
            f"{rule} ({next(iter(names))})" for rule, names in gaining.items() if len(names) == 1
        ],
        "lose more than they gain": [f"{rule} ({balance[rule]})" for rule in gaining if balance[rule] < 0],
        "change nothing here": [rule for rule in gaining if rule not in touched],
    }


def _rule(what: str) -> str:
    return re.sub(r" × (?:0\.75|1\.25)$", "", what)
