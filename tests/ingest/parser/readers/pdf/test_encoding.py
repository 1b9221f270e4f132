"""Ligatures that a broken encoding hides: sound text stays as it is, case by case."""

from __future__ import annotations

import pytest

from ingest.parser.readers.pdf.encoding import repair
from ingest.parser.readers.pdf.glyphs import Face
from ingest.parser.readers.pdf.spans import FaceRun, Span

FACE = Face("Fjord", "Fjord", False, False)
OTHER = Face("Bygd", "Bygd", False, False)

SOUND = (
    "Vi vil (om nødvendig) bygge ut eID og gi støtte til LHBT+-miljøet i Nordvika",
    "TikTok, YouTube og McDonald's er ikke skolens ansvar (se kapittel 3)",
    "og/eller 50% av m2-prisen, CO2-fangst og H2O",
    "innbyggerne.for pasienter",
    "Vi prioriterer: (1) skole, (2) helse og (3) natur",
)

BROKEN = (
    # what the file holds, what it says
    ("eWektiv oWentlig sektor, treWe tiltak, stoWet", "effektiv offentlig sektor, treffe tiltak, stoffet"),
    ("poli)kk som bidrar )l fram)d og sam)dig nasjon", "politikk som bidrar til framtid og samtidig nasjon"),
    ("kra>ig bedri>er avgi>er ly>e", "kraftig bedrifter avgifter lyfte"),
)


def span(text: str, face: Face = FACE) -> Span:
    return Span([FaceRun(text, face, 10, "", "")], 0, 100, 50, 10)


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text: str):
    spans = [span(text) for _ in range(5)]
    assert repair(spans) == 0
    assert {one.text for one in spans} == {text}


@pytest.mark.parametrize(("damaged", "mended"), BROKEN)
def test_the_words_tell_what_a_sign_hides(damaged: str, mended: str):
    one = span(damaged)
    repair([one])
    assert one.text == mended


def test_a_sign_is_broken_in_one_font_and_sound_in_another():
    broken, sound = span("eWektiv oWentlig sektor, treWe tiltak, stoWet"), span("World Wide Web (WWW) er nyttig", OTHER)
    repair([broken, sound])
    assert (broken.text, sound.text) == (BROKEN[0][1], "World Wide Web (WWW) er nyttig")


def test_a_closing_bracket_stays_one_where_another_closes_a_word():
    one = span("poli)kk (for alle) som bidrar )l fram)d og sam)dig")
    repair([one])
    assert one.text == "politikk (for alle) som bidrar til framtid og samtidig"


def test_two_cases_in_a_font_that_is_else_sound_prove_nothing():
    one = span("eWektiv oWentlig")
    assert (repair([one]), one.text) == (0, "eWektiv oWentlig")
