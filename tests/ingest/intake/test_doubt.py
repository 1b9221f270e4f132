"""Doubt, dissents and printed numbers are stored with a programme, and stay through new readings and corrections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from ingest.desk.correct import present_parse
from ingest.desk.preview import view_of
from ingest.intake.sheets import sheets_of
from ingest.intake.store import replace_text
from ingest.parser.document import ParsedProgramme, Passage, Printed, Problem
from ingest.parser.themes import with_themes
from programmes.models import PassageTheme, Pledge, Programme, ProgrammeTheme
from programmes.publishing import refresh
from programmes.search import search
from tests import builders

pytestmark = pytest.mark.django_db

DISSENT = "DISSENS 3: Kari Vik foreslår"


def doubted() -> ParsedProgramme:
    """Return a parse whose first pledge is doubted, and whose second is a dissent."""
    theme = builders.theme().slug
    parse = builders.parsed(["Bygge kino.", "Selge kinoen."], prose=["Vi vil bygge kino i byen."], theme=theme)
    prose, first, second = parse.entries
    entries = (
        replace(prose, kind="prose_pledge", theme=theme, confidence=0.75),
        replace(first, confidence=0.25, printed=Printed("7", "12")),
        replace(second, dissent=DISSENT),
    )
    sections = tuple(replace(section, confidence=0.125) for section in parse.sections)
    problem = Problem(1, 3, "1 punkt uten innledning: er det løfter?", "no lead-in", (first.id,))
    return replace(parse, entries=entries, sections=sections, problems=(problem,))


def kept(programme: Programme) -> list[tuple[object, ...]]:
    fields = ("text", "confidence", "dissent", "printed_page", "printed_line")
    return list(programme.passages.order_by("position").values_list(*fields))


def test_what_is_doubted_is_stored_and_stays_over_a_new_reading() -> None:
    programme = builders.programme(parse=doubted())
    rows = [
        ("Vi vil bygge kino i byen.", 0.75, "", "", ""),
        ("Bygge kino.", 0.25, "", "7", "12"),
        ("Selge kinoen.", 1.0, DISSENT, "", ""),
    ]
    assert kept(programme) == rows
    replace_text(programme=programme, parsed=doubted())
    assert kept(programme) == rows
    programme.refresh_from_db()
    assert programme.sections.get().confidence == 0.125
    assert programme.parse_report["problems"][0]["kind"] == "no lead-in"
    assert programme.parse_report["problems"][0]["of"] == ["i0"]
    applied = present_parse(programme).parsed
    assert [entry.confidence for entry in applied.entries] == [0.75, 0.25, 1.0]
    assert applied.problems[0].of == ("i0",)


def test_a_dissent_is_no_pledge_of_the_party() -> None:
    programme = builders.programme(parse=doubted())
    assert (programme.pledge_count, programme.prose_pledge_count) == (2, 1)
    assert [pledge.text for pledge in Pledge.objects.all()] == ["Bygge kino."]
    counted = ProgrammeTheme.objects.get()
    assert (counted.pledge_count, counted.prose_pledge_count) == (2, 1)
    assert search("kino").total == counted.pledge_count
    without = replace(
        doubted(), entries=tuple(e if isinstance(e, Passage) else replace(e, dissent="") for e in doubted().entries)
    )
    replace_text(programme=programme, parsed=without)
    refresh(programme)
    assert programme.pledge_count == 3
    assert ProgrammeTheme.objects.get().pledge_count == 3


def test_a_dissent_says_so_wherever_it_is_shown(client: Client) -> None:
    programme = builders.programme(parse=doubted())
    passage = programme.passages.get(text="Selge kinoen.")
    neighbour = programme.passages.get(text="Bygge kino.")
    for address in (programme.get_absolute_url(), passage.get_absolute_url(), neighbour.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Dissens:" in page and DISSENT in page and "Dette er ikke partiets eget løfte." in page, address
    cited = client.get(passage.get_absolute_url()).content.decode()
    assert f"[dissens: {DISSENT}]" in cited
    assert "Selge kinoen." not in client.get("/tema/kultur-idrett-og-fritid/").content.decode()
    assert "Selge kinoen." not in client.get(f"{programme.get_absolute_url()}?vis=tema").content.decode()


def test_the_desk_shows_a_doubtful_entry_with_its_reason(desk: Client, kari: User) -> None:
    programme = builders.programme(parse=doubted())
    applied = present_parse(programme)
    rows = view_of(programme, applied, sheets_of(applied.parsed)[0]).rows
    assert [bool(row.doubt) for row in rows] == [True, False, True, False]  # the heading, prose, pledge, dissent
    page = desk.get(reverse("desk_programme", args=[programme.pk])).content.decode()
    assert "Usikker lesning: 25 prosent sikker" in " ".join(page.split())
    assert page.count("1 punkt uten innledning: er det løfter?") >= 2  # in the list of all, and beside the entry
    assert DISSENT in page


def test_a_pledge_in_running_text_gets_themes_and_is_counted_with_the_others(client: Client) -> None:
    builders.theme("skole-og-utdanning", "Skole og utdanning")
    parse = builders.parsed(
        [], section="Hverdagen", prose=["Vi vil ansette flere lærere i grunnskolen.", "Her er fjord."]
    )
    pledge, prose = parse.entries
    themed = with_themes((replace(pledge, kind="prose_pledge"), prose), parse.sections)
    assert [entry.theme for entry in themed] == ["skole-og-utdanning", None]
    themed = tuple(replace(entry, sub_themes=(), also_themes=()) for entry in themed)
    programme = builders.programme(parse=replace(parse, entries=themed))
    row = PassageTheme.objects.get()
    assert (row.passage.kind, row.theme.slug, row.is_main) == ("prose_pledge", "skole-og-utdanning", True)
    assert row.reasons
    counted = ProgrammeTheme.objects.get(programme=programme)
    assert (counted.pledge_count, counted.prose_pledge_count) == (1, 1)
    theme_page = client.get(row.theme.get_absolute_url()).content.decode()
    assert "1 løfte i løpende tekst" in theme_page
    assert "Vi vil ansette flere lærere i grunnskolen." in theme_page
    assert "Her er fjord." not in theme_page
