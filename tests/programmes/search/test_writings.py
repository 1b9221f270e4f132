"""However a thing is written, in the programme or in the question, one finds the other; and what differs doesn't."""

import unicodedata

import pytest

from programmes.search import search
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


def decomposed(text):
    return unicodedata.normalize("NFD", text)


PLEDGES = {
    "mac": decomposed("Verne Åsgårdstrand mot bølger."),
    "pdf": "Gi ﬁskerne ﬂere kaier ved sjø\u00adhus.",
    "co2": "Øke CO₂-avgiften på 3000 m² drivhus.",
    "2 %": "Bruke 2 prosent av BNP på kystvakt.",
    "to %": "Gi to prosent til bistand.",
    "22 %": "Senke satsen til 22 prosent.",
    "2,5 %": "Heve satsen med 2,5 %.",
    "50 000": "Bygge 50\u202f000 hybler.",
    "grader": "Følge 1,5-gradersmålet.",
    "f-35": "Kjøpe flere F-35 og styrke Grunnloven § 112.",
    "e 18": "Ruste opp E 18 gjennom Nordvika.",
    "112": "Gi 112 millioner til brannvern.",
    "eu": "Si nei til EU’s regler.",
    "for": "Satse for alle.",
    "fôr": "Lage fôr av tare.",
    "idé": "Støtte gode ideer.",
    "heleide": "Beholde heleide selskap.",
    "kafé": "Åpne en kafé i parken.",
    "sápmi": "Styrke Sápmi.",
    "e-helse": "Satse på e-helse.",
    "er": "Det som er bra, skal vi ta vare på.",
    "formueskatt": "Fjerne formueskatten.",
    "omsorg": "Løfte eldreomsorgen.",
    "gjerder": "La eldre få gjerder som omsorgsboliger ikke har.",
    "barnehage": "Ha gratis mat i hver barnehage.",
    "gratis": "Sikre gratis barnehager.",
    "norsk": "Gi norskopplæring til nyankomne.",
    "lege": "Slå fast at legemidler trengs.",
    "fastlege": "Skaffe flere fastleger.",
}


@pytest.fixture
def archive():
    builders.programme(parse=builders.parsed(list(PLEDGES.values())))


FINDS = {
    "Åsgårdstrand": "mac",
    decomposed("bølger"): "mac",
    "fiskerne": "pdf",
    "flere sjøhus": "pdf",
    "fi\u00adskere": "pdf",
    "CO2": "co2",
    "CO₂": "co2",
    "co 2": "co2",
    "3000 m2": "co2",
    "2 prosent": "2 %|to %",
    "2%": "2 %|to %",
    "22 %": "22 %",
    "2.5 prosent": "2,5 %",
    "50000 hybler": "50 000",
    "50.000": "50 000",
    "50 000": "50 000",
    "1,5 grader": "grader",
    "1.5 grader": "grader",
    "F35": "f-35",
    "F-35": "f-35",
    "f 35": "f-35",
    "E18": "e 18",
    "E-18": "e 18",
    "e 18": "e 18",
    "§ 112": "f-35",
    "112": "f-35|112",
    "EU": "eu",
    "EU's": "eu",
    "fôr": "fôr",
    "for": "for",
    "ide": "idé",
    "idé": "idé",
    "kafe": "kafé",
    "sapmi": "sápmi",
    "e-helse": "e-helse",
    "ehelse": "e-helse",
    "e helse": "e-helse",
    "helse": "e-helse",
    "er": "er",
    "formuesskatt": "formueskatt",
    "formueskatt": "formueskatt",
    "formue skatt": "formueskatt",
    "skatt på formue": "formueskatt",
    "eldre omsorg": "omsorg|gjerder",
    "gratisbarnehage": "gratis",
    "barne hage": "barnehage|gratis",
    "barn hage": "barnehage|gratis",
    "opplæring i norsk": "norsk",
    "fast lege": "fastlege",
}


def test_what_each_writing_finds(archive):
    found = {query: {hit.passage.text for hit in search(query).hits} for query in FINDS}
    wanted = {query: {PLEDGES[name] for name in names.split("|")} for query, names in FINDS.items()}
    assert {query: texts for query, texts in found.items() if texts != wanted[query]} == {}


def test_the_word_together_comes_first(archive):
    first = {query: search(query).hits[0].passage.text for query in ("eldre omsorg", "fast lege")}
    assert first == {"eldre omsorg": PLEDGES["omsorg"], "fast lege": PLEDGES["fastlege"]}


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("co2", "Øke <mark>CO₂</mark>-avgiften på 3000 m² drivhus."),
        ("e-helse", "Satse på <mark>e-helse</mark>."),
        ("ehelse", "Satse på <mark>e-helse</mark>."),
        ("2%", "Bruke <mark>2 prosent</mark> av BNP på kystvakt."),
        ("50000", "Bygge <mark>50\u202f000</mark> hybler."),
        ("bølger", f"Verne Åsgårdstrand mot <mark>{decomposed('bølger')}</mark>."),
        ("sjøhus", "Gi ﬁskerne ﬂere kaier ved <mark>sjø\u00adhus</mark>."),
        ("eldreomsorg", "Løfte <mark>eldreomsorgen</mark>."),
    ],
)
def test_the_untouched_text_is_marked(archive, query, marked):
    wanted = marked.replace("Åsgårdstrand", decomposed("Åsgårdstrand")) if "bølger" in query else marked
    assert wanted in [str(hit.snippet) for hit in search(query).hits]


@pytest.mark.parametrize("query", ["§", "?!", "…", "«»-"])
def test_signs_alone_say_that_they_are_no_words(archive, query):
    answer = search(query)
    assert (answer.total, bool(answer.problems)) == (0, True)
