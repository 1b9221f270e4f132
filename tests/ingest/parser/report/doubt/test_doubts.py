"""The stage: how sure the parser is of all that it found, and what it asks."""

from __future__ import annotations

import pytest

from ingest.parser.document import ParsedProgramme
from ingest.parser.parse import interpret, parse
from ingest.parser.report.doubt import BOUND
from tests.ingest.parser.sketches import document
from tests.ingest.parser.test_samples import FLOORS
from tests.paths import SAMPLES

PLAIN = """\
Program for Bygdelista 2027–2031

SKOLE

Bygdelista vil:

- bygge ny skole på Nes
- ansette flere lærere i grunnskolen
- gi alle elever et varmt måltid

VEI

Bygdelista vil:

- rydde snø på alle gangveier
- sette opp lys langs fylkesveien
- bygge kai for ferja til øya
"""


def found(text: str) -> ParsedProgramme:
    return interpret(document(text))


@pytest.mark.parametrize("name", FLOORS)
def test_all_that_is_found_has_a_confidence_and_problems_name_what_is_there(name: str) -> None:
    parsed = parse(SAMPLES / name)
    elements = {element.id: element for element in (*parsed.sections, *parsed.entries)}

    assert all(0 <= element.confidence <= 1 for element in elements.values())
    assert {id_ for problem in parsed.problems for id_ in problem.of} <= elements.keys()
    doubted = {id_ for id_, element in elements.items() if element.confidence < BOUND}
    assert doubted <= {id_ for problem in parsed.problems for id_ in problem.of}


def test_a_programme_that_is_plain_is_sure_and_asks_nothing() -> None:
    parsed = found(PLAIN)
    assert not [problem for problem in parsed.problems if problem.of]
    assert min(item.confidence for item in parsed.items) > BOUND


def problem(parsed: ParsedProgramme) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kind of each problem of some entries, and their words."""
    texts = {entry.id: entry.text for entry in parsed.entries} | {one.id: one.title for one in parsed.sections}
    return [(one.kind, tuple(texts[id_] for id_ in one.of)) for one in parsed.problems if one.of]


def test_an_entry_that_may_be_a_heading_is_asked_about_with_what_stands_below() -> None:
    parsed = found(PLAIN.replace("måltid\n\nVEI\n", "måltid\n- Vei og ferje\n"))
    [(kind, texts)] = problem(parsed)
    assert kind == "may be a heading"
    assert texts[:2] == ("Vei og ferje", "rydde snø på alle gangveier")


def test_what_a_lead_in_rules_from_afar_is_doubted_where_it_asks_for_nothing() -> None:
    parsed = found(
        f"{PLAIN}\nUTVALG\n\n- Formannskapet styrkes i rådhuset\n- Kontrollutvalget\n- Ungdomsrådet\n- Eldrerådet\n"
    )
    doubted = {entry.text for entry in parsed.entries if entry.confidence < BOUND}
    assert doubted == {"Formannskapet styrkes i rådhuset", "Kontrollutvalget", "Ungdomsrådet", "Eldrerådet"}


def test_what_stands_under_a_heading_that_opens_something_else_is_least_sure() -> None:
    done = "\nRESULTATER\n\n- Ny skole på Nes\n- Trygge skoleveier i hele kommunen\n- Gratis buss for ungdom\n"
    items = found(PLAIN + done).items
    assert max(item.confidence for item in items[6:]) < min(item.confidence for item in items[:6])


def test_parsing_twice_doubts_alike() -> None:
    assert [entry.confidence for entry in found(PLAIN).entries] == [entry.confidence for entry in found(PLAIN).entries]
