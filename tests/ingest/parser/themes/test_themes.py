"""Themes: invented pledges in `cases.toml`, and the vocabulary that recognises them."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from ingest.parser.document import Item, Place, Section
from ingest.parser.themes import classify, classify_programme
from ingest.parser.themes.clues import DATA, Clue, Clues, Hit, load, read_clues, themes
from ingest.parser.themes.sub_themes import LEFT_OUT, LOS
from programmes.register_files import REGISTERS
from tests.work import calls

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "headings", "theme"), [pytest.param(*row, id=row[0]) for rows in CASES.values() for row in rows]
)
def test_main_theme(text: str, headings: list[str], theme: str) -> None:
    assert classify(text, headings=headings).main == theme


def test_every_theme_has_a_case() -> None:
    assert {row[2] for rows in CASES.values() for row in rows} == set(themes())


def test_the_eighteen_themes() -> None:
    assert len(themes()) == 18
    assert {"utenriks-og-internasjonalt", "digitalisering-og-teknologi", "naring"} <= set(themes())


def test_reasons_name_words_and_heading() -> None:
    found = classify("Starte opp flere korps", headings=["Kultur", "Musikk"])

    assert found.main == "kultur-idrett-og-fritid"
    assert {(reason.word, reason.where) for reason in found.reasons} == {
        ("korps", "text"),
        ("Kultur", "heading"),
        ("Musikk", "heading"),
    }
    assert all(reason.weight > 0 and reason.theme == found.main for reason in found.reasons)


def test_a_second_subject_stands_beside_the_first() -> None:
    found = classify("Gi studenter gratis tannlege", headings=["Helse og omsorg"])

    assert (found.main, found.also) == ("helse-og-omsorg", ("skole-og-utdanning",))


def test_at_most_two_beside() -> None:
    text = "La barnehager, skoler, sykehjem, idrettslag, gårdsbruk og politi samarbeide om trafikksikkerhet"

    assert len(classify(text, headings=[]).also) == 2


def test_nothing_known_gives_no_theme() -> None:
    found = classify("Gjøre det slik at alle blir fornøyde", headings=["Vi vil mer"])

    assert (found.main, found.also, found.reasons) == (None, (), ())


def test_lead_in_parent_and_siblings_speak_for_a_fragment() -> None:
    assert classify("Flere plasser", headings=[], lead_in="For å styrke eldreomsorgen vil Fjordpartiet:").main == (
        "helse-og-omsorg"
    )
    assert classify("God utsikt", headings=[], parent="Nye studentboliger skal ha:").main == "bygg-og-eiendom"
    assert (
        classify("Åpent om kvelden", headings=[], siblings=["Nytt bibliotek", "Gratis museum"]).main
        == "kultur-idrett-og-fritid"
    )


def pledge(id_: str, section: str, text: str, **more: str) -> Item:
    return Item(id_, section, "pledge", "Bygdelista vil:", "•", text, Place(1, 1, 1, 1), **more)


def test_programme_reads_items_in_the_light_of_each_other() -> None:
    sections = (
        Section("s1", "Folk først", 1, 1, 1),
        Section("s2", "Hverdagen", 2, 1, 2, parent="s1"),
        Section("s3", "Annet", 2, 1, 9, parent="s1"),
    )
    items = (
        pledge("i1", "s2", "Sette inn flere busser"),
        pledge("i2", "s2", "Kutte billettprisene"),
        pledge("i3", "s2", "Ha flere avganger om kvelden"),
        pledge("i4", "s2", "Høre på brukerne"),
        pledge("i5", "s3", "Høre på brukerne"),
        pledge("i6", "s3", "M0re fastleger", repaired="Flere fastleger"),
        pledge("i7", "s3", "om natten", parent="i6"),
    )

    found = classify_programme(items, sections)

    assert {id_: classification.main for id_, classification in found.items()} == {
        "i1": "trafikk-og-transport",
        "i2": "trafikk-og-transport",
        "i3": "trafikk-og-transport",
        "i4": "trafikk-og-transport",  # its neighbours say so
        "i5": "helse-og-omsorg",
        "i6": "helse-og-omsorg",
        "i7": "helse-og-omsorg",
    }
    assert found["i4"].reasons[0].where == "neighbours"
    assert found == classify_programme(items, sections)


def test_a_section_above_itself_does_not_hang() -> None:
    sections = (Section("s1", "Skole", 1, 1, 1, parent="s2"), Section("s2", "Oppvekst", 1, 1, 1, parent="s1"))

    assert classify_programme([pledge("i1", "s1", "Se på dette")], sections)["i1"].main == "skole-og-utdanning"


def words_found(patterns: str, text: str) -> list[str]:
    clues = [Clue("tema", "sure", pattern) for pattern in patterns.split(", ")]
    return [hit.words for hit in Clues(clues).hits(text)]


@pytest.mark.parametrize(
    ("patterns", "text", "found"),
    [
        ("skole", "Skolene i Storfjell", ["Skolene"]),
        ("skole", "Skular og skulane", ["Skular", "skulane"]),
        ("skole", "Skolegården", []),
        ("skole*", "Skolegården", ["Skolegården"]),
        ("*skole", "Grendeskolene", ["Grendeskolene"]),
        ("*skole", "Grendeskolegården", []),
        ("*skole*", "Grendeskolegården", ["Grendeskolegården"]),
        ("=nav", "navn på Nav", ["Nav"]),
        ("plan og bygningslov*", "Plan- og bygningsloven", ["Plan og bygningsloven"]),
        ("åpne data", "åpne dører og data", []),
        ("skole*, skolehelsetjenest*", "Skolehelsetjenesten", ["Skolehelsetjenesten"]),
    ],
)
def test_patterns(patterns: str, text: str, found: list[str]) -> None:
    assert words_found(patterns, text) == found


def test_the_longer_match_silences_the_shorter_and_a_mask_silences_its_equal() -> None:
    clues = [Clue("skole", "sure", "skole*"), Clue("helse", "sure", "skolehelsetjenest*")]
    hits = Clues(clues).hits("Skolehelsetjenesten")
    masked = Clues([Clue("arbeid", "sure", "=jobbe"), Clue("x", "mask", "=jobbe")])

    assert [hit.clue.theme for hit in hits] == ["helse"]
    assert masked.hits("jobbe") == ()


def test_heading_words_count_in_headings_alone() -> None:
    clues = Clues([Clue("naring", "heading", "mat")])

    assert clues.hits("Mat") == ()
    assert clues.hits("Mat", heading=True) == (Hit(Clue("naring", "heading", "mat"), "Mat", begin=(0, 0), end=(0, 3)),)


@pytest.mark.parametrize("pattern", ["sko*le", "*", "=", "*le", "skole, ", "NAV-kontor"])
def test_a_pattern_that_cannot_be_read_is_an_error(tmp_path: Path, pattern: str) -> None:
    path = tmp_path / "skole.toml"
    path.write_text(f'[grunnskole]\nsure = "{pattern}"\n', "utf-8")

    with pytest.raises(ValueError, match="skole"):
        Clues(read_clues(path))


def test_an_unknown_strength_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "skole.toml"
    path.write_text('[grunnskole]\ncertain = "skole"\n', "utf-8")

    with pytest.raises(ValueError, match="certain"):
        list(read_clues(path))


def test_the_vocabulary_says_nothing_twice() -> None:
    for path in sorted(DATA.glob("*.toml")):
        said = [(clue.pattern, clue.strength) for clue in read_clues(path)]
        assert sorted(said) == sorted(set(said)), path.name


def test_the_vocabulary_is_rich() -> None:
    for theme in themes():
        assert len(list(read_clues(DATA / f"{theme}.toml"))) >= 100, theme


@pytest.mark.parametrize(
    ("text", "headings", "theme", "found"),
    [
        ("Bygge barnehager i Nordvika", [], "familie-og-barn", "barnehage"),
        ("Gi ansatte i barnevernet bedre tid", [], "familie-og-barn", "barnevern-og-foreldrestotte"),
        ("Pusse opp svømmehallen", [], "kultur-idrett-og-fritid", "idrett"),
        ("Utvide verneplikta", [], "samfunnssikkerhet-og-beredskap", "forsvaret"),
        ("Hente glass og farlig avfall hjemme", [], "natur-klima-og-miljo", "avfallshandtering"),
        ("Kjøpe inn nye trikker", [], "trafikk-og-transport", "mobilitetstilbud"),
        ("La kollektive transportmidler gå om natten", [], "trafikk-og-transport", "mobilitetstilbud"),
        ("Flytte gods over på bane", [], "trafikk-og-transport", "yrkestransport"),
        ("Melde oss inn i EU", [], "utenriks-og-internasjonalt", "eu-og-eos"),
        ("Doble bistanden", [], "utenriks-og-internasjonalt", "bistand-og-utvikling"),
        ("Behandle søknader om asyl raskere", [], "innvandring-og-integrering", "asyl-og-flyktninger"),
        ("Gi kommunene høyere rammetilskudd", [], "okonomi-og-forvaltning", "kommuneokonomi"),
        ("Utvikle norske språkmodeller", ["Teknologi"], "digitalisering-og-teknologi", "kunstig-intelligens"),
        # The heading, where the text has no word of its own; and what the item is part of.
        ("Sikre at alle ledd får tilsyn", ["Barnevern"], "familie-og-barn", "barnevern-og-foreldrestotte"),
        ("Bedre opplæringen av ansatte", ["Oppvekst", "Rus"], "helse-og-omsorg", "rus-og-avhengighet"),
        # A theme beside the main one.
        ("Dømme smuglere av narkotika og heroin hardere", ["Politi"], "lov-og-rett", "rus-og-avhengighet"),
    ],
)
def test_sub_themes(text: str, headings: list[str], theme: str, found: str) -> None:
    classified = classify(text, headings=headings)
    assert classified.main == theme
    assert found in classified.sub_themes


@pytest.mark.parametrize(
    ("text", "headings", "not_found"),
    [
        # Only the nearest heading that says anything counts.
        ("Øve på kriser hvert år", ["Forsvar", "Brannvern"], "forsvaret"),
        # Of several sub-themes in a heading, what the text itself is about stands alone.
        ("Forlenge rullebanen", ["Jernbane og flyplasser"], "mobilitetstilbud"),
        # A mere helper word is too little below a theme that stands beside the main one.
        ("Skrive arbeidskontrakter med skjenkesteder", ["Arbeidsliv"], "rus-og-avhengighet"),
        # What comes on wheels to give a service, courts and rinks, what is done together, and goods.
        ("Sende bokbussen til alle bygder", [], "mobilitetstilbud"),
        ("La tannlegebussen besøke skolene", [], "mobilitetstilbud"),
        ("Støtte skoleturer med Hvite Busser", [], "mobilitetstilbud"),
        ("Verne urbane grøntområder", [], "mobilitetstilbud"),
        ("Sikre kollektive lønnsforhandlinger", [], "mobilitetstilbud"),
        ("Styrke kollektiv sikkerhet i Europa", [], "mobilitetstilbud"),
        ("Flytte gods fra vei til jernbane", [], "mobilitetstilbud"),
        # One word below a theme that stands beside the main one.
        ("Dempe støy og luftforurensning fra tog", ["Forurensning"], "mobilitetstilbud"),
        # Words of Los that lead astray in programmes.
        ("Senke prisen på bensin", ["Samferdsel"], "mobilitetstilbud"),
    ],
)
def test_what_is_no_sub_theme(text: str, headings: list[str], not_found: str) -> None:
    assert not_found not in classify(text, headings=headings).sub_themes


def test_lead_in_and_parent_name_a_sub_theme() -> None:
    led = classify("Ha flere med lang erfaring", headings=[], lead_in="For å styrke barnevernet vil vi:")
    part = classify("Ha flere med lang erfaring", headings=[], parent="Styrke barnevernet:")

    assert "barnevern-og-foreldrestotte" in led.sub_themes
    assert "barnevern-og-foreldrestotte" in part.sub_themes


def test_nothing_known_gives_no_sub_theme() -> None:
    assert classify("Gjøre det slik at alle blir fornøyde", headings=["Vi vil mer"]).sub_themes == ()


def test_sub_themes_of_the_vocabulary_are_in_the_register() -> None:
    rows = tomllib.loads((REGISTERS / "themes.toml").read_text("utf-8"))["theme"]
    parents = {row["slug"]: row.get("parent") for row in rows}
    used = {
        (clue.sub_theme, theme) for theme in themes() for clue in read_clues(DATA / f"{theme}.toml") if clue.sub_theme
    }
    assert {(slug, theme) for slug, theme in used if parents.get(slug) != theme} == set()
    ours = [row for row in rows if "uri" not in row]
    counts = Counter(row["parent"] for row in ours if "parent" in row)
    assert set(counts) == {row["slug"] for row in ours if "parent" not in row}
    assert all(3 <= count <= 7 for count in counts.values())
    assert {row["slug"] for row in ours if "parent" in row} == {slug for slug, theme in used if theme in counts}


def test_every_word_left_out_is_one_of_los() -> None:
    los = json.loads(LOS.read_text("utf-8"))
    words = {slug: [*sub["words"], *sub["helpers"]] for subs in los.values() for slug, sub in subs.items()}
    for slug, left_out in tomllib.loads(LEFT_OUT.read_text("utf-8")).items():
        for pattern in left_out.split(","):
            assert any(fnmatchcase(word, pattern.strip()) for word in words[slug]), f"{slug}: {pattern}"


def test_fast_enough() -> None:
    rows = [row for rows in CASES.values() for row in rows]
    load()

    def classify_all() -> None:
        for number in range(5):
            for text, headings, _ in rows:
                classify(f"{text} {number}", headings=headings)

    assert calls(classify_all) / (5 * len(rows)) < 2000  # 290 are needed, in 0.1 to 0.2 ms
