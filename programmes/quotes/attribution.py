"""Whom an article says that a quotation is from, and of which years, chapter and page: what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from programmes.norwegian.sentences import sentence_starts
from programmes.quotes.naming import PartyNamed, YearsNamed
from programmes.quotes.quotation import Form, Quotation
from programmes.quotes.tables import PROGRAMME_WORDS
from programmes.quotes.words import number_of, words_of
from programmes.search.catalogue import Catalogue

_CLOSING = re.compile(r"[»”“\"’'‘›«]*")
_STOP = re.compile(r"[.!?](?=\s|$)(?!\s+[a-zæøå])|\n[ \t]*\n")
_STOP_BEHIND_NAME = re.compile(r"[.!?](?=\s|$)(?<!\b\w\.)")
_CHAPTER = re.compile(
    r"(?:kapit(?:let|let|telet|tel|ulet)|kapitlene)\s+(?:om\s+|«)([^«».,;:!?\n]{3,60})", re.IGNORECASE
)
_PAGE = re.compile(r"(?:på|på\s+)?\s*(?:side|s\.)\s+(\w+)", re.IGNORECASE)
_REFERRING = re.compile(
    r"\s*(?:slik|det|dette|så|og|var|er|står|heter|skriver|lovet|lover|lød|lyder|sto|stod)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """What an article says of where a quotation is from."""

    party: PartyNamed | None = None
    years: YearsNamed | None = None
    chapter: str = ""
    page: str = ""

    def programmes(self, catalogue: Catalogue) -> frozenset[int] | None:
        """Return the published programmes of the party, or the chapter of it, that is named; None where nobody is."""
        if self.party is None:
            return None
        of_party = catalogue.programmes_with("party", [self.party.slug])
        if self.party.branch is None:
            return of_party
        return frozenset(pk for pk in of_party if catalogue.programmes[pk].values["branch"] == self.party.branch)

    def in_years(self, programmes: frozenset[int], catalogue: Catalogue) -> frozenset[int]:
        """Return those of some programmes that are for the years named; all where none are."""
        if self.years is None:
            return programmes
        first, last = self.years.first, self.years.last
        periods = {pk: catalogue.programmes[pk].period for pk in programmes}
        begun = {pk for pk, period in periods.items() if period.start == first}
        if last is not None:
            return frozenset(pk for pk in begun if periods[pk].end == last)
        return frozenset(begun or (pk for pk, period in periods.items() if period.start <= first <= period.end))

    def is_held(self, catalogue: Catalogue) -> bool:
        """Return whether the archive has a programme of the party and the years named; True where nobody is."""
        programmes = self.programmes(catalogue)
        return programmes is None or bool(self.in_years(programmes, catalogue))


def attribution_of(
    text: str,
    quotation: Quotation,
    others: Sequence[Quotation],
    parties: Sequence[PartyNamed],
    years: Sequence[YearsNamed],
) -> Attribution:
    """Return what an article says of a quotation; `others` are all of the article's quotations."""
    first, last = sentence_around(text, quotation)
    party = quotation.party or _party_of(text, quotation, others, parties, first, last)
    where = text[first : quotation.start] + " " + text[quotation.end : last]
    return Attribution(
        party, _years_of(text, quotation, party, years, first, last), _chapter_in(where), _page_in(where)
    )


def sentence_around(text: str, quotation: Quotation) -> tuple[int, int]:
    """Return where the sentence around a quotation begins and ends; stops within the quotation end none."""
    paragraph = _paragraph_start(text, quotation.start)
    start = paragraph + max(sentence_starts(text[paragraph : quotation.start]), default=0)
    behind = _CLOSING.match(text, quotation.end)
    skip = behind.end() if behind else quotation.end
    stop = _STOP.search(text, skip)
    return start, stop.start() if stop else len(text)


def _paragraph_start(text: str, at: int) -> int:
    gap = text.rfind("\n\n", 0, at)
    return gap + 2 if gap >= 0 else 0


def _party_of(
    text: str, quotation: Quotation, others: Sequence[Quotation], parties: Sequence[PartyNamed], first: int, last: int
) -> PartyNamed | None:
    """Return the party that an article gives a quotation to.

    The nearest before it in its sentence; else one behind it there, or in the next where that speaks of the quotation;
    else the nearest before; else the first behind. Parties named within quotations count last of all.
    """
    quoted = [(each.start, each.end) for each in others if each.is_quoted]
    outside = [party for party in parties if not any(start <= party.start < end for start, end in quoted)]
    before = [party for party in outside if party.end <= quotation.start]
    after = [party for party in outside if party.start >= quotation.end]
    here = [party for party in before if party.start >= first]
    if here:
        return here[-1]
    next_quoted = min((start for start, _end in quoted if start >= quotation.end), default=len(text))
    behind = [party for party in after if party.start < min(last, next_quoted)]
    if behind:
        return behind[0]
    following = text[last + 1 : last + 200]
    is_of_it = quotation.text.rstrip()[-1:] in ".!?" or text[last : last + 1] in ".!?"
    if is_of_it and _REFERRING.match(following):
        stop = re.search(r"[.!?](?=\s|$)", following)
        until = last + 1 + (stop.start() if stop else len(following))
        named = [party for party in after if party.start < min(until, next_quoted)]
        if named:
            return named[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    within = [party for party in parties if quotation.start <= party.start < quotation.end]
    return within[0] if within else None


def _years_of(
    text: str, quotation: Quotation, party: PartyNamed | None, years: Sequence[YearsNamed], first: int, last: int
) -> YearsNamed | None:
    """Return the years that the programme is said to be for: named beside it, and no part of the quotation."""
    stretches = [(first, last)]
    if party:
        paragraph = _paragraph_start(text, party.start)
        start = paragraph + max(sentence_starts(text[paragraph : party.end]), default=0)
        stop = _STOP_BEHIND_NAME.search(text, party.end)
        stretches.append((start, stop.start() if stop else len(text)))
    for start, end in stretches:
        named = [
            each for each in years if start <= each.start < end and not quotation.start <= each.start < quotation.end
        ]
        if not named:
            continue
        around = (
            text[start : quotation.start] + " " + text[quotation.end : end]
            if start <= quotation.start
            else text[start:end]
        )
        speaks_of_programme = bool(PROGRAMME_WORDS & {word.form for word in words_of(around)})
        periods = [each for each in named if each.last is not None]
        if periods and (speaks_of_programme or quotation.form is not Form.CLAIM):
            return periods[0]
        if speaks_of_programme:
            return named[0]
    return None


def _chapter_in(text: str) -> str:
    match = _CHAPTER.search(text)
    return match[1].strip() if match else ""


def _page_in(text: str) -> str:
    match = _PAGE.search(text)
    return (number_of(match[1].lower()) or "") if match else ""
