"""What belongs to typeset pages: asked of their words before they become lines, then of the lines of whole pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.parser.document import Line
from ingest.parser.furniture import contents, line_numbers, page_numbers, pull_quotes, running_headers, wording
from ingest.parser.furniture.placed import Pages, Usual
from ingest.parser.values import replace

MAX_ARTIFACTS = 0.15
"""A file that tags a larger share of its letters as artifacts tags them at random. Chosen, not measured."""


def mark(pages: Pages, heights: Sequence[float], usual: Usual) -> None:
    """Set `why` on the words of all pages, of these heights in points, that belong to the page and not to the text."""
    _mark_artifacts(pages)
    line_numbers.mark(pages)
    running_headers.mark(pages, heights, usual)
    page_numbers.mark_at_the_side(pages)
    wording.mark_small_print(pages, usual.size)


def _mark_artifacts(pages: Pages) -> None:
    """Mark what the file itself calls an artifact, unless it says so of half the text."""
    everything = [words for page in pages for words in page]
    tagged = [words for words in everything if words.tag == "Artifact"]
    if sum(len(words.text) for words in tagged) <= MAX_ARTIFACTS * sum(len(words.text) for words in everything):
        for words in tagged:
            words.why = "artifact"


def name_furniture(lines: Sequence[Line], usual: Usual, folds: Mapping[int, float]) -> list[Line]:
    """Return the lines of all pages, with those of contents, indexes and pull quotes named furniture.

    `folds` gives the middle of each page that is a spread of two, in points from its left edge.
    """
    known = contents.of_pages(lines, folds)
    known.update(dict.fromkeys(pull_quotes.find(lines, usual.size, known), "pull quote"))
    return [replace(line, furniture=line.furniture or known.get(index, "")) for index, line in enumerate(lines)]
