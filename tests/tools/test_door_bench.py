"""What is asked of the doors when they are timed is there to be asked, and so is the page beside each."""

import pytest
from django.test import Client

from programmes.models import Branch, Party
from tests import builders
from tools.door_bench.asking import doors

pytestmark = pytest.mark.django_db

ANSWERS = (200, 301)
PLEDGES = (
    "Bygge fem nye barneskoler i kommunen og styrke skolehelsetjenesten.",
    "Bevare alle sykehusene i fylket, og ikke legge ned 3 fødeavdelinger.",
    "Utrede behov for en byantikvar og verne den gamle bebyggelsen i sentrum.",
)


def test_every_door_and_the_page_beside_it_answers(client: Client) -> None:
    theme = builders.theme("skole-og-utdanning", "Skole og utdanning")
    for number, party in enumerate(("Fjordpartiet", "Kystpartiet")):
        branch = builders.national_branch(party[:5].upper(), party)
        parse = builders.parsed(PLEDGES, theme=theme.slug, content=party.encode())
        builders.programme(branch=branch, year=2021 + 4 * number, parse=parse)
    assert Party.objects.count() == Branch.objects.count() == 2
    for door in doors(seed=1, host="testserver"):
        path, page, article = door.ask()
        if article:
            answer = client.post(path, {"text": article}, content_type="application/json")
            assert answer.json()["quotations"], "an article without quotations costs nothing"
        else:
            answer = client.get(path)
        assert answer.status_code in ANSWERS, path
        if page:
            assert client.get(page).status_code in ANSWERS, page
