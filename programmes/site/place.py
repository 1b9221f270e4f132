"""Where words stand, as a reader of the paper finds them and as one of the file does.

What the source itself prints (its page numbers, its line numbers) comes first: people quote by it. Where it prints
none, the file's own count stands for it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from programmes.models import Passage, Section


def pages_of(passage: Passage) -> str:
    """Return the pages that a passage is cited by, `4` or `4–5`: printed ones, else the file's, or nothing."""
    if passage.printed_page:
        return from_to(passage.printed_page, passage.printed_page_last or passage.printed_page)
    return file_pages_of(passage)


def file_pages_of(passage: Passage) -> str:
    """Return the pages that a passage stands on as the file counts them; "" for a file without pages."""
    return from_to(passage.page_first, passage.page_last) if passage.programme.has_pages else ""


def lines_of(passage: Passage) -> str:
    """Return the lines that a passage is cited by: the printed one where it begins, else those of a text file."""
    if passage.printed_line:
        return passage.printed_line
    return "" if passage.programme.has_pages else from_to(passage.line_first, passage.line_last)


def place_of(passage: Passage) -> str:
    """Return where a passage stands in words: `s. 11 (side 13 i filen), linje 214`."""
    return said(pages=pages_of(passage), file_pages=file_pages_of(passage), lines=lines_of(passage))


def place_in_source(passage: Passage) -> str:
    """Return the same with the lines on a page of a file that prints none, for who looks at the file."""
    is_on_one_page = passage.page_first == passage.page_last
    lines = lines_of(passage) or (from_to(passage.line_first, passage.line_last) if is_on_one_page else "")
    return said(pages=pages_of(passage), file_pages=file_pages_of(passage), lines=lines)


def place_of_section(section: Section) -> str:
    """Return where a heading stands in its file: `s. 4, linje 12`, or the line alone for a text file."""
    pages = str(section.page) if section.programme.has_pages else ""
    return said(pages=pages, file_pages=pages, lines=str(section.line))


def said(*, pages: str, file_pages: str, lines: str) -> str:
    """Return a place in words, from pages and lines as `pages_of`, `file_pages_of` and `lines_of` give them."""
    parts = []
    if pages and file_pages and pages != file_pages:
        parts.append(_("s. %(pages)s (side %(file_pages)s i filen)") % {"pages": pages, "file_pages": file_pages})
    elif pages:
        parts.append(_("s. %(pages)s") % {"pages": pages})
    if lines:
        parts.append(_("linje %(lines)s") % {"lines": lines})
    return ", ".join(parts)


def from_to(first: int | str, last: int | str) -> str:
    """Return a stretch of pages or lines: `4`, or `4–5`."""
    return str(first) if first == last else f"{first}–{last}"
