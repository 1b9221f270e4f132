"""Who speaks: the party, and its branch or the local list.

A party of the register is known by its names. Whoever else `vil` something, or calls itself a list on the front, is
the author too: then the party is unknown and the branch bears its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.parser.language.party_names import PARTIES, PartyName, as_party
from ingest.parser.language.rules import NO_NAMES
from ingest.parser.report.meta.front import Front

TELLING = 3
"""What a name on the front, or one that wants something, weighs against one in the text. Chosen, not measured."""
ENOUGH = 2
"""Weight that makes a party or a chapter the author: named twice, or once where it counts. Chosen, not measured."""
SHARE = 5
"""A chapter's name that is neither on the front nor wants anything is at least one in so many of the party's.
Chosen, not measured."""

WORD = r"[A-ZÆØÅ][\w&-]*"
PLACE = rf"{WORD}(?:(?: og)? {WORD}){{0,2}}"
LIST = r"[a-zæøå]*(?:liste|lista|listen|parti|partiet)\b"
NAME = rf"{WORD}(?: (?:(?:i|for|og|på|av|de|dei|til) )?(?:{WORD}|{LIST})){{0,5}}(?: fylke)?"
JOINED = r"(?:i|for|på|av)"
WANTS = (
    r"(?:vil|ønsker|ynskjer|ønskjer|krev(?:er)?|går inn for|mei?ner|lov[ea]r"
    r"|(?:arbeide?|arbeida|jobbe|jobba|kjempe|kjempa)r for"
    r"|foreslår|står for|stiller? til val|stiller liste|si?eie?r (?:ja|nei)|satsa?e?r på|går til val)"
)
ARTICLES = frozenset({"de", "dei", "den", "det"})
"""Words of these that a name may begin with."""

_A_LIST = re.compile(r"list(?:e|a|en|er)\b", re.IGNORECASE)
_LIST = re.compile(r"\b(?i:\w*list(?:e|a|en|er)|\w*parti(?:et)?|\w*partia)\b")
_BEFORE_NAME = re.compile(
    r"^(?:.*?\b(?:\w*program(?:met)?|forslag|utkast|uttalelse)\b(?: \w+)??(?: (?:for|til|fra|frå|av))(?: lista)?"
    r"|stem(?: på)?|røyst(?: på)?|velg|vel|(?:gå|hopp) til (?:hoved|hovud)?innh[oa]ld\w*"
    r"|(?:dette|det|her|kva|hva) (?:vil|krev|lover)|om|hilsen|helsing)\s+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s*(?:\(.*|[-–]?\s*(?:(?:18|19|20)\d\d\b.*|\b(?:for|i) \w*(?:perioden|årene|åra)\b.*"
    r"|\b(?-i:[a-zæøå]+ ){0,2}[\w-]*program(?:met)?\b.*|liste \d.*))$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"(?:^|[.!?:»] )(?:\w+m\wte?t (?:i|til) )?({NAME})\s(?i:{WANTS})\b", re.MULTILINE)
_INVERTED = re.compile(
    rf"\b(?:vil|krev(?:er)?|foreslår|ønsker|ynskjer|mei?ner) ({NAME})(?=\s?[:.,]|\s[a-zæøå]|$)", re.MULTILINE
)
_BEGINS = re.compile(rf"^({NAME}) [a-zæøå]", re.MULTILINE)
_ALONE = re.compile(rf"(?:lista )?({NAME})")
_GENITIVE = re.compile(r"(?<=[^s])s$")


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks; None where the text does not say."""

    party: PartyName | None
    """The party of the register."""
    branch: str | None
    """The chapter or local list; None for a party as a whole."""
    is_local: bool = False
    """Whether the branch is one of a place, or a list."""

    @property
    def is_party(self) -> bool:
        """Whether it is a party as a whole, of the register or by its name."""
        return self.party is not None or (self.branch or "").casefold().endswith("partiet")

    def begins(self, text: str) -> bool:
        """Return whether a text begins with the author's name."""
        names = [self.party.pattern] if self.party else []
        if self.branch:
            names += [re.escape(self.branch), rf"\b{re.escape(self.branch.split()[0])}"]
        return bool(names) and re.match(rf"(?:{'|'.join(names)})", text) is not None


def author_of(front: Front, text: str) -> Author:
    """Return who speaks in a text."""
    wanting = Counter(subjects(text))
    wanting.update(set(_begins(text)) - set(wanting))
    candidates = list(_candidates(front))
    party, weight = _party(candidates, wanting, text)
    own, own_weight = _own_name(front, candidates, wanting, text)
    if own is not None and own_weight > weight:
        chapter = _branch(as_party(own), candidates, wanting, text)
        return Author(None, chapter or own, bool(chapter) or bool(_A_LIST.search(own)))
    chapter = _branch(party, candidates, wanting, text) if party else None
    return Author(party, chapter, chapter is not None)


def subjects(text: str) -> Iterator[str]:
    """Yield each name that wants something in a text: `Folkelista` of `Folkelista krever …`."""
    for pattern in (_SUBJECT, _INVERTED):
        for name in pattern.findall(text):
            first, _, rest = name.partition(" ")
            if first.casefold() not in NO_NAMES or (first.casefold() in ARTICLES and rest[:1].isupper()):
                yield _capitalised(name)
            elif rest and rest[0].isupper():
                yield _capitalised(rest)


def _begins(text: str) -> Iterator[str]:
    """Yield the names of several words that begin a paragraph, as an author's first does, and stand elsewhere too."""
    for name in _BEGINS.findall(text):
        if name.count(" ") and name.split()[0].casefold() not in NO_NAMES and text.count(name) >= ENOUGH:
            yield name


