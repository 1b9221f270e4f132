"""What an article says that parties want, without quoting them: `X vil …`, `Nå vil X …`, `Partiet vil …`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from programmes.norwegian.tokens import Token
from programmes.quotes.naming import PartyNamed
from programmes.quotes.quotation import Form, Quotation, quotation_at, sentence_end
from programmes.quotes.tables import CLAIM_VERBS, HELPERS, PRONOUNS, TAIL_PAIRS, TAILS
from programmes.quotes.words import words_of

FEWEST_CLAIMED = 2
VERBS_BEFORE = frozenset({"vil", "skal", "ønsker", "foreslår", "ville", "ynskjer", "lover"})
_NEXT_SUBJECT = re.compile(r"(?:,\s+|\s+)(?:og|men|mens|medan|samtidig som|samstundes som)\s+\Z")
"""Before the name of a party that the next claim is about."""


def claims_of(text: str, words: Sequence[Token], parties: Sequence[PartyNamed]) -> Iterator[Quotation]:
    """Yield what parties are said to want: `X vil …`, `… vil X …`, and of the party named before, `partiet vil …`."""
    starts = [word.start for word in words]
    for start, end, party in _subjects(text, words, parties):
        after = bisect_left(starts, end)
        verb = _verb_at(text, words, after) or _verb_before(text, words, bisect_left(starts, start) - 1, start, after)
        if verb is None:
            continue
        first, negative = verb
        if first >= len(words):
            continue
        begins = words[first].start
        ends = _claim_end(text, begins, [each.start for each in parties if each.start > begins])
        quoted = quotation_at(Form.CLAIM, text, begins, ends, fewest=FEWEST_CLAIMED)
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


def _verb_before(text: str, words: Sequence[Token], before: int, start: int, after: int) -> tuple[int, str] | None:
    """Return the same where the verb stands before who wants it: `Nå vil SV innføre`."""
    if before < 0 or words[before].form not in VERBS_BEFORE:
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
    end = sentence_end(text, start)
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
