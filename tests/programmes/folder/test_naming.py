"""In which file a page lies."""

import pytest

from programmes.folder.naming import PARTS, file_of, part_of, safe, way


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/partier/", "partier/index.html"),
        ("/program/bygdelista/storfjell/2023-2027/skole/", "program/bygdelista/storfjell/2023-2027/skole/index.html"),
        ("/lofte/abcd2345/", f"lofte/{part_of('abcd2345')}/abcd2345.html"),
        ("/tema/con/", "tema/con_/index.html"),
        ("/tema/com1.a/", "tema/com1.a_/index.html"),
    ],
)
def test_the_file_of_an_address(address, file):
    assert file_of(address) == file


def test_what_a_page_is_asked_for_has_a_file_of_its_own():
    assert file_of("/tema/helse/", [("side", "2")]) == "tema/helse/side-2.html"
    assert file_of("/program/a/b/c/", [("vis", "tema"), ("tema", "helse")]) == "program/a/b/c/vis-tema_tema-helse.html"


def test_names_that_differ_in_case_alone_lie_in_different_files_everywhere():
    names = ["Skole", "skole", "SKOLE", "a" * 80, "a" * 81, "hva?", "hva:"]
    assert len({safe(name).lower() for name in names}) == len(names)
    assert all(len(safe(name)) <= 60 for name in names)


def test_ids_are_spread():
    folders = {part_of(f"id{number}") for number in range(5000)}
    assert len(folders) == PARTS


def test_the_way_from_file_to_file():
    assert way("lofte/3f/abc.html", "filer/archive.css") == "../../filer/archive.css"
    assert way("index.html", "sok.html") == "sok.html"
