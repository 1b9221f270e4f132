"""Damage clean Norwegian as a recogniser without æ, ø and å does: to measure the repair, never run on a site.

Deterministic: the same text and seed give the same damage. Every æ, ø and å is lost; which sign each becomes
follows the shares in `confusions.CONFUSIONS`.
"""

from __future__ import annotations

import random
import re

from ingest.parser.ocr.confusions import CONFUSIONS, LOST_SPACE_SHARE, Confusion

_LONE = re.compile(r"(?<!\S)[åI](?=[\s:,]|$)")
_IN_A_WORD = re.compile(r"gj|lø|[æøåÆØÅb]")
_SPACE_AFTER_SHORT_WORD = re.compile(r"(?<=\b[^\W\d_]{2}) (?=[^\W\d_]{1,5}\b)")
_SPACE_SHARE = 6 * LOST_SPACE_SHARE
"""Only the spaces after two-letter words are lost here, so a larger share of these."""


def damage(text: str, *, seed: int) -> str:
    """Return a clean text damaged, line for line."""
    chance = random.Random(seed)  # noqa: S311 (repeatable damage, no secret)

    def misread(meant: str, rows: list[Confusion]) -> str:
        always = meant.lower() in "æøå"
        pick = chance.random() * (sum(row.share for row in rows) if always else 1.0)
        for row in rows:
            pick -= row.share
            if pick < 0:
                return row.read[0].upper() + row.read[1:] if meant.isupper() and row.meant != "I" else row.read
        return meant

    def lone(found: re.Match[str]) -> str:
        rows = [row for row in CONFUSIONS if row.meant == found[0] and (row.where == "alone" or row.read == "a")]
        return misread(found[0], rows)

    def in_a_word(found: re.Match[str]) -> str:
        rows = [row for row in CONFUSIONS if row.meant == found[0].lower() and row.where != "alone"]
        read = misread(found[0], rows)
        return "l" + misread("ø", [row for row in CONFUSIONS if row.meant == "ø"]) if read == "lø" else read

    def one_line(clean: str) -> str:
        clean = _LONE.sub(lone, clean)
        clean = _IN_A_WORD.sub(in_a_word, clean)
        return _SPACE_AFTER_SHORT_WORD.sub(lambda _: "" if chance.random() < _SPACE_SHARE else " ", clean)

    return "\n".join(map(one_line, text.split("\n")))
