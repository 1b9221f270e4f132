"""`fit_alike`: fit the weights of `programmes/alike/fitted.toml` from judged pairs and lists, and show how they do.

The archive that the lists were judged on has to be published. Cross-validated figures are printed; what `--apart` names
is left out.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand

from programmes.alike import judging, upkeep
from programmes.alike.candidates import Leaf, weights_of
from programmes.alike.features import NAMES, Pair, compare
from programmes.alike.statements import Statement, read
from programmes.alike.weights import Weights
from programmes.identity import letters
from programmes.models import Passage
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from tools.alike.fit import chances, fit

OF_ALIKE = ("smaller_cover", "heading", "action", "direct", "heaviest_shared", "heaviest_found")
"""What the decision rests on; that contrary pledges are not alike is a rule. More numbers learn the pairs by heart."""
OF_RANK = ("smaller_whole", "larger_cover")
"""What lists are sorted by, beside how well each was found."""
OF_SURE = (
    "smaller_cover",
    "larger_cover",
    "all_shared",
    "missing_in_both",
    "heading",
    "agreement",
    "action",
    "sentences",
    "smaller_whole",
    "shared_nouns",
)
PENALTY_OF_ALIKE = 12.0
INVENTED = 0.3
"""What an invented pair counts for beside a judged one: it says what the programmes here happen not to say."""
PENALTY = 5.0
PENALTY_OF_SURE = 3.0
FOLDS = 10
SHUFFLES = 5
MOST = 150
FITTED = Path(judging.__file__).with_name("fitted.toml")


class Command(BaseCommand):
    help = "Fit the weights by which pledges are judged alike."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pairs", type=Path, required=True, help="judged pairs")
        parser.add_argument("--queries", type=Path, required=True, help="judged lists")
        parser.add_argument(
            "--invented",
            type=Path,
            required=True,
            help="invented pairs: labels, one, other by tabs; each third is apart",
        )
        parser.add_argument(
            "--read", type=Path, help="pairs read one by one: JSON [[text, text, belong beside each other], …]"
        )
        parser.add_argument("--apart", type=Path, help="JSON {pairs: [ids], queries: [ids]} that are kept apart")
        parser.add_argument("--write", action="store_true", help=f"write {FITTED.name}")

    def handle(self, **options: Any) -> None:
        apart = json.loads(options["apart"].read_text("utf-8")) if options["apart"] else {}
        leaves = list(upkeep.leaves_as_published())
        weights = weights_of(leaves)
        judged = [
            row for row in json.loads(options["pairs"].read_text("utf-8")) if row["id"] not in apart.get("pairs", ())
        ]
        lists = [
            row
            for row in json.loads(options["queries"].read_text("utf-8"))
            if row["id"] not in apart.get("queries", ())
        ]
        pairs = [compare(_statement(row["a"]), _statement(row["b"]), weights) for row in judged]
        alike = self._alike(judged, pairs, _invented(options["invented"], weights))
        tables = [_candidates(row, leaves, weights) for row in lists]
        ranks = self._rank(tables)
        beside = json.loads(options["read"].read_text("utf-8")) if options["read"] else []
        sure = _fit_sure(tables, [(compare(read(a), read(b), weights), float(fair)) for a, b, fair in beside])
        if options["write"]:
            FITTED.write_text(_as_toml(alike, ranks, sure), "utf-8")
            self.stdout.write(f"{FITTED} er skrevet")

    def _alike(self, judged: list[dict[str, Any]], pairs: list[Pair], invented: list[Invented]) -> dict[str, float]:
        rows, is_match = _of_alike(pairs), np.array([row["label"] in judging.MATCHES for row in judged])
        own = [each for each in invented if not each.is_apart]
        own_rows, own_matches = _of_alike([each.pair for each in own]), np.array([each.is_match for each in own])

        def fitted(some: np.ndarray) -> dict[str, float]:
            counts = np.concatenate([np.ones(int(some.sum())), np.full(len(own), INVENTED)])
            both = np.concatenate([is_match[some], own_matches]).astype(float)
            return fit(np.vstack([rows[some], own_rows]), both, OF_ALIKE, penalty=PENALTY_OF_ALIKE, counts=counts)

        groups = _groups(judged)
        said = np.zeros((SHUFFLES, len(judged)))
        for shuffle in range(SHUFFLES):
            folds = np.random.default_rng(shuffle).permutation(groups.max() + 1)[groups] % FOLDS
            for fold in range(FOLDS):
                out = folds == fold
                if out.any():
                    said[shuffle, out] = chances(rows[out], OF_ALIKE, fitted(~out))
        kept = fitted(np.ones(len(judged), bool))
        apart = [each for each in invented if each.is_apart]
        of_apart = chances(_of_alike([each.pair for each in apart]), OF_ALIKE, kept)
        contrary, apart_contrary = (
            np.array([pair.contrary >= judging.CONTRARY for pair in some])
            for some in (pairs, [each.pair for each in apart])
        )
        for limit in (0.3, 0.34, 0.38, 0.42, 0.46, 0.5):
            judged_f1 = np.mean([_f1(is_match, (each >= limit) & ~contrary) for each in said])
            apart_f1 = _f1(np.array([each.is_match for each in apart]), (of_apart >= limit) & ~apart_contrary)
            self.stdout.write(f"alike from {limit}: F1 {judged_f1:.3f}; invented and apart {apart_f1:.3f}")
        return kept

    def _rank(self, tables: list[Table]) -> dict[str, float]:
        names = (*OF_RANK, "found")
        recalls = []
        for at, table in enumerate(tables):
            others = [other for n, other in enumerate(tables) if n != at]
            if not table.wanted.any():
                continue
            order = np.argsort(-chances(table.numbers(names), names, _fit_rank(others, names)), kind="stable")
            got = list(dict.fromkeys(table.words[place] for place in order))[:10]
            recalls.append(len(table.matches & set(got)) / min(10, len(table.matches)))
        self.stdout.write(f"lists: recall@10 {np.mean(recalls):.3f} of {len(recalls)}")
        return _fit_rank(tables, names)


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented pair."""

    pair: Pair
    is_match: bool
    is_apart: bool
    """Whether it is kept apart from the fit."""


