"""Quotations of an article against programmes that are really stored and indexed, by both engines."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programmes.models import Passage
from programmes.publishing import withdraw
from programmes.quotes import Checked, Difference, Verdict, check_article, main_one
from programmes.search import engine_named
from tests import builders

pytestmark = pytest.mark.django_db

OF_BYGD = [
    "Bygge 12 nye lekeplasser ved skolene innen 2027.",
    "Ikke åpne for nye hyttefelt i strandsonen",
    "Innføre gratis kveldsbuss fra Nordneset, og male bussene grønne.",
    "Stanse nedbyggingen av myrene ved Langvatnet.",
    "At kommunen skal kjøpe inn lokal mat til alle sykehjem.",
    "Styrke svømmeundervisningen for femteklassene",
    "Feste fisketrappene i elva før flommen kommer",
]
OF_FJORD = [
    "Avvikle fergesambandet til Sørneset",
    "Bygge 12 nye lekeplasser ved skolene innen 2027.",
    "Gi elever i ungdomsskolen rett til leksehjelp på biblioteket",
]


@pytest.fixture
def archive() -> None:
    """Two invented parties, each with a programme."""
    builders.programme(
        parse=builders.parsed(
            OF_BYGD,
            prose=["Bygdelista ble stiftet på skolen i 1987. Vi er mange."],
            dissents=["Legge ned skolekretsene på øyene"],
        ),
        year=2023,
    )
    builders.programme(
        branch=builders.national_branch("FJORD", "Fjordpartiet"), parse=builders.parsed(OF_FJORD), title="Fjorden"
    )
    engine_named("postgres").rebuild()


def checked(text: str, engine: str | None = None) -> Checked:
    found = main_one(check_article(text, engine=engine))
    assert found is not None
    return found


@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
@pytest.mark.parametrize(
    ("text", "verdict", "source"),
    [
        ("Bygdelista vil «bygge 12 nye lekeplasser ved skolene».", Verdict.EXACT, OF_BYGD[0]),
        ("– Styrke svømmeundervisningen for femteklassene, leser rektor hos Bygdelista.", Verdict.EXACT, OF_BYGD[5]),
        ("Bygdelista vil styrke svømmeundervisninga for femteklassene.", Verdict.PARAPHRASE, OF_BYGD[5]),
        ("Fjordpartiet vil «avvikle ferge-\nsambandet til Sørneset».", Verdict.EXACT, OF_FJORD[0]),
        ("Bygdelista vil «bygge 14 nye lekeplasser ved skolene innen 2027».", Verdict.NEAR, OF_BYGD[0]),
        ("Bygdelista vil «åpne for nye hyttefelt i strandsonen».", Verdict.NEAR, OF_BYGD[1]),
        ("Bygdelista vil ikke «åpne for nye hyttefelt i strandsonen».", Verdict.EXACT, OF_BYGD[1]),
        ("Bygdelista skryter av «nedbyggingen av myrene ved Langvatnet».", Verdict.NEAR, OF_BYGD[3]),
        ("Bygdelista vil «innføre gratis kveldsbuss […] og male bussene grønne».", Verdict.NEAR, OF_BYGD[2]),
        ("Bygdelista vil «avvikle fergesambandet til Sørneset».", Verdict.OTHER_PARTY, OF_FJORD[0]),
        ("Bygdelista vil «styrke symjeundervisninga for femteklassene».", Verdict.NEAR, OF_BYGD[5]),
        (
            "Fjordpartiet ville at elever i ungdomsskolen skal få leksehjelp på biblioteket.",
            Verdict.PARAPHRASE,
            OF_FJORD[2],
        ),
        (
            "Bygdelista vil stanse nedbyggingen av myrene ved Langvatnet og har jubilert lenge.",
            Verdict.EXACT,
            OF_BYGD[3],
        ),
        ("Bygdelista vil bygge 14 nye lekeplasser ved skolene innen 2027.", Verdict.NEAR, OF_BYGD[0]),
        ("Bygdelista vil ikke stanse nedbyggingen av myrene.", Verdict.NOT_FOUND, None),
        ("Bygdelista vil starte nedbyggingen av myrene ved Langvatnet.", Verdict.NOT_FOUND, None),
        ("Bygdelista vil «bygge romhavn på Nordneset».", Verdict.NOT_FOUND, None),
        ("Bygdelista vil bygge romhavn ved elva, skriver avisa.", Verdict.NOT_FOUND, None),
        ("Det heter «bygge 12 nye lekeplasser ved skolene» et sted.", Verdict.EXACT, OF_BYGD[0]),
    ],
)
def test_verdicts(archive: None, engine: str, text: str, verdict: Verdict, source: str | None) -> None:
    found = checked(text, engine)
    assert (found.verdict, found.passages[0].text if found.passages else None) == (verdict, source)


def kinds(found: Checked) -> list[Difference]:
    return [note.kind for note in found.notes]


def test_what_differs_is_told(archive: None) -> None:
    number = checked("Bygdelista vil «bygge 14 nye lekeplasser ved skolene innen 2027».")
    assert [(note.kind, note.quoted, note.source) for note in number.notes][:1] == [(Difference.NUMBER, "14", "12")]
    assert [(each.kind, each.text) for each in number.stretches][:3] == [
        ("same", "Bygge"),
        ("removed", "12"),
        ("added", "14"),
    ]
    turned = checked("Bygdelista vil «åpne for nye hyttefelt i strandsonen».")
    assert [(note.kind, note.source) for note in turned.notes] == [(Difference.REVERSED, "Ikke")]
    two = checked("Bygdelista vil «styrke svømmeundervisningen for femteklassene og feste fisketrappene i elva».")
    assert (two.verdict, kinds(two)) == (Verdict.NEAR, [Difference.JOINED])
    assert [passage.text for passage in two.passages] == [OF_BYGD[5], OF_BYGD[6]]


def test_a_wrong_period_keeps_the_verdict_and_is_told(archive: None) -> None:
    found = checked("I programmet for 2019–2023 skrev Bygdelista «at kommunen skal kjøpe inn lokal mat».")
    assert (found.verdict, found.held, kinds(found)) == (Verdict.EXACT, False, [Difference.PERIOD])
    right = checked("I programmet for 2023–2027 skrev Bygdelista «at kommunen skal kjøpe inn lokal mat».")
    assert (right.verdict, right.held, kinds(right)) == (Verdict.EXACT, True, [])


def test_who_has_the_same_words_is_told(archive: None) -> None:
    found = checked("Fjordpartiet vil «bygge 12 nye lekeplasser ved skolene innen 2027».")
    assert (found.verdict, len(found.owners)) == (Verdict.EXACT, 1)


def test_a_dissent_is_not_the_partys_own(archive: None) -> None:
    found = checked("Bygdelista vil «legge ned skolekretsene på øyene».")
    assert (found.verdict, kinds(found)) == (Verdict.EXACT, [Difference.DISSENT])


def test_a_party_that_the_archive_has_nothing_of_is_told(archive: None) -> None:
    builders.party("SKOG", "Skogpartiet")
    engine_named().rebuild()
    found = checked("Skogpartiet vil «bygge 12 nye lekeplasser ved skolene».")
    assert (found.verdict, found.held) == (Verdict.OTHER_PARTY, False)
    assert not checked("Skogpartiet vil plante flere bartrær langs elva.").held


def test_running_text_is_searched_and_what_was_repaired(archive: None) -> None:
    assert checked("Bygdelista «ble stiftet på skolen i 1987».").verdict is Verdict.EXACT
    pledge = Passage.objects.get(text=OF_BYGD[4])
    pledge.text, pledge.repaired = "At kommunen skal kj0pe inn lokal mat til alle sykehjern.", OF_BYGD[4]
    pledge.save()
    engine_named().rebuild()
    found = checked("Bygdelista vil «at kommunen skal kjøpe inn lokal mat til alle sykehjem».")
    assert (found.verdict, found.passages[0].readable) == (Verdict.EXACT, OF_BYGD[4])
    assert checked("Bygdelista vil «at kommunen skal kj0pe inn lokal mat».").verdict is Verdict.EXACT


def test_what_is_withdrawn_is_not_asked(archive: None) -> None:
    withdraw(Passage.objects.get(text=OF_FJORD[0]).programme, reason="Feil fil")
    assert checked("Fjordpartiet vil «avvikle fergesambandet til Sørneset».").verdict is Verdict.NOT_FOUND


def test_every_quotation_of_an_article_is_told_in_order(archive: None) -> None:
    article = (
        "Bygdelista vil «bygge 12 nye lekeplasser ved skolene». Fjordpartiet vil «avvikle fergesambandet til "
        "Sørneset».\n\n– Det er fint, sier Kari Nordmann.\n\nFjordpartiet vil også feire jul i juli."
    )
    said = [(each.verdict, each.attribution.party.label) for each in check_article(article) if each.attribution.party]
    assert said == [(Verdict.EXACT, "Bygdelista"), (Verdict.EXACT, "Fjordpartiet"), (Verdict.NOT_FOUND, "Fjordpartiet")]


def test_the_command_answers_texts_and_lists(archive: None, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    text = tmp_path / "article.txt"
    text.write_text("Bygdelista vil «bygge 14 nye lekeplasser ved skolene innen 2027».")
    call_command("check_quotes", str(text))
    (said,) = json.loads(capsys.readouterr().out)
    pledge = Passage.objects.get(text=OF_BYGD[0], programme__branch__party__code="BYGD")
    assert said == {
        "verdict": "near",
        "held": True,
        "quote": "bygge 14 nye lekeplasser ved skolene innen 2027",
        "text": OF_BYGD[0],
        "source": "storfjell.txt",
        "url": f"/lofte/{pledge.public_id}/",
        "differs": "number: 14 for 12",
        "owners": [{"party": "BYGD", "branch": "Bygdelista", "period": "2023–2027"}],
    }
    many = tmp_path / "many.json"
    many.write_text(json.dumps([{"id": "a", "text": text.read_text()}, {"id": "b", "text": "Hei."}]))
    call_command("check_quotes", str(many))
    answers = json.loads(capsys.readouterr().out)
    assert (answers["a"], answers["b"]["verdict"], answers["b"]["text"]) == (said, "not found", None)
    many.write_text("[1]")
    with pytest.raises(CommandError, match="no list"):
        call_command("check_quotes", str(many))
    with pytest.raises(CommandError, match="can't be read"):
        call_command("check_quotes", str(tmp_path / "none.txt"))
