"""The words of a Markdown paragraph, line by line, without links, emphasis marks and inline HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html.defs import tags as HTML_TAGS  # noqa: N812
from markdown_it.token import Token

from ingest.parser.readers.flowing.flow import Run, text_of

_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
_STAR = "\ue000"
"""Stands for an escaped star while the stars that are markup are taken away."""
_FOOTNOTE_MARK = re.compile(r"\[\^[\w-]{1,20}\]")
_FOOTNOTE = re.compile(r"\s*\[\^[\w-]{1,20}\]:\s*")


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


def inline_lines(token: Token) -> list[InlineLine]:
    """Return the lines of an "inline" token."""
    lines = [InlineLine(0)]
    bold = italic = 0
    link = ""
    for child in token.children or []:
        text = ""
        match child.type:
            case "softbreak" | "hardbreak":
                lines.append(InlineLine(lines[-1].offset + 1, child.type == "hardbreak"))
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                link = str(child.attrGet("href") or "")
            case "link_close":
                link = ""
            case "text":
                text = child.content
                if not lines[-1].text and (match := _FOOTNOTE.match(text)):
                    text, lines[-1].footnote = text[match.end() :], True
                text = _FOOTNOTE_MARK.sub("", text)
            case "text_special":
                text = child.content.replace("*", _STAR)
            case "code_inline":
                text = child.content.replace("*", _STAR)
            case "image":
                if child.content.strip():
                    lines[-1].aside.append((child.content.strip(), "picture text"))
            case "html_inline":
                text = _html(child.content, lines)
        if text:
            lines[-1].runs.append(Run(text, bold > 0, italic > 0))
            lines[-1].linked += len(text) if link.startswith("#") else 0
    for line in lines:
        line.runs = _without_stars(line.runs)
    return lines


def _html(content: str, lines: list[InlineLine]) -> str:
    """Take in a tag or comment; return what of it is text after all, such as `<kommunens navn>`."""
    breaks = content.count("\n")
    match = _TAG.match(content)
    if content.startswith("<!--"):
        if comment := content[4:-3].strip():
            lines[-1].aside.append((" ".join(comment.split()), "comment"))
    elif match is None or match[1].lower() not in HTML_TAGS:
        return content.replace("\n", " ")
    elif match[1].lower() == "br":
        lines.append(InlineLine(lines[-1].offset, forced=True))
    if breaks:
        lines.append(InlineLine(lines[-1].offset + breaks))
    return ""


def _without_stars(runs: list[Run]) -> list[Run]:
    """Take away double stars that CommonMark leaves, as in `**Fjordpartiet vil: **`: what they hold is bold."""
    bold = False
    result = []
    for run in runs:
        for index, part in enumerate(run.text.split("**")):
            bold ^= index > 0
            result.append(Run(part.replace(_STAR, "*"), run.bold or bold, run.italic))
    return result