def _invented(path: Path, weights: Weights) -> list[Invented]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [
        Invented(compare(read(one), read(other), weights), label.split()[0] in judging.MATCHES, at % 3 == 0)
        for at, (label, one, other) in enumerate(rows, 1)
    ]


def _of_alike(pairs: list[Pair]) -> np.ndarray:
    return np.array([pair.numbers for pair in pairs])[:, [NAMES.index(name) for name in OF_ALIKE]]


@dataclass(frozen=True, slots=True)
class Table:
    """What is found for the pledge of a judged list."""

    pairs: list[Pair]
    found: np.ndarray
    """How well each was found, beside the best."""
    words: list[str]
    """The letters of each."""
    matches: set[str]
    """The letters of those that are wanted."""

    @property
    def wanted(self) -> np.ndarray:
        """Whether each is wanted, 1 or 0."""
        return np.array([float(wording in self.matches) for wording in self.words])

    def numbers(self, names: tuple[str, ...]) -> np.ndarray:
        """Return the numbers of each by their names; `found` is one."""
        of_pair = np.array([pair.numbers for pair in self.pairs]).reshape(-1, len(NAMES))
        return np.column_stack([self.found if name == "found" else of_pair[:, NAMES.index(name)] for name in names])


def _fit_rank(tables: list[Table], names: tuple[str, ...]) -> dict[str, float]:
    rows = np.vstack([table.numbers(names) for table in tables])
    wanted = np.concatenate([table.wanted for table in tables])
    counts = np.concatenate([np.full(len(table.words), max(table.wanted.sum(), 1.0) ** -0.5) for table in tables])
    return fit(rows, wanted, names, penalty=PENALTY, counts=counts)


def _fit_sure(tables: list[Table], beside: list[tuple[Pair, float]]) -> dict[str, float]:
    columns = [NAMES.index(name) for name in OF_SURE]
    of_pairs = np.array([pair.numbers for pair, _fair in beside]).reshape(-1, len(NAMES))[:, columns]
    rows = np.vstack([*(table.numbers(OF_SURE) for table in tables), of_pairs])
    answers = np.concatenate([*(table.wanted for table in tables), np.array([fair for _pair, fair in beside])])
    return fit(rows, answers, OF_SURE, penalty=PENALTY_OF_SURE)


def _candidates(row: dict[str, Any], leaves: list[Leaf], weights: Weights) -> Table:
    """Return what is found for a list's pledge, but for itself and what a fair reader may take either way."""
    own = letters(row["query"]["text"])
    passages = Passage.objects.published().filter(kind__in=ADDRESSED_AS_PLEDGES)
    stored = next((passage.pk for passage in passages.iterator() if letters(passage.readable_text) == own), None)
    asked = upkeep.statements_of([stored])[stored] if stored else _statement(row["query"])
    matches = {letters(match["text"]) for match in row["matches"]} - {own}
    left_out = {own} | ({letters(each["text"]) for each in row["acceptable"]} - matches)
    (found,) = upkeep.found_for([asked], leaves, weights, MOST)
    others = upkeep.statements_of([key for key, _score in found])
    kept = [(others[key], score) for key, score in found if key in others and letters(others[key].text) not in left_out]
    top = found[0][1] if found else 1.0
    return Table(
        [compare(asked, other, weights) for other, _score in kept],
        np.array([score / top for _other, score in kept]),
        [letters(other.text) for other, _score in kept],
        matches,
    )


def _groups(judged: list[dict[str, Any]]) -> np.ndarray:
    """Return a number for each pair, the same for all that hang together by a text: these are held out together."""
    group: dict[str, str] = {}

    def first(text: str) -> str:
        while group.setdefault(text, text) != text:
            text = group[text]
        return text

    for row in judged:
        group[first(row["a"]["text"])] = first(row["b"]["text"])
    order = {name: at for at, name in enumerate(dict.fromkeys(first(row["a"]["text"]) for row in judged))}
    return np.array([order[first(row["a"]["text"])] for row in judged])


def _f1(is_match: np.ndarray, called: np.ndarray) -> float:
    return float(2 * (is_match & called).sum() / max(1, is_match.sum() + called.sum()))


def _statement(row: dict[str, str]) -> Statement:
    return read(row["text"], lead_in=row.get("lead_in") or "", headings=row.get("section") or "")


def _as_toml(alike: dict[str, float], ranks: dict[str, float], sure: dict[str, float]) -> str:
    lines = [
        "# Weights of the numbers of two pledges (`features.NAMES`), made by `manage.py fit_alike`; not to be edited."
    ]
    for name, of in (("alike", alike), ("rank", ranks), ("sure", sure)):
        lines += ["", f"[{name}]", *(f"{key} = {value:.4f}" for key, value in of.items())]
    return "\n".join(lines) + "\n"
