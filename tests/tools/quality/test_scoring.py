"""The scorer: what counts as found and as wrong; and it says what the one beside the annotations says."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.ingest.parser.test_unseen import UNSEEN
from tests.paths import GOLD, SAMPLES, SHARED, needs_shared
from tools.quality.scoring import details_wrong, score_parse

GOLDS = [*sorted((SAMPLES / "expected").glob("*.json")), *sorted((UNSEEN / "open").glob("*.json"))]
GOLDS += sorted((GOLD / "parse").glob("*.json"))
SEEDS = range(3)


def section(id_: str, title: str, parent: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": id_, "title": title, "parent": parent, **more}


def item(id_: str, text: str, lead_in: str = "Fjordpartiet vil:", section: str = "s1", **more: Any) -> dict[str, Any]:
    return {"id": id_, "text": text, "lead_in": lead_in, "section": section, "kind": "pledge", "parent": None, **more}


RIGHT: dict[str, Any] = {
    "meta": {"party": "FJORD", "title": ["Fjord for alle", None]},
    "sections": [section("s1", "Skole"), section("s2", "Leirskole", "s1")],
    "items": [
        item("i1", "Bygge skoler"),
        item("i2", "Male dem"),
        item("i3", "Vaske dem"),
        item("i4", "Fyre", section="s2"),
    ],
}


def changed(**parts: Any) -> dict[str, Any]:
    return {**deepcopy(RIGHT), **parts}


def test_a_right_parse_has_nothing_to_put_right() -> None:
    score = score_parse(RIGHT, RIGHT)
    assert (score.items.f1, score.sections.f1, score.lead_in, score.placed, score.levels) == (1, 1, 1, 1, 1)
    assert (score.edits, score.decisions, score.false_items) == (0, 0, 0)
    assert score.misses.lines() == []


def test_a_programme_without_items_is_right_where_none_are_found() -> None:
    nothing = changed(items=[])
    assert score_parse(nothing, nothing).items.f1 == 1
    assert score_parse(nothing, RIGHT).items.f1 == 0
    assert score_parse(RIGHT, nothing).items.f1 == 0


def test_an_item_that_is_found_twice_is_one_too_many() -> None:
    score = score_parse(RIGHT, changed(items=[*RIGHT["items"], item("i5", "Fyre", section="s2")]))
    assert (score.items.hits, score.items.found, score.false_items) == (4, 5, pytest.approx(0.2))
    assert score.misses.lines() == ["+ Fyre"]


def test_neighbours_that_are_missing_are_one_decision() -> None:
    score = score_parse(RIGHT, changed(items=RIGHT["items"][3:]))
    assert (score.edits, score.decisions) == (75, 25)


def test_a_wrong_lead_in_of_a_list_is_one_thing_to_put_right() -> None:
    others = [{**one, "lead_in": "Vi:"} if one["section"] == "s1" else one for one in RIGHT["items"]]
    score = score_parse(RIGHT, changed(items=others))
    assert (score.lead_in, score.edits, score.decisions) == (0.25, 25, 25)


def test_letters_and_digits_decide_what_is_found_and_the_rest_whether_it_is_verbatim() -> None:
    score = score_parse(RIGHT, changed(items=[{**RIGHT["items"][0], "text": "bygge – skoler."}, *RIGHT["items"][1:]]))
    assert (score.items.f1, score.verbatim) == (1, 0.75)


def test_what_is_optional_is_not_asked_for_nor_held_against_a_parse() -> None:
    asked = changed(
        items=[*RIGHT["items"], item("i5", "Lese", optional=True)],
        sections=[*RIGHT["sections"], section("s3", "Forord", optional=True)],
        optional_headings=["Innhold"],
    )
    more = changed(items=asked["items"], sections=[*asked["sections"], section("s4", "Innhold")])
    for found in (RIGHT, more):
        assert score_parse(asked, found).edits == 0


def test_any_fair_answer_is_right() -> None:
    asked = changed(
        sections=[
            section("s1", "Skole", title_variants=["Skole!!1"]),
            section("s2", "Leirskole", "s1", acceptable_parents=[""]),
        ],
        items=[item("i1", "Bygge", text_variants=["Å bygge"], acceptable_lead_ins=[""], acceptable_sections=["s2"])],
    )
    found = changed(
        sections=[section("s1", "Skole 1"), section("s2", "Leirskole")], items=[item("i1", "Å bygge", "", "s2")]
    )
    score = score_parse(asked, found)
    assert (score.items.f1, score.lead_in, score.placed, score.verbatim, score.edits) == (1, 1, 1, 1, 0)


def test_details_are_compared_without_case_and_kind_of_dash() -> None:
    gold = {"title": "Fjord – for alle", "party": None, "status": ["adopted", None]}
    assert details_wrong(gold, {"title": "FJORD - FOR ALLE."}) == ()
    assert details_wrong(gold, {"title": "Fjord", "party": "FJORD", "status": "proposal"}) == (
        "title",
        "party",
        "status",
    )


@needs_shared
@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name)
def test_the_scorer_beside_the_annotations_says_the_same(path: Path, theirs: ModuleType) -> None:
    gold = json.loads(path.read_text("utf-8"))
    for seed in SEEDS:
        damaged = _damaged(gold, random.Random(seed))
        score = score_parse(gold, damaged)
        figures, misses = theirs.score(gold, damaged)
        assert (score.items.asked, score.items.found, score.items.hits) == _counts(figures["items"])
        assert (score.sections.asked, score.sections.found, score.sections.hits) == _counts(figures["sections"])
        for name in ("verbatim", "placed", "lead_in", "kind", "nested", "levels", "edits", "decisions"):
            assert getattr(score, name) == pytest.approx(figures[name]), name
        assert list(score.details_wrong) == figures["meta_wrong"]
        assert score.items.f1 == pytest.approx(figures["items"]["f1"])
        assert [*score.misses.items_missed, *score.misses.items_extra] == [*misses["missed"], *misses["extra"]]


@pytest.fixture(scope="module")
def theirs() -> ModuleType:
    spec = spec_from_file_location("score_parse", SHARED / "tools" / "score_parse.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _counts(found: dict[str, Any]) -> tuple[int, int, int]:
    return found["gold"], found["parsed"], found["hits"]


def _damaged(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a parse that is wrong in each way that counts."""
    parse = deepcopy(
        {"source": gold["source"], "meta": gold.get("meta") or {}, **{k: gold[k] for k in ("sections", "items")}}
    )
    for one in parse["items"]:
        if chance.random() < 0.1:
            one["lead_in"] = "Vi vil:"
        if chance.random() < 0.1:
            one["section"] = parse["sections"][0]["id"]
        if chance.random() < 0.1:
            one["parent"] = parse["items"][0]["id"]
        if chance.random() < 0.1:
            one["text"] += chance.choice([".", " og mer"])
    for one in parse["sections"]:
        if chance.random() < 0.1:
            one["parent"] = None
        if chance.random() < 0.1:
            one["title"] += chance.choice([" ", " igjen"])
    parse["items"] = [one for one in parse["items"] if chance.random() > 0.1]
    parse["sections"] = [one for one in parse["sections"] if chance.random() > 0.1]
    parse["meta"] = {name: value[0] if isinstance(value, list) else value for name, value in parse["meta"].items()}
    if parse["meta"] and chance.random() < 0.5:
        parse["meta"]["level"] = "national"
    return parse
