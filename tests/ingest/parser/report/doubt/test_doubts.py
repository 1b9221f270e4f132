"""The stage: how sure the parser is of all that it found, and what it asks."""

from __future__ import annotations

import pytest

from ingest.parser.document import ParsedProgramme
from ingest.parser.parse import interpret, parse
from ingest.parser.report.doubt import BOUND
from tests.ingest.parser.sketches import document
from tests.paths import SAMPLES
from tests.ingest.parser.test_samples import FLOORS

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


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        # a heading that stands right below a list, and running text below it
        (PLAIN.replace("måltid\n\nVEI\n", "måltid\n- Vei og ferje\n"), "Vei og ferje"),
        # an entry that swallowed the next one
        (PLAIN.replace("lærere i grunnskolen\n- gi", "lærere i grunnskolen • gi"), "ansette flere lærere"),
    ],
)
def test_the_entry_that_a_person_would_doubt_is_doubted_most(text: str, doubtful: str) -> None:
    items = found(text).items
    assert min(items, key=lambda item: item.confidence).text.startswith(doubtful)


def test_a_list_of_what_may_be_no_pledges_is_one_question() -> None:
    text = PLAIN + "\nUTVALG\n\n- Formannskapet møtes i rådhuset\n- Kontrollutvalget\n- Ungdomsrådet\n- Eldrerådet\n"
    parsed = found(text)
    plain, other = parsed.entries[1:8], parsed.entries[-4:]
    assert max(entry.confidence for entry in other) < min(entry.confidence for entry in plain if entry in parsed.items)


def test_parsing_twice_doubts_alike() -> None:
    assert [entry.confidence for entry in found(PLAIN).entries] == [entry.confidence for entry in found(PLAIN).entries]
