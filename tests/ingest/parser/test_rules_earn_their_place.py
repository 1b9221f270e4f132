"""Every row, sign and threshold of the parser shows in a case, a sample or a test when it is taken out or moved.

What shows nothing is deleted, or gets a case: first what must not become an item, then what must.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.ingest.parser.traces import shown_by
from tools.quality.mutations import Mutation, rows, signs, thresholds

NO_JUDGEMENT = {
    "stages.indented.MOST": "the judge of lists asks the same of the entries again",
    # limits of size, time, memory and depth → what they keep from happening
    "furniture.placed.SMALLEST": "a damaged file whose type has no size is divided by",
    "language.demands.MOST_OPENING": "all of a long paragraph is taken apart for its first words",
    "readers.flowing.office.MAX_MEMBERS": "an archive of a million files is opened",
    "readers.flowing.office.MAX_RATIO": "an archive that unpacks to a thousand times its size fills the memory",
    "readers.flowing.office.MAX_UNPACKED": "the same",
    "readers.flowing.office.MAX_XML": "the same, for its text alone",
    "readers.flowing.office.RATIO_FREE": "a small file that packs well is taken for one of those",
    "readers.flowing.rtf.LONGEST_NAME": "a name without an end fills the memory",
    "readers.flowing.rtf.MAX_DEPTH": "groups within groups fill the memory",
    "readers.flowing.rtf.MAX_NESTED": "tables within tables fill the memory",
    "readers.flowing.rtf.MAX_SIZE": "a file of pictures is read for minutes",
    "readers.flowing.text.LINE_LIMIT": "a file of a million lines is read for minutes",
    "readers.flowing.word_flow.MAX_CHAIN": "styles that rest on each other in a circle are followed for ever",
    "readers.pdf.device.MOST_DOTS": "the dots of a map are each looked at",
    "readers.pdf.layout.CANDIDATES": "every place on a page is tried as a column's edge",
    "readers.pdf.layout.DEEPEST": "scattered letters are split for ever",
    "readers.pdf.painted.LONGEST_PATH": "the outline of a map is taken for the lines of a table",
    "readers.pdf.painted.MOST_GROUNDS": "each letter on a map is held against all that is painted",
    "readers.pdf.parallel.LEAST_PAGES": "a file of ten pages waits for workers; what is read is the same",
    "readers.pdf.parallel.MOST_WORKERS": "workers share the memory of one process until none has enough",
    "readers.pdf.parallel.PR_SET_PDEATHSIG": "a worker outlives its process: it is the system's own number for that",
    "readers.pdf.parallel._MOST_TASKS": "a pipe is full before anybody reads from it",
    "readers.pdf.reader.MOST_PAGES": "a damaged file that claims a billion pages is believed",
    "readers.pdf.scan.TIMEOUT": "text recognition runs for ever",
    "readers.pdf.structure.DEEPEST": "a circle of bookmarks is followed for ever",
    "readers.pdf.structure.MOST_BOOKMARKS": "the same",
    "readers.pdf.tables.MOST_RULES": "the lines of a drawing are sorted into tables",
    "readers.sniff.HEAD": "all of a large file is looked at to name its kind",
    # what a trained model weighs: to move one is to train it anew
    "report.doubt.context.LONG": "its signs of length are others than those that it was trained on",
    "report.doubt.context.SHORT": "the same",
    "report.doubt.context.LOOKED_AT": "each item of a long programme is read once more",
    "report.meta.SAMPLE": "all of a large file is searched for party names",
}


def check(mutations: Iterable[Mutation]) -> None:
    traceless = [str(mutation) for mutation in mutations if not shown_by(mutation)]
    assert not traceless, "\n".join(("No case, sample or test sees these changes:", *traceless))


def test_every_row_of_a_rule_table_shows() -> None:
    check(rows())


def test_every_sign_that_is_a_bullet_shows() -> None:
    check(signs())


@pytest.mark.long
def test_every_threshold_shows_when_it_is_moved_either_way() -> None:
    check(moved for moved in thresholds() if moved.place not in NO_JUDGEMENT)


def test_every_module_says_what_its_thresholds_were_measured_on() -> None:
    modules = {moved.module for moved in thresholds() if moved.place not in NO_JUDGEMENT}
    said = {module: Path(str(sys.modules[module].__file__)).read_text(encoding="utf-8") for module in modules}
    assert not [module for module, text in said.items() if not re.search(r"\b[Mm]easured on|\b[Cc]hosen", text)]


def test_what_is_no_judgement_is_there() -> None:
    assert set(NO_JUDGEMENT) <= {moved.place for moved in thresholds()}
