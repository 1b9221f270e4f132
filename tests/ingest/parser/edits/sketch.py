"""An invented programme with lines, furniture, nested lists and prose, to correct in tests."""

from __future__ import annotations

from typing import Any

from ingest.parser.document import ParsedProgramme
from ingest.parser.edits import Edit, anchor_at, anchor_of_heading
from ingest.parser.parse import parse

TEXT = """\
SKOLE
Skolen er hjertet i bygda og skal ligge der folk bor.

Storfjell Bygdeliste vil:
• Bygge ny ungdomsskole i Elvebyen innen 2027
• Ansette flere lærere. Gi alle elever gratis
skolemat hver dag
• Styrke skolehelsetjenesten ved å:
  o ansette helsesykepleier
  o åpne skolelegens kontor på kveldstid
• Gratis buss

Side 1

KULTUR
Kultur gir livet mening for gammel og ung i hele kommunen.

Storfjell Bygdeliste vil:
• Utrede behov for en byantikvar
• Bevare trehusbebyggelsen langs elva
• Gratis buss

Side 2

NÆRING
Næringslivet i bygda er småbedrifter, og de trenger forutsigbarhet.

Side 3
"""


def programme(text: str = TEXT) -> ParsedProgramme:
    """Return the parse of the sketch."""
    return parse(text.encode(), "storfjell.txt")


def index_of(parsed: ParsedProgramme, begins: str) -> int:
    """Return the index of the first entry whose text begins so."""
    return next(n for n, entry in enumerate(parsed.entries) if entry.text.startswith(begins))


def place(parsed: ParsedProgramme, at: int | str) -> dict[str, Any]:
    """Return the anchor of an entry, by its index or by how it begins."""
    index = index_of(parsed, at) if isinstance(at, str) else at
    return anchor_at(parsed.entries, index)


def edit(parsed: ParsedProgramme, kind: str, at: int | str, change: dict[str, Any], *, number: int = 1) -> Edit:
    """Return an edit of an entry."""
    return Edit(number, kind, place(parsed, at), change)


def section(parsed: ParsedProgramme, title: str) -> dict[str, Any]:
    """Return the anchor of a section."""
    index = next(n for n, each in enumerate(parsed.sections) if each.title == title)
    return anchor_of_heading(parsed.sections, index)


def furniture_place(parsed: ParsedProgramme, begins: str) -> dict[str, Any]:
    """Return the anchor of a line of furniture."""
    found = next(n for n, line in enumerate(parsed.furniture) if line.text.startswith(begins))
    return anchor_at(parsed.furniture, found)


def heading_edit(parsed: ParsedProgramme, kind: str, title: str, change: dict[str, Any], *, number: int = 1) -> Edit:
    """Return an edit of a heading."""
    return Edit(number, kind, section(parsed, title), change)
