"""A query read: which words are names and become filters, which are the frame of a question, which are to be found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from programmes.search.filters import Filters
from programmes.search.query import Clause, FieldValue, Query, Word
from programmes.search.understanding.frames import Frame, frame_of
from programmes.search.understanding.items import Item, items_of, name_of, with_words
from programmes.search.understanding.names import Name, Names
from programmes.search.understanding.opposition import with_opposition
from programmes.search.understanding.tables import AFTER_NAMES, BEFORE_NAMES, MUNICIPAL, NOT_YEARS_AFTER

Kind = Literal["party", "branch", "area", "year", "theme", "dropped"]
FACETS = {"party": "party", "branch": "branch", "area": "branch", "year": "year"}
"""The filter that each kind of name narrows; a place means the branches there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was read as something else than words to be found."""

    kind: Kind
    typed: str
    """The words as typed."""
    values: tuple[str, ...]
    """Values of the filter; the words left out for `dropped`."""
    label: str
    """What it is called."""
    undone: str
    """The query to search instead to have these words found."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it was understood."""

    query: Query
    """What remains to be found as words."""
    filters: Filters
    """Those given and those read from names."""
    readings: tuple[Reading, ...] = ()
    offered: tuple[Reading, ...] = ()
    """What a lone word may name as well: it is searched as a word; `undone` is the query for what it names."""


@dataclass(frozen=True, slots=True)
class _Read:
    """The items of a query with what became of each."""

    items: Sequence[Item]
    dropped: frozenset[int] = frozenset()
    offered: tuple[Name, ...] = field(default=())


def understand(query: Query, filters: Filters, names: Names) -> Understood:
    """Return a query with its names as filters and without the frame of a question."""
    positive = [clause for clause in query.clauses if not clause.negative]
    query, excluded = _with_names_excluded(query, names)
    read = _read(query, positive, names) if positive else _Read(())
    readings = [*_named(read, query.text), *_dropped(read, query.text), *excluded]
    for reading in readings:
        if reading.kind in FACETS and not reading.typed.startswith("-"):
            filters = filters.with_values(FACETS[reading.kind], *reading.values)
    left = [item for at, item in enumerate(read.items) if at not in read.dropped and not item.name]
    clauses = with_opposition([clause for item in left for clause in item.clauses])
    negative = [clause for clause in query.clauses if clause.negative]
    offered = tuple(
        Reading(name.kind, query.text.strip(), name.values, name.label, _asking_for(name)) for name in read.offered
    )
    return Understood(replace(query, clauses=(*clauses, *negative)), filters, tuple(readings), offered)


def _read(query: Query, clauses: Sequence[Clause], names: Names) -> _Read:
    """Return the items of the positive clauses, each name settled, and the words to leave out."""
    items = items_of(clauses, names)
    beside = len(query.clauses) > len(clauses) or bool(query.fields)
    if len(items) == 1 and items[0].name and items[0].name.ordinary and not beside:
        return _Read(with_words([Item(items[0].clauses)]), offered=(items[0].name,))
    asked = query.text.rstrip().endswith("?")
    frame = frame_of([item.symbol for item in items], asked=asked)
    settled = _settled(items, frame, shouted=not any(map(str.islower, query.text)))
    settled = with_words(_without_strange_places(settled))
    if len(settled) != len(items) or [item.symbol for item in settled] != [item.symbol for item in items]:
        frame = frame_of([item.symbol for item in settled], asked=asked)
    dropped = set(frame.dropped)
    for at, item in enumerate(settled):
        if item.name:
            dropped |= _with_name(settled, at, dropped)
    if len(dropped) == len(settled):  # nothing asked for: `hva mener partiene`
        return _Read(settled)
    return _Read(settled, frozenset(dropped))


def _settled(items: Sequence[Item], frame: Frame, *, shouted: bool) -> list[Item]:
    """Return items where a name that its neighbours show to be words is words."""
    start = max((at + 1 for at in frame.dropped if all(each in frame.dropped for each in range(at))), default=0)
    settled = []
    for at, item in enumerate(items):
        name = item.name
        if name and at not in frame.names:
            before = items[at - 1] if at else None
            after = items[at + 1] if at + 1 < len(items) else None
            capital = item.typed[:1].isupper() and not shouted
            if not _is_name(name, before, after, first=at == start, capital=capital):
                item = Item(item.clauses)
        settled.append(item)
    return settled


def _without_strange_places(items: Sequence[Item]) -> list[Item]:
    """Return items where a place apart from a party that has no chapter there is words: what the party says of it."""
    parties = {value for item in items if item.name and item.name.kind == "party" for value in item.name.values}
    settled = []
    for at, item in enumerate(items):
        strange = item.name and item.name.kind == "area" and parties and not parties & item.name.parties
        beside = [each for each in (_nearest(items, at, -1), _nearest(items, at, 1)) if each and each.name]
        if strange and not any(each.name and each.name.kind == "party" for each in beside):
            item = Item(item.clauses)
        settled.append(item)
    return settled


