"""Parties, chapters or years side by side on a theme or a search: what they share, and what one has alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q, Sum

from programmes.alike.kept import LISTED, SHOWN, AlikePledge, pledges_alike
from programmes.models import Branch, Level, Party, Passage, Programme, ProgrammeTheme, Theme
from programmes.search import Filters, filters_named, search
from programmes.site.numbers import whole_number

FEWEST, MOST = 2, 4
"""Sides of a comparison."""
PROGRAMMES = (Programme.Kind.PARLIAMENTARY, Programme.Kind.COUNTY, Programme.Kind.MUNICIPAL)
"""What a party goes to an election with: no principles, no statements."""
OFFERED = 3
"""Sides that are compared where nobody is named."""
MOST_PLEDGES = 200
"""Pledges of a side that are compared: more is no longer read side by side."""
_VALUE = re.compile(r"(?P<party>[\w-]+)(?:/(?P<branch>[\w-]*[^\W\d][\w-]*))?(?:/(?P<year>\d{4}))?")


class Asked(NamedTuple):
    """Who is compared, as an address has it: `rodt`, `rodt/2021`, `ap/hamar` or `ap/hamar/2019`."""

    party: str
    branch: str = ""
    year: str = ""

    @property
    def value(self) -> str:
        """The value in the address."""
        return "/".join(filter(None, self))


@dataclass
class Side:
    """A party or chapter with the programmes that are compared, and their pledges on the subject."""

    asked: Asked
    party: Party
    branch: Branch | None
    """None where the archive has no programme of the party for the country."""
    programmes: list[Programme]
    """None where the archive has no such programme."""
    pledges: list[Passage] = field(default_factory=list)
    is_cut: bool = False
    """Whether there are more pledges than are compared."""

    @property
    def name(self) -> str:
        """What the side is called: the party, or the chapter."""
        return self.branch.name if self.branch and self.asked.branch else self.party.name

    @property
    def period(self) -> str:
        """The period of its programmes, empty where there is none."""
        return self.programmes[0].period if self.programmes else self.asked.year

    @property
    def label(self) -> str:
        """Its name and period."""
        return f"{self.name} {self.period}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """Pledges of several sides that are alike."""

    beside: list[tuple[Side, list[Passage]]]
    """Each side, in order, with its pledges, none where it has none of them."""
    label: str
    """How the surest two are alike, in the reader's language."""
    kind: str
    """The same in a word of the archive's own: same, reworded, narrower, broader."""
    is_sure: bool
    """Whether they are as surely alike as what stands beside a pledge; else they resemble each other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows that sides share, and what each has alone."""

    sides: list[Side]
    shared: list[Row]
    alone: list[list[Passage]]
    """For each side."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody says anything of the subject."""
        return not any(side.pledges for side in self.sides)


@dataclass
class Question:
    """What an address asks to have compared."""

    names: list[str]
    """As given: values of the address or typed names."""
    sides: list[Side]
    unknown: list[str]
    """Names that nobody has."""
    theme: Theme | None
    query: str
    is_offered: bool
    """Whether the sides were chosen by us, as nobody was named."""

    @property
    def subject(self) -> str:
        """What is compared on, as a reader is told it."""
        return f"«{self.query}»" if self.query else self.theme.label.lower() if self.theme else ""

    @property
    def can_be_compared(self) -> bool:
        """Whether there are sides enough, and something to compare them on."""
        return len(self.sides) >= FEWEST and bool(self.subject)


def asked_about(names: list[str], *, theme: Theme | None, query: str) -> Question:
    """Return what is to be compared: whom names mean, each side once; where nobody is named, whom we would choose."""
    asked = () if names else offered(theme=theme, query=query)
    sides = [side_named(name) for name in names] or [side_of(each) for each in asked]
    unknown = [name for name, side in zip(names, sides, strict=False) if side is None]
    found = {side.asked.value: side for side in sides if side is not None}
    return Question(
        [side.asked.value if side else names[at] for at, side in enumerate(sides)],
        list(found.values()),
        unknown,
        theme,
        query,
        is_offered=not names,
    )


def answer(question: Question) -> Comparison | None:
    """Return the comparison, None where there is too little to compare."""
    if not question.can_be_compared:
        return None
    fill(question.sides, theme=question.theme, query=question.query)
    return compared(question.sides)


def value_of(branch: Branch) -> str:
    """Return how an address of a comparison names a chapter, or a party by its branch for the country."""
    return Asked(branch.party.slug, branch.slug if branch.area_id else "").value


def side_named(typed: str) -> Side | None:
    """Return the side that a value of the address or a typed name means (`rodt`, `Hamar Ap 2019`), as `side_of` does.

    None where nobody is so called.
    """
    match = _VALUE.fullmatch(typed.strip())
    if match and (party := Party.objects.filter(slug=match["party"]).first()):
        return _side(Asked(party.slug, match["branch"] or "", match["year"] or ""), party)
    named = filters_named(typed)
    year = named.year[0] if len(named.year) == 1 else ""
    if len(named.branch) == 1:
        slug, _slash, branch = named.branch[0].partition("/")
        return side_of(Asked(slug, branch, year))
    return side_of(Asked(named.party[0], "", year)) if len(named.party) == 1 and not named.branch else None


