"""The address of each place: one for a municipality or county through the reforms that changed its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from programmes.norwegian.slugs import slugify_norwegian
from programmes.places import bare_names

Key = tuple[str, date]
"""An area of the register: its number, and its first day with it."""
Row = Mapping[str, Any]
"""An area as the register file has it: `code`, `name`, `from`; `to`, `county` and `successors` where it has them."""


def place_slugs(rows: Sequence[Row]) -> dict[Key, str]:
    """Return the address of each area of the register; those that are one place through the reforms share one.

    A place is called by its newest name. Of two with the same name the one that still stands has it alone (`nes`), the
    other with its county (`nes-buskerud`); where both stand, both have (`valer-ostfold`, `valer-innlandet`). A county
    that is called what a municipality is, says what it is (`oslo-fylke`).
    """
    by_name: dict[str, list[list[Row]]] = defaultdict(list)
    for place in _places(rows):
        by_name[slugify_norwegian(" ".join(_without_brackets(place[-1])))].append(place)
    county_names = {_key(row): row["name"] for row in rows if "county" not in row}
    slugs: dict[Key, str] = {}
    for name, places in by_name.items():
        standing = [place for place in places if "to" not in place[-1] and "county" in place[-1]]
        municipalities = [place for place in places if "county" in place[-1]]
        for place in places:
            newest = place[-1]
            if "county" not in newest:
                slug = f"{name}-fylke" if municipalities else name
            elif len(municipalities) == 1 or standing == [place]:
                slug = name
            else:
                slug = f"{name}-{slugify_norwegian(county_names[newest['county'], newest['from']])}"
            slugs |= {_key(row): slug for row in place}
    return slugs


def _without_brackets(row: Row) -> tuple[str, ...]:
    return bare_names(row["name"])


def _key(row: Row) -> Key:
    return row["code"], row["from"]


def _places(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the areas gathered into places, each oldest first: names are kept through reforms, or taken up again."""
    by_key = {_key(row): row for row in rows}
    place_of: dict[Key, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["from"], row["code"])):
        place = place_of.setdefault(_key(row), [row])
        for later in _later(row, by_key):
            key = _key(later)
            if ("county" in later) != ("county" in row) or set(bare_names(later["name"])).isdisjoint(
                bare_names(row["name"])
            ):
                continue
            if key not in place_of:
                place_of[key] = place
                place.append(later)
    unique = {id(place): place for place in place_of.values()}
    return [sorted(place, key=lambda row: (row["from"], row["code"])) for place in unique.values()]


def _later(row: Row, by_key: Mapping[Key, Row]) -> Iterator[Row]:
    """Yield the areas that came of an area, nearest first, each once."""
    seen: set[Key] = set()
    frontier: Iterable[Row] = [row]
    while frontier:
        found = []
        for each in frontier:
            for code in each.get("successors", ()):
                key = (code, each["to"] + timedelta(days=1))
                if key in by_key and key not in seen:
                    seen.add(key)
                    found.append(by_key[key])
        yield from found
        frontier = found
