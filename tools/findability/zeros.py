"""Headwords of a newsroom: what a search for each shows, and where it shows nothing though there is something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from programmes.search import Filters, SearchResult, search
from tools.findability.finding import PAGE

OUTCOMES = ("pledges", "another name", "text or heading", "neighbour", "corrected", "fewer words", "nothing")
"""What a search shows, the first that holds. pledges: by the word itself. another name: by another name of it, or by
what it takes in. text or heading: no pledge, but other places. neighbour: another search about the same matter.
corrected: what the word was corrected to. fewer words: pledges without some of the words."""
OTHER_NAMES = frozenset({"same thing", "narrower"})
SHORT = 5
"""Letters below which a name must begin a word of the text, as `ki` stands within `skinne` too."""


@dataclass(frozen=True, slots=True)
class Headword:
    """A word or name that a newsroom asks for."""

    word: str
    category: str
    called: tuple[str, ...]
    """What the archive calls it, beginnings of words; none where it says nothing about it."""

    def is_in(self, text: str) -> bool:
        """Return whether a text has what the archive calls it."""
        return any(_pattern(name).search(text) for name in self.called)


@dataclass(frozen=True, slots=True)
class Asked:
    """A headword and what a search for it showed."""

    headword: Headword
    outcome: str
    shows: bool
    """Whether the first page has what the archive calls it."""

    @property
    def is_false_zero(self) -> bool:
        """Whether nothing is shown though the archive says something."""
        return self.outcome == "nothing" and bool(self.headword.called)


def read_headwords(path: Path) -> list[Headword]:
    """Read a table of headword, category and, parted by `|`, what the archive calls it."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Headword(word, category, tuple(filter(None, called.split("|")))) for word, category, called in rows]


def ask(headword: Headword, *, filters: Filters | None = None, engine: str | None = None) -> Asked:
    """Search for a headword as it is written."""
    result = search(headword.word, filters=filters, per_page=PAGE, beside=PAGE, engine=engine, highlight=False)
    return Asked(headword, outcome(result), headword.is_in("\n".join(_texts(result))))


def outcome(result: SearchResult) -> str:
    """Return what a search shows, one of `OUTCOMES`."""
    as_asked = result.relaxed is None and not result.neighbour and result.searched == result.query
    if result.total and as_asked:
        return "another name" if {hit.by for hit in result.hits} <= OTHER_NAMES else "pledges"
    if result.elsewhere and result.searched == result.query:
        return "text or heading"
    if result.neighbour or any(each.total for each in result.same_matter):
        return "neighbour"
    if result.relaxed is not None and result.total:
        return "fewer words"
    return "corrected" if result.total or result.elsewhere else "nothing"


def _texts(result: SearchResult) -> Iterable[str]:
    for hit in result.hits:
        yield f"{hit.passage.lead_in} {hit.passage.readable_text}"
    yield from (mention.passage.readable_text for mention in result.mentions)
    yield from (chapter.section.title for chapter in result.chapters)


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile((r"\b" if len(name) < SHORT else "") + re.escape(name), re.IGNORECASE)


def by_party(
    headwords: Sequence[Headword], texts: Sequence[tuple[Filters, str]], *, engine: str | None = None
) -> list[tuple[Asked, Filters, bool]]:
    """Ask each party for each headword; return the answers without pledges, and whether the party's file has it.

    `texts` are the filters that let one programme through, and its file's text.
    """
    found = []
    for headword in headwords:
        for filters, text in texts:
            asked = ask(headword, filters=filters, engine=engine)
            if asked.outcome not in ("pledges", "another name"):
                found.append((asked, filters, headword.is_in(text)))
    return found
