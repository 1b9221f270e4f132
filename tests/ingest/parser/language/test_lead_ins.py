"""What introduces a list: each question, with what it says yes to and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.parser.language import lead_ins, rules


@pytest.mark.parametrize("row", [*rules.WISHES, *rules.BARE_LEAD_INS], ids=lambda row: row.name)
def test_a_row_is_a_lead_in_everywhere(row: rules.Rule) -> None:
    assert lead_ins.is_lead_in(row.example)
    assert lead_ins.wishes(row.example)
    assert lead_ins.can_introduce(row.example)
    assert lead_ins.may_end_lead_in(row.example) or not row.example.endswith((":", "vil", "VIL"))


ANSWERS = [
    (
        lead_ins.is_lead_in,
        ("Våre tiltak:", "Folkets By vil", "Derfor vil vi:"),
        ("Skole:", "Vi vil bygge skole.", "Vil"),
    ),
    (
        lead_ins.says_who_will,
        ("Folkets By vil", "Folkets By vil:", "Derfor vil vi:"),
        ("Våre tiltak:", "Ingen vet hva de vil"),
    ),
    (
        lead_ins.is_lead_in_line,
        ("Folkets By vil",),
        ("og derfor vil vi", "I en kommune som Storfjell, der alle trives, vil vi"),
    ),
    (lead_ins.can_introduce, ("Skole:", "Folkets By vil"), ("Skole", "Vi vil bygge skole.")),
    (
        lead_ins.may_end_lead_in,
        ("i hele landet:", "de neste fire årene vil", "GRENDA FØRST VIL"),
        ("Program", "Apriltilsvil 3"),
    ),
    (lead_ins.wishes, ("Vi ønsker", "Fjordpartiet går inn for"), ("Slik er skolen i dag:",)),
    (lead_ins.asks, ("Spørsmål:", "Spørsmål til høring:"), ("Spørsmål om skole", "Våre spørsmål:")),
    (lead_ins.introduces_clauses, ("Fjordpartiet vil at:",), ("Fjordpartiet vil:",)),
]


@pytest.mark.parametrize(("question", "yes", "no"), ANSWERS, ids=lambda value: getattr(value, "__name__", ""))
def test_an_answer(question: Callable[[str], bool], yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    assert [text for text in (*no, *yes) if question(text)] == [*yes]
