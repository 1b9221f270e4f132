"""Word files (DOCX): paragraphs, headings, lists with their bullets and numbers, tables, text boxes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable

from ingest.parser.document import Problem, RawDocument, Source
from ingest.parser.errors import BrokenFile, EmptyFile
from ingest.parser.language.markers import OWN_MARKER
from ingest.parser.readers.flowing.docx_styles import Label, Numbering, ParagraphKind, Styles, is_on
from ingest.parser.readers.flowing.flow import Flow, Run
from ingest.parser.readers.flowing.numbering import readable_bullet
from ingest.parser.readers.flowing.office import Archive, Element, attribute, child, children, local

CONTAINERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "txbxContent"))
"""Elements that hold paragraphs or runs and mean nothing themselves."""
INLINE_CONTAINERS = CONTAINERS | {"hyperlink", "fldSimple", "dir", "bdo", "oMath", "oMathPara", "ruby", "rubyBase"}
SIGNS = {
    # in a run             shown as
    "tab": "\t",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read(data: bytes, filename: str, pages: Collection[int] | None = None) -> RawDocument:
    """Read a Word file: a line for each paragraph and table row, numbered on its page.

    Pages are those of the last time Word laid the document out, if it noted them; else all is page 1.
    The table of contents, headers, footers and footnotes are furniture; deleted text (tracked changes) is left
    out with a problem. Raises `BrokenFile`, `EncryptedFile`, `FileTooLarge` or `EmptyFile`.
    """
    archive = Archive(data)
    reading = _Reading(archive)
    reading.read()
    lines = reading.flow.lines
    if not lines:
        raise EmptyFile("Dokumentet har ingen tekst som kan leses.")
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    core = archive.xml("docProps/core.xml")
    title = child(core, "title")
    return RawDocument(
        Source(filename, hashlib.sha256(data).hexdigest(), media_type, reading.flow.page),
        tuple(line for line in lines if pages is None or line.page in pages),
        title=" ".join((title.text or "").split()) if title is not None else "",
        problems=tuple(reading.problems),
    )


class _Reading:
    """One document while it is read."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = _main_part(archive)
        folder = self.main.rpartition("/")[0]
        self.styles = Styles(archive.xml(f"{folder}/styles.xml"))
        self.numbering = Numbering(archive.xml(f"{folder}/numbering.xml"), self.styles)
        self.flow = Flow()
        self.problems: list[Problem] = []
        self.empty = 0
        self.in_list = False
        self.laid_out = False
        self.turned = 0

    def read(self) -> None:
        """Read the body, then what stands in the margins and under the text."""
        root = self.archive.xml(self.main)
        body = child(root, "body")
        if body is None:
            raise BrokenFile
        if next(body.iter("{*}del", "{*}moveFrom"), None) is not None:
            self.problems.append(
                Problem(1, 1, "Dokumentet har sporede endringer. Slettet tekst er utelatt, ny tekst er tatt med.")
            )
        self.laid_out = next(body.iter("{*}lastRenderedPageBreak"), None) is not None
        self._blocks(body, "")
        for name in sorted(self.archive.names):
            if match := _MARGIN.fullmatch(name):
                self._aside(self.archive.xml(name), f"page {match[1]}")
        for name in _NOTES:
            self._aside(self.archive.xml(name), "footnote")

    def _aside(self, root: Element | None, why: str) -> None:
        for paragraph in root.iter("{*}p") if root is not None else ():
            self.flow.add(self._runs(paragraph, False)[0], tag="P", furniture=why)

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
        label = self.numbering.label(element)
        runs, boxes = self._runs(element, kind.bold)
        self._add(runs, kind, label, furniture)
        for box in boxes:
            self._blocks(box, furniture)

    def _add(self, runs: list[Run], kind: ParagraphKind, label: Label | None, furniture: str) -> None:
        text = "".join(run.text for run in runs).strip()
        if not text:
            self.empty += 1
            self._turn_pages()
            return
        tag, marker, depth = "P", "", 0
        if kind.heading:
            tag = f"H{kind.heading}"
            if label and label.text:
                runs = [Run(f"{label.text} ", runs[0].bold), *runs]
        elif label:
            tag, marker, depth = "LI", label.text, max(label.level, kind.list_level)
            if OWN_MARKER.match(text):
                marker = ""
            if not marker:
                tag = "P"
        elif kind.list_level:
            depth = kind.list_level
        space = self.empty + (0.0 if tag == "LI" and self.in_list else 1.0)
        why = furniture or ("table of contents" if kind.contents else "")
        self.flow.add(runs, tag=tag, marker=marker, depth=depth, space_before=space, furniture=why)
        self.empty, self.in_list = 0, tag == "LI"
        self._turn_pages()

    def _table(self, table: Element, furniture: str) -> None:
        """Read a table: rows of values as one line each, cells that lay out text as the text that they hold."""
        for row in table.iterdescendants("{*}tr"):
            if next(row.iterancestors("{*}tbl"), None) is not table:
                continue
            cells = [cell for cell in row.iterdescendants("{*}tc") if next(cell.iterancestors("{*}tr")) is row]
            if len(cells) > 1 and all(self._is_value(cell) for cell in cells):
                runs: list[Run] = []
                for cell in cells:
                    for paragraph in cell.iterchildren("{*}p"):
                        runs += self._runs(paragraph, False)[0]
                    runs.append(Run("\t"))
                self.flow.add(runs, tag="TR", space_before=1.0, furniture=furniture)
                self._turn_pages()
            else:
                for cell in cells:
                    self._blocks(cell, furniture)

    def _is_value(self, cell: Element) -> bool:
        """Tell whether a cell holds one plain paragraph at most."""
        names = [local(element) for element in cell]
        if names.count("p") > 1 or set(names) - {"p", "tcPr"} or next(cell.iter("{*}txbxContent"), None) is not None:
            return False
        paragraph = child(cell, "p")
        return paragraph is None or (
            child(paragraph, "pPr", "numPr") is None and not self.styles.kind(paragraph).heading
        )

    def _runs(self, element: Element, bold: bool) -> tuple[list[Run], list[Element]]:
        """Return a paragraph's words with their style, and the text boxes that are anchored in it."""
        runs: list[Run] = []
        boxes: list[Element] = []
        self._inline(element, bold, runs, boxes)
        return runs, boxes

    def _inline(self, parent: Element, bold: bool, runs: list[Run], boxes: list[Element]) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, bold, runs, boxes)
            elif name in INLINE_CONTAINERS:
                self._inline(element, bold, runs, boxes)

    def _run(self, run: Element, bold: bool, runs: list[Run], boxes: list[Element]) -> None:
        properties = child(run, "rPr")
        own = is_on(child(properties, "b"))
        bold = bold if own is None else own
        italic = bool(is_on(child(properties, "i")))
        for element in run:
            name = local(element)
            if name == "t":
                runs.append(Run(element.text or "", bold, italic))
            elif name in SIGNS:
                runs.append(Run(SIGNS[name], bold, italic))
            elif name == "sym":
                runs.append(Run(readable_bullet(chr(_code_point(attribute(element, "char")))), bold, italic))
            elif name == "lastRenderedPageBreak":
                self.turned += 1
            elif name == "br" and attribute(element, "type") == "page":
                self.turned += not self.laid_out
                runs.append(Run(" "))
            elif name == "br":
                runs.append(Run("\n"))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                shown = element[0] if name == "AlternateContent" and len(element) else element
                boxes.extend(_outermost(shown.iter("{*}txbxContent")))

        if self.turned and not "".join(run.text for run in runs).strip():
            self._turn_pages()

    def _turn_pages(self) -> None:
        """Begin the pages whose breaks have been read; a paragraph stands on the page where its words begin."""
        for _ in range(self.turned):
            self.flow.new_page()
        self.turned = 0


def _main_part(archive: Archive) -> str:
    """Return the name of the part that holds the text, as the archive's relationships tell."""
    for relation in children(archive.xml("_rels/.rels")):
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _code_point(digits: str) -> int:
    """Return the code point that up to four hexadecimal digits tell, else that of a space."""
    return int(digits, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", digits) else 0x20


def _outermost(boxes: Iterable[Element]) -> list[Element]:
    """Return the text boxes that stand in no other: those inside are read with the outer one."""
    found: list[Element] = []
    for box in boxes:
        if not any(ancestor in found for ancestor in box.iterancestors("{*}txbxContent")):
            found.append(box)
    return found
