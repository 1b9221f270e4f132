"""How queries are understood: tables of a query, what is read as a filter, and the words that remain to be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from programmes.register_files import PARTIES, read_rows
from programmes.search.filters import Filters
from programmes.search.grammar import parse
from programmes.search.query import Clause, FieldValue, Phrase
from programmes.search.understanding import Chapter, Names, PartyNames, Period, frames, relaxations, understand
from programmes.search.understanding.opposition import is_opposition

CASES = Path(__file__).parent / "cases"


def rows(file):
    lines = (CASES / file).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


QUESTIONS = rows("questions.tsv")
NAMED = rows("names.tsv")


def chapter(party, place, label, *counties):
    slug = place.lower().replace("æ", "ae")
    return Chapter(f"{party}/{slug}", party, label, ((slug, place), *((name.lower(), name) for name in counties)))


@pytest.fixture(scope="module")
def names():
    parties = [
        PartyNames(
            row["slug"], row["code"], row["nb"], (row.get("short", ""), row["nb"], row["nn"], *row.get("also", ()))
        )
        for row in read_rows([PARTIES])["party"]
    ]
    chapters = [
        chapter("arbeiderpartiet", "Hamar", "Hamar Arbeiderparti", "Hedmark", "Innlandet"),
        chapter("arbeiderpartiet", "Bærum", "Bærum Arbeiderparti", "Viken", "Akershus"),
        chapter("venstre", "Ski", "Ski Venstre", "Akershus"),
    ]
    return Names(parties, chapters, [Period(2019, 2023), Period(2023, 2027), Period(2025, 2029)])


def read(query, names):
    """Return the readings and the remaining words of a query as the tables write them."""
    understood = understand(parse(query), Filters(), names)
    found = [(reading, "-" if reading.typed.startswith("-") else "") for reading in understood.readings]
    found += [(reading, "?") for reading in understood.offered]
    readings = [f"{sign}{each.kind}:{','.join(each.values)}" for each, sign in found if each.kind != "dropped"]
    return " ".join(sorted(readings)), " ".join(map(written, understood.query.clauses))


def written(clause: Clause) -> str:
    if is_opposition(clause):
        return "AGAINST"
    words = (f'"{atom.typed}"' if isinstance(atom, Phrase) else atom.typed for atom in clause.atoms)
    return "-" * clause.negative + "|".join(words)


@pytest.mark.parametrize(("query", "readings", "words"), QUESTIONS, ids=lambda value: value)
def test_the_frame_of_a_question_is_left_out(query, readings, words, names):
    assert read(query, names) == (" ".join(sorted(readings.split())), words)


@pytest.mark.parametrize(("query", "readings", "words"), NAMED, ids=lambda value: value)
def test_names_become_filters(query, readings, words, names):
    assert read(query, names) == (" ".join(sorted(readings.split())), words)


def test_readings_go_into_the_filters(names):
    understood = understand(parse("Hamar Ap 2023 sykkel -sv"), Filters(year=("2019",)), names)
    assert understood.filters == Filters(branch=("arbeiderpartiet/hamar",), year=("2019", "2023"))
    assert understood.query.fields == (FieldValue("party", "sv", True, "-sv"),)


@pytest.mark.parametrize("row", range(len(frames.ROWS)), ids=lambda row: frames.ROWS[row]["pattern"])
def test_every_shape_of_a_question_earns_its_place(row, names, monkeypatch):
    left = [each for at, each in enumerate(frames.ROWS) if at != row]
    monkeypatch.setattr(frames, "OPENINGS", frames.openings(left))
    monkeypatch.setattr(frames, "PHRASES", frames.phrases(left))
    cases = (*QUESTIONS, *NAMED)
    assert any(read(query, names) != (" ".join(sorted(readings.split())), words) for query, readings, words in cases)


@pytest.mark.parametrize(
    ("query", "undone"),
    [
        ("frp bompenger", ["ord:frp bompenger"]),
        ("sykkel Hamar Ap", ["sykkel ord:Hamar ord:Ap"]),
        ("hva mener Frp om ulv?", ["hva mener ord:Frp om ulv?", "ord:hva ord:mener Frp ord:om ulv?"]),
        ("skatt -frp", ["skatt -ord:frp"]),
    ],
)
def test_what_was_read_can_be_undone(query, undone, names):
    readings = understand(parse(query), Filters(), names).readings
    assert [reading.undone for reading in readings] == undone
    for again in undone:
        assert len(understand(parse(again), Filters(), names).readings) == len(readings) - 1


def test_the_words_left_out_are_told_as_they_stood(names):
    (dropped,) = (
        each for each in understand(parse("hva mener Frp om ulv"), Filters(), names).readings if each.kind == "dropped"
    )
    assert (dropped.label, dropped.values) == ("hva mener … om", ("hva", "mener", "om"))


def test_what_is_offered_asks_for_the_party(names):
    (offered,) = understand(parse("Rødt"), Filters(), names).offered
    assert (offered.label, offered.undone) == ("Rødt", "parti:rodt")


def counted(**counts):
    return lambda clause: counts.get(clause.atoms[0].forms[0], 0)


@pytest.mark.parametrize(
    ("query", "counts", "smaller"),
    [
        (
            "vindkraft verneområde bygge",
            {"vindkraft": 30, "verneområde": 5, "bygge": 90},
            ["bygge", "vindkraft", "vindkraft bygge"],
        ),
        ("gratis tannlege", {"gratis": 40, "tannlege": 60}, ["gratis"]),
        ("røyke parken", {"røyke": 3, "parken": 33}, ["parken"]),
        ("dyrere strøm", {"dyrere": 20, "strøm": 30}, ["dyrere"]),
        ("sykkel og buss", {"sykkel": 5, "buss": 9}, ["og", "og buss"]),
        ("forby golfbane", {"forby": 20}, []),
        ("skole golfbane", {"skole": 20}, ["golfbane"]),
        ("ikke vindkraft havvind", {"vindkraft": 30, "havvind": 9}, ["vindkraft"]),
        ('"gratis skole" mat', {"mat": 4}, ["mat"]),
        ("2 prosent forsvar", {"forsvar": 4}, []),
        ("mot vindkraft", {"vindkraft": 4}, ["mot"]),
        ("mot vindkraft verneområde", {"vindkraft": 30, "verneområde": 5}, ["vindkraft", "mot vindkraft"]),
        ("skatt -formue arv", {"skatt": 30, "arv": 5}, ["skatt"]),
    ],
)
def test_fewer_words_are_asked_for_the_commonest_left_out_first(query, counts, smaller, names):
    understood = understand(parse(query), Filters(), names).query
    assert [" ".join(left_out) for _query, left_out in relaxations(understood, counted(**counts))] == smaller
