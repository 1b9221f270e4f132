"""OpenDocument texts (ODT): paragraphs, headings, lists with their bullets and numbers, tables, text boxes.

OpenDocument 1.3 part 3: text content 5, lists 5.3, list styles 16.31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.parser.document import RawDocument
from ingest.parser.errors import BrokenFile, EncryptedFile
from ingest.parser.readers.flowing.flow import Run
from ingest.parser.readers.flowing.numbering import NUMBER_FORMATS, ordinal, readable_bullet
from ingest.parser.readers.flowing.office import Archive, Element, attribute, child, children, local, table_cells, whole
from ingest.parser.readers.flowing.word_flow import TRACKED_CHANGES, ParagraphKind, WordFlow, style_chain

_INDEXES = "table-of-content alphabetical-index illustration-index table-index object-index user-index bibliography"
INDEXES = frozenset(_INDEXES.split())
HIDDEN_FIELDS = frozenset(("hidden-text", "hidden-paragraph"))
_OWN_STYLE = re.compile(r"P\d+")
_RAISED = re.compile(r"super|[1-9]\d*%")
_SPACE = re.compile(r"[ \t\r\n]+")


def read(data: bytes, filename: str) -> RawDocument:
    """Read an OpenDocument text: a line for each paragraph and table row, numbered on its page.

    Pages are those of the last time the document was laid out, if it noted them; else all is page 1. Indexes,
    headers, footers, notes, comments, hidden, struck-out and deleted text (tracked changes) are furniture.
    Raises `BrokenFile`, `EncryptedFile`, `FileTooLarge` or `EmptyFile`.
    """
    archive = Archive(data)
    manifest = archive.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise EncryptedFile
    flow = _Reading(archive).read()
    title = child(archive.xml("meta.xml"), "meta", "title")
    words = "".join(title.itertext()) if title is not None else ""
    return flow.document(data, filename, "application/vnd.oasis.opendocument.text", words)


@dataclass(slots=True)
class _List:
    """A list that is open, at one level."""

    style: str
    level: int
    count: int
    label: str = ""
    """What stands before the entry that is open, until its first words take it."""


class _Reading:
    """One document while it is read."""

    def __init__(self, archive: Archive) -> None:
        self.flow = WordFlow()
        self.content = archive.xml("content.xml")
        self.styles_root = archive.xml("styles.xml")
        self.styles: dict[str, Element] = {}
        self.list_levels: dict[str, dict[int, Element]] = {}
        self.outline: dict[int, Element] = {}
        self.chapters = [0] * 10
        self.list_counts: dict[str, int] = {}
        self.asides: list[tuple[Element, str]] = []
        for root in (self.styles_root, self.content):
            for element in root.iter("{*}style", "{*}list-style", "{*}outline-style") if root is not None else ():
                name = attribute(element, "name")
                if local(element) == "style":
                    self.styles[name] = element
                else:
                    levels = {whole(attribute(level, "level"), 1): level for level in element}
                    if local(element) == "outline-style":
                        self.outline = levels
                    else:
                        self.list_levels[name] = levels

    def read(self) -> WordFlow:
        """Read the body, then what stands in the margins and under the text."""
        body = child(self.content, "body", "text")
        if body is None:
            raise BrokenFile
        if (changes := child(body, "tracked-changes")) is not None:
            self.flow.problems.append(TRACKED_CHANGES)
            self.asides += [(deletion, "deleted text") for deletion in changes.iter("{*}deletion")]
        self._blocks(body, [], "")
        for page in children(child(self.styles_root, "master-styles")):
            for margin in page:
                if local(margin).startswith(("header", "footer")):
                    self.asides.append((margin, "page header" if local(margin).startswith("header") else "page footer"))
        for element, why in self.asides:
            for paragraph in element.iter("{*}p", "{*}h"):
                if next(paragraph.iterancestors("{*}change-info"), None) is not None:
                    continue  # a remark on the deletion
                runs, _ = self._runs(paragraph)
                self.flow.add(runs, tag="P", furniture=why)
        return self.flow

    def _blocks(self, parent: Element, lists: list[_List], furniture: str) -> None:
        """Read paragraphs, lists and tables, and those inside what holds them."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, lists, furniture)
            elif name == "list":
                self._list(element, lists, furniture)
            elif name == "table":
                self._table(element, lists, furniture)
            elif name in INDEXES:
                self._blocks(element, [], furniture or "table of contents")
            elif name == "soft-page-break":
                self.flow.new_page()
            elif name in ("section", "index-body", "index-title", "numbered-paragraph", "frame", "text-box", "g"):
                self._blocks(element, lists, furniture)

    def _list(self, element: Element, lists: list[_List], furniture: str) -> None:
        """Read a list: its entries, and the lists inside them one level deeper."""
        style = attribute(element, "style-name") or (lists[-1].style if lists else "")
        level = len(lists) + 1
        before = self.list_counts.get(style, 0) if attribute(element, "continue-numbering") == "true" else None
        if continued := attribute(element, "continue-list"):
            before = self.list_counts.get(continued, 0)
        definition = self.list_levels.get(style, {}).get(level)
        start = whole(attribute(definition, "start-value"), 1) if definition is not None else 1
        current = _List(style, level, start - 1 if before is None else before)
        for entry in element:
            uncounted = current.count
            if local(entry) == "list-item":
                current.count = whole(attribute(entry, "start-value"), current.count + 1)
                current.label = self._label([*lists, current])
            elif local(entry) != "list-header":
                continue
            self._blocks(entry, [*lists, current], furniture)
            if current.label:  # no words of its own, only a list one level deeper: it is not shown
                current.count, current.label = uncounted, ""
        for key in (style, attribute(element, "id")):
            self.list_counts[key] = current.count

    def _label(self, lists: list[_List]) -> str:
        """Return the bullet or number of the entry that is open innermost."""
        current = lists[-1]
        definition = self.list_levels.get(current.style, {}).get(current.level)
        if definition is None:
            return "•"
        if local(definition) == "list-level-style-bullet":
            return readable_bullet(attribute(definition, "bullet-char")) or "•"
        if local(definition) == "list-level-style-image":
            return "•"
        counts = [upper.count for upper in lists]
        return _numbered(definition, counts)

    def _paragraph(self, element: Element, lists: list[_List], furniture: str) -> None:
        runs, boxes = self._runs(element)
        heading, label = self._heading(element), ""
        shown = any(run.text.strip() and not run.why for run in runs)
        if heading and local(element) == "h" and shown:
            label = self._chapter(heading)
        elif lists and not heading and shown:
            label, lists[-1].label = lists[-1].label, ""
        depth = max(len(lists), self._list_level(element)) if lists else 0
        self.flow.paragraph(runs, heading=heading, label=label, depth=depth, furniture=furniture)
        for box in boxes:
            self._blocks(box, [], furniture)

    def _heading(self, element: Element) -> int:
        """Return the level of a heading, 0 for other paragraphs."""
        if local(element) == "h":
            return max(1, whole(attribute(element, "outline-level"), 1))
        names = [
            attribute(element, "style-name"),
            *(attribute(style, "parent-style-name") for style in self._chain(element)),
        ]
        return 1 if "Title" in names else 0

    def _list_level(self, element: Element) -> int:
        """Return the level that the name of a list style gives, as in files that began in Word, 0 where it gives none.

        A paragraph's own settings have a style without a name that is derived from it.
        """
        names = [
            attribute(element, "style-name"),
            *(attribute(style, "parent-style-name") for style in self._chain(element)),
        ]
        named = [name.replace("_20_", " ") for name in names if name and not _OWN_STYLE.fullmatch(name)]
        return ParagraphKind.of(named, None).list_level

    def _chapter(self, level: int) -> str:
        """Return the number that the outline style gives a heading, "" where it gives none."""
        index = min(level, 10) - 1
        self.chapters[index] += 1
        self.chapters[index + 1 :] = [0] * (9 - index)
        definition = self.outline.get(level)
        return _numbered(definition, self.chapters[:level]) if definition is not None else ""

    def _chain(self, element: Element) -> list[Element]:
        """Return the style of a paragraph or span and those that it is derived from, nearest first."""
        name = attribute(element, "style-name")
        return style_chain(self.styles, name, lambda style: attribute(style, "parent-style-name"))

    def _set(self, element: Element, name: str, value: str) -> bool | None:
        """Return whether an element's style sets a text property so; None where it sets nothing."""
        found = self._value(element, name)
        return (
            None if found is None else (found == value or (value == "bold" and found in ("600", "700", "800", "900")))
        )

    def _value(self, element: Element, name: str) -> str | None:
        """Return what an element's style sets a text property to, None where it sets nothing."""
        values = (attribute(child(style, "text-properties"), name) for style in self._chain(element))
        return next((value for value in values if value), None)

    def _table(self, table: Element, lists: list[_List], furniture: str) -> None:
        """Read a table: rows of values as one line each, cells that lay out text as the text that they hold."""
        for cells in table_cells(table, "table-row", "table-cell"):
            if len(cells) > 1 and all([local(inner) for inner in cell] in ([], ["p"]) for cell in cells):
                self.flow.row((self._runs(cell[0])[0] if len(cell) else [] for cell in cells), furniture)
            else:
                for cell in cells:
                    self._blocks(cell, lists, furniture)

    def _runs(self, element: Element) -> tuple[list[Run], list[Element]]:
        """Return a paragraph's words with their style, and the text boxes that are anchored in it."""
        runs: list[Run] = []
        boxes: list[Element] = []
        look = self._look(element, Run(""))
        self._inline(element, replace(look, bold=self._set(element, "font-weight", "bold") or False), runs, boxes)
        return runs, boxes

    def _look(self, element: Element, around: Run) -> Run:
        """Return how the words of a paragraph or span are set, where its style says so, else as those around it."""
        bold, slant = self._set(element, "font-weight", "bold"), self._set(element, "font-style", "italic")
        why = around.why
        if self._set(element, "display", "none"):
            why = "hidden text"
        elif (
            self._set(element, "text-line-through-style", "none") is False
            or self._set(element, "text-line-through-type", "none") is False
        ):
            why = "struck-out text"
        position = self._value(element, "text-position")
        return Run(
            "",
            around.bold if bold is None else bold,
            around.italic if slant is None else slant,
            around.raised if position is None else _RAISED.match(position) is not None,
            why,
        )

    def _inline(self, parent: Element, look: Run, runs: list[Run], boxes: list[Element]) -> None:
        """Add the words of an element, all set like `look` but for what stands in spans of their own."""

        def add(text: str) -> None:
            runs.append(replace(look, text=text))

        add(_collapsed(parent.text))
        for element in parent:
            name = local(element)
            if name == "s":
                add(" " * min(100, whole(attribute(element, "c"), 1)))
            elif name == "tab":
                add("\t")
            elif name == "line-break":
                add("\n")
            elif name == "soft-page-break":
                self.flow.turn_page(runs)
            elif name in ("note", "annotation"):
                held = child(element, "note-body") if name == "note" else element
                if held is not None:
                    self.asides.append((held, "footnote" if name == "note" else "comment"))
            elif (
                name in ("frame", "custom-shape", "rect", "a")
                and next(element.iter("{*}text-box", "{*}p"), None) is not None
            ):
                boxes.append(element)
            elif name == "span":
                self._inline(element, self._look(element, look), runs, boxes)
            elif name in HIDDEN_FIELDS:
                self._inline(element, replace(look, why="hidden text"), runs, boxes)
            elif name not in ("frame", "annotation-end", "change", "change-start", "change-end", "ruby-text"):
                self._inline(element, look, runs, boxes)
            add(_collapsed(element.tail))


def _collapsed(text: str | None) -> str:
    """Return text with its white space as OpenDocument reads it: a run of it is one space."""
    return _SPACE.sub(" ", text or "")


def _numbered(definition: Element, counts: list[int]) -> str:
    """Return a number with those of the levels above that its definition shows: 2.1."""
    style = attribute(definition, "num-format")
    if not style:
        return ""
    shown = min(len(counts), max(1, whole(attribute(definition, "display-levels"), 1)))
    number = ".".join(ordinal(count, NUMBER_FORMATS.get(style, "decimal")) for count in counts[-shown:])
    return f"{attribute(definition, 'num-prefix')}{number}{attribute(definition, 'num-suffix')}".strip()
