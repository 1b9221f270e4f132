"""Names of the same thing, and what a wider word takes in."""

from collections import Counter

import pytest

from programmes.norwegian.compounds import split
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.synonyms import TABLE, Narrower, key, narrower, rows, same

SOURCES = {"Los", "themes", "official", "own"}
LETTERS = 6
"""Acronyms and short loan words are in no dictionary."""
NEW_WORDS = frozenset(
    """
    uttransportering ureturnerbar trafficking deepfake behandlingskø sæddonor lønnsgap startup rovvilt dropout
    matmoms biehold u-hjelp bufetat vassdrags integrerings særalder gigøkonomi nedsalg småkraft blåresept ungdomsran
    p-avgift antipersonellmine våtorganisk nødlager barneran alderisme artstap avbyråkratiserings barneverns
    brystkreftscreening bøndenes chromebook distrikts dopsalg e-avfall e-konsultasjon e-læring e-resept eksamensfusk
    elbilmoms encefalopati energimiks glyfosat gruveslam hyblifisering junkfood kystsel lisensrunde lockdown
    matkjedenes matombringing middagsombringing myalgisk myrvern nedstenging nettonull nevrodivergens
    nevroutviklingsforstyrrelse nofence nullmoms nødprevensjon odontofobi palliasjon pasienters pollinator privatjet
    rastunnel rasutsatt rekommunalisering roundup rødlistet screening seljakt skattely statped streknings tannbøyle
    tarmkreftscreening trisomi utryddingstruet yrkesorganisasjonenes blockchain bokmoms chatgpt digitaliserings
    e-tjenesten frontex kjønnsinkongruens kunstneres lengeværende norfund nødstrøm nødvann nødvarsel nødvarsling
    polordning ransomware regularisering toprosentmål trandum årsgrense årskrav årsregel énprosentmål øvelokale
    """.split()  # noqa: SIM905 - words read best as words
)
"""Words of newspapers that no dictionary has, and that no rule takes apart."""


def test_every_row_names_several_things_and_its_source() -> None:
    assert len(rows()) >= 1700
    assert {row.source for row in rows()} == SOURCES
    assert [row for row in rows() if len(row.names) < 2 or not all(name.forms for name in row.names)] == []
    assert [wide for wide, narrow in TABLE["wider"] if not narrow] == []


def test_no_row_repeats_what_inflection_and_nynorsk_know() -> None:
    keys = [[key(name.forms) for name in row.names] for row in rows()]
    assert [row for row in keys if len(set(row)) < len(row)] == []


def test_no_name_stands_in_two_rows() -> None:
    counts = Counter(key(name.forms) for row in rows() for name in row.names)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_name_is_made_of_words() -> None:
    forms = {form for row in rows() for name in row.names for form in name.forms}
    unknown = {form for form in forms if len(form) > LETTERS and not is_word(form) and len(split(form)) == 1}
    assert unknown <= NEW_WORDS


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("sykehjem", "aldershjem"),
        ("sjukeheimane", "aldershjem"),  # in any form
        ("ki", "kunstig intelligens"),
        ("kunstig intelligens", "ki"),
        ("tannlegen", "tannhelse"),
        ("veiavgift", "bompenger"),
        ("oljefondet", "statens pensjonsfond utland"),
        ("nikab", "burka"),
    ],
)
def test_other_names_of_the_same(asked: str, name: str) -> None:
    assert tuple(name.split()) in {other.forms for other in same(tuple(asked.split()))}


def test_a_name_in_quotes_is_meant_as_written() -> None:
    assert [name.as_written for name in same(("fou",))] == [True]


def test_a_wider_word_takes_in_but_is_not_taken_in() -> None:
    assert Narrower(("buss",), in_compounds=False) in narrower(("kollektivtransport",))
    assert Narrower(("buss",), in_compounds=True) in narrower(("kollektivtransport",))
    assert narrower(("buss",)) == same(("buss",)) == ()


def test_another_name_takes_in_the_same() -> None:
    assert set(narrower(("kollektivtrafikk",))) == set(narrower(("kollektivtransport",)))
