"""What the files of word processors share, once their own way of writing it is read: styles, entries, pages, rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ingest.parser.document import Problem
from ingest.parser.language.markers import OWN_MARKER
from ingest.parser.readers.flowing.flow import Flow, Run, text_of
from ingest.parser.readers.flowing.office import Element

TOP_STYLES = frozenset(("title", "tittel"))
MAX_CHAIN = 20
"""Styles that one may be based on, one on the other: more is a loop in a damaged file."""
TRACKED_CHANGES = Problem(
    1, 1, "Dokumentet har sporede endringer. Slettet tekst er holdt utenfor, ny tekst er tatt med.", "tracked changes"
)

_HEADING = re.compile(r"(?:heading|overskrift) ([1-9])")
_LIST_LEVEL = re.compile(r"list (?:bullet|number|continue)(?: ([2-5]))?")


def style_chain(styles: Mapping[str, Element], name: str, parent: Callable[[Element], str]) -> list[Element]:
    """Return a style and those that it is based on, nearest first; none if there is no such style."""
    chain: list[Element] = []
    while (style := styles.get(name)) is not None and len(chain) < MAX_CHAIN:
        chain.append(style)
        name = parent(style)
    return chain


@dataclass(frozen=True, slots=True)
class ParagraphKind:
    """What a paragraph's styles say it is."""

    heading: int = 0
    """Level from 1, 0 for no heading."""
    contents: bool = False
    """An entry of a table of contents."""
    list_level: int = 0
    """Level from 1 that the name of a list style gives, 0 where it gives none."""

    @classmethod
    def of(cls, names: Iterable[str], outline: int | None) -> ParagraphKind:
        """Return the kind by the names of a paragraph's styles, nearest first, and its outline level, from 0.

        The names are Word's own, in English or Norwegian; an outline level, where there is one, goes before them.
        """
        names = [name.lower() for name in names]
        heading = next((int(match[1]) for name in names if (match := _HEADING.fullmatch(name))), 0)
        if names and names[0] in TOP_STYLES:
            heading = 1
        if outline is not None and 0 <= outline < 9:
            heading = outline + 1
        level = _LIST_LEVEL.fullmatch(names[0]) if names else None
        return cls(
            heading=min(heading, 6),
            contents=any(name.startswith("toc ") for name in names),
            list_level=int(level[1] or 1) if level else 0,
        )


@dataclass(slots=True)
class WordFlow(Flow):
    """Collects the paragraphs of a document in reading order, with the pages that they stood on."""

    _empty: int = 0
    """Empty paragraphs above: people use them as white space."""
    _in_list: bool = False
    _turned: int = 0
    """Pages that begin after the paragraph that is being read."""

    def turn_page(self, runs: Iterable[Run] = ()) -> None:
        """Begin a page within a paragraph that has these runs so far; it stands on the page where its words begin."""
        if text_of(runs):
            self._turned += 1
        else:
            self.new_page()

    def paragraph(
        self, runs: list[Run], *, heading: int = 0, label: str = "", depth: int = 0, furniture: str = ""
    ) -> None:
        """Add a paragraph, a heading of a level from 1, or with a label a list entry; one without words is white space.

        `label` is the bullet or number that is shown before it, `depth` the list level from 1. A mark that the
        author typed takes the label's place.
        """
        runs, furniture = self.shown(runs, furniture)
        if text := text_of(runs):
            tag, marker = "P", ""
            if heading:
                tag, depth = f"H{min(heading, 6)}", 0
                runs = [Run(f"{label} ", runs[0].bold), *runs] if label else runs
            elif label and not OWN_MARKER.match(text):
                tag, marker = "LI", label
            space = self._empty + (0.0 if tag == "LI" and self._in_list else 1.0)
            self.add(runs, tag=tag, marker=marker, depth=depth, space_before=space, furniture=furniture)
            self._empty, self._in_list = 0, tag == "LI"
        else:
            self._empty += 1
        self._end()

    def row(self, cells: Iterable[Iterable[Run]], furniture: str = "") -> None:
        """Add a row of a table as one line, a tab after each cell."""
        self.add([run for cell in cells for run in (*cell, Run("\t"))], tag="TR", space_before=1.0, furniture=furniture)
        self._end()

    def _end(self) -> None:
        for _ in range(self._turned):
            self.new_page()
        self._turned = 0
