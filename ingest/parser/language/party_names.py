"""How a text names the parties of the register: patterns made from their names, with endings by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from programmes.register_files import PARTIES as REGISTER
from programmes.register_files import Row, read_rows

LONGEST_NAME = 5
"""Words of the name of a chapter or a list at most. Chosen, not measured."""
JOINS = frozenset(("i", "på", "og", "for"))
"""Words in lower case within such a name."""


class PartyName(NamedTuple):
    """How a party is written."""

    code: str
    """As in Norwegian election results; "" for one that the register lacks."""
    name: str
    """Its name, which its national branch bears."""
    pattern: str
    """The party as such, in any form."""
    chapter: str
    """The last words of a chapter's name: `Storfjell Arbeiderparti`."""
    stems: tuple[str, ...]
    """Words one of which stands wherever the pattern matches: looking for them is quick."""

    def times_in(self, text: str) -> int:
        """Return how often a text names the party."""
        return len(re.findall(self.pattern, text)) if any(stem in text for stem in self.stems) else 0


def read_parties(register: Path = REGISTER) -> tuple[PartyName, ...]:
    """Return the parties of a register file, in its order."""
    return tuple(party_name(row) for row in read_rows([register])["party"])


def as_party(name: str) -> PartyName:
    """Return how a party or list is written that the register lacks: `Bygdelista`, `Storfjell Bygdeliste`."""
    bare = _LIST_ENDING.sub("", _indefinite(name))
    stem = re.escape(bare)
    ending = r"\w*" if stem.endswith(("list", "parti", "Parti", "LIST", "PARTI")) else r"s?\b"
    return PartyName("", name, rf"\b{stem}{ending}", rf"{stem}(?:e|a|en)?", (bare,))


def party_name(row: Row) -> PartyName:
    """Return how a party is written that has a row's names: `nb`, `nn`, and maybe `also` and `short`."""
    names = _longest_first({row["nb"], row["nn"], *row.get("also", ()), *_abbreviations(row.get("short", ""))})
    chapters = _longest_first(_indefinite(name.removeprefix("Partiet ")) for name in names)
    return PartyName(
        row["code"],
        row["nb"],
        "|".join(map(_any_form, names)),
        "|".join(map(re.escape, chapters)),
        tuple(map(_indefinite, names)),
    )


def _longest_first(names: Iterable[str]) -> list[str]:
    """Return each name once; a name stands before those that are a part of it, and so is found whole."""
    return sorted(set(names), key=lambda name: (-len(name), name))


def _abbreviations(short: str) -> set[str]:
    """Return the ways to write an abbreviation: `FrP` is written `Frp` too, and `SV` in no other way.

    One letter alone says nothing in a text.
    """
    if len(short) < 2:
        return set()
    return {short} if short.isupper() else {short, short.capitalize()}


def _indefinite(name: str) -> str:
    """Return a name as a chapter bears it: `Arbeiderparti` for `Arbeiderpartiet`."""
    return name.removesuffix("et") if name.endswith("partiet") else name


def _any_form(name: str) -> str:
    """Return a pattern for a name with its endings: any after `parti` (-et, -ets, -er), else the s of a genitive."""
    stem = _indefinite(name)
    ending = r"\w*" if stem.endswith(("parti", "Parti")) else r"s?\b"
    return rf"\b{re.escape(stem)}{ending}"


def names_author(line: str) -> bool:
    """Return whether a line is nothing but the name of a party, a chapter or a list: `SV`, `Storfjell Høyre`."""
    words = line.split()
    if not 0 < len(words) <= LONGEST_NAME or not line[:1].isupper():
        return False
    if _LIST_NAME.search(line):
        return True
    left = next(
        (rest for party in PARTIES if (rest := re.sub(f"{party.pattern}|{party.chapter}", "", line)) != line), line
    )
    return left != line and all(word[:1].isupper() or word in JOINS for word in left.split())


_LIST_NAME = re.compile(r"\b\w*list(?:e|a|en)$", re.IGNORECASE)
_LIST_ENDING = re.compile(r"(?<=list)(?:e|a|en|er)$", re.IGNORECASE)

PARTIES = read_parties()
