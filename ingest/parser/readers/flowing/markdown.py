"""Markdown: a line for each line of the file, without its markup, with what the markup says as tags.

CommonMark with tables, read leniently: programmes are written by hand and by converters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.parser.document import Line, RawDocument, Style
from ingest.parser.language.markers import OWN_MARKER, SECOND_MARKER
from ingest.parser.readers.flowing.flow import Flow, OpenEntry, Run, most, text_of, without_start
from ingest.parser.readers.flowing.html import read_fragment
from ingest.parser.readers.flowing.markdown_inline import InlineLine, inline_lines
from ingest.parser.readers.flowing.text import decode

COLUMN = 6.0
"""Points that one column of the file stands for, so that indents compare with those of other formats."""
MARKER_WIDTH = 2
"""Columns that a marker and its space count for, whatever they are."""
WRAPPED_SHARE = 0.6
"""A file is wrapped at a width when this share of its lines is too full to take the next line's first word.
The shares were measured on programmes that converters wrote, the others chosen."""
LOWER_SHARE = 0.4
"""In Norwegian about nine words of ten begin in lower case: so do most lines that a width has broken."""
WRAPPED_LINES = 3
"""Fewer lines than this prove nothing of a width."""

LISTED_SHARE = 0.3
"""Lines of a list end where they like: fewer of them than this are full; the longest is always."""

# Indented code stays text: who indents a paragraph by four spaces in a programme means no code.
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
_MARKDOWN.disable(["code", "text_join"])

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", re.M | re.I)
_LOOSE_HEADING = re.compile(r" {0,3}#{2,6}(?=[^\s#])")
_LOOSE_TOP_HEADING = re.compile(r"#(?=[A-ZÆØÅ][^#]{0,80}[^#.!?,:;]$)")
_PAGE_BREAK = re.compile(r"\\(?:newpage|pagebreak|clearpage)\b(?:\{\})?|\{+\s*pagebreak\s*\}+", re.I)
_MARKUP_ONLY = re.compile(r"[\s>*+_=|:.`~#-]*(?:\d{1,9}[.)])?\s*")
_MARK = r"(?:[-*+]|\d{1,9}[.)])\s+"
_LIST_MARKS = re.compile(rf"[\s>]*(?:{_MARK})*?(?={_MARK}(?!{_MARK}))")
_TASK_BOX = re.compile(r"\[[ xX]\]\s+")
_INDENT = re.compile(r"[\s>]*")
# What Pandoc adds: `## Skole {#skole .unnumbered}`, `[]{#_Toc1 .anchor}`, `[ord]{.underline}`, `::: {.lead}`
_HEADING_ATTRIBUTES = re.compile(r"^(\s*#.*?)\s*\{[#.:-][^{}]*\}\s*$")
_ATTRIBUTED = re.compile(r"\[([^\[\]]*)\]\{[#.][^{}]*\}")
_DIVISION = re.compile(r":{3,}(?:\s*\{[^{}]*\}|\s*[\w-]+)?\s*:*")
_FOOTNOTE = re.compile(r"\s*\[(?:\^[^\]]+|\d{1,3})\]:\s*")
_LINK_ADDRESS = re.compile(r"\s*(?:>\s*)*\[[^\]^]+\]:\s*(?:<|\w+:|www\.|[/#.]).*")
_NO_TEXT = ((_PAGE_BREAK, "page break"), (_LINK_ADDRESS, "link address"), (_DIVISION, "markup"))
_CELL_END = re.compile(r"(?<!\\)\|")
_TAGS = re.compile(r"<[^>]*>")


def read(data: bytes, filename: str) -> RawDocument:
    """Read Markdown. Lines are those of the file; a list entry keeps the marker that the file has.

    The first line of a heading, a paragraph, a list entry and a table row carries its tag (H1–H6, P, LI, TR);
    a line that goes on with what stands above it carries none. Front matter, comments and page breaks are
    furniture. Raises `EmptyFile` for a file without text.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[0]) if front else None
    lines = _Reading(text.split("\n"), front[0].count("\n") if front else 0).lines()
    return Flow(lines).document(data, filename, "text/markdown", title[1] if title else "")


