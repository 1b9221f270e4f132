"""Which lists are of pledges: by the words above them, by how their entries read, and by the document's other lists."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.parser.document import Block
from ingest.parser.language.demands import Votes, is_demand, is_plain_demand
from ingest.parser.language.lead_ins import Strength, gives_reasons, strength
from ingest.parser.language.markers import family_of
from ingest.parser.language.rules import DASHES
from ingest.parser.profile import PLAIN_TYPE, Medium, type_of
from ingest.parser.values import replace
from programmes.norwegian.sentences import sentence_starts

MOST = 0.5
"""Of a list's entries: where so many ask for something, no words above have to say that they are pledges.
All were chosen on invented programmes and hand-made gold."""
SOME = 0.2
"""… and so many are enough under a colon, or where other lists that look the same are mostly of pledges."""
PLAINLY = 2 / 3
"""… and so many that ask in the plainest words overrule a heading that opens something else."""
LEAST_LISTS, NEARLY_ALL = 4, 0.75
"""Lists down to the last one of pledges: where so many and so large a share are of pledges, the others are too."""
NEVER = math.inf
"""A share that no list has."""
FEW_SENTENCES, MOST_SENTENCES = 0.2, 0.8
"""Of the entries under a lead-in, and of those under a later heading: sentences of their own."""
MIN_USUAL = 5
"""Entries that ask: with fewer, a look says nothing of the lists that share it."""
SHARE_OF_BULK = 0.5
"""Of a document's words: lists with more, under headings and no lead-in at all, are its programme."""

NEEDED = {Strength.WANTS: 0.0, Strength.OPEN: SOME, Strength.OTHER: None, Strength.PAST: NEVER}
"""Of the entries under words of each strength: which share must ask for something, None where in plain words."""

Look = tuple[str, bool, str]
"""How an entry is set: the family of its mark, whether it is bold, its colour."""


def look_of(block: Block) -> Look:
    """Return how an entry is set."""
    style = block.pieces[0].line.style
    return (family_of(block.mark), style.bold, style.colour)


@dataclass(slots=True)
class List:
    """Entries that stand together, and what stands above them."""

    lead_in: Block | None = None
    """What introduces them, if anything does."""
    heading: Block | None = None
    """The nearest heading above them."""
    headed: bool = False
    """A heading stands between the lead-in and the entries."""
    ended: bool = False
    """That heading stands as high as the one above the lead-in, as the file itself says."""
    blocks: list[Block] = field(default_factory=list)
    """The lead-in, the entries, and what stands between and below them."""

    @property
    def entries(self) -> list[Block]:
        """The entries, those of inner lists included."""
        return [block for block in self.blocks if block.kind == "item"]

    @property
    def is_headed_close(self) -> bool:
        """Whether the entries stand right below a heading."""
        return [block.kind for block in self.blocks[:2]] == ["heading", "item"]

    @property
    def strength(self) -> Strength:
        """What the words above say of the entries."""
        return strength(self.lead_in.text) if self.lead_in else Strength.OPEN


