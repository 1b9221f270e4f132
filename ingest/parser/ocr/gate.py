"""The gate: which lines are Norwegian that lost its æ, ø and å. Everything else is left alone.

Of the letters of clean Norwegian 2.2–2.6 % are æ, ø or å; a recogniser without them leaves none. A block of lines
passes the gate when it has (nearly) none, has the small words of Norwegian, and has words that are
Norwegian only with another letter in them (`ogsa`, `gjgre`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parser.ocr.readings import Reader, plain, reader
from ingest.parser.ocr.words import ADDRESS
from programmes.norwegian.language import is_norwegian, norwegian_of

BLOCK = 2_000
"""Characters to a block, whole lines, about a page."""
CLEAN_SHARE = 0.012
"""Share of æ, ø and å among a block's characters from which it is clean."""
EVIDENCE = 0.5
"""Damaged words for each word that has kept its æ, ø or å."""

MARKS = re.compile(r"(?<!\S)(?:a|pa|ma|ogsa|nar|fa|fgr|gjgre?|vaere|veere|vzere|gke|@ke|bade|da|&)(?![^\s.,:;])")
"""Words that any page of Norwegian has, without their letter: cheap, so that the word lists need not be loaded."""
FEW_SIGNS = 1 / 100
"""Damaged words for each word from which a block is damaged; damage everywhere leaves about one in ten."""
SHORT = 600
"""Characters below which marks may be missing by chance; the word lists decide there."""
CLEARLY = 3.0
"""How much likelier (ln) the repaired word must be to count as a sign of damage."""


def _clean_by_letters(text: str) -> bool:
    kept = sum(map(text.count, "åøæÅØÆ"))
    return kept >= CLEAN_SHARE * len(text)


def _blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    blocks, first, size = [], 0, 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size >= BLOCK:
            blocks.append((first, number + 1))
            first, size = number + 1, 0
    if first < len(lines):
        if blocks and size < BLOCK // 4:
            first = blocks.pop()[0]
        blocks.append((first, len(lines)))
    return blocks


def damaged_lines(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches of damaged lines as (first, end), counted from 0, end exclusive."""
    suspect = []
    for first, end in _blocks(lines):
        text = "\n".join(lines[first:end])
        if not _clean_by_letters(text) and is_norwegian(text):
            suspect.append((first, end, ADDRESS.sub(" ", text)))
    # The word lists take half a second to load: only where the marks found damage, or are too few to tell.
    if not any(len(text) < SHORT or _damaged(text, len(MARKS.findall(text))) for _, _, text in suspect):
        return []
    words = reader(norwegian_of("\n".join(text for _, _, text in suspect)))
    found: list[tuple[int, int]] = []
    for first, end, text in suspect:
        if _damaged(text, sum(_misread(word, words) for word in text.split())):
            if found and found[-1][1] == first:
                found[-1] = (found[-1][0], end)
            else:
                found.append((first, end))
    return found


def _damaged(text: str, signs: int) -> bool:
    """Return whether so many damaged words make a block damaged."""
    kept = sum(map(text.count, "åøæÅØÆ"))
    return signs >= 2 and signs > EVIDENCE * kept and signs > FEW_SIGNS * len(text.split())


def _misread(word: str, words: Reader) -> bool:
    """Return whether a word is Norwegian only, or far likelier, with another letter in it."""
    word = plain(word.strip(".,:;!?()«»\"'–-"))
    if len(word) < 2:
        return word == "a"
    readings = words.readings(word)
    if not readings or not readings[0].sites:
        return False
    stays = [one.score for one in readings if not one.sites]
    return not stays or readings[0].score > stays[0] + CLEARLY
