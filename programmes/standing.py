"""What a reader must know of words before quoting them: that they are not, or not known to be, the party's policy.

Every page, file and citation asks `cautions`, and shows what it answers with `templates/parts/cautions.html` or in one
line with `in_brackets`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Passage, Programme

WITHDRAWN, DISSENT, STATUS, REPLACED = "withdrawn", "dissent", "status", "replaced"


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing that readers must know, in the reader's language."""

    kind: str
    label: str
    """In a word or two: `forslag`."""
    sentence: str
    """The same where there is room for it."""
    quoted: str = ""
    """The words of the source that name a dissent or an alternative, in the source's language."""
    is_calm: bool = False
    """Whether it tells what the archive doesn't know, rather than that the words are no policy: half an archive may be
    so, and a warning that stands everywhere warns of nothing."""

    @property
    def words(self) -> str:
        """The label with the words of the source."""
        return f"{self.label}: {self.quoted}" if self.quoted else self.label


def cautions(programme: Programme, *, dissent: str = "") -> tuple[Caution, ...]:
    """Return what readers must know of a programme, or of a part of it; of an adopted one in its latest edition, none.

    `dissent` are the words that name the dissent or alternative that the part stands under, empty where it does not.
    The weightiest comes first. Asks the database nothing.
    """
    found = []
    if programme.publication == Programme.Publication.WITHDRAWN:
        found.append(Caution(WITHDRAWN, _("trukket tilbake"), _("Programmet er trukket tilbake fra arkivet.")))
    if dissent:
        found.append(dissenting(dissent))
    if not programme.is_adopted:
        is_unknown = programme.status == Programme.Status.UNKNOWN
        label, sentence = str(programme.get_status_display()), str(_OF_STATUS[programme.status])
        found.append(Caution(STATUS, label, sentence, is_calm=is_unknown))
    if programme.is_replaced:
        found.append(Caution(REPLACED, _("eldre utgave"), _("Dette står i en eldre utgave av programmet.")))
    return tuple(found)


def dissenting(words: str) -> Caution:
    """Return that something is a dissent or an alternative, named by some words of the source."""
    return Caution(DISSENT, _("dissens"), _("Dette er ikke partiets eget løfte."), words)


def cautions_of(passage: Passage) -> tuple[Caution, ...]:
    """Return what readers must know of a passage, its programme loaded."""
    return cautions(passage.programme, dissent=passage.dissent)


def in_brackets(some: Iterable[Caution]) -> str:
    """Return cautions as they follow a quotation, a space before them: ` [forslag; eldre utgave]`, or nothing."""
    said = "; ".join(each.words for each in some)
    return f" [{said}]" if said else ""


_OF_STATUS = {
    Programme.Status.PROPOSAL.value: gettext_lazy("Dette står i et forslag til program. Det er ikke vedtatt."),
    Programme.Status.HEARING.value: gettext_lazy("Dette står i et høringsutkast. Det er ikke vedtatt."),
    Programme.Status.UNKNOWN.value: gettext_lazy("Arkivet vet ikke om dette programmet er vedtatt."),
}
