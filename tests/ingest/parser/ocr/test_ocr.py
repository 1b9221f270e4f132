"""OCR repair: what it must leave alone, what it repairs, and how well on whole damaged programmes."""

from __future__ import annotations

import subprocess
import sys
from difflib import SequenceMatcher

import pytest

from ingest.parser.ocr import damaged_lines, repair, repair_damaged, repairs, repairs_of_damaged
from ingest.parser.ocr.confusions import CONFUSIONS, Confusion
from tests.paths import ROOT, SHARED, needs_shared
from tests.work import calls
from tools.ocr.damage import damage

BOKMAL = """Fjordpartiet vil at alle barn i Storfjell skal få gå på en god skole der de bor. Vi må sikre våre eldre
et trygt hjem, og vi vil åpne flere møteplasser for unge. Det er viktig å gjøre hverdagen lettere for dem som er
ute i arbeid, og derfor skal barnehagene også være åpne lenger. Far og mor skal ha like rettigheter. Varene i butikken
skal være kortreiste så langt det går, og bonden skal få betalt for å dyrke jorda. Vi vil ha 3 nye sykehjem innen 2027.
"""
NYNORSK = """Bygdelista vil at alle born i Nordvika skal få gå på ein god skule der dei bur. Me må sikre våre eldre ein
trygg heim, og me vil opne fleire møteplassar for unge. Det er viktig å gjere kvardagen lettare for dei som er i arbeid,
og difor skal barnehagane òg vere opne lenger. Kommunen skal ikkje selje det han treng sjølv, og utan at innbyggjarane
er høyrde skal ingen skule leggjast ned. Det vart bygd eit nytt bad i Elvebyen, og det er me glade for.
"""
ENGLISH = """The party wants a safe town for all. We will build 3 new schools & a library, and a home for the
elderly. It is a matter of fairness that children from far away get a place in school. Far too many wait too long,
and the council must make a plan. For a start we will ask the county to pay its share of the cost of the new road.
"""

# Negative cases first: (name, text). None of these may change, though the gate stands open for none of them.
UNTOUCHED = (
    ("clean bokmål", BOKMAL),
    ("clean nynorsk", NYNORSK),
    ("english", ENGLISH),
    ("swedish", "Vi vill att alla barn ska få en bra skola och att det är tryggt att bo i vår kommun. " * 5),
    (
        "danish",
        "Vi vil have at alle børn får en god skole, og at der er trygt at bo i vores kommune af hensyn til. " * 5,
    ),
    ("german", "Wir wollen, dass alle Kinder in der Stadt eine gute Schule haben und die Lehrer Zeit haben. " * 5),
    ("norwegian that needs no æ, ø, å", "Vi vil styrke skolen og gi mer til barnehagene i kommunen. " * 3),
    ("names", "Kari Nordmann\nOla Hansen\nPer Olsen\nMette Berg\n" * 20),
    ("numbers", "1. 3 4 5\n2. 3,5 & 4\n3 3 3\n" * 20),
    ("table", "| a | 3 | b |\n|---|---|---|\n| pa | ma | & |\n"),
    ("empty", ""),
    ("white space", " \n\t\n\f\n"),
)

# In a text that is known to be damaged, these words must stay as they are.
KEPT_IN_DAMAGED = (
    "Partiet vil bygge 3 nye skoler for barn og unge.",
    "Innen 3 uker skal alle ha svar fra NAV og Husbanken.",
    "Vi vil gi mer til SFO, FAU og BUP enn i dag.",
    "Kontakt oss, f.eks. pa@storfjell.no eller www.fjordpartiet.no/fa, for mer informasjon.",
    "Hansen & Berg har tegnet planen.",
    "a) Styrke skolen",
    "Alle barn har rett til en mor og en far.",
    "Dette er en side i programmet | Folkets By",
)

