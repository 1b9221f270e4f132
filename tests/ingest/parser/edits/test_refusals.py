"""Every refusal of an edit, by its words: what a person is told, and that the edit is refused for the right reason."""

from __future__ import annotations

from dataclasses import replace as with_values
from typing import Any

import pytest

from ingest.parser.document import Item, ParsedProgramme
from ingest.parser.edits import Edit, apply
from ingest.parser.values import replace
from tests.ingest.parser.edits import small
from tests.ingest.parser.edits.small import FURNITURE, lines_place, place_of, programme, with_entry

GONE = {"page": 1, "line": 2, "quote": "Dette har aldri stått i noe program", "before": "", "after": ""}
HEADING_GONE = {**GONE, "of": "heading"}
NO_SUCH_EDIT = "Denne typen rettelse finnes ikke."
NOT_FOUND = "Stedet finnes ikke igjen i teksten slik den nå er lest."
INCOMPLETE = "Rettelsen mangler opplysninger som trengs."
ONLY_ITEMS = "Dette gjelder bare løfter og spørsmål, og avsnittet er brødtekst."
NO_SUCH_KIND = "Denne typen avsnitt finnes ikke."
NO_WORDS_TO_SPLIT = "Ordene der avsnittet skulle deles, finnes ikke igjen."
NO_WORDS_IN_HEADING = "Ordene der overskriften skulle deles, finnes ikke igjen."
BOTH_SIDES = "Det må stå tekst både før og etter delingen."
OTHER_NEIGHBOUR = "Avsnittet før er ikke lenger det som skulle slås sammen med dette."
OTHER_HEADING = "Overskriften før er ikke lenger den som skulle slås sammen med denne."
NO_PARENT = "Punktet som dette skulle høre under, finnes ikke igjen foran det."
LEVEL = "Nivået må være et tall fra 1 til 6."
DEEP_ENOUGH = "Det er ingen overskrift over denne å høre under, så den står allerede så dypt den kan."
OWN_TEXT = "Overskriften kan bare flyttes innenfor sin egen tekst og den like før. Flytt avsnittene i stedet."
LINES_IN_TEXT = "Linjene står allerede i teksten. Del, slå sammen eller endre type på avsnittet der de står."

