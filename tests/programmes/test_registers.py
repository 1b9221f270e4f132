"""The registers: their files hold together, and loading them is idempotent."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes import registers
from programmes.models import Area, Branch, Party, Theme
from programmes.registers import Count, RegisterError, load_registers

pytestmark = pytest.mark.django_db

PAPER, INK = "#ffffff", "#1c2024"
OUR_THEMES = {
    "utenriks-og-internasjonalt",
    "innvandring-og-integrering",
    "okonomi-og-forvaltning",
    "digitalisering-og-teknologi",
}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 counts it, 1 to 21."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_loads_all_and_the_second_time_nothing():
    first = load_registers()
    assert first.changed
    assert first.parties.created == Party.objects.count() >= 20
    assert first.areas == Count(created=1179)
    assert first.themes == Count(created=123)
    second = load_registers()
    assert not second.changed
    assert second.areas == Count(unchanged=1179)
    assert second.successors == Count(unchanged=first.successors.created)


def test_second_run_only_reads_and_few_times():
    load_registers()
    with CaptureQueriesContext(connection) as queries:
        load_registers()
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert all(sql.startswith("SELECT") for sql in statements)
    assert len(statements) <= 12


def test_brings_changed_rows_back_and_leaves_others_alone():
    load_registers()
    Party.objects.filter(code="V").update(colour="#000000")
    Theme.objects.filter(slug="barnehage").update(parent=Theme.objects.get(slug="arbeid"))
    bergen, trondheim = (Area.objects.filter(name=name).latest("valid_from") for name in ("Bergen", "Trondheim"))
    bergen.successors.add(trondheim)
    own = Party.objects.create(code="LOKAL", slug="lokallista", name_nb="Lokallista", name_nn="Lokallista")
    counts = load_registers()
    assert (counts.parties.created, counts.parties.updated) == (0, 1)
    assert counts.themes.updated == 1
    assert counts.successors.updated == 1
    assert Party.objects.get(code="V").colour != "#000000"
    assert Theme.objects.get(slug="barnehage").parent.slug == "familie-og-barn"
    assert not bergen.successors.exists()
    assert Party.objects.filter(pk=own.pk).exists()


def test_command_says_what_it_did():
    out = StringIO()
    call_command("load_registers", stdout=out)
    assert "Kommuner og fylker: 1179 nye, 0 endret, 0 uendret" in out.getvalue()
    again = StringIO()
    call_command("load_registers", stdout=again)
    assert again.getvalue().strip() == "Registrene er allerede oppdatert: ingenting er endret."


def test_every_party_has_its_national_branch():
    load_registers()
    assert Branch.objects.filter(level="national").count() == Party.objects.count() == Branch.objects.count()
    branch = Branch.objects.get(party__code="RØDT")
    assert (branch.name, branch.slug, branch.area, branch.parent) == ("Rødt", "nasjonalt", None, None)


def test_party_colours_are_seen_on_paper_and_on_ink():
    load_registers(samples=True)
    weak = {
        party.code: (contrast(party.colour, PAPER), contrast(party.colour, INK))
        for party in Party.objects.all()
        if min(contrast(party.colour, PAPER), contrast(party.colour, INK)) < 3
    }
    assert weak == {}


def test_party_codes_and_addresses():
    load_registers()
    slugs = dict(Party.objects.values_list("code", "slug"))
    expected = {
        "A": "arbeiderpartiet",
        "SV": "sv",
        "FRP": "frp",
        "H": "hoyre",
        "RØDT": "rodt",
        "KRISTNE": "konservativt",
    }
    assert {code: slugs[code] for code in expected} == expected
    assert (Party.objects.get(code="H").name_nb, Party.objects.get(code="H").name_nn) == ("Høyre", "Høgre")


def test_parties_have_their_abbreviations_other_names_and_years_in_the_storting():
    load_registers()
    shorts = dict(Party.objects.values_list("code", "short"))
    assert {code: shorts[code] for code in ("A", "FRP", "H", "KRF", "SP", "SV")} == {
        **{"A": "Ap", "FRP": "FrP", "H": "H"},
        **{"KRF": "KrF", "SP": "Sp", "SV": "SV"},
    }
    assert Party.objects.get(code="DEMN").also == ["Demokratene", "Demokratene i Norge"]
    in_storting = Party.objects.exclude(storting_since=None).values_list("code", flat=True)
    assert set(in_storting) == {"A", "FRP", "H", "KRF", "MDG", "RØDT", "SP", "SV", "V"}
    assert Party.objects.get(code="V").storting_since == 1993


def test_no_two_parties_have_a_name_in_common():
    load_registers(samples=True)
    names = [name.casefold() for party in Party.objects.all() for name in {each.casefold() for each in party.names}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("day", "municipalities", "counties"),
    [(date(2019, 9, 9), 422, 18), (date(2023, 9, 11), 356, 11), (date(2025, 9, 8), 357, 15)],
)
def test_areas_of_a_day(day: date, municipalities: int, counties: int):
    load_registers()
    areas = Area.objects.valid_on(day)
    assert areas.filter(level="municipality").count() == municipalities
    assert areas.filter(level="county").count() == counties
    assert not areas.filter(level="municipality", county=None).exists()
    assert all(area.county in areas for area in areas.filter(level="municipality").select_related("county"))


def test_areas_that_end_have_successors_and_others_none():
    load_registers()
    assert not Area.objects.exclude(valid_to=None).filter(successors=None).exists()
    assert not Area.objects.filter(valid_to=None, successors__isnull=False).exists()
    viken = Area.objects.get(name="Viken")
    assert set(viken.successors.values_list("name", flat=True)) == {"Østfold", "Akershus", "Buskerud"}


def test_themes_are_those_of_los_and_our_own():
    load_registers()
    mains = set(Theme.objects.main().values_list("slug", flat=True))
    assert len(mains) == 18
    assert mains >= OUR_THEMES | {"naring", "arbeid", "helse-og-omsorg", "skole-og-utdanning"}
    assert set(Theme.objects.main().filter(uri="").values_list("slug", flat=True)) == OUR_THEMES
    below_ours = Theme.objects.filter(parent__slug__in=OUR_THEMES)
    assert set(Theme.objects.filter(uri="", parent__isnull=False)) == set(below_ours), "sub-themes of our own"
    assert all(theme.uri.rsplit("/", 1)[1] == theme.slug for theme in Theme.objects.exclude(uri=""))
    assert not Theme.objects.filter(parent__parent__isnull=False).exists()


def test_words_lead_to_themes():
    load_registers()
    also = dict(Theme.objects.values_list("slug", "also"))
    assert {"Barnehus", "Fosterhjem", "Fosterheim"} <= set(also["barnevern-og-foreldrestotte"])
    assert {"kollektivtransport", "jernbane", "Skoleskyss"} <= set(also["mobilitetstilbud"])
    assert "Bensin" not in also["mobilitetstilbud"], "a word of Los that leads astray"
    assert {"KI", "AI"} <= set(also["kunstig-intelligens"])
    ours = [theme for theme in Theme.objects.filter(uri="", parent__isnull=False) if not theme.also]
    assert ours == [], "every sub-theme of our own has words"


def test_samples_come_only_when_asked_for():
    load_registers()
    assert not Party.objects.filter(code="FJORD").exists()
    counts = load_registers(samples=True)
    assert (counts.parties.created, counts.parties.unchanged) == (5, Party.objects.count() - 5)
    assert Area.objects.filter(code__startswith="99").count() == counts.areas.created
    assert Area.objects.get(name="Gamlevik").successors.get().name == "Nordvika"
    assert not load_registers().changed, "loading the real ones leaves the samples alone"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{ code = "9901", name = "Storfjell", county = "98", from = 2020-01-01 }', "fylke 98"),
        (
            '{ code = "99", name = "Innfjord", from = 2018-01-01, to = 2019-12-31, successors = ["98"] }',
            "etterfølgeren 98",
        ),
    ],
)
def test_a_register_that_does_not_hold_together_changes_nothing(row, message, tmp_path, monkeypatch):
    path = tmp_path / "registers.toml"
    path.write_text(f"area = [{row}]", encoding="utf-8")
    monkeypatch.setattr(registers, "SAMPLE_REGISTERS", path)
    with pytest.raises(RegisterError, match=message):
        load_registers(samples=True)
    assert not Area.objects.exists()
    with pytest.raises(CommandError, match=message):
        call_command("load_registers", "--samples")
