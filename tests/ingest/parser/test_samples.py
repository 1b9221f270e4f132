"""The parser on the sample programmes, whose expected parses come from the sources that they were set from."""

from __future__ import annotations

import json
from functools import cache

import pytest

from ingest.parser.as_json import as_dict
from ingest.parser.parse import parse
from tests.paths import SAMPLES
from tools.quality.scoring import Score, score_parse

FLOORS = {
    # file: items F1, sections F1
    "elvebyen-folkets-by-2023-2027.txt": (1.0, 1.0),
    "granvoll-grenda-forst-2023-2027.txt": (1.0, 1.0),
    "nordvika-bygdelista-2023-2027.txt": (1.0, 1.0),
    "gamlevik-bygdelista-2015-2019.txt": (1.0, 1.0),
    "ny-dag-innspill-2023.txt": (1.0, 1.0),
    "ny-dag-uttalelse-2023.txt": (1.0, 1.0),
    "storfjell-fjordparti-2019-2023.txt": (1.0, 1.0),
    "nordvika-folkets-by-2023-2027.md": (1.0, 1.0),
    "fjordpartiet-2025-2029.pdf": (0.97, 0.95),
    "folkets-by-2025-2029.pdf": (0.97, 0.95),
    "havsund-fjordparti-2023-2027.pdf": (0.97, 0.95),
    "storfjell-fjordparti-2023-2027.pdf": (0.97, 0.95),
    "tverrdal-bygdelista-2023-2027.pdf": (0.97, 0.95),
    "elvebyen-ny-dag-2023-2027.html": (0.97, 0.95),
    "innfjord-bygdelista-2023-2027.docx": (0.97, 0.95),
}
"""What the parse of each sample must reach; the samples' layouts stand in fixtures/README.md."""
KNOWN_GAPS: dict[tuple[str, str], str] = {}
"""What the parser does not do yet; a gap that is closed fails here until its line is taken away."""


def samples(test: str) -> list:
    """Return the samples as parameters of a test, with its known gaps marked."""
    return [
        pytest.param(
            name,
            marks=[pytest.mark.xfail(strict=True, reason=reason)] if (reason := KNOWN_GAPS.get((test, name))) else [],
        )
        for name in FLOORS
    ]


@cache
def score_of(name: str) -> Score:
    expected = json.loads((SAMPLES / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return score_parse(expected, as_dict(parse(SAMPLES / name)))


def test_every_sample_has_its_floors():
    assert set(FLOORS) == {path.stem for path in (SAMPLES / "expected").iterdir()}


@pytest.mark.parametrize("name", samples("test_sample_is_found"))
def test_sample_is_found(name: str):
    items, sections = FLOORS[name]
    score = score_of(name)
    assert score.items.f1 >= items, score.misses.lines()[:10]
    assert score.sections.f1 >= sections, score.misses.lines()[:10]


@pytest.mark.parametrize("name", samples("test_what_is_found_stands_where_it_should"))
def test_what_is_found_stands_where_it_should(name: str):
    score = score_of(name)
    assert min(score.verbatim, score.placed, score.lead_in, score.nested, score.levels) >= 0.97, score
