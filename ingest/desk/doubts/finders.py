"""What is in doubt about a programme beside what the parser asks itself, each kind a small function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from ingest.desk.doubts.answers import ANSWERS, OTHER_WORDING
from ingest.desk.doubts.question import Question, Reviewed
from ingest.desk.format_differences import Differs, with_other_files
from ingest.parser.document import Item, Problem, Section
from ingest.parser.edits import HEADING

LONG = 5.0
"""Times as long as a programme's usual pledge. Measured on the open documents: of the six that are four times as long
three were wrong and not doubted, of the one that is five times as long one; on the eleven real programmes four times
would ask about 14 more entries, 4 minutes of reading, and none of them is wrong."""
SHORT = 10
"""Characters. On the open documents 7 of 4,099 pledges are shorter, and the parser doubts those that are wrong."""
WEAK = 2.0
"""What told for the main theme, in the points of its reasons. Of 1,009 pledges with a known theme 2 of 3 below it have
a wrong one, 8 of 47 from there to twice that, 12 of 959 above; on the eleven real programmes 12 pledges are below."""
DIFFERS = {
    Differs.WORDS: _lazy("Den andre filen har andre ord:"),
    Differs.SPACES: _lazy("Den andre filen deler ordene annerledes:"),
    Differs.PARTED: _lazy("Den andre filen deler teksten annerledes:"),
    Differs.KIND: _lazy("I den andre filen er dette noe annet:"),
    Differs.ONLY_HERE: _lazy("Dette står ikke i den andre filen:"),
    Differs.ONLY_THERE: _lazy("Dette står bare i den andre filen:"),
}
"""How a difference between two files is asked about."""
FEW = 3
"""Pledges of a list from which one that is unlike the usual can be told."""
WHOLE = frozenset(
    {
        *("short", "long", "no text", "two in one", "sentence joined", "prose that asks"),
        *("list without lead-in", "no pledges", "list taken for prose", "may be a heading"),
    }
)
"""Kinds of doubt that are about what the words say: all of them are read. Of the others, where an entry belongs, the
beginning is enough."""

Find = Callable[[Reviewed], Iterator[Question]]


def of_other_files(reviewed: Reviewed) -> Iterator[Question]:
    """Yield where the programme's other file, a PDF of a text perhaps, is read differently: one of them is wrong."""
    for _file, comparison in with_other_files(reviewed.programme):
        for difference in comparison.differences:
            there = " ".join(part.text for part in difference.there)
            in_one = len(difference.here) == len(difference.there) == 1 and difference.here[0].kind != HEADING
            answers = (replace(OTHER_WORDING, change={"text": there}),) if in_one else ()
            question = reviewed.question(
                f"differs: {difference.differs}",
                str(DIFFERS[difference.differs]),
                [part.id for part in difference.here],
                whole=True,
                at=(difference.page, difference.line),
                answers=answers,
                looks=f"{difference.differs}, {difference.is_furniture}",
            )
            yield replace(question, words=(*question.words, there), quote=f"{question.quote}\n{there}")


def of_parser(*names: str) -> Find:
    """Return a finder of the parser's own problems of some kinds; a run of entries is one question."""

    def find(reviewed: Reviewed) -> Iterator[Question]:
        settled = _settled_by_another(reviewed)
        problems = [each for each in reviewed.parsed.problems if each.kind in names and each not in settled]
        return (asked(reviewed, problem) for problem in problems)

    return find


def of_parser_but(*names: str) -> Find:
    """Return a finder of the parser's problems of all other kinds."""

    def find(reviewed: Reviewed) -> Iterator[Question]:
        return (asked(reviewed, problem) for problem in reviewed.parsed.problems if problem.kind not in names)

    return find


def asked(reviewed: Reviewed, problem: Problem) -> Question:
    """Return a problem of the parser as a question."""
    answers = ANSWERS.get(problem.kind, ())
    return reviewed.question(
        problem.kind or "source",
        problem.message,
        problem.of,
        whole=problem.kind in WHOLE,
        at=(problem.page, problem.line),
        answers=answers if problem.of else (),
        looks=_looks(reviewed, problem),
    )


