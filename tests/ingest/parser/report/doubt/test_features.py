"""Each sign of doubt, on the smallest text that has it."""

from __future__ import annotations

import pytest

from ingest.parser.draft import Draft
from ingest.parser.parse import STAGES
from ingest.parser.report.doubt.features import OF_RUN
from ingest.parser.report.doubt.observed import Observed, observe
from ingest.parser.report.doubt.of_entries import OF_ENTRY
from ingest.parser.report.doubt.of_headings import OF_HEADING
from tests.ingest.parser.sketches import document

LIST = """\
Bygdelista vil:

- bygge ny skole
- rydde snø på veiene
- gi gratis buss til alle
"""
LONG = f"sikre {'lange og gode ' * 9}veier"
TWO = "bygge ny kai i havna. Den skal stå i to hundre år."


def seen(text: str) -> dict[str, Observed]:
    """Return what is seen of each entry and heading, by its words."""
    draft = Draft(document(text))
    for stage in STAGES:
        if stage.name == "doubts":
            break
        draft = stage.do(draft)
    return {one.block.text: one for one in observe(draft)}


@pytest.mark.parametrize(
    ("text", "words", "sign"),
    [
        (LIST, "bygge ny skole", "place: first"),
        (LIST, "gi gratis buss til alle", "place: last"),
        (LIST, "bygge ny skole", "reads: demand"),
        (LIST + "- ha det bedre.", "ha det bedre.", "stop unlike others"),
        (LIST + "- Trygge skoleveier", "Trygge skoleveier", "case unlike others"),
        (LIST + "- ferje", "ferje", "size: a word"),
        (f"{LIST}- {LONG}", LONG, "length unlike others: longer"),
        (LIST + "- bygge skole • rydde snø", "bygge skole • rydde snø", "mark within: a mark"),
        (LIST + "- bruke 50 millioner3 på vei", "bruke 50 millioner3 på vei", "number in a word"),
        (LIST + "- ringe 55 00 12 34", "ringe 55 00 12 34", "reach it by"),
        (LIST + "- ta vare på:", "ta vare på:", "ends in: colon"),
        (LIST + "- 40 nye boliger", "40 nye boliger", "begins with: a figure"),
        (f"{LIST}- {TWO}", TWO, "sentences: two"),
    ],
)  # fmt: skip
def test_signs_of_an_entry(text: str, words: str, sign: str) -> None:
    assert sign in seen(text)[words].signs


@pytest.mark.parametrize(
    ("text", "words", "sign"),
    [
        (LIST, "bygge ny skole", "words above: wants"),
        (LIST, "bygge ny skole", "demands: nearly all"),
        (LIST, "bygge ny skole", "length: few"),
        (LIST, "bygge ny skole", "above: lead_in"),
        (LIST, "bygge ny skole", "below: nothing"),
        (LIST, "bygge ny skole", "marks: alike"),
        (LIST + "- Buss.", "bygge ny skole", "cases"),
        (LIST + "- Buss.", "bygge ny skole", "stops"),
        ("Skole\n\n- bygge skole\n- rydde snø", "rydde snø", "length: two"),
        ("Bygdelista vil:\n\n- bygge skole", "bygge skole", "length: one"),
    ],
)
def test_signs_of_a_run(text: str, words: str, sign: str) -> None:
    assert sign in seen(text)[words].shared


def test_a_lead_in_that_recurs_is_usual_and_another_stands_alone() -> None:
    lists = LIST.replace("- ", "- {}") * 3 + "\nDet betyr at vi vil:\n\n- {}gå tur på fjellet"
    found = seen("\n".join(lists.format(*"abcdefghij").split("\n")))
    signs = {sign for one in found.values() for sign in one.shared if sign.startswith("lead in is usual")}
    assert signs == {"lead in is usual: usual", "lead in is usual: alone among usual ones"}


def test_signs_of_a_heading_in_a_list() -> None:
    found = seen(f"# Skole\n\n{LIST}\nBarn\n\n- rydde lekeplasser\n- bygge hall\n")["Barn"]
    assert found.sort == "section"
    assert "in a list: marks alike" in found.signs
    assert "stands between: item and item" in found.signs


def test_names_of_signs_tell_them_apart() -> None:
    assert not OF_RUN.keys() & OF_ENTRY.keys()
    for function in (*OF_RUN.values(), *(sign for sign, _ in OF_ENTRY.values()), *OF_HEADING.values()):
        assert function.__doc__
