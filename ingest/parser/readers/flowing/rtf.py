"""Rich Text Format (RTF): paragraphs, headings, lists with their bullets and numbers, tables, text boxes.

Rich Text Format specification 1.9.1. A file is a tree of groups; each takes over how the group around it is set.
Writers give each paragraph its whole setting and the bullet or number that it shows, so nothing is counted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.parser.document import Problem, RawDocument
from ingest.parser.errors import BrokenFile, FileTooLarge, ParseLimitReached
from ingest.parser.readers.flowing.flow import Run, text_of
from ingest.parser.readers.flowing.numbering import bullet, readable_bullet
from ingest.parser.readers.flowing.rtf_codes import CHARSETS, PAGE, SIGNS, decoded, encoding_of
from ingest.parser.readers.flowing.rtf_stories import Paragraph, Story, runs_of
from ingest.parser.readers.flowing.text import LINE_LIMIT
from ingest.parser.readers.flowing.word_flow import TRACKED_CHANGES, ParagraphKind, WordFlow, style_chain

MAX_SIZE = 60 * 1024 * 1024
"""Bytes of a file; pictures are written as digits and make it large."""
MAX_DEPTH = 1_000
"""Groups within groups: word processors need a few dozen."""
LONGEST_NAME = 100
"""Characters of a style's name, and of a bullet or number."""

DESTINATIONS = {
    # the word that begins a group → what its words are
    "fonttbl": "fonts",
    "stylesheet": "styles",
    "title": "title",  # in {\info …}
    "listtext": "label",
    "pntext": "label",
    # starred, and yet text
    "shpinst": "text",
    "do": "text",
    "nesttableprops": "text",
    "ud": "text",
    **dict.fromkeys(("colortbl", "filetbl", "info", "pict", "fldinst", "xe", "tc", "rxe", "txe", "shprslt"), "nothing"),
    **dict.fromkeys(("nonshppict", "sp", "upr", "nonesttables", "private1"), "nothing"),
}
"""Any other group is text, or nothing that we know if its word is starred: `{\\*\\word …}`."""
STORIES = {
    # the word that begins a text with paragraphs of its own → why it is no content, if it is not
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "page footer"),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "page header"),
    "footnote": "footnote",
    "annotation": "comment",
    "shptxt": "",
    "dptxbxtext": "",
}
HIDDEN = "hidden text"
ASIDES = ("page footer", "page header", "footnote", "comment", HIDDEN)
"""The order in which they follow the text."""
TOGGLES = {"b": "bold", "i": "italic", "v": "hidden", "deleted": "deleted"}
NUMBERS = {"uc": "fallback", "s": "style", "outlinelevel": "outline", "ls": "in_list", "ilvl": "level", "itap": "table"}
CUT_SHORT = "Filen slutter midt i dokumentet. Kontroller slutten mot originalen, eller last den ned på nytt."

_TOKEN = re.compile(
    rb"(?P<brace>[{}])|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,9})?[0-9]* ?|\\'(?P<code>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)",
    re.S,
)


def read(data: bytes, filename: str) -> RawDocument:
    """Read an RTF file: a line for each paragraph and table row.

    A page ends where the author ended it. The table of contents, headers, footers, notes, comments and hidden text
    are furniture; deleted text (tracked changes) is left out with a problem, and so is what is missing at the end.
    Raises `FileTooLarge`, `BrokenFile` for groups nested too deep, `ParseLimitReached` or `EmptyFile`.
    """
    if len(data) > MAX_SIZE:
        raise FileTooLarge
    reading = _Reading()
    return reading.read(data).document(data, filename, "application/rtf", text_of(reading.title))


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
class _Style:
    """A paragraph style."""

    name: str = ""
    outline: int | None = None
    parent: int = -1