REFUSED: list[tuple[str, str | dict[str, Any], dict[str, Any], str]] = [
    ("sing", "i1", {}, NO_SUCH_EDIT),
    ("level", "i1", {"level": 1}, NO_SUCH_EDIT),
    ("nest", "s1", {"parent": None}, NO_SUCH_EDIT),
    ("text", GONE, {"text": "Nye ord"}, NOT_FOUND),
    ("rescue", GONE, {"kind": "prose"}, NOT_FOUND),
    ("text", HEADING_GONE, {"title": "Nye ord"}, NOT_FOUND),
    ("text", "i1", {}, INCOMPLETE),
    ("split", "i1", {"at": "x", "rest": "og"}, INCOMPLETE),
    ("move", "i1", {"section": None}, INCOMPLETE),
    ("text", "i1", {"text": " "}, "Teksten kan ikke være tom. Ta avsnittet ut som sidefyll i stedet."),
    ("themes", "p1", {"main": "skole"}, ONLY_ITEMS),
    ("split", "i1", {"at": 0, "rest": "Bygge skole"}, BOTH_SIDES),
    ("split", "i1", {"at": 3, "rest": ""}, NO_WORDS_TO_SPLIT),
    ("split", "i1", {"at": 3, "rest": "kirke"}, NO_WORDS_TO_SPLIT),
    ("merge", "i2", {"with": place_of("p1")}, OTHER_NEIGHBOUR),
    ("merge", "i2", {"with": place_of("i5")}, OTHER_NEIGHBOUR),
    ("merge", "i4", {"with": place_of("i3")}, "De to avsnittene står i hvert sitt kapittel. Flytt det ene først."),
    ("move", "i1", {"section": HEADING_GONE}, "Kapittelet finnes ikke igjen i teksten slik den nå er lest."),
    ("kind", "i1", {"kind": "poem"}, NO_SUCH_KIND),
    ("rescue", small.line_place(FURNITURE[0]), {"kind": "poem"}, NO_SUCH_KIND),
    ("nest", "p1", {"parent": None}, ONLY_ITEMS),
    ("nest", "i3", {"parent": place_of("i4")}, NO_PARENT),
    ("nest", "i1", {"parent": place_of("p1")}, NO_PARENT),
    ("nest", "i3", {"parent": place_of("i1")}, "De to punktene står i hvert sitt kapittel."),
    ("add", lines_place((1, 7)), {"lines": [[2, 3]], "kind": "prose"}, "Linjene i kilden er ikke lenger de samme."),
    ("add", lines_place((1, 7)), {"lines": [[9, 9]], "kind": "prose"}, "Linjene i kilden er ikke lenger de samme."),
    ("add", lines_place((1, 2)), {"lines": [[1, 2]], "kind": "pledge"}, LINES_IN_TEXT),
    ("add", lines_place((1, 6), (1, 7)), {"lines": [[1, 6], [1, 7]], "kind": "pledge"}, LINES_IN_TEXT),
    ("text", "s1", {"title": " "}, "Overskriften kan ikke være tom. Ta den ut som sidefyll i stedet."),
    ("text", "s1", {"title": "x" * 501}, "En overskrift kan ha høyst 500 tegn."),
    ("text", "s1", {"title": "x", "number": "1" * 21}, "Nummeret på en overskrift kan ha høyst 20 tegn."),
    ("level", "s1", {"level": 0}, LEVEL),
    ("level", "s1", {"level": 7}, LEVEL),
    ("level", "s1", {"level": 2}, DEEP_ENOUGH),
    ("move", "s1", {"section": HEADING_GONE}, "Overskriften som denne skulle stå under, finnes ikke igjen."),
    ("move", "s1", {"section": place_of("s2")}, "En overskrift kan ikke stå under seg selv."),
    ("begin", "s2", {"at": GONE}, "Avsnittet som overskriften skulle stå foran, finnes ikke igjen."),
    ("begin", "s1", {"at": place_of("i1")}, "Det er ingen overskrift før denne som teksten over kan høre til."),
    ("begin", "s3", {"at": place_of("i1")}, OWN_TEXT),
    ("begin", "s1", {"at": place_of("i3")}, OWN_TEXT),
    ("split", "s1", {"rest": "Barnehage"}, NO_WORDS_IN_HEADING),
    ("split", "s1", {"rest": ""}, NO_WORDS_IN_HEADING),
    ("split", "s1", {"rest": "Skole"}, NO_WORDS_IN_HEADING),
    ("split", "s1", {"rest": "ko"}, NO_WORDS_IN_HEADING),
    ("merge", "s3", {"with": place_of("s1")}, OTHER_HEADING),
    ("merge", "s3", {"with": place_of("s2")}, "Det står tekst mellom de to overskriftene."),
    ("kind", "s1", {"kind": "poem"}, NO_SUCH_KIND),
    ("kind", "i1", {"kind": "heading", "level": 9}, LEVEL),
]
SETTLED: list[tuple[str, str, dict[str, Any], str]] = [
    ("move", "i1", {"section": place_of("s1")}, "Avsnittet står allerede i dette kapittelet."),
    ("kind", "i1", {"kind": "pledge"}, "Avsnittet er allerede av denne typen."),
    ("kind", "p1", {"kind": "prose"}, "Avsnittet er allerede av denne typen."),
    ("nest", "i1", {"parent": None}, "Punktet står allerede for seg selv."),
    ("nest", "i2", {"parent": place_of("i1")}, "Punktet hører allerede under dette."),
    ("level", "s2", {"level": 2}, "Overskriften står allerede på dette nivået."),
    ("move", "s2", {"section": place_of("s1")}, "Overskriften står allerede der."),
    ("move", "s3", {"section": None}, "Overskriften står allerede der."),
    ("begin", "s2", {"at": place_of("i3")}, "Overskriften står allerede foran dette avsnittet."),
]
"""Asked for, and so already: nobody has to look at it."""


