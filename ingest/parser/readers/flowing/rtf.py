"""Rich Text Format (RTF): its groups and words become the elements of a Word document, which are read as in DOCX.

Rich Text Format specification 1.9.1. A file is a tree of groups; each takes over how the group around it is set.
Writers give each paragraph its whole setting and the bullet or number that it shows, so nothing is counted here.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from lxml.builder import E
from lxml.etree import SubElement

from ingest.parser.document import Problem, RawDocument
from ingest.parser.errors import BrokenFile, FileTooLarge, ParseLimitReached
from ingest.parser.readers.flowing.docx import WordReading
from ingest.parser.readers.flowing.docx_styles import Label, Look, Styles
from ingest.parser.readers.flowing.flow import Run, text_of
from ingest.parser.readers.flowing.numbering import bullet, readable_bullet
from ingest.parser.readers.flowing.office import Element, attribute, child, whole
from ingest.parser.readers.flowing.text import LINE_LIMIT

MAX_SIZE = 60 * 1024 * 1024
"""Bytes of a file; pictures are written as digits and make it large."""
MAX_DEPTH = 1_000
"""Groups within groups: word processors need a few dozen."""
MAX_NESTED = 10
"""Tables within tables, and notes and text boxes within each other; what is nested deeper is read as if it were not."""
LONGEST_NAME = 100
"""Characters of a style's name, and of a bullet or number."""

WORDS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
"""What control words mean, by kind; the file explains them."""
DESTINATIONS, STORIES, SIGNS = WORDS["destinations"], WORDS["stories"], WORDS["signs"]
PAGE = SIGNS["page"]
SYMBOLS = "symbols"
"""Stands for an encoding: a font of signs, whose codes are no letters."""
ASIDES = ("page footer", "page header", "footnote", "comment")
"""The order in which they follow the text."""
LOOKS = {"hidden text": "vanish", "struck-out text": "strike"}
"""Why words are no text → the property that says so in Word."""
CUT_SHORT = "Filen slutter midt i dokumentet. Kontroller slutten mot originalen, eller last den ned på nytt."

