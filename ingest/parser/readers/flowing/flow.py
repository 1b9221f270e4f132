"""Lines of files that have no pages of their own: a web page, a word processor's text.

A paragraph is one line, and so is each part of it between forced line breaks. Indents are
nominal: `INDENT` points a list level, for the stages to compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from ingest.parser.document import Line, Problem, RawDocument, Source, Style
from ingest.parser.errors import EmptyFile
from ingest.parser.language.markers import OWN_MARKER
from ingest.parser.readers.raised import is_note_number

CLOSING = tuple(".,;:!?)»")
"""Signs with no space before them."""
INDENT = 18.0
"""Points from one list level to the next. Chosen, not measured."""


@dataclass(slots=True)
class Run:
    """Characters of one style."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    """Set above the line, as note numbers and the 2 of m2 are."""
    why: str = ""
    """Why the words are no text although they stand in it: hidden, struck out; empty for text."""
    size: float = 0.0
    """Its type in points, 0 if the file says nothing of it."""


@dataclass(slots=True)
class OpenEntry:
    """A list entry whose words are being read."""

    marker: str
    depth: int = 0
    """Its list level from 1."""
    begun: bool = False
    """Its first words have been read, and have taken the marker."""


@dataclass(slots=True)
class Flow:
    """Collects the lines of a document in reading order and numbers them on their page."""

    lines: list[Line] = field(default_factory=list)
    page: int = 1
    problems: list[Problem] = field(default_factory=list)
    _number: int = 0

    def new_page(self) -> None:
        """Begin a page: the lines that follow stand on it, counted from 1."""
        self.page += 1
        self._number = 0

    def add(
        self,
        runs: list[Run],
        *,
        tag: str,
        marker: str = "",
        depth: int = 0,
        space_before: float = 0.0,
        furniture: str = "",
    ) -> None:
        """Add a paragraph; a newline in its runs is a forced line break, white space alone adds nothing.

        `marker` is put before the text, `depth` is the list level from 1, or 0 outside lists. Headings and list
        entries go on after a forced break, unless what follows has a mark of its own. Words that are no text (see
        `shown`) become furniture of their own above it.
        """
        runs, furniture = self.shown(runs, furniture)
        for part in split_at_breaks(runs, joined=tag != "P"):
            text = text_of(part)
            if not text:
                continue
            self._number += 1
            self.lines.append(
                Line(
                    text=f"{marker} {text}" if marker else text,
                    page=self.page,
                    number=self._number,
                    style=Style(size=_size(part), bold=most(part, "bold"), italic=most(part, "italic")),
                    marker=marker,
                    text_x=depth * INDENT if depth else None,
                    tag=tag,
                    space_before=space_before,
                    furniture=furniture,
                )
            )
            marker, space_before = "", 0.0

    def shown(self, runs: list[Run], furniture: str = "") -> tuple[list[Run], str]:
        """Return the runs that a reader of the page sees as text, and why even they are furniture, if they are.

        The others are added as furniture. A paragraph that begins with a note's number is the note itself.
        """
        runs, asides, is_note = parted(runs)
        for text, why in asides:
            self._number += 1
            self.lines.append(Line(text, self.page, self._number, tag="P", furniture=furniture or why))
        return runs, furniture or ("footnote" if is_note else "")

    def document(self, data: bytes, filename: str, media_type: str, title: str = "") -> RawDocument:
        """Return what was read of a file with this content. Raises `EmptyFile` if that is no line."""
        if not self.lines:
            raise EmptyFile("Filen har ingen tekst som kan leses.")
        source = Source(filename, hashlib.sha256(data).hexdigest(), media_type, self.page)
        return RawDocument(source, tuple(self.lines), title=" ".join(title.split()), problems=tuple(self.problems))


def _size(runs: Iterable[Run]) -> float:
    """Return the size of a paragraph's type: that of its first words."""
    return next((run.size for run in runs if run.text.strip()), 0.0)


def text_of(runs: Iterable[Run]) -> str:
    """Return the words of some runs, without white space at their ends."""
    return "".join(run.text for run in runs).strip()


def parted(runs: list[Run]) -> tuple[list[Run], list[tuple[str, str]], bool]:
    """Return the runs of a paragraph that are text, the words that are none with why, and whether it is a note."""
    if not any(run.why or run.raised for run in runs):
        return runs, [], False
    kept: list[Run] = []
    asides: list[tuple[str, str]] = []
    is_note = False
    before, cut = "", False
    groups = [list(alike) for _, alike in groupby(runs, lambda run: (run.why, run.raised))]
    for place, alike in enumerate(groups):
        text = "".join(run.text for run in alike)
        why = alike[0].why
        if not why and alike[0].raised:
            after = "".join(run.text for run in groups[place + 1]) if place + 1 < len(groups) else ""
            begins = not before.strip()
            if is_note_number(text.strip(), before, after) and (not begins or after.strip()):
                why, is_note = "note number", is_note or begins
        if why:
            cut = cut or bool(text.strip())
            if text.strip():
                asides.append((" ".join(text.split()), why))
            continue
        if cut and text.strip() and not before[-1:].strip():
            # Of two spaces that words stood between, one is left.
            alike[0] = replace(alike[0], text=alike[0].text.lstrip(" "))
            if kept and text.lstrip(" ")[:1] in CLOSING:
                kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        cut = cut and not text.strip()
        kept += alike
        before = (before + text)[-20:]
    return kept, asides, is_note


def without_start(runs: Iterable[Run], start: str) -> list[Run]:
    """Return the runs without some characters that they begin with, white space before them aside."""
    left = len(start)
    result = []
    for run in runs:
        text = run.text.lstrip() if left else run.text
        cut = min(left, len(text))
        left -= cut
        result.append(replace(run, text=text[cut:]))
    return result


def split_at_breaks(runs: list[Run], *, joined: bool) -> list[list[Run]]:
    """Return the runs of each line, split where a run has a newline; if `joined`, only before a mark."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in rest)
    if not joined:
        return lines
    result = lines[:1]
    for line in lines[1:]:
        if OWN_MARKER.match("".join(run.text for run in line).lstrip()):
            result.append(line)
        else:
            result[-1] += [Run(" "), *line]
    return result


def most(runs: list[Run], style: str) -> bool:
    """Return whether most of the letters and digits are set so."""
    if not any(getattr(run, style) for run in runs):
        return False
    counts = {True: 0, False: 0}
    for run in runs:
        counts[getattr(run, style)] += sum(map(str.isalnum, run.text))
    return counts[True] > counts[False]
