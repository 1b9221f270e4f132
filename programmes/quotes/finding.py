"""Where an article quotes or says what a party wants: by marks, dashes, block quotes and lists, and by `X vil …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.tokens import Token, tokens
from programmes.quotes.naming import PartyNamed
from programmes.quotes.tables import CLAIM_VERBS, HELPERS, MARKS, PRONOUNS, SAYING, TAIL_PAIRS, TAILS
from programmes.quotes.words import words_of

FEWEST_WORDS = 2
"""A quoted word alone («snillismen») is no quotation of a programme."""
FEWEST_CLAIMED = 2
LONGEST = 2500
"""Signs between two marks: more is a mark that somebody forgot to close."""
_DASHED = re.compile(r"(?:^|\n)[ \t]*[–—―−-][ \t\u00a0]+(?=\S)")
_LISTED = re.compile(r"^[ \t]*(?:[•●○·▪‣*–—-]|\d{1,2}[.)]|[a-zæøå]\))[ \t\u00a0]+(?=\S)")
_BLOCK = re.compile(r"^[ \t]*(?:>+[ \t]?)")
_NEXT_SUBJECT = re.compile(r"(?:,\s+|\s+)(?:og|men|mens|medan|samtidig som|samstundes som)\s+\Z")
"""Before the name of a party that the next claim is about."""
_APOSTROPHES = "'’‘"
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_END = re.compile(
    r"[.!?](?=\s|$)(?<!\b\w\.)(?<!\bpst\.)(?<!\bkr\.)(?<!\bmill\.)(?<!\bmrd\.)(?<!\bca\.)(?<!\bnr\.)(?<!\d\.)"
    r"|\n[ \t]*\n"
)


class Form(Enum):
    """How an article gives another's words."""

    MARKED = "marked"
    DASH = "dash"
    BLOCK = "block"
    CLAIM = "claim"
    """Not quoted: what a party is said to want."""
    WHOLE = "whole"
    """A text that has nothing of these: a sentence that was pasted alone."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of an article that quotes somebody, or says what a party wants."""

    form: Form
    start: int
    end: int
    text: str
    party: PartyNamed | None = None
    """Of a claim: who is said to want it."""
    negative: str = ""
    """Of a claim: the words before it that turn it round, `sier nei til`."""

    @property
    def is_quoted(self) -> bool:
        """Whether the article gives the words as another's own."""
        return self.form is not Form.CLAIM


def find_quotations(text: str, parties: Sequence[PartyNamed]) -> list[Quotation]:
    """Return the quotations and claims of an article in order; none overlaps another."""
    found = list(_marked(text))
    found += [each for each in _blocks(text) if not _overlaps(each, found)]
    claims = [each for each in _claims(text, parties) if not _overlaps(each, found)]
    dashes = [each for each in _dashes(text) if not _overlaps(each, found)]
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
        end = _closing(text, at)
        if end is None:
            at += 1
            continue
        quoted = _quotation(Form.MARKED, text, at + 1, end, fewest=FEWEST_WORDS)
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