@dataclass(slots=True)
class _Part:
    """The words of one source line, counted from 0."""

    number: int
    runs: list[Run]
    tag: str = ""
    marker: str = ""
    column: int = 0
    """Where the words begin, for what stands in a list; else 0."""
    furniture: str = ""
    aside: int = 0
    """The quotation that the line stands in: a box beside the text, for all that the file says."""


@dataclass(slots=True)
class _State:
    """What is open at a token."""

    entries: list[OpenEntry] = field(default_factory=list)
    heading: str = ""
    row: int | None = None
    cells: list[list[InlineLine]] = field(default_factory=list)


class _Reading:
    """One file: its source lines, and what has been read of them."""

    def __init__(self, source: list[str], front: int) -> None:
        self.source = [line.replace("\f", " ").replace("\x00", "").expandtabs(4) for line in source]
        self.front = front
        self.parts: list[_Part] = []
        self.seen: set[int] = set(range(front))
        self.quotes = 0
        self.quote = 0
        """The number of the quotation that is open, or 0."""
        self.wrapped = False
        self.listed = False

    def lines(self) -> list[Line]:
        """Return the lines in the order of the file."""
        for number in range(self.front):
            self._add(number, [Run(self.source[number])], furniture="front matter")
        tokens = _MARKDOWN.parse(self._body())
        self._measure(tokens)
        self._blocks(tokens)
        self._rest()
        self.parts.sort(key=lambda part: part.number)
        return list(map(self._line, self.parts))

    def _body(self) -> str:
        """Return the text below the front matter, with slips of the pen mended that would swallow text."""
        source = list(self.source)
        for number, line in enumerate(source):
            blank = (number == 0 or not source[number - 1].strip()) and not "".join(
                source[number + 1 : number + 2]
            ).strip()
            line = source[number] = _ATTRIBUTED.sub(r"\1", _HEADING_ATTRIBUTES.sub(r"\1", line))
            if match := _LOOSE_HEADING.match(line) or (blank and _LOOSE_TOP_HEADING.match(line)):
                source[number] = f"{match[0]} {line[match.end() :]}"
        body = "\n".join([""] * self.front + source[self.front :])
        opened = body.rfind("<!--")
        if opened > body.rfind("-->"):
            body = body[:opened] + body[opened + 4 :]
        return body

    def _measure(self, tokens: Sequence[Token]) -> None:
        """Find whether the file's paragraphs are broken at a width, so that a line's end means nothing.

        Lines in lower case that end where no width asks for it are a list without marks.
        """
        pairs: list[tuple[str, str]] = []
        listed: list[tuple[str, str]] = []
        entries = 0
        for token in tokens:
            entries += (token.type == "list_item_open") - (token.type == "list_item_close")
            if token.type == "inline" and token.map and token.map[1] - token.map[0] > 1:
                lines = [line.rstrip() for line in self.source[token.map[0] : token.map[1]]]
                found = [(above, below.lstrip()) for above, below in pairwise(lines) if below.strip()]
                pairs += found
                listed += [pair for pair in found if not entries and pair[1][0].islower()]
        lower = sum(below[0].islower() for _, below in pairs)
        enough = len(pairs) >= WRAPPED_LINES and lower > LOWER_SHARE * len(pairs)
        self.wrapped = enough and _full(pairs) > WRAPPED_SHARE * len(pairs)
        self.listed = _full(listed) < LISTED_SHARE * len(listed)

    def _blocks(self, tokens: Sequence[Token]) -> None:
        """Read the tokens of all blocks."""
        state = _State()
        for token in tokens:
            match token.type:
                case "list_item_open":
                    state.entries.append(OpenEntry(f"{token.info}{token.markup}"))
                case "list_item_close":
                    state.entries.pop()
                case "blockquote_open" if token.level == 0:
                    self.quotes += 1
                    self.quote = self.quotes
                case "blockquote_close" if token.level == 0:
                    self.quote = 0
                case "heading_open":
                    state.heading = self._heading(token)
                case "heading_close":
                    state.heading = ""
                case "tr_open":
                    state.row, state.cells = (token.map or [0])[0], []
                case "tr_close":
                    self._row(state.row, state.cells)
                    state.row = None
                case "inline" if state.row is not None:
                    state.cells.append(inline_lines(token))
                case "inline":
                    self._paragraph(token, state)
                case "fence" | "code_block":
                    self._verbatim(token)
                case "html_block":
                    self._html(token)

    def _heading(self, token: Token) -> str:
        """Return the heading's tag, or nothing for a paragraph that a rule (`---`) stands close under."""
        first, end = token.map or (0, 1)
        if token.markup == "-":
            underline = self.source[end - 1].strip(" >")
            if end - first > 2 or len(underline) < 3 or self.source[end - 2].rstrip(" *_")[-1:] in ".;,":
                self.seen.add(end - 1)
                return ""
        self.seen.update(range(first, end))
        return token.tag.upper()

    def _paragraph(self, token: Token, state: _State) -> None:
        """Read a paragraph, a heading's words or the words of a list entry."""
        first, end = token.map or (0, 1)
        self.seen.update(range(first, end))
        entry = state.entries[-1] if state.entries else None
        above: InlineLine | None = None
        for line in inline_lines(token):
            number = min(first + line.offset, end - 1)
            self._add_asides(number, line)
            if not line.text:
                continue
            if line.footnote:
                self._add(number, line.runs, furniture="footnote")
                continue
            column = len((_INDENT.match(self.source[number]) or [""])[0])
            marker = ""
            if above is not None:
                opens = not state.heading and self._opens(line, above, column, bool(entry))
                tag = "P" if opens else ""
            elif state.heading:
                tag = state.heading
            elif entry and not entry.begun:
                tag, marker, entry.begun = "LI", entry.marker, True
                # "1. " is wider than "* ", yet what stands under both stands equally deep.
                column = _marker_column(self.source[number]) + MARKER_WIDTH
                if box := _TASK_BOX.match(line.runs[0].text):
                    line.runs[0].text = line.runs[0].text[box.end() :]
                if second := SECOND_MARKER.match(line.text):
                    marker = second[0]
                    line.runs = without_start(line.runs, marker)
            else:
                tag = "P"
            if line.to_heading:
                self._add(number, line.runs, marker=marker, furniture="table of contents")
                continue
            if why := next((why for pattern, why in _NO_TEXT if pattern.fullmatch(line.text)), ""):
                self._add(number, line.runs, furniture=why)
                continue
            self._add(number, line.runs, tag=tag, marker=marker, column=column if entry else 0)
            above = line

    def _opens(self, line: InlineLine, above: InlineLine, column: int, in_entry: bool) -> bool:
        """Return whether a line within a paragraph begins one of its own: one line may be one pledge."""
        if OWN_MARKER.match(line.text) or above.text[-1] == ":":
            return True
        if line.forced:
            return not in_entry
        if self.wrapped or (in_entry and column) or above.text[-1] in ",-–":
            return False
        return not line.text.lstrip("-–(")[:1].islower() or (self.listed and not in_entry)

    def _row(self, number: int | None, cells: Sequence[Sequence[InlineLine]]) -> None:
        """Add a table row as one line, with the cells beyond the header's that the table drops."""
        if number is None:
            return
        self.seen.add(number)
        runs: list[Run] = []
        is_box = len(cells) == 1  # a box around some lines
        for cell in cells:
            for line in cell:
                if is_box:
                    self._add(number, line.runs, tag="P")
                else:
                    runs += [*line.runs, Run(" ")]
                self._add_asides(number, line)
            if not is_box:
                runs.append(Run("\t"))
        source = self.source[number].strip(" >").removeprefix("|").removesuffix("|")
        runs.append(Run("\t".join(text.strip() for text in _CELL_END.split(source)[len(cells) :])))
        self._add(number, runs, tag="TR")

    def _verbatim(self, token: Token) -> None:
        """Add the lines of a code block, each as a paragraph."""
        first, end = token.map or (0, 1)
        self.seen.add(first)
        if token.markup and set(self.source[end - 1].strip(" >")) <= set(token.markup):
            self.seen.add(end - 1)
        for number in range(first, end):
            if number not in self.seen:
                self.seen.add(number)
                self._add(number, [Run(self.source[number])], tag="P")

    def _html(self, token: Token) -> None:
        """Add the words of an HTML block, each at the line of the file that has its first word."""
        first, end = token.map or (0, 1)
        self.seen.update(range(first, end))
        flow = Flow()
        read_fragment(token.content, flow)
        number = first
        for line in flow.lines:
            words = line.text.removeprefix(line.marker).split()
            for later in range(number, end):
                if words[0] in self.source[later]:
                    number = later
                    break
            runs = [Run(line.text.removeprefix(line.marker), line.style.bold, line.style.italic)]
            self._add(
                number,
                runs,
                tag=line.tag,
                marker=line.marker,
                column=round((line.text_x or 0) / COLUMN),
                furniture=line.furniture,
            )
        if not flow.lines:
            why = "comment" if token.content.lstrip().startswith("<!--") else "markup"
            for number in range(first, end):
                if why == "comment" or _TAGS.sub("", self.source[number]).strip():
                    self._add(number, [Run(self.source[number])], furniture=why)

    def _rest(self) -> None:
        """Add what no block has taken: link addresses, footnotes, what is nested deeper than the library reads."""
        for number, line in enumerate(self.source):
            if number in self.seen or _MARKUP_ONLY.fullmatch(line):
                continue
            if _LINK_ADDRESS.match(line):
                self._add(number, [Run(line)], furniture="link address")
            elif footnote := _FOOTNOTE.match(line):
                self._add(number, [Run(line[footnote.end() :])], furniture="footnote")
            else:
                self._add(number, [Run(line)], tag="P")

    def _add(
        self, number: int, runs: list[Run], *, tag: str = "", marker: str = "", column: int = 0, furniture: str = ""
    ) -> None:
        if text_of(runs):
            self.parts.append(_Part(number, runs, tag, marker, column, furniture, self.quote))

    def _add_asides(self, number: int, line: InlineLine) -> None:
        for text, why in line.aside:
            self._add(number, [Run(text)], furniture=why)

    def _line(self, part: _Part) -> Line:
        text = text_of(part.runs)
        blank = 0
        while blank < part.number and _MARKUP_ONLY.fullmatch(self.source[part.number - 1 - blank]):
            blank += 1
        return Line(
            text=f"{part.marker} {text}" if part.marker else text,
            page=1,
            number=part.number + 1,
            style=Style(bold=most(part.runs, "bold"), italic=most(part.runs, "italic")),
            marker=part.marker,
            text_x=part.column * COLUMN if part.column else None,
            tag=part.tag,
            space_before=float(blank),
            furniture=part.furniture,
            aside=part.aside,
        )


def _full(pairs: Sequence[tuple[str, str]]) -> int:
    """Return how many lines are too full to take the first word of the line below."""
    width = max((len(above) for above, _ in pairs), default=0)
    return sum(len(above) + 1 + len(below.split(maxsplit=1)[0]) > width for above, below in pairs)


def _marker_column(source: str) -> int:
    """Return where the innermost list marker of a line stands."""
    match = _LIST_MARKS.match(source)
    return match.end() if match else 0
