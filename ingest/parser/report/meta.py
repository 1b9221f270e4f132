"""What a programme's text says about itself: guesses for an admin to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.parser.document import Block, Meta, RawDocument
from ingest.parser.draft import Draft
from ingest.parser.report.party_names import PARTIES, PartyName
from programmes.norwegian.language import language_of

SAMPLE = 60_000
"""Characters of a text that are read for its party and language."""
MIN_CHAPTER = 2
"""Times that a chapter's name must stand in the text. Chosen, not measured."""

DOC_TYPES: tuple[tuple[str, str], ...] = (
    ("statement", r"uttalelse|uttale(?:\b|-)|resolusjon|erklæring"),
    ("consultation", r"innspill|innspel|høring|høyring"),
)
NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|presentasjon|dokument\d*|uten tittel)|\bpdf\b|korrigert|\.(?:docx?|indd|odt)$", re.I
)

_PERIOD = re.compile(r"\b(20\d\d)\s?[-–—/]\s?(?:20)?(\d\d)\b")
_YEAR = re.compile(r"\b20\d\d\b")
_PROGRAMME = re.compile(r"program", re.I)


def meta(draft: Draft) -> Draft:
    """Return the document with what its text, its title and its file name say of it."""
    document, blocks = draft.raw, draft.blocks
    text = "\n".join(block.text for block in blocks)
    sample = text[:SAMPLE]
    party = _party(sample)
    branch = _branch(sample, party)
    start, end = _period(document, blocks, text)
    name = document.source.filename.casefold()
    title = _title(document, blocks)
    found = Meta(
        title=title,
        party=party.code if party else None,
        branch=branch,
        level=_level(sample, branch),
        period_start=start,
        period_end=end,
        doc_type=_doc_type(f"{name} {title or ''}", blocks),
        language=language_of(sample),
    )
    return replace(draft, meta=found)


def _party(text: str) -> PartyName | None:
    """Return the party that the text names most often."""
    counts = [(len(re.findall(party.pattern, text)), party) for party in PARTIES]
    count, party = max(counts, key=lambda pair: pair[0])
    return party if count >= MIN_CHAPTER else None


def _branch(text: str, party: PartyName | None) -> str | None:
    """Return the chapter that the text speaks for: a place's name before or after the party's."""
    if party is None:
        return None
    place = r"[A-ZÆØÅ][a-zæøå]+(?:[- ](?:og )?[A-ZÆØÅ][a-zæøå]+){0,2}"
    names = Counter(re.findall(rf"(?:^|(?<=[a-zæøå,] )|(?<=[.:] ))({place} (?:{party.chapter}))\b", text, re.M))
    names.update(re.findall(rf"\b((?:{party.chapter}) i {place})\b", text))
    if not names:
        return None
    name, count = names.most_common(1)[0]
    every = len(re.findall(party.pattern, text))
    return name if count >= MIN_CHAPTER and count * 5 >= every else None


def _level(text: str, branch: str | None) -> str | None:
    """Return how high in the state a text looks: at the land, a county or a municipality."""
    county = len(re.findall(r"\bfylke(?:t|skommun|sting|slag)", text, re.I))
    municipality = len(re.findall(r"\bkommune(?:n|ns|styre|plan)\b|\bkommunal", text, re.I))
    nation = len(re.findall(r"\b(?:Norge|Noreg|[Rr]egjering|[Ss]torting|[Ss]taten)", text))
    if branch is None:
        return "national" if nation >= max(county, municipality) / 4 and nation else None
    return "county" if county > 2 * municipality else "municipality"


def _period(document: RawDocument, blocks: Sequence[Block], text: str) -> tuple[int | None, int | None]:
    """Return the first and last year, from the title, the file's name or the text."""
    sources = (document.title, " ".join(block.text for block in blocks[:8]), document.source.filename, text)
    for source in sources:
        spans = [(int(a), int(a[:2] + b)) for a, b in _PERIOD.findall(source)]
        terms = Counter(span for span in spans if 1 <= span[1] - span[0] <= 5)
        if terms:
            return max(terms, key=lambda span: (terms[span], span[1] - span[0] == 4))
    return None, None


def _title(document: RawDocument, blocks: Sequence[Block]) -> str | None:
    """Return the file's own title, else the first heading that calls itself a programme, else the first of all."""
    own = document.title.strip()
    if own and not NO_TITLE.search(own) and (_PROGRAMME.search(own) or " " in own):
        return own
    early = [index for index, block in enumerate(blocks[:12]) if block.kind == "heading" or block.names_document]
    programme = next((blocks[index].text for index in early if _PROGRAMME.search(blocks[index].text)), None)
    if programme or not early or early[0] + 1 >= len(blocks):
        return programme
    # A chapter's title names no year.
    first = blocks[early[0]]
    return first.text if first.names_document or _YEAR.search(first.text) else None


def _doc_type(words: str, blocks: Sequence[Block]) -> str:
    """Return the kind of document, by its name and by whether it asks or wishes."""
    asked = sum(block.kind == "question" for block in blocks)
    if asked > sum(block.kind == "item" for block in blocks):
        return "consultation"
    return next((kind for kind, pattern in DOC_TYPES if re.search(pattern, words, re.I)), "programme")
