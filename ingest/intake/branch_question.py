"""What is asked before a branch is taken or made: a typed name is never silently another branch, or a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from ingest.parser.language.party_names import party_name
from programmes.branches import branch_at
from programmes.identity import likeness
from programmes.models import Branch, Party

MOST_NEAR = 4
NEAR = 85.0
"""Likeness in per cent from which the name of a branch may be a slip for another's: two branches of a party that have
only its name in common are below it, *Bygdelisten* for *Bygdelista* is just above."""


@dataclass(frozen=True, slots=True)
class BranchQuestion:
    """Why the branch that is named is not simply taken."""

    name: str
    party: Party
    place: str
    """Level and area, as told from others."""
    there: Branch | None = None
    """The party's branch of that place, which has another name."""
    near: tuple[Branch, ...] = ()
    """Branches with a name much like it: one of them may be meant."""
    other_party: Party | None = None
    """The party that the name tells, where that is another."""

    @property
    def answer(self) -> str:
        """What settles the question with a yes; empty where only another name, party or place does.

        It is good for this name, party and place alone.
        """
        return "" if self.there else "|".join((self.party.code, self.place, self.name.casefold()))

    @property
    def is_plain(self) -> bool:
        """Whether nothing speaks against a new branch where its place is told beside its name, as in a manifest.

        A party's branches have much of their names in common; only one of the very same name may be meant.
        """
        same_name = any(branch.name.casefold() == self.name.casefold() for branch in self.near)
        return self.there is None and self.other_party is None and not same_name

    def __str__(self) -> str:
        """Return the question as a person is asked it."""
        said = []
        if self.other_party is not None:
            said.append(
                _("Navnet «%(name)s» hører etter ordene til %(other)s, men partiet er satt til %(party)s.")
                % {"name": self.name, "other": self.other_party, "party": self.party}
            )
        if self.there is not None:
            said.append(
                _("Arkivet kaller laget her «%(name)s». Er det det? Skriv det slik, eller rett parti, nivå og sted.")
                % {"name": self.there.name}
            )
        else:
            said.append(
                _("Det finnes ikke noe lag som heter «%(name)s» i registeret for %(party)s.")
                % {"name": self.name, "party": self.party}
            )
            if self.near:
                near = ", ".join(f"«{branch.name}» ({branch.party})" for branch in self.near)
                said.append(_("Mente du %(near)s?") % {"near": near})
        return " ".join(said)


def branch_question(
    *, party: Party, name: str, level: str, area_code: str | None, on_year: int
) -> BranchQuestion | None:
    """Return what must be asked about a branch before it is taken, None where the party has it there by that name.

    Raises UnknownArea.
    """
    name = " ".join(name.split())
    there = branch_at(party=party, level=level, area_code=area_code, on_year=on_year)
    if there is not None and there.name.casefold() == name.casefold():
        return None
    place = f"{level}{area_code or ''}"
    near = () if there else tuple(_near(name, party))
    return BranchQuestion(name, party, place, there, near, _other_party(name, party))


def _near(name: str, party: Party) -> Iterable[Branch]:
    """Return the branches that may be meant: the party's own of a name much like it, and others' of the same name."""
    alike = [
        (likeness(branch.name.casefold(), name.casefold(), at_least=NEAR), branch)
        for branch in Branch.objects.filter(Q(party=party) | Q(name__iexact=name))
        .select_related("party")
        .order_by("pk")
    ]
    found = sorted((pair for pair in alike if pair[0]), key=lambda pair: (-pair[0], pair[1].party_id != party.pk))
    return [branch for _likeness, branch in found[:MOST_NEAR]]


def _other_party(name: str, party: Party) -> Party | None:
    """Return the party that a branch's name tells, where it tells one and that is another."""
    told = [each for each in Party.objects.order_by("pk") if _names(each, name)]
    return None if party in told or not told else max(told, key=lambda each: len(each.name_nb))


def _names(party: Party, branch_name: str) -> bool:
    row = {"code": party.code, "nb": party.name_nb, "nn": party.name_nn, "also": party.also, "short": party.short}
    return bool(party_name(row).times_in(branch_name))