class _Reading:
    """One file while it is read."""

    def __init__(self) -> None:
        self.flow = WordFlow()
        self.title: list[Run] = []
        self.group = _Group()
        self.around: list[_Group] = []
        self.story = Story()
        self.stories: list[Story] = []
        """Those around the one that is being read."""
        self.asides: list[tuple[str, list[Run]]] = []
        self.hidden: list[Run] = []
        self.encoding = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = self.usual_font = 0
        self.styles: dict[int, _Style] = {}
        self.new_style = _Style()
        self.starred = False
        self.skipped = 0
        """Characters still to be passed over: they stand for a Unicode character."""
        self.half = 0
        """The first half of a character that is written as two numbers."""
        self.codes = bytearray()
        """Characters that are still codes: one may be two bytes."""

    def read(self, data: bytes) -> WordFlow:
        """Read the whole file."""
        position = 0
        while match := _TOKEN.search(data, position):
            position = match.end()
            kind = match.lastgroup
            if kind == "text":
                self._add_codes(match["text"])
                continue
            if kind == "code":
                self._add_codes(bytes((int(match["code"], 16),)))
                continue
            self._decode()
            if kind == "symbol":
                self._symbol(match["symbol"].decode("latin-1"))
            elif kind == "brace":
                self.starred, self.skipped = False, 0
                if match["brace"] == b"{":
                    self._open()
                elif self.around:
                    self._close()
                if not self.around:
                    break
            else:
                number = int(match["number"]) if match["number"] else None
                self._word(match["word"].decode("ascii"), number)
                if match["word"] == b"bin":
                    position += max(0, number or 0)
        self._decode()
        if self.around:
            self.flow.problems.append(Problem(1, 1, CUT_SHORT))
        while self.around:
            self._close()
        while self.stories:
            self._end_story()
        self._end_paragraph()
        self.story.put([], 0)
        self._write()
        return self.flow

    def _open(self) -> None:
        if len(self.around) >= MAX_DEPTH:
            raise BrokenFile("RTF-filen er for dypt nøstet. Åpne den i Word, lagre den som DOCX, og prøv igjen.")
        self.around.append(self.group)
        self.group = replace(self.group, is_story=False)

    def _close(self) -> None:
        if self.group.is_story:
            self._end_story()
        if self.group.destination == "styles" and self.new_style.name:
            self.new_style.name = self.new_style.name.strip(" ;")
            self.new_style.outline = self.group.outline
            self.styles[self.group.style] = self.new_style
            self.new_style = _Style()
        self.group = self.around.pop()

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.starred = True
        elif symbol in SIGNS:
            self._add(SIGNS[symbol])
        elif symbol in "\r\n":
            self._word("par", None)

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
            self._add_unit(number % 0x10000)
            self.skipped = group.fallback
        elif word in TOGGLES:
            setattr(group, TOGGLES[word], number != 0)
        elif word in NUMBERS:
            setattr(group, NUMBERS[word], number or 0)
        elif word in STORIES and not group.is_story:
            self.stories.append(self.story)
            self.story = Story(STORIES[word])
            group.destination, group.is_story, group.table = "text", True, 0
        elif word in DESTINATIONS:
            if not (group.destination == "nothing" and DESTINATIONS[word] == "text"):
                group.destination = DESTINATIONS[word]
        elif starred:
            group.destination = "nothing"
        elif word in ("par", "sect", "cell", "nestcell", "row", "nestrow"):
            self._end(word)
        elif word == "pard":
            group.style, group.outline, group.in_list, group.level, group.table = 0, None, 0, 0, 0
        elif word == "intbl":
            group.table = max(1, group.table)
        elif word == "plain":
            group.bold = group.italic = group.hidden = group.deleted = False
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
            self.fonts[self.font] = CHARSETS.get(number, "")
        elif word == "deff":
            self.usual_font = number
        elif word == "sbasedon":
            self.new_style.parent = number
        elif word == "cpg":
            self.fonts[self.font] = encoding_of(word, number)
        else:
            self.encoding = encoding_of(word, number) or self.encoding

    def _add_codes(self, codes: bytes) -> None:
        """Add characters as codes, but those that stand for a Unicode character."""
        taken = min(self.skipped, len(codes))
        self.skipped -= taken
        self.codes += codes[taken:]

    def _add_unit(self, unit: int) -> None:
        """Add a character by its number in UTF-16, or half of one."""
        half, self.half = self.half, 0
        if 0xD800 <= unit < 0xDC00:
            self.half = unit
        elif 0xDC00 <= unit < 0xE000:
            self._add(chr(0x10000 + ((half - 0xD800) << 10) + unit - 0xDC00) if half else "\ufffd")
        else:
            self._add(chr(unit))

    def _decode(self) -> None:
        """Add the codes that have come as text."""
        if not self.codes:
            return
        codes, self.codes, self.half = bytes(self.codes), bytearray(), 0
        self._add(decoded(codes, self.group.encoding or self.encoding))

    def _add(self, text: str) -> None:
        """Add text where the group wants it."""
        group, story = self.group, self.story
        text = text.replace("\0", "")
        match group.destination:
            case "text" if group.deleted:
                if TRACKED_CHANGES not in self.flow.problems:
                    self.flow.problems.append(TRACKED_CHANGES)
            case "text":
                runs = self.hidden if group.hidden else story.runs
                runs.append(Run(text, group.bold, group.italic))
                if len(runs) > LINE_LIMIT:
                    raise ParseLimitReached
            case "label":
                story.label = ((story.label or "") + text)[:LONGEST_NAME]
            case "title":
                self.title.append(Run(text))
            case "styles":
                self.new_style.name = (self.new_style.name + text)[:LONGEST_NAME]

    def _end(self, word: str) -> None:
        """End a paragraph, a cell or a row."""
        story, level = self.story, self.group.table
        if word in ("cell", "nestcell"):
            level = 1 if word == "cell" else max(2, level)
            self._end_paragraph(level)
            story.put([], level)
            story.end_cell()
        elif word in ("row", "nestrow"):
            story.put([], 0 if word == "row" else len(story.tables) - 1)
        else:
            self._end_paragraph(level)

    def _end_paragraph(self, level: int = 0) -> None:
        """Add the paragraph that has been read, and what hangs on it, to the text or to a table's open cell."""
        group, story = self.group, self.story
        runs, boxes, label = story.runs, story.boxes, story.label
        story.runs, story.boxes, story.label = [], [], None
        if self.hidden:
            self.asides.append((HIDDEN, self.hidden))
            self.hidden = []
        if sum(len(run.text) for run in runs) > LINE_LIMIT:
            raise ParseLimitReached
        words = bool(text_of(runs))
        kind = self._kind()
        depth = kind.list_level
        if words and (group.in_list or label is not None):
            depth = max(depth, group.level + 1)
            if label is None and not kind.heading:
                label = bullet(depth)
        paragraph = Paragraph(runs, kind, readable_bullet(label or ""), depth)
        story.put([paragraph, *boxes] if words or not level else boxes, level)

    def _kind(self) -> ParagraphKind:
        """Return what the paragraph that is being read is by its own setting and its styles."""
        chain = style_chain(self.styles, self.group.style, lambda style: style.parent)
        levels = (self.group.outline, *(style.outline for style in chain))
        outline = next((level for level in levels if level is not None), None)
        return ParagraphKind.of([style.name for style in chain], outline)

    def _end_story(self) -> None:
        """Go back to the text around a note, a header or a text box."""
        self._end_paragraph(self.group.table)
        ended, self.story = self.story, self.stories.pop()
        ended.put([], 0)
        if ended.furniture:
            self.asides += [(ended.furniture, runs_of([block])) for block in ended.blocks]
        else:
            self.story.boxes += ended.blocks

    def _write(self) -> None:
        """Give the lines of the text, then what stands in the margins and under it."""
        for block in self.story.blocks:
            if isinstance(block, Paragraph):
                kind = block.kind
                self.flow.paragraph(
                    self._turned(block.runs),
                    heading=kind.heading,
                    label=block.label,
                    depth=block.depth,
                    furniture="table of contents" if kind.contents else "",
                )
            else:
                self.flow.row(map(self._turned, block))
        for why, runs in sorted(self.asides, key=lambda aside: ASIDES.index(aside[0])):
            self.flow.add(runs, tag="P", furniture=why)

    def _turned(self, runs: list[Run]) -> list[Run]:
        """Return runs without page breaks, with the pages begun."""
        kept: list[Run] = []
        for run in runs:
            if run.text == PAGE:
                self.flow.turn_page(kept)
            kept.append(replace(run, text=" ") if run.text == PAGE else run)
        return kept
