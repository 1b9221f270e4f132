"""The words of a Markdown paragraph, line by line, without links, emphasis marks and inline HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.html import defs
from markdown_it.token import Token

from ingest.parser.readers.flowing.flow import Run, parted, text_of
from ingest.parser.readers.flowing.html_shown import why_unseen_tag

_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
_STAR = "\ue000"
"""Stands for an escaped star while the stars that are markup are taken away."""
_FOOTNOTE_MARK = re.compile(r"(\[\^[\w-]{1,20}\]|(?<=[\w.,;:!?»)])\[\d{1,3}\]|(?<=\w)(?:\^\d{1,3}\^|~\d{1,3}~))")
"""Marks of notes, and what Pandoc writes raised or lowered: `m^2^`, `CO~2~`."""
_FOOTNOTE = re.compile(r"\s*\[(?:\^[\w-]{1,20}|\d{1,3})\]:\s*")
_NUMBER = re.compile(r"\[?\d{1,3}\]?")
RAISED = "raised"


@dataclass(slots=True)
class InlineLine:
    """One line of a paragraph."""

    offset: int
    """Lines of the source below the paragraph's first."""
    forced: bool = False
    """A forced line break stands before it."""
    footnote: bool = False
    """The line is the text of a footnote."""
    linked: int = 0
    """Characters that are a link to a heading of the file."""
    runs: list[Run] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    """What is not shown as text: comments and descriptions of pictures, with the reason."""

    @property
    def text(self) -> str:
        """The words, without white space at their ends."""
        return text_of(self.runs)

    @property
    def to_heading(self) -> bool:
        """The line is nothing but a link to a heading of the file, as in a table of contents."""
        return self.linked >= len(self.text) > 0


@dataclass(slots=True)
class _Reading:
    """What is open at a place in a paragraph."""

    lines: list[InlineLine]
    bold: int = 0
    italic: int = 0
    struck: int = 0
    link: str = ""
    elements: list[tuple[str, str]] = field(default_factory=list)
    """Inline HTML: the name of each open element and what it does to its words, if anything."""

    def add(self, text: str, *, why: str = "", raised: bool = False) -> None:
        """Add words that are set as what is open says."""
        does = [effect for _, effect in self.elements if effect]
        unseen = [effect for effect in does if effect != RAISED]
        why = why or ("struck-out text" if self.struck else unseen[0] if unseen else "")
        line = self.lines[-1]
        line.runs.append(Run(text, self.bold > 0, self.italic > 0, raised or RAISED in does, why))
        line.linked += len(text) if self.link.startswith("#") else 0

    def add_text(self, text: str) -> None:
        """Add words of the source, the marks of notes apart."""
        line = self.lines[-1]
        if not line.text and (match := _FOOTNOTE.match(text)):
            text, line.footnote = text[match.end() :], True
        if self.link and _NUMBER.fullmatch(text):
            glued = line.runs and not line.runs[-1].text[-1:].isspace()
            self.add(text, raised=bool(glued) or text.startswith("["))
            return
        for index, part in enumerate(_FOOTNOTE_MARK.split(text)):
            if index % 2 and part[0] in "^~":
                self.add(part[1:-1], raised=part[0] == "^")
            elif part:
                self.add(part, why="note number" if index % 2 else "")


def inline_lines(token: Token) -> list[InlineLine]:
    """Return the lines of an "inline" token."""
    now = _Reading([InlineLine(0)])
    lines = now.lines
    for child in token.children or []:
        match child.type:
            case "softbreak" | "hardbreak":
                lines.append(InlineLine(lines[-1].offset + 1, child.type == "hardbreak"))
            case "strong_open":
                now.bold += 1
            case "strong_close":
                now.bold -= 1
            case "em_open":
                now.italic += 1
            case "em_close":
                now.italic -= 1
            case "s_open":
                now.struck += 1
            case "s_close":
                now.struck -= 1
            case "link_open":
                now.link = str(child.attrGet("href") or "")
            case "link_close":
                now.link = ""
            case "text":
                now.add_text(child.content)
            case "text_special" | "code_inline":
                now.add(child.content.replace("*", _STAR))
            case "image":
                if child.content.strip():
                    lines[-1].aside.append((child.content.strip(), "picture text"))
            case "html_inline":
                if text := _html(child.content, now):
                    now.add(text)
    for line in lines:
        line.runs, asides, is_note = parted(line.runs)
        line.aside += asides
        line.footnote = line.footnote or is_note
        line.runs = _without_stars(line.runs)
    return lines


def _html(content: str, now: _Reading) -> str:
    """Take in a tag or comment; return what of it is text after all, such as `<kommunens navn>`."""
    breaks = content.count("\n")
    match = _TAG.match(content)
    lines = now.lines
    if content.startswith("<!--"):
        if comment := content[4:-3].strip():
            lines[-1].aside.append((" ".join(comment.split()), "comment"))
    elif match is None or match[1].lower() not in defs.tags:
        return content.replace("\n", " ")
    else:
        _element(match[1].lower(), content, now)
    if breaks:
        lines.append(InlineLine(lines[-1].offset + breaks))
    return ""


def _element(name: str, content: str, now: _Reading) -> None:
    """Take in the start or the end of an inline HTML element."""
    if name == "br":
        now.lines.append(InlineLine(now.lines[-1].offset, forced=True))
    elif not content.startswith("</"):
        if name not in defs.empty_tags and not content.endswith("/>"):
            now.elements.append((name, RAISED if name == "sup" else why_unseen_tag(content)))
    elif name in (names := [name for name, _ in now.elements]):
        del now.elements[len(names) - 1 - names[::-1].index(name) :]


def _without_stars(runs: list[Run]) -> list[Run]:
    """Take away double stars that CommonMark leaves, as in `**Fjordpartiet vil: **`: what they hold is bold."""
    bold = False
    result = []
    for run in runs:
        for index, part in enumerate(run.text.split("**")):
            bold ^= index > 0
            result.append(replace(run, text=part.replace(_STAR, "*"), bold=run.bold or bold))
    return result
