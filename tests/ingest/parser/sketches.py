"""Inputs and results of the parser as text that a person can read and write."""

from __future__ import annotations

import hashlib
import re

from ingest.parser.document import Bookmark, Box, Item, Line, ParsedProgramme, RawDocument, Source, Style
from ingest.parser.readers.flowing.text import read as read_text

_SET = re.compile(r"^\{([^}]*)\} ?(.*)$")
_WORDS = {"bold": "bold", "italic": "italic"}
POINTS_A_LETTER = 5.0


def document(text: str) -> RawDocument:
    """Return a case's input as a reader would: plain text, or lines set in type if any begins with `{`.

    `{size=14 bold colour=#cc0000 x=50 page=2 region=1 tag=H1 gap=1 hang=62 marker=•} Words`: each key holds
    for the lines below until it changes, but for tag, gap, hang, marker, bold and italic.
    `{bookmark=1 page=2} Title` is a bookmark.
    """
    if not any(_SET.match(line) for line in text.split("\n")):
        return read_text(text.encode(), "case.txt")
    lines, bookmarks = [], []
    kept = {"size": "10", "x": "50", "page": "1", "region": "0", "colour": "", "box": "0"}
    top = 0.0
    for row in filter(None, text.split("\n")):
        match = _SET.match(row)
        words = match[2] if match else row
        now = dict(part.split("=", 1) if "=" in part else (part, "1") for part in (match[1].split() if match else ()))
        if "bookmark" in now:
            bookmarks.append(Bookmark(words, int(now["bookmark"]), int(now.get("page", kept["page"]))))
            continue
        kept.update({key: now[key] for key in kept if key in now})
        size, x = float(kept["size"]), float(kept["x"])
        gap = float(now.get("gap", 0))
        top += size * (1.2 + gap)
        flows = "flow" in now or (lines and lines[-1].box is None)
        lines.append(
            Line(
                words,
                int(kept["page"]),
                len(lines) + 1,
                Style(size, "bold" in now, "italic" in now, colour=kept["colour"]),
                box=None if flows else Box(x, top, x + POINTS_A_LETTER * len(words), top + size),
                marker=now.get("marker", ""),
                text_x=float(now["hang"]) if "hang" in now else (None if flows else x),
                tag=now.get("tag", ""),
                region=int(kept["region"]),
                aside=int(kept["box"]),
                space_before=gap,
            )
        )
    source = Source("case", hashlib.sha256(text.encode()).hexdigest(), "application/pdf", lines[-1].page)
    return RawDocument(source, tuple(lines), tuple(bookmarks))


def sketch(programme: ParsedProgramme) -> str:
    """Return a parse as the cases write it: one line for each heading, lead-in, item and passage."""
    lines = []
    depth: dict[str, int] = {}
    for section in programme.sections:
        if section.level:
            lines.append(" ".join(filter(None, ("#" * section.level, section.number, section.title))))
        lead_in = None
        for entry in programme.entries:
            if entry.section != section.id:
                continue
            if not isinstance(entry, Item):
                lines.append(f"{'>' if entry.kind == 'prose' else '>>'} {entry.text}")
                continue
            if entry.lead_in != lead_in:
                lead_in = entry.lead_in
                lines.append(f": {lead_in}".rstrip())
            depth[entry.id] = depth[entry.parent] + 1 if entry.parent else 1
            lines.append(f"{'?' if entry.kind == 'question' else '-' * depth[entry.id]} {entry.text}")
    lines.extend(f"~ {line.why}: {line.text}" for line in programme.furniture if line.why != "line number")
    return "\n".join(lines)
