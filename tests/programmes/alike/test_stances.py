"""Which way sentences take what they name."""

from __future__ import annotations

import pytest

from programmes.alike.stances import stances
from programmes.norwegian.tokens import tokens

SENTENCES = [
    ("Bevare skøytebanen.", "+skøytebanen"),
    ("Avvikle skøytebanen.", "-skøytebanen"),
    ("Ikke avvikle skøytebanen.", "+skøytebanen"),
    ("At skøytebanen skal avvikles.", "-skøytebanen"),
    ("At skøytebanen ikke skal avvikles.", "+skøytebanen"),
    ("Hindre at skøytebanen legges ned.", "+skøytebanen"),
    ("Innføre forbud mot fyrverkeri.", "-fyrverkeri"),
    ("Oppheve forbudet mot fyrverkeri.", "+fyrverkeri"),
    ("Arbeide mot innføring av køprising.", "-køprising"),
    ("Si nei til å innføre køprising.", "-køprising"),
    ("Melde bygda vår ut av havnesamarbeidet.", "-havnesamarbeidet"),
    ("Bygge ut småkraft fremfor vindmøller.", "+småkraft -vindmøller"),
    ("Fjerne torgavgiften og styrke kulturskolen.", "-torgavgiften +kulturskolen"),
    ("Fjerne torgavgiften for å styrke kulturskolen.", "-torgavgiften +kulturskolen"),
    ("Leggja ned småskulane.", "-småskulane"),
    ("Vurdere å avvikle skyssordningen.", "-skyssordningen"),
    ("Støtte bønder som mister avlingen.", "+bønder 0avlingen"),
    ("Drift uten profitt i barnehagene.", "+drift -profitt"),
    ("Tiltak rettet mot studenter.", "+studenter"),
    ("Søndagsåpne butikker skal være forbudt.", "-butikker"),
    ("Gjøre sidemål valgfritt.", "-sidemål"),
    ("SFO skal være et frivillig tilbud.", "+sfo"),
    ("Kontantstøtten må bort.", "-kontantstøtten"),
    ("Utbyggingen av vindkraft må stanse.", "-vindkraft"),
    ("At eldre skal slippe egenandel.", "-egenandel"),
    ("Unnta elbiler fra bompenger.", "+elbiler -bompenger"),
    ("Erstatte foretaksmodellen med direkte styring.", "-foretaksmodellen +styring"),
    ("Avvikle ordningen som gir kommunene eiendomsskatt.", "-eiendomsskatt"),
    ("Fjerne taket på oljepenger.", "-taket +oljepenger"),
    ("Hindre at tjenester settes ut på anbud.", "+tjenester -anbud"),
    ("Styrke kulturvernet, hyttefelt skal forbys.", "+kulturvernet -hyttefelt"),
    ("Trehus, naust og låver skal ikke rives.", "+trehus +naust +låver"),
    ("Legge til rette for kortere dager med arbeidstidsreduksjon og full lønn.", "+lønn"),
    ("Fjerne unødvendig rapportering.", "-rapportering"),
    ("Motvirke uønsket deltid.", "-deltid"),
    ("Styrke det forebyggende arbeidet i ungdomsklubbene.", "+arbeidet"),
    ("Legge bedre til rette for gående.", "+gående"),
]
"""A sentence, and some of its words with + for what it is for, - for what it is against, 0 for neither."""


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentences(sentence: str, expected: str) -> None:
    words = list(tokens(sentence))
    signs = {word.form: stance.sign for word, stance in zip(words, stances(sentence, words), strict=True)}
    wanted = [(each[1:], each[0]) for each in expected.split()]
    assert [(word, "+" if signs[word] > 0 else "-" if signs[word] < 0 else "0") for word, _sign in wanted] == wanted


def test_a_compound_can_be_against_what_is_within_it() -> None:
    words = list(tokens("Gjøre sentrum bilfritt."))
    free = stances("Gjøre sentrum bilfritt.", words)[-1]
    assert (free.sign, free.of_parts) == (1, -1)


def test_a_direction_fades_with_each_preposition() -> None:
    sentence = "Redusere køen til kurs for voksne."
    words = list(tokens(sentence))
    signs = {word.form: stance.sign for word, stance in zip(words, stances(sentence, words), strict=True)}
    assert [signs[form] for form in ("køen", "kurs", "voksne")] == [-1, -0.5, -0.25]


def test_the_rest_of_a_verb_of_several_words_says_nothing_alone() -> None:
    words = list(tokens("Legge bedre til rette for båtliv."))
    rests = [
        word.form
        for word, stance in zip(words, stances("Legge bedre til rette for båtliv.", words), strict=True)
        if stance.is_rest
    ]
    assert rests == ["til", "rette"]


def test_what_is_to_be_looked_into_is_not_promised() -> None:
    words = list(tokens("Utrede gratis skolemat."))
    assert [stance.is_studied for stance in stances("Utrede gratis skolemat.", words)][1:] == [True, True]
