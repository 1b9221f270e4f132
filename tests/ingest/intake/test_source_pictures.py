"""Pictures of source pages: owed, drawn, taken up again, removed; and what a hostile file costs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest import schedule
from ingest.intake import page_images, source_pictures
from ingest.intake.details import Details
from ingest.intake.page_image_child import MOST_BYTES, compressed
from ingest.intake.store import create_programme, replace_text
from ingest.parser.parse import parse
from programmes.models import Programme, SourceSheet
from programmes.publishing import publish, withdraw
from programmes.registers import load_registers
from programmes.storage import StorageOutOfReach
from tests import builders
from tests.ingest.parser.readers.pdf.pages import drawn, written

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = 3


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _themes() -> None:
    load_registers()


def page(number: int) -> Any:
    def draw(canvas: Canvas) -> None:
        written(
            canvas, 60, 700, ["Fjordpartiet vil:", f"• bygge skole nummer {number}", f"• bygge kai nummer {number}"]
        )

    return draw


def stored(content: bytes, filename: str = "fjord.pdf", *, published: bool = True) -> Programme:
    path = Path(default_storage.path("incoming.pdf"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    details = Details(title="Program", kind="parliamentary", period_start=2023, period_end=2027)
    parsed = parse(path, filename)
    programme = create_programme(branch=builders.national_branch(), parsed=parsed, content=content, details=details)
    if published:
        publish(programme)
    return programme


@pytest.fixture
def programme() -> Programme:
    return stored(drawn(*map(page, range(1, PAGES + 1))))


def states(programme: Programme) -> list[str]:
    return list(programme.source_sheets.order_by("page").values_list("picture", flat=True))


def pictures() -> set[str]:
    """Return the names of the pictures in the storage."""
    root = Path(default_storage.path("pages"))
    return {path.name for path in root.rglob("*.webp")}


def test_a_parse_writes_its_lines_with_boxes(programme: Programme) -> None:
    sheets = list(programme.source_sheets.order_by("page"))
    assert [sheet.page for sheet in sheets] == [1, 2, 3]
    number, text, box, is_text = sheets[1].lines[1]
    assert (number, text, is_text) == (2, "• bygge skole nummer 2", True)
    left, top, right, bottom = box
    assert 55 < left < 65 < right < 200 and 100 < top < bottom < 180, "from the upper left corner, in points"


def test_what_is_published_is_drawn_once_and_served_from_the_storage(programme: Programme) -> None:
    assert states(programme) == ["owed"] * PAGES
    done = source_pictures.settle()
    assert (done.drawn, done.left, done.without) == (PAGES, 0, ())
    assert states(programme) == ["drawn"] * PAGES
    sheet = programme.source_sheets.get(page=2)
    assert (round(sheet.width), round(sheet.height)) == (595, 842)
    with default_storage.open(sheet.picture_name) as file:
        picture = Image.open(file)
        assert picture.format == "WEBP" and picture.size[0] == round(595.28 * 1.8)
    assert default_storage.size(sheet.picture_name) <= MOST_BYTES
    assert source_pictures.settle().drawn == 0


def test_a_draft_is_not_drawn() -> None:
    draft = stored(drawn(page(1)), published=False)
    assert source_pictures.settle().drawn == 0
    assert states(draft) == ["owed"] and pictures() == set()


def test_who_is_stopped_is_followed_by_one_who_goes_on(programme: Programme) -> None:
    clock = iter([0.0, 0.0, 0.0, 0.0, 99.0, 99.0, 99.0])
    source_pictures.AT_ONCE, before = 1, source_pictures.AT_ONCE
    try:
        first = source_pictures.settle(seconds=10.0, now=lambda: next(clock))
    finally:
        source_pictures.AT_ONCE = before
    assert (first.drawn + first.left, first.drawn > 0, first.left > 0) == (PAGES, True, True)
    second = source_pictures.settle()
    assert (second.drawn, second.left) == (first.left, 0)


def test_a_storage_that_is_away_leaves_the_page_owed(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object) -> None:
        raise StorageOutOfReach("away")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", away)
        with pytest.raises(StorageOutOfReach):
            source_pictures.settle()
    assert states(programme) == ["owed"] * PAGES
    assert source_pictures.settle().drawn == PAGES


def test_what_is_withdrawn_loses_its_pictures_and_gets_them_back(programme: Programme) -> None:
    source_pictures.settle()
    withdraw(programme, reason="Feil fil.")
    done = source_pictures.settle()
    assert (done.removed, done.drawn, states(programme), pictures()) == (PAGES, 0, ["owed"] * PAGES, set())
    programme.refresh_from_db()
    publish(programme)
    assert source_pictures.settle().drawn == PAGES
    assert len(pictures()) == PAGES


def test_the_pictures_of_a_deleted_programme_are_removed(programme: Programme) -> None:
    other = stored(drawn(page(7)), "other.pdf")
    source_pictures.settle()
    programme.delete()
    assert source_pictures.compare_with_storage().strays == 2 * PAGES, "each with the file that says its size"
    assert pictures() == {"1.webp"} and states(other) == ["drawn"]


def test_there_may_be_no_pictures_yet() -> None:
    assert source_pictures.compare_with_storage() == source_pictures.Compared(0, 0)


def test_a_picture_that_the_storage_has_lost_is_drawn_again(programme: Programme) -> None:
    source_pictures.settle()
    default_storage.delete(programme.source_sheets.get(page=2).picture_name)
    assert source_pictures.compare_with_storage() == source_pictures.Compared(0, 1)
    assert states(programme) == ["drawn", "owed", "drawn"]
    assert source_pictures.settle().drawn == 1
    assert len(pictures()) == PAGES


def test_a_new_parse_keeps_the_pictures(programme: Programme) -> None:
    source_pictures.settle()
    path = Path(default_storage.path(programme.file.name))
    replace_text(programme=programme, parsed=parse(path, "fjord.pdf"))
    assert states(programme) == ["drawn"] * PAGES
    assert source_pictures.settle().drawn == 0


def test_a_programme_from_before_gets_its_sheets(programme: Programme) -> None:
    programme.source_sheets.all().delete()
    assert source_pictures.settle().drawn == PAGES
    programme.source_sheets.all().delete()
    programme.stored_parse.delete()
    assert source_pictures.settle().without == (f"{programme.get_absolute_url()}: parsen mangler.",)


def test_a_missing_original_is_told_of_and_stops_nobody_else(programme: Programme) -> None:
    other = stored(drawn(page(7)), "other.pdf")
    Path(default_storage.path(programme.file.name)).unlink()
    done = source_pictures.settle()
    assert (done.drawn, done.left, states(other)) == (1, PAGES, ["drawn"])
    assert done.without == (f"{programme.get_absolute_url()}: originalen mangler.",)


def test_a_text_file_has_lines_and_no_pictures() -> None:
    text = b"# Kultur\n\nFjordpartiet vil:\n\n- bygge skole\n- bygge kai\n"
    programme = stored(text, "fjord.md")
    assert source_pictures.settle().drawn == 0
    (sheet,) = programme.source_sheets.all()
    assert sheet.picture == SourceSheet.Picture.NONE
    assert "- bygge skole" in [line[1] for line in sheet.lines]


@pytest.mark.parametrize("programmes", [1, 3])
def test_queries_of_a_round_without_work_do_not_grow(programmes: int) -> None:
    for number in range(programmes):
        stored(drawn(page(number)), f"{number}.pdf")
    source_pictures.settle()
    with CaptureQueriesContext(connection) as queries:
        source_pictures.settle()
    assert len(queries) == 4, [query["sql"] for query in queries]


def test_the_worker_tells_what_it_drew(programme: Programme) -> None:
    outcome = schedule.run("source_pictures")
    assert (outcome.is_ok, outcome.figure) == (True, f"{PAGES} tegnet, 0 fjernet, 0 venter")
    assert schedule.run("stray_pictures").is_ok


# Files that mean no good


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A child that does the worst on page 2; return the file that tells which pages each process was given."""
    told = tmp_path / "told"
    code = (
        "import json, os, sys, time\n"
        f"open({str(told)!r}, 'a').write(sys.argv[2] + '\\n')\n"
        "for page in sys.argv[2].split(','):\n"
        "    if page == '2': os.kill(os.getpid(), 11) if 'crash' in sys.argv[1] else time.sleep(600)\n"
        "    sys.stdout.write(json.dumps({'page': int(page), 'width': 1, 'height': 1, 'bytes': 2}) + '\\nok')\n"
        "    sys.stdout.flush()\n"
    )
    program = tmp_path / "child.py"
    program.write_text(code)
    real = page_images.subprocess.Popen

    def started(command: list[str], **options: Any) -> Any:
        return real([command[0], str(program), *command[-3:]], **options)

    monkeypatch.setattr(page_images.subprocess, "Popen", started)
    monkeypatch.setattr(page_images, "SECONDS", 2.0)
    yield told