def _candidates(front: Front) -> Iterator[str]:
    """Yield what may be a name in the parts of the front, without `Valgprogram for` before it and the like."""
    for part in front.parts:
        whole = _BEFORE_NAME.sub("", part).strip(" ,.-–")
        bare = _AFTER_NAME.sub("", whole).strip(" ,.-–")
        bare = _GENITIVE.sub("", bare) if bare != whole else bare  # `Trollnes` is a place
        if bare:
            yield _capitalised(bare)


def _capitalised(text: str) -> str:
    """Return a name in capitals or lower case alone as names are written: `RØDT STORFJELL` → `Rødt Storfjell`."""
    if len(text) > 4 and (text.isupper() or (text.islower() and len(text.split()) < 5)):
        return re.sub(r"\b(I|For|Og|På|Av)\b", lambda word: word[0].lower(), text.title())
    return text


def _party(candidates: Iterable[str], wanting: Counter[str], text: str) -> tuple[PartyName | None, int]:
    """Return the party of the register that the text speaks of most, and the weight of its names."""
    front = "\n".join(name for name in candidates if _ALONE.fullmatch(name))
    subject = "\n".join(wanting.elements())

    def weight(party: PartyName) -> int:
        found = map(party.times_in, (front, subject, text))
        return sum(count * weight for count, weight in zip(found, (TELLING, TELLING, 1), strict=True))

    best, heaviest = max(((party, weight(party)) for party in PARTIES), key=lambda pair: pair[1])
    return (best, heaviest) if heaviest >= ENOUGH else (None, 0)


def _own_name(front: Front, candidates: Iterable[str], wanting: Counter[str], text: str) -> tuple[str | None, int]:
    """Return the name that no register has and that the text speaks of as the one who wants, and its weight."""
    weights: Counter[str] = Counter()
    for name in candidates:
        if (match := _ALONE.fullmatch(name)) and _is_a_name(match[1], wanting, text, front):
            weights[match[1]] += TELLING
    wants = {name for name in wanting if _is_a_name(name, wanting, text, front)}
    for name in wants:
        weights[name] += TELLING * wanting[name]
    if not weights:
        return None, 0
    for name in weights:
        weights[name] += as_party(name).times_in(text)
    chosen = wants or weights
    best = max([name for name in chosen if _LIST.search(name)] or chosen, key=lambda name: (weights[name], len(name)))
    return best, weights[best] + TELLING * sum(best in name for name in candidates if name != best)


def _is_a_name(name: str, wanting: Counter[str], text: str, front: Front) -> bool:
    """Return whether capitalised words name somebody who is no party of the register, no place and no thing."""
    words = name.split()
    if words[0].casefold() in NO_NAMES or words[-1] == "kommune" or any(re.search(p.pattern, name) for p in PARTIES):
        return False
    if _LIST.search(name):
        return True
    if re.search(rf"\b(?:i|på|til|fra|frå) {re.escape(name)}\b", text) or re.search(
        rf"\b{re.escape(name.lower())}\b", text
    ):
        return False
    if name in wanting:
        return len(words) > 1 or text.count(name) >= ENOUGH
    elsewhere = any(name in words for words in (front.title, *front.margins))
    return len(words) > 1 and text.count(name) + elsewhere >= ENOUGH


def _branch(party: PartyName, candidates: Iterable[str], wanting: Counter[str], text: str) -> str | None:
    """Return the chapter that speaks: a place's name before or after the party's."""
    before = rf"{PLACE} (?i:{party.chapter})"
    after = rf"(?:{party.pattern}) (?:{JOINED} )?{PLACE}(?: fylke)?"
    whole = re.compile(rf"({before}|{after})")
    weights: Counter[str] = Counter()
    told_first = list(dict.fromkeys(candidates))
    told = [(name, TELLING) for name in candidates] + [(name, TELLING * n) for name, n in wanting.items()]
    told += [(name, 1) for name in _BEGINS.findall(text)]
    for name, weight in told:
        if (match := whole.fullmatch(name)) and _is_of_a_place(name, party):
            weights[match[1]] += weight
    loose = Counter(re.findall(rf"(?:^|(?<=[a-zæøå,] )|(?<=[.:] ))({before})\b", text, re.MULTILINE))
    loose.update(re.findall(rf"\b((?:{party.pattern}) i {PLACE})\b", text))
    every = party.times_in(text)
    for name, count in loose.items():
        if _is_of_a_place(name, party) and (name in weights or (count >= ENOUGH and count * SHARE >= every)):
            weights[name] += count
    best = max(weights, key=lambda name: weights[name], default=None)
    if best is None or not re.search(rf" {JOINED} ", best):
        return best
    # `Fremskrittspartiet i Lerkevik` is how the text speaks of `Lerkevik Fremskrittsparti`.
    alike = (name for name in told_first if name in weights and _place(name, party) == _place(best, party))
    return next(alike, best)


def _place(name: str, party: PartyName) -> list[str]:
    """Return what stands beside the party's name, but for small words."""
    rest = re.sub(rf"(?i:{party.pattern}|{party.chapter})", " ", name).split()
    return [word for word in rest if word[0].isupper()]


def _is_of_a_place(name: str, party: PartyName) -> bool:
    """Return whether what stands beside the party's name can be a place: `Unge` and `Norges` are none."""
    rest = re.sub(rf"(?i:{party.pattern}|{party.chapter})", " ", name).split()
    return bool(rest) and not any(word.casefold() in NO_NAMES for word in rest if word[0].isupper())