_TOKEN = re.compile(
    rb"(?P<brace>[{}])|\\'(?P<code>[0-9a-fA-F]{2})|(?P<text>[^\\{}\r\n]+)"
    rb"|\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,9})?[0-9]* ?|(?P<symbol>[^a-zA-Z]))",
    re.S,
)
_LONE_HALF = re.compile("[\ud800-\udbff](?![\udc00-\udfff])")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(data: bytes, filename: str) -> RawDocument:
    """Read an RTF file: a line for each paragraph and table row.

    A page ends where the author ended it. The table of contents, headers, footers, notes, comments, hidden, struck-out
    and deleted text (tracked changes) are furniture; a problem says where something is missing at the end.
    Raises `FileTooLarge`, `BrokenFile` for groups nested too deep, `ParseLimitReached` or `EmptyFile`.
    """
    if len(data) > MAX_SIZE:
        raise FileTooLarge
    reading = _Reading()
    reading.read(data)
    styles = Styles(reading.styles)

    def label(paragraph: Element) -> Label | None:
        number = child(paragraph, "pPr", "numPr")
        if number is None:
            return None
        kind = styles.kind(paragraph)
        level = max(kind.list_level, whole(attribute(number, "ilvl"), 0) + 1)
        usual = "" if kind.heading else bullet(level)
        return Label(readable_bullet(number.get("shown", usual)), level)

    flow = WordReading(styles, label).read(reading.body, reading.asides.items())
    if reading.around:
        flow.problems.append(Problem(1, 1, CUT_SHORT))
    return flow.document(data, filename, "application/rtf", _whole_characters(reading.title))


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces, until the group sets it otherwise."""

    destination: str = "text"
    encoding: str = ""
    """That of the font; empty for that of the file."""
    fallback: int = 1
    """Characters after a Unicode character that stand for it in old programs."""
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    raised: bool = False
    style: int = 0
    outline: int | None = None
    in_list: int = 0
    level: int = 0
    """The list level, from 0."""
    table: int = 0
    """Tables that the paragraph stands in, one in the other."""
    is_story: bool = False
    """The group holds a story, and the groups in it parts of that."""


@dataclass(slots=True)
class _Story:
    """A text with paragraphs of its own: the document, a header, a note, a text box."""

    open: list[Element]
    """The element of the whole text, and the open cell of each table that is being read, outermost first."""
    runs: list[Run] = field(default_factory=list)
    """The words of the paragraph that is being read."""
    label: str | None = None
    """Its bullet or number."""
    boxes: list[Element] = field(default_factory=list)
    """The text boxes that hang on it."""

    def holder(self, level: int) -> Element:
        """Return what holds a paragraph that stands in so many tables, and end the tables deeper in."""
        level = max(0, min(level, MAX_NESTED))
        while len(self.open) > level + 1:
            cell = self.open.pop()
            if (row := cell.getparent()) is not None and not len(cell):
                row.remove(cell)
        while len(self.open) <= level:
            row = SubElement(SubElement(self.open[-1], "tbl"), "tr")
            self.open.append(SubElement(row, "tc"))
        return self.open[-1]

    def end_cell(self, level: int) -> None:
        """End the open cell of a table of a level from 1, and begin the next."""
        row = self.holder(level).getparent()
        if row is not None:
            self.open[-1] = SubElement(row, "tc")


class _Reading:
    """One file while it is read."""

    def __init__(self) -> None:
        self.body = E.body()
        self.styles = E.styles()
        self.asides: dict[str, Element] = {why: E.aside() for why in ASIDES}
        self.title = ""
        self.group = _Group()
        self.around: list[_Group] = []
        self.story = _Story([self.body])
        self.stories: list[_Story] = []
        """Those around the one that is being read."""
        self.encoding = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = self.usual_font = 0
        self.style_name = ""
        self.style_parent = -1
        self.deleted = self.starred = False
        self.skipped = 0
        """Characters still to be passed over: they stand for a Unicode character."""
        self.codes = bytearray()
        """Characters that are still codes: one may be two bytes."""

    def read(self, data: bytes) -> None:
        """Read the whole file; groups that it leaves open stay `around`."""
        position = 0
        while match := _TOKEN.search(data, position):
            position = match.end()
            if codes := match["text"] or bytes.fromhex((match["code"] or b"").decode("ascii")):
                taken = min(self.skipped, len(codes))
                self.skipped -= taken
                self.codes += codes[taken:]
                continue
            self._decode()
            word = (match["word"] or match["symbol"] or b"").decode("latin-1")
            if match["brace"]:
                self.starred, self.skipped = False, 0
                if match["brace"] == b"{":
                    self._open()
                elif self.around:
                    self._close()
                if not self.around:
                    break
            elif word == "*":
                self.starred = True
            else:
                number = int(match["number"]) if match["number"] else None
                self._word(word, number)
                if word == "bin":
                    position += max(0, number or 0)
        self._decode()
        while self.stories:
            self._end_story()
        self._end_paragraph(0)
        if self.deleted:
            SubElement(self.body, "del")

    def _open(self) -> None:
        if len(self.around) >= MAX_DEPTH:
            raise BrokenFile("RTF-filen er for dypt nøstet. Åpne den i Word, lagre den som DOCX, og prøv igjen.")
        self.around.append(self.group)
        self.group = replace(self.group, is_story=False)

    def _close(self) -> None:
        group = self.group
        if group.is_story:
            self._end_story()
        if group.destination == "styles" and self.style_name:
            properties = E.pPr() if group.outline is None else E.pPr(E.outlineLvl(val=str(group.outline)))
            name, parent = _whole_characters(self.style_name).strip(" ;"), str(self.style_parent)
            self.styles.append(E.style(E.name(val=name), E.basedOn(val=parent), properties, styleId=str(group.style)))
            self.style_name, self.style_parent = "", -1
        self.group = self.around.pop()

    def _word(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        starred, self.starred = self.starred, False
        group = self.group
        if group.destination == "nothing" and word not in DESTINATIONS:
            return
        if word in SIGNS:
            self._add(SIGNS[word])
            return
        self.skipped = 0
        if word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self.skipped = group.fallback
        elif word in WORDS["toggles"]:
            setattr(group, WORDS["toggles"][word], number != 0)
        elif word in WORDS["numbers"]:
            setattr(group, WORDS["numbers"][word], number or 0)
        elif word in STORIES and not group.is_story and len(self.stories) < MAX_NESTED:
            self._begin_story(STORIES[word])
        elif word in DESTINATIONS:
            if not (group.destination == "nothing" and DESTINATIONS[word] == "text"):
                group.destination = DESTINATIONS[word]
        elif starred:
            group.destination = "nothing"
        elif word in ("par", "sect", "\r", "\n"):
            self._end_paragraph(group.table)
        elif word in ("cell", "nestcell"):
            level = 1 if word == "cell" else max(2, group.table)
            self._end_paragraph(level)
            self.story.end_cell(level)
        elif word in ("row", "nestrow"):
            self.story.holder(0 if word == "row" else len(self.story.open) - 2)
        elif word == "pard":
            group.style, group.outline, group.in_list, group.level, group.table = 0, None, 0, 0, 0
        elif word in ("nosupersub", "sub"):
            group.raised = False
        elif word == "intbl":
            group.table = max(1, group.table)
        elif word == "plain":
            group.bold = group.italic = group.hidden = group.deleted = group.struck = group.raised = False
            group.encoding = self.fonts.get(self.usual_font, "")
        else:
            self._setting(word, number or 0)

    def _setting(self, word: str, number: int) -> None:
        """Take in what the tables of fonts and styles say, and which of them holds."""
        group = self.group
        if word == "f":
            self.font = number
            group.encoding = self.fonts.get(number, "")
        elif word == "fcharset" and group.destination == "fonts":
            self.fonts[self.font] = WORDS["charsets"].get(str(number), "")
        elif word == "deff":
            self.usual_font = number
        elif word == "sbasedon":
            self.style_parent = number
        elif word == "cpg":
            self.fonts[self.font] = _code_page(number)
        elif word == "ansicpg":
            self.encoding = _code_page(number) or self.encoding
        else:
            self.encoding = WORDS["encodings"].get(word, self.encoding)

    def _decode(self) -> None:
        """Add the codes that have come as text; those of a font of signs as the Unicode signs that look the same."""
        if not self.codes:
            return
        codes, self.codes = bytes(self.codes), bytearray()
        if (encoding := self.group.encoding or self.encoding) == SYMBOLS:
            self._add("".join(readable_bullet(chr(0xF000 + code)) if code > 0x20 else " " for code in codes))
        else:
            self._add(codes.decode(encoding, "replace"))

    def _add(self, text: str) -> None:
        """Add text where the group wants it."""
        group, story = self.group, self.story
        if text == PAGE and (group.hidden or self.stories):
            text = " "  # only the text itself turns pages
        match group.destination:
            case "text":
                self.deleted = self.deleted or group.deleted
                look = Look(group.raised, group.hidden, group.struck, group.deleted)
                story.runs.append(Run(text, group.bold, group.italic, group.raised, look.why))
                if len(story.runs) > LINE_LIMIT:
                    raise ParseLimitReached
            case "label":
                story.label = ((story.label or "") + text)[:LONGEST_NAME]
            case "title":
                self.title += text
            case "styles":
                self.style_name = (self.style_name + text)[:LONGEST_NAME]

    def _end_paragraph(self, level: int) -> None:
        """Add the paragraph that has been read, and what hangs on it, to the text or to a table's open cell."""
        group, story = self.group, self.story
        runs, boxes, label = story.runs, story.boxes, story.label
        story.runs, story.boxes, story.label = [], [], None
        if sum(len(run.text) for run in runs) > LINE_LIMIT:
            raise ParseLimitReached
        holder = story.holder(level)
        if level and not (boxes or text_of(runs)):
            return
        properties = SubElement(paragraph := SubElement(holder, "p"), "pPr")
        SubElement(properties, "pStyle", val=str(group.style))
        if group.outline is not None:
            SubElement(properties, "outlineLvl", val=str(group.outline))
        if group.in_list or label is not None:
            shown = {} if label is None else {"shown": _whole_characters(label)}
            SubElement(properties, "numPr", shown, ilvl=str(group.level))
        paragraph.extend([*_elements(runs), *(E.r(E.pict(box)) for box in boxes)])

    def _begin_story(self, why: str) -> None:
        """Read a note, a header or a text box: it stands aside for a reason, or hangs on the paragraph around it."""
        root = self.asides[why] if why else E.txbxContent()
        if not why:
            self.story.boxes.append(root)
        self.stories.append(self.story)
        self.story = _Story([root])
        self.group.destination, self.group.is_story, self.group.table = "text", True, 0

    def _end_story(self) -> None:
        """Go back to the text around a note, a header or a text box."""
        self._end_paragraph(self.group.table)
        self.story.holder(0)
        self.story = self.stories.pop()


def _elements(runs: list[Run]) -> Iterator[Element]:
    """Yield the words of a paragraph as Word's runs."""
    for look, alike in groupby(runs, lambda run: (run.bold, run.italic, run.raised, run.why, run.text == PAGE)):
        bold, italic, raised, why, page = look
        style = E.rPr(E.b(val=str(int(bold))), E.i(val=str(int(italic))))
        if raised:
            style.append(E.vertAlign(val="superscript"))
        if why in LOOKS:
            style.append(E(LOOKS[why]))
        text = "".join(run.text for run in alike)
        words = [E.br(type="page") for _ in text] if page else [E.t(_whole_characters(text))]
        run = E.r(style, *words)
        yield E("del", run) if why == "deleted text" else run


def _whole_characters(text: str) -> str:
    """Return text with the halves of characters joined, without what XML can't hold."""
    joined = _LONE_HALF.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NOT_IN_XML.sub("", joined)


def _code_page(number: int) -> str:
    """Return the encoding of a code page, "" for one that we don't know."""
    encoding = "mac_roman" if number == 10000 else f"cp{number}"
    try:
        codecs.lookup(encoding)
    except LookupError:
        return ""
    return encoding