@pytest.mark.parametrize(("kind", "at", "change", "told"), REFUSED)
def test_what_is_refused(kind: str, at: str | dict[str, Any], change: dict[str, Any], told: str) -> None:
    applied = small.done(kind, at, change)
    assert applied.parsed == programme()
    assert applied.reasons == {7: told}
    assert (applied.unfit, applied.settled, applied.waiting, applied.touched) == ((7,), frozenset(), (7,), {})


@pytest.mark.parametrize(("kind", "at", "change", "told"), SETTLED)
def test_what_is_so_already(kind: str, at: str, change: dict[str, Any], told: str) -> None:
    applied = small.done(kind, at, change)
    assert applied.parsed == programme()
    assert applied.reasons == {7: told}
    assert (applied.unfit, applied.settled, applied.waiting) == ((7,), {7}, ())


TWICE = with_entry("i1", text="Åpne kino og Åpne kino", place=small.on(3, 3))
REFUSED_OF_OTHERS = [
    (programme(sections=()), "rescue", small.line_place(FURNITURE[0]), {"kind": "prose"},
     "Programmet har ingen kapitler å sette teksten i."),
    (with_entry("i1", repaired="Bygge skole"), "add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"},
     "Avsnittet der linjene står, er reparert eller rettet. Del det i stedet."),
    (with_entry("i1", corrected="Bygge skole"), "add", lines_place((1, 5)), {"lines": [[1, 5]], "kind": "pledge"},
     "Avsnittet der linjene står, er reparert eller rettet. Del det i stedet."),
    (TWICE, "add", lines_place((3, 3)), {"lines": [[3, 3]], "kind": "pledge"},
     "Linjene står flere ganger i avsnittet. Del det i stedet."),
    (programme(sections=(replace(small.SECTIONS[0], corrected="Skolen"), *small.SECTIONS[1:])), "split", "s1",
     {"rest": "le"}, "Overskriften er rettet. Angre rettelsen først, og del så."),
    (programme(sections=(replace(small.SECTIONS[0], title="", number="", level=0), *small.SECTIONS[1:])), "merge",
     "s2", {"with": {**place_of("s1"), "quote": ""}}, "Det er ingen overskrift før denne."),
]  # fmt: skip


@pytest.mark.parametrize(("parsed", "kind", "at", "change", "told"), REFUSED_OF_OTHERS)
def test_what_is_refused_of_other_programmes(
    parsed: ParsedProgramme, kind: str, at: str | dict[str, Any], change: dict[str, Any], told: str
) -> None:
    applied = small.done(kind, at, change, parsed)
    assert applied.reasons == {7: told}
    assert applied.parsed == parsed


def test_the_longest_title_and_number_that_are_kept() -> None:
    section = small.fits("text", "s1", {"title": "x" * 500, "number": "1" * 20}).sections[0]
    assert (len(section.corrected or ""), len(section.corrected_number)) == (500, 20)


def test_a_refusal_stops_no_edit_after_it() -> None:
    edits = [
        Edit(1, "text", place_of("i1"), {"text": " "}),
        Edit(2, "kind", place_of("i4"), {"kind": "pledge"}),
        Edit(3, "text", place_of("i5"), {"text": "Åpne ny kino"}),
        Edit(4, "kind", place_of("i5"), {"kind": "question"}),
    ]
    applied = apply(programme(), edits)
    assert (applied.unfit, applied.settled, applied.waiting) == ((1, 2), {2}, (1,))
    assert applied.touched == {"i5": (3, 4)}
    assert list(applied.reasons) == [1, 2]
    more = apply(applied, [Edit(5, "sing", place_of("i1"), {}), Edit(6, "repair", place_of("i1"), {"repaired": "Ny"})])
    assert (more.unfit, more.settled, more.touched) == ((1, 2, 5), {2}, {"i5": (3, 4), "i1": (6,)})
    assert with_values(more, parsed=applied.parsed).waiting == (1, 5)
    assert isinstance(small.entry(more.parsed, "i5"), Item)
