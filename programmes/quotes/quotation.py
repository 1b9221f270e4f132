"""A stretch of an article that quotes somebody, and where sentences end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from programmes.quotes.naming import PartyNamed
from programmes.quotes.words import words_of

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
    longer: Quotation | None = None
    """Behind a dash: all up to who says it, where that is more than a sentence; the words may be a programme's so far,
    or only in the first sentence."""

    @property
    def is_quoted(self) -> bool:
        """Whether the article gives the words as another's own."""
        return self.form is not Form.CLAIM


def quotation_at(form: Form, text: str, start: int, end: int, *, fewest: int) -> Quotation | None:
    """Return a stretch without the space around it; None where it has too few words."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    end -= len(stretch) - len(stretch.rstrip())
    if start >= end or len(words_of(text[start:end])) < fewest:
        return None
    return Quotation(form, start, end, text[start:end])


def sentence_end(text: str, start: int) -> int:
    """Return where the sentence ends that a place is in, its stop left out."""
    match = _END.search(text, start)
    return match.start() if match else len(text.rstrip())
