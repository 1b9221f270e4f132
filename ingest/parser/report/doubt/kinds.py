"""What a doubt is about, and how the editor is asked: one answer should settle a run of entries under one doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.parser.document import Problem
from ingest.parser.draft import Doubt
from ingest.parser.language.demands import Leaning
from ingest.parser.report.doubt.context import Run
from ingest.parser.report.doubt.observed import Observed

ASKED = {
    "list without lead-in": (
        "Punktet har ingen innledning: er det et løfte?",
        "{n} punkter uten innledning: er det løfter?",
    ),
    "no pledges": (
        "Punktet kan være noe annet enn et løfte: en kandidat, en adresse, noe som er gjort?",
        "{n} punkter kan være noe annet enn løfter: kandidater, adresser, noe som er gjort?",
    ),
    "lead-in": ("Hører punktet under innledningen «{about}»?", "Hører de {n} punktene under innledningen «{about}»?"),
    "place": ("Hører punktet under overskriften «{about}»?", "Hører de {n} punktene under overskriften «{about}»?"),
    "short": ("Teksten er uvanlig kort.", "{n} tekster er uvanlig korte."),
    "long": ("Teksten er uvanlig lang: hører alt til?", "{n} tekster er uvanlig lange: hører alt til?"),
    "two in one": ("Er dette ett punkt, eller flere?", "Er hver av de {n} tekstene ett punkt, eller flere?"),
    "may be a heading": ("Kan teksten være en overskrift?", "Kan de {n} korte tekstene være overskrifter?"),
    "list taken for prose": (
        "Punktet står i en liste som ikke er regnet som løfter: er det et løfte?",
        "{n} punkter i en liste som ikke er regnet som løfter: er det løfter?",
    ),
    "prose that asks": ("Avsnittet kan være et løfte i en liste.", "{n} avsnitt kan være en liste av løfter."),
    "heading in a list": (
        "Overskriften «{about}» står midt i en liste: er den et punkt?",
        "{n} overskrifter «{about}» står midt i en liste: er de punkter?",
    ),
    "doubtful heading": ("Er «{about}» en overskrift?", "Er «{about}» en overskrift, {n} ganger?"),
}
"""By its kind: the question to the editor, of one entry and of a run of them."""
HEADINGS = ("may be a heading", "doubtful heading", "heading in a list")
"""Kinds that say under which heading the entries below stand."""
NEAR = 2
"""Entries: those that stand no further apart in one list are a run. Chosen."""
OF_ITEM = (
    # sign                          kind
    ("could be title", "may be a heading"),
    ("capital within: at a line", "two in one"),
    ("gap in the middle", "two in one"),
    ("mark within", "two in one"),
    ("could introduce", "two in one"),
    ("length unlike others: longer", "long"),
    ("size: huge", "long"),
    ("length unlike others: shorter", "short"),
    ("size: a word", "short"),
)
"""What a sign of one entry says of it; the first that is there decides, unless its whole run is doubted."""


def kind_of(one: Observed, above: Sequence[str], place: int) -> Doubt:
    """Return what is doubted of an entry or heading, by its signs and those `above`; `place` is its own among all."""
    kind, about = _of_heading(one) if one.run is None else _of_entry(one, one.run, above)
    return Doubt(one.id, kind, place, one.block.first.line.page, one.block.first.line.number, about)


def _of_heading(one: Observed) -> tuple[str, str]:
    within = any(sign.startswith("in a list:") for sign in one.signs)
    return ("heading in a list" if within else "doubtful heading"), one.block.text


def _of_entry(one: Observed, run: Run, above: Sequence[str]) -> tuple[str, str]:
    own = next((kind for sign, kind in OF_ITEM if any(s.startswith(sign) for s in one.signs)), "")
    if own:
        return own, ""
    if one.sort == "passage":
        return ("list taken for prose" if run.sort == "demoted" else "prose that asks"), ""
    if above and run.heading is not None:
        return "place", run.heading.text
    block = one.block
    if run.leanings[run.blocks.index(block)] is Leaning.FACT or run.demands < run.facts:
        return "no pledges", ""
    return ("lead-in", block.lead_in) if block.lead_in else ("list without lead-in", "")


def asked(doubts: Sequence[Doubt]) -> Iterator[Problem]:
    """Yield the problems that some doubts are, in document order: those of neighbours under one doubt are one."""
    run: list[Doubt] = []
    for doubt in doubts:
        if run and not _goes_on(run, doubt):
            yield _problem(run)
            run = []
        run.append(doubt)
    if run:
        yield _problem(run)


def _goes_on(run: Sequence[Doubt], doubt: Doubt) -> bool:
    """Return whether one answer settles all: they are alike, or stand below what may be a heading or none."""
    first, last = run[0], run[-1]
    if doubt.kind == "place" and first.kind in HEADINGS:
        return last.kind != "place" or last.about == doubt.about
    return (last.kind, last.about) == (doubt.kind, doubt.about) and doubt.place - last.place <= NEAR


def _problem(run: Sequence[Doubt]) -> Problem:
    first = run[0]
    words = ASKED[first.kind][len(run) > 1].format(n=len(run), about=first.about)
    return Problem(first.page, first.line, words, first.kind, tuple(doubt.of for doubt in run))
