"""Saved web pages: the main content as lines, all else as furniture."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.parser.document import Problem, RawDocument
from ingest.parser.errors import BrokenFile
from ingest.parser.language.markers import MARKER, OWN_MARKER
from ingest.parser.readers.flowing.flow import Flow, OpenEntry, Run, text_of, without_start
from ingest.parser.readers.flowing.html_content import INVISIBLE, TABLES, Content
from ingest.parser.readers.flowing.html_shown import Shown, is_note_link
from ingest.parser.readers.flowing.html_switches import Switches
from ingest.parser.readers.flowing.numbering import NUMBER_FORMATS, bullet, ordinal
from ingest.parser.readers.flowing.office import whole
from ingest.parser.readers.flowing.text import decode
from ingest.parser.readers.flowing.word_html import is_mark, list_level, mark_of

_BLOCKS = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre section summary table tbody td tfoot th
thead tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin a line and end it, as browsers show them."""

PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dl", "table", "pre", "hr"))
"""Elements that browsers set white space around."""

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LIST_LEVEL = re.compile(r"\blst-kix_\w+-(\d)\b")
"""The class by which Google Docs tells how deep a list is: it writes inner lists beside those that hold them."""
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_NORMAL = re.compile(r"font-(?:weight|style)\s*:\s*(?:normal|400)")
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d+)?)\s*(pt|px|r?em|%)")
_FONT_SIZE = re.compile(r"\s*([+-]?)(\d)")
FONT_SIZES = (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)
"""Points of the sizes 1 to 7 of <font>. Both as browsers show them, not chosen."""
TEXT_SIZE = 12.0
"""Points of text of which the page says nothing."""
_ITALIC = re.compile(r"font-style\s*:\s*italic")


def read(data: bytes, filename: str) -> RawDocument:
    """Read a web page: a line for each paragraph, heading, list entry and table row, in the order of the file.

    What stands outside the main content (menus, footers …) is furniture, and a problem says how much it is.
    A page has no pages: all lines stand on page 1, numbered as they come. Raises `BrokenFile` for a page
    nested deeper than 256 elements, `EmptyFile` for one without text.
    """
    flow = Flow()
    title = ""
    if (page := _page(_decode(data))) is not None:
        _Walk(flow, page, Content(page)).read()
        flow.problems += _left_out(flow)
        title = page.findtext("head/title") or ""
    return flow.document(data, filename, "text/html", title)


def read_fragment(text: str, flow: Flow) -> None:
    """Add the lines of a piece of HTML that stands within another format; all of it is content."""
    page = _page(text)
    if page is not None:
        _Walk(flow, page, None).read()


