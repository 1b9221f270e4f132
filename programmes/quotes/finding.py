"""Where an article quotes or says what a party wants: by marks, dashes, block quotes and lists, and by `X vil …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.tokens import Token
from programmes.quotes.claims import claims_of
from programmes.quotes.naming import PartyNamed
from programmes.quotes.quotation import Form, Quotation, quotation_at, sentence_end
from programmes.quotes.tables import MARKS, SAYING

FEWEST_WORDS = 2
"""A quoted word alone («snillismen») is no quotation of a programme."""
LONGEST = 2500
"""Signs between two marks: more is a mark that somebody forgot to close."""
_DASHED = re.compile(r"(?:^|\n)[ \t]*[–—―−-][ \t\u00a0]+(?=\S)|[:.!?][ \t]+[–—―][ \t\u00a0]+(?=[^\W\d_a-zæøå]|\d)")
_SPEECH_ENDS = re.compile(r"\n[ \t]*(?:\n|[–—―−-][ \t\u00a0])")
_LISTED = re.compile(r"^[ \t]*(?:[•●○·▪‣*–—-]|\d{1,2}[.)]|[a-zæøå]\))[ \t\u00a0]+(?=\S)")
_BLOCK = re.compile(r"^[ \t]*(?:>+[ \t]?)")
_APOSTROPHES = "'’‘"
_OPENING = frozenset(opening for opening, _closing in MARKS)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


def find_quotations(text: str, words: Sequence[Token], parties: Sequence[PartyNamed]) -> list[Quotation]:
    """Return the quotations and claims of an article with some words in order; none overlaps another."""
    found = list(_marked(text))
    blocks = [each for each in _blocks(text) if not _overlaps(each, found)]
    found += [each for each in blocks if each.form is Form.BLOCK]
    claims = [each for each in claims_of(text, words, parties) if not _overlaps(each, found)]
    lines = [each for each in blocks if each.form is Form.DASH]
    dashes = [each for each in (*lines, *_dashes(text)) if not _overlaps(each, found)]
    found += [each for each in dashes if not any(_begins_with(each, claim) for claim in claims)]
    for claim in claims:
        if not _overlaps(claim, found):
            found.append(claim)
    if not found:
        found = list(_sentences(text))
    return sorted(found, key=lambda each: each.start)


def _overlaps(one: Quotation, others: Sequence[Quotation]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _begins_with(dash: Quotation, claim: Quotation) -> bool:
    """Return whether what a dash begins is somebody who says what a party wants: `– Venstre lover å …, sa turlaget`."""
    return claim.party is not None and dash.start <= claim.party.start and claim.end <= dash.end + 1


def _marked(text: str) -> Iterator[Quotation]:
    """Yield what stands between quotation marks, a quotation within another left out."""
    at = 0
    while at < len(text):
        end = _closing(text, at) if text[at] in _OPENING else None
        if end is None:
            at += 1
            continue
        quoted = quotation_at(Form.MARKED, text, at + 1, end, fewest=FEWEST_WORDS)
        if quoted:
            yield quoted
        at = end + 1


def _closing(text: str, at: int) -> int | None:
    """Return where the mark that closes the one at a place stands; None where none opens there."""
    for opening, closing in MARKS:
        if text[at] != opening:
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if opening in _APOSTROPHES and (before.isalnum() or not after.isalnum()):
            continue
        if opening == closing and (before.isalnum() or not after.strip()):
            continue
        if opening == "»" and before.isalnum():
            continue
        limit = min(len(text), at + LONGEST)
        gap = _EMPTY_LINE.search(text, at, limit)
        end = _find_closing(text, at, opening, closing, limit)
        if end is None or (gap and gap.start() < end and opening == closing):
            continue
        return end
    return None


def _find_closing(text: str, at: int, opening: str, closing: str, limit: int) -> int | None:
    depth = 1
    for place in range(at + 1, limit):
        sign = text[place]
        if sign == closing:
            is_apostrophe = closing in _APOSTROPHES and text[place + 1 : place + 2].isalnum()
            if not is_apostrophe:
                depth -= 1
        elif sign == opening:
            depth += 1
        if depth == 0:
            return place
    return None


def _blocks(text: str) -> Iterator[Quotation]:
    """Yield block quotes: lines behind `>`; and behind a line that ends in a colon the entries of a list, or a line.

    A line is as what somebody is heard to say: the article itself may go on there.
    """
    lines = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append((at, line))
        at += len(line)
    opened = False
    block: tuple[int, int] | None = None
    for start, line in lines:
        marked = _BLOCK.match(line)
        if marked:
            block = (block[0], start + len(line)) if block else (start + marked.end(), start + len(line))
            continue
        if block:
            yield from _block(text, *block)
            block = None
        listed = _LISTED.match(line)
        if listed and opened:
            quoted = quotation_at(Form.BLOCK, text, start + listed.end(), start + len(line), fewest=FEWEST_WORDS)
            if quoted:
                yield quoted
        elif line.strip():
            if opened and not any(mark in line for pair in MARKS for mark in pair):
                quoted = quotation_at(Form.DASH, text, start, start + len(line), fewest=FEWEST_WORDS)
                if quoted:
                    yield quoted
            opened = line.rstrip().endswith(":")
    if block:
        yield from _block(text, *block)


def _block(text: str, start: int, end: int) -> Iterator[Quotation]:
    quoted = quotation_at(Form.BLOCK, text, start, end, fewest=FEWEST_WORDS)
    if quoted:
        yield Quotation(Form.BLOCK, quoted.start, quoted.end, re.sub(r"\n[ \t]*>+[ \t]?", "\n", quoted.text))


def _dashes(text: str) -> Iterator[Quotation]:
    """Yield what stands behind a dash that begins a paragraph, up to who says it or the end of its sentence."""
    for match in _DASHED.finditer(text):
        start = match.end()
        first = sentence_end(text, start)
        stop = _SPEECH_ENDS.search(text, start)
        last = _before_who_says(text, start, stop.start() if stop else len(text))
        quoted = quotation_at(Form.DASH, text, start, min(first, last or first), fewest=FEWEST_WORDS)
        if quoted:
            longer = quotation_at(Form.DASH, text, start, last, fewest=FEWEST_WORDS) if last and last > first else None
            yield replace(quoted, longer=longer)


def _before_who_says(text: str, start: int, end: int) -> int | None:
    """Return where what somebody says ends, before a comma and a verb of saying; None where none stands there."""
    for comma in re.finditer(r"[,»”\"]\s+", text[start:end]):
        following = re.match(r"\w+", text[start + comma.end() : end])
        if following and following[0].lower() in SAYING:
            return start + comma.start()
    return None


def _sentences(text: str) -> Iterator[Quotation]:
    """Yield each sentence of a text that quotes nobody: somebody has pasted what is to be found."""
    starts = [0, *sentence_starts(text), len(text)]
    if len(text.split("\n\n")) == 1 and len(starts) <= 4:
        starts = [0, len(text)]
    for first, last in pairwise(starts):
        quoted = quotation_at(Form.WHOLE, text, first, last, fewest=FEWEST_WORDS + 1)
        if quoted:
            yield quoted
