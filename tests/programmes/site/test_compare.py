"""Comparing: who is meant, what stands in one row, what only one has, and the same as a file."""

from __future__ import annotations

import csv
import html
import re
from io import StringIO

import pytest
from django.test import Client

from programmes.alike import upkeep
from programmes.models import Programme
from tests import builders

pytestmark = pytest.mark.django_db

SKATING = "Bevare skøytebanen på Torvmyra."
SKATING_TOO = "At skøytebanen på Torvmyra skal bevares."
POOL = "Bygge ny svømmehall på Elvestad."
SCHOOL = "Støtte folkehøgskolene."
THEME = "kultur-idrett-og-fritid"


def of_party(code: str, name: str, *pledges: str, year: int = 2023, dissents: tuple[str, ...] = ()) -> Programme:
    builders.theme()
    parse = builders.parsed(pledges, dissents=dissents, theme=THEME)
    return builders.programme(branch=builders.national_branch(code, name), year=year, parse=parse)


@pytest.fixture
def two_parties() -> None:
    of_party("FJORD", "Fjordpartiet", SKATING, POOL)
    of_party("MYR", "Myrpartiet", SKATING_TOO, SCHOOL, dissents=("Legge ned skøytebanen på Torvmyra.",))
    upkeep.catch_up()


def rows_of(page: str) -> list[list[str]]:
    """Return the words of each cell of the table's body, by row."""
    body = page.partition("</thead>")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in rows]
    return [[" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in cells]


def page_of(client: Client, query: str) -> str:
    response = client.get(f"/sammenlign/?{query}", follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("two_parties")
@pytest.mark.parametrize("subject", [f"tema={THEME}", "q=skøytebanen"])
def test_what_is_alike_stands_in_one_row(client: Client, subject: str) -> None:
    shared, *_alone = rows_of(page_of(client, f"hos=fjordpartiet&hos=myrpartiet&{subject}"))
    assert SKATING in shared[0]
    assert SKATING_TOO in shared[1]


@pytest.mark.usefixtures("two_parties")
def test_what_only_one_has_stands_below_and_dissents_nowhere(client: Client) -> None:
    page = page_of(client, f"hos=fjordpartiet&hos=myrpartiet&tema={THEME}")
    alone = rows_of(page)[-1]
    assert POOL in alone[0]
    assert SCHOOL in alone[1]
    assert SKATING not in alone[0]
    assert "Legge ned" not in page


@pytest.mark.usefixtures("two_parties")
def test_typed_names_lead_to_the_address_to_share(client: Client) -> None:
    response = client.get("/sammenlign/", {"hos": ["Fjordpartiet", "Myrpartiet 2023"], "q": "skøytebanen"})
    assert response.status_code == 302
    assert response["Location"].startswith("/sammenlign/?hos=fjordpartiet&hos=myrpartiet/2023&q=")


@pytest.mark.usefixtures("two_parties")
def test_who_has_most_to_say_is_compared_where_nobody_is_named(client: Client) -> None:
    assert "Fjordpartiet og Myrpartiet om" in page_of(client, f"tema={THEME}")


@pytest.mark.usefixtures("two_parties")
def test_a_name_that_nobody_has_is_told_and_kept(client: Client) -> None:
    page = page_of(client, "hos=Tullepartiet&hos=fjordpartiet&q=skøytebanen")
    assert "Fant ikke «Tullepartiet»" in page
    assert 'value="Tullepartiet"' in page


@pytest.mark.usefixtures("two_parties")
def test_who_has_no_programme_is_said_to_have_none(client: Client) -> None:
    builders.party("TOM", "Tomtepartiet")
    page = page_of(client, "hos=tomtepartiet&hos=fjordpartiet&q=skøytebanen")
    assert "Arkivet har ikke noe slikt program." in page


def test_two_years_of_one_party(client: Client) -> None:
    of_party("FJORD", "Fjordpartiet", SKATING, year=2019)
    of_party("FJORD", "Fjordpartiet", SKATING, POOL, year=2023)
    upkeep.catch_up()
    page = page_of(client, f"hos=fjordpartiet/2019&hos=fjordpartiet/2023&tema={THEME}")
    shared, alone = rows_of(page)
    assert shared[0].endswith(SKATING)
    assert shared[1].endswith(SKATING)
    assert "Ingenting" in alone[0]
    assert POOL in alone[1]


@pytest.mark.usefixtures("two_parties")
def test_the_file_has_each_pledge_with_the_row_that_it_shares(client: Client) -> None:
    response = client.get(f"/sammenlign.csv?hos=fjordpartiet&hos=myrpartiet&tema={THEME}")
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")  # type: ignore[attr-defined]
    rows = {row["tekst"]: row for row in csv.DictReader(StringIO(text), delimiter=";")}
    assert rows[SKATING]["rad"] == rows[SKATING_TOO]["rad"] == "1"
    assert rows[SKATING]["likhet"]
    assert rows[POOL]["rad"] == ""
    assert rows[POOL]["adresse"].startswith("http://testserver/lofte/")


@pytest.mark.usefixtures("two_parties")
@pytest.mark.parametrize(
    "query", ["hos=%00", "hos=/&hos=//", "hos=a/b/c/d", f"hos={'x' * 3000}&q={'y' * 3000}", "tema=finnes-ikke", "hos=1"]
)
def test_odd_addresses_are_answered(client: Client, query: str) -> None:
    assert client.get(f"/sammenlign/?{query}", follow=True).status_code in (200, 400)
