"""Fourth stage: lead-ins, lists and questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import rules
from ingest.document import Block

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"])")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")


def items(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with lead-ins, items and questions recognised."""
    return tuple(_Lists(blocks).read())


class _Lists:
    """Walks the blocks once, knowing which lead-in rules and how deep the list goes."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.lead_in = ""
        self.asking = False
        self.marks: list[str] = []
        self.colon = False
        self.item_number = 0

    def read(self) -> list[Block]:
        result: list[Block] = []
        for index, block in enumerate(self.blocks):
            after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if block.kind == "entry":
                result.append(self._entry(block, after))
            elif self.asking and block.text.endswith("?"):
                result.append(replace(block, kind="question", lead_in=self.lead_in))
            elif block.kind == "heading":
                self.asking = False
                self._end_list()
                result.append(block)
            elif rules.QUESTION.fullmatch(block.text):
                self.asking, self.lead_in = True, block.text
                result.append(replace(block, kind="lead_in"))
            elif after is not None and after.kind == "entry" and (parts := _lead_in(block)):
                self.lead_in = parts[-1].text
                self._end_list()
                result.extend(parts)
            else:
                result.append(block)
        return result

    def _end_list(self) -> None:
        self.marks, self.colon, self.item_number = [], False, 0

    def _entry(self, block: Block, after: Block | None) -> Block:
        mark = block.marker.text if block.marker else ""
        number = int(match[1]) if (match := _NUMBER.match(mark)) else 0
        shape = "1" if number else mark
        if shape in self.marks:
            del self.marks[self.marks.index(shape) + 1 :]
        elif self.marks and not self.colon:
            self.marks = [shape]
        else:
            self.marks.append(shape)
        if number:
            self.item_number = number
        self.colon = block.text.endswith(":")
        return replace(block, kind="item", depth=len(self.marks) - 1, lead_in=self.lead_in)


def _lead_in(block: Block) -> list[Block]:
    """Return a paragraph as its running text and the lead-in at its end, or nothing."""
    text = block.text
    if not text.endswith(":") and not rules.BARE_LEAD_IN.search(text):
        return []
    return [replace(block, kind="lead_in")]
