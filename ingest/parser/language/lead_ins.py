"""Lead-ins: the sentences that introduce a list. A new wording is one row of `wishes` in `rules.toml`.

What stands below decides how sure a lead-in must be. Right above a list a colon is enough for one that its entries
bear out, and elsewhere the words must wish for something.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from ingest.parser.language.rules import (
    BARE_LEAD_INS,
    CLAUSE_LEAD_INS,
    DEFINITIONS,
    OPEN_LEAD_INS,
    OTHER_TITLES,
    PERFECTS,
    QUESTIONS,
    WISHES,
    Search,
    named,
    union,
)

SHORT = 40
"""Characters of a lead-in without a colon that has a line of its own. Chosen, not measured."""

_WISH = union(WISHES, re.IGNORECASE)
_PERFECT = union(PERFECTS, re.IGNORECASE)
_OTHER_TITLE = union(OTHER_TITLES)
_DEFINITION = union(DEFINITIONS)
_SOUGHT = union(named(DEFINITIONS, "who is sought"))
_BARE = Search(BARE_LEAD_INS)
_OPEN = union(OPEN_LEAD_INS)
_SURE = union(named(OPEN_LEAD_INS, "question", "adverb"))
_CLAUSES = union(CLAUSE_LEAD_INS)
_QUESTION = union(QUESTIONS)
_CLAUSE_OPENS = re.compile(
    r"\b(?:å|at|mener|meiner|tykkjer|treng(?:er)?|krev(?:er)?|ønsker|ønskjer|ynskjer|foreslår|føreslår)$"
)
"""What a clause or an infinitive must follow on, as no title ends."""
_LAST = re.compile(r":$|\bvil$", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:(?:fordi|avdi|da|ettersom)(?: at)?\s?:$|grunn(?:er|ar)\b)|^(?:hvorfor|kvifor)\b", re.IGNORECASE
)
_TEXT = re.compile(r"\b(?:avsnitt|hovedsatsing|kapittel|formulering|tekst)\s?:$")
_CLAUSE_START = re.compile(r"[.!?]\s+|[,;–]\s(?:men|mens|medan)\s")


class Strength(Enum):
    """What the words above a list say of it."""

    WANTS = 1
    """Somebody wants what is listed."""
    OPEN = 0
    """Nothing: the entries must say it."""
    OTHER = -1
    """It is a list of candidates, sources …, unless the entries plainly say otherwise."""
    PAST = -2
    """It lists what has been or what something is, however the entries read."""

    @property
    def opens_other(self) -> bool:
        """Whether it speaks of something else than pledges."""
        return self in (Strength.OTHER, Strength.PAST)


@lru_cache(maxsize=4096)
def strength(text: str) -> Strength:
    """Return what a text says of the list below it, by the last of its main clauses."""
    if _DEFINITION.match(text):
        return Strength.PAST
    if lists_other(text):
        return Strength.PAST if _PERFECT.search(text) else Strength.OTHER
    if gives_reasons(text) or _TEXT.search(text):
        return Strength.OPEN
    present, perfects = _PERFECT.subn("", _CLAUSE_START.split(text)[-1])
    if _WISH.search(present):
        return Strength.WANTS
    return Strength.PAST if perfects else Strength.OPEN


def wishes(text: str) -> bool:
    """Return whether a lead-in says that somebody wants what is listed below it."""
    return bool(text) and strength(text) is Strength.WANTS


def gives_reasons(text: str) -> bool:
    """Return whether a text introduces reasons, which may be pledges too: `Fem grunner til å stemme Bygdelista:`."""
    return bool(_REASON.search(text))


def lists_other(title: str) -> bool:
    """Return whether a heading or label opens something else than pledges: candidates, contacts, what was achieved."""
    return bool(_OTHER_TITLE.match(title) or _DEFINITION.match(title))


def seeks_people(text: str) -> bool:
    """Return whether a text asks for people, and so heads nothing: `Vi trenger folk som kan`."""
    return bool(_SOUGHT.match(text))


def is_lead_in(text: str) -> bool:
    """Return whether a text introduces a list by its own words: `Våre tiltak:`, `Folkets By vil`."""
    return (text.endswith(":") and wishes(text)) or says_who_will(text)


@lru_cache(maxsize=8192)
def says_who_will(text: str) -> bool:
    """Return whether a text ends, but for a colon, as nothing but lead-ins do: `Folkets By vil`, `Derfor vil vi:`."""
    return _BARE.finds(text.removesuffix(":").rstrip())


def is_lead_in_line(line: str) -> bool:
    """Return whether a line by itself, maybe one of a paragraph, is a lead-in with no colon."""
    return len(line) <= SHORT and line[:1].isupper() and says_who_will(line)


def can_introduce(text: str) -> bool:
    """Return whether a text is a lead-in if a marked list stands right below it: there any colon is enough."""
    return text.endswith(":") or says_who_will(text) or _breaks_off(text)


def _breaks_off(text: str) -> bool:
    """Return whether the last sentence of a text breaks off in what it wants: `Folkets By går inn for`."""
    end = text[-SHORT:]
    if not _OPEN.search(end) or lists_other(text):
        return False
    sentence = _CLAUSE_START.split(text)[-1]
    sure = _SURE.search(end) or _CLAUSE_OPENS.search(sentence)
    return bool(sure) or wishes(sentence)


def may_end_lead_in(line: str) -> bool:
    """Return whether a line can be the last of a lead-in, so that it must not get lost, however often it recurs."""
    return bool(_LAST.search(line))


def asks(text: str) -> bool:
    """Return whether a text introduces a list of questions: `Spørsmål:`."""
    return text.endswith(":") and bool(_QUESTION.fullmatch(text))


def introduces_clauses(lead_in: str) -> bool:
    """Return whether whole clauses follow on a lead-in: `Fjordpartiet vil at:`."""
    return bool(_CLAUSES.search(lead_in))
