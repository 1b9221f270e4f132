"""The words of `words.toml`, as the reading of queries asks for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programmes.norwegian.tokens import Forms, forms_of

_TABLES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Company:
    """Beside which words a name that is an ordinary word too is none."""

    not_before: frozenset[str]
    not_after: frozenset[str]
    not_before_endings: tuple[str, ...] = ()
    first: bool = False
    """Whether it is a name only where it stands first or has a capital."""

    def allows(self, before: str, after: str, *, outstanding: bool) -> bool:
        """Return whether it is a name between two words ("" for none); `outstanding` where first or with a capital."""
        if before in self.not_after or after in self.not_before or (self.first and not outstanding):
            return False
        return not (self.not_before_endings and after.endswith(self.not_before_endings))


def _company(row: dict[str, Any]) -> Company:
    after = row["not_before"].split()
    return Company(
        not_before=frozenset(word for word in after if not word.startswith("_")),
        not_after=frozenset(row["not_after"].split()),
        not_before_endings=tuple(word[1:] for word in after if word.startswith("_")),
        first=row.get("first", False),
    )


PARTY_ALSO: dict[str, str] = _TABLES["party_also"]
ORDINARY: dict[Forms, Company] = {forms_of(name): _company(row) for row in _TABLES["ordinary"] for name in row["names"]}
LETTERS = Company(frozenset(), frozenset(_TABLES["letters"]["not_after"].split()))
ORDINARY_PLACES = frozenset(_TABLES["places"]["ordinary"].split())
NOT_YEARS_AFTER = frozenset(_TABLES["years"]["not_after"].split())
BEFORE_NAMES = frozenset(_TABLES["with_names"]["before"].split())
AFTER_NAMES = frozenset(_TABLES["with_names"]["after"].split())
MUNICIPAL = frozenset(_TABLES["places"]["municipal"].split())
OPPOSED: tuple[Forms, ...] = tuple(sorted(map(forms_of, _TABLES["opposition"]["typed"]), key=lambda forms: -len(forms)))
OPPOSING_PHRASES: tuple[Forms, ...] = tuple(map(forms_of, _TABLES["opposition"]["phrases"]))
OPPOSING_WORDS: tuple[str, ...] = tuple(_TABLES["opposition"]["words"].split())
