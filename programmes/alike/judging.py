"""What a pledge is, seen from another: the same, in other words, narrower, broader, related, contrary or neither.

Whether two pledges are alike is a small logistic regression over `features.NAMES`, its weights in `fitted.toml`, fitted
by `manage.py fit_alike`; whether they are contrary is a rule (`stances`), and never outweighed by likeness.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from programmes.alike.features import NAMES, Pair, same_unit
from programmes.alike.likeness import Alignment
from programmes.alike.statements import Sentence
from programmes.identity import letters

MATCHES = ("same", "reworded", "narrower", "broader")
"""The labels of pledges that are alike."""
ALIKE = 0.33
"""Probability from which two pledges are alike: best for the F1 of judged pairs that the fit has not seen."""
OTHER_WAY = 0.08
"""How much more probable it must be where no word tells that both go the same way: opposites without a known verb."""
SAME_WAY = 0.25
"""Agreement from which it is told."""
LISTED = 0.3
"""Sureness from which a pledge is listed as one that is like another («ligner»)."""
SHOWN = 0.9
"""Sureness from which it is shown beside it as another party's same pledge; measured by reading, see docs/alike.md."""
CONTRARY = 0.2
"""Contrariness from which two pledges are never alike."""
SAME_SUBJECT = 0.25
"""Likeness, or share of the words of one that the other has, from which contrary pledges are opposites."""
SUBJECT_WORD = 0.3
"""What the heaviest word that both have must weigh for them to have a subject in common."""
RELATED = 0.2
WHOLE = 0.3
"""Of all that each of two pledges says, the other must say so much for them to be shown beside each other."""
DIRECTLY = 0.35
"""What the heaviest noun that both are directly for or against must weigh for that."""
MISSING = 0.9
"""A noun this heavy without a partner on both sides is another subject, whatever the rest says."""
SURELY_AGREEING = 0.3
"""How surely two pledges must go the same way to be shown beside each other, as minus the contrariness."""
LONGER = 1.9
"""So many times the words of another pledge are more promises; labels of judged pairs are the same from 1.6 to 2.2."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a pledge is, seen from another, and how sure that is."""

    label: str
    score: float
    """How probable it is that they are alike; of opposites, that they are about the same."""
    differs: str
    """The words that only the one or the other has, for a person to read."""


@cache
def _fitted() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("fitted.toml").read_text("utf-8"))


def probability(numbers: tuple[float, ...], model: str = "alike") -> float:
    """Return what the regression of that name gives for the numbers of two pledges."""
    weights = _fitted()[model]
    total = weights["constant"] + sum(
        weights[name] * number for name, number in zip(NAMES, numbers, strict=False) if name in weights
    )
    return 1 / (1 + math.exp(-total))


def log_odds(score: float) -> float:
    """Return a probability as odds, so that it can be added to a rank."""
    return math.log(score / (1 - score))


def rank(pair: Pair, found: float) -> float:
    """Return by what candidates are sorted; `found` is how well one was found beside the best, 0 to 1."""
    weights = _fitted()["rank"]
    numbers = dict(zip(NAMES, pair.numbers, strict=True))
    return sum(weights[name] * numbers[name] for name in weights if name in numbers) + weights["found"] * found


def judge(pair: Pair) -> Judgement:
    """Return what the other pledge of a pair is, seen from the one."""
    alignment = pair.alignment
    if letters(pair.one.text) == letters(pair.other.text):
        return Judgement("same", 1.0, "")
    differs = _differs(alignment)
    if pair.contrary >= CONTRARY:
        subject = probability(tuple(0.0 if name == "contrary" else number for name, number in _named(pair)))
        numbers = dict(_named(pair))
        is_subject = numbers["heaviest_shared"] >= SUBJECT_WORD
        is_opposite = is_subject and max(numbers["larger_cover"], subject) >= SAME_SUBJECT
        return Judgement("opposite" if is_opposite else "related", subject, differs)
    score = probability(pair.numbers)
    is_same_way = -pair.contrary >= SAME_WAY
    if score < ALIKE + (0.0 if is_same_way else OTHER_WAY):
        return Judgement("related" if score >= RELATED else "unrelated", score, differs)
    return Judgement(_kind(pair), score, differs)


def seen_from_the_other(label: str) -> str:
    """Return the label of a pair with the two pledges exchanged."""
    return {"narrower": "broader", "broader": "narrower"}.get(label, label)


def _named(pair: Pair) -> list[tuple[str, float]]:
    return list(zip(NAMES, pair.numbers, strict=True))


def sureness(pair: Pair, label: str) -> float:
    """Return how sure it is that one of two pledges belongs beside the other: their likeness among all of an archive.

    That is another question than `judge` answers: of two pledges of an archive that have words in common few are alike,
    and of the judged pairs half. Of opposites it is how sure it is that they are about the same.
    """
    if label == "same":
        return 1.0
    numbers = dict(_named(pair))
    if label == "opposite":
        numbers["agreement"], numbers["contrary"] = numbers["contrary"], 0.0
    sure = probability(tuple(numbers[name] for name in NAMES), "sure")
    is_doubtful = (
        numbers["smaller_whole"] < WHOLE
        or numbers["direct"] < DIRECTLY
        or numbers["missing_in_both"] > MISSING
        or numbers["agreement"] < SURELY_AGREEING
        or numbers["one_studied"] > 0
    )
    return min(sure, SHOWN - 0.01) if is_doubtful else sure


def _kind(pair: Pair) -> str:
    """Return which of the labels of alike pledges the other has, if the two are alike.

    Which promises more is told by what is only looked into, by a number, and by many more words: what else is left
    over on one side as often makes a pledge broader (one promise more) as narrower (one condition more).
    """
    one, other = pair.alignment.one, pair.alignment.other
    if one.is_studied != other.is_studied:
        return "narrower" if other.is_studied else "broader"
    if numbers := same_unit(one.amounts, other.amounts):
        return "broader" if numbers[1] > numbers[0] else "narrower"
    if bool(one.amounts) != bool(other.amounts):  # no number at all binds less, and so holds for more
        return "narrower" if other.amounts else "broader"
    if _same_words(one, other) and len(pair.one.sentences) == len(pair.other.sentences):
        return "same"
    if pair.other.length > LONGER * pair.one.length:
        return "broader"
    if pair.one.length > LONGER * pair.other.length:
        return "narrower"
    return "reworded"


def _same_words(one: Sentence, other: Sentence) -> bool:
    """Return whether two sentences are the same words of content in the same order, spelling and language aside."""
    return len(one.words) == len(other.words) and all(
        not a.families.isdisjoint(b.families) or (len(a.leaves) > 1 and a.leaves == b.leaves)
        for a, b in zip(one.words, other.words, strict=True)
    )


def _differs(alignment: Alignment) -> str:
    """Return the words of content that only one of two sentences has: `byråkrati, skole ≠ sykehus`."""
    only = [
        ", ".join(dict.fromkeys(tie.word.form for tie in ties if tie.cover < 0.5))
        for ties in (alignment.ties, alignment.back)
    ]
    return " ≠ ".join(only) if any(only) else ""