def side_of(asked: Asked) -> Side | None:
    """Return a side without its pledges: its newest programmes, or those of the year; None where nobody is so called.

    Adopted programmes alone where there are any. A party is its own programme for the country.
    """
    party = Party.objects.filter(slug=asked.party).first()
    return _side(asked, party) if party else None


def _side(asked: Asked, party: Party) -> Side | None:
    branches = Branch.objects.select_related("party", "area").filter(party=party)
    wanted = Q(slug=asked.branch) if asked.branch else Q(level=Level.NATIONAL)
    branch = branches.filter(wanted).order_by("pk").first()
    if branch is None and asked.branch:
        return None
    found = Programme.objects.current().with_branch().filter(branch=branch, kind__in=PROGRAMMES)
    if asked.year:
        found = found.in_year(whole_number(asked.year))
    programmes = list(found.order_by("-period_start", "pk"))
    newest = [each for each in programmes if each.period_start == programmes[0].period_start]
    return Side(asked, party, branch, [each for each in newest if each.is_adopted] or newest)


def fill(sides: Iterable[Side], *, theme: Theme | None, query: str) -> None:
    """Give sides their pledges under a theme, or that a search finds; no dissents."""
    for side in sides:
        if not side.programmes:
            continue
        found = _found(side, query) if query else _under(side, theme) if theme else []
        side.pledges, side.is_cut = found[:MOST_PLEDGES], len(found) > MOST_PLEDGES


def _under(side: Side, theme: Theme | None) -> list[Passage]:
    of_programmes = Passage.objects.filter(programme__in=side.programmes, themes=theme).pledges_in_any_form()
    return list(of_programmes.with_source().distinct().order_by("programme", "position")[: MOST_PLEDGES + 1])


def _found(side: Side, query: str) -> list[Passage]:
    """Return what a search finds in a side's programmes; names in the query itself are read as search reads them."""
    branch = side.programmes[0].branch
    filters = Filters(
        party=(branch.party.slug,),
        branch=(f"{branch.party.slug}/{branch.slug}",),
        year=(str(side.programmes[0].period_start),),
    )
    result = search(query, filters=filters, per_page=MOST_PLEDGES + 1, beside=0, highlight=False)
    ours = {programme.pk for programme in side.programmes}
    own = [hit.passage for hit in result.hits if hit.by != "neighbour" and not hit.passage.dissent]
    return [passage for passage in own if passage.programme_id in ours]


def compared(sides: list[Side]) -> Comparison:
    """Return which pledges of filled sides are alike, and what each has alone. In one query."""
    side_of_pledge = {pledge.pk: at for at, side in enumerate(sides) for pledge in side.pledges}
    pledges = {pledge.pk: pledge for side in sides for pledge in side.pledges}
    alike = {
        key: [each for each in found if side_of_pledge.get(each.pledge.pk, side_of_pledge[key]) != side_of_pledge[key]]
        for key, found in pledges_alike(pledges, at_least=LISTED).items()
    }
    taken: set[int] = set()
    shared = []
    for key in _by_breadth(alike, side_of_pledge):
        row = [] if key in taken else [each for each in alike[key] if each.pledge.pk not in taken]
        if row:
            keys = [key, *(each.pledge.pk for each in row)]
            taken.update(keys)
            surest = max(row, key=lambda each: each.score)
            own = [
                (side, [pledges[each] for each in keys if side_of_pledge[each] == at]) for at, side in enumerate(sides)
            ]
            shared.append(Row(own, surest.label_shown, surest.label, surest.score >= SHOWN))
    alone = [[pledge for pledge in side.pledges if pledge.pk not in taken] for side in sides]
    return Comparison(sides, sorted(shared, key=_breadth, reverse=True), alone)


def _by_breadth(alike: Mapping[int, Sequence[AlikePledge]], side_of_pledge: Mapping[int, int]) -> list[int]:
    """Return the pledges, that which is like pledges of most sides first, then the surest."""

    def weight(key: int) -> tuple[int, float]:
        others = alike[key]
        return len({side_of_pledge[each.pledge.pk] for each in others}), max((each.score for each in others), default=0)

    return sorted(alike, key=lambda key: (*(-part for part in weight(key)), side_of_pledge[key], key))


def _breadth(row: Row) -> int:
    return sum(bool(own) for _side, own in row.beside)


def offered(*, theme: Theme | None, query: str) -> list[Asked]:
    """Return whom to compare where nobody is named: the parties that have most to say of it in their own programmes."""
    if query:
        facet = search(query, filters=Filters(level=(Level.NATIONAL,)), per_page=1, beside=0).facets.get("party", ())
        return [Asked(value.value) for value in facet[:OFFERED]]
    if theme is None:
        return []
    kept = ProgrammeTheme.objects.filter(theme=theme, programme__in=Programme.objects.current())
    rows = (
        kept.filter(programme__branch__level=Level.NATIONAL, programme__kind__in=PROGRAMMES)
        .values_list("programme__branch__party__slug")
        .annotate(pledges=Sum("pledge_count"))
        .order_by("-pledges", "programme__branch__party__slug")
    )
    return [Asked(party) for party, _count in rows[:OFFERED]]
