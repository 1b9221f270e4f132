"""Lead-ins, the lists that they rule, and questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.parser.document import Block, Piece
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.language.joining import Joiner
from ingest.parser.language.lead_ins import asks, can_introduce, is_lead_in, wishes
from ingest.parser.language.markers import family_of, number_of
from ingest.parser.language.sentences import ends_sentence, sentence_starts
from ingest.parser.profile import Edges
from ingest.parser.stages.items.nesting import Nest, usual_edges

SHARE_OF_WISHES = 0.5
"""Of a list's entries: so many must read like wishes where no lead-in says that they are. Chosen, as all here."""
SHARE_OF_BULK = 0.5
"""Of a document's words: lists with more, under headings and no lead-in at all, are its programme."""
MIN_USUAL = 5
"""Wishes: with more, the document's lists of one style are mostly wishes, where it has no lead-ins …"""
FEW_WISHES = 0.2
"""… and such a list is one too if so many of its entries read like wishes."""
AHEAD = 4
"""Blocks: how far below its lead-in a list may begin."""


def items(draft: Draft) -> Draft:
    """Return the document with lead-ins, items and questions recognised; other entries become text.

    Whether lists have lead-ins is asked of a side box together with the document that it stands in.
    """
    split = tuple(_split_lead_ins(draft.blocks, draft.profile.joiner))
    return draft.with_blocks(tuple(_lists(split, _Judge((*draft.around, *split)), usual_edges(draft.profile.edges))))


def _split_lead_ins(blocks: Sequence[Block], joiner: Joiner) -> Iterator[Block]:
    """Yield the blocks, with the sentence before each list cut off from its paragraph as a lead-in."""
    for index, block in enumerate(blocks):
        after = next((later for later in blocks[index + 1 : index + AHEAD] if not _stacked(later)), None)
        if asks(block.text):
            yield replace(block, kind="lead_in")
        elif block.kind == "text" and after is not None and after.kind == "entry" and can_introduce(block.text):
            before, sentence = _last_sentence(block.pieces)
            if before:
                text = joiner.join(before)
                yield replace(block, kind="lead_in" if text[-1] == ":" else "text", pieces=before, text=text)
            yield Block("lead_in", sentence, joiner.join(sentence))
        else:
            yield block


def _stacked(block: Block) -> bool:
    """Return whether a list may still follow below a block: a second lead-in, or a sub-heading."""
    return block.kind == "heading" or (block.kind == "text" and len(block.pieces) <= 4 and is_lead_in(block.text))


def _last_sentence(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces of a paragraph cut where its last sentence begins."""
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if starts := [at for at in sentence_starts(piece.text, ".!?:") if _is_whole(piece.text[:at].rstrip())]:
            cut = piece.start + starts[-1]
            head = piece.text[: starts[-1]].rstrip()
            first = replace(piece, end=piece.start + len(head), text=head)
            rest = replace(piece, start=cut, text=piece.text[starts[-1] :], gap=0.0, frame=False)
            return (*pieces[:index], first), (rest, *pieces[index + 1 :])
        if index and ends_sentence(pieces[index - 1].text) and piece.text[0].isupper():
            return tuple(pieces[:index]), tuple(pieces[index:])
    return (), tuple(pieces)


def _is_whole(text: str) -> bool:
    """Return whether a text ends a sentence; one that ends in a colon is a lead-in, with another right behind it."""
    return not text.endswith(":") or is_lead_in(text)


def _lists(blocks: Sequence[Block], judge: _Judge, edges: Edges) -> Iterator[Block]:
    """Yield the blocks, entries as items with their lead-in and depth."""
    lead_in, asking, prose, number = "", False, False, 0
    part, nest = list[Block](), Nest(edges)
    for block in blocks:
        if block.kind == "lead_in":
            yield from judge.verdict(part)
            part, nest = [block], Nest(edges)
            lead_in, asking, prose, number = block.text, asks(block.text), False, 0
        elif asking and block.text.endswith("?"):
            part.append(replace(block, kind="question", lead_in=lead_in))
        elif block.kind == "entry":
            here = number_of(block.mark)
            if prose and not (number and here == number + 1):
                yield from judge.verdict(part)
                part, nest, lead_in = [], Nest(edges), ""
            prose, number = False, here or number
            part.append(replace(block, kind="item", lead_in=lead_in, depth=nest.depth(block)))
        else:
            # A lead-in rules on across sub-headings, until a heading with text of its own opens something else.
            prose = prose or (block.kind == "text" and bool(part) and part[-1].kind == "heading")
            asking = False
            if block.kind == "heading":
                nest = Nest(edges)
                if not wishes(lead_in):
                    yield from judge.verdict(part)
                    part, lead_in = [], ""
            part.append(block)
    yield from judge.verdict(part)


EntryStyle = tuple[str, bool, str]
"""How an entry is set: the family of its mark, whether it is bold, its colour."""


def _style_of(block: Block) -> EntryStyle:
    style = block.pieces[0].line.style
    return (family_of(block.mark), style.bold, style.colour)


class _Judge:
    """Decides which lists are of wishes: by their lead-in, by how they read, or as the bulk of the document."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        led = any(wishes(block.text) for block in blocks if block.kind == "lead_in")
        # Where lead-ins are the rule, a list without one has to show more plainly that it wishes for something.
        self._forms = rules.LISTED_FORM if led else rules.PLEDGE_FORM
        entries = [] if led else [block for block in blocks if block.kind == "entry"]
        votes = self._votes(entries)
        self._usual = {style for style, cast in votes.items() if sum(cast) > SHARE_OF_WISHES * len(cast) >= MIN_USUAL}
        words: Counter[EntryStyle] = Counter()
        for block in entries:
            words[_style_of(block)] += len(block.text)
        bulk = sum(len(block.text) for block in blocks if block.kind != "heading")
        self._bulk = next((style for style, count in words.items() if count > SHARE_OF_BULK * bulk), None)

    def _votes(self, entries: Sequence[Block]) -> dict[EntryStyle, list[bool]]:
        """Return for each style of some entries which of them read like wishes."""
        votes: dict[EntryStyle, list[bool]] = defaultdict(list)
        for block in entries:
            votes[_style_of(block)].append(bool(self._forms.match(block.text)))
        return votes

    def verdict(self, part: Sequence[Block]) -> Iterator[Block]:
        """Yield the blocks of a list and what stands around it, as text those that list something else."""
        entries = [block for block in part if block.kind == "item"]
        styles = self._ruled(entries)
        for block in part:
            if (block.kind == "item" and _style_of(block) not in styles) or (
                block.kind == "lead_in" and entries and not styles
            ):
                yield replace(block, kind="text", lead_in="", depth=0)
            else:
                yield block

    def _ruled(self, entries: Sequence[Block]) -> set[EntryStyle]:
        """Return the styles of those entries of one list that are wishes: bold ones may be, and plain ones facts."""
        votes = self._votes(entries)
        lead_in = entries[0].lead_in if entries else ""
        if wishes(lead_in):
            return set(votes)
        return {
            style
            for style, cast in votes.items()
            if sum(cast) > SHARE_OF_WISHES * len(cast)
            or (style == self._bulk and not lead_in)
            or (style in self._usual and sum(cast) >= FEW_WISHES * len(cast) and not lead_in)
        }
