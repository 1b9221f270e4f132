"""The rules of the parser as tables: what a mark, a number, a lead-in, a heading and furniture look like.

The marks stand here, all other rows in `rules.toml`. Each row carries an example. None names a party, a place or a
file; `docs/parsing.md` says how to add one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

BULLETS = "•●○◦◉⚫∎⬤⦁▪▫■□◼◾▬‣⁃∙·➢➤➔➜➝➞→⇒⟶▷►▶▸◆◇❖♦★☆✓✔✗✘☑☐❏❑❒✦✱✅👉🔹🔸◽"
"""Signs that begin an entry wherever they begin a line."""
PRIVATE = "\uf020-\uf0ff"
"""What symbol fonts (Wingdings, Symbol) leave of their signs, as a range of a character class."""
DASHES = "-–—‐‑−"

MarkSort = Literal["bullet", "sign", "order"]
"""A bullet counts wherever it begins a line, a sign where a sentence can have ended above, the rest in its order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with an example that it matches."""

    name: str
    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class MarkRule(Rule):
    """A list mark, how it counts, and what must follow on it within a text."""

    sort: MarkSort
    before: str = r"\s"


def union(rules: Iterable[Rule], flags: int = 0) -> re.Pattern[str]:
    """Return one compiled pattern that matches where any rule of a table does."""
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in rules), flags)


def named(rules: Iterable[Rule], *names: str) -> list[Rule]:
    """Return the rows of a table that bear these names; a KeyError where one of them is not there."""
    by_name = {rule.name: rule for rule in rules}
    return [by_name[name] for name in names]


class Search:
    """The rows of a table, looked for anywhere in a text: those that can only begin it are tried there alone.

    That takes half the time of one pattern of all rows, which Python tries row by row at every character.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        rows = tuple(rules)
        begin = [row for row in rows if row.pattern.startswith("^")]
        self._begins = union(begin).match if begin else lambda text: None
        self._within = [re.compile(row.pattern).search for row in rows if row not in begin]

    def finds(self, text: str) -> bool:
        """Return whether any row matches somewhere in a text."""
        if self._begins(text):
            return True
        return any(search(text) for search in self._within)


# Marks that begin a list entry. The order matters: the first that fits names the entry's kind.
MARKS: tuple[MarkRule, ...] = (
    MarkRule("bullet", rf"[{BULLETS}{PRIVATE}]+\ufe0f?", "•bygge flere boliger", "bullet", ""),
    MarkRule("lost glyph", "\ufffd", "\ufffd bygge flere boliger", "bullet", r"\s|$"),
    MarkRule("undecoded bullet", r"\(cid:\d{1,5}\)", "(cid:127) bygge flere boliger", "bullet", ""),
    MarkRule("dash", f"[{DASHES}]", "– bygge flere boliger", "sign"),
    MarkRule("star", r"\*", "* bygge flere boliger", "sign"),
    MarkRule("guillemet", "»+", "» bygge flere boliger", "sign"),
    MarkRule("letter o", "o", "o bygge flere boliger", "sign", r"\s+\S"),
    MarkRule("number", r"\(?\d{1,3}[.)]", "1. bygge flere boliger", "order", r"\s|[A-ZÆØÅ]|$"),
    MarkRule("letter", r"\(?[a-zæøå]{1,2}\)", "a) bygge flere boliger", "order", r"\s|[A-ZÆØÅ]|$"),
    MarkRule("letter and stop", r"[a-zæøå]\.", "a. bygge flere boliger", "order", r"\s+\S\S"),
)

_TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
OPEN_ENDS = frozenset(_TABLES["open_ends"].split())
"""Words that no sentence, heading or entry ends with: the line goes on."""
NO_NAMES = frozenset(_TABLES["no_names"].split())
"""Words that begin a sentence, and no name of a party, a list or a place."""


def _rules(table: str) -> tuple[Rule, ...]:
    """Return the rows of a table of `rules.toml`, which says what each is for."""
    return tuple(Rule(name, "".join(pattern), example) for name, pattern, example in _TABLES[table])


def _infinitives(words: str) -> frozenset[str]:
    """Return infinitives in bokmål and in both forms of nynorsk: `bygge`, `bygga`, `byggje`, `byggja`."""
    found = set(words.split())
    return frozenset(found | {word[:-1] + end for word in found if word[-1] == "e" for end in ("a", "je", "ja")})


NO_NUMBERS = _rules("no_numbers")
WISHES = _rules("wishes")
PERFECTS = _rules("perfects")
OTHER_TITLES = _rules("other_titles")
DEFINITIONS = _rules("definitions")
BARE_LEAD_INS = _rules("bare_lead_ins")
OPEN_LEAD_INS = _rules("open_lead_ins")
DEMANDS = _rules("demands")
NOUN_DEMANDS = _rules("noun_demands")
LISTED_DEMANDS = _rules("listed_demands")
FINITE_VERBS = _rules("finite_verbs")
PLANS = _rules("plans")
FACTS = _rules("facts")
VERBS = _infinitives(_TABLES["verbs"])
"""The infinitives that a demand may begin with."""
IMPERATIVES = frozenset(
    word[:-1] for word in _TABLES["verbs"].split() if word[-1] == "e" and len(word) > 4
) - frozenset(_TABLES["calls"].split())
"""The verbs as they begin an order: `Bygg`, `Stans`, `Skift`; not those that call on the reader."""
PAST = (
    frozenset(
        {word[:-1] + end for word in _TABLES["verbs"].split() if word[-1] == "e" for end in ("et", "te", "de", "dde")}
        | set(_TABLES["past_verbs"].split())
    )
    - VERBS
)
"""Verbs in the past tense."""
ADVERBS = frozenset(_TABLES["adverbs"].split())
"""Words that may stand before the infinitive."""
WEB_LINKS = tuple(sorted((name.strip() for name in _TABLES["web_links"].split(",")), key=len, reverse=True))
"""What the links of a web page's menus are called, the longest first."""
DISSENTS = _rules("dissents")
QUESTIONS = _rules("questions")
PROSE_PLEDGES = _rules("prose_pledges")
FURNITURE = _rules("furniture")
WEB_LINES = _rules("web_lines")
WEB_HEADS = _rules("web_heads")
WEB_ENDS = _rules("web_ends")
WEB_FEET = _rules("web_feet")
TITLE_LINES = _rules("title_lines")
NO_TITLES = _rules("no_titles")
CONTENTS_TITLE = _rules("contents_title")
HEADING_NUMBERS = _rules("heading_numbers")
LETTERED_NUMBERS = _rules("lettered_numbers")
PARTS = _rules("parts")
PARAGRAPH_FORMS = _rules("paragraph_forms")
CLAUSE_LEAD_INS = _rules("clause_lead_ins")
CLAUSES = _rules("clauses")

PARAGRAPH_FORM = union(PARAGRAPH_FORMS)
CLAUSE = union(CLAUSES)
PROSE_PLEDGE = union(PROSE_PLEDGES)
CONTENTS = union(CONTENTS_TITLE)
HEADING_NUMBER = union(HEADING_NUMBERS)
LETTERED_NUMBER = union(LETTERED_NUMBERS)
PART = union(PARTS)
