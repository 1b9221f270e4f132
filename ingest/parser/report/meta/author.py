"""Who speaks: the party, and its branch or the local list.

A party of the register is known by its names. Whoever else `vil` something, or calls itself a list on the front, is
the author too: then the party is unknown and the branch bears its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.parser.report.meta.front import Front
from ingest.parser.report.meta.party_names import PARTIES, PartyName, as_party

ON_FRONT = 3
"""What a name on the front weighs, against one in the text. Chosen, not measured."""
AS_SUBJECT = 2
"""What a name that wants something weighs. Chosen, not measured."""
ENOUGH = 2
"""Weight that makes a party or a chapter the author: named twice, or once where it counts. Chosen, not measured."""
SHARE = 5
"""A chapter's name that is neither on the front nor wants anything is at least one in so many of the party's."""

WORD = r"[A-ZÆØÅ][\w&-]*"
PLACE = rf"{WORD}(?:(?: og)? {WORD}){{0,2}}"
NAME = rf"{WORD}(?: (?:(?:i|for|og|på|av|de|dei|til) )?(?:{WORD}|liste|lista|listen)){{0,5}}(?: fylke)?"
JOINED = r"(?:i|for|på|av)"
WANTS = (
    r"(?:vil|ønsker|ynskjer|ønskjer|krev(?:er)?|går inn for|mei?ner|arbeide?[ra] for|jobba?e?r for|kjempa?e?r for|lov[ea]r"
    r"|foreslår|står for|stiller? til val|stiller liste|si?eie?r (?:ja|nei)|satsa?e?r på|går til val)"
)
NO_NAMES = frozenset(
    """
    alle at barn bare berre da de dei den denne der derfor dermed det dette difor du dykk eg en et fordi flere fleire
    folk for fylkesting fylkestinget fylket fylkeskommunen han her hos hun hva hvem hver hvis hvor hvordan i ikke ingen ja
    jeg kommune kommunen kommunestyret korleis kva kven lista listen man mange me med men mens mot nei no noen nokon
    noreg norge norges noregs når nå og om oppvekst oslo også partiet programmet på regjeringa regjeringen samtidig
    samstundes si sammen saman slik som staten stem stortinget så ung unge ved velg vel vi vår våre europa eu
    """.split()
)
"""Words that begin a sentence and no name."""

_LIST = re.compile(r"\b(?i:\w*list(?:e|a|en|er)|\w*parti(?:et)?|\w*partia)\b")
_BEFORE_NAME = re.compile(
    r"^(?:.*?\b(?:program(?:met)?|forslag|utkast|uttalelse)\b(?: \w+)??(?: (?:for|til|fra|frå|av))\s+(?:lista )?"
    r"|stem(?: på)?|røyst(?: på)?|velg|vel|(?:gå|hopp) til (?:hoved|hovud)?innh[oa]ld\w*|(?:dette|det|her) (?:vil|krev|lover)|kva vil|hva vil"
    r"|om|hilsen|helsing)\s+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s*(?:\(.*|[-–]?\s*(?:(?:18|19|20)\d\d\b.*|\b(?:sitt? |sine? )?(?:\w+ ){0,2}[\w-]*program\b.*|liste \d.*))$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"(?:^|[.!?:»] )({NAME})\s{WANTS}\b", re.MULTILINE)
_INVERTED = re.compile(rf"\b(?:vil|krev(?:er)?|foreslår|ønsker|ynskjer|mei?ner) ({NAME})(?=\s?[:.,]|\s[a-zæøå]|$)", re.MULTILINE)
_ALONE = re.compile(rf"(?:lista )?({NAME})")
_GENITIVE = re.compile(r"(?<=[^s])s$")


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks; None where the text does not say."""

    party: PartyName | None
    """The party of the register."""
    branch: str | None
    """The chapter or local list; None for a party as a whole."""


def author_of(front: Front, text: str) -> Author:
    """Return who speaks in a text."""
    wanting = Counter(subjects(text))
    candidates = list(_candidates(front))
    party, weight = _party(candidates, wanting, text)
    own, own_weight = _own_name(candidates, wanting, text)
    if own is not None and own_weight > weight:
        unknown = as_party(own)
        return Author(None, _branch(unknown, candidates, wanting, text) or own)
    return Author(party, party and _branch(party, candidates, wanting, text))


def subjects(text: str) -> Iterator[str]:
    """Yield each name that wants something in a text: `Folkelista` of `Folkelista krever …`."""
    for pattern in (_SUBJECT, _INVERTED):
        for name in pattern.findall(text):
            first, _, rest = name.partition(" ")
            if first.casefold() not in NO_NAMES:
                yield name
            elif rest and rest[0].isupper():
                yield rest


