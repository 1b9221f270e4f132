"""The text of a programme's file, read by others' tools than our parser, and what of it is no text to be found."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

BULLET = re.compile(r"^\s*(?:[•·●○▪■□–—*➢✓-]|o(?=\s)|\(?(?:[a-zæøå]|\d{1,3})[).](?=\s|$))\s*")
"""What begins an entry of a list: `• Bygge`, `– Bygge`, `a) Bygge`, `3. Bygge`."""
CONTENTS_LINE = re.compile(r"^.*?[^\W\d_].*?(?:\.{3,}|[\s.]\s*|\ss\.\s*)\d{1,3}$")
"""`2.3 Helse og omsorg ......... 22`, `Jordbruk s. 65`, `Tannhelse 53`."""
CREDIT = re.compile(r"^(?:foto|illustrasjon|isbn)\b.*[:\d]", re.IGNORECASE)
"""`Foto: Kari Nordmann`, `ISBN 978-82-…`."""
LIGATURE = re.compile(r"\s*\n(ti|tti?|ttf|tf|ft|f[fijl]|ff[il])(?:\n|(?=\f|$))")
"""A line that is a ligature alone, `le` `tt` `ere`: some files have these letters as one sign, which pdftotext sets
apart, and nothing tells whether a word ended there."""
SEAM = "\u2060"
"""Stands where pieces were put together, until the words are told apart."""
HYPHENED = re.compile(r"([^\W\d_])[-\u00ad\u2010]$")
"""A word that goes on in the next line, `barnehage-`."""
CONTENTS_LINES = 5
"""Lines of contents on a page, or in as many lines of a text without pages as `PAGE_LINES`, that make it contents."""
CONTENTS_SHARE = 0.4
"""Their share of the page's lines. Contents of the eleven programmes have 0.49 to 1; no other page has even three such
lines."""
PAGE_LINES = 20
EDGE_LINES = 3
"""Where on a page running headers stand: the first and last lines."""
REPEATED = 3
"""Pages that a running header stands on at least."""
RULES = ("line and page numbers", "contents", "running headers", "credits")
"""What is left out, in order."""


class NoReaderError(Exception):
    """The programme that reads PDFs is not installed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a source, and whether a reader could type it: it was not put together from pieces."""

    text: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text: stretches that a sentence may run through, and how many words each rule left out."""

    name: str
    stretches: tuple[tuple[Word, ...], ...]
    left_out: Counter[str]

    def across(self) -> Source:
        """Return the text as one stretch, headings and entries of lists one after the other."""
        return Source(self.name, (tuple(chain(*self.stretches)),), self.left_out)

    @property
    def words(self) -> int:
        """Words that are text."""
        return sum(map(len, self.stretches))


def read_source(path: Path) -> Source:
    """Return the text of a PDF or a text file; raises NoReaderError where pdftotext is missing."""
    return source(path.name, _text_of(path))


def source(name: str, text: str) -> Source:
    """Return a text in stretches, without what is none (`RULES`)."""
    left_out: Counter[str] = Counter()
    text = _with_ligatures(text)
    pages = [[line.strip() for line in page.split("\n")] for page in text.split("\f")]
    pages = _without_numbers(pages, left_out)
    pages = [_without_contents(page, left_out) for page in pages]
    pages = _without_running(pages, left_out)
    pages = [_without_credits(page, left_out) for page in pages]
    return Source(name, tuple(stretch for page in pages for stretch in _stretches(page)), left_out)


def _text_of(path: Path) -> str:
    if path.suffix.lower() != ".pdf":
        return path.read_text("utf-8")
    if not shutil.which("pdftotext"):
        raise NoReaderError("pdftotext is missing (Debian: poppler-utils)")
    # -raw keeps the columns of a page apart, which -layout sets side by side.
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a command of our own
    return done.stdout.decode("utf-8")


def _with_ligatures(text: str) -> str:
    """Put the pieces around each ligature that stands alone together again."""
    return re.sub(f"{SEAM}+", SEAM, LIGATURE.sub(rf"{SEAM}\1{SEAM}", text.replace("\r\n", "\n")))


