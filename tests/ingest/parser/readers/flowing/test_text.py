import pytest

from ingest.parser.errors import EmptyFile, ParseLimitReached, UnknownFormat
from ingest.parser.parse import parse
from ingest.parser.readers.flowing.text import decode, read

TEXT = "Grønn omstilling på øya – «nå»\n\nBlåbær og æpler\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_detected(encoding: str):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_latin_1_with_bytes_that_windows_leaves_undefined():
    assert decode("blåbær\x81".encode("latin-1")) == "blåbær\x81"


def test_lines_keep_their_number_page_and_white_space():
    lines = read(b"En\r\n\r\n\r\n to  \rtre\n\fFire\n", "x.txt").lines
    assert [(line.text, line.number, line.page, line.space_before) for line in lines] == [
        ("En", 1, 1, 0.0),
        (" to  ", 4, 1, 2.0),
        ("tre", 5, 1, 0.0),
        ("\fFire", 6, 2, 0.0),
    ]


@pytest.mark.parametrize("data", [b" \n\t\n", "\ufeff\n".encode()])
def test_nothing_is_an_empty_file(data: bytes):
    with pytest.raises(EmptyFile):
        read(data, "x.txt")


def test_binary_data_is_no_text():
    with pytest.raises(UnknownFormat):
        read(bytes(range(1, 256)) * 20, "x.txt")


def test_a_line_that_nobody_wrote_reaches_the_limit():
    with pytest.raises(ParseLimitReached):
        read(b"a" * 1_000_000, "x.txt")


@pytest.mark.parametrize(("step", "pages"), [(1, 1), (5, 1), (1, 4), (5, 2)])
def test_printed_line_numbers_are_no_text(step: int, pages: int):
    """On each line or each fifth, through the file or anew on each page."""
    lines = [
        "Skole",
        "",
        "Bygdelista vil:",
        *["• ansette 20 lærere innen 2030", "  i hele kommunen"] * 18,
        "",
        "Helse er viktig.",
    ]
    size = len(lines) // pages
    text = "\n".join(
        f"{place % size + 1:>3} {line}" if not (place % size + 1) % step else f"    {line}"
        for place, line in enumerate(lines)
    )
    programme = parse(text.encode(), "x.txt")

    assert {item.text for item in programme.items} == {"ansette 20 lærere innen 2030 i hele kommunen"}
    assert len(programme.items) == 18
    assert {line.why for line in programme.furniture} == {"line number"}
