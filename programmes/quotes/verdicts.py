"""What may be said of a quotation, and all that a reader needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from programmes.quotes.attribution import Attribution
from programmes.quotes.passages import SourcePassage
from programmes.quotes.quotation import Quotation
from programmes.wording import Stretch


class Verdict(Enum):
    """What the archive says of a quotation; the values are those of the command's JSON."""

    EXACT = "exact"
    NEAR = "near"
    OTHER_PARTY = "other party"
    NOT_FOUND = "not found"
    PARAPHRASE = "paraphrase of"


class Difference(Enum):
    """A way in which a quotation is not its source."""

    REVERSED = "reversed"
    NUMBER = "number"
    WORDS = "words"
    OMITTED = "omission"
    OMISSION_MARKED = "omission, marked"
    JOINED = "two pledges joined"
    TRANSLATED = "other written language or inflection"
    OTHER_WORDS = "other words"
    OTHERS_WORDS = "the words are another party's"
    PERIOD = "period"
    CHAPTER = "chapter"
    PAGE = "page"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True)
class Note:
    """One difference: what the article has and what the source has; empty where that says nothing."""

    kind: Difference
    quoted: str = ""
    source: str = ""


@dataclass(frozen=True)
class Checked:
    """A quotation with what the archive says of it."""

    quotation: Quotation
    attribution: Attribution
    held: bool
    """Whether the archive has a programme of the party and the years named."""
    verdict: Verdict
    passages: tuple[SourcePassage, ...] = ()
    """Where the words are from, the likeliest first; of words joined, of both parts."""
    owners: tuple[int, ...] = ()
    """Programmes that have the words, those of the party named first."""
    notes: tuple[Note, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    """Word by word, of words that are near: what the source has, with what was left out of it and put in."""
    stretch: tuple[str, str, str] | None = None
    """The source before, in and behind the stretch that is compared, its lead-in before it."""
    nearest: SourcePassage | None = None
    """What is nearest, where nothing was found."""