def _nearest(items: Sequence[Item], at: int, step: int) -> Item | None:
    """Return the item before or after one, small words that go with a name passed over."""
    at += step
    while 0 <= at < len(items) and items[at].forms and BEFORE_NAMES.issuperset(items[at].forms):
        at += step
    return items[at] if 0 <= at < len(items) else None


def _is_name(name: Name, before: Item | None, after: Item | None, *, first: bool, capital: bool) -> bool:
    """Return whether a name is one between its neighbours."""
    last = before.forms[-1] if before and before.forms else ""
    following = after.forms[0] if after and after.forms else ""
    if name.kind == "year":
        return last not in NOT_YEARS_AFTER
    if name.kind == "area" and name.capital:
        beside_party = any(each and each.name and each.name.kind == "party" for each in (before, after))
        return beside_party or following in MUNICIPAL or (capital and not first)
    if name.company is None:
        return True
    if capital and not first and not name.capital and last in BEFORE_NAMES:  # `løfter fra Høyre`
        last = ""
    return name.company.allows(last, following, outstanding=first or (capital and not name.capital))


def _with_name(items: Sequence[Item], at: int, dropped: Iterable[int]) -> set[int]:
    """Return the places of the small words that go with a name: `sykkel` `i` Hamar `kommune`."""
    gone = set(dropped)
    before, after = at - 1, at + 1
    if before >= 0 and not items[before].name and items[before].forms in {(word,) for word in BEFORE_NAMES}:
        gone.add(before)
    if after < len(items) and not items[after].name and items[after].forms in {(word,) for word in AFTER_NAMES}:
        gone.add(after)
    return gone


def _named(read: _Read, text: str) -> list[Reading]:
    """Return the readings of names; a party beside a place is its chapter there."""
    found = [(at, item, item.name) for at, item in enumerate(read.items) if item.name]
    readings = []
    skip = None
    for (at, item, name), following in zip(found, [*found[1:], None], strict=False):
        if at == skip:
            continue
        chapter = _chapter(name, following[2]) if following and _adjacent(read, at, following[0]) else None
        if chapter and following:
            skip = following[0]
            both = Item((*item.clauses, *following[1].clauses))
            readings.append(Reading("branch", both.typed, (chapter[0],), chapter[1], _undone(text, both.words)))
        else:
            readings.append(Reading(name.kind, item.typed, name.values, name.label, _undone(text, item.words)))
    return readings


def _adjacent(read: _Read, at: int, other: int) -> bool:
    return all(between in read.dropped for between in range(at + 1, other))


def _chapter(one: Name, other: Name) -> tuple[str, str] | None:
    """Return the value and label of a party's one chapter in a place, if these two are a party and a place."""
    for party, place in ((one, other), (other, one)):
        if party.kind == "party" and place.kind == "area" and len(party.values) == 1:
            return place.by_party.get(party.values[0])
    return None


def _dropped(read: _Read, text: str) -> list[Reading]:
    """Return one reading of all words left out, with an ellipsis where others stand between them."""
    words = [word for at in sorted(read.dropped) for word in read.items[at].words]
    if not words:
        return []
    typed = " ".join(
        word.typed if at - 1 in read.dropped or not number else f"… {word.typed}"
        for number, at in enumerate(sorted(read.dropped))
        for word in read.items[at].words
    )
    return [Reading("dropped", typed, tuple(word.typed for word in words), typed, _undone(text, words))]


def _with_names_excluded(query: Query, names: Names) -> tuple[Query, list[Reading]]:
    """Return the query with excluded names (`-frp`) as excluded filters, and what was read so."""
    clauses, fields, readings = [], list(query.fields), []
    for clause in query.clauses:
        word = clause.atoms[0]
        if not clause.negative or not isinstance(word, Word) or word.as_word:
            clauses.append(clause)
            continue
        name = name_of(word, names)
        if name is None or (name.kind == "area" and name.capital and not word.typed[:1].isupper()):
            clauses.append(clause)
            continue
        typed = f"-{word.typed}"
        fields += [FieldValue(FACETS[name.kind], value, negative=True, typed=typed) for value in name.values]
        readings.append(Reading(name.kind, typed, name.values, f"−{name.label}", _undone(query.text, [word])))
    if not readings:
        return query, readings
    problems = tuple(problem for problem in query.problems if problem.code != "only-without")
    return replace(query, clauses=tuple(clauses), fields=tuple(fields), problems=problems), readings


def _asking_for(name: Name) -> str:
    """Return the query for all that a name stands for."""
    field = {"party": "parti", "area": "sted", "year": "år"}[name.kind]
    return " ".join(f"{field}:{value}" for value in name.values)


def _undone(text: str, words: Iterable[Word]) -> str:
    """Return the query with `ord:` before some of its words."""
    for start in sorted({word.start for word in words}, reverse=True):
        text = f"{text[:start]}ord:{text[start:]}"
    return text.strip()
