"""What differs, in a few words: for the command's JSON."""

from __future__ import annotations

from programmes.quotes.verdicts import Checked, Note


def differs(checked: Checked) -> str:
    """Return what differs between a quotation and its source, what matters most first; empty where nothing does."""
    return "; ".join(map(_said, checked.notes))


def _said(note: Note) -> str:
    if note.quoted and note.source:
        return f"{note.kind.value}: {note.quoted} for {note.source}"
    if note.source:
        return f"{note.kind.value}: {note.source} left out"
    return f"{note.kind.value}: {note.quoted} put in" if note.quoted else note.kind.value