def _quotation(form: Form, text: str, start: int, end: int, *, fewest: int) -> Quotation | None:
    """Return a stretch without the space around it; None where it has too few words."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    end -= len(stretch) - len(stretch.rstrip())
    if start >= end or len(words_of(text[start:end])) < fewest:
        return None
    return Quotation(form, start, end, text[start:end])


def _blocks(text: str) -> Iterator[Quotation]:
    """Yield block quotes: lines behind `>`, and the entries of a list that a line ending in a colon opens."""
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
            quoted = _quotation(Form.BLOCK, text, start + listed.end(), start + len(line), fewest=FEWEST_WORDS)
            if quoted:
                yield quoted
        elif line.strip():
            opened = line.rstrip().endswith(":")
    if block:
        yield from _block(text, *block)


def _block(text: str, start: int, end: int) -> Iterator[Quotation]:
    quoted = _quotation(Form.BLOCK, text, start, end, fewest=FEWEST_WORDS)
    if quoted:
        yield Quotation(Form.BLOCK, quoted.start, quoted.end, re.sub(r"\n[ \t]*>+[ \t]?", "\n", quoted.text))


def _dashes(text: str) -> Iterator[Quotation]:
    """Yield what stands behind a dash that begins a paragraph, up to who says it or the end of its sentence."""
    for match in _DASHED.finditer(text):
        start = match.end()
        end = _sentence_end(text, start)
        for comma in re.finditer(r",\s+", text[start:end]):
            following = re.match(r"\w+", text[start + comma.end() : end])
            if following and following[0].lower() in SAYING:
                end = start + comma.start()
                break
        quoted = _quotation(Form.DASH, text, start, end, fewest=FEWEST_WORDS)
        if quoted:
            yield quoted


def _sentence_end(text: str, start: int) -> int:
    """Return where the sentence ends that a place is in, its stop left out."""
    match = _END.search(text, start)
    return match.start() if match else len(text.rstrip())


def _claims(text: str, parties: Sequence[PartyNamed]) -> Iterator[Quotation]:
    """Yield what parties are said to want: `X vil …`, `… vil X …`, and of the party named before, `partiet vil …`."""
    words = list(tokens(text))
    for start, end, party in _subjects(text, words, parties):
        after = next((at for at, word in enumerate(words) if word.start >= end), len(words))
        verb = _verb_at(text, words, after) or _verb_before(text, words, start, after)
        if verb is None:
            continue
        first, negative = verb
        if first >= len(words):
            continue
        begins = words[first].start
        ends = _claim_end(text, begins, [each.start for each in parties if each.start > begins])
        quoted = _quotation(Form.CLAIM, text, begins, ends, fewest=FEWEST_CLAIMED)
        if quoted:
            yield Quotation(Form.CLAIM, quoted.start, quoted.end, quoted.text, party, negative)


def _subjects(
    text: str, words: Sequence[Token], parties: Sequence[PartyNamed]
) -> Iterator[tuple[int, int, PartyNamed]]:
    """Yield who may be said to want something: parties, and a pronoun behind a party named."""
    for party in parties:
        written = text[party.start : party.end]
        if not (written.endswith("s") and party.label.lower() == written[:-1].lower()):  # `Aps program` wants nothing
            yield party.start, party.end, party
    for word in words:
        if word.form in PRONOUNS and parties and word.start > parties[0].start:
            named = [party for party in parties if party.end <= word.start]
            if (named and text[word.start].isupper()) or (named and word.form == "partiet"):
                yield word.start, word.end, named[-1]


def _verb_at(text: str, words: Sequence[Token], at: int) -> tuple[int, str] | None:
    """Return the place of the first word that is claimed behind a verb of wanting, and what turns it round."""
    while at < len(words) and words[at].form in HELPERS:
        at += 1
    forms = tuple(word.form for word in words[at : at + 4])
    for verb in CLAIM_VERBS:
        if forms[: len(verb)] == verb:
            if at and re.search(r"[.!?:;,«»\"]", text[words[at - 1].end : words[at].start]):
                return None
            negative = (
                " ".join(verb) if (verb[-1:] == ("til",) and "nei" in verb) or verb[-1] in {"mot", "imot"} else ""
            )
            return _behind(words, at + len(verb)), negative
    return None


def _verb_before(text: str, words: Sequence[Token], start: int, after: int) -> tuple[int, str] | None:
    """Return the same where the verb stands before who wants it: `Nå vil SV innføre`."""
    before = next((at for at in range(len(words) - 1, -1, -1) if words[at].end <= start), None)
    if before is None or words[before].form not in {"vil", "skal", "ønsker", "foreslår", "ville", "ynskjer", "lover"}:
        return None
    if re.search(r"[.!?:;,«»\"]", text[words[before].end : start]):
        return None
    if after < len(words) and re.search(r"[.!?:;,«»\"]", text[words[after - 1].end : words[after].start]):
        return None
    return _behind(words, after), ""


def _behind(words: Sequence[Token], at: int) -> int:
    """Return the place of the first word of a claim: `å`, `at` and small words before it passed over."""
    while at < len(words) and words[at].form in HELPERS | {"å", "at"}:
        at += 1
    return at


def _claim_end(text: str, start: int, others: Sequence[int]) -> int:
    """Return where a claim ends: before who says it, before what the article adds itself, before another party's.

    `others` are the places where parties are named behind it.
    """
    end = _sentence_end(text, start)
    for place in others:
        joint = _NEXT_SUBJECT.search(text, start, place)
        if place < end and joint:
            end = joint.start()
            break
    for comma in re.finditer(r"(?:,|\s[–—-])\s+", text[start:end]):
        following = [word.form for word in words_of(text[start + comma.end() : min(end, start + comma.end() + 60)])[:2]]
        if following and (following[0] in TAILS or tuple(following) in TAIL_PAIRS):
            return start + comma.start()
    return end


def _sentences(text: str) -> Iterator[Quotation]:
    """Yield each sentence of a text that quotes nobody: somebody has pasted what is to be found."""
    starts = [0, *sentence_starts(text), len(text)]
    if len(text.split("\n\n")) == 1 and len(starts) <= 4:
        starts = [0, len(text)]
    for first, last in pairwise(starts):
        quoted = _quotation(Form.WHOLE, text, first, last, fewest=FEWEST_WORDS + 1)
        if quoted:
            yield quoted
