"""The labelled lists: whole lists of pledges, and of what is none, with the heading and the line above each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.quality.scoring import Misses

LISTS = Path(__file__).parents[2] / "tests" / "ingest" / "parser" / "lists"
"""Their README tells what stands in which file."""


@dataclass(frozen=True, slots=True)
class LabelledList:
    """A list as it would stand in a programme, without marks."""

    language: str
    """`nb` or `nn`."""
    kind: str
    """What its entries are: `infinitive`, `facts`, `candidates` …"""
    heading: str
    label: str
    """The line right above it."""
    entries: tuple[str, ...]
    are_pledges: bool


def read_lists(*, held_back: bool = False, folder: Path = LISTS) -> list[LabelledList]:
    """Return the lists to work with, or those that are held back until the rules are finished."""
    start = "held_back_" if held_back else ""
    return [
        *_read(folder / f"{start}pledges.txt", are_pledges=True),
        *_read(folder / f"{start}others.txt", are_pledges=False),
    ]


def _read(path: Path, *, are_pledges: bool) -> list[LabelledList]:
    lists = []
    for block in path.read_text("utf-8").split("== ")[1:]:
        head, heading, label, *entries = block.strip().split("\n")
        language, kind = head.split()
        texts = tuple(entry.removeprefix("- ") for entry in entries)
        lists.append(LabelledList(language, kind, heading.removeprefix("# "), label, texts, are_pledges))
    return lists


def wrong_by_kind(misses: Iterable[Misses], lists: Iterable[LabelledList]) -> list[str]:
    """Return a line for each kind of list with entries that were taken for pledges, or pledges that were not found."""
    kinds = {entry: f"{one.language} {one.kind}" for one in lists for entry in one.entries}
    every = list(misses)
    false = Counter(kinds.get(item["text"], "other words") for one in every for item in one.items_extra)
    missed = Counter(kinds[item["text"]] for one in every for item in one.items_missed)
    return [f"{kind:22}{false[kind]:6} false{missed[kind]:6} missed" for kind in sorted(false.keys() | missed.keys())]
