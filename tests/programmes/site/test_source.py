"""The source beside a quote: a page with the words marked, or the lines around them; and the file itself."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ingest.parser.document import Furniture, ParsedProgramme, Place, Printed, SourceLine
from programmes.models import Passage, Programme, SourceSheet
from programmes.publishing import withdraw
from programmes.site.place import place_in_source, place_of
from programmes.site.source import source_of
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

PDF = {"media_type": "application/pdf", "content": b"%PDF-1.7"}
PLEDGE = "Bygge skole og svømmehall."


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def sourced(lines: tuple[SourceLine, ...], place: Place, printed: Printed | None = None, **how: Any) -> ParsedProgramme:
    """Return a parse of one pledge at a place among some lines; those that say `s. 7` are furniture."""
    parse = builders.parsed([PLEDGE], **how)
    (entry,) = parse.entries
    beside = tuple(Furniture(each.page, each.number, each.text, "page number") for each in lines if each.text == "s. 7")
    entries = (replace(entry, place=place, printed=printed or Printed()),)
    return replace(parse, entries=entries, lines=lines, furniture=beside, source=replace(parse.source, pages=9))


def boxed(page: int, number: int, text: str) -> SourceLine:
    return SourceLine(page, number, text, (50.0, 100.0 + 14 * number, 300.0, 110.0 + 14 * number))


PAGES = (boxed(2, 1, "Vi vil:"), boxed(2, 2, "• Bygge skole"), boxed(2, 3, "s. 7"), boxed(3, 1, "og svømmehall."))
ACROSS = Place(2, 3, 2, 1)


def draw(programme: Programme, *pages: int) -> None:
    """Keep a picture of some pages, as the worker does."""
    for page in pages:
        name = default_storage.save(f"pages/{programme.pk}/{page}.webp", ContentFile(b"RIFF picture"))
        programme.source_sheets.filter(page=page).update(
            picture=SourceSheet.Picture.DRAWN, picture_name=name, width=595.0, height=842.0
        )


def pledge_of(programme: Programme) -> Passage:
    return Passage.objects.with_source().get(programme=programme)


def test_the_words_are_marked_on_every_page_that_they_stand_on() -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    draw(programme, 2, 3)
    with CaptureQueriesContext(connection) as queries:
        shown = source_of(pledge_of(programme))
    assert len(queries) == 2
    assert [(page.page, len(page.marks)) for page in shown.pages] == [(2, 1), (3, 1)], "the number between is no word"
    (mark,) = shown.pages[0].marks
    assert (mark.x, mark.y, mark.width, mark.height) == (48.5, 126.5, 253.0, 13.0)
    assert shown.lines == []


def test_lines_stand_for_a_page_that_is_not_drawn_yet() -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    shown = source_of(pledge_of(programme))
    assert [(line.number, line.marked) for line in shown.lines] == [
        (1, ""),
        (2, "• Bygge skole"),
        (3, ""),
        (1, "og svømmehall."),
    ]
    assert shown.pages == []


def test_a_text_file_shows_the_lines_around_across_sheets() -> None:
    lines = tuple(SourceLine(1, n, PLEDGE if n == 130 else "" if n % 60 == 0 else f"linje {n}") for n in range(1, 301))
    programme = builders.programme(parse=sourced(lines, Place(1, 1, 130, 130)))
    assert programme.source_sheets.count() > 3
    shown = source_of(pledge_of(programme))
    assert [line.number for line in shown.lines] == list(range(126, 135))
    assert [line.marked for line in shown.lines if line.marked] == [PLEDGE]
    assert shown.marked_lines == "130"


@pytest.mark.parametrize("at", [1, 118, 119, 120, 121, 122, 239, 240, 241, 300])
def test_lines_around_are_there_wherever_a_sheet_ends(at: int) -> None:
    lines = tuple(SourceLine(1, n, f"linje {n}") for n in range(1, 301))
    programme = builders.programme(parse=sourced(lines, Place(1, 1, at, at)))
    shown = [line.number for line in source_of(pledge_of(programme)).lines]
    assert shown == [n for n in range(at - 4, at + 5) if 1 <= n <= 300]


def test_in_a_paragraph_of_one_line_the_words_alone_are_marked() -> None:
    lines = (SourceLine(1, 4, f"Vi er mange. {PLEDGE} Så er det slutt."),)
    programme = builders.programme(parse=sourced(lines, Place(1, 1, 4, 4)))
    (line,) = source_of(pledge_of(programme)).lines
    assert (line.before, line.marked, line.after) == ("Vi er mange. ", PLEDGE, " Så er det slutt.")


def test_a_programme_without_sheets_shows_its_pledge_all_the_same(client: Client) -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    programme.source_sheets.all().delete()
    assert client.get(pledge_of(programme).get_absolute_url()).status_code == 200


def test_hostile_lines_are_escaped(client: Client) -> None:
    lines = (SourceLine(1, 1, "<script>alert(1)</script>"), SourceLine(1, 2, '"><img src=x>'))
    programme = builders.programme(parse=sourced(lines, Place(1, 1, 2, 2)))
    page = client.get(pledge_of(programme).get_absolute_url()).content.decode()
    assert "<script>alert" not in page and "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_has_lazy_pictures_with_words_for_them_and_a_way_to_the_page(client: Client) -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    draw(programme, 2, 3)
    page = client.get(pledge_of(programme).get_absolute_url()).content.decode()
    images = re.findall(r"<img[^>]*>", page)
    assert len(images) == 2
    for image in images:
        assert 'loading="lazy"' in image and 'width="595"' in image and re.search(r'alt="Side \d av 9', image)
    assert f'href="{programme.get_absolute_url()}original/vis/#page=2"' in page
    assert "Åpne originalen på side 2" in unescape(page)
    for address in re.findall(r'<img src="([^"]*)"', page):
        picture = client.get(address)
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
        assert b"".join(picture.streaming_content) == b"RIFF picture"
        assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert picture["X-Content-Type-Options"] == "nosniff"
        assert picture["Cache-Control"] == "public, max-age=86400"


def closed(client: Client, address: str) -> Any:
    """Return the answer to a request, its file closed unread."""
    answer = client.get(address)
    answer.close()
    return answer


def test_pictures_are_sent_of_what_the_public_sees_alone(client: Client) -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    draw(programme, 2)
    address = f"{programme.get_absolute_url()}original/side-%s.webp"
    assert closed(client, address % 2).status_code == 200
    for page in (1, 3, 99, 10**30):
        assert closed(client, address % page).status_code == 404
    withdraw(programme, reason="Feil fil.")
    assert closed(client, address % 2).status_code == 404
    draft = builders.programme(title="Kladd", parse=sourced(PAGES, ACROSS, **PDF), published=False, year=2019)
    draw(draft, 2)
    assert closed(client, f"{draft.get_absolute_url()}original/side-2.webp").status_code == 404


def test_a_picture_that_is_gone_from_the_storage_is_no_fault_of_the_reader(client: Client) -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    draw(programme, 2)
    default_storage.delete(programme.source_sheets.get(page=2).picture_name)
    assert closed(client, f"{programme.get_absolute_url()}original/side-2.webp").status_code == 404


def test_a_pdf_is_opened_in_the_browser_and_nothing_else_is(client: Client) -> None:
    programme = builders.programme(parse=sourced(PAGES, ACROSS, **PDF))
    shown = closed(client, f"{programme.get_absolute_url()}original/vis/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Repr-Digest"] == closed(client, f"{programme.get_absolute_url()}original/")["Repr-Digest"]
    for media_type in ("text/html", "text/plain", "image/svg+xml"):
        Programme.objects.update(media_type=media_type)
        assert closed(client, f"{programme.get_absolute_url()}original/vis/").status_code == 404
        assert closed(client, f"{programme.get_absolute_url()}original/")["Content-Disposition"].startswith(
            "attachment"
        )


@pytest.mark.parametrize(
    ("paged", "place", "printed", "cited", "looked_at"),
    [
        (True, Place(4, 4, 2, 3), Printed(), "s. 4", "s. 4, linje 2–3"),
        (True, Place(4, 5, 2, 3), Printed(), "s. 4–5", "s. 4–5"),
        (True, Place(4, 4, 2, 3), Printed("4", page_last="4"), "s. 4", "s. 4, linje 2–3"),
        (True, Place(6, 6, 2, 3), Printed("11", page_last="11"), "s. 11 (side 6 i filen)", None),
        (True, Place(6, 6, 2, 9), Printed("11", page_last="12"), "s. 11–12 (side 6 i filen)", None),
        (True, Place(3, 3, 2, 2), Printed("iii"), "s. iii (side 3 i filen)", None),
        (True, Place(6, 6, 2, 3), Printed("6", "401"), "s. 6, linje 401", "s. 6, linje 401"),
        (False, Place(1, 1, 12, 13), Printed(), "linje 12–13", "linje 12–13"),
        (False, Place(1, 1, 1876, 1878), Printed(line="918"), "linje 918", "linje 918"),
    ],
)
def test_places_are_those_that_a_reader_of_the_paper_finds(
    paged: bool, place: Place, printed: Printed, cited: str, looked_at: str | None
) -> None:
    how = PDF if paged else {}
    passage = pledge_of(builders.programme(parse=sourced((), place, printed, **how)))
    assert place_of(passage) == cited
    assert looked_at is None or place_in_source(passage) == looked_at
