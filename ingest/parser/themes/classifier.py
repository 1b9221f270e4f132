"""Give an item its themes, and say why.

    classify("Bygge flere sykkelveier", headings=["Samferdsel"]).main   →   "trafikk-og-transport"

`classify_programme` does it for a whole programme, where an item's neighbours count as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.parser.document import Entry, Item, Reason, ReasonPlace, Section
from ingest.parser.themes.clues import DATA
from ingest.parser.themes.evidence import NOTHING, POINTS, Evidence, TextEvidence, read, summed_shares
from ingest.parser.themes.sub_themes import sub_themes
from ingest.parser.values import replace

WEIGHTS = DATA / "weights.json"
MOST_ALSO = 2
ALSO_OF_MAIN = 0.3
"""A theme stands beside the main one where it scores at least this share of the main theme's score …"""
ALSO_WORDS = frozenset({"settled", "sure", "likely"})
"""… and has a word of this strength in the text, or the section's heading."""
TELLING_PART = 0.1
"""A word is told as a reason where it counted at least this share of what the weightiest did …"""
MOST_REASONS = 6
"""… and is among so many."""

KINDS_OF: dict[ReasonPlace, tuple[str, ...]] = {
    "text": ("settled", "sure", "sure words", "likely words", "hints", "share", "first"),
    "lead-in": ("lead-in",),
    "parent": ("parent",),
    "heading": ("heading", "heading above", "speaking heading"),
    "neighbours": ("neighbours",),
}


@dataclass(frozen=True, slots=True)
class Classification:
    """An item's themes."""

    main: str | None
    """None where neither text nor heading nor neighbours say anything."""
    also: tuple[str, ...] = ()
    sub_themes: tuple[str, ...] = ()
    """Below the main theme and those beside it, at most two below each."""
    reasons: tuple[Reason, ...] = ()
    """Of the main theme first, the weightiest first; what hardly counted is left out."""


@cache
def kept_weights() -> dict[str, float]:
    """Return the weights that `manage.py train_themes` wrote."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    return weights


def classify(
    text: str, *, headings: Sequence[str], lead_in: str = "", parent: str = "", siblings: Iterable[str] = ()
) -> Classification:
    """Return the themes of one item.

    `headings` are those it stands under, the outermost first; `parent` is the text of the item that it is
    part of; `siblings` are the texts of the other items under the same heading.
    """
    beside = [read(sibling) for sibling in siblings]
    return decide(
        Evidence(
            text=read(text),
            lead_in=read(lead_in),
            parent=read(parent),
            headings=[read(heading, heading=True) for heading in reversed(headings)],
            neighbours={theme: share / (len(beside) + 1) for theme, share in summed_shares(beside).items()},
        )
    )


def classify_programme(entries: Sequence[Entry], sections: Sequence[Section]) -> dict[str, Classification]:
    """Return the themes of a programme's items and pledges in running text, by their ids."""
    return {id_: decide(evidence) for id_, evidence in evidence_of(entries, sections).items()}


def with_themes(entries: Sequence[Entry], sections: Sequence[Section]) -> tuple[Entry, ...]:
    """Return the entries with the themes of the items and of the pledges in running text among them."""
    decided = classify_programme([entry for entry in entries if entry.kind != "prose"], sections)
    return tuple(_themed(entry, decided[entry.id]) if entry.id in decided else entry for entry in entries)


def with_themes_of(ids: Collection[str], entries: Sequence[Entry], sections: Sequence[Section]) -> tuple[Entry, ...]:
    """Return the entries with the themes of some of them, whose neighbours count and keep what they have."""
    around = {entry.section for entry in entries if entry.id in ids}
    near = [entry for entry in entries if entry.kind != "prose" and entry.section in around]
    decided = classify_programme(near, sections)
    return tuple(
        _themed(entry, decided[entry.id]) if entry.id in ids and entry.id in decided else entry for entry in entries
    )


def _themed(entry: Entry, themes: Classification) -> Entry:
    return replace(
        entry, theme=themes.main, also_themes=themes.also, sub_themes=themes.sub_themes, theme_reasons=themes.reasons
    )


