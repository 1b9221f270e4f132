"""The pairs of alike pledges follow the archive: after publishing, correcting, withdrawing, and a killed worker."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.alike import upkeep
from programmes.alike.kept import LISTED, SHOWN, pledges_alike
from programmes.branches import get_or_create_branch
from programmes.models import AlikeLeaf, AlikeOwed, AlikePair, Area, Passage, Programme
from programmes.publishing import publish, refresh, withdraw
from tests import builders

pytestmark = pytest.mark.django_db

SKATING = "Bevare skøytebanen på Torvmyra."
POOL = "Bygge ny svømmehall på Elvestad."


def of_party(code: str, *pledges: str, year: int = 2023, dissents: tuple[str, ...] = ()) -> Programme:
    branch = builders.national_branch(code, f"Partiet {code}")
    return builders.programme(branch=branch, year=year, parse=builders.parsed(pledges, dissents=dissents))


def pairs() -> set[tuple[str, str, str]]:
    return {(row.one.text, row.other.text, row.label) for row in AlikePair.objects.select_related("one", "other")}


def test_what_is_published_is_compared_with_the_archive_both_ways() -> None:
    of_party("A", SKATING, POOL)
    of_party("B", "At skøytebanen på Torvmyra skal bevares.", "Avvikle kontantstøtten.")
    assert upkeep.owed() == 2
    assert upkeep.catch_up() == 2
    assert upkeep.owed() == 0
    assert {one for one, _other, _label in pairs()} == {SKATING, "At skøytebanen på Torvmyra skal bevares."}
    assert upkeep.catch_up() == 0


def test_opposites_are_kept_and_never_among_the_alike() -> None:
    of_party("A", SKATING)
    of_party("B", "Avvikle skøytebanen på Torvmyra.")
    upkeep.catch_up()
    pledge = Passage.objects.get(text=SKATING)
    assert pledges_alike([pledge], at_least=0.0)[pledge.pk] == []
    [opposite] = pledges_alike([pledge], at_least=0.0, labels=["opposite"])[pledge.pk]
    assert opposite.pledge.text == "Avvikle skøytebanen på Torvmyra."


def test_a_correction_compares_what_changed_alone() -> None:
    of_party("A", SKATING, POOL)
    later = of_party("B", SKATING, "Bygge ny svømmehall på Elvestad snart.")
    upkeep.catch_up()
    kept = AlikePair.objects.get(one__text=SKATING, one__programme=later)
    changed = later.passages.get(text__startswith="Bygge")
    changed.corrected = "Støtte folkehøgskolene."
    changed.save()
    refresh(later, changed=[changed.pk])
    upkeep.catch_up()
    assert not AlikePair.objects.filter(one=changed).exists()
    assert AlikePair.objects.get(one__text=SKATING, one__programme=later).pk == kept.pk


def test_a_withdrawn_programme_has_no_pairs_until_it_is_published_again() -> None:
    of_party("A", SKATING)
    other = of_party("B", SKATING)
    upkeep.catch_up()
    withdraw(other, reason="Feil fil.")
    pledge = Passage.objects.get(text=SKATING, programme__branch__party__code="A")
    assert pledges_alike([pledge], at_least=SHOWN)[pledge.pk] == [], "even before the worker comes"
    upkeep.catch_up()
    assert not AlikePair.objects.exists()
    assert AlikeLeaf.objects.count() == 1
    publish(other)
    upkeep.catch_up()
    assert len(pledges_alike([pledge], at_least=SHOWN)[pledge.pk]) == 1


def test_a_deleted_programme_is_no_longer_owed() -> None:
    gone = of_party("A", SKATING)
    upkeep.note_owed()
    gone.delete()
    upkeep.catch_up()
    assert not AlikeOwed.objects.exists()


def test_a_killed_worker_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    of_party("A", SKATING)
    of_party("B", SKATING)

    class Killed(BaseException):
        pass

    def killed() -> None:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(upkeep, "worked_out", killed)
        with pytest.raises(Killed):
            upkeep.catch_up()
    assert not AlikeLeaf.objects.exists()
    assert upkeep.owed() == 2
    upkeep.catch_up()
    assert len(pairs()) == 1


def test_other_rules_compare_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    of_party("A", SKATING)
    of_party("B", SKATING)
    upkeep.catch_up()
    monkeypatch.setattr(upkeep, "rules", lambda: "other")
    assert upkeep.owed() == 2
    assert upkeep.catch_up() == 2
    assert AlikePair.objects.count() == 2


def test_what_can_not_be_compared_stays_owed_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = of_party("A", SKATING)
    of_party("B", SKATING)
    settle = upkeep.settle

    def fails(programme_id: int) -> None:
        if programme_id == bad.pk:
            raise ValueError
        settle(programme_id)

    with monkeypatch.context() as during:
        during.setattr(upkeep, "settle", fails)
        assert upkeep.catch_up() == 1
    assert upkeep.owed() == 1
    upkeep.catch_up()
    assert len(pairs()) == 1


def test_what_was_withdrawn_while_the_rules_changed_has_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    of_party("A", SKATING)
    other = of_party("B", SKATING)
    upkeep.catch_up()
    withdraw(other, reason="Feil fil.")
    monkeypatch.setattr(upkeep, "rules", lambda: "other")
    upkeep.catch_up()
    assert not AlikePair.objects.exists()


def test_what_is_owed_is_read_anew_for_who_asks_and_stays_owed() -> None:
    of_party("A", SKATING)
    upkeep.catch_up()
    of_party("B", POOL)
    assert [len(leaf.keys) for leaf in upkeep.leaves()] == [1]
    assert [len(leaf.keys) for leaf in upkeep.leaves_as_published()] == [1, 1]
    assert upkeep.owed() == 1


def test_what_a_programme_takes_can_be_measured_without_writing() -> None:
    of_party("A", SKATING, POOL)
    upkeep.catch_up()
    later = of_party("B", SKATING)
    assert {(row.one.text, row.other.text) for row in upkeep.pairs_of(later.pk)} == {(SKATING, SKATING)}
    assert not AlikePair.objects.exists()


def test_what_is_not_the_partys_is_marked() -> None:
    of_party("A", SKATING)
    proposal = of_party("B", SKATING)
    Programme.objects.filter(pk=proposal.pk).update(status="proposal")
    of_party("C", POOL, dissents=(SKATING,))
    upkeep.catch_up()
    pledge = Passage.objects.get(text=SKATING, programme__branch__party__code="A")
    found = pledges_alike([pledge], at_least=LISTED)[pledge.pk]
    assert [each.is_the_partys for each in found] == [False, False]


def test_alike_pledges_of_many_take_one_query() -> None:
    for code in "ABCD":
        of_party(code, SKATING, POOL)
    upkeep.catch_up()
    keys = list(Passage.objects.values_list("pk", flat=True))
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as queries:
            found = pledges_alike(some, at_least=LISTED)
            assert [each.pledge.programme.branch.party.name for each in found[some[0]]]
        assert len(queries) == 1


def test_the_page_of_a_pledge_shows_other_parties_with_their_own_words_marked(client: Client) -> None:
    of_party("A", SKATING)
    of_party("B", "Bevare skøytebanen på Torvmyra hele vinteren.")
    of_party("C", "Avvikle skøytebanen på Torvmyra.")
    upkeep.catch_up()
    pledge = Passage.objects.get(text=SKATING)
    page = client.get(pledge.get_absolute_url()).content.decode()
    assert "Også hos andre partier" in page
    assert "Partiet B" in page
    assert "vinteren.</ins>" in page
    assert "Partiet C" not in page


def test_a_chapters_pledge_shows_the_national_one(client: Client) -> None:
    of_party("A", SKATING)
    party = builders.party("A", "Partiet A")
    county = {"name": "Storfjell", "level": "county", "slug": "storfjell-fylke", "valid_from": date(2020, 1, 1)}
    Area.objects.get_or_create(code="03", defaults=county)
    branch = get_or_create_branch(party=party, name="Storfjell A", level="county", area_code="03", on_year=2023)
    builders.programme(branch=branch, kind="county", parse=builders.parsed([SKATING]))
    upkeep.catch_up()
    pledge = Passage.objects.get(programme__branch=branch)
    assert "Fra det nasjonale programmet" in client.get(pledge.get_absolute_url()).content.decode()
