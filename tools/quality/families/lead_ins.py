"""What becomes of the lead-ins of a generated document: kept, dropped, dropped from every second section, reworded.

The wordings are plausible ones, put together without looking at the parser's tables. Some are kept for held-back seeds
alone, so that rules written against the others can be tried on new ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from tools.quality.families.content import Programme, plain, with_lead_ins

Lists = dict[tuple[str | None, str], str]
"""By section and lead-in: the new lead-in."""

SENTENCES = {
    "nb": (
        "{party} vil", "Vi vil", "Derfor vil {party}", "Derfor vil vi", "{party} skal", "I denne perioden skal vi",
        "{party} går inn for å", "Vi går inn for å", "{party} ønsker å", "Vi jobber for å", "{party} arbeider for å",
        "De neste fire årene vil {party}", "For å få dette til vil vi", "Vi lover å", "{party} vil derfor",
        "Dette vil vi", "Derfor går vi inn for å", "På {topic} vil {party}", "I arbeidet med {topic} vil vi",
        "{party} mener kommunen må",
    ),
    "nn": (
        "{party} vil", "Vi vil", "Difor vil {party}", "Difor vil vi", "{party} skal", "I denne perioden skal vi",
        "{party} går inn for å", "Vi går inn for å", "{party} ønskjer å", "Vi jobbar for å", "{party} arbeider for å",
        "Dei neste fire åra vil {party}", "For å få dette til vil vi", "Vi lovar å", "{party} vil difor",
        "Dette vil vi", "I arbeidet med {topic} vil vi", "{party} meiner kommunen må", "Me vil",
    ),
}  # fmt: skip
"""What stands before entries that begin with an infinitive; a programme may leave out the colon."""
SENTENCES_HELD_BACK = {
    "nb": (
        "Med {party} ved roret skal kommunen", "Skal vi lykkes, må vi", "Vårt svar er å", "{party} tar til orde for å",
        "Det er dette vi vil", "Framover vil {party}", "Vi har bestemt oss for å", "Av den grunn vil vi",
        "Sammen skal vi", "Innen 2027 skal {party}",
    ),
    "nn": (
        "Med {party} ved roret skal kommunen", "Skal vi lukkast, må vi", "Svaret vårt er å", "Framover vil {party}",
        "{party} tek til orde for å", "Av den grunn vil vi", "Saman skal vi", "Innan 2027 skal {party}",
    ),
}  # fmt: skip
LABELS = {
    "nb": (
        "Våre løfter", "Våre kampsaker", "Våre viktigste saker", "Våre hjertesaker for {topic}", "Tiltak",
        "Våre mål for {topic}", "Dette går vi til valg på", "Konkrete tiltak", "{party} krever", "Vi krever",
        "{party} går inn for", "Vi satser på", "{party} prioriterer", "Vi foreslår", "Derfor foreslår {party}",
        "Dette vil vi prioritere", "Hovedsaker", "{party} arbeider for", "Dette kjemper vi for",
    ),
    "nn": (
        "Våre lovnader", "Kampsakene våre", "Dei viktigaste sakene våre", "Hjartesaker for {topic}", "Tiltak",
        "Måla våre for {topic}", "Dette går vi til val på", "Konkrete tiltak", "{party} krev", "Vi krev",
        "{party} går inn for", "Vi satsar på", "{party} prioriterer", "Vi gjer framlegg om", "Dette vil vi prioritere",
        "Hovudsaker", "{party} arbeider for", "Dette kjempar vi for",
    ),
}  # fmt: skip
"""What stands before entries of any kind, always with a colon."""
LABELS_HELD_BACK = {
    "nb": (
        "Fem punkter for {topic}", "Slik vil {party} løse det", "Det vi ønsker oss", "Her er våre svar",
        "Viktigst for oss", "{party} stemmer for", "På ønskelista vår står", "Saker vi løfter fram",
        "Dette får du med {party}",
    ),
    "nn": (
        "Nokre punkt for {topic}", "Slik vil {party} løyse det", "Det vi ønskjer oss", "Her er svara våre",
        "Viktigast for oss", "{party} røystar for", "Saker vi løfter fram", "Dette får du med {party}",
    ),
}  # fmt: skip
ASKS_FOR_AN_INFINITIVE = re.compile(r"\b(?:vil|skal|må|å)\b[^.!?]*$", re.IGNORECASE)
"""A lead-in whose entries begin with an infinitive."""
NEGATION = re.compile(r"\b(?:nei|mot|ikke|ikkje|aldri|uten|utan)\b", re.IGNORECASE)
"""A lead-in without which its entries would be asked for."""
WITHOUT_COLON = 0.2
"""Share of the reworded programmes that set no colon after their sentences."""
ONE_WORDING = 0.5
"""Share of the reworded programmes that introduce all their lists alike."""


def kept(programme: Programme, chance: Random, held_back: bool) -> Programme:
    """Leave the lead-ins as they are."""
    return with_lead_ins(programme, dict(_every(programme)))


def dropped(programme: Programme, chance: Random, held_back: bool) -> Programme:
    """Take all lead-ins away."""
    return with_lead_ins(programme, dict(_every(programme)) | dict.fromkeys(_lists(programme), ""))


def every_second(programme: Programme, chance: Random, held_back: bool) -> Programme:
    """Take the lead-ins of every second section away."""
    sections = list(dict.fromkeys(section for section, _ in _lists(programme)))
    bare = set(sections[chance.randrange(2) :: 2])
    taken = {one: "" for one in _lists(programme) if one[0] in bare}
    return with_lead_ins(programme, dict(_every(programme)) | taken)


def reworded(programme: Programme, chance: Random, held_back: bool) -> Programme:
    """Give each list another lead-in, lists that had none too."""
    colon = "" if chance.random() < WITHOUT_COLON else ":"
    alike = chance.random() < ONE_WORDING
    titles = {heading.id: heading.title for heading in programme.headings}
    chosen: dict[bool, str] = {}
    new: Lists = dict(_every(programme))
    for section, lead_in in _lists(programme):
        infinitive = bool(ASKS_FOR_AN_INFINITIVE.search(lead_in))
        topic = plain(titles.get(section or "", ""))
        wordings = [
            (wording, end)
            for table, end in _tables(programme.language, infinitive, colon, held_back)
            for wording in table
            if (topic and not alike) or "{topic}" not in wording
        ]
        wording, end = chance.choice(wordings)
        if alike:
            words = chosen.setdefault(infinitive, f"{wording.format(party=programme.party)}{end}")
        else:
            words = f"{wording.format(party=programme.party, topic=topic)}{end}"
        new[section, lead_in] = words[:1].upper() + words[1:]
    return with_lead_ins(programme, new)


def _tables(language: str, infinitive: bool, colon: str, held_back: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the wordings that fit, with what they end in."""
    if infinitive:
        yield (SENTENCES_HELD_BACK if held_back else SENTENCES)[language], colon
    if not infinitive or colon:
        yield (LABELS_HELD_BACK if held_back else LABELS)[language], ":"


def _every(programme: Programme) -> Iterator[tuple[tuple[str | None, str], str]]:
    """Yield section and lead-in of each list, in order, with the lead-in that it has."""
    yield from dict.fromkeys(((entry.section, entry.lead_in), entry.lead_in) for entry in programme.entries)


def _lists(programme: Programme) -> list[tuple[str | None, str]]:
    """Return section and lead-in of each list of pledges whose entries mean the same without it."""
    pledges = {(entry.section, entry.lead_in) for entry in programme.entries if entry.is_pledge}
    return [one for one, lead_in in _every(programme) if one in pledges and not NEGATION.search(lead_in)]


LEAD_INS: dict[str, Callable[[Programme, Random, bool], Programme]] = {
    "kept": kept,
    "dropped": dropped,
    "every second": every_second,
    "reworded": reworded,
}
"""What may become of them; each takes whether the seed is held back."""
