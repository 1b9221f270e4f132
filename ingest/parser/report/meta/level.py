"""How high in the state a programme is for: the land, a county or a municipality."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from ingest.parser.report.meta.author import Author
from ingest.parser.report.meta.front import Front
from programmes.register_files import AREAS, read_rows

Level = Literal["national", "county", "municipality"]

IN_TITLE: tuple[tuple[Level, str], ...] = (
    ("county", r"\bfylkes?(?:tings?)?-?(?:val|program|lag|politi|årsm)"),
    ("municipality", r"\b(?:kommune(?:styre)?|bystyre|bydels?|herredsstyre)-?(?:val|program|politi| og fylkes)"),
    ("national", r"\bstortings?-?(?:val|program)|\blandsm[øo]te"),
)
"""Words of a title, a first line or a last one that name a level."""
LAND_SHARE = 4
"""A party as a whole speaks of the land once for so many times that it speaks of counties or municipalities.
Chosen, not measured."""


def level_of(front: Front, author: Author, text: str) -> Level | None:
    """Return the level: by the words of the front, the place in the author's name, else what the text is about."""
    if author.branch and author.branch.casefold().endswith(" fylke"):
        return "county"
    for words in (*front.texts, *front.last):
        if len(named := _named(words)) == 1:
            return named.pop()
    if author.branch and (known := _of_place(author.branch)):
        return known
    return _by_matter(author, text)


def _named(words: str) -> set[Level]:
    return {level for level, pattern in IN_TITLE if re.search(pattern, words, re.IGNORECASE)}


def _by_matter(author: Author, text: str) -> Level | None:
    """Return the level that a text speaks of; a chapter or a list is of a municipality where in doubt."""
    county = len(re.findall(r"\bfylke(?:t|skommun|sting|slag)", text, re.IGNORECASE))
    municipality = len(re.findall(r"\bkommune(?:n|ns|styre|plan)\b|\bkommunal", text, re.IGNORECASE))
    nation = len(re.findall(r"\b(?:Norge|Noreg|[Rr]egjering|[Ss]torting|[Ss]taten)", text))
    if not author.is_local:
        share = LAND_SHARE if author.is_party else 1
        if nation * share >= max(county, municipality) and (nation or author.is_party):
            return "national"
        if not (author.branch or county or municipality):
            return None
    return "county" if county > 2 * municipality and re.search(r"\bfylkes(?:kommun|ting)", text) else "municipality"


def _of_place(branch: str) -> Level | None:
    """Return the level of the register's area that a chapter bears the name of; Oslo is a municipality first."""
    counties, municipalities = _areas()
    words = re.findall(r"[\w-]+", branch)
    names = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    if names & municipalities:
        return "municipality"
    return "county" if names & counties else None


@cache
def _areas() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the register's counties and municipalities, now and before."""
    rows = read_rows([AREAS])["area"]
    return _names(row["name"] for row in rows if "county" not in row), _names(
        row["name"] for row in rows if "county" in row
    )


def _names(names: Iterable[str]) -> frozenset[str]:
    """Return each name of areas: `Herøy (Nordland)` is Herøy, `Fauske – Fuossko` both."""
    return frozenset(part.strip() for name in names for part in re.split(r" - |–", name.partition(" (")[0]))
