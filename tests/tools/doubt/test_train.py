"""What is wrong with a parse is found in it, and the weights that come of it are kept as a table."""

from __future__ import annotations

import tomllib

import pytest

from tools.doubt.examples import mark
from tools.doubt.train import Watched, as_toml, confidences, doubts_of, folds, moved, train
from tools.quality.documents import Document

TEXT = """\
Bygdelista vil:

- bygge skole
- rydde snø
- Vei og ferje
- sette opp lys
"""


def item(id_: str, text: str, section: str | None = None) -> dict[str, object]:
    return {"id": id_, "section": section, "lead_in": "Bygdelista vil:", "text": text}


GOLD = {
    "sections": [{"id": "s1", "title": "Vei og ferje", "parent": None}],
    "items": [item("a", "bygge skole"), item("b", "rydde snø"), item("c", "sette opp lys", "s1"), item("d", "snø")],
}


@pytest.fixture
def watched() -> list[Watched]:
    documents = [Document(f"{name}.txt", "typed", GOLD, content=TEXT.encode()) for name in "abcd"]
    return [Watched.of(mark(document, document.name)) for document in documents]


def test_each_error_shows_in_the_entry_that_has_its_words(watched: list[Watched]) -> None:
    marked = watched[0].document
    texts = {entry.id: entry.text for entry in marked.draft.entries}
    assert sorted(texts[id_] for id_ in marked.wrong if id_) == ["Vei og ferje", "rydde snø", "sette opp lys"]
    assert {texts[id_] for id_ in marked.titles_missed} == {"Vei og ferje"}


def test_what_is_learnt_from_is_doubted_and_kept_as_a_table(watched: list[Watched]) -> None:
    weights = train(watched)
    assert tomllib.loads(as_toml(weights)).keys() == weights.keys()
    found = doubts_of(watched[0], weights)
    assert len(found.entries) == 4
    assert len(found.errors) == 3


def test_moving_the_bases_keeps_the_order(watched: list[Watched]) -> None:
    weights = train(watched)
    before, after = (confidences(watched[0], found) for found in (weights, moved(weights, watched)))
    assert sorted(before, key=before.__getitem__) == sorted(after, key=after.__getitem__)
    assert sum(confidence < 0.5 for confidence in after.values()) <= 1


def test_documents_of_one_source_are_never_both_learnt_from_and_tried(watched: list[Watched]) -> None:
    for learnt, tried in folds(watched):
        assert not {one.document.group for one in learnt} & {one.document.group for one in tried}
