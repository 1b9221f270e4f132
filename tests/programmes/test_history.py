"""What became of a pledge between two programmes of a branch."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from ingest.desk.correct import correct, present_parse, undo
from programmes.history import link_history, matches
from programmes.models import Passage, Programme
from programmes.publishing import withdraw
from tests import builders
from tests.ingest.parser.edits import sketch

PAIRS = [
    ("Bygge ny skole i Storfjell.", "Bygge ny skole i Storfjell.", "same"),
    ("Bygge ny skole i Storfjell", "bygge ny skole i Storfjell.", "same"),
    ("Øke bemanningen i kommunens barnehager.", "Øke grunnbemanningen i alle kommunens barnehager.", "reworded"),
    ("Gi gratis buss til alle under 18 år.", "Gi gratis buss til alle under 20 år", "reworded"),
    ("Utrede behov for en byantikvar.", "Utrede behovet for en egen byantikvar.", "reworded"),
    ("Senke eiendomsskatten.", "Øke bemanningen i barnehagene.", "new"),
    ("Bygge ny skole i Storfjell.", "Bygge ny svømmehall ved Nordvika ungdomsskole.", "new"),
    ("Styrke kulturskolen.", "Legge ned kulturskolens filial i Elvebyen og flytte tilbudet.", "new"),
    ("mat", "mot", "new"),
]
"""Earlier, later, what became of it."""


@pytest.mark.parametrize(("earlier", "later", "became"), PAIRS)
def test_pairs(earlier: str, later: str, became: str) -> None:
    [(before, likeness)] = matches([Passage(text=later)], [Passage(text=earlier)])
    assert (before is None) == (became == "new")
    if likeness is not None:
        assert ("same" if likeness >= 98 else "reworded") == became


def test_the_likest_pair_is_taken_first_and_each_pledge_once() -> None:
    old = [Passage(text="Bygge ny skole i Storfjell."), Passage(text="Bygge ny skole i Storfjell sentrum.")]
    new = [Passage(text="Bygge ny skole i Storfjell sentrum."), Passage(text="Bygge en ny skole i Storfjell.")]
    assert [before for before, _likeness in matches(new, old)] == [old[1], old[0]]


def edition(year: int, *pledges: str) -> dict[str, Passage]:
    programme = builders.programme(year=year, title=str(year), parse=builders.parsed(pledges))
    return {passage.text: passage for passage in programme.passages.all()}


@pytest.mark.django_db
@pytest.mark.parametrize("newest_first", [False, True])
def test_programmes_are_tied_whichever_is_published_first(newest_first: bool) -> None:
    texts = {2019: ["Utrede behov for en byantikvar.", "Senke skatten."], 2023: ["Utrede behovet for en byantikvar."]}
    years = sorted(texts, reverse=newest_first)
    stored = {year: edition(year, *texts[year]) for year in years}
    later = Passage.objects.get(text=texts[2023][0])
    assert later.earlier == stored[2019][texts[2019][0]]
    assert 70 <= later.earlier_likeness < 98


@pytest.mark.django_db
def test_a_withdrawn_programme_is_no_earlier_one() -> None:
    edition(2015, "Bygge ny skole i Storfjell.")
    middle = next(iter(edition(2019, "Bygge ny skole i Storfjell.").values()))
    edition(2023, "Bygge ny skole i Storfjell.")
    withdraw(middle.programme, reason="Feil utgave.")
    newest = Passage.objects.get(programme__period_start=2023)
    assert newest.earlier.programme.period_start == 2015


CORRECTED: list[tuple[int, str, str, dict[str, Any]]] = [
    (2023, "text", "Senke", {"text": "Bygge en ny ferjekai i Elvebyen."}),
    (2023, "text", "Utrede", {"text": "Noe helt annet."}),
    (2019, "text", "Bygge", {"text": "Holde skattene nede i hele perioden."}),
    (2019, "furniture", "Utrede", {}),
    (2019, "kind", "Utrede", {"kind": "question"}),
    (2023, "furniture", "Gratis", {}),
    (2023, "split", "Gratis", {"at": 13, "rest": "for alle"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "kind", "begins", "change"), CORRECTED)
def test_a_correction_ties_anew_what_it_touches_as_comparing_all_would(
    year: int, kind: str, begins: str, change: dict[str, Any], django_user_model: type[User]
) -> None:
    edition(2019, "Utrede behov for en byantikvar.", "Bygge ny ferjekai i Elvebyen.", "Gratis buss for alle elever.")
    edition(
        2023, "Utrede behovet for en byantikvar.", "Senke skattene i hele perioden.", "Gratis buss for alle elever."
    )
    call_command("load_registers", verbosity=0, stdout=StringIO())  # a pledge made by hand is given themes
    programme = Programme.objects.get(period_start=year)
    user = django_user_model.objects.create(username="kari")

    def ties() -> list[tuple[Any, ...]]:
        return list(Passage.objects.order_by("pk").values_list("pk", "earlier", "earlier_likeness"))

    place = sketch.place(present_parse(programme).parsed, begins)
    before = ties()
    correction = correct(programme, user=user, kind=kind, place=place, change=change, revision=programme.revision)
    quick = ties()
    link_history(Programme.objects.get(period_start=2023))
    assert quick == ties()
    assert quick != before
    undo(correction, user)
    quick = ties()
    link_history(Programme.objects.get(period_start=2023))
    assert quick == ties()
