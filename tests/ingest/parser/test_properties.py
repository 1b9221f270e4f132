"""Nothing is lost, whatever the text: over generated programmes and over every file there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parser.document import Item, ParsedProgramme
from ingest.parser.parse import interpret, parse
from tests.ingest.parser.reading import raw
from tests.ingest.parser.sketches import document
from tests.paths import SAMPLES, SHARED
from tests.work import calls

REAL = SHARED / "programmes"
TEXTS = sorted([*REAL.glob("*.txt"), *SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md"), *SAMPLES.glob("*.html")])

_WORDS = (
    "skole barn øke styrke Nordvika fjorden vil skal av og å 2030 10. 1) a) – • o - § 3.2 Foto: «nå» helse- ﬁn \u00ad "
    "\u200b \u2000 : ? ! . Del 2 Innhold 12 Spørsmål: Fjordpartiet"
)
WORDS = st.sampled_from(_WORDS.split(" "))
LINES = st.one_of(
    st.just(""),
    st.lists(WORDS, min_size=1, max_size=14).map(" ".join),
    st.sampled_from(
        [
            "Bygdelista vil:",
            "Folkets By vil",
            "Spørsmål:",
            "• styrke skolen",
            "  o med flere lærere",
            "1. bygge veier",
            "2. Helse",
            "a) verne myr",
            "Del 1: Oppvekst",
            " Skole og helse",
            "*Les mer om skole i kapittelet Barn",
            "14 Bygdelista",
            "\f",
        ]
    ),
)
PROGRAMMES = st.lists(LINES, min_size=1, max_size=40).map("\n".join).filter(str.strip)


def check(programme: ParsedProgramme) -> None:
    """Assert what holds for every parse."""
    coverage = programme.coverage
    assert coverage.unassigned == 0
    assert coverage.characters == (
        coverage.sections + coverage.prose + coverage.lead_ins + coverage.items + coverage.furniture
    )
    sections = {section.id: section for section in programme.sections}
    assert len(sections) == len(programme.sections)
    seen: dict[str, Item] = {}
    for entry in programme.entries:
        assert entry.id not in seen
        assert entry.section in sections
        assert entry.text == " ".join(entry.text.split())
        assert (entry.place.page_first, entry.place.line_first) <= (entry.place.page_last, entry.place.line_last)
        if isinstance(entry, Item):
            assert entry.parent is None or entry.parent in seen
            seen[entry.id] = entry
    levels = {None: 0}
    for section in programme.sections:
        assert section.level == (0 if not section.title else levels[section.parent] + 1)
        levels[section.id] = section.level


@settings(max_examples=300)
@given(PROGRAMMES)
def test_nothing_is_lost_of_a_generated_programme(text: str) -> None:
    check(interpret(document(text)))


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400).filter(str.strip))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    check(interpret(document(text.replace("{", "("))))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_is_lost_of_a_file(path: Path) -> None:
    check(parse(path))


@pytest.mark.parametrize("path", sorted(REAL.glob("*.pdf")), ids=lambda path: path.name)
def test_nothing_is_lost_of_a_pdf(path: Path) -> None:
    programme = interpret(raw(path))
    check(programme)
    middle = programme.source.pages // 2
    pages = range(middle, middle + 3)
    excerpt = interpret(raw(path), pages)
    assert excerpt.coverage.unassigned == 0
    assert {item.text for item in excerpt.items} <= {item.text for item in programme.items}


def test_ten_times_the_text_is_ten_times_the_work() -> None:
    text = (SAMPLES / "elvebyen-folkets-by-2023-2027.txt").read_bytes()
    parse(text)  # loads what is loaded once
    assert calls(lambda: parse(text * 40, "x.txt")) < 10.5 * calls(lambda: parse(text * 4, "x.txt"))