def _decode(data: bytes) -> str:
    """Return the text in the encoding that the page names, else as any text."""
    if match := _CHARSET.search(data[:4096]):
        try:
            return data.decode(match[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # what it says of itself is wrong, which is common: look at the bytes
    return decode(data)


def _page(text: str) -> HtmlElement | None:
    """Return the tree of a page, or nothing where there are no elements and no text."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    text = _DECLARATION.sub("", text).replace("\x00", "")
    try:
        page = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise BrokenFile("Nettsiden er for stor eller for dypt nøstet. Lagre teksten som ren tekst, og prøv igjen.")
    return page


def _left_out(flow: Flow) -> list[Problem]:
    outside = [line for line in flow.lines if line.furniture in REASONS]
    if not outside:
        return []
    left_out = sum(len(line.text) for line in outside)
    share = round(100 * left_out / sum(len(line.text) for line in flow.lines))
    reasons = ", ".join(dict.fromkeys(REASONS[line.furniture] for line in outside))
    message = f"{left_out} tegn ({share} %) utenfor hovedinnholdet er holdt utenfor programmet: {reasons}."
    return [Problem(1, outside[0].number, message)]


OUTSIDE = "outside main content"
REASONS = TABLES["reasons"]
"""Furniture of web pages, for the admin to read."""


class _Walk:
    """Walks a page once, from start tag to end tag, and adds its lines to a flow."""

    def __init__(self, flow: Flow, page: HtmlElement, content: Content | None) -> None:
        self.flow = flow
        self.root = page
        self.content = content
        self.runs: list[Run] = []
        self.entries: list[OpenEntry] = []
        self.counters: list[int] = []
        self.heading = ""
        self.sizes = [TEXT_SIZE]
        self.is_sized = page.find(".//font[@size]") is not None or bool(
            page.xpath(".//*[contains(@style, 'font-size')]")
        )
        self.headings: list[HtmlElement] = []
        self.switches = Switches(page)
        self.row = False
        self.bold = self.italic = self.pre = self.raised = 0
        self.unseen: list[tuple[HtmlElement, str]] = []
        self.shown = Shown(page)
        self.space = 0.0
        self.outside: list[tuple[HtmlElement, str]] = []

    def read(self) -> None:
        """Add the lines of a whole page."""
        if self.content and self.content.main.tag != "body":
            self.outside.append((self.root, OUTSIDE))
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in INVISIBLE or self._takes_mark(element):
                    walk.skip_subtree()
                else:
                    self._start(element)
                    self._text(element.text)
            else:
                if element.tag not in INVISIBLE and not self._takes_mark(element):
                    self._end(element)
                self._text(element.tail)
        self._flush()

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS and not self.row:
            self._flush()
        if tag in PARAGRAPHS:
            self.space = 1.0
        self.switches.enter(element)
        level = self._opens(element)
        if level:
            self._flush()
        else:
            self._judge(element)
            if (level := _heading_level(element)) and not self._why_outside():
                level = self.switches.heading(level)
        if tag in ("ol", "ul", "menu", "dir"):
            self.counters.append(whole(element.get("start", "").strip(), 1) - 1)
        elif tag == "li":
            self._open_entry(element)
        elif depth := list_level(element):
            self.entries.append(OpenEntry("", depth, begun=True))
        elif tag == "tr":
            self.row = _is_data(element)
        elif tag == "br":
            self.runs.append(Run("\n"))
        elif tag == "img" and MARKER.fullmatch(element.get("alt", "")):
            self._text(f"{bullet(1)} ")  # a picture of a bullet, whatever sign stands for it
        elif level:
            self.heading = f"H{level}"
            self.headings.append(element)
            if self.entries:
                self.entries[-1].begun = True
                self.entries[-1].depth = 0
        if self.is_sized:
            self.sizes.append(_size(element, self.sizes[-1]))
        self.bold += _sets(element, ("b", "strong", "th"), _BOLD)
        self.italic += _sets(element, ("i", "em"), _ITALIC)
        self.raised += self.shown.is_raised(element) or is_note_link(element)
        self.pre += tag == "pre"
        if why := self.shown.why_unseen(element):
            self.unseen.append((element, why))

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if self.row and tag in ("td", "th"):
            self.runs.append(Run("\t"))
        elif tag in BLOCKS and (not self.row or tag == "tr"):
            self._flush()
        if tag in PARAGRAPHS:
            self.space = 1.0
        if tag in ("ol", "ul", "menu", "dir"):
            self.counters.pop()
        elif tag == "li" or list_level(element):
            self.entries.pop()
        elif tag == "tr":
            self.row = False
        elif self.headings and self.headings[-1] is element:
            self._flush()
            self.headings.pop()
            self.heading = ""
        if self.is_sized:
            self.sizes.pop()
        self.bold -= _sets(element, ("b", "strong", "th"), _BOLD)
        self.italic -= _sets(element, ("i", "em"), _ITALIC)
        self.raised -= self.shown.is_raised(element) or is_note_link(element)
        self.pre -= tag == "pre"
        if self.unseen and self.unseen[-1][0] is element:
            self.unseen.pop()
        self.switches.leave(element)
        if self.outside and self.outside[-1][0] is element:
            self._flush()
            self.outside.pop()

    def _why_outside(self) -> str:
        """Return why what is read now is no content, or ""."""
        return self.outside[-1][1] if self.outside else ""

    def _opens(self, element: HtmlElement) -> int:
        """Return the level of a title that opens a part of the content, 0 for any other element."""
        if self.heading or self.row or self._why_outside() or (opened := self.switches.opened(element)) is None:
            return 0
        return 0 if self.content and self.content.outside(opened) else self.switches.title(element, opened)

    def _judge(self, element: HtmlElement) -> None:
        """Note where content ends and begins again."""
        if self.content is None:
            return
        if element is self.content.main or (self.outside and self.content.is_title_outside(element)):
            self._flush()
            self.outside.append((element, ""))
        elif (not self.outside or self.outside[-1][1] in ("", OUTSIDE)) and (why := self.content.outside(element)):
            self._flush()
            self.outside.append((element, why))

    def _takes_mark(self, element: HtmlElement) -> bool:
        """Return whether an element is the mark of the entry that is open, which takes it."""
        if not self.entries or text_of(self.runs) or not is_mark(element):
            return False
        self.entries[-1].marker = mark_of(element)
        self.entries[-1].begun = not self.entries[-1].marker
        return True

    def _open_entry(self, element: HtmlElement) -> None:
        parent = element.getparent()
        level = _LIST_LEVEL.search(parent.get("class", "")) if parent is not None else None
        depth = max(1, len(self.counters), int(level[1]) + 1 if level else 0)
        if parent is not None and parent.tag == "ol" and self.counters:
            self.counters[-1] = whole(element.get("value", "").strip(), self.counters[-1] + 1)
            marker = ordinal(self.counters[-1], NUMBER_FORMATS.get(parent.get("type", ""), "decimal")) + "."
        else:
            marker = bullet(depth)
        self.entries.append(OpenEntry(marker, depth))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self.pre:
            text = text.replace("\r\n", "\n")
        else:
            text = _SPACE.sub(" ", text)
            if self.runs and self.runs[-1].text[-1:] in (" ", "\n", "\t"):
                text = text.lstrip(" ")
        if text:
            why = self.unseen[-1][1] if self.unseen else ""
            size = self.sizes[-1] if self.is_sized else 0.0
            self.runs.append(Run(text, self.bold > 0, self.italic > 0, self.raised > 0, why, size))

    def _flush(self) -> None:
        """End the line that is open, if any."""
        runs, self.runs = self.runs, []
        if not text_of(runs):
            return
        runs, furniture = self.flow.shown(runs, self._why_outside())
        text = text_of(runs)
        if not text:
            return
        marker, depth, tag = "", 0, "P"
        if self.heading:
            tag = self.heading
        elif self.row:
            tag = "TR"
        elif self.entries and self.entries[-1].depth:
            entry = self.entries[-1]
            depth = entry.depth
            if not entry.begun:
                tag, marker = "LI", entry.marker
                if own := OWN_MARKER.match(text):
                    marker = own[0]
                    runs = without_start(runs, marker)
                entry.begun = True
        space, self.space = self.space, 0.0
        self.flow.add(runs, tag=tag, marker=marker, depth=depth, space_before=space, furniture=furniture)


def _is_data(row: HtmlElement) -> bool:
    """Return whether a table row holds values, at most a paragraph in each cell, and does not lay out a page.

    Old pages set text in with an empty cell before it, and end its lines themselves.
    """
    if len(row) < 2 or (row[0].tag == "td" and not _says(row[0]) and sum(map(_says, row)) < 2):
        return False
    for cell in row:
        blocks = [inner.tag for inner in cell.iterdescendants() if inner.tag in BLOCKS or inner.tag == "br"]
        if any(tag not in ("p", "div", "br") for tag in blocks) or blocks.count("p") > 1 or blocks.count("br") > 1:
            return False
    return True


def _says(cell: HtmlElement) -> bool:
    """Return whether a table cell has any words."""
    return bool("".join(cell.itertext()).strip())


def _heading_level(element: HtmlElement) -> int:
    tag = str(element.tag)
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role", "").lower() == "heading":
        return min(6, max(1, whole(element.get("aria-level", "").strip(), 2)))
    return 0


def _size(element: HtmlElement, around: float) -> float:
    """Return the points that an element sets its words in, within others of some size."""
    if element.tag == "font" and (match := _FONT_SIZE.match(element.get("size", ""))):
        number = int(match[2])
        place = {"": number, "+": 3 + number, "-": 3 - number}[match[1]]
        return FONT_SIZES[min(7, max(1, place)) - 1]
    if match := _SIZE.search(element.get("style", "").lower()):
        each = {"pt": 1.0, "px": 0.75, "em": around, "rem": TEXT_SIZE, "%": around / 100}
        return float(match[1]) * each[match[2]]
    return around


def _sets(element: HtmlElement, tags: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
    style = element.get("style", "")
    return (element.tag in tags and not _NORMAL.search(style)) or bool(pattern.search(style))
