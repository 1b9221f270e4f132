"""Lines of files that have no pages of their own: a web page, a word processor's text.

A paragraph is one line, and so is each part of it between forced line breaks. Indents are
nominal: `INDENT` points a list level, for the stages to compare.

`INDENT` is chosen, not measured; the tests of web pages show it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.parser.document import Line, Problem, RawDocument, Source, Style
from ingest.parser.errors import EmptyFile
from ingest.parser.language.markers import OWN_MARKER

INDENT = 18.0
"""Points from one list level to the next."""


@dataclass(slots=True)
class Run:
    """Characters of one style."""

    text: str
    bold: bool = False
    italic: bool = False


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
        size: float = 0.0,
        space_before: float = 0.0,
        furniture: str = "",
    ) -> None:
        """Add a paragraph; a newline in its runs is a forced line break, white space alone adds nothing.

        `marker` is put before the text, `depth` is the list level from 1, or 0 outside lists. Headings and list
        entries go on after a forced break, unless what follows has a mark of its own.
        """
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
                    style=Style(size=size, bold=most(part, "bold"), italic=most(part, "italic")),
                    marker=marker,
                    text_x=depth * INDENT if depth else None,
                    tag=tag,
                    space_before=space_before,
                    furniture=furniture,
                )
            )
            marker, space_before = "", 0.0

    def document(self, data: bytes, filename: str, media_type: str, title: str = "") -> RawDocument:
        """Return what was read of a file with this content. Raises `EmptyFile` if that is no line."""
        if not self.lines:
            raise EmptyFile("Filen har ingen tekst som kan leses.")
        source = Source(filename, hashlib.sha256(data).hexdigest(), media_type, self.page)
        return RawDocument(source, tuple(self.lines), title=" ".join(title.split()), problems=tuple(self.problems))


def text_of(runs: Iterable[Run]) -> str:
    """Return the words of some runs, without white space at their ends."""
    return "".join(run.text for run in runs).strip()


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