def _candidates(front: Front) -> Iterator[str]:
    """Yield what may be a name in the parts of the front, without `Valgprogram for` before it and the like."""
    for part in front.parts:
        bare = _GENITIVE.sub("", _AFTER_NAME.sub("", _BEFORE_NAME.sub("", part)).strip(" ,.-–"))
        if bare:
            yield _capitalised(bare)


def _capitalised(text: str) -> str:
    """Return a name written in capitals or lower case alone as names are written: `RØDT STORFJELL` → `Rødt Storfjell`."""
    if len(text) > 4 and (text.isupper() or (text.islower() and len(text.split()) < 5)):
        return re.sub(r"\b(I|For|Og|På|Av)\b", lambda word: word[0].lower(), text.title())
    return text


def _party(candidates: Iterable[str], wanting: Counter[str], text: str) -> tuple[PartyName | None, int]:
    """Return the party of the register that the text speaks of most, and the weight of its names."""
    front = "\n".join(candidates)
    subject = "\n".join(wanting.elements())

    def weight(party: PartyName) -> int:
        found = (len(re.findall(party.pattern, where)) for where in (front, subject, text))
        return sum(count * weight for count, weight in zip(found, (ON_FRONT, AS_SUBJECT, 1), strict=True))

    best, heaviest = max(((party, weight(party)) for party in PARTIES), key=lambda pair: pair[1])
    return (best, heaviest) if heaviest >= ENOUGH else (None, 0)


def _own_name(candidates: Iterable[str], wanting: Counter[str], text: str) -> tuple[str | None, int]:
    """Return the name that no register has and that the text speaks of as the one who wants, and its weight."""
    weights: Counter[str] = Counter()
    for name in candidates:
        if (match := _ALONE.fullmatch(name)) and _is_a_name(match[1], wanting, text):
            weights[match[1]] += ON_FRONT
    for name, count in wanting.items():
        if _is_a_name(name, wanting, text):
            weights[name] += AS_SUBJECT * count
    if not weights:
        return None, 0
    for name in weights:
        weights[name] += len(re.findall(as_party(name).pattern, text))
    lists = {name: weight for name, weight in weights.items() if _LIST.search(name)}
    best = max(lists or weights, key=lambda name: (weights[name], len(name)))
    return best, weights[best]


def _is_a_name(name: str, wanting: Counter[str], text: str) -> bool:
    """Return whether capitalised words name somebody who is no party of the register, no place and no thing."""
    words = name.split()
    if words[0].casefold() in NO_NAMES or words[-1] == "kommune" or any(re.search(p.pattern, name) for p in PARTIES):
        return False
    if _LIST.search(name):
        return True
    if re.search(rf"\b(?:i|på|til|fra|frå) {re.escape(name)}\b", text) or re.search(rf"\b{re.escape(name.lower())}\b", text):
        return False
    return name in wanting or (len(words) > 1 and name in text)


def _branch(party: PartyName, candidates: Iterable[str], wanting: Counter[str], text: str) -> str | None:
    """Return the chapter that speaks: a place's name before or after the party's."""
    before = rf"{PLACE} (?i:{party.chapter})"
    after = rf"(?:{party.pattern}) (?:{JOINED} )?{PLACE}(?: fylke)?"
    whole = re.compile(rf"({before}|{after})")
    weights: Counter[str] = Counter()
    for name, weight in (*((name, ON_FRONT) for name in candidates), *((name, AS_SUBJECT * n) for name, n in wanting.items())):
        if (match := whole.fullmatch(name)) and _is_of_a_place(name, party):
            weights[match[1]] += weight
    loose = Counter(re.findall(rf"(?:^|(?<=[a-zæøå,] )|(?<=[.:] ))({before})\b", text, re.MULTILINE))
    loose.update(re.findall(rf"\b((?:{party.pattern}) i {PLACE})\b", text))
    every = len(re.findall(party.pattern, text))
    for name, count in loose.items():
        if _is_of_a_place(name, party) and (name in weights or (count >= ENOUGH and count * SHARE >= every)):
            weights[name] += count
    return max(weights, key=lambda name: weights[name], default=None)


def _is_of_a_place(name: str, party: PartyName) -> bool:
    """Return whether what stands beside the party's name can be a place: `Unge` and `Norges` are none."""
    rest = re.sub(rf"(?i:{party.pattern}|{party.chapter})", " ", name).split()
    return bool(rest) and not any(word.casefold() in NO_NAMES for word in rest if word[0].isupper())