# (damaged, expected): whole pieces of text, as a page of an OCR without æ, ø and å has them.
REPAIRED = (
    ("Vi ma gke stgtten til skolene i Nordvika.", "Vi må øke støtten til skolene i Nordvika."),
    ("Det er viktig a gjgre mer for barna vare.", "Det er viktig å gjøre mer for barna våre."),
    ("Partiet vil arbeide for 3 bygge flere boliger.", "Partiet vil arbeide for å bygge flere boliger."),
    ("Det er viktig & sikre gode tilbud til alle.", "Det er viktig å sikre gode tilbud til alle."),
    ("Fjordpartiet vil prioritere dette gjennom a:", "Fjordpartiet vil prioritere dette gjennom å:"),
    ("Alle barn far ga pa skole der de bor.", "Alle barn får gå på skole der de bor."),
    ("SKOLE OG BARNEHAGE PA VAR MATE", "SKOLE OG BARNEHAGE PÅ VÅR MÅTE"),
    ("Bygda skal veere et godt sted 3 vaere ung.", "Bygda skal være et godt sted å være ung."),
    ("Kommunen skal ha nok lzerere og szerlig i sma klasser.", "Kommunen skal ha nok lærere og særlig i små klasser."),
    ("Vi trenger Igsninger som virker, og hgyere Ignn.", "Vi trenger løsninger som virker, og høyere lønn."),
    ("Vi vil s@rge for en grenn by og flere m@teplasser.", "Vi vil sørge for en grønn by og flere møteplasser."),
    ("Segrge for at skolemaltidet er gratis for alle.", "Sørge for at skolemåltidet er gratis for alle."),
    ("| arene som kommer skal vi bygge mer.", "I årene som kommer skal vi bygge mer."),
    (
        "Vi vil giennomfgre planen og gi bedre tiloud til alle.",
        "Vi vil gjennomføre planen og gi bedre tilbud til alle.",
    ),
    ("Taibruk nye lgsninger i skolen.", "Ta i bruk nye løsninger i skolen."),
    ("Gibarn i Elvebyen et bedre tilbud om mat.", "Gi barn i Elvebyen et bedre tilbud om mat."),
    ("Ngdnettet og brannberedskapen ma vaere pa plass.", "Nødnettet og brannberedskapen må være på plass."),
    (
        "Etablere lavutslippskjgretgy og innfgre skolemiljgradgivere.",
        "Etablere lavutslippskjøretøy og innføre skolemiljørådgivere.",
    ),
    ("Gkonomien er god, og @ke utgifter vil ikke gi det.", "Økonomien er god, og øke utgifter vil ikke gi det."),
    # nynorsk
    (
        "Me ma arbeide for at dei som bur her far det dei treng, og ikkje berre fra staten.",
        "Me må arbeide for at dei som bur her får det dei treng, og ikkje berre frå staten.",
    ),
    (
        "Bygdelista vil gjere det lettare a bu i heile kommunen og auke stgtta til dei parerande.",
        "Bygdelista vil gjere det lettare å bu i heile kommunen og auke støtta til dei pårørande.",
    ),
    (
        "Det er ein fgresetnad at elevane i vidaregaande skule far hggare stipend.",
        "Det er ein føresetnad at elevane i vidaregåande skule får høgare stipend.",
    ),
    # wrapped lines
    (
        "Vi vil gke inn-\nsatsen og fglge opp med lang-\nsiktige tiltak for a na malene.",
        "Vi vil øke inn-\nsatsen og følge opp med lang-\nsiktige tiltak for å nå målene.",
    ),
    (
        "Alle skal fa hjelp av helse-\nsgster, og det er ngd-\nvendig for alle.",
        "Alle skal få hjelp av helse-\nsøster, og det er nød-\nvendig for alle.",
    ),
)

DAMAGED = "\n".join(damaged for damaged, _ in REPAIRED[:17])


@pytest.mark.parametrize(("name", "text"), UNTOUCHED)
def test_leaves_alone_what_is_not_damaged(name: str, text: str) -> None:
    assert repairs(text) == ()
    assert repair(text) == text
    assert not damaged_lines(text.split("\n"))


@pytest.mark.parametrize("text", KEPT_IN_DAMAGED)
def test_keeps_right_words_of_a_damaged_text(text: str) -> None:
    assert repair_damaged(text) == text


