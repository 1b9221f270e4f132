"""Comparing a parse with the parse that was expected of a file, both in the parse JSON's shape."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

Element = dict[str, Any]


class Score(NamedTuple):
    """Shares from 0 to 1; the last four are of the items (for `levels`: of the sections) that were found."""

    items: float
    """F1 of the items, matched by the letters and digits of their text."""
    sections: float
    """F1 of the sections, matched likewise by their titles."""
    verbatim: float
    """Those whose text is equal to the letter."""
    placed: float
    """Those under the right section."""
    lead_in: float
    """Those with the right lead-in."""
    nested: float
    """Those with the right parent, or rightly none."""
    levels: float
    """Sections under the right parent."""
    misses: list[str]
    """What was not found (`-`) and what was found too much (`+`)."""


def key(text: str | None) -> str:
    """Return the letters and digits of a text, case folded."""
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


def score_parse(expected: dict[str, Any], parsed: dict[str, Any]) -> Score:
    """Score a parse against the expected one.

    An `optional` section is neither asked for nor held against the parse, and the ids in
    `acceptable_parents` ("" for none) are as right as `parent`.
    """
    wanted_sections = {section["id"]: section for section in expected["sections"]}
    found_sections = {section["id"]: section for section in parsed["sections"]}
    wanted_items = {item["id"]: item for item in expected["items"]}
    found_items = {item["id"]: item for item in parsed["items"]}

    items, missed, extra = _pair(expected["items"], parsed["items"], "text")
    titled = [section for section in parsed["sections"] if key(section["title"])]
    sections, sections_missed, sections_extra = _pair(expected["sections"], titled, "title")
    asked = [(want, got) for want, got in sections if not want.get("optional")]
    sections_missed = [section for section in sections_missed if not section.get("optional")]

    def same(elements: dict[str, Element], wanted_ids: list[str | None], got: Element | None, field: str) -> bool:
        return key(got[field] if got else "") in {
            key(elements[id_][field]) if id_ in elements else "" for id_ in wanted_ids
        }

    return Score(
        items=_f1(len(items), len(missed), len(extra)),
        sections=_f1(len(asked), len(sections_missed), len(sections_extra)),
        verbatim=_share(want["text"] == got["text"] for want, got in items),
        placed=_share(
            same(wanted_sections, [want["section"]], found_sections.get(got["section"]), "title") for want, got in items
        ),
        lead_in=_share(key(want["lead_in"]) == key(got["lead_in"]) for want, got in items),
        nested=_share(
            same(wanted_items, [want["parent"]], found_items.get(got["parent"]), "text") for want, got in items
        ),
        levels=_share(
            same(
                wanted_sections,
                [want["parent"], *want.get("acceptable_parents", [])],
                found_sections.get(got["parent"]),
                "title",
            )
            for want, got in asked
        ),
        misses=[
            *(f"- {element.get('text') or element['title']}" for element in [*missed, *sections_missed]),
            *(f"+ {element.get('text') or element['title']}" for element in [*extra, *sections_extra]),
        ],
    )


def _pair(
    wanted: list[Element], found: list[Element], field: str
) -> tuple[list[tuple[Element, Element]], list[Element], list[Element]]:
    """Match elements one to one in order, and return the pairs, the missed and the extra ones."""
    waiting = defaultdict(list)
    for element in found:
        waiting[key(element[field])].append(element)
    pairs, missed = [], []
    for element in wanted:
        if waiting[key(element[field])]:
            pairs.append((element, waiting[key(element[field])].pop(0)))
        else:
            missed.append(element)
    return pairs, missed, [element for rest in waiting.values() for element in rest]


def _f1(hits: int, missed: int, extra: int) -> float:
    """Return the harmonic mean of precision and recall, 1 where there was nothing to find and nothing found."""
    return 2 * hits / (2 * hits + missed + extra) if hits or missed or extra else 1.0


def _share(rows: Any) -> float:
    """Return how many of the rows are true, 1 where there are none."""
    values = list(rows)
    return sum(values) / len(values) if values else 1.0
