"""Word files (DOCX): paragraphs, headings, lists with their bullets and numbers, tables, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from ingest.parser.document import RawDocument
from ingest.parser.errors import BrokenFile
from ingest.parser.readers.flowing.docx_styles import Label, Look, Numbering, Styles, is_on
from ingest.parser.readers.flowing.flow import Run
from ingest.parser.readers.flowing.numbering import readable_bullet
from ingest.parser.readers.flowing.office import Archive, Element, attribute, child, children, local, table_cells
from ingest.parser.readers.flowing.word_flow import TRACKED_CHANGES, WordFlow

CONTAINERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "txbxContent"))
"""Elements that hold paragraphs or runs and mean nothing themselves."""
INLINE_CONTAINERS = CONTAINERS | {"hyperlink", "fldSimple", "dir", "bdo", "oMath", "oMathPara", "ruby", "rubyBase"}
DELETED = frozenset(("del", "moveFrom"))
"""What tracked changes have taken out of the text."""
SIGNS = {
    # in a run             shown as
    "tab": "\t",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read(data: bytes, filename: str) -> RawDocument:
    """Read a Word file: a line for each paragraph and table row, numbered on its page.

    Pages are those of the last time Word laid the document out, if it noted them; else all is page 1.
    The table of contents, headers, footers, footnotes, hidden, struck-out and deleted text (tracked changes) are
    furniture. Raises `BrokenFile`, `EncryptedFile`, `FileTooLarge` or `EmptyFile`.
    """
    archive = Archive(data)
    main = _main_part(archive)
    folder = main.rpartition("/")[0]
    body = child(archive.xml(main), "body")
    if body is None:
        raise BrokenFile
    styles = Styles(archive.xml(f"{folder}/styles.xml"))
    numbering = Numbering(archive.xml(f"{folder}/numbering.xml"), styles)
    margins = [(match[1], name) for name in sorted(archive.names) if (match := _MARGIN.fullmatch(name))]
    asides = [(f"page {margin}", archive.xml(name)) for margin, name in margins]
    asides += [("footnote", archive.xml(name)) for name in _NOTES]
    flow = WordReading(styles, numbering.label).read(body, asides)
    title = child(archive.xml("docProps/core.xml"), "title")
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return flow.document(data, filename, media_type, (title.text or "") if title is not None else "")


class WordReading:
    """One Word document while it is read."""

    def __init__(self, styles: Styles, label: Callable[[Element], Label | None]) -> None:
        self.styles = styles
        self.label = label
        """Returns the bullet or number that is shown before a paragraph; called once for each, in order."""
        self.flow = WordFlow()
        self.laid_out = False

    def read(self, body: Element, asides: Iterable[tuple[str, Element | None]]) -> WordFlow:
        """Read the body, then what stands in the margins and under the text: each reason with its element."""
        if next(body.iter("{*}del", "{*}moveFrom"), None) is not None:
            self.flow.problems.append(TRACKED_CHANGES)
        self.styles.coloured_page = child(body.getparent(), "background") is not None
        self.laid_out = next(body.iter("{*}lastRenderedPageBreak"), None) is not None
        self._blocks(body, "")
        for why, root in asides:
            for paragraph in root.iter("{*}p") if root is not None else ():
                self.flow.add(self._runs(paragraph, False)[0], tag="P", furniture=why)
        return self.flow

    def _blocks(self, parent: Element, furniture: str) -> None:
        """Read paragraphs and tables, and those inside what holds them."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element, furniture)
            elif name == "tbl":
                self._table(element, furniture)
            elif name == "AlternateContent":
                self._blocks(element[0], furniture)
            elif name in CONTAINERS:
                gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
                contents = "table of contents" if gallery == "Table of Contents" else ""
                self._blocks(element, furniture or contents)

    def _paragraph(self, element: Element, furniture: str) -> None:
        kind = self.styles.kind(element)
        label = self.label(element)
        runs, boxes = self._runs(element, self.styles.is_bold(element))
        self.flow.paragraph(
            runs,
            heading=kind.heading,
            label=label.text if label else "",
            depth=max(label.level if label else 0, kind.list_level),
            furniture=furniture or ("table of contents" if kind.contents else ""),
        )
        for box in boxes:
            self._blocks(box, furniture)

    def _table(self, table: Element, furniture: str) -> None:
        """Read a table: rows of values as one line each, cells that lay out text as the text that they hold."""
        for cells in table_cells(table, "tr", "tc"):
            if len(cells) > 1 and all(map(self._is_value, cells)):
                self.flow.row((self._runs(child(cell, "p"), False)[0] for cell in cells), furniture)
            else:
                for cell in cells:
                    self._blocks(cell, furniture)

    def _is_value(self, cell: Element) -> bool:
        """Return whether a cell holds one plain paragraph at most."""
        names = [local(element) for element in cell]
        if names.count("p") > 1 or set(names) - {"p", "tcPr"} or next(cell.iter("{*}txbxContent"), None) is not None:
            return False
        paragraph = child(cell, "p")
        return paragraph is None or (
            child(paragraph, "pPr", "numPr") is None and not self.styles.kind(paragraph).heading
        )

    def _runs(self, element: Element | None, bold: bool) -> tuple[list[Run], list[Element]]:
        """Return a paragraph's words with their style, and the text boxes that are anchored in it."""
        runs: list[Run] = []
        boxes: list[Element] = []
        look = self.styles.paragraph_look(element) if element is not None else Look()
        self._inline(children(element), bold, look, runs, boxes)
        return runs, boxes

    def _inline(self, parent: Iterable[Element], bold: bool, look: Look, runs: list[Run], boxes: list[Element]) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, bold, look, runs, boxes)
            elif name in INLINE_CONTAINERS:
                self._inline(element, bold, look, runs, boxes)
            elif name in DELETED:
                self._inline(element, bold, replace(look, deleted=True), runs, boxes)

    def _run(self, run: Element, bold: bool, look: Look, runs: list[Run], boxes: list[Element]) -> None:
        properties = child(run, "rPr")
        look = self.styles.look(run, look)
        own = is_on(child(properties, "b"))
        bold = bold if own is None else own
        italic = bool(is_on(child(properties, "i")))
        for element in run:
            name = local(element)
            if name in ("t", "delText"):
                runs.append(Run(element.text or "", bold, italic, look.raised, look.why))
            elif name in SIGNS:
                runs.append(Run(SIGNS[name], bold, italic, why=look.why))
            elif name == "sym":
                runs.append(Run(readable_bullet(chr(_code_point(attribute(element, "char")))), bold, italic))
            elif name == "lastRenderedPageBreak":
                self.flow.turn_page(runs)
            elif name == "br" and attribute(element, "type") == "page":
                if not self.laid_out:
                    self.flow.turn_page(runs)
                runs.append(Run(" "))
            elif name == "br":
                runs.append(Run("\n"))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                shown = element[0] if name == "AlternateContent" and len(element) else element
                boxes.extend(_outermost(shown.iter("{*}txbxContent")))


def _main_part(archive: Archive) -> str:
    """Return the name of the part that holds the text, as the archive's relationships say."""
    for relation in children(archive.xml("_rels/.rels")):
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _code_point(digits: str) -> int:
    """Return the code point that up to four hexadecimal digits give, else that of a space."""
    return int(digits, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", digits) else 0x20


def _outermost(boxes: Iterable[Element]) -> list[Element]:
    """Return the text boxes that stand in no other: those inside are read with the outer one."""
    found: list[Element] = []
    for box in boxes:
        if not any(ancestor in found for ancestor in box.iterancestors("{*}txbxContent")):
            found.append(box)
    return found
