"""What a programme's text says about itself: guesses for a person to confirm.

The front of the document answers first (`front.py`), then the text. A file's name is no source, but for the kind of
a document that does not say itself what it is.
"""

from __future__ import annotations

from ingest.parser.document import Meta
from ingest.parser.draft import Draft
from ingest.parser.report.meta.author import author_of
from ingest.parser.report.meta.front import FIRST, Front
from ingest.parser.report.meta.kind import doc_type_of, status_of
from ingest.parser.report.meta.level import level_of
from ingest.parser.report.meta.period import period_of
from ingest.parser.report.meta.title import title_of
from ingest.parser.values import replace
from programmes.norwegian.language import language_of

SAMPLE = 60_000
"""Characters of a text that are read for its party and language."""


def meta(draft: Draft) -> Draft:
    """Return the document with what its text and its title say of it."""
    blocks = draft.blocks
    front = Front.of(draft)
    text = "\n".join(block.text for block in blocks)
    sample = text[:SAMPLE]
    author = author_of(front, sample)
    level = level_of(front, author, sample)
    title = title_of(front, author, blocks)
    start, end = period_of(front, "\n".join(block.text for block in blocks[:FIRST]), text)
    national = author.party.name if author.party and level == "national" else None
    found = Meta(
        title=title,
        party=author.party.code if author.party else None,
        branch=author.branch or national,
        level=level,
        period_start=start,
        period_end=end,
        doc_type=doc_type_of(title, front, blocks, draft.raw.source.filename),
        status=status_of(front, blocks),
        language=language_of(sample),
    )
    return replace(draft, meta=found)