def evidence_of(entries: Sequence[Entry], sections: Sequence[Section]) -> dict[str, Evidence]:
    """Return what speaks in a programme, entry for entry; the neighbours are the items under the same heading alone."""
    section_by_id = {section.id: section for section in sections}
    items = [entry for entry in entries if isinstance(entry, Item)]
    readings = {entry.id: read(entry.repaired or entry.text) for entry in entries}
    in_section: dict[str, list[TextEvidence]] = {entry.section: [] for entry in entries}
    for item in items:
        in_section[item.section].append(readings[item.id])
    headings = {section: _headings_over(section, section_by_id) for section in in_section}
    totals = {section: summed_shares(found) for section, found in in_section.items()}
    in_text = {
        entry.id: Evidence(
            text=readings[entry.id],
            headings=headings[entry.section],
            neighbours={
                theme: share / len(in_section[entry.section]) for theme, share in totals[entry.section].items()
            },
        )
        for entry in entries
        if not isinstance(entry, Item)
    }
    return in_text | {
        item.id: Evidence(
            text=readings[item.id],
            lead_in=read(item.lead_in),
            parent=readings.get(item.parent or "", NOTHING),
            headings=headings[item.section],
            neighbours={
                theme: (share - readings[item.id].shares.get(theme, 0.0)) / len(in_section[item.section])
                for theme, share in totals[item.section].items()
            },
        )
        for item in items
    }


def _headings_over(section_id: str, sections: Mapping[str, Section]) -> tuple[TextEvidence, ...]:
    """Return a section's heading and those above it, the nearest first."""
    chain: list[str] = []
    above: str | None = section_id
    while above and above in sections and above not in chain:
        chain.append(above)
        above = sections[above].parent
    return tuple(read(sections[id_].title, heading=True) for id_ in chain)


def decide(evidence: Evidence, weights: Mapping[str, float] | None = None) -> Classification:
    """Weigh the evidence of one item, with the kept weights if no others are given."""
    weights = kept_weights() if weights is None else weights
    kinds = list(evidence.kinds())
    scores: dict[str, float] = {}
    for kind, numbers in kinds:
        weight = weights[kind]
        for theme, number in numbers.items():
            if number:
                scores[theme] = scores.get(theme, 0.0) + weight * number
    ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
    if not ranked or scores[ranked[0]] <= 0:
        return Classification(None)
    main, *others = ranked
    named = {hit.clue.theme for hit in evidence.text.hits if hit.clue.strength in ALSO_WORDS}
    named.update(*(heading.shares for heading in evidence.headings[:1]))
    also = [theme for theme in others if theme in named and scores[theme] >= ALSO_OF_MAIN * scores[main]][:MOST_ALSO]
    reasons: list[Reason] = []
    for theme in (main, *also):
        of_theme = {kind: numbers[theme] for kind, numbers in kinds if theme in numbers}
        reasons += _reasons(theme, evidence, of_theme, weights)
    return Classification(main, tuple(also), sub_themes(evidence, (main, *also)), tuple(reasons))


def _reasons(theme: str, evidence: Evidence, kinds: Mapping[str, float], weights: Mapping[str, float]) -> list[Reason]:
    """Share a theme's score out among the words that made it, and return those that made most of it."""
    readings: dict[ReasonPlace, Sequence[TextEvidence]] = {
        "text": [evidence.text],
        "lead-in": [evidence.lead_in],
        "parent": [evidence.parent],
        "heading": evidence.headings,
        "neighbours": (),
    }
    reasons: list[Reason] = []
    for where, of_place in KINDS_OF.items():
        worth = sum([weights[kind] * kinds[kind] for kind in of_place if kind in kinds])
        if worth <= 0:
            continue
        points: dict[str, float] = defaultdict(float)
        for reading in readings[where]:
            for hit in reading.hits:
                if hit.clue.theme == theme:
                    points[hit.words] += POINTS[hit.clue.strength]
        if where == "neighbours":
            points[""] = 1.0
        total = sum(points.values())
        reasons += [Reason(theme, word, where, round(worth * some / total, 2)) for word, some in points.items()]
    telling = TELLING_PART * max((reason.weight for reason in reasons), default=0.0)
    told = [reason for reason in reasons if reason.weight > 0 and reason.weight >= telling]
    return sorted(told, key=lambda reason: -reason.weight)[:MOST_REASONS]
