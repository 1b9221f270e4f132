"""Branches: one a place, whatever number the place had."""

import pytest

from programmes.branches import UnknownArea, area_with_code, get_or_create_branch, same_place
from programmes.models import Area, Branch, Party
from programmes.registers import load_registers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers():
    load_registers(samples=True)


def branch(name: str, level: str, code: str | None, year: int, party: str = "FJORD") -> Branch:
    return get_or_create_branch(
        party=Party.objects.get(code=party), name=name, level=level, area_code=code, on_year=year
    )


def test_national_branch_is_the_one_of_the_register():
    assert branch("Fjordpartiet", "national", None, 2025) == Branch.objects.get(party__code="FJORD", level="national")


def test_a_new_local_branch_stands_under_the_national_one():
    made = branch("Bærum Fjordparti", "municipality", "3024", 2023)
    assert (made.name, made.slug, made.level) == ("Bærum Fjordparti", "baerum", "municipality")
    assert (made.area.name, made.area.county.name, made.area.valid_to.year) == ("Bærum", "Viken", 2023)
    assert made.parent.level == "national"
    assert branch("Bærum Fjordparti", "municipality", "3024", 2023) == made


@pytest.mark.parametrize("years", [[(2019, "0403"), (2023, "3403")], [(2023, "3403"), (2019, "0403")]])
def test_a_renumbered_municipality_keeps_its_branch(years):
    made = {branch("Hamar Fjordparti", "municipality", code, year) for year, code in years}
    assert len(made) == 1
    kept = Branch.objects.get(pk=made.pop().pk)
    assert (kept.slug, kept.area.code, kept.area.county.name) == ("hamar", "3403", "Innlandet")


def test_a_county_that_was_part_of_another_for_a_while_keeps_its_branch():
    assert branch("Troms Fjordparti", "county", "19", 2019) == branch("Troms Fjordparti", "county", "55", 2025)


def test_a_merged_municipality_has_a_branch_of_its_own():
    gamlevik = branch("Gamlevik Fjordparti", "municipality", "9910", 2019)
    nordvika = branch("Nordvika Fjordparti", "municipality", "9902", 2023)
    assert gamlevik != nordvika
    assert nordvika.area in gamlevik.area.successors.all()


def test_parent_is_the_county_branch_whichever_came_first():
    early = branch("Storfjell Fjordparti", "municipality", "9901", 2019)
    county = branch("Innfjord Fjordparti", "county", "99", 2023)
    late = branch("Nordvika Fjordparti", "municipality", "9902", 2019)
    other = branch("Storfjell Bygdeliste", "municipality", "9901", 2019, party="BYGD")
    early.refresh_from_db()
    assert (early.parent, late.parent, county.parent.level, other.parent.level) == (
        county,
        county,
        "national",
        "national",
    )


def test_areas_that_share_a_name_get_addresses_of_their_own():
    nes = [branch("Nes Fjordparti", "municipality", code, 2019) for code in ("0236", "0616")]
    assert [made.slug for made in nes] == ["nes", "nes-buskerud"]
    oslo = [branch("Oslo Fjordparti", "municipality", "0301", 2023), branch("Oslo Fjordparti", "county", "03", 2023)]
    assert [made.slug for made in oslo] == ["oslo", "oslo-fylke"]
    assert branch("Våler Fjordparti", "municipality", "3419", 2023).slug == "valer"
    assert branch("Nes Bygdeliste", "municipality", "0616", 2019, party="BYGD").slug == "nes"


def test_a_number_is_read_in_its_year():
    assert area_with_code("3403", level="municipality", on_year=2023).valid_to.year == 2023
    assert area_with_code("3403", level="municipality", on_year=2025).valid_to is None


def test_the_nearest_area_stands_in_where_a_number_is_of_another_year():
    assert area_with_code("0403", level="municipality", on_year=2011).valid_from.year == 2018
    assert area_with_code("3201", level="municipality", on_year=2023).valid_from.year == 2024
    assert area_with_code("0403", level="municipality", on_year=2025).valid_to.year == 2019


@pytest.mark.parametrize(
    ("code", "level", "message"),
    [
        ("9999", "municipality", "ingen kommune med nummer «9999»"),
        ("98", "county", "ikke noe fylke med nummer «98»"),
        ("9901", "county", "ikke noe fylke"),
        (None, "municipality", "ingen kommune"),
    ],
)
def test_an_unknown_area_is_said_plainly_and_makes_nothing(code, level, message):
    with pytest.raises(UnknownArea, match=message):
        branch("Ingensteds Fjordparti", level, code, 2023)
    assert not Branch.objects.exclude(level="national").exists()


def test_same_place_follows_names_not_numbers():
    haram = Area.objects.get(code="1580")
    assert {area.code for area in same_place(haram)} == {"1580", "1534"}
    heroy = Area.objects.get(code="1818", valid_from__year=2020)
    assert {area.valid_from.year for area in same_place(heroy)} == {2018, 2020, 2024}
