"""Lead-ins, the lists that they rule, and questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.parser.document import Block, Piece
from ingest.parser.draft import Draft
from ingest.parser.language.joining import Joiner
from ingest.parser.language.lead_ins import asks, can_introduce, is_lead_in, lists_other
from ingest.parser.language.markers import number_of
from ingest.parser.language.sentences import ends_sentence
from ingest.parser.profile import Edges, Medium
from ingest.parser.stages.items.dissents import with_dissents
from ingest.parser.stages.items.judge import Judge, List, stands_as_high
from ingest.parser.stages.items.nesting import Nest, usual_edges, with_clauses, without_slips
from ingest.parser.values import replace
from programmes.norwegian.sentences import sentence_starts

LONGEST_LABEL = 60
"""Characters of a line that opens something else as a heading does: `Visste du at`. Chosen."""
AHEAD = 4
"""Blocks: how far below its lead-in a list may begin."""


def items(draft: Draft) -> Draft:
    """Return the document with lead-ins, items and questions recognised; other entries become text.

    Whether lists have lead-ins is asked of a side box together with the document that it stands in.
    """
    split = tuple(_split_lead_ins(draft.blocks, draft.profile.joiner))
    lists = list(_lists(split, usual_edges(draft.profile.edges), draft.profile.medium))
    for one in lists:
        one.blocks = with_clauses(without_slips(one.blocks))
    judge = Judge(lists, draft.around)
    return draft.with_blocks(list(with_dissents(block for one in lists for block in judge.verdict(one))))


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


def _lists(blocks: Sequence[Block], edges: Edges, medium: Medium) -> Iterator[List]:
    """Yield the lists of a document with what stands above each; the blocks of all are those of the document."""
    one, nest = List(), Nest(edges)
    lead_in, above, title, number = None, None, None, 0
    asking = prose = inner = False
    for block in blocks:
        if block.kind == "lead_in":
            yield one
            lead_in, above = block, one.heading
            one, nest = List(lead_in, one.heading, blocks=[block]), Nest(edges)
            asking, prose, number, inner = asks(block.text), False, 0, False
        elif asking and block.text.endswith("?"):
            one.blocks.append(replace(block, kind="question", lead_in=lead_in.text if lead_in else ""))
        elif block.kind == "heading":
            yield one
            headed = one.headed or bool(one.entries)
            inner = inner or (lead_in is not None and not headed)  # right below its lead-in a list has headings
            ended = headed and (one.ended or (stands_as_high(block, above, medium) if above else not inner))
            title, one = block, List(lead_in, block, headed, ended, blocks=[block])
            nest, asking, prose = Nest(edges), False, False
        elif block.kind == "entry":
            here = number_of(block.mark)
            if prose and not (number and here == number + 1):
                yield one
                # What a label opens, as headings do, ends with the text right below it.
                label = one.heading is not None and one.heading.kind == "text" and one.blocks[-1:] != [one.heading]
                lead_in, one, nest = None, List(None, title if label else one.heading), Nest(edges)
            prose, number = False, here or number
            one.blocks.append(replace(block, kind="item", depth=nest.depth(block)))
        else:
            # A lead-in rules on across sub-headings, until a heading with text of its own opens something else.
            prose = prose or (one.blocks[:1] != [lead_in] and not one.entries)
            asking = False
            if len(block.text) <= LONGEST_LABEL and lists_other(block.text):
                yield one
                lead_in, one, nest = None, List(None, block), Nest(edges)
            one.blocks.append(block)
    yield one
