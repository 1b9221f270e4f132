"""A programme as Markdown (CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from programmes.models import Passage
from programmes.reading import ReadingBlock
from programmes.site.documents.content import Document, depth_of, notes_of

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>&~|])")
_BEGINS_SOMETHING = re.compile(r"^(\s*)([#+=>-]|\d+(?=[.)]))")
DEEPEST_HEADING = 6


def as_markdown(document: Document) -> str:
    """Return a programme with all its text, and the address of each pledge."""
    return "\n".join(_lines(document))


def escaped(text: str) -> str:
    """Return a text in which no character means anything to Markdown, on one line."""
    text = _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))
    return _BEGINS_SOMETHING.sub(_harmless_beginning, text)


def _harmless_beginning(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark}\\" if mark.isdigit() else f"{match[1]}\\{mark}"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    yield ""
    for sentence in document.cautions:
        yield f"> **{escaped(sentence)}**"
        yield ""
    for name, said in document.facts:
        yield f"- {escaped(name)}: {escaped(said)}"
    for chapter in document.chapters:
        yield ""
        if chapter.section.title:
            yield f"{'#' * min(chapter.depth + 2, DEEPEST_HEADING)} {escaped(str(chapter.section))}"
            yield ""
        for block in chapter.blocks:
            yield from _block(document, block)


def _block(document: Document, block: ReadingBlock) -> Iterator[str]:
    if block.is_prose:
        for passage in block.passages:
            noted = passage.is_prose_pledge or passage.dissent
            said = f" ({_place(document, passage)})" if noted else ""
            yield f"{escaped(passage.readable_text)}{said}"
            yield ""
        return
    if block.lead_in:
        yield f"**{escaped(block.lead_in)}**"
        yield ""
    depths: dict[int, int] = {}
    for passage in block.passages:
        indent = "  " * depth_of(passage, depths)
        yield f"{indent}- {escaped(passage.readable_text)} ({_place(document, passage)})"
    yield ""


def _place(document: Document, passage: Passage) -> str:
    """Return a passage's number as a link to it, and what is to be said of it."""
    link = f"[{escaped(passage.margin or passage.public_id)}](<{document.url_of(passage)}>)"
    return "; ".join([link, *map(escaped, notes_of(passage))])
