"""A newer edition takes the place of an older one in search, counts and lists, on an editor's word alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from programmes.models import Programme, Theme
from programmes.publishing import publish, withdraw
from programmes.search import Filters, search
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
ENGINES = pytest.mark.parametrize("engine", ["whoosh", "postgres"])


def edition(text: str, *, replaces: Programme | None = None, published: bool = True, **fields: Any) -> Programme:
    branch = builders.national_branch("FJORD", "Fjordpartiet")
    programme = builders.programme(branch=branch, parse=builders.parsed([text]), published=False, **fields)
    programme.replaces = replaces
    programme.save()
    if published:
        publish(programme)
    return programme


@pytest.fixture
def editions() -> tuple[Programme, Programme]:
    """A proposal, and the adopted programme that replaces it."""
    old = edition("Bygge fjellheis til Storfjell.", title="Forslag")
    return old, edition("Bygge fjellheis til Lillefjell.", title="Program", replaces=old)


def found(engine: str, **filters: Any) -> list[str]:
    return [hit.passage.text for hit in search("fjellheis", engine=engine, filters=Filters(**filters)).hits]


@ENGINES
def test_search_finds_the_newest_and_all_where_that_is_asked_for(
    editions: tuple[Programme, Programme], engine: str
) -> None:
    assert found(engine) == ["Bygge fjellheis til Lillefjell."]
    assert len(found(engine, editions=("alle",))) == 2
    (choice,) = search("fjellheis", engine=engine).facets["editions"]
    assert (choice.value, choice.count, choice.selected) == ("alle", 2, False)
    assert search("fjellheis", engine=engine).span.programmes == 1
    assert search("Lillefjell", engine=engine).facets["editions"] == (), "the older one has nothing to add"


@ENGINES
def test_what_only_the_older_one_says_is_no_false_zero(editions: tuple[Programme, Programme], engine: str) -> None:
    publish(edition("Utrede sjøflyhavn.", title="Utkast", published=False))
    edition("Bygge sjøbu.", title="Endelig", replaces=Programme.objects.get(title="Utkast"))
    result = search("sjøflyhavn", engine=engine)
    assert [hit.passage.text for hit in result.hits if "fly" in hit.passage.text] == []
    assert [(choice.value, choice.count) for choice in result.facets["editions"]] == [("alle", 1)]


@ENGINES
def test_a_withdrawn_edition_gives_its_place_back(editions: tuple[Programme, Programme], engine: str) -> None:
    _old, new = editions
    withdraw(new, reason="Feil fil.")
    assert found(engine) == ["Bygge fjellheis til Storfjell."]
    publish(new)
    assert found(engine) == ["Bygge fjellheis til Lillefjell."]


def test_a_draft_takes_nobodys_place() -> None:
    old = edition("Bygge fjellheis til Storfjell.", title="Forslag")
    edition("Bygge fjellheis til Lillefjell.", title="Program", replaces=old, published=False)
    assert found("whoosh") == ["Bygge fjellheis til Storfjell."]


def test_an_edition_in_the_middle_that_is_withdrawn_keeps_the_chain(editions: tuple[Programme, Programme]) -> None:
    _old, middle = editions
    newest = edition("Bygge fjellheis til Høyfjell.", title="Rettet", replaces=middle)
    withdraw(middle, reason="Feil fil.")
    assert found("whoosh") == ["Bygge fjellheis til Høyfjell."]
    withdraw(newest, reason="Feil fil.")
    assert found("whoosh") == ["Bygge fjellheis til Storfjell."]


def test_one_of_two_newer_ones_is_enough(editions: tuple[Programme, Programme]) -> None:
    old, new = editions
    edition("Bygge fjellheis til Høyfjell.", title="Rettet", replaces=old)
    withdraw(new, reason="Feil fil.")
    assert found("whoosh") == ["Bygge fjellheis til Høyfjell."]


def test_the_same_chapter_and_period_alone_replace_nothing() -> None:
    edition("Bygge fjellheis til Storfjell.", title="Program")
    edition("Bygge fjellheis til Lillefjell.", title="Kortversjon")
    assert len(found("whoosh")) == 2


def test_editions_that_replace_each_other_in_a_ring_end(editions: tuple[Programme, Programme]) -> None:
    old, new = editions
    Programme.objects.filter(pk=old.pk).update(replaces=new)
    old.refresh_from_db()
    publish(old)
    assert old.is_replaced


def test_counts_and_lists_take_in_the_newest(editions: tuple[Programme, Programme], client: Client) -> None:
    theme = builders.theme("samferdsel", "Samferdsel")
    for programme in editions:
        programme.passages.get(kind="pledge").passage_themes.create(theme=theme, is_main=True)
        publish(programme)
    assert Theme.objects.with_pledge_counts().get(pk=theme.pk).pledge_count == 1
    shown = client.get(theme.get_absolute_url()).content.decode()
    assert "1 løfte" in shown
    assert "Lillefjell" in shown
    assert editions[0].passages.get(kind="pledge").text not in shown
    assert client.get("/").content.decode().count("Forslag") == 0


def test_the_older_one_stays_at_its_address_and_says_so(editions: tuple[Programme, Programme], client: Client) -> None:
    old, new = editions
    shown = client.get(old.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in shown
    assert "eldre utgave" in client.get(old.branch.get_absolute_url()).content.decode()


def test_the_page_offers_older_editions_and_marks_their_hits(
    editions: tuple[Programme, Programme], client: Client
) -> None:
    shown = client.get("/sok/?q=fjellheis").content.decode()
    assert "/sok/?q=fjellheis&amp;utgaver=alle" in shown
    assert "eldre utgave</span>" not in shown
    shown = client.get("/sok/?q=fjellheis&utgaver=alle").content.decode()
    assert shown.count('<span class="caution">eldre utgave</span>') == 1
    file = b"".join(client.get("/sok.json?q=fjellheis&utgaver=alle").streaming_content)
    assert json.loads(file)["antall"] == 2