def _settled_by_another(reviewed: Reviewed) -> list[Problem]:
    """Return the problems of place that the question right above settles: whether what it is about is a heading.

    On the open documents 4 of 22 are not asked so; 6 of the 8 under which something stands wrong still are, and of the
    other two the question above decides. On the eleven real programmes 5 of 10 are not asked.
    """
    ends: set[int] = set()
    settled = []
    for problem in reviewed.parsed.problems:
        positions = [reviewed.positions[part_id] for part_id in problem.of if part_id in reviewed.positions]
        if problem.kind == "place" and positions and ends & {positions[0] - 1, positions[0] - 2}:
            settled.append(problem)
        if positions:
            ends.add(positions[-1])
    return settled


def _looks(reviewed: Reviewed, problem: Problem) -> str:
    """Return what others must share to be answered alike: the lead-in of entries, the shape of headings.

    Where the question names something of its own, no other looks the same.
    """
    if problem.kind in ("place", "lead-in", "heading in a list"):
        return f"{problem.page}-{problem.line}"
    first = reviewed.parts.get(problem.of[0]) if problem.of else None
    if isinstance(first, Section):
        if problem.kind == "heading moved":
            return "heading"
        case = "capitals" if first.title.isupper() else "title"
        return f"{case}, {'colon' if first.title.rstrip().endswith(':') else 'plain'}"
    if isinstance(first, Item):
        return first.lead_in
    return reviewed.lines.get((problem.page, problem.line), "") if first is None else first.section


def unusual_lengths(reviewed: Reviewed) -> Iterator[Question]:
    """Yield the pledges that are much longer or shorter than usual, where the parser itself does not ask about them."""
    doubted = _doubted(reviewed)
    items = reviewed.parsed.items
    usual = median([len(item.text) for item in items]) if len(items) >= FEW else 0
    for item in items:
        kind = "long" if usual and len(item.text) > LONG * usual else "short" if len(item.text) < SHORT else ""
        if kind and item.id not in doubted:
            message = (
                _("Løftet er uvanlig langt: hører alt til?")
                if kind == "long"
                else _("Løftet er uvanlig kort. Er det hele med?")
            )
            yield reviewed.question(kind, message, [item.id], whole=True, answers=ANSWERS[kind], looks=item.lead_in)


def headings_without_text(reviewed: Reviewed) -> Iterator[Question]:
    """Yield the headings that nothing stands under, neighbours together: a title that is none, or lost text."""
    doubted = _doubted(reviewed)
    parents = {section.parent for section in reviewed.parsed.sections}
    run: list[Section] = []
    for section in (*reviewed.parsed.sections, None):
        empty = section is not None and section.title and section.id not in {*reviewed.first_below, *parents, *doubted}
        if section is not None and empty:
            run.append(section)
        elif run:
            message = ngettext(
                "Overskriften har ingen tekst under seg.",
                "%(count)s overskrifter etter hverandre har ingen tekst under seg.",
                len(run),
            )
            of = [each.id for each in run]
            yield reviewed.question(
                "heading without text",
                message % {"count": len(run)},
                of,
                whole=True,
                answers=ANSWERS["heading without text"],
                looks="heading",
            )
            run = []


def weak_themes(reviewed: Reviewed) -> Iterator[Question]:
    """Yield the pledges that have no theme, or one that little speaks for."""
    for entry in reviewed.parsed.entries:
        if entry.kind == "prose":
            continue
        told = sum(reason.weight for reason in entry.theme_reasons if reason.theme == entry.theme)
        if entry.theme is None or told < WEAK:
            question = reviewed.question(
                "weak theme",
                _("Løftet har ikke noe tema.") if entry.theme is None else _("Lite taler for temaet."),
                [entry.id],
                whole=True,
                answers=ANSWERS["weak theme"],
                looks=f"{entry.section}, {entry.theme}",
                theme=entry.theme or "",
            )
            yield replace(question, lead_in="")


def _doubted(reviewed: Reviewed) -> set[str]:
    return {part_id for problem in reviewed.parsed.problems for part_id in problem.of}
