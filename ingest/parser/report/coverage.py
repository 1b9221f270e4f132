"""The account: where every character of the source that is not white space went."""

from __future__ import annotations

from collections import defaultdict

from ingest.parser.document import BlockKind, CharacterCoverage
from ingest.parser.draft import Draft
from ingest.parser.values import replace

ACCOUNTS: dict[BlockKind, str] = {
    "heading": "sections",
    "text": "prose",
    "entry": "prose",
    "lead_in": "lead_ins",
    "item": "items",
    "question": "items",
}
"""The key of `CharacterCoverage` that the characters of each kind of block count under."""


def coverage(draft: Draft) -> Draft:
    """Return the document with how many characters of its lines went where, by the spans that the stages kept.

    Where some pages are asked for, it is their lines that are counted.

    A character in two places counts once, in the first; what is in none is `unassigned`.
    """
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for block in draft.blocks:
        account = ACCOUNTS[block.kind]
        for piece in (block.marker, block.number, *block.pieces):
            if piece is not None:
                spans[id(piece.line)].append((piece.start, piece.end, account))
    for cut in draft.furniture:
        spans[id(cut.piece.line)].append((cut.piece.start, cut.piece.end, "furniture"))
    counts = dict.fromkeys(CharacterCoverage.__dataclass_fields__, 0)
    for line in draft.raw.lines:
        if draft.pages is not None and line.page not in draft.pages:
            continue
        characters = printed(line.text)
        counts["characters"] += characters
        here = spans.get(id(line), [])
        if len(here) == 1 and not line.text[: here[0][0]].strip() and not line.text[here[0][1] :].strip():
            counts[here[0][2]] += characters
            continue
        done = 0
        for start, end, account in sorted(here):
            counts[account] += printed(line.text[max(start, done) : end])
            done = max(done, end)
    counts["unassigned"] = counts["characters"] - sum(counts[account] for account in {*ACCOUNTS.values(), "furniture"})
    return replace(draft, coverage=CharacterCoverage(**counts))


def printed(text: str) -> int:
    """Return how many characters of a text are not white space."""
    return sum(map(len, text.split()))
