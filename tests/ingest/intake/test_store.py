"""Storing a parse: one transaction, idempotent, with ids and editors' work kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError

from ingest.intake.store import replace_text
from ingest.intake.write_rows import margin_numbers
from ingest.parser.themes import with_themes
from programmes.models import GonePledge, Passage, PassageTheme, Programme
from tests import builders

pytestmark = pytest.mark.django_db


def texts(programme: Programme) -> list[tuple[str, str, str]]:
    return list(programme.passages.order_by("position").values_list("kind", "number", "text"))


def test_prose_pledges_and_sub_pledges_are_kept_in_document_order() -> None:
    programme = builders.programme(
        parse=builders.parsed(["Bygge skole.", "Sørge for:"], prose=["Skolen er viktig."], below=["mat", "ro"])
    )
    assert texts(programme) == [
        ("prose", "", "Skolen er viktig."),
        ("pledge", "1", "Bygge skole."),
        ("pledge", "2", "Sørge for:"),
        ("sub_pledge", "2a", "mat"),
        ("sub_pledge", "2b", "ro"),
    ]
    assert programme.pledge_count == 4
    assert programme.passages.get(text="ro").parent.text == "Sørge for:"


def test_storing_again_changes_nothing() -> None:
    parse = builders.parsed(["Bygge skole.", "Sørge for:"], prose=["Skolen er viktig."], below=["mat"])
    programme = builders.programme(parse=parse)
    before = list(programme.passages.order_by("position").values_list("public_id", "text", "number"))
    replace_text(programme=programme, parsed=parse)
    assert list(programme.passages.order_by("position").values_list("public_id", "text", "number")) == before
    assert not GonePledge.objects.exists()


def test_a_pledge_that_is_gone_leaves_a_note_and_takes_it_back_when_it_returns() -> None:
    both, one = builders.parsed(["Bygge skole.", "Senke skatten."]), builders.parsed(["Bygge skole."])
    programme = builders.programme(parse=both)
    gone_id = programme.passages.get(text="Senke skatten.").public_id
    replace_text(programme=programme, parsed=one)
    assert GonePledge.objects.get().public_id == gone_id
    assert GonePledge.objects.get().text == "Senke skatten."


def test_an_editors_theme_survives_a_new_parse_and_the_parsers_does_not_come_beside_it() -> None:
    culture, school = builders.theme(), builders.theme("skole-og-utdanning", "Skole og utdanning")
    parse = builders.parsed(["Bygge skole."], theme=culture.slug)
    programme = builders.programme(parse=parse)
    row = PassageTheme.objects.get()
    assert (row.theme, row.is_main, row.origin) == (culture, True, "automatic")
    PassageTheme.objects.update(theme=school, origin="editor")
    replace_text(programme=programme, parsed=parse)
    row = PassageTheme.objects.get()
    assert (row.theme, row.is_main, row.origin) == (school, True, "editor")


def test_why_a_theme_was_chosen_is_stored_and_forgotten_where_an_editor_chose() -> None:
    themes = [builders.theme(slug, slug) for slug in ("helse-og-omsorg", "skole-og-utdanning")]
    parse = builders.parsed(["Ansette fastleger til studentene"], section="Helse")
    themed = with_themes(parse.entries, parse.sections)
    parse = replace(parse, entries=tuple(replace(entry, sub_themes=()) for entry in themed))
    programme = builders.programme(parse=parse)
    rows = PassageTheme.objects.order_by("-is_main")
    assert [row.theme for row in rows] == themes
    assert [row.reasons_by_place() for row in rows] == [
        [("ord i løftet", ["fastleger"]), ("ord i overskriften", ["Helse"])],
        [("ord i løftet", ["studentene"])],
    ]
    rows.update(origin="editor", reasons=[])
    replace_text(programme=programme, parsed=parse)
    assert [row.reasons for row in rows.all()] == [[], []]


def test_the_original_is_kept_under_its_hash() -> None:
    programme = builders.programme()
    assert programme.file.name == f"originals/{programme.sha256[:2]}/{programme.sha256}"
    assert programme.file.storage.exists(programme.file.name)


def test_addresses_of_a_branchs_programmes_differ() -> None:
    slugs = [
        builders.programme(title="A").slug,
        builders.programme(title="B").slug,
        builders.programme(title="C").slug,
        builders.programme(title="D", kind="statement").slug,
    ]
    assert slugs == [
        "2023-2027",
        "2023-2027-stortingsprogram",
        "2023-2027-stortingsprogram-vedtatt",
        "2023-2027-uttalelse",
    ]


def test_nothing_is_stored_of_a_parse_that_fails_half_way() -> None:
    parse = builders.parsed(["Bygge skole.", ""])
    with pytest.raises(IntegrityError):
        builders.programme(parse=parse)


def test_half_a_failed_parse_does_not_replace_the_old_text(transactional_db: None) -> None:
    programme = builders.programme(parse=builders.parsed(["Bygge skole."]))
    with pytest.raises(IntegrityError):
        replace_text(programme=programme, parsed=builders.parsed(["Ny tekst.", ""]))
    assert [text for _kind, _number, text in texts(programme)] == ["Bygge skole."]


def test_the_database_itself_refuses_a_sub_pledge_without_a_parent() -> None:
    programme = builders.programme()
    with pytest.raises(IntegrityError):
        Passage.objects.update(kind="sub_pledge")
    assert programme.pk


@pytest.mark.parametrize(("below", "expected"), [(1, ["1", "1a"]), (27, ["1", "1a", "1b"])])
def test_margin_numbers(below: int, expected: list[str]) -> None:
    numbers = list(margin_numbers(builders.parsed(["Over:"], below=["x"] * below).items).values())
    assert numbers[: len(expected)] == expected
    assert numbers[-1] == {1: "1a", 27: "1aa"}[below]
