"""The kinds of doubt, in one list: what leads the queue comes first, all else follows in the order of the document.

A new kind is a function that takes a `Reviewed` and yields `Question`s, and a row here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ingest.desk.doubts.finders import (
    Find,
    headings_without_text,
    of_other_files,
    of_parser,
    of_parser_but,
    unusual_lengths,
    weak_themes,
)
from ingest.desk.doubts.question import Question, Reviewed
from ingest.desk.doubts.repairs import repairs

PLEDGES_OR_NOT = ("list without lead-in", "no pledges", "list taken for prose", "prose that asks", "no lists")
LEAD_INS = ("lead-in", "lead-in without list")
HEADINGS = ("place", "may be a heading", "heading in a list", "doubtful heading", "heading moved")
CUTS = ("two in one", "sentence joined", "numbers leap", "note number")
LENGTHS = ("short", "long", "no text")


@dataclass(frozen=True, slots=True)
class DoubtKind:
    """A kind of doubt, as the page filters by it."""

    slug: str
    label: str | Promise
    finders: tuple[Find, ...]
    leads: bool = False
    """Whether its questions stand before all others, wherever their places are."""


KINDS: tuple[DoubtKind, ...] = (
    DoubtKind("filer", _("Ulikt i to filer"), (of_other_files,), leads=True),
    DoubtKind("lofter", _("Løfter eller ikke"), (of_parser(*PLEDGES_OR_NOT),)),
    DoubtKind("innledninger", _("Innledninger"), (of_parser(*LEAD_INS),)),
    DoubtKind("overskrifter", _("Overskrifter"), (of_parser(*HEADINGS),)),
    DoubtKind("uten-tekst", _("Overskrifter uten tekst"), (headings_without_text,)),
    DoubtKind("delinger", _("Delt eller slått sammen"), (of_parser(*CUTS),)),
    DoubtKind("lengder", _("Uvanlig korte og lange"), (of_parser(*LENGTHS), unusual_lengths)),
    DoubtKind("temaer", _("Svake temaer"), (weak_themes,)),
    DoubtKind("reparasjoner", _("Reparerte ord"), (repairs,)),
    DoubtKind("kilden", _("Kilden"), (of_parser_but(*PLEDGES_OR_NOT, *LEAD_INS, *HEADINGS, *CUTS, *LENGTHS),)),
)


def questions_of(reviewed: Reviewed) -> Iterator[tuple[DoubtKind, Question]]:
    """Yield all that is in doubt about a programme with its kind, in the order in which it is asked."""
    found = [(kind, question) for kind in KINDS for find in kind.finders for question in find(reviewed)]
    yield from sorted(found, key=lambda each: (not each[0].leads, each[1].page, each[1].line))
