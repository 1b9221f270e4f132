"""What short documents say of themselves: whose they are, for what level and years, how far come, and their title."""

from __future__ import annotations

import pytest

from ingest.parser.document import Meta
from ingest.parser.parse import interpret, parse
from ingest.parser.report.meta.front import is_crumb, parts, tidy
from tests.ingest.parser.sketches import document

LIST = "\n\n• Bygge flere boliger i sentrum.\n• Ha flere lærere i skolen.\n• Rydde snø på gangveiene.\n"


def meta_of(text: str) -> Meta:
    return interpret(document(text)).meta


@pytest.mark.parametrize(
    ("text", "party", "branch", "level"),
    [
        # a party of the register, its name before or after a place that nobody knows
        ("Valgprogram for Rødt Storfjell\n\nRødt Storfjell vil:", "RØDT", "Rødt Storfjell", "municipality"),
        ("Storfjell Rødt\n\nRødt vil:", "RØDT", "Storfjell Rødt", "municipality"),
        ("STORFJELL ARBEIDERPARTI\n\nArbeiderpartiet vil:", "A", "Storfjell Arbeiderparti", "municipality"),
        ("storfjell arbeiderparti\n\nVi tror på byen. Ap vil:", "A", "Storfjell Arbeiderparti", "municipality"),
        ("Program for Nordvika Ap\n\nAp vil:", "A", "Nordvika Ap", "municipality"),
        ("De Grønne i Elvebyen\n\nDe Grønne vil:", "MDG", "De Grønne i Elvebyen", "municipality"),
        ("Elvebyen Høyres program 2023–2027\n\nHøyre vil:", "H", "Elvebyen Høyre", "municipality"),
        ("Fylkestingsprogram\n\nStorfjell Senterparti\n\nSenterpartiet vil:", "SP", "Storfjell Senterparti", "county"),
        (
            "Program for kommunestyrevalget\n\nVenstre i Nordvika\n\nVenstre vil:",
            "V",
            "Venstre i Nordvika",
            "municipality",
        ),
        # a place of the register tells the level
        ("Vestland Venstre\n\nVenstre vil:", "V", "Vestland Venstre", "county"),
        ("Hamar SV\n\nSV vil:", "SV", "Hamar SV", "municipality"),
        # a party as a whole
        (
            "Stortingsvalgprogram for Venstre\n\nVenstre vil at Norge skal vokse. Venstre vil:",
            "V",
            "Venstre",
            "national",
        ),
        ("Arbeidsprogram\n\nRaudt vil ha eit anna Noreg. Raudt vil:", "RØDT", "Rødt", "national"),
        # others do not become the author
        (
            "Folkelista Nordvika\n\nHøyre har styrt. Høyre må gå. Folkelista vil:",
            None,
            "Folkelista Nordvika",
            "municipality",
        ),
        (
            "Nordvika Høyre\n\nUnge Høyre var med. For Høyre er skolen viktig. Høyre vil:",
            "H",
            "Nordvika Høyre",
            "municipality",
        ),
        # lists and parties that no register has
        ("Bygdelista i Storfjell\n\nBygdelista vil:", None, "Bygdelista i Storfjell", "municipality"),
        ("Tverrpolitisk liste for Elvebyen\n\nVi vil:", None, "Tverrpolitisk liste for Elvebyen", "municipality"),
        ("Samarbeidslista for Holmøy og Skjer\n\nVi vil:", None, "Samarbeidslista for Holmøy og Skjer", "municipality"),
        ("Bygdelista for Innhavet fylke\n\nBygdelista krev:", None, "Bygdelista for Innhavet fylke", "county"),
        ("Folkets By Nordvika\n\nFolkets By vil:", None, "Folkets By Nordvika", "municipality"),
        (
            "Fjordpartiet\n\nFjordpartiet vil at Norge skal ha ferjer. Fjordpartiet vil:",
            None,
            "Fjordpartiet",
            "national",
        ),
        ("Nordvika bygdeliste\n\nNordvika bygdeliste vil:", None, "Nordvika bygdeliste", "municipality"),
        (
            "Hjem Meny Fjordpartiet\n\nFjordpartiet vil at Norge skal ha ferjer. Vi vil:",
            None,
            "Fjordpartiet",
            "national",
        ),
        ("Valgliste for Trollnes\n\nVi vil:", None, "Valgliste for Trollnes", "municipality"),
        (
            "Nordvika Høyre\n\nHøyre i Nordvika vil vokse. Høyre i Nordvika vil ha havn. Vi vil:",
            "H",
            "Nordvika Høyre",
            "municipality",
        ),
        ("By- og bygdelista Nordvika\n\nBy- og bygdelista vil:", None, "By- og bygdelista Nordvika", "municipality"),
        ("Program for SV i Nordvika\nfor perioden 2023–2027\n\nSV vil:", "SV", "SV i Nordvika", "municipality"),
        ("Skolen og byen\n\nKommunen vil vokse. Vi vil:", None, None, "municipality"),
    ],
)
def test_who_speaks_and_for_what_level(text: str, party: str | None, branch: str | None, level: str | None) -> None:
    meta = meta_of(text + LIST)
    assert (meta.party, meta.branch, meta.level) == (party, branch, level)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Valgprogram 2023–2027", 2023, 2027),
        ("Valgprogram 2023-27", 2023, 2027),
        ("Valgprogram 1999-2003", 1999, 2003),
        ("Valgprogram 1999-03", 1999, 2003),
        ("Program for perioden 2023 til 2027", 2023, 2027),
        ("Program 2019/2023", 2019, 2023),
        ("Partiprogram 2025", 2025, None),
        ("Valgprogram\n\nKommunevalget 2023", 2023, None),
        ("Program\n\nVi stiller til valg i 2023 med nye folk på lista vår og gode saker.", 2023, None),
        ("Program\n\nI årene 2023–2027 skal vi styre byen sammen med alle som bor her.", 2023, 2027),
        ("Program\n\nVeien ble bygd i 2014–2016, og planen for 2020–2031 er lagt fram for alle.", None, None),
        ("Program vedtatt 4. mars 2023", None, None),
        ("Skriv ut 30.11.2026, 01:20\n\nProgram", None, None),
    ],
)
def test_the_period_is_that_of_the_front_or_of_just_one_term(text: str, start: int | None, end: int | None) -> None:
    meta = meta_of(f"{text}\n\nBygdelista vil:{LIST}")
    assert (meta.period_start, meta.period_end) == (start, end)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Programkomiteens forslag til arbeidsprogram", "proposal"),
        ("Utkast til valgprogram", "proposal"),
        ("Programkomiteens innstilling\n\nValgprogram", "proposal"),
        ("Framlegg til program for Storfjell", "proposal"),
        ("Valgprogram – høringsutkast", "hearing"),
        ("Høyringsutkast til valprogram", "hearing"),
        ("Valgprogram\n\nVedtatt på årsmøtet 4. mars 2023", "adopted"),
        ("Valprogram, vedteke av årsmøtet", "adopted"),
        ("Valgprogram\n\nDette programmet er vedtatt på landsmøtet og gjelder i fire år for hele partiet.", "adopted"),
        ("Valprogram\n\nHer er heile programmet vårt, slik årsmøtet vedtok det.", "adopted"),
        ("Referat fra årsmøte\n\nEtter debatten ble følgende program vedtatt:", "adopted"),
        ("Valgprogram\n\nKommunestyremøtet vedtok et program for klimaet.", None),
        ("Valgprogram", None),
        ("Valgprogram\n\nBudsjettet som ble vedtatt i kommunestyremøtet, var et dårlig forslag fra flertallet.", None),
    ],
)
def test_the_status_is_told_or_unknown(text: str, status: str | None) -> None:
    assert meta_of(f"{text}\n\nBygdelista vil:{LIST}").status == status


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Program\n\nStem Folkets By i Nordvika\n\nValgprogram 2019 - 2023", "Valgprogram 2019 - 2023"),
        ("Hjem > Politikk > Program 2023–2027\n\nVårt program 2023–2027", "Vårt program 2023–2027"),
        ("HjemProgram 2023–2027KandidaterKontakt\n\nVårt program 2023–2027", "Vårt program 2023–2027"),
        ("1. Hjem 2. Politikk\n\n3. Partiprogram 2023–2027", "Partiprogram 2023–2027"),
        ("Sak 6/23 Valgprogram 2023–2027", "Valgprogram 2023–2027"),
        ("Fjordpartiet                    Valgprogram 2023–2027", "Valgprogram 2023–2027"),
        ("Valgprogram 2023–2027 | Fjordpartiet", "Valgprogram 2023–2027"),
        ("Valgprogram 2023–2027 www.fjordpartiet.example/program", "Valgprogram 2023–2027"),
        ("Valgprogram for Fjordpartiet\n\n2023–2027", "Valgprogram for Fjordpartiet 2023–2027"),
        ("Valgprogram\nfor\nFjordpartiet\n2023–2027", "Valgprogram for Fjordpartiet 2023–2027"),
        ("Valgprogram 2023–2027\nFjordpartiet", "Valgprogram 2023–2027"),
        ("Valgprogram 2023–2027 - Fjordpartiet", "Valgprogram 2023–2027"),
        ("Valgprogram 2023–27 · Versjon 1.2 · Oppdatert i mai", "Valgprogram 2023–27"),
        ("Fra: Storfjell Bygdeliste\nEmne: Vårt program er vedtatt 2. mai 2023\n\nHei!", None),
        ("Les programmet her:\n\nArbeidsprogram for Storfjell", "Arbeidsprogram for Storfjell"),
        ("En by for folk\n\nFjordpartiet går til valg for første gang. Vi er ti som stiller.", "En by for folk"),
        ("Barn og unge\n\nByen vokser, og det er bra for alle som bor her.", None),
    ],
)
def test_the_title_names_the_programme(text: str, title: str | None) -> None:
    assert meta_of(f"{text}\n\nFjordpartiet vil:{LIST}").title == title


