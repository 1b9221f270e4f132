"""The thresholds of the readers of flowing text: what lies just below each, and what lies just above it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.parser.readers.flowing import html, markdown
from ingest.parser.readers.sniff import is_markdown

FULL = "Bygda ligger mellom fjorden og fjellet ved"
"""A line with no room for another word, where the longest lines are as long."""
SHORT = "Bygda er vår"


def paragraphs(text: str) -> int:
    """Return how many paragraphs are read of a text that is one in Markdown."""
    return sum(bool(line.tag) for line in markdown.read(text.encode(), "x.md").lines)


def pairs(full: int, short: int, below: Sequence[str]) -> str:
    """Return paragraphs of two lines: so many whose first is full, so many whose first is not, and what is below."""
    firsts = [FULL] * full + [SHORT] * short
    return "\n\n".join(f"{first}\n{second}" for first, second in zip(firsts, below, strict=True))


@pytest.mark.parametrize(("full", "count", "wrapped"), [(5, 10, False), (7, 10, True), (2, 2, False), (3, 3, True)])
def test_a_file_is_wrapped_if_most_lines_are_full(full: int, count: int, wrapped: bool) -> None:
    below = ["elva"] * (count - 1) + ["Elva"]
    assert paragraphs(pairs(full, count - full, below)) == count + (not wrapped)


@pytest.mark.parametrize(("lower", "wrapped"), [(7, False), (9, True)])
def test_most_lines_that_a_width_has_broken_begin_in_lower_case(lower: int, wrapped: bool) -> None:
    below = ["elva"] * lower + ["Elva"] * (20 - lower)
    assert paragraphs(pairs(20, 0, below)) == 20 + (0 if wrapped else 20 - lower)


@pytest.mark.parametrize(("full", "short", "listed"), [(2, 4, False), (2, 6, True)])
def test_lines_in_lower_case_that_end_where_they_like_are_a_list(full: int, short: int, listed: bool) -> None:
    assert paragraphs(pairs(full, short, ["elva"] * (full + short))) == (full + short) * (1 + listed)


def content(share: float, outer: str, inner: str) -> str:
    """Return a page whose inner part has a share of the letters, and what is read of it as content."""
    letters = round(1000 * share)
    page = outer.format(inner=inner.format(words="a" * letters), rest="b" * (1000 - letters))
    return "".join(line.text for line in html.read(page.encode(), "x.html").lines if not line.furniture)


def test_a_main_part_with_little_text_is_a_teaser() -> None:
    page = "<html><body>{inner}<p>{rest}</p></body></html>"
    assert "b" in content(0.27, page, "<main><p>{words}</p></main>")
    assert "b" not in content(0.33, page, "<main><p>{words}</p></main>")


def test_a_side_column_with_most_of_the_text_is_none() -> None:
    page = "<html><body>{inner}<p>{rest}</p></body></html>"
    assert "a" not in content(0.45, page, "<div class='sidebar'><p>{words}</p></div>")
    assert "a" in content(0.55, page, "<div class='sidebar'><p>{words}</p></div>")


LINKS = "<a href='1'>{words}</a><br><a href='2'>aaa</a><br><a href='3'>aaa</a>"


def links(outer: str, beside: int) -> bool:
    """Return whether links of ten letters are content, with some more letters beside them."""
    page = f"<html><body>{outer.format(LINKS.format(words='aaaa') + 'b' * beside)}<p>{'c' * 99}"
    return any("a" in line.text for line in html.read(page.encode(), "x.html").lines if not line.furniture)


def test_a_box_with_little_beside_its_links_is_a_menu() -> None:
    assert not links("<div>{}</div>", 4)  # 10 of 14 letters
    assert links("<div>{}</div>", 6)  # 10 of 16


def test_a_cell_beside_the_text_may_have_more() -> None:
    cells = f"<table><tr><td>{{}}<td><p>{'c' * 400}</table>"
    assert not links(cells, 9)
    assert links(cells, 11)


def test_three_links_make_a_menu() -> None:
    def read(count: int) -> bool:
        page = f"<body><div>{count * '<a href=x>aaa</a><br>'}</div><p>{'c' * 99}"
        return any("a" in line.text for line in html.read(page.encode(), "x.html").lines if not line.furniture)

    assert read(2)
    assert not read(3)


def test_a_switch_with_many_words_is_no_title() -> None:
    def tag(length: int) -> str:
        page = f"<body><div aria-expanded=true>{'a' * length}</div><p>b</p><p>{'c' * 400}"
        return html.read(page.encode(), "x.html").lines[0].tag

    assert tag(110) == "H1"
    assert tag(130) == "P"


def test_two_headings_make_markdown() -> None:
    assert not is_markdown(b"# Skole\n\nBygda er god.\n", "program")
    assert is_markdown(b"# Skole\n\n# Helse\n", "program")
