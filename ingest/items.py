"""Fourth stage: lead-ins, the lists that they rule, and questions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest import rules
from ingest.document import Block, Piece
from ingest.wording import Joiner

SHARE_OF_WISHES = 0.5
"""Of a list's entries: so many must read like wishes where no lead-in says that they are."""
CHILDREN = 2
"""Entries taken for children of one that ends in a colon, where neither mark nor indent tells how many are."""
AHEAD = 4
"""Blocks: how far below its lead-in a list may begin."""
SAME_INDENT = 4.0
"""Points: marks so near one another stand in one column."""

POINTS_A_SPACE = 6.0
"""What a space before a mark of a plain text is taken for; a single one is no indent."""
MAX_INDENT = 60.0
"""Points that a list stands in from its column's edge at most."""
SHARE_OF_COLUMNS = 20
"""One column in so many must begin where a usual edge is."""

Edges = dict[tuple[int, int], float]
"""The left edge of each column, by page and region."""

_SENTENCE = re.compile(r"[.!?:][»”\")]?\s+(?=[A-ZÆØÅ«\"“])")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_LETTER = re.compile(r"\(?[a-zæøå]{1,2}[.)]")
_ENDED = re.compile(r"[.!?][»”\")]?$")


def items(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with lead-ins, items and questions recognised; other entries become text."""
    return tuple(_lists(tuple(_split_lead_ins(blocks))))


@dataclass(slots=True)
class _Part:
    """A stretch of blocks that stands or falls together: a list, or what stands between lists."""

    blocks: list[Block] = field(default_factory=list)


def _split_lead_ins(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, with the sentence before each list cut off from its paragraph as a lead-in."""
    joiner = Joiner(piece.text for block in blocks for piece in block.pieces)
    for index, block in enumerate(blocks):
        after = next((later for later in blocks[index + 1 : index + AHEAD] if not _stacked(later)), None)
        if rules.QUESTION.fullmatch(block.text):
            yield replace(block, kind="lead_in")
        elif block.kind == "text" and after is not None and after.kind == "entry" and _introduces(block.text):
            before, sentence = _last_sentence(block.pieces)
            if before:
                text = joiner.join(before)
                yield replace(block, kind="lead_in" if text[-1] == ":" else "text", pieces=before, text=text)
            yield Block("lead_in", sentence, joiner.join(sentence))
        else:
            yield block


def _introduces(text: str) -> bool:
    """Return whether a paragraph ends in a sentence that can introduce a list."""
    return text.endswith(":") or bool(rules.BARE_LEAD_IN.search(text))


def _stacked(block: Block) -> bool:
    """Return whether a list may still follow below a block: a second lead-in, or a sub-heading."""
    return block.kind == "heading" or (
        block.kind == "text"
        and block.text.endswith(":")
        and len(block.pieces) <= 4
        and bool(rules.WISH.search(block.text))
    )


def _last_sentence(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces of a paragraph cut where its last sentence begins."""
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if ends := [match.end() for match in _SENTENCE.finditer(piece.text) if _ends_there(piece.text[: match.end()])]:
            cut = piece.start + ends[-1]
            head = piece.text[: ends[-1]].rstrip()
            first = replace(piece, end=piece.start + len(head), text=head)
            rest = replace(piece, start=cut, text=piece.text[ends[-1] :], gap=0.0, frame=False)
            return (*pieces[:index], first), (rest, *pieces[index + 1 :])
        if index and _ENDED.search(pieces[index - 1].text) and piece.text[0].isupper():
            return tuple(pieces[:index]), tuple(pieces[index:])
    return (), tuple(pieces)


def _ends_there(text: str) -> bool:
    """Return whether a text ends a sentence, or is a lead-in by itself with another right behind it."""
    return text.rstrip()[-1] != ":" or bool(rules.WISH.search(text))


def _lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, entries as items with their lead-in and depth."""
    lead_in, asking, prose = "", False, False
    edges = _edges(blocks)
    part, nest = _Part(), _Nest(edges)
    for block in blocks:
        if block.kind == "lead_in":
            yield from _close(part)
            part, nest = _Part([block]), _Nest(edges)
            lead_in, asking, prose = block.text, bool(rules.QUESTION.fullmatch(block.text)), False
        elif asking and block.text.endswith("?"):
            part.blocks.append(replace(block, kind="question", lead_in=lead_in))
        elif block.kind == "entry":
            if prose:
                yield from _close(part)
                part, nest, lead_in, prose = _Part(), _Nest(edges), "", False
            part.blocks.append(replace(block, kind="item", lead_in=lead_in, depth=nest.depth(block)))
        else:
            # A lead-in rules on across sub-headings, until a heading with text of its own opens something else.
            prose = prose or (block.kind == "text" and bool(part.blocks) and part.blocks[-1].kind == "heading")
            asking = False
            if block.kind == "heading":
                nest = _Nest(edges)
                if not _wishes(lead_in):
                    yield from _close(part)
                    part, lead_in = _Part(), ""
            part.blocks.append(block)
    yield from _close(part)


def _close(part: _Part) -> Iterator[Block]:
    """Yield the blocks of a part, those entries as text that list something else than wishes."""
    entries = [block for block in part.blocks if block.kind == "item"]
    wished = bool(entries) and _wishes(entries[0].lead_in)
    shares: dict[tuple[str, bool, str], list[bool]] = defaultdict(list)
    for block in entries:
        shares[_look(block)].append(bool(rules.PLEDGE_FORM.match(block.text)))
    for block in part.blocks:
        votes = shares[_look(block)] if block.kind == "item" else []
        ruled = wished or sum(votes) > SHARE_OF_WISHES * len(votes)
        if block.kind == "lead_in" and entries and not _any_ruled(entries, wished, shares):
            yield _as_text(block)
        else:
            yield block if ruled or block.kind != "item" else _as_text(block)


def _any_ruled(entries: Sequence[Block], wished: bool, shares: Mapping[tuple[str, bool, str], Sequence[bool]]) -> bool:
    """Return whether any entry of a list is an item, so that its lead-in is one."""
    return wished or any(sum(votes) > SHARE_OF_WISHES * len(votes) for votes in shares.values())


def _wishes(lead_in: str) -> bool:
    return bool(rules.WISH.search(lead_in) or rules.BARE_LEAD_IN.search(lead_in))


def _look(block: Block) -> tuple[str, bool, str]:
    """Return how an entry looks: bold bullets can be the wishes and plain ones the facts beside them."""
    style = block.pieces[0].line.style
    return (_shape(block), style.bold, style.colour)


def _as_text(block: Block) -> Block:
    """Return a block of a list that is none of wishes as running text."""
    return replace(block, kind="text", lead_in="", depth=0) if block.kind in ("item", "lead_in") else block


class _Nest:
    """How deep in a list each entry stands, told by marks, indents and colons."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._open: list[tuple[str, float]] = []
        self._colon = False
        self._alike = 0

    def depth(self, block: Block) -> int:
        """Return the depth of the next entry, 0 for the outermost."""
        here = (_shape(block), _indent(block, self._edges))
        place = next((i for i, level in enumerate(self._open) if _same(level, here)), -1)
        if self._colon and place == len(self._open) - 1 >= 0 and not here[1]:
            # Children that look like their parent: the colon alone tells.
            self._alike = CHILDREN
        if self._alike and place == len(self._open) - 1:
            self._alike -= 1
            place += 1
        else:
            self._alike = 0
            if place < 0:
                place = self._below(here)
                self._open[place:] = [here]
            del self._open[place + 1 :]
        self._colon = block.text.endswith(":")
        return place

    def _below(self, here: tuple[str, float]) -> int:
        """Return the depth of an entry whose look is new to the list."""
        for place, level in enumerate(self._open):
            if here[1] < level[1] - SAME_INDENT:
                return place
        if not self._open:
            return 0
        above = self._open[-1]
        deeper = self._colon or here[1] > above[1] + SAME_INDENT or _rank(here[0]) > _rank(above[0])
        return len(self._open) - (not deeper)


def _same(level: tuple[str, float], here: tuple[str, float]) -> bool:
    return level[0] == here[0] and abs(level[1] - here[1]) <= SAME_INDENT


def _shape(block: Block) -> str:
    """Return the sort of a mark: all numbers are one, all letters another."""
    mark = block.marker.text if block.marker else ""
    if _NUMBER.fullmatch(mark):
        return "1"
    return "a" if _LETTER.fullmatch(mark) else mark[:1]


def _indent(block: Block, edges: Edges) -> float:
    """Return how far in its column an entry stands, in points, 0 where the file does not tell."""
    piece = block.first
    if piece.line.box is None:
        spaces = piece.start if piece.line.text[: piece.start].isspace() and not piece.line.tag else 0
        return piece.line.text_x or (spaces * POINTS_A_SPACE if spaces > 1 else 0.0)
    return piece.line.box.x0 - edges.get((piece.line.page, piece.line.region), 0.0) + 1.0


def _edges(blocks: Sequence[Block]) -> Edges:
    """Return where the left edge of each column is: the usual one of its page's side, however its own lines stand."""
    left: dict[tuple[int, int], float] = {}
    for block in blocks:
        for piece in (block.first, *block.pieces):
            if piece.line.box:
                key = (piece.line.page, piece.line.region)
                left[key] = min(left.get(key, piece.line.box.x0), piece.line.box.x0)
    usual = Counter(round(edge) for edge in left.values())
    common = [edge for edge, count in usual.items() if count * SHARE_OF_COLUMNS >= len(left)]
    return {
        key: min((at for at in common if edge - MAX_INDENT <= at <= edge + SAME_INDENT), default=edge)
        for key, edge in left.items()
    }


def _rank(shape: str) -> int:
    """Return the usual depth of a mark: bullets and numbers hold letters, circles and dashes."""
    return 1 if shape in {"o", "○", "a", "-", "–", "—", "▪", "◦", "■"} else 0