class Judge:
    """Decides which lists of one document are of pledges."""

    def __init__(self, lists: Sequence[List], around: Sequence[Block] = ()) -> None:
        led = [one for one in lists if one.lead_in and not one.headed and one.strength is Strength.WANTS]
        self._led_once = len(led) <= 1
        self._direct = {one.lead_in.first: one.entries for one in led if one.lead_in}
        unled = [block for one in lists if one.lead_in is None or one.ended for block in one.entries]
        votes = {look: Votes.of(texts) for look, texts in _by_look(unled).items()}
        self._usual = {
            look for look, cast in votes.items() if cast.demands >= MIN_USUAL and cast.demands >= MOST * cast.entries
        }
        self._bulk = None if led or around else self._bulk_of(lists, unled)
        self._between: set[Block] = set()
        self._between = self._between_pledges(lists)

    def _between_pledges(self, lists: Sequence[List]) -> set[Block]:
        """Return the first entries of lists that stand between others of pledges: one close above, or nearly all."""
        taken = [self._ruled(one, self._rules_on(one))[0] for one in lists]
        last = max((place for place, looks in enumerate(taken) if looks), default=0)
        several = [bool(looks) for one, looks in zip(lists[: last + 1], taken, strict=False) if len(one.entries) > 1]
        nearly_all = sum(several) >= max(LEAST_LISTS, NEARLY_ALL * len(several))
        return {
            one.entries[0]
            for above, looks, one in zip(lists, taken, lists[1:last], strict=False)
            if one.entries
            if nearly_all
            or (
                one.is_headed_close
                and above.blocks[-1:]
                and above.blocks[-1].kind == "item"
                and {look_of(block) for block in one.entries} <= looks
            )
        }

    @staticmethod
    def _bulk_of(lists: Sequence[List], unled: Sequence[Block]) -> Look | None:
        """Return the look of the entries that make up most of a document without lead-ins."""
        words: Counter[Look] = Counter()
        for block in unled:
            words[look_of(block)] += len(block.text)
        everything = sum(len(block.text) for one in lists for block in one.blocks if block.kind != "heading")
        return next((look for look, count in words.items() if count > SHARE_OF_BULK * everything), None)

    def verdict(self, one: List) -> Iterator[Block]:
        """Yield the blocks of a list: its entries as items, or as text where it lists something else."""
        rules_on = self._rules_on(one)
        lead_in = one.lead_in.text if one.lead_in and rules_on else ""
        looks, by, margin = self._ruled(one, rules_on)
        outer = True
        for block in one.blocks:
            if block.kind == "item":
                outer = look_of(block) in looks if not block.depth else outer
                if outer:
                    yield replace(block, lead_in=lead_in, ruled_by=by, margin=margin)
                else:
                    yield replace(block, kind="text", lead_in="", depth=0, ruled_by=by, margin=margin)
            elif block is one.lead_in and one.entries and not (looks and lead_in):
                yield replace(block, kind="text", ruled_by=by, margin=margin)
            else:
                yield block

    def _rules_on(self, one: List) -> bool:
        """Return whether the lead-in above a list rules it, over headings where some stand between the two.

        The rule over a heading must be earned: it ends at one that opens something else, and at one that the file
        itself sets as high as the heading above the lead-in, unless the programme says once what it wants and lists
        everything under headings after it.
        """
        if one.lead_in is None or one.strength.opens_other:
            return False
        if not one.headed:
            return True
        if one.strength is not Strength.WANTS or (one.heading and strength(one.heading.text).opens_other):
            return False
        return self._led_once or not (one.ended or self._speaks_for_itself(one))

    def _speaks_for_itself(self, one: List) -> bool:
        """Return whether the entries under a later heading are sentences, and those right below the lead-in are not."""
        direct = self._direct.get(one.lead_in.first, []) if one.lead_in else []
        return _sentences(direct) <= FEW_SENTENCES and _sentences(one.entries) >= MOST_SENTENCES

    def _ruled(self, one: List, rules_on: bool) -> tuple[set[Look], str, float]:
        """Return the looks of the entries that are pledges, by what it was decided, and by how much, 0 to 1."""
        groups = _by_look([block for block in one.entries if not block.depth])
        found: set[Look] = set()
        decided: list[tuple[float, str]] = []
        for look, texts in groups.items():
            votes = Votes.of(texts)
            needed, by = self._needed(one, look, rules_on)
            share = votes.demands / max(votes.entries, 1)
            if needed is None:
                plainly = sum(map(is_demand, texts)) / max(votes.entries, 1)
                taken, margin = plainly >= PLAINLY, abs(plainly - PLAINLY)
            elif by == "lists around":
                counts = sum(text[:1].isdigit() for text in texts)
                taken, margin = not votes.facts and votes.entries > 1 and counts < MOST * votes.entries, 0.0
            elif not needed:
                taken, margin = not votes.lists_facts, (1 + share) / 2
            else:
                taken, margin = votes.asks(needed), abs(share - needed)
            decided.append((min(margin, 1.0), by))
            if taken:
                found.add(look)
        margin, by = min(decided, default=(1.0, ""))
        return found, by, margin

    def _needed(self, one: List, look: Look, rules_on: bool) -> tuple[float | None, str]:
        """Return which share of some entries must ask for something, None where in plain words, and what says so."""
        above = one.strength if one.lead_in and not one.headed else None
        if above is None and len(one.entries) == 1 and _is_speech(one.entries[0]):
            return NEVER, "speech"
        if above in (None, Strength.OPEN) and one.heading:
            title = strength(one.heading.text)
            asking = title is Strength.WANTS and one.heading.text.endswith("?")  # Hva vil vi gjøre?
            above = title if asking or title.opens_other else above
        if above is not Strength.WANTS and any(
            gives_reasons(block.text) for block in (one.lead_in, one.heading) if block
        ):
            return MOST, "reasons"
        if above:
            return NEEDED[above], above.name.lower()
        if rules_on or look in self._usual:
            return SOME, "rule over headings" if rules_on else "other lists"
        if look == self._bulk:
            return 0.0, "bulk"
        return (0.0, "lists around") if one.entries[0] in self._between else (MOST, "own words")


def _is_speech(entry: Block) -> bool:
    """Return whether an entry alone is what somebody says: `– Ja. Det koster litt mer, men det er verdt det.`."""
    return entry.mark in DASHES and bool(sentence_starts(entry.text))


def _sentences(entries: Sequence[Block]) -> float:
    """Return which share of some entries are sentences that say what is to be done, and go on with no lead-in."""
    found = sum(is_demand(block.text) and not is_plain_demand(block.text) for block in entries)
    return found / max(len(entries), 1)


def _by_look(entries: Iterable[Block]) -> dict[Look, list[str]]:
    """Return the texts of some entries by how they are set: bold ones may be pledges, and plain ones facts."""
    groups: dict[Look, list[str]] = defaultdict(list)
    for block in entries:
        groups[look_of(block)].append(block.text)
    return groups


def stands_as_high(heading: Block, other: Block, medium: Medium) -> bool:
    """Return whether the file itself says that a heading stands as high as another, or higher."""
    if heading.heading_level and other.heading_level:
        return heading.heading_level <= other.heading_level
    if heading.number and other.number:
        return heading.number.text.strip(".").count(".") <= other.number.text.strip(".").count(".")
    return medium is not Medium.PLAIN and type_of(heading.pieces[0]) == type_of(other.pieces[0]) != PLAIN_TYPE
