"""Whether a programme is adopted: told everywhere, and never said of one of which it is not known."""

from __future__ import annotations

import pytest
from django.test import Client

from ingest.intake.details import Details
from programmes.models import Programme
from tests import builders

pytestmark = pytest.mark.django_db

STANDINGS = {
    "proposal": ("forslag", "Forslag, ikke vedtatt", "Dette står i et forslag til program. Det er ikke vedtatt."),
    "hearing": ("høringsutkast", "Høringsutkast, ikke vedtatt", "Dette står i et høringsutkast. Det er ikke vedtatt."),
    "unknown": ("ukjent om vedtatt", "Ukjent om det er vedtatt", "Arkivet vet ikke om dette programmet er vedtatt."),
}
"""Status → in a word, over the programme, beside a part of it."""


def pages_of(client: Client, status: str) -> dict[str, str]:
    programme = builders.programme(parse=builders.parsed(["Utrede byantikvar."]))
    Programme.objects.update(status=status)
    passage = programme.passages.get()
    addresses = {
        "programme": programme.get_absolute_url(),
        "section": passage.section.get_absolute_url(),
        "pledge": passage.get_absolute_url(),
        "hits": "/sok/?q=byantikvar",
        "branch": programme.branch.get_absolute_url(),
        "csv": "/sok.csv?q=byantikvar",
        "json": "/sok.json?q=byantikvar",
        "feed": "/sok.atom?q=byantikvar",
    }
    answers = {name: client.get(address) for name, address in addresses.items()}
    return {name: answer.getvalue().decode() for name, answer in answers.items()}


@pytest.mark.parametrize("status", STANDINGS)
def test_what_is_not_known_to_be_adopted_says_so_everywhere(client: Client, status: str) -> None:
    word, over, beside = STANDINGS[status]
    pages = pages_of(client, status)
    assert over in pages["programme"]
    assert beside in pages["section"] and beside in pages["pledge"]
    assert f"[{word}]" in pages["pledge"], "the citation"
    for name in ("hits", "branch", "csv", "json", "feed"):
        assert word in pages[name], name


def test_an_adopted_programme_has_no_such_words(client: Client) -> None:
    pages = pages_of(client, "adopted")
    for words in STANDINGS.values():
        assert not [name for name, page in pages.items() if any(each in page for each in words[1:])]
    assert "[vedtatt]" not in pages["pledge"]


def test_nobody_said_means_unknown() -> None:
    details = Details(title="Program", kind="municipal", period_start=2023, period_end=2027)
    assert details.status == Programme().status == "unknown"
