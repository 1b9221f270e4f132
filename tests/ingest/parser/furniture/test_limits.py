"""The thresholds of what belongs to typeset pages: what lies just below each, and what lies just above it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parser.document import Box, Line, Style
from ingest.parser.furniture import pages as furniture
from ingest.parser.furniture.placed import Usual

HEIGHT = 842.0
NAMES = ("Skole", "Helse", "Natur", "Kultur", "Idrett", "Ferje", "Havn", "Fiske", "Skog", "Energi")
TEXT = (
    "Bygda ligger mellom fjorden og fjellet",
    "og her har det bodd folk siden istiden",
    "da breen trakk seg tilbake fra havet.",
    "Vi er glade i bygda og i alle som bor",
    "her, og vi ønsker flere velkommen hit.",
    "Om sommeren er det liv på kaia fra tidlig",
    "om morgenen til langt på kveld, og da er",
    "det alltid noen som spiller og noen som",
    "synger for oss andre som bare hører på.",
    "Om vinteren er det stille, men båten går.",
    "Den går to ganger hver dag hele året.",
    "Slik skal det være i alle år som kommer.",
)

OTHER = (str(number).translate(str.maketrans("0123456789", "abcdefghij")) for number in itertools.count(1000))
"""Words that make every line another; numbers would not do, for they may be those of pages."""


@dataclass
class Words:
    """Words with their place on a page, five points a letter."""

    text: str
    y: float
    x0: float = 60.0
    size: float = 10.0
    tag: str = ""
    marker: str = ""
    why: str = ""

    @property
    def x1(self) -> float:
        return self.x0 + 5 * len(self.text)


def body(count: int = len(TEXT), top: float = 120.0) -> list[Words]:
    """Return lines of running text that stand on no other page."""
    return [Words(f"{text} {next(OTHER)}", top + 14 * row) for row, text in enumerate(TEXT[:count])]


def marked(pages: Sequence[Sequence[Words]]) -> set[str]:
    """Return the words that are furniture of some pages."""
    furniture.mark(pages, [HEIGHT] * len(pages), Usual(10.0, 14.0))
    return {words.text for page in pages for words in page if words.why}


def lines(pages: Sequence[Sequence[str]], size: float = 10.0) -> list[Line]:
    return [
        Line(text, page, row, Style(size), box=Box(60, 14 * row, 60 + 5 * len(text), 14 * row + 10), region=page)
        for page, texts in enumerate(pages, start=1)
        for row, text in enumerate(texts, start=1)
    ]


def named(found: Sequence[Line]) -> dict[str, str]:
    """Return the lines that are furniture, and why."""
    return {
        line.text: line.furniture for line in furniture.name_furniture(found, Usual(10.0, 14.0), {}) if line.furniture
    }


def filler(count: int) -> list[str]:
    """Return lines of running text, no two alike."""
    return [f"{TEXT[row % len(TEXT)]} {next(OTHER)}" for row in range(count)]


def spread(words: str, length: int) -> str:
    """Return words with as many more as make up a length in characters."""
    while len(words) < length:
        words += " og fjord"
    return words


# Running headers


def test_three_rows_at_the_head_of_pages_and_no_fourth() -> None:
    rows = ("Fjordpartiet", "Program for bygda", "Storfjell og Nordvika", "Vedtatt av årsmøtet")
    pages = [[*(Words(text, 30 + 14.0 * row) for row, text in enumerate(rows)), *body()] for _ in range(3)]
    assert marked(pages) == set(rows[:3])


def test_words_three_points_apart_stand_in_one_row() -> None:
    heads = [Words("Fjordpartiet", 30), Words("Storfjell", 32.7, 300), Words("Program", 46), Words("Vedtatt", 60)]
    assert "Vedtatt" in marked([[*(Words(w.text, w.y, w.x0) for w in heads), *body()] for _ in range(3)])
    heads[1].y = 33.4
    assert "Vedtatt" not in marked([[*(Words(w.text, w.y, w.x0) for w in heads), *body()] for _ in range(3)])


def test_most_of_what_stands_at_the_head_of_pages_recurs() -> None:
    def pages(recurring: int) -> list[list[Words]]:
        heads = ["Fjordpartiet"] * recurring + [next(OTHER) for _ in range(10 - recurring)]
        return [[Words(head, 30), *body(6, 130)] for head in heads]

    assert marked(pages(5)) == set()
    assert marked(pages(6)) == {"Fjordpartiet"}


def test_small_type_clear_of_the_text_names_the_chapter() -> None:
    def pages(size: float, gap: float) -> list[list[Words]]:
        return [[Words(name, 120 - gap, size=size), *body()] for name in NAMES]

    assert marked(pages(10, 30)) == set()
    assert marked(pages(8, 18)) == set()
    assert marked(pages(8, 24)) == set(NAMES)


def test_a_short_name_may_repeat_anything() -> None:
    def pages(names: Sequence[str]) -> list[list[Words]]:
        return [[Words(name, 100), Words(f"{name} for alle", 118, size=18), *body(top=140)] for name in names]

    assert marked(pages(("IT", "EU", "FN", "VM"))) == set()
    assert marked(pages(("Sjø", "Elv", "Vei", "Bru"))) == {"Sjø", "Elv", "Vei", "Bru"}


def test_numbers_tell_titles_in_large_type_apart() -> None:
    def pages(size: float) -> list[list[Words]]:
        return [[Words(f"Kapittel {number}", 100, size=size), *body()] for number in range(1, 5)]

    assert marked(pages(12)) == set()
    assert len(marked(pages(10))) == 4


# Artifacts, line numbers, small print


def test_a_file_that_calls_much_of_itself_an_artifact_knows_nothing() -> None:
    def pages(length: int) -> list[list[Words]]:
        return [[*body(), Words("x" * length, 400, tag="Artifact")]]

    total = sum(len(words.text) for words in body())
    assert marked(pages(round(0.17 / 0.83 * total))) == set()
    assert len(marked(pages(round(0.13 / 0.87 * total)))) == 1


def numbered(figures: Sequence[int]) -> list[Words]:
    texts = [Words(TEXT[row % 12], 100 + 14.0 * row) for row in range(len(figures))]
    return [*texts, *(Words(str(figure), 100 + 14.0 * row, 500) for row, figure in enumerate(figures))]


def with_others(count: int, others: int) -> list[int]:
    """Return figures that count lines, with some among them that do not."""
    figures = list(range(10, 10 + count))
    for place in range(others):
        figures.insert(4 + 2 * place, 99)
    return figures


def test_figures_that_count_lines_but_for_a_few() -> None:
    assert marked([numbered(with_others(22, 9))]) == set()
    assert "20" in marked([numbered(with_others(22, 4))])


def test_pages_with_few_words_need_no_line_numbers() -> None:
    assert marked([numbered(range(10, 34)), body(12), body(12)]) == set()
    assert "20" in marked([numbered(range(10, 34)), body(9), body(9)])


def test_credits_in_small_print() -> None:
    def pages(text: str, size: float) -> list[list[Words]]:
        return [[*body(), Words(text, 500, size=size)]]

    assert marked(pages("Kari Fjord / NTB", 9)) == set()
    assert marked(pages(spread("NTB", 130), 7.5)) == set()
    assert len(marked(pages("Kari Fjord / NTB", 7.5))) == 1
    assert len(marked(pages(spread("NTB", 100), 7.5))) == 1


def test_quotes_in_large_type() -> None:
    def quote(text: str, size: float) -> dict[str, str]:
        return named([*lines([TEXT]), *(line for line in lines([[], [text]], size))])

    assert quote("«Havet er vår felles arv»", 11) == {}
    assert quote("«Havet er vår arv»", 13) == {}
    assert quote("«Havet er vår felles arv»", 13) == {"«Havet er vår felles arv»": "pull quote"}

    named_35, named_45 = "Kari Fjord, ordfører fra Bygdelista", "Kari Fjord, som er ordfører fra Bygdelista nå"
    assert quote(f"«Havet er vår felles arv» {named_35}", 13) != {}
    assert quote(f"«Havet er vår felles arv» {named_45}", 13) == {}


# Contents and index


def entries(count: int) -> list[str]:
    return [f"{name} {page}" for page, name in enumerate(NAMES[:count], start=2)]


def test_contents_of_three_pages() -> None:
    assert named(lines([entries(5), filler(9)])) == {}
    assert len(named(lines([entries(5), filler(9), filler(9)]))) == 5


def test_contents_of_four_entries() -> None:
    assert named(lines([entries(3), filler(9), filler(9)])) == {}
    assert len(named(lines([entries(4), filler(9), filler(9)]))) == 4


def test_half_of_a_page_of_contents_ends_in_numbers() -> None:
    assert named(lines([[*entries(4), *filler(5)], filler(9), filler(9)])) == {}
    assert len(named(lines([[*entries(5), *filler(4)], filler(9), filler(9)]))) == 9


def test_contents_without_numbers_stand_elsewhere() -> None:
    def pages(again: int, times: int = 1) -> list[list[str]]:
        page = ["Innhold", *NAMES[:again], *(f"Om {name} og bygda" for name in NAMES[again:9])]
        return [page, *([*NAMES[:again], *filler(9)] for _ in range(times))]

    assert named(lines(pages(5))) == {}
    assert named(lines(pages(7, times=3))) == {}
    assert len(named(lines(pages(7)))) > 8
    assert len(named(lines(pages(7, times=2)))) > 8


def words_with_pages(count: int) -> list[str]:
    return [f"{chr(97 + row) * 3}båt {row + 1}, {30 - row}" for row in range(count)]


def indexed(page: int, count: int, others: int = 0) -> dict[str, str]:
    pages: list[list[str]] = [["Bygda er vår."] for _ in range(10)]
    pages[page - 1] = [*words_with_pages(count), *filler(others)]
    return named(lines(pages))


def test_an_index_stands_at_the_end_and_is_long() -> None:
    assert indexed(6, 18) == {}
    assert indexed(8, 13) == {}
    assert indexed(8, 15, others=9) == {}
    assert len(indexed(8, 16)) == 16
    assert len(indexed(8, 15, others=5)) == 20


def _pitch(close: int) -> float:
    """Return the line pitch of a page with ten lines 19 points apart, and some 12 points apart."""
    heights = itertools.accumulate([100.0, *[19.0] * 10, *[12.0] * close])
    return Usual.of([[Words("Bygge skole", y) for y in heights]]).pitch


def test_the_closest_lines_that_are_often_met_are_those_of_a_paragraph() -> None:
    assert _pitch(3) == 12.0
    assert _pitch(2) == 19.0
