"""How pledges, paragraphs and chapters are quoted, and what their addresses say once they are gone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ingest.intake.store import replace_text
from programmes.models import GonePledge, Passage, Section
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

PAGED = {"media_type": "application/pdf"}


def citation_of(client: Client, address: str) -> str:
    shown = client.get(address).content.decode()
    return " ".join(re.search(r'id="cite-text"[^>]*>(.*?)</blockquote>', shown, re.DOTALL)[1].split())


def test_a_paragraph_is_quoted_as_a_paragraph(client: Client) -> None:
    builders.programme(parse=builders.parsed(prose=["Bygda er vid."], **PAGED))
    passage = Passage.objects.get(kind="prose")
    text = citation_of(client, passage.get_absolute_url())
    assert text.startswith("«Bygda er vid.» Bygdelista, Program (2023–2027), s. 1. Programarkivet, avsnitt ")
    assert text.endswith(f"http://testserver/avsnitt/{passage.public_id}/")


def test_a_chapter_is_quoted_by_its_permanent_address(client: Client) -> None:
    programme = builders.programme(parse=builders.parsed(section="Buss og båt", **PAGED))
    section = programme.sections.get()
    address = section.get_absolute_url()
    text = citation_of(client, address)
    assert text.startswith("«Buss og båt» Bygdelista, Program (2023–2027), s. 1. Programarkivet, kapittel ")
    assert text.endswith(f"http://testserver/kapittel/{section.public_id}/")
    shown = client.get(address).content.decode()
    assert f'<a href="/kapittel/{section.public_id}/">Fast lenke til kapitlet</a>' in shown
    assert "s. 1, linje 1" in shown
    assert client.get(f"/kapittel/{section.public_id}/")["Location"] == address


def test_a_chapter_of_a_proposal_says_so_when_quoted(client: Client) -> None:
    programme = builders.programme()
    programme.status = "proposal"
    programme.save()
    assert "[forslag]" in citation_of(client, programme.sections.get().get_absolute_url())


@pytest.mark.parametrize("sections", [1, 3])
def test_queries_of_a_chapter_do_not_grow(client: Client, sections: int) -> None:
    parse = builders.parsed()
    (first,) = parse.sections
    more = tuple(replace(first, id=f"s{n}", title=f"Kapittel {n}", line=n) for n in range(2, sections + 1))
    programme = builders.programme(parse=replace(parse, sections=(first, *more)))
    address = programme.sections.first().get_absolute_url()
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 5, [query["sql"] for query in queries]


def test_a_chapter_that_is_gone_says_so_and_takes_its_address_back(client: Client) -> None:
    both, other = builders.parsed(section="Kultur"), builders.parsed(section="Idrett og fritid")
    other = replace(other, sections=(replace(other.sections[0], page=2, line=9),))
    programme = builders.programme(parse=both)
    old = programme.sections.get().public_id
    replace_text(programme=programme, parsed=other)
    answer = client.get(f"/kapittel/{old}/")
    assert answer.status_code == 410
    shown = answer.content.decode()
    assert "Kapitlet står ikke lenger her" in shown
    assert "Kultur" in shown
    assert client.get(f"/avsnitt/{old}/").status_code == 404
    replace_text(programme=programme, parsed=both)
    assert Section.objects.get().public_id == old
    assert not GonePledge.objects.filter(public_id=old).exists()
    assert client.get(f"/kapittel/{old}/").status_code == 302


def test_a_passage_takes_no_id_of_a_chapter_with_the_same_words() -> None:
    first = builders.parsed(["Bygge ut."], section="Kultur for alle")
    second = builders.parsed(["Bygge ut.", "Kultur for alle"], section="Idrett")
    second = replace(second, sections=(replace(second.sections[0], page=2, line=9),))
    programme = builders.programme(parse=first)
    old = programme.sections.get().public_id
    replace_text(programme=programme, parsed=second)
    assert GonePledge.objects.get(is_section=True).public_id == old
    assert not programme.passages.filter(public_id=old).exists()


def test_no_draft_says_what_is_gone(client: Client) -> None:
    programme = builders.programme(published=False)
    GonePledge.objects.create(public_id="borte234", programme=programme, text="Hemmelig", is_section=True)
    assert client.get("/kapittel/borte234/").status_code == 404