@pytest.mark.parametrize(("damaged", "expected"), REPAIRED)
def test_repairs(damaged: str, expected: str) -> None:
    assert repair_damaged(damaged) == expected


@pytest.mark.parametrize("row", CONFUSIONS, ids=lambda row: f"{row.meant}-{row.read}-{row.where}")
def test_the_example_of_every_confusion_is_repaired(row: Confusion) -> None:
    read, meant = row.example
    assert (
        repair_damaged(f"Det er viktig at de\n\n{read} \n\nsom vil det")
        == f"Det er viktig at de\n\n{meant} \n\nsom vil det"
    )


def test_the_gate_opens_for_a_damaged_page_only() -> None:
    clean = BOKMAL.split("\n")
    damaged = DAMAGED.split("\n")
    assert damaged_lines(damaged)
    assert damaged_lines(damaged) == [(0, len(damaged))]
    page = BOKMAL * 6
    mixed = (page + DAMAGED * 5 + "\n" + page).split("\n")
    assert damaged_lines(mixed)
    assert all(len(clean) < first and end < len(mixed) - len(clean) for first, end in damaged_lines(mixed))


def test_a_repair_keeps_its_place_and_can_be_undone() -> None:
    found = repairs(DAMAGED)
    assert all(DAMAGED[one.start : one.end] == one.original != one.repaired for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert ("gke", "øke") in {(one.original, one.repaired) for one in found}
    from ingest.parser.ocr.decoder import applied

    assert applied(DAMAGED, found) == repair(DAMAGED)
    assert applied(DAMAGED, found[1:]).startswith("Vi ma øke")
    assert applied(DAMAGED, ()) == DAMAGED


def test_repair_is_idempotent_and_keeps_the_lines() -> None:
    text = DAMAGED + "\r\n\r\n" + DAMAGED + "\n\n\n"
    once = repair(text)
    assert repair(once) == once != text
    assert [line.strip() == "" for line in once.split("\n")] == [line.strip() == "" for line in text.split("\n")]


def test_language_can_be_given_where_a_text_is_too_short_to_tell() -> None:
    assert repair_damaged("Hjelp fra staten", "nn") == "Hjelp frå staten"
    assert repair_damaged("Hjelp fra staten", "nb") == "Hjelp fra staten"
    assert repairs_of_damaged("", "nb") == ()


def test_importing_is_cheap() -> None:
    names = "('wordfreq', 'simplemma', 'django')"
    code = f"import sys, ingest.parser.ocr; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_gate_is_fast_on_clean_text() -> None:
    lines = (BOKMAL * 2000).split("\n")
    assert not damaged_lines(lines)
    assert calls(lambda: damaged_lines(lines)) < 8 * len(lines)  # 1.3 are needed; a line has 18 words


def edits(left: list[str], right: list[str]) -> int:
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in codes if tag != "equal")


def error_rate(text: str, transcript: str) -> float:
    lines = list(zip(text.split("\n"), transcript.split("\n"), strict=True))
    return sum(edits(one.split(), right.split()) for one, right in lines) / len(transcript.split())


@needs_shared
def test_the_damaged_programme_of_the_archive() -> None:
    text = (SHARED / "programmes/valgseier-lokalvalget-2023-uttalelse.txt").read_text(encoding="utf-8")
    right = (SHARED / "gold/ocr/valgseier-lokalvalget-2023-uttalelse.corrected.txt").read_text(encoding="utf-8")
    assert error_rate(text, right) > 0.11
    assert error_rate(repair(text), right) <= 0.003


CLEAN = (
    "hamar-ap-2019-2023",
    "baerum-ap-2023-2027",
    "arbeiderpartiet-2025-2029",
    "valgseier-lokalvalget-2023-innspill",
)


@needs_shared
@pytest.mark.parametrize("name", CLEAN)
def test_clean_programmes_stay_and_damaged_ones_are_repaired(name: str) -> None:
    text = (SHARED / f"programmes/{name}.txt").read_text(encoding="utf-8")
    assert repairs(text) == ()
    damaged = damage(text, seed=1)
    assert error_rate(damaged, text) > 0.08
    assert error_rate(repair(damaged), text) <= 0.005
