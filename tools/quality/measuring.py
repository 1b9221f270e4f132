"""Measure the parser on documents with a right result, and put the figures together by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from statistics import fmean
from typing import Any

from ingest.parser.as_json import as_dict
from ingest.parser.parse import interpret
from tools.quality.documents import Document
from tools.quality.doubt import Doubts, doubted, doubts_of
from tools.quality.reading import raw
from tools.quality.scoring import Score, score_parse


@dataclass(frozen=True, slots=True)
class Measured:
    """A document and how well it was read."""

    name: str
    kind: str
    score: Score
    doubts: Doubts = field(default_factory=Doubts)


def measure(document: Document) -> Measured:
    """Read a document and compare with its right result."""
    parsed = as_dict(interpret(raw(document)))
    score = score_parse(document.gold, parsed)
    return Measured(document.name, document.kind, score, doubts_of(score.misses, parsed))


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a document, or of several: means over them, but for what is said to be otherwise."""

    documents: int
    items_asked: int
    items_found: int
    items_right: int
    items_f1: float
    worst: float
    """The lowest F1 of items."""
    recall: float
    false_items: float
    """Share of all that was found as items that is none."""
    verbatim: float
    lead_in: float
    placed: float
    nested: float
    sections_f1: float
    levels: float
    edits: float
    """For each hundred items asked for."""
    decisions: float
    details_wrong: float
    """Details wrong a document."""

    @classmethod
    def of(cls, measured: Iterable[Measured]) -> Summary:
        """Put the figures of one document or more together. Raises ValueError for none."""
        scores = [one.score for one in measured]
        if not scores:
            raise ValueError("no documents")
        found = sum(score.items.found for score in scores)
        right = sum(score.items.hits for score in scores)
        return cls(
            documents=len(scores),
            items_asked=sum(score.items.asked for score in scores),
            items_found=found,
            items_right=right,
            items_f1=fmean(score.items.f1 for score in scores),
            worst=min(score.items.f1 for score in scores),
            recall=fmean(score.items.recall for score in scores),
            false_items=(found - right) / max(1, found),
            verbatim=fmean(score.verbatim for score in scores),
            lead_in=fmean(score.lead_in for score in scores),
            placed=fmean(score.placed for score in scores),
            nested=fmean(score.nested for score in scores),
            sections_f1=fmean(score.sections.f1 for score in scores),
            levels=fmean(score.levels for score in scores),
            edits=fmean(score.edits for score in scores),
            decisions=fmean(score.decisions for score in scores),
            details_wrong=fmean(len(score.details_wrong) for score in scores),
        )


def measure_all(every: Iterable[Document], jobs: int = 1) -> list[Measured]:
    """Measure documents, in several processes where more than one is asked for."""
    if jobs < 2:
        return list(map(measure, every))
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(measure, every, chunksize=8))


def by_kind(measured: Iterable[Measured]) -> dict[str, list[Measured]]:
    """Return the documents by their kind, in alphabetical order."""
    kinds: dict[str, list[Measured]] = {}
    for one in sorted(measured, key=lambda one: one.kind):
        kinds.setdefault(one.kind, []).append(one)
    return kinds


HEAD = (
    f"{'':46}{'n':>4} {'items':>6}{'worst':>7}{'recall':>7}{'false%':>7}{'lead':>6}{'place':>6}{'nest':>6}"
    f"{'sect':>6}{'level':>6}{'edits':>7}{'decis':>7}{'details':>8}"
)
"""The head of a table of figures; its rows are made by `row`."""


def row(name: str, summary: Summary, note: str = "") -> str:
    """Return the figures of one document or more as a line of the table."""
    s = summary
    return (
        f"{name[:45]:46}{s.documents:4} {s.items_f1:6.3f}{s.worst:7.3f}{s.recall:7.3f}{100 * s.false_items:7.1f}"
        f"{s.lead_in:6.2f}{s.placed:6.2f}{s.nested:6.2f}{s.sections_f1:6.2f}{s.levels:6.2f}"
        f"{s.edits:7.1f}{s.decisions:7.1f}{s.details_wrong:8.2f} {note}"
    ).rstrip()


def table(measured: Sequence[Measured]) -> list[str]:
    """Return a line a document, a line a kind and one for all."""
    single = [row(f"{one.kind}: {one.name}", Summary.of([one]), " ".join(one.score.details_wrong)) for one in measured]
    return [HEAD, *single, *summaries(measured)]


def summaries(measured: Sequence[Measured]) -> list[str]:
    """Return a line for each kind, one for all, and how many of the errors the parser doubts."""
    kinds = [row(kind, Summary.of(those)) for kind, those in by_kind(measured).items()]
    return [*kinds, row("ALL", Summary.of(measured)), doubt_line(measured)] if measured else []


def doubt_line(measured: Iterable[Measured]) -> str:
    """Return how many of the errors the parser doubts."""
    seen = doubted(one.doubts for one in measured)
    return (
        f"{100 * seen.found:.0f} % of {seen.errors} errors lie among the most doubtful {100 * seen.looked_at:.1f} %"
        f" of {seen.entries} entries"
    )


def as_json(measured: Sequence[Measured]) -> dict[str, Any]:
    """Return the figures of each document, of each kind and of all, as values that JSON knows."""
    return {
        "documents": [{"name": one.name, "kind": one.kind, **figures(Summary.of([one]))} for one in measured],
        "kinds": {kind: figures(Summary.of(those)) for kind, those in by_kind(measured).items()},
        "all": figures(Summary.of(measured)) if measured else None,
        "doubt": asdict(doubted(one.doubts for one in measured)),
    }


def figures(summary: Summary) -> dict[str, float]:
    """Return a summary's figures by name, rounded to what they can tell."""
    return {name: round(getattr(summary, name), 4) for name in Summary.__slots__}


def matrix(measured: Iterable[Measured]) -> list[str]:
    """Return a table of generated documents: a line a layout, a column a fate of the lead-ins.

    A cell has the F1 of items and of sections; the last columns are the layout's worst items, false items and edits.
    """
    cells: dict[str, dict[str, list[Measured]]] = {}
    for one in measured:
        layout, fate = one.kind.split(" / ")
        cells.setdefault(layout, {}).setdefault(fate, []).append(one)
    fates = list(dict.fromkeys(fate for row_ in cells.values() for fate in row_))
    every = {fate: [one for row_ in cells.values() for one in row_.get(fate, [])] for fate in fates}
    named = "".join(f"{fate:>16}" for fate in fates)
    lines = [f"{'items F1, sections F1':22}{'n':>5}{named}  worst false%  edits  decis"]
    for layout, row_ in [*cells.items(), *([("ALL", every)] if cells else [])]:
        all_ = Summary.of([one for those in row_.values() for one in those])
        found = (Summary.of(row_[fate]) if fate in row_ else None for fate in fates)
        shown = (f"{cell.items_f1:10.3f} {cell.sections_f1:5.2f}" if cell else "" for cell in found)
        line = "".join(f"{cell:>16}" for cell in shown)
        rest = f"{all_.worst:7.3f}{100 * all_.false_items:7.1f}{all_.edits:7.1f}{all_.decisions:7.1f}"
        lines.append(f"{layout:22}{all_.documents:5}{line}{rest}")
    return [*lines, doubt_line(one for those in every.values() for one in those)]
