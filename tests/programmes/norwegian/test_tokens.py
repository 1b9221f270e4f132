"""Characters: what a text's words are compared as, whatever signs they are written in, and where they stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.norwegian.characters import plain, unaccented
from programmes.norwegian.tokens import SPACED, asked, normal, tokens

FORMS = [
    ("SFO/AKS-tilbud", "sfo aks tilbud"),
    ("vil ikke i by", "vil ikke i by"),
    ("f.eks. muséer", "feks muséer"),
    ("H og V i EU", "h og v i eu"),
    ("", ""),
    # signs that look alike
    (unicodedata.normalize("NFD", "på øya Ås, idéen"), "på øya ås idéen"),
    ("ﬁskeriﬂåten ﬀ", "fiskeriflåten ff"),
    ("CO₂-avgift og CO²", "co2 avgift og co2"),
    ("100 m² og 3 km²", "100 m2 og 3 km2"),
    ("㎡", "m2"),
    ("flere skoler² og lærere¹²", "flere skoler og lærere"),
    ("barne\u00adhage, sko\u200ble, \ufeffbuss, vei\u2060er, \u202dtog\u202c", "barnehage skole buss veier tog"),
    ("SFO\u2011tilbud og EU\u2010regler", "sfo tilbud og eu regler"),
    ("ＡＰ", "ap"),
    ("2½ år", "2½ år"),
    ("café¨", "café"),
    # genitives
    ("EU's NRK’s EU´s Høyre`s", "eu nrk eu høyre"),
    ("EUs NRKs", "eu nrk"),
    ("O’Brien, l'été", "o'brien l'été"),
    ("'skole' ‘buss’", "skole buss"),
    # numbers
    ("50 000 50.000 50000", "50000 50000 50000"),
    ("50\u00a0000 50\u2009000 50\u202f000 1 500 000", "50000 50000 50000 1500000"),
    ("1,5 og 1.5 grader", "1,5 og 1,5 grader"),
    ("12 000,50 kr, 2000,-", "12000,50 kr 2000"),
    ("i 2025 100 nye", "i 2025 100 nye"),
    ("1.5.2023 og 17.05.2023", "1 5 2023 og 17 05 2023"),
    ("2025–2029, 2021/22", "2025 2029 2021 22"),
    ("kapittel 3.2.1", "kapittel 3 2 1"),
    ("10 til 12 år", "10 til 12 år"),
    ("2030-målene og 1,5-gradersmålet", "2030 målene og 1,5 gradersmålet"),
    ("8b 10km", "8b 10km"),
    # shares
    ("40 % 40% 40 prosent 40 pst.", "40 40% prosent 40 40% prosent 40 40% prosent 40 40% prosent"),
    ("2,5 prosent, 2.5 %", "2,5 2,5% prosent 2,5 2,5% prosent"),
    ("to prosent av BNP", "to 2% prosent av bnp"),
    ("1–2 prosent", "1 2 2% prosent"),
    ("2 prosentpoeng", "2 prosentpoeng"),
    ("to elever", "to elever"),
    # names with numbers
    ("F-35 F35 F 35", "f35 f35 f35"),
    ("E18, E 18, E-18", "e18 e18 e18"),
    ("rv. 4, Rv 4, RV4, fv 33", "rv4 rv4 rv4 fv33"),
    ("E 18 000 kroner", "e 18000 kroner"),
    ("E-18-utbyggingen", "e18 utbyggingen"),
    ("I 2025", "i 2025"),
    ("covid-19", "covid 19"),
    ("§ 112, §112 og §§ 3", "112 §112 112 §112 og 3 §3"),
    # single letters
    ("e-helse E-helse", "e-helse e-helse"),
    ("u-landene, p-plasser, x-akse", "u-landene p-plasser x-akse"),
    ("H-V-samarbeid", "h v samarbeid"),
    ("A–Å", "a å"),
]


@pytest.mark.parametrize(("text", "forms"), FORMS)
def test_what_a_text_is_compared_as(text, forms):
    assert [token.form for token in tokens(text)] == forms.split()


@pytest.mark.parametrize(("text", "forms"), FORMS)
def test_a_text_without_spaced_words_can_be_read_piece_by_piece(text, forms):
    read = plain(text).text
    if not SPACED.search(read):
        assert [token.form for piece in read.split() for token in tokens(piece)] == forms.split()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (unicodedata.normalize("NFD", "Bo på Ås nå"), unicodedata.normalize("NFD", "Ås")),
        ("en ﬁn dag", "ﬁn"),
        ("ny barne\u00adhage nå", "barne\u00adhage"),
        ("kutte CO₂ nå", "CO₂"),
        ("gi 50\u202f000 nå", "50\u202f000"),
        ("om EU’s regler", "EU’s"),
        ("flere skoler² nå", "skoler"),
        ("bygge E 18 nå", "E 18"),
    ],
)
def test_a_word_stands_where_it_stands_in_the_untouched_text(text, word):
    assert word in [text[token.start : token.end] for token in tokens(text)]


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("2 prosent", "2%"),
        ("40%-kravet", "40% kravet"),
        ("§ 112", "§112"),
        ("50 000", "50000"),
        ("EU-regler", "eu regler"),
    ],
)
def test_of_a_share_only_the_share_is_asked_for(typed, forms):
    assert asked(typed) == tuple(forms.split())


def test_comparison_keeps_norwegian_letters_and_accents():
    assert normal("ÆRLIG Ødegård Café") == "ærlig ødegård café"
    assert unaccented("sápmi idé grønn") == "sapmi ide grønn"


@given(st.text(alphabet=st.sampled_from("aå ́\u030a\u00ad²ﬁ€5 .,-'’§%E\u200b½¨"), max_size=30))
def test_words_stand_in_order_and_within_the_text(text):
    found = list(tokens(text))
    assert all(0 <= token.start < token.end <= len(text) and token.form for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
