"""Compare a parse with the right result (gold), both in the shape of the parse JSON.

What a gold file may say beside it: `text_variants`, `title_variants`, `acceptable_sections`, `acceptable_parents` and
`acceptable_lead_ins` name other fair answers; an item or section that is `optional`, and a title among the
`optional_headings`, is neither asked for nor held against a parse; `pages` or `lines` are those that were annotated,
and nothing else is looked at; a detail (`meta`) that is a list names every fair answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Element = dict[str, Any]
"""An item or a section."""
Parse = Mapping[str, Any]
Pairs = list[tuple[Element, Element]]
"""What was asked for, and what was found of it."""

DETAILS = ("title", "party", "branch", "level", "period_start", "period_end", "language", "doc_type", "status")


@dataclass(frozen=True, slots=True)
class Found:
    """How many were asked for, how many were found, and how many of those were right."""

    asked: int
    found: int
    hits: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was asked for and nothing found."""
        return self.hits / self.found if self.found else float(not self.asked)

    @property
    def recall(self) -> float:
        """Share of what was asked for that was found; 1 where nothing was asked for and nothing found."""
        return self.hits / self.asked if self.asked else float(not self.found)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (self.asked + self.found) if self.asked or self.found else 1.0


@dataclass(frozen=True, slots=True)
class Misses:
    """What is wrong: elements of the gold where something is missing, of the parse where it is too much or wrong."""

    items_missed: Sequence[Element]
    items_extra: Sequence[Element]
    sections_missed: Sequence[Element]
    sections_extra: Sequence[Element]
    lead_ins_wrong: Sequence[Element]
    """Items that were found, with another lead-in."""
    places_wrong: Sequence[Element]
    """Items that were found, under another section."""
    levels_wrong: Sequence[Element]
    """Sections that were found, under another parent."""

    def lines(self) -> list[str]:
        """Return a line each: `-` what is missing, `+` what is too much, `!` what stands wrong."""
        return [
            *(f"- {_words(element)}" for element in (*self.items_missed, *self.sections_missed)),
            *(f"+ {_words(element)}" for element in (*self.items_extra, *self.sections_extra)),
            *(f"! lead-in {item['lead_in']!r}: {item['text']}" for item in self.lead_ins_wrong),
            *(f"! section: {item['text']}" for item in self.places_wrong),
            *(f"! level: {section['title']}" for section in self.levels_wrong),
        ]


@dataclass(frozen=True, slots=True)
class Score:
    """How well a parse agrees with the gold; shares from 0 to 1, 1 where there was nothing to judge."""

    items: Found
    """Matched one to one by the letters and digits of their text."""
    sections: Found
    """Matched likewise by their titles."""
    verbatim: float
    """Items that were found whose text is equal to the letter."""
    placed: float
    """… that stand under the right section."""
    lead_in: float
    """… that have the right lead-in."""
    kind: float
    """… that are pledges or questions, as they should."""
    nested: float
    """… that have a parent or should, with the right one."""
    levels: float
    """Sections that were found under the right parent."""
    details_wrong: tuple[str, ...]
    """Those of the nine details that the gold has and the parse has otherwise."""
    edits: float
    """What an editor would have to put right, for each hundred items asked for."""
    decisions: float
    """The same, where a run of neighbours under one lead-in, all missing or all too much, is put right at once."""
    misses: Misses

    @property
    def false_items(self) -> float:
        """Share of what was found as items that is none."""
        return 1 - self.items.precision if self.items.found else 0.0


def key(text: str | None) -> str:
    """Return the letters and digits of a text, case folded."""
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