def _without_numbers(pages: list[list[str]], left_out: Counter[str]) -> list[list[str]]:
    """Drop lines of digits alone, and the numbers at lines' ends where a text has its lines counted."""
    numbered = _are_counted([line for page in pages for line in page if line])
    kept = []
    for page in pages:
        lines = []
        for line in page:
            bare = re.sub(r"\s*\b\d+$", "", line) if numbered or line.isdecimal() else line
            left_out["line and page numbers"] += len(line.split()) - len(bare.split())
            if bare or not line:
                lines.append(bare)
        kept.append(lines)
    return kept


def _are_counted(lines: Sequence[str]) -> bool:
    """Return whether most lines end in a number one above that of the line before."""
    ends = [int(found[1]) for line in lines if (found := re.search(r"\b(\d{1,5})$", line))]
    steps = sum(after - before == 1 for before, after in pairwise(ends))
    return steps > len(lines) / 2


def _without_contents(page: list[str], left_out: Counter[str]) -> list[str]:
    """Drop a page that is a list of contents; of a text without pages, each stretch of lines that is."""
    if len(page) <= 4 * PAGE_LINES:
        return [] if _is_contents(page, left_out) else page
    kept: list[str] = []
    for start in range(0, len(page), PAGE_LINES):
        part = page[start : start + PAGE_LINES]
        kept += [] if _is_contents(part, left_out) else part
    return kept


def _is_contents(lines: list[str], left_out: Counter[str]) -> bool:
    filled = [line for line in lines if line]
    listed = sum(bool(CONTENTS_LINE.match(line)) for line in filled)
    if listed < CONTENTS_LINES or listed < CONTENTS_SHARE * len(filled):
        return False
    left_out["contents"] += sum(len(line.split()) for line in filled)
    return True


def _without_running(pages: list[list[str]], left_out: Counter[str]) -> list[list[str]]:
    """Drop what stands at the edge of several pages."""
    edges = list(map(_edges, pages))
    seen = Counter(name for page in edges for name in set(page.values()))
    kept = []
    for page, names in zip(pages, edges, strict=True):
        running = {at for at, name in names.items() if seen[name] >= REPEATED}
        left_out["running headers"] += sum(len(page[at].split()) for at in running)
        kept.append([line for at, line in enumerate(page) if at not in running])
    return kept


def _edges(page: list[str]) -> dict[int, str]:
    """Return the places of lines that may be running headers, never one that leads in a list, and their letters."""
    filled = [at for at, line in enumerate(page) if line]
    edges = sorted({*filled[:EDGE_LINES], *filled[-EDGE_LINES:]})
    names = {at: _running(page[at]) for at in edges if not re.search(r"[:.,;]$|\bvil$", page[at], re.IGNORECASE)}
    return {at: name for at, name in names.items() if name}


def _running(line: str) -> str:
    return "".join(filter(str.isalpha, line.casefold()))


def _without_credits(page: list[str], left_out: Counter[str]) -> list[str]:
    credits = [line for line in page if CREDIT.match(line)]
    left_out["credits"] += sum(len(line.split()) for line in credits)
    return [line for line in page if line not in credits]


def _stretches(lines: Sequence[str]) -> Iterator[tuple[Word, ...]]:
    """Yield the words between blank lines, bullets and headings."""
    words: list[Word] = []
    usual = sorted(len(line) for line in lines)[len(lines) // 2] if lines else 0
    before = ""
    for line in lines:
        text = BULLET.sub("", line)
        ended = len(before) < 0.6 * usual or before.endswith((".", ":", "!", "?"))
        if words and (not line or text != line or (ended and text[:1].isupper())):
            yield tuple(words)
            words = []
        if text:
            _add(words, text)
        before = line
    if words:
        yield tuple(words)


def _add(words: list[Word], line: str) -> None:
    """Add a line's words; one that began on the line before, or may have, is put together and marked."""
    first, *rest = (Word(word.replace(SEAM, ""), whole=SEAM not in word) for word in line.split())
    if words and HYPHENED.search(words[-1].text) and first.text[0].islower():
        words[-1] = Word(HYPHENED.sub(r"\1", words[-1].text) + first.text, whole=False)
    else:
        words.append(first)
    words += rest
    if HYPHENED.search(words[-1].text):
        words[-1] = Word(words[-1].text, whole=False)
