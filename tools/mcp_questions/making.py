"""Questions to the tools for language models, made of whatever an archive holds: none is about one file's wording."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from programmes.models import Area, Party, Passage, Programme, Theme

_WORD = re.compile(r"[a-zæøå]{7,}")
HUNDRED = 100
NOBODY = ("Tulleballpartiet", "Ingenlista", "Partiet Som Ikke Finnes")
NOWHERE = ("Langtvekkistan", "Ingensteds kommune", "Fjernevik")
NO_WORDS = ("xyzzyplugh", "qwrtzpfk", "zzkvmnoth")


@dataclass(frozen=True, slots=True)
class Question:
    """A call of a tool, and what is known of its answer."""

    kind: str
    tool: str
    arguments: dict[str, Any]
    must_be_nothing: bool = False
    names: tuple[str, ...] = field(default=())
    """Names of which a zero has to name one: that of the party or place that the archive lacks."""


def questions(*, seed: int) -> list[Question]:
    """Return a hundred questions about the archive, the same for the same seed and archive."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    made = [*_searches(chance), *_lookups(chance), *_quotations(chance)]
    return [*made, *_of_parties(chance, HUNDRED - len(made))]


def _searches(chance: random.Random) -> Iterator[Question]:
    others = list(Party.objects.exclude(pk__in=[party.pk for party in _held()]).order_by("pk"))
    for party in chance.sample(others, min(8, len(others))):
        arguments = {"query": _subject(chance), "party": [party.name_nb]}
        yield Question("a party without programme", "search", arguments, True, (party.name_nb,))
    for party in chance.sample(others, min(4, len(others))):
        yield Question("such a party named in words", "search", {"query": f"{party.name_nb} {_subject(chance)}"})
    today = timezone.localdate()
    places = list(Area.objects.valid_on(today).filter(level="municipality").order_by("pk"))
    held = set(Programme.objects.current().exclude(branch__area=None).values_list("branch__area__slug", flat=True))
    for area in chance.sample([each for each in places if each.slug in held], min(6, len(held))):
        yield Question("a subject at a place", "search", {"query": _subject(chance), "place": [area.code]})
    for area in chance.sample([each for each in places if each.slug not in held], 6 if len(places) > 20 else 0):
        arguments = {"query": _subject(chance), "place": [area.code]}
        yield Question("a place without programme", "search", arguments, True, (area.code,))
    for name in NOBODY:
        yield Question("an unknown party", "search", {"query": _subject(chance), "party": [name]}, True, (name,))
    for name in NOWHERE:
        yield Question("an unknown place", "search", {"query": _subject(chance), "place": [name]}, True, (name,))
    for word in NO_WORDS:
        yield Question("no word", "search", {"query": word}, True, (word,))
    for year in (1905, 1999, 2098):
        yield Question(
            "a year without programmes", "search", {"query": _subject(chance), "year": [year]}, True, (str(year),)
        )
    for part in ("text", "sections"):
        yield Question("other text", "search", {"query": _subject(chance), "part": part})


def _of_parties(chance: random.Random, number: int) -> Iterator[Question]:
    """Yield questions what a party that is here wants with something that it has a word for."""
    parties = _held()
    for party in chance.choices(parties, k=max(0, number)):
        yield Question("a subject of a party", "search", {"query": _subject(chance, party), "party": [party.code]})


def _held() -> list[Party]:
    current = Programme.objects.current()
    return list(Party.objects.filter(branches__programmes__in=current).distinct().order_by("pk"))


def _lookups(chance: random.Random) -> Iterator[Question]:
    national = Programme.objects.current().filter(branch__level="national", kind="parliamentary")
    parties = sorted(set(national.values_list("branch__party__slug", flat=True)))
    themes = list(Theme.objects.main().order_by("pk"))
    for _n in range(5):
        sides, theme = chance.sample(parties, 2) if len(parties) > 1 else [], chance.choice(themes)
        if sides:
            yield Question("comparing on a theme", "compare", {"sides": sides, "theme": theme.slug})
    absent = list(Party.objects.exclude(slug__in=parties).order_by("pk"))
    for party in chance.sample(absent, min(3, len(absent))):
        arguments = {"sides": [chance.choice(parties), party.slug], "query": _subject(chance)}
        yield Question("comparing with a party that is not here", "compare", arguments, names=(party.name_nb,))
    for _n in range(5):
        passage = _pledge(chance)
        yield Question("a pledge", "get", {"what": passage.public_id, "also": ["history", "alike"]})
    for programme in chance.choices(list(Programme.objects.current().order_by("pk")), k=3):
        address = programme.get_absolute_url()
        yield Question("changes", "changes", {"programme": address.removeprefix("/program/").strip("/")})
    yield Question("coverage", "coverage", {})
    for party in chance.sample(absent, min(2, len(absent))):
        yield Question("coverage of a party", "coverage", {"party": party.code})


def _quotations(chance: random.Random) -> Iterator[Question]:
    """Yield true quotations, and such with a word put in that the source has not."""
    for number in range(12):
        passage = _pledge(chance, shortest=60)
        programme, words = passage.programme, passage.readable_text.rstrip(".")
        if number % 2:
            first, _space, rest = words.rpartition(" ")
            words = f"{first} aldri {rest}"
        text = f"{programme.branch.name} skriver i programmet for {programme.period}: «{words}»."
        yield Question("a changed quotation" if number % 2 else "a true quotation", "check_quotes", {"text": text})


def _pledge(chance: random.Random, party: Party | None = None, shortest: int = 20) -> Passage:
    passages = Passage.objects.filter(programme__in=Programme.objects.current()).pledges().with_source()
    passages = passages.filter(programme__branch__party=party) if party else passages
    passages = passages.order_by("pk")
    for _try in range(50):
        passage = passages[chance.randrange(passages.count())]
        if len(passage.readable_text) >= shortest:
            return passage
    return passage


def _subject(chance: random.Random, party: Party | None = None) -> str:
    """Return a long word of some pledge, of a party's where one is given."""
    for _try in range(50):
        if words := _WORD.findall(_pledge(chance, party).readable_text):
            return str(chance.choice(words))
    return "skole"
