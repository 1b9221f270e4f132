"""Where an article quotes or claims: every kind of mark, dashes, block quotes, lists, and `X vil …`."""

import pytest

from programmes.norwegian.tokens import tokens
from programmes.quotes.finding import find_quotations
from programmes.quotes.naming import PartyNamed, years_in
from programmes.quotes.quotation import Form


def found(text: str, *names: str) -> list[tuple[Form, str]]:
    """Return what is found in a text in which some words name parties."""
    parties = [PartyNamed("x", name, at, at + len(name)) for name in names for at in places_of(name, text)]
    in_order = sorted(parties, key=lambda each: each.start)
    return [(each.form, each.text) for each in find_quotations(text, list(tokens(text)), in_order)]


def places_of(name: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


@pytest.mark.parametrize(("opening", "closing"), ["«»", "»«", "“”", "„“", "””", '""', "‘’", "‹›", "''"])
def test_every_kind_of_quotation_marks(opening: str, closing: str) -> None:
    text = f"Lista lover {opening}å bygge ny brygge{closing} før valget."
    assert found(text) == [(Form.MARKED, "å bygge ny brygge")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("– Bygge ny brygge, leser rektor fra programmet.", [(Form.DASH, "Bygge ny brygge")]),
        ("– Bygge ny brygge. Det skrev Lista i fjor.", [(Form.DASH, "Bygge ny brygge")]),
        ("Lista skriver:\n\n> Bygge ny brygge\n> i fjorden.\n\nSlutt.", [(Form.BLOCK, "Bygge ny brygge\ni fjorden.")]),
        ("Lista vil:\n• bygge brygge\n• male skolen\n", [(Form.BLOCK, "bygge brygge"), (Form.BLOCK, "male skolen")]),
        ("– at alle får ny brygge, leser rektor.", [(Form.DASH, "at alle får ny brygge")]),
        ("Nytt i dag:\nLista vil bygge ny brygge.", [(Form.CLAIM, "bygge ny brygge")]),
        ("– Bygge\nny brygge. Male skolen, leser hun.\n– Ja, sier han.", [(Form.DASH, "Bygge\nny brygge")]),
        ("Ordføreren er klar: – Bygge ny brygge, leser han.", [(Form.DASH, "Bygge ny brygge")]),
        ("I programmet heter det:\n\nBygge ny brygge.\n\nSå det så.", [(Form.DASH, "Bygge ny brygge.")]),
        ("Lista vil bygge ny brygge, skriver avisa.", [(Form.CLAIM, "bygge ny brygge")]),
        ("Lista vil bygge ny brygge, også etter kuttene.", [(Form.CLAIM, "bygge ny brygge")]),
        ("Nå vil Lista bygge ny brygge.", [(Form.CLAIM, "bygge ny brygge")]),
        ("Lista har lovet en ny brygge til alle.", [(Form.CLAIM, "en ny brygge til alle")]),
        ("– Lista lover å bygge ny brygge, sa ordføreren.", [(Form.CLAIM, "bygge ny brygge")]),
        ("Lista vil «bygge ny brygge».", [(Form.MARKED, "bygge ny brygge")]),
        ("Lista har hatt årsmøte. Partiet vil bygge ny brygge.", [(Form.CLAIM, "bygge ny brygge")]),
        ("Bygge ny brygge i fjorden", [(Form.WHOLE, "Bygge ny brygge i fjorden")]),
        ("Det ble «ulvesone» av det.", [(Form.WHOLE, "Det ble «ulvesone» av det.")]),
    ],
)
def test_what_is_quoted_or_claimed(text: str, expected: list[tuple[Form, str]]) -> None:
    assert found(text, "Lista") == expected


def test_two_parties_in_a_sentence_are_two_claims() -> None:
    text = "Lista vil male skolen, og Laget vil bygge ny brygge."
    assert found(text, "Lista", "Laget") == [(Form.CLAIM, "male skolen"), (Form.CLAIM, "bygge ny brygge")]


def test_a_mark_that_nobody_closed_quotes_nothing() -> None:
    assert found("Lista sa «bygge ny brygge og gikk.", "Lista") == [(Form.WHOLE, "Lista sa «bygge ny brygge og gikk.")]


def test_apostrophes_are_no_marks() -> None:
    assert found("Listas ’nye’ brygge og EU's regler, o'hoi.")[0][0] is Form.WHOLE


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("programmet for 2021–2025", [(2021, 2025)]),
        ("perioden 2023-27", [(2023, 2027)]),
        ("i 2019 lovet de", [(2019, None)]),
        ("12 2000 kroner og 1,2019", [(2000, None)]),
    ],
)
def test_years_are_read(text: str, years: list[tuple[int, int | None]]) -> None:
    assert [(each.first, each.last) for each in years_in(text)] == years
