"""Lines become blocks, paragraphs and list entries, by their marks, white space and width."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parser.document import Block, Cut, Piece
from ingest.parser.draft import Draft
from ingest.parser.furniture.lines import ORNAMENT
from ingest.parser.language import rules
from ingest.parser.language.demands import begins_with_infinitive
from ingest.parser.language.dissents import dissent_of
from ingest.parser.language.lead_ins import is_lead_in_line, says_who_will
from ingest.parser.language.markers import is_date_or_ordinal
from ingest.parser.language.sentences import begins_with_address, breaks_off, can_end_title, ends_sentence, is_complete
from ingest.parser.language.titles import names_programme
from ingest.parser.profile import FULL, MAX_HEADING_LINES, SHORT, SHORTEST, Medium, Profile, type_of
from ingest.parser.stages.blocks.marks import marks, split_at_marks
from ingest.parser.values import replace

HANGING = 4.0
"""Points between a mark and its words, from which on lines can hang under the words. Chosen, as all here."""
SAME_X = 2.5
"""Points: lines so near one another begin in one place."""
MIN_GAP = 0.3
"""Share of the type size: less white space than this parts no lines of a heading."""
PARAGRAPH = 1.6
"""Lines of white space above which even a hanging line begins something new."""


def blocks(draft: Draft) -> Draft:
    """Return the document with its pieces grouped to blocks of kind "text" and "entry"."""
    pieces, profile = split_at_marks(draft.pieces), draft.profile
    starts = marks(pieces)
    lines = _Lines(profile, _hanging(pieces, starts))
    result: list[Block] = []
    group: list[Piece] = []
    marker: Piece | None = None
    alone: list[Piece] = []
    wordless: list[Cut] = []
    each = False
    wrapped: set[int] = set()

    def close() -> None:
        nonlocal group
        if marker and not group:
            wordless.append(Cut(marker, ORNAMENT))
        elif group:
            result.append(Block("entry" if marker else "text", tuple(group), profile.joiner.join(group), marker=marker))

    def close_all() -> None:
        nonlocal marker, group
        close()
        wordless.extend(Cut(mark, ORNAMENT) for mark in alone)
        marker, group = None, []
        alone.clear()

    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if index in starts:
            mark, rest = _cut(piece, starts[index])
            if not rest.text and not piece.line.text[: piece.start].strip():
                alone.append(mark)  # its words stand below, maybe below the marks of the next entries
                continue
            if alone and alone[-1].line is piece.line:  # `• · Utrede`: a tagged list in an entry of its own
                mark = _both(alone.pop(), mark)
            close_all()
            marker, group = mark, [rest] if rest.text else []
        elif marker and not group:  # a mark at the end of a line
            group = [piece]
        elif index in wrapped:
            group.append(piece)
        elif alone:
            if marker is None or group[-1] is not pieces[index - 1]:  # the first words below the marks
                count = _until_gap(pieces[index:])
                wrapped = {index + place for place in _wrapped(pieces[index : index + count], count - len(alone))}
                each = count >= len(alone)
            if marker is None or each or not lines.fills(group[-1], piece):
                close()
                marker, group = alone.pop(0), [piece]
            else:
                group.append(piece)
        elif group and lines.goes_on(result, group, piece, after, marker):
            group.append(piece)
        else:
            close()
            marker, group = None, [piece]
    close_all()
    return replace(draft.with_blocks(result), furniture=(*draft.furniture, *wordless))


def _until_gap(pieces: Sequence[Piece]) -> int:
    """Return how many lines stand together."""
    return next((count for count, piece in enumerate(pieces) if count and piece.gap), len(pieces))


def _wrapped(lines: Sequence[Piece], count: int) -> set[int]:
    """Return which of some lines go on with the one above: as many as are too many, the fullest before them."""
    room = {
        place: len(above.text) + len(line.text.split(maxsplit=1)[0])
        for place, (above, line) in enumerate(pairwise(lines), start=1)
        if line.text[:1].islower() or breaks_off(above.text)
    }
    return set(sorted(room, key=lambda place: room[place])[len(room) - count :]) if 0 < count <= len(room) else set()


def _cut(piece: Piece, mark: int) -> tuple[Piece, Piece]:
    """Return a piece as its mark, so many characters long, and the words after it."""
    rest = piece.text[mark:].lstrip()
    marker = Piece(piece.line, piece.start, piece.start + mark, piece.text[:mark], piece.gap, piece.frame)
    return marker, Piece(piece.line, piece.end - len(rest), piece.end, rest)


def _both(first: Piece, second: Piece) -> Piece:
    """Return two marks of one line as one."""
    text = first.line.text[first.start : second.end]
    return Piece(first.line, first.start, second.end, text, first.gap, first.frame)


@dataclass(frozen=True, slots=True)
class _Lines:
    """How the lines of one document go on from each other."""

    usual: Profile
    hanging: bool
    """The lines of an entry hang under its words, clear of the mark."""

    def goes_on(
        self, above: Sequence[Block], group: Sequence[Piece], piece: Piece, after: Piece | None, marker: Piece | None
    ) -> bool:
        """Return whether a piece without a mark belongs to the block that is open."""
        if "TR" in (piece.line.tag, group[-1].line.tag):
            return False  # a row of a table
        if piece.text[0].isupper() and dissent_of(piece.text) and not breaks_off(group[-1].text):
            return False
        if self.usual.medium is Medium.FLOWING:
            # A paragraph within an entry goes on with it, if it breaks off.
            within = marker is not None and piece.line.text_x is not None and piece.text[0].islower()
            return not piece.line.tag or (piece.line.tag == "P" and within and not ends_sentence(group[-1].text))
        if marker is not None and (hangs := self._hangs(marker, group[-1], piece)) is not None:
            return hangs
        if piece.gap and marker is None and above and self._interrupts(group, above[-1]):
            return False
        return self._continues(group[-1], piece, after, marker is not None)

    def _hangs(self, marker: Piece, above: Piece, piece: Piece) -> bool | None:
        """Return whether a line hangs under its entry's words, or stands out to the mark; None if neither is clear.

        Lines under the words belong to the entry even after a full stop, over columns and pages.
        """
        first, here, before = marker.line, piece.line, above.line
        if first.box is None or here.box is None:
            return None
        if (here.page, here.region) != (before.page, before.region):
            # On the next page, in a column at the same place, a sentence left of the marks begins a paragraph.
            edges = self.usual.edges
            alike = abs(edges[here.page, here.region] - edges[before.page, before.region]) <= SAME_X
            out = self.hanging and alike and here.box.x0 < first.box.x0 - SAME_X
            out = out or (first.tag, before.tag, here.tag) == ("LI", "LI", "P")
            return False if out and piece.text[0].isupper() and not breaks_off(above.text) else None
        if first.text_x is None or before.box is None or first.text_x - first.box.x0 < HANGING:
            return None
        if abs(here.style.size - first.style.size) > 0.6:
            return None
        edge = before.text_x if before is first else before.box.x0
        indent = here.box.x0 - edge if before.text_x and edge is not None else 0.0
        if abs(indent) <= SAME_X and piece.gap < PARAGRAPH:
            return True
        return False if self.hanging and here.box.x0 <= first.box.x0 + SAME_X else None

    def _continues(self, above: Piece, piece: Piece, after: Piece | None, entry: bool) -> bool:
        """Return whether a line goes on with the one above it, by its type, width and words."""
        text, before = piece.text, above.text
        if bool(piece.line.heading_level) != bool(above.line.heading_level):
            return False
        if not entry and (self.usual.has_bookmark(text, piece) or self.usual.has_bookmark(before, above)):
            return False
        if piece.frame or type_of(piece) != type_of(above):
            return False
        size = type_of(piece)[0]
        tight = piece.gap * self.usual.body[0] <= MIN_GAP * size and (
            size > self.usual.body[0] or not (piece.gap and ends_sentence(before))
        )
        if type_of(piece) != self.usual.body and piece.line.box and not entry and tight:
            # A heading over several lines, set wider apart the larger it is; but a line of the front is its own,
            # unless the file tags both alike.
            one = piece.line.heading_level > 0 and not piece.gap
            return one or not (text[0].isupper() and names_programme(text)) or breaks_off(before)
        complete = ends_sentence(before)
        if not entry and (complete or before[-1] == ":") and self._stands_in(above, piece):
            return False
        numbered = rules.HEADING_NUMBER.match(text) and not is_date_or_ordinal(text)
        lower = text.lstrip("-–(")[:1].islower() or (text[0].isdigit() and not numbered)
        if self.usual.listed:
            open_end = len(before) >= SHORTEST and _leaves_open(before, text)
            return text[0].islower() and open_end and not self.usual.unwrapped
        if not entry and (piece.line.page, piece.line.number) in self.usual.listed_lines:
            return _leaves_open(before, text) and self._is_full(before, text)
        if before[-1] == ":" or piece.gap or not self.usual.width:
            address = piece.gap > 0 and begins_with_address(text)
            ends = self.usual.parted or is_lead_in_line(before)
            return lower and not (complete or address or (piece.gap and (ends or before[-1] == ":")))
        full = self._is_full(before, text)
        capitals = before.isupper() and text.isupper()
        if not lower and not capitals and not breaks_off(before) and self._has_room(before, text):
            return False
        if (
            self.usual.tight
            and not breaks_off(before)
            and self._like_heading(text, after)
            # Right above a lead-in stands a heading, however full the line above it is.
            and ((after is not None and says_who_will(after.text)) or not self._is_full(before, text, 1.0))
        ):
            return False
        if complete:
            return (
                not self._like_heading(text, after)
                if entry
                else full or lower or len(before) > SHORT * self.usual.width
            )
        if lower or full or breaks_off(before) or capitals:
            return True
        return not (self._like_heading(text, after) or len(before) < SHORT * self.usual.width)

    @staticmethod
    def _stands_in(above: Piece, piece: Piece) -> bool:
        """Return whether a line of a page stands further in than the one above it, in the same column."""
        here, before = piece.line, above.line
        if here.box is None or before.box is None or (here.page, here.region) != (before.page, before.region):
            return False
        return here.box.x0 >= before.box.x0 + HANGING

    def _like_heading(self, text: str, after: Piece | None) -> bool:
        """Return whether a line stands alone as a heading does: short, no stop, and white space below it."""
        return (
            (text[0].isupper() or (self.usual.tight and bool(rules.HEADING_NUMBER.match(text))))
            and can_end_title(text)
            and len(text) < 0.75 * self.usual.width
            and (after is None or bool(after.gap) or after.frame or (self.usual.tight and not after.text[0].islower()))
        )

    def _is_full(self, before: str, text: str, share: float = FULL) -> bool:
        """Return whether a line has no room for the first word of the next."""
        return 0 < share * self.usual.width < len(before) + 1 + len(text.split(maxsplit=1)[0])

    def _has_room(self, before: str, text: str) -> bool:
        """Return whether a line had more room left for the first word of the next than any that goes on."""
        return len(before) + 1 + len(text.split(maxsplit=1)[0]) < self.usual.room

    def fills(self, above: Piece, piece: Piece) -> bool:
        """Return whether a line can only go on with the one above it, which is full or breaks off."""
        return breaks_off(above.text) or (piece.text[0].islower() and self._is_full(above.text, piece.text))

    def _interrupts(self, group: Sequence[Piece], above: Block) -> bool:
        """Return whether short lines stand apart in the middle of the sentence above them, as a stray heading does."""
        if rules.PART.match(group[0].text):
            return True
        return (
            bool(group[0].gap)
            and len(group) <= MAX_HEADING_LINES
            and not is_complete(above.text)
            and len(above.pieces[-1].text) > SHORT * self.usual.width
            and all(len(piece.text) < SHORT * self.usual.width for piece in group)
        )


def _leaves_open(before: str, text: str) -> bool:
    """Return whether a line of a list leaves its sentence open: no verb in the infinitive follows on `ønsker det`."""
    told = before.endswith((" det", " den", " dei", " de")) and begins_with_infinitive(text)
    return breaks_off(before) and not says_who_will(before) and not told


def _hanging(pieces: Sequence[Piece], starts: Collection[int]) -> bool:
    """Return whether the second lines of entries mostly stand further in than the marks."""
    further = [
        below.box.x0 > above.box.x0 + SAME_X
        for index in starts
        if index + 1 < len(pieces)
        and index + 1 not in starts
        and (above := pieces[index].line).box
        and (below := pieces[index + 1].line).box
        and (above.page, above.region) == (below.page, below.region)
    ]
    return sum(further) * 2 > len(further)
