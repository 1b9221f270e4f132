"""The door: an article in, its quotations with their verdicts out. Deterministic; nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace

from programmes.norwegian.tokens import tokens
from programmes.quotes.attribution import attribution_of, sentence_around
from programmes.quotes.case import Case
from programmes.quotes.finding import find_quotations
from programmes.quotes.judging import judge
from programmes.quotes.naming import parties_in, years_in
from programmes.quotes.passages import Archive
from programmes.quotes.quotation import Form
from programmes.quotes.verdicts import Checked, Verdict
from programmes.quotes.words import Wording
from programmes.search import engine_named
from programmes.search.catalogue import catalogue_for

MOST_SIGNS = 20_000
"""Signs of an article that are read: some 3,000 words."""
FEW_SENTENCES = 3
MOST_QUOTATIONS = 60
"""Of one article; more are left unchecked."""


def check_article(text: str, *, engine: str | None = None) -> list[Checked]:
    """Return the quotations and claims of an article with what the archive says of each, in order.

    `engine` names one of `settings.SEARCH_ENGINES`, the configured one if None. Only published programmes are asked.
    """
    text = text[:MOST_SIGNS]
    backend = engine_named(engine)
    vocabulary = backend.vocabulary()
    catalogue = catalogue_for(backend.stamp())
    archive = Archive(backend, vocabulary)
    words = list(tokens(text))
    parties, years = parties_in(text, words, catalogue), years_in(text)
    quotations = find_quotations(text, words, parties)[:MOST_QUOTATIONS]
    checked = []
    for quotation in quotations:
        attribution = attribution_of(text, quotation, quotations, parties, years)
        first, _last = sentence_around(text, quotation)
        case = Case(quotation, attribution, Wording.of(text[first : quotation.start]), catalogue, archive)
        whole = judge(replace(case, quotation=quotation.longer)) if quotation.longer else None
        checked.append(whole if whole and whole.verdict is not Verdict.NOT_FOUND else judge(case))
    return [each for each in checked if _is_worth_telling(each, text, len(checked))]


def _is_worth_telling(checked: Checked, text: str, number: int) -> bool:
    """Return whether a reader is told, of so many: not what people are heard to say, where no party is named beside it.

    Nor every sentence of an article that quotes nobody; a sentence or two that were pasted alone are to be found.
    """
    quotation, party = checked.quotation, checked.attribution.party
    if checked.verdict is not Verdict.NOT_FOUND or quotation.form not in (Form.DASH, Form.WHOLE):
        return True
    if quotation.form is Form.WHOLE:
        return number <= FEW_SENTENCES
    if party is None:
        return False
    first, last = sorted((quotation.start, party.start))
    return "\n\n" not in text[first:last]


def warm_up() -> None:
    """Load the tables of the check, so that the first reader doesn't wait for them (some 0.6 s, 10 MB a process).

    A quotation and a claim ask all of them.
    """
    check_article("«Vi vil bygge flere skoler», sier Rødt. Rødt vil fjerne bompengene.")


def main_one(checked: list[Checked]) -> Checked | None:
    """Return the one that a passage is about: marked words before what stands behind a dash and what is claimed."""
    order = [Form.MARKED, Form.BLOCK, Form.DASH, Form.CLAIM, Form.WHOLE]
    return min(checked, key=lambda each: (order.index(each.quotation.form), -len(each.quotation.text)), default=None)