@pytest.mark.parametrize("name", ["crash.pdf", "hang.pdf"])
def test_a_page_that_breaks_or_hangs_costs_itself_alone(breaking: Path, name: str) -> None:
    found = dict(page_images._draw(Path(name), [1, 2, 3, 4]))
    assert {page: drawn and drawn.content for page, drawn in found.items()} == {1: b"ok", 2: None, 3: b"ok", 4: b"ok"}
    assert breaking.read_text().split() == ["1,2,3,4", "3,4"]


def test_a_file_that_cannot_be_opened_is_given_up_after_a_few_pages(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing more")
    assert dict(page_images._draw(path, range(1, 400))) == dict.fromkeys(range(1, 400))


def test_a_page_that_cannot_be_drawn_is_told_of_and_not_tried_again(programme: Programme) -> None:
    Path(default_storage.path(programme.file.name)).write_bytes(b"%PDF-1.7 damaged")
    done = source_pictures.settle()
    assert (done.drawn, done.left) == (0, 0)
    assert done.without == (f"{programme.get_absolute_url()}: side 1, 2, 3 kunne ikke tegnes.",)
    assert states(programme) == ["none"] * PAGES


def test_the_drawing_process_has_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(page(1)))
    monkeypatch.setattr(page_images, "MEMORY", 30 << 20)
    assert dict(page_images._draw(path, [1])) == {1: None}, "too little memory to begin with"


@pytest.mark.parametrize("mode", ["noise", "photograph", "text"])
def test_every_picture_is_small_enough(mode: str) -> None:
    if mode == "noise":
        picture = Image.effect_noise((1700, 2400), 200).convert("RGB")
    elif mode == "photograph":
        picture = Image.radial_gradient("L").resize((1070, 1514)).convert("RGB")
        picture.putalpha(255)
        picture = picture.convert("RGB")
    else:
        picture = Image.new("RGB", (1070, 1514), "white")
    content = compressed(picture)
    assert 0 < len(content) <= MOST_BYTES
    assert Image.open(io.BytesIO(content)).format == "WEBP"


def test_an_old_picture_that_is_too_large_is_drawn_again(programme: Programme) -> None:
    name = page_images.name_of(programme, 1)
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * (MOST_BYTES + 1))
    Path(f"{path}.json").write_text(json.dumps([595.0, 842.0]))
    assert source_pictures.settle().drawn == PAGES
    assert path.read_bytes()[:4] == b"RIFF"
