"""From a file to a `ParsedProgramme`: the straight line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from ingest.parser.document import Furniture, ParsedProgramme, RawDocument, SourceLine
from ingest.parser.draft import Draft
from ingest.parser.furniture.lines import clean
from ingest.parser.profile import Profile
from ingest.parser.progress import report_progress
from ingest.parser.readers import read
from ingest.parser.report.coverage import coverage
from ingest.parser.report.doubt import doubts
from ingest.parser.report.excerpt import excerpt
from ingest.parser.report.meta import meta
from ingest.parser.report.printed import printed
from ingest.parser.report.problems import problems
from ingest.parser.stages.blocks import blocks
from ingest.parser.stages.close_headings import close_headings
from ingest.parser.stages.headings import headings
from ingest.parser.stages.indented import indented
from ingest.parser.stages.items import items
from ingest.parser.stages.levels import levels
from ingest.parser.stages.outline import outline
from ingest.parser.stages.rejoin import rejoin
from ingest.parser.stages.repairs import repairs
from ingest.parser.stages.side_boxes import with_side_boxes, without_side_boxes
from ingest.parser.stages.titles import titles
from ingest.parser.stages.two_columns import reorder, with_frames
from ingest.parser.stages.unmarked import unmarked
from ingest.parser.themes import with_themes
from ingest.parser.values import replace, uncollected
from ingest.parser.version import parser_version


class Stage(NamedTuple):
    """One row of the table of stages."""

    name: str
    do: Callable[[Draft], Draft]
    """Takes what is known of the document so far and gives it back richer."""


def _profile(draft: Draft) -> Draft:
    return replace(draft, profile=Profile.of(draft.pieces, draft.raw.bookmarks))


def _read_side_boxes(draft: Draft) -> Draft:
    """Return the document with each side box read by itself; it has no headings of its own."""
    boxes = (replace(box, blocks=items(rejoin(indented(blocks(draft.of_box(box))))).blocks) for box in draft.side_boxes)
    return replace(draft, side_boxes=tuple(boxes))


def _themes(draft: Draft) -> Draft:
    return replace(draft, entries=with_themes(draft.entries, draft.sections))


STAGES: tuple[Stage, ...] = (
    Stage("furniture", clean),  # lines to pieces of text, and what belongs to the page
    Stage("profile", _profile),  # what is usual in the document
    Stage("frames of two columns", with_frames),
    Stage("side boxes apart", without_side_boxes),
    Stage("blocks", blocks),  # pieces to paragraphs and list entries
    Stage("indented", indented),  # lists of a page that only their place shows
    Stage("rejoin", rejoin),  # sentences that something else stands in the middle of
    Stage("titles", titles),  # lines of the front that name the programme
    Stage("close headings", close_headings),  # headings that nothing sets apart from a list above them
    Stage("unmarked", unmarked),  # paragraphs that are list entries without a mark
    Stage("headings", headings),
    Stage("items", items),  # lead-ins and their lists: entries to items and questions
    Stage("order of two columns", reorder),  # headings that stand behind their own text
    Stage("side boxes read", _read_side_boxes),
    Stage("side boxes back", with_side_boxes),
    Stage("levels", levels),  # how high each heading stands
    Stage("outline", outline),  # blocks to sections, items and passages
    Stage("doubts", doubts),  # how sure each of them is
    Stage("repairs", repairs),  # what text recognition damaged
    Stage("themes", _themes),
    Stage("printed numbers", printed),  # the page's and the line's, as the source prints them
    Stage("meta", meta),  # party, period, language …
    Stage("coverage", coverage),  # where every character went
    Stage("problems", problems),  # what a person should look at
)
"""What makes a programme of a document, from top to bottom."""


def parse(
    source: Path | bytes, filename: str = "", pages: Collection[int] | None = None, *, repair: bool = True
) -> ParsedProgramme:
    """Return what the parser makes of a file, given by its path or its content.

    `pages` (from 1) shows those pages alone, read in the light of the whole file; without `repair` damaged words
    are left alone. Raises an `IngestError` that says what is wrong.
    """
    report_progress("read")
    return interpret(read(source, filename), pages, repair=repair)


def interpret(raw: RawDocument, pages: Collection[int] | None = None, *, repair: bool = True) -> ParsedProgramme:
    """Return what the stages make of a document that a reader has read, or of some of its pages."""
    report_progress("interpret", raw.source.pages, raw.source.pages)
    draft = Draft(raw, pages)
    with uncollected():
        for stage in STAGES:
            if repair or stage.do is not repairs:
                draft = stage.do(draft)
    furniture = tuple(map(Furniture.of, draft.furniture))
    lines = tuple(map(SourceLine.of, raw.lines))
    programme = ParsedProgramme(
        raw.source,
        draft.meta,
        draft.sections,
        draft.entries,
        furniture,
        draft.problems,
        draft.coverage,
        lines,
        parser_version(),
    )
    return programme if pages is None else excerpt(programme, pages)
