"""Quotations of known verdict, made of published pledges: whole, cut, changed, and given to another party."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from programmes.models import Passage
from programmes.quotes import Verdict
from programmes.quotes.direction import NEGATIONS, is_against
from programmes.quotes.words import Wording, number_of

FRAMES = (
    "{who} vil «{quote}», skriver avisa.",
    "«{quote}» Det står i programmet til {who}.",
    "I programmet lover {who}: “{quote}” Opposisjonen er ikke imponert.",
    'Det er {who} som skriver "{quote}". Rektor er enig.',
    "– {quote}, leser ordføreren fra programmet til {who}.",
)
FEWEST = 5
"""Words of a quotation that is made by cutting: fewer may stand anywhere."""
MOST = 60


@dataclass(frozen=True, slots=True)
class MadeQuote:
    """An article with one quotation, and what has to be said of it."""

    kind: str
    text: str
    verdicts: frozenset[Verdict]
    source: Passage


def made_quotes(each: int, *, seed: int = 1) -> Iterator[MadeQuote]:
    """Yield so many quotations of each kind, or fewer where the archive has no more pledges for it."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    pledges = list(Passage.objects.published().pledges_in_any_form().with_source().order_by("pk"))
    chance.shuffle(pledges)
    for kind, (make, verdicts) in KINDS.items():
        count = 0
        for pledge in pledges:
            if count == each:
                break
            quote = make(pledge.readable_text, chance)
            if quote:
                count += 1
                yield MadeQuote(kind, _framed(pledge, quote, chance), verdicts, pledge)
    yield from _of_others(pledges, each, chance)


def _framed(pledge: Passage, quote: str, chance: random.Random) -> str:
    branch = pledge.programme.branch
    who = branch.name if branch.area_id else chance.choice([branch.party.short or branch.party.name, branch.party.name])
    return chance.choice(FRAMES).format(who=who, quote=quote)


def _of_others(pledges: list[Passage], each: int, chance: random.Random) -> Iterator[MadeQuote]:
    """Yield whole pledges that are given to a party which nowhere has their words."""
    parties = {pledge.programme.branch.party for pledge in pledges}
    having = {(pledge.programme.branch.party_id, Wording.of(pledge.readable_text).forms) for pledge in pledges}
    count = 0
    for pledge in pledges:
        forms = Wording.of(pledge.readable_text).forms
        others = sorted(
            (party for party in parties if (party.pk, forms) not in having and party != pledge.programme.branch.party),
            key=lambda party: party.pk,
        )
        if count == each or not others or not FEWEST < len(forms) <= MOST:
            continue
        count += 1
        party = chance.choice(others)
        text = chance.choice(FRAMES[:4]).format(who=party.name, quote=pledge.readable_text)
        yield MadeQuote("another party's", text, frozenset({Verdict.OTHER_PARTY}), pledge)


def whole(text: str, chance: random.Random) -> str:
    """Return a pledge as it is; with a small letter or a stop more, as articles have them."""
    if not 3 <= len(Wording.of(text).forms) <= MOST:
        return ""
    return chance.choice([text, text[0].lower() + text[1:], text.rstrip(".") + ".", text.replace(" ", "\n", 1)])


def beginning(text: str, chance: random.Random) -> str:
    """Return the first words of a pledge."""
    wording = Wording.of(text)
    if len(wording.forms) <= FEWEST + 2:
        return ""
    return wording.shown(0, chance.randint(FEWEST, min(len(wording.forms) - 1, MOST)))


def end(text: str, chance: random.Random) -> str:
    """Return the last words of a pledge, none of whose words before them turns what follows round."""
    wording = Wording.of(text)
    if len(wording.forms) <= FEWEST + 2:
        return ""
    first = chance.randint(max(1, len(wording.forms) - MOST), len(wording.forms) - FEWEST)
    before = wording.forms[:first]
    if any(form in NEGATIONS or form == "mot" or is_against(form) for form in before[-6:]):
        return ""
    return wording.shown(first, len(wording.forms))


def other_number(text: str, chance: random.Random) -> str:
    """Return a pledge with another number in it."""
    wording = Wording.of(text)
    numbers = [word for word in wording.words if (number_of(word.form) or "").isdecimal() and word.form[0].isdigit()]
    if not numbers or not FEWEST < len(wording.forms) <= MOST:
        return ""
    word = chance.choice(numbers)
    written = re.match(r"[\d  .]*\d", text[word.start : word.end])
    if not written:
        return ""
    changed = str(int(re.sub(r"\D", "", written[0])) + chance.choice([1, 2, 5, 10]))
    return text[: word.start] + changed + text[word.start + written.end() :]


def without_negation(text: str, chance: random.Random) -> str:
    """Return a pledge without its `ikke`, or what follows it alone."""
    wording = Wording.of(text)
    places = [at for at, form in enumerate(wording.forms) if form in {"ikke", "ikkje", "aldri"}]
    if not places or len(wording.forms) > MOST or wording.forms[max(places[-1] - 1, 0)] == "eller":
        return ""
    at = places[0]
    rest = wording.shown(at + 1, len(wording.forms))
    if chance.random() < 0.5 and len(wording.forms) - at > FEWEST:
        return rest
    return f"{wording.shown(0, at)} {rest}".strip()


def without_verb(text: str, chance: random.Random) -> str:
    """Return a pledge without the first word, where that ends or forbids what follows: `fjerne`, `stanse`."""
    wording = Wording.of(text)
    if not 3 < len(wording.forms) <= MOST or not is_against(wording.forms[0]):
        return ""
    return wording.shown(1, len(wording.forms))


KINDS: dict[str, tuple[Callable[[str, random.Random], str], frozenset[Verdict]]] = {
    "whole": (whole, frozenset({Verdict.EXACT})),
    "beginning": (beginning, frozenset({Verdict.EXACT})),
    "end": (end, frozenset({Verdict.EXACT})),
    "another number": (other_number, frozenset({Verdict.NEAR})),
    "negation left out": (without_negation, frozenset({Verdict.NEAR})),
    "ending verb left out": (without_verb, frozenset({Verdict.NEAR})),
}
