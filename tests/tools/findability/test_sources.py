"""What of a source is text, and what is left out of it; the texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.findability.sources import NoReaderError, Source, read_source, source


def texts(read: Source) -> list[str]:
    return [" ".join(word.text for word in stretch) for stretch in read.stretches]


def unasked(read: Source) -> list[str]:
    return [word.text for stretch in read.stretches for word in stretch if not word.whole]


def test_a_blank_line_and_a_bullet_end_a_stretch() -> None:
    read = source(
        "a.txt", "Vi bygger broer\nover fjorden.\n\nFjordpartiet vil:\n• male ferga\n– vaske kaia\na) pusse skiltet"
    )
    assert texts(read) == [
        "Vi bygger broer over fjorden.",
        "Fjordpartiet vil:",
        "male ferga",
        "vaske kaia",
        "pusse skiltet",
    ]


def test_a_word_over_two_lines_is_put_together_and_not_asked_for() -> None:
    read = source("a.txt", "Alle skal ha plass i en barne-\nhage nær hjemmet")
    assert texts(read) == ["Alle skal ha plass i en barnehage nær hjemmet"]
    assert unasked(read) == ["barnehage"]


def test_a_ligature_on_a_line_of_its_own_is_no_running_header() -> None:
    page = "Kommunen skal gi stø\ntt\ne og\nti\nlskudd \fNeste side om bø\ntt\ner \fEnda en side om kra\nft\f"
    read = source("a.pdf", page)
    assert texts(read) == ["Kommunen skal gi støtte ogtilskudd", "Neste side om bøtter", "Enda en side om kraft"]
    assert unasked(read) == ["støtte", "ogtilskudd", "bøtter", "kraft"]
    assert not read.left_out.total()


def test_numbers_of_pages_and_of_counted_lines_are_left_out() -> None:
    assert texts(source("a.txt", "12\nVi bygger broer")) == ["Vi bygger broer"]
    counted = source("a.txt", "Vi bygger 1\nbroer over 2\nfjorden nå 3\nog senere 4")
    assert texts(counted) == ["Vi bygger broer over fjorden nå og senere"]
    assert counted.left_out["line and page numbers"] == 4
    assert texts(source("a.txt", "Vi skal kutte alt innen 2030")) == ["Vi skal kutte alt innen 2030"]


def test_a_page_of_contents_is_left_out_whole() -> None:
    listed = "Innhold\nSkole ........ 4\nHelse ........ 6\nVei s. 8\nHavn 10\nFerge 12\fVi bygger broer"
    read = source("a.pdf", listed)
    assert texts(read) == ["Vi bygger broer"]
    assert read.left_out["contents"] == 14


def test_what_stands_at_the_edge_of_three_pages_is_left_out_but_no_lead_in() -> None:
    page = "Fjordpartiet vil:\n• {1}\nFjordpartiets program {0}"
    read = source("a.pdf", "\f".join(page.format(*each) for each in ((7, "bygge"), (8, "male"), (9, "vaske"))))
    assert texts(read) == ["Fjordpartiet vil:", "bygge", "Fjordpartiet vil:", "male", "Fjordpartiet vil:", "vaske"]
    assert read.left_out["running headers"] == 9


def test_credits_are_left_out() -> None:
    read = source("a.txt", "Foto: Kari Utvær\nVi viser foto av alle broer")
    assert texts(read) == ["Vi viser foto av alle broer"]
    assert read.left_out["credits"] == 3


def test_a_pdf_without_its_reader_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoReaderError, match="pdftotext"):
        read_source(tmp_path / "a.pdf")


def test_across_is_one_stretch() -> None:
    assert texts(source("a.txt", "En bro\n\nEn havn").across()) == ["En bro En havn"]