def score_parse(gold: Parse, parsed: Parse) -> Score:
    """Score a parse against the gold."""
    inside = _annotated(gold)
    asked_items = _Elements(gold["items"], "text")
    found_items = _Elements(parsed["items"], "text")
    asked_sections = _Elements(gold["sections"], "title")
    found_sections = _Elements(parsed["sections"], "title")

    pairs, missed, extra = _pair(gold["items"], filter(inside, parsed["items"]), "text")
    items = [(asked, found) for asked, found in pairs if not asked.get("optional")]
    missed = _asked_for(missed)

    def titled(sections: Iterable[Element]) -> list[Element]:
        return [section for section in sections if key(section["title"]) and inside(section)]

    both = titled(gold["sections"]), titled(parsed["sections"])
    section_pairs, sections_missed, sections_extra = _pair(*both, "title")
    sections = [(asked, found) for asked, found in section_pairs if not asked.get("optional")]
    sections_missed = _asked_for(sections_missed)
    free = {key(title if isinstance(title, str) else title["title"]) for title in gold.get("optional_headings", [])}
    sections_extra = [section for section in sections_extra if key(section["title"]) not in free]

    def lead_in_is_right(asked: Element, found: Element) -> bool:
        fair = (asked.get("lead_in"), *asked.get("acceptable_lead_ins", []))
        return key(found.get("lead_in")) in map(key, fair)

    def place_is_right(asked: Element, found: Element) -> bool:
        fair = asked_sections.fair([asked.get("section"), *asked.get("acceptable_sections", [])])
        return found_sections.name(found.get("section")) in fair

    def parent_is_right(asked: Element, found: Element) -> bool:
        fair = asked_items.fair([asked.get("parent"), *asked.get("acceptable_parents", [])])
        return found_items.name(found.get("parent")) in fair

    def level_is_right(asked: Element, found: Element) -> bool:
        fair = asked_sections.fair([asked.get("parent"), *asked.get("acceptable_parents", [])])
        return found_sections.name(found.get("parent")) in fair

    misses = Misses(
        missed,
        extra,
        sections_missed,
        sections_extra,
        [found for asked, found in items if not lead_in_is_right(asked, found)],
        [found for asked, found in items if not place_is_right(asked, found)],
        [found for asked, found in sections if not level_is_right(asked, found)],
    )
    wanted = _asked_for(gold["items"])
    lists_wrong = {_list_of(asked) for asked, found in items if not lead_in_is_right(asked, found)}
    headings = len(sections_missed) + len(sections_extra) + len(misses.levels_wrong)
    rest = len(lists_wrong) + headings
    a_hundred = 100 / max(1, len(wanted))
    return Score(
        items=Found(len(items) + len(missed), len(items) + len(extra), len(items)),
        sections=Found(len(sections) + len(sections_missed), len(sections) + len(sections_extra), len(sections)),
        verbatim=_share(_is_verbatim, items),
        placed=_share(place_is_right, items),
        lead_in=_share(lead_in_is_right, items),
        kind=_share(lambda asked, found: asked.get("kind", "pledge") == found.get("kind", "pledge"), items),
        nested=_share(parent_is_right, [pair for pair in items if pair[0].get("parent") or pair[1].get("parent")]),
        levels=_share(level_is_right, sections),
        details_wrong=details_wrong(gold.get("meta") or {}, parsed.get("meta") or {}),
        edits=(len(missed) + len(extra) + rest) * a_hundred,
        decisions=(_runs(missed, wanted) + _runs(extra, parsed["items"]) + rest) * a_hundred,
        misses=misses,
    )


def details_wrong(gold: Parse, found: Parse) -> tuple[str, ...]:
    """Return which of the details are other than the gold has them; those that it lacks are not judged."""
    if not gold or not found:
        return ()
    return tuple(
        name
        for name in DETAILS
        if name in gold
        and _tidy(found.get(name)) not in map(_tidy, gold[name] if isinstance(gold[name], list) else [gold[name]])
    )


class _Elements:
    """The items or sections of one side, by their id."""

    def __init__(self, elements: Iterable[Element], field: str) -> None:
        self.names = {
            element["id"]: (key(element[field]), *map(key, element.get(f"{field}_variants", [])))
            for element in elements
        }

    def name(self, id_: str | None) -> str:
        """Return an element's own name, "" for none."""
        return self.names.get(id_ or "", ("",))[0]

    def fair(self, ids: Iterable[str | None]) -> set[str]:
        """Return each name of some elements, "" for what is none."""
        return {name for id_ in ids for name in self.names.get(id_ or "", ("",))}


def _annotated(gold: Parse) -> Callable[[Element], bool]:
    """Return a test for what stands on the pages or lines that were annotated."""
    if gold.get("pages"):
        pages = set(gold["pages"])
        return lambda element: (element.get("page_first") or element.get("page")) in pages
    if gold.get("lines"):
        first, last = gold["lines"]
        return lambda element: first <= (element.get("line_first") or element.get("line") or 0) <= last
    return lambda element: True


def _pair(asked: Iterable[Element], found: Iterable[Element], field: str) -> tuple[Pairs, list[Element], list[Element]]:
    """Match elements one to one in order, and return the pairs, the missed and the extra ones."""
    waiting: dict[str, list[Element]] = defaultdict(list)
    for element in found:
        waiting[key(element[field])].append(element)
    pairs, missed = [], []
    for element in asked:
        names = map(key, (element[field], *element.get(f"{field}_variants", [])))
        name = next((name for name in names if waiting.get(name)), None)
        if name is None:
            missed.append(element)
        else:
            pairs.append((element, waiting[name].pop(0)))
    return pairs, missed, [element for rest in waiting.values() for element in rest]


def _asked_for(elements: Iterable[Element]) -> list[Element]:
    return [element for element in elements if not element.get("optional")]


def _list_of(item: Element) -> tuple[str | None, str]:
    return item.get("section"), key(item.get("lead_in"))


def _runs(elements: Iterable[Element], every: Iterable[Element]) -> int:
    """Count the runs of elements that stand next to each other under one lead-in."""
    order = {element["id"]: place for place, element in enumerate(every)}
    where = sorted((order[element["id"]], _list_of(element)) for element in elements)
    return len(where) - sum(b[0] == a[0] + 1 and b[1] == a[1] for a, b in pairwise(where))


def _is_verbatim(asked: Element, found: Element) -> bool:
    return " ".join(found["text"].split()) in {
        " ".join(text.split()) for text in (asked["text"], *asked.get("text_variants", []))
    }


def _share(is_right: Callable[[Element, Element], bool], pairs: Pairs) -> float:
    return sum(is_right(*pair) for pair in pairs) / len(pairs) if pairs else 1.0


def _tidy(value: object) -> object:
    """Return a detail as it is compared: dashes and spaces alike, no case, no stops around it."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.casefold().replace("–", "-").replace("—", "-").split())
    return text.replace(" - ", "-").strip(" .:|-") or None


def _words(element: Element) -> str:
    return str(element["text"] if "text" in element else element["title"])
