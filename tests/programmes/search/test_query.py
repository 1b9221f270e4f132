"""The query grammar: what each form is read as, and the sentence that explains each mistake."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.search.grammar import parse
from programmes.search.problems import explained
from programmes.search.query import Clause, FieldValue, Heading, Phrase, Prefix, Word

TWO_PER_CENT = (("2%", "2 prosent"), ("av", "av"), ("bnp", "BNP"))


def word(text):
    return Word((text,), text)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("skole lege", [Clause((word("skole"),)), Clause((word("lege"),))]),
        ('"gratis skole"', [Clause((Phrase(("gratis", "skole"), "gratis skole"),))]),
        ("skole -gratis", [Clause((word("skole"),)), Clause((word("gratis"),), negative=True)]),
        ("buss OR tog", [Clause((word("buss"), word("tog")))]),
        ("barnehage*", [Clause((Prefix("barnehage", "barnehage*"),))]),
        ("kapittel:helse", [Clause((Heading(("helse",), "kapittel:helse"),))]),
        ("40 % kutt", [Clause((Word(("40%",), "40 %"),)), Clause((word("kutt"),))]),
        ("2 prosent av BNP", [Clause((Word((form,), typed),)) for form, typed in TWO_PER_CENT]),
        ("50 000 kroner", [Clause((Word(("50000",), "50 000"),)), Clause((word("kroner"),))]),
        ("bygge E 18 2030", [Clause((word("bygge"),)), Clause((Word(("e18",), "E 18"),)), Clause((word("2030"),))]),
        ("§ 112", [Clause((Word(("§112",), "§ 112"),))]),
        ("e-helse", [Clause((Word(("e-helse",), "e-helse"),))]),
        ("EU’s", [Clause((Word(("eu",), "EU's"),))]),
        (unicodedata.normalize("NFD", "på"), [Clause((word("på"),))]),
        ("EU-regler", [Clause((Word(("eu", "regler"), "EU-regler"),))]),
        ("buss ELLER tog", [Clause((word("buss"), word("tog")))]),
        ("buss eller tog", [Clause((word("buss"), word("tog")))]),
        ("mer eller mindre", [Clause((word("mer"),)), Clause((word("eller"),)), Clause((word("mindre"),))]),
        ("skole OG lege", [Clause((word("skole"),)), Clause((word("lege"),))]),
        ("skole IKKE gratis", [Clause((word("skole"),)), Clause((word("gratis"),), negative=True)]),
        ("IKKE GRATIS", [Clause((Word(("ikke",), "IKKE"),)), Clause((Word(("gratis",), "GRATIS"),))]),
        ("skole NOT gratis", [Clause((word("skole"),)), Clause((word("gratis"),), negative=True)]),
        ("(buss OR tog) gratis", [Clause((word("buss"), word("tog"))), Clause((word("gratis"),))]),
        ("buss OR (tog ferje)", [Clause((word("buss"), word("tog"))), Clause((word("buss"), word("ferje")))]),
        (
            "-(buss OR tog) ferje",
            [*(Clause((word(w),), negative=True) for w in ("buss", "tog")), Clause((word("ferje"),))],
        ),
        ("skole(r)", [Clause((Word(("skole", "r"), "skole(r)"),))]),
        ("ord:skole", [Clause((word("skole"),))]),
        ("skole?", [Clause((word("skole"),))]),
        ("   ", []),
    ],
)
def test_what_a_query_is_read_as(text, clauses):
    parsed = parse(text)
    assert list(parsed.clauses) == clauses
    assert parsed.problems == ()


def test_fields_are_kept_apart_from_words():
    parsed = parse('skole parti:sv -lag:"nordvika kommune" år:2023')
    assert parsed.fields == (
        FieldValue("party", "sv", False, "parti:sv"),
        FieldValue("branch", "nordvika kommune", True, '-lag:"nordvika kommune"'),
        FieldValue("year", "2023", False, "år:2023"),
    )
    assert [clause.atoms for clause in parsed.clauses] == [(word("skole"),)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"gratis skole', "anførselstegn"),
        ("OR skole", "OR må stå"),
        ("skole OR", "OR må stå"),
        ("skole OR -lege", "minus"),
        ("skole OR parti:sv", "filter"),
        ("partiet:sv skole", "ikke et felt"),
        ("parti:", "mangler noe etter"),
        ("b*", "minst 2 bokstaver"),
        ("b*rn skole", "bare stå sist"),
        ("-skole", "ikke skal være med"),
        ("AND skole", "AND må stå"),
        ("skole NOT", "etter NOT"),
        ("buss AND tog OR ferje", "binder sterkere"),
        ("(buss tog", "ikke lukket"),
        ("buss) tog", "uten å være åpnet"),
        ("vei -(buss tog)", "foran hvert ord"),
        ("((((((buss))))))", "inni hverandre"),
        ("x" * 501, "lengre enn 500"),
        ("§", "«§» har ingen ord"),
        ("?! …", "har ingen ord"),
    ],
)
def test_a_mistake_is_explained(text, says):
    assert any(says in explained(problem) for problem in parse(text).problems), parse(text)


@given(st.text(alphabet=st.sampled_from('abæ "-*:OR()partisk2023«»\x00'), max_size=60))
def test_no_text_breaks_the_parser(text):
    parsed = parse(text)
    assert all(explained(problem).endswith(".") for problem in parsed.problems)
