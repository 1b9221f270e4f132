"""Which way a sentence takes each thing that it names: for it, against it, or merely having it looked into.

A sentence is read from left to right, clause by clause. Verbs and nouns that are for or against (`stances.toml`) act on
the words behind them, one through the other: `oppheve forbudet mot X` is twice against, and so for X. Passives act on
the words before them too: `at X skal avvikles`. Where nothing is against, a pledge is for what it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from programmes.alike.operators import (
    CONJUNCTIONS,
    LOOSE,
    MODALS,
    PLACES,
    TABLE,
    Operator,
    is_of_something,
    is_rule,
    is_thing_of_its_own,
    operator_of,
    particles,
    predicate_of,
    sign_within,
)
from programmes.norwegian.analysis import analyse
from programmes.norwegian.lexicon import is_noun
from programmes.norwegian.tokens import Token

BEHIND_PREPOSITION = 0.5
"""How much of a direction reaches what stands behind an object and a preposition: X in `fjerne støtten til X`."""
INSTEAD = 0.35
"""How much of it, turned, reaches what comes instead of something: Y in `erstatte X med Y`."""
IN_PLACE = 0.1
"""How much of it reaches where something is: X in `fjerne støtten i X`."""

OPENS_ANEW = frozenset("men".split())  # noqa: SIM905
SUBORDINATE = frozenset("som der hvor kor dersom hvis viss når fordi mens medan".split())  # noqa: SIM905
ARTICLES = frozenset("en ei eit et".split())  # noqa: SIM905
MEANS = frozenset("for ved gjennom av med om samt og eller".split())  # noqa: SIM905
"""Before `å`, these open a clause of its own: fjerne X for å styrke Y."""
ABSENT = frozenset("uten utan foruten".split())  # noqa: SIM905
COPULAS = frozenset("bli blir blitt ble vert verte blei være er var vere vera få får forbli forblir".split())  # noqa: SIM905
MAKES = frozenset("gjøre gjør gjøres gjort gjere gjera gjer gjerast".split())  # noqa: SIM905
PASSIVE = ("s", "ast")


@dataclass(slots=True)
class Stance:
    """How a sentence takes one of its words: 1 for it, -1 against it, nearer to 0 where that is less sure."""

    sign: float = 1.0
    of_parts: float = 1.0
    """The same of what stands within a compound: in `bilfri` it is against the car."""
    is_studied: bool = False
    acts: bool = False
    """Whether it is a verb of several words that acts on others: trappe in `trappe ned`."""
    is_rest: bool = False
    """Whether it is the rest of such a verb, and says nothing alone: rette in `legge til rette`."""


def stances(text: str, words: Sequence[Token]) -> list[Stance]:
    """Return how a sentence takes each of its words."""
    return _Reader(text, words).read()


@dataclass(slots=True)
class _Reader:
    text: str
    words: Sequence[Token]
    found: list[Stance] = field(default_factory=list)
    outer: float = 1.0
    """The direction that the clause stands in: behind `hindre at` it is against."""
    of_that: float = 1.0
    """The same of the last clause with `at`, for the next one beside it."""
    sign: float = 1.0
    of_verb: float = 1.0
    """The direction right behind the clause's verb, before nouns turned it."""
    before_verb: float = 1.0
    """The direction in which the last verb or noun that acts is taken itself."""
    negation: int = 1
    strength: float = 1.0
    is_studied: bool = False
    is_subordinate: bool = False
    turned_by: frozenset[str] = frozenset()
    """Prepositions that turn the clause's verb: `med` behind erstatte."""
    begins_at: int = 0
    objects: int = 0
    """Words of content since the last operator."""

    def read(self) -> list[Stance]:
        joined = particles(self.words)
        turned = {match.end() for match in _phrases("phrases").finditer(self.text.lower())}
        limited = {match.end() for match in _phrases("limits").finditer(self.text.lower())}
        kept = {at for match in _but_not().finditer(self.text.lower()) for at in range(match.start(), match.end())}
        before = ""
        for at, word in enumerate(self.words):
            gap = self.text[self.words[at - 1].end : word.start] if at else ""
            self._break(gap, before, word.form, at)
            just_before = set(range(self.words[at - 1].end if at else 0, word.start + 1))
            if not limited.isdisjoint(just_before):  # who removes the limit on X is for X
                self.sign = -self.sign
            elif not turned.isdisjoint(just_before):
                self.sign = -abs(self.sign)
            acts = joined.get(at) is not None
            operator = joined[at] if at in joined else operator_of(word.form)
            if at in joined and operator is None:
                is_thing = is_thing_of_its_own(word.form)
                own = self.before_verb if is_thing else 0.0
                self.found.append(Stance(own, own, is_rest=not is_thing))
            elif word.start in kept and word.form in _negations() | _prepositions():
                operator = None
                self.found.append(Stance(0, 0))
            elif word.form in _negations():
                self._turn()
            elif word.form in _prepositions():
                self._preposition(at)
            elif (predicate := predicate_of(word.form)) and self._is_said_of_something(at):
                self._turn_back(predicate, at)
                self.sign *= predicate
                self.found.append(Stance(0, 0))
            elif operator is not None:
                self._act(operator, before, word.form, at, gap)
            else:
                self._word(word.form, before)
            self.found[-1].acts = acts
            before = word.form
        return self.found

    def _break(self, gap: str, before: str, form: str, at: int) -> None:
        """Open a clause where one begins."""
        if re.search(r"[;:(–—.!?]", gap) or form in OPENS_ANEW:
            self.outer = self.of_that = 1.0
            self._open(at, 1.0)
        elif form == "at" and not (self.is_subordinate and "," not in gap):
            beside = before in CONJUNCTIONS or "," in gap
            self.outer = self.of_that if beside else self.sign
            self.of_that = self.outer
            self._open(at, self.outer)
        elif form in SUBORDINATE:
            is_of_rule = form == "som" and self.sign < 0 and is_rule(before) and "," not in gap
            self.is_subordinate = not (is_of_rule or (form == "som" and self._is_no_clause(at, gap)))
        elif self.is_subordinate and "," in gap:
            self.is_subordinate = False
            self.sign = self.of_verb
        elif form == "å":
            if before in MEANS or "," in gap or not at:
                self._open(at, self.outer)
            self.is_subordinate = False

    def _open(self, at: int, sign: float) -> None:
        self.sign = self.of_verb = sign
        self.negation, self.strength, self.objects, self.begins_at = 1, 1.0, 0, at
        self.turned_by = frozenset()
        self.is_subordinate = self.is_studied = False

    def _next(self, at: int) -> str:
        return self.words[at + 1].form if at + 1 < len(self.words) else ""

    def _is_no_clause(self, at: int, gap: str) -> bool:
        """Return whether `som` names what something is, or examples: som en ordning; fornybar energi, som solceller."""
        following = self._next(at)
        is_example = (
            "," in gap and not following.endswith("r") and any(map(is_noun, analyse(following or "som").families))
        )
        return following in ARTICLES or is_example

    def _is_capitals(self, at: int) -> bool:
        """Return whether a word of the sentence is written in capitals: EU, NATO."""
        return at < len(self.words) and self.text[self.words[at].start : self.words[at].end].isupper()

    def _turn(self) -> None:
        self.sign, self.negation = -self.sign, -self.negation
        self.found.append(Stance(0, 0))

    def _preposition(self, at: int) -> None:
        """Take `uten X`, `mot X`: against X, unless a word just before says so already (`forbud mot X`)."""
        before = [operator_of(word.form) for word in self.words[max(at - 2, 0) : at]]
        is_said = self.words[at].form in {"mot", "imot"} and any(each and each.sign < 0 for each in before)
        if self.words[at].form in ABSENT:  # whatever the verb: who drops X without Y wants no Y
            self.sign = -self.outer
        elif not is_said and not self._next(at)[:1].isdigit():
            self.sign = -self.of_verb
        self.strength = 1.0
        self.objects = 0
        self.found.append(Stance(0, 0))

    def _act(self, operator: Operator, before: str, form: str, at: int, gap: str) -> None:
        """Let a verb or noun act on what stands behind it, a passive on what stands before it as well."""
        is_new = operator.is_verb and at > self.begins_at and (before in CONJUNCTIONS or "," in gap)
        if is_new and not (before == "eller" and self.negation < 0):
            self._open(at, self.outer)
        elif not operator.is_verb and (before in CONJUNCTIONS or "," in gap):
            self.sign = self.of_verb
        own = self.before_verb = 0.0 if self.is_subordinate else self.sign
        self.is_studied |= operator.is_study
        self.found.append(Stance(own, own * sign_within(form), self.is_studied))
        if self.is_subordinate:
            return
        if self._is_passive(form, at, operator):
            self._turn_back(operator.sign, at)
            for stance in self.found[self.begins_at : at]:
                stance.is_studied |= operator.is_study
        self.sign *= 1 if operator.is_backwards else operator.sign
        self.objects = 0
        if operator.is_verb or operator.sign < 0:
            self.strength = 1.0
        if operator.is_verb:
            self.of_verb = self.sign
            self.turned_by = operator.turned_by

    def _turn_back(self, sign: int, at: int) -> None:
        """Take what stands before a word in its clause as the word does, or the other way round behind a negation."""
        for stance in self.found[self._subject_from(at) : at]:
            stance.sign *= sign * self.negation
            stance.of_parts *= sign * self.negation

    def _subject_from(self, at: int) -> int:
        """Return where the subject of a word begins: behind a comma that ends a clause with a verb of its own."""
        begins = self.begins_at
        for place in range(self.begins_at + 1, at):
            is_comma = "," in self.text[self.words[place - 1].end : self.words[place].start]
            if is_comma and any(_is_verb(word.form) for word in self.words[begins:place]):
                begins = place
        return begins

    def _is_said_of_something(self, at: int) -> bool:
        """Return whether an adjective is the predicate of a clause: X skal være ulovlig, gjøre X ulovlig."""
        clause = [word.form for word in self.words[self.begins_at : at]]
        if self.is_subordinate or (MAKES.isdisjoint(clause) and COPULAS.isdisjoint(clause[-3:])):
            return False
        is_attribute = not ARTICLES.isdisjoint(clause[-2:]) or not (
            self._ends_clause(at) or self._next(at) in LOOSE | PLACES | CONJUNCTIONS | {"å", "at"}
        )
        return not is_attribute

    def _is_passive(self, form: str, at: int, operator: Operator) -> bool:
        if not operator.is_verb or at == self.begins_at:
            return False
        if operator.is_backwards:
            return True
        back = {word.form for word in self.words[max(at - 3, self.begins_at) : at]}
        if form.endswith(PASSIVE) or (not MODALS.isdisjoint(back) and self._ends_clause(at)):
            return True  # `skal avvikles`, and verbs that take nothing behind them: `må stanse`
        return not COPULAS.isdisjoint(back) and form.endswith(("t", "d", "te", "de", "dt", "et"))

    def _ends_clause(self, at: int) -> bool:
        end = self.words[at].end
        return at + 1 == len(self.words) or not self.text[end : self.words[at + 1].start].isspace()

    def _word(self, form: str, before: str) -> None:
        if form == "gjennom":  # the means: what a pledge is against, it is not against by means of what it names here
            self.sign = self.outer
        if form in MODALS:  # what is said of the subject, however many prepositions that had
            self.strength = 1.0
        if form in self.turned_by:
            is_instead = self.of_verb < 0 < self.outer
            self.sign, self.strength, self.turned_by = -self.of_verb, INSTEAD if is_instead else 1.0, frozenset()
        elif self.objects and (form in LOOSE or form in PLACES):
            is_place = form in PLACES and not (form == "på" and is_of_something(before))
            is_name = is_place and self._is_capitals(len(self.found) + 1)
            self.strength *= IN_PLACE if is_place and not is_name else BEHIND_PREPOSITION
        sign = 0.0 if self.is_subordinate else self.sign * self.strength
        self.found.append(Stance(sign, sign * sign_within(form), self.is_studied))
        if len(form) > 2 and form not in LOOSE | PLACES | CONJUNCTIONS:
            self.objects += 1


def _is_verb(form: str) -> bool:
    return form in MODALS or bool((operator := operator_of(form)) and operator.is_verb)


@cache
def _negations() -> frozenset[str]:
    return frozenset(TABLE["turning"]["negations"].split())


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(TABLE["turning"]["prepositions"].split())


@cache
def _phrases(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, TABLE['turning'][name]))})\s+")


@cache
def _but_not() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, TABLE['turning']['but_not']))})\b")
