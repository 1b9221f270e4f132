"""Lead-ins: the sentences that introduce a list. A new wording is one row of `rules.WISHES` or `rules.BARE_LEAD_INS`.

What stands below decides how sure a lead-in must be: right above a list a colon is enough, and elsewhere the words
must wish for something.

`SHORT` is chosen, not measured; `limits_profile.txt` among the cases shows it.
"""

from __future__ import annotations

import re

from ingest.parser.language.rules import BARE_LEAD_INS, CLAUSE_LEAD_INS, QUESTIONS, WISHES, union

SHORT = 40
"""Characters of a lead-in without a colon that has a line of its own."""

_WISH = union(WISHES, re.IGNORECASE)
_BARE = union(BARE_LEAD_INS)
_CLAUSES = union(CLAUSE_LEAD_INS)
_QUESTION = union(QUESTIONS)
_LAST = re.compile(r":$|\bvil$", re.IGNORECASE)


def is_lead_in(text: str) -> bool:
    """Return whether a text introduces a list by its own words: `Våre tiltak:`, `Folkets By vil`."""
    return (text.endswith(":") and wishes(text)) or says_who_will(text)


def says_who_will(text: str) -> bool:
    """Return whether a text ends, but for a colon, as nothing but lead-ins do: `Folkets By vil`, `Derfor vil vi:`."""
    return bool(_BARE.search(text.removesuffix(":").rstrip()))


def is_lead_in_line(line: str) -> bool:
    """Return whether a line by itself, maybe one of a paragraph, is a lead-in with no colon."""
    return len(line) <= SHORT and line[:1].isupper() and says_who_will(line)


def can_introduce(text: str) -> bool:
    """Return whether a text is a lead-in if a list stands right below it: there any colon is enough."""
    return text.endswith(":") or says_who_will(text)


def may_end_lead_in(line: str) -> bool:
    """Return whether a line can be the last of a lead-in, so that it must not get lost, however often it recurs."""
    return bool(_LAST.search(line))


def wishes(lead_in: str) -> bool:
    """Return whether a lead-in says that somebody wants what is listed below it."""
    return bool(_WISH.search(lead_in))


def asks(text: str) -> bool:
    """Return whether a text introduces a list of questions: `Spørsmål:`."""
    return bool(_QUESTION.fullmatch(text))


def introduces_clauses(lead_in: str) -> bool:
    """Return whether whole clauses follow on a lead-in: `Fjordpartiet vil at:`."""
    return bool(_CLAUSES.search(lead_in))