@pytest.mark.parametrize(
    ("text", "doc_type"),
    [
        ("Valgprogram 2023–2027\n\nFjordpartiet vil:" + LIST, "programme"),
        ("Uttalelse fra årsmøtet\n\nFjordpartiet vil:" + LIST, "statement"),
        ("Program 2023–2027\n\nSpørsmål:\n\n• Er programmet for langt?\n• Hva mangler?\n", "programme"),
        ("Hva mener du?\n\nSpørsmål:\n\n• Er skolen god nok?\n• Hva mangler?\n", "consultation"),
    ],
)
def test_the_kind_of_a_document(text: str, doc_type: str) -> None:
    assert meta_of(text).doc_type == doc_type


def test_a_front_s_texts_are_read_without_what_the_page_adds() -> None:
    assert tidy("Valgprogram ............ 1") == "Valgprogram"
    assert tidy("30.11.2026, 01:20 Valgprogram http://www.fjordpartiet.example/program") == "Valgprogram"
    assert list(parts("Valgprogram 2023–2027 | Rødt Nordvika: Folk først")) == [
        "Valgprogram 2023–2027",
        "Rødt Nordvika",
        "Folk først",
    ]
    assert is_crumb("Hjem > Politikk") and is_crumb("Høyre / Elvebyen / Program")
    assert not is_crumb("Skole/barnehage") and not is_crumb("Ap / Sp")


