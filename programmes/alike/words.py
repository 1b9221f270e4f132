"""A word of content in a sentence, and all that it is compared by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from programmes.alike.operators import operator_of
from programmes.alike.stances import Stance
from programmes.norwegian.analysis import analyse
from programmes.norwegian.derivation import is_thing
from programmes.norwegian.directions import derived, direction_of
from programmes.norwegian.synonyms import rows, same
from programmes.norwegian.tables import EMPTY_HEADS, FUNCTION_WORDS

MERE_HEADS = (
    *sorted(EMPTY_HEADS),
    "budsjett",
    "støtte",
    "tilskudd",
    "midler",
    "bevilgning",
    "satsing",
    "utbygging",
    "forbruk",
    "konsum",
    "produksjon",
    "undervisning",
    "opplæring",
    "medlemskap",
    "hold",
    "prinsipp",
)
"""Ends of compounds that say little: who is against the budget for a thing is against the thing."""
TOGETHER = 3
"""Words of content within which a name of several words stands."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of content in a sentence."""

    form: str
    families: frozenset[str]
    parts: frozenset[str]
    leaves: frozenset[str]
    """The smallest of its parts."""
    names: frozenset[str]
    """Other families that say the same: synonyms, the noun of a verb, the verb of a noun."""
    wide: frozenset[str]
    """Families of the words that say the same together: vern and matjord of jordvern."""
    direction: str
    """Of a verb or its noun that says which way a thing goes (`norwegian.directions`), or `act`; else empty."""
    is_thing: bool
    """Whether it is no adjective and no verb: what a pledge can be for or against."""
    sign: float
    of_parts: float
    is_studied: bool
    start: int
    end: int

    @property
    def is_mere(self) -> bool:
        """Whether it is a compound that says little more than what stands before its head: bistandsbudsjett."""
        return any(family.endswith(MERE_HEADS) and family not in MERE_HEADS for family in self.families)

    @property
    def turns(self) -> bool:
        """Whether it is against what stands within it: bilfri, mobilforbud."""
        return bool(self.sign) and self.of_parts == -self.sign


@dataclass(frozen=True, slots=True)
class Form:
    """What a word form is compared by, wherever it stands."""

    families: frozenset[str]
    parts: frozenset[str]
    leaves: frozenset[str]
    names: frozenset[str]
    wide: frozenset[str]
    direction: str
    is_thing: bool


def word_of(form: str, stance: Stance, turn: int, start: int, end: int) -> Word:
    """Return a word of a sentence with how the sentence takes it; `turn` is -1 where its lead-in turns it round."""
    of = form_of(form)
    direction = of.direction or ("act" if stance.acts else "")
    return Word(
        form, of.families, of.parts, of.leaves, of.names, of.wide, direction, of.is_thing and not stance.acts,
        stance.sign * turn, stance.of_parts * turn, stance.is_studied, start, end,
    )  # fmt: skip


def with_names_together(words: list[Word]) -> list[Word]:
    """Return words with the names that some of them have together: jordvern of vern and matjord."""
    found = list(words)
    for at, word in enumerate(words):
        for family in word.families:
            for needed, names in _several().get(family, ()):
                near = range(max(at - TOGETHER, 0), min(at + TOGETHER + 1, len(words)))
                having = [place for place in near if not needed.isdisjoint(words[place].families)]
                if needed <= {family for place in having for family in words[place].families}:
                    for place in having:
                        found[place] = replace(found[place], names=found[place].names | names)
    return found


@cache
def _several() -> dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
    """Return for the first word of each thing's names of several words: all their families, and its names of one."""
    table: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for _source, names in rows():
        ones = frozenset(family for name in names if len(name.forms) == 1 for family in analyse(name.forms[0]).families)
        for name in names:
            content = [form for form in name.forms if form not in FUNCTION_WORDS]
            if ones and 1 < len(content) <= TOGETHER and not name.as_written:
                needed = frozenset(min(analyse(form).families) for form in content)
                table.setdefault(min(analyse(content[0]).families), []).append((needed, ones))
    return {family: tuple(each) for family, each in table.items()}


@lru_cache(maxsize=50_000)
def form_of(form: str) -> Form:
    """Return what a word form is compared by, wherever it stands."""
    of = analyse(form)
    leaves = frozenset(part for part in of.parts if not analyse(part).parts)
    derived_leaves = {name for leaf in leaves for name in derived(leaf)}
    names = {name for family in of.families for name in derived(family)}
    wide: set[str] = set()
    for family in of.families:
        for other in same((family,)):
            if other.as_written:
                continue
            content = [each for each in other.forms if each not in FUNCTION_WORDS]
            into = names if len(content) == 1 == len(other.forms) else wide
            into |= {each for one in content for each in analyse(one).families}
    direction = next((name for family in sorted(of.families) if (name := direction_of(family))), "")
    if not direction and (operator := operator_of(form)) and operator.is_verb:
        direction = "act"
    names_thing = len(leaves) > 1 or any(is_thing(family) for family in of.families)
    return Form(
        of.families,
        of.parts | derived_leaves,
        leaves,
        frozenset(names) - of.families,
        frozenset(wide),
        direction,
        names_thing,
    )