MENU = "Bli med oss\n\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (MENU * 25 + "Valgprogram 2023–2027", "Valgprogram 2023–2027"),
        (MENU * 34 + "Valgprogram 2023–2027", None),
        (
            "Valgprogram 2023–2027 for alle oss som bor i bygda og vil at bygda skal leve videre med skole og butikk",
            "same",
        ),
        (
            "Valgprogram 2023–2027 for alle oss som bor i bygda og vil at bygda skal leve videre med skole og "
            "butikk og med ferje",
            None,
        ),
    ],
)
def test_the_title_stands_near_the_beginning_and_is_short(text: str, title: str | None) -> None:
    assert meta_of(f"{text}\n\nFjordpartiet vil:{LIST}").title == (text if title == "same" else title)


@pytest.mark.parametrize(("after", "status"), [(6, "adopted"), (8, None)])
def test_a_document_s_end_may_say_that_it_is_adopted(after: int, status: str | None) -> None:
    text = "Program\n\n" + MENU * 40 + "Vedtatt på årsmøtet 4. mars 2023\n\n" + MENU * after
    assert meta_of(text).status == status


@pytest.mark.parametrize(("times", "party"), [(3, None), (4, "H")])
def test_a_name_on_the_front_tells_more_than_one_in_the_text(times: int, party: str | None) -> None:
    text = (
        "Folkelista Nordvika\n\n"
        + "Her i byen har Høyre fått lov til å styre i mange år på rad, og det har kostet.\n\n" * times
    )
    assert meta_of(text).party == party


@pytest.mark.parametrize(("times", "branch"), [(8, "Storfjell Høyre"), (9, None)])
def test_a_chapter_in_the_text_stands_there_often_enough(times: int, branch: str | None) -> None:
    text = "Her er det lov til å si at i kommunen er Storfjell Høyre i gang med det som skal gjøres for alle.\n\n" * 2
    text += "Det er slik at for Høyre er den kommunen viktig som folk bor i og er glade i hele livet.\n\n" * times
    assert meta_of(text).branch == branch


@pytest.mark.parametrize(("times", "level"), [(4, "national"), (5, "municipality")])
def test_a_party_as_a_whole_speaks_of_the_land(times: int, level: str) -> None:
    text = "Det er slik at for Høyre er det viktig at Norge er et land for alle, og Høyre er med.\n\n"
    text += "Det er viktig at kommunen er til for alle som bor her, og ikke bare for noen få.\n\n" * times
    assert meta_of(text).level == level


def test_a_web_page_s_title_of_two_names_is_kept_whole() -> None:
    head = "<!doctype html><html><head><meta charset=utf-8><title>Politikk | Nordvika Høyre</title></head>"
    page = f"{head}<body><p>Nordvika Høyre vil:</p><ul><li>bygge skole</li></ul></body></html>"
    assert parse(page.encode(), "x.html").meta.title == "Politikk | Nordvika Høyre"


def test_a_page_of_a_paper_has_the_title_of_its_heading() -> None:
    head = "<!doctype html><html><head><meta charset=utf-8><title>Havn for alle – Fjordavisa</title></head>"
    page = f"{head}<body><h1>Havn for alle</h1><p>Nordvika Høyre vil:</p><ul><li>bygge skole</li></ul></body></html>"
    assert parse(page.encode(), "x.html").meta.title == "Havn for alle"
