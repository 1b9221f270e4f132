"""What a card shows of a pledge or of a comparison, with all that must go with a quotation, in 15 kB at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from programmes.models import Passage
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.site.comparing import Comparison, Side
from programmes.site.embeds.frames import Frame, Paragraph, height_of, width_within
from programmes.site.place import place_of
from programmes.standing import Caution, cautions, cautions_of

LONGEST = 3500
"""Signs of a passage that a card has; a longer one is cut, and says so."""
LONGEST_ABOVE = 900
"""Signs of what introduces it."""
LONGEST_IN_TABLE = 420
"""Signs of a pledge in a table."""
LARGEST_TABLE = 6500
"""Bytes of the pledges of a table; what is left out is counted, and a link leads to it."""
LEFT_FOR_ALONE = LARGEST_TABLE // 3
"""Bytes of it that what only one has may take."""
BYTES_AROUND = 330
"""Bytes of HTML around a pledge of a table."""
COLOURS = ("lys", "mork")
CUT = " …"


@dataclass(frozen=True, slots=True)
class PledgeCard:
    """A passage, loaded `with_source`, as another site shows it."""

    passage: Passage
    url: str
    """Its permanent address, written out."""

    @property
    def above(self) -> tuple[str, ...]:
        """The lead-in and the entries that it stands under."""
        return tuple(cut(words, LONGEST_ABOVE) for words in self.passage.introductions)

    @property
    def words(self) -> str:
        """Its words, verbatim; of a very long one the first."""
        return cut(self.passage.readable_text, LONGEST)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than the card shows."""
        return len(self.words) < len(self.passage.readable_text)

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What readers must know of it."""
        return cautions_of(self.passage)

    @property
    def mended(self) -> str:
        """That the words were corrected or repaired, in short; empty where they stand as in the file."""
        return _("rettet") if self.passage.corrected else _("reparert tekst") if self.passage.repaired else ""

    @property
    def place(self) -> str:
        """Where it stands in the source."""
        return place_of(self.passage)

    @property
    def title(self) -> str:
        """What the frame is called: whose pledge it is."""
        programme = self.passage.programme
        whose = {"name": programme.branch.name, "period": programme.period}
        if self.passage.dissent:
            return _("Dissens i programmet til %(name)s %(period)s") % whose
        if self.passage.kind in ADDRESSED_AS_PLEDGES:
            return _("Løfte fra %(name)s %(period)s") % whose
        return _("Avsnitt i programmet til %(name)s %(period)s") % whose


@dataclass(frozen=True, slots=True)
class Entry:
    """A pledge in a table."""

    above: str
    words: str
    place: str
    url: str
    language: str
    whose: str
    """The name of its side, for narrow frames, which have one below the other."""
    marks: str
    """What must be known of it, where its column says it not of all."""

    @property
    def bytes(self) -> int:
        """How many bytes it takes, about."""
        return BYTES_AROUND + len((self.above + self.words + self.url).encode())


@dataclass
class ComparisonCard:
    """The beginning of a comparison as another site shows it."""

    title: str
    url: str
    """Of the whole comparison, written out."""
    sides: list[tuple[Side, str]]
    """Each with what must be known of its programmes."""
    shared: list[tuple[str, list[Entry | None]]] = field(default_factory=list)
    """How alike the pledges of a row are, and the pledge of each side."""
    alone: list[list[Entry]] = field(default_factory=list)
    """What only one has, for each side."""
    shown: int = 0
    total: int = 0

    @property
    def has_alone(self) -> bool:
        """Whether anything is shown that only one has."""
        return any(self.alone)


def comparison_card(request: HttpRequest, comparison: Comparison, *, title: str, url: str) -> ComparisonCard:
    """Return the card of a comparison: rows from the top while there is room, then some of what one has alone."""
    card = ComparisonCard(title, url, [(side, _marks(side)) for side in comparison.sides])
    card.total = sum(len(side.pledges) for side in comparison.sides)
    room = LARGEST_TABLE
    for row in comparison.shared:
        entries = [_entry(request, own[0], side) if own else None for side, own in row.beside]
        needed = sum(entry.bytes for entry in entries if entry)
        if room - needed < LEFT_FOR_ALONE and card.shared:
            break
        room -= needed
        card.shared.append((row.label if row.is_sure else _("ligner"), entries))
    card.alone = [[] for _side in comparison.sides]
    for at, pledge in _in_turn(comparison.alone):
        entry = _entry(request, pledge, comparison.sides[at])
        room -= entry.bytes
        if room < 0:
            break
        card.alone[at].append(entry)
    card.shown = sum(entry is not None for _label, row in card.shared for entry in row) + sum(map(len, card.alone))
    return card


def cut(text: str, most: int) -> str:
    """Return a text of so many signs at most, cut between words, the cut to be seen."""
    if len(text) <= most:
        return text
    kept = text[: most - len(CUT)].rpartition(" ")[0] or Truncator(text).chars(most - len(CUT), truncate="")
    return kept + CUT


def frame_of_pledge(
    request: HttpRequest, passage: Passage, *, most_wide: int | None = None, most_high: int | None = None
) -> Frame:
    """Return the frame for a passage, loaded `with_source`, in the room that a site has (CSS pixels)."""
    card = PledgeCard(passage, "")
    width = width_within(most_wide)
    source = f"{passage.programme.branch.party.name} {passage.programme.branch.name} {passage.programme}"
    paragraphs = [Paragraph(len(words)) for words in card.above]
    paragraphs += [Paragraph(len(each.words) + len(each.sentence) + 2, 15, around=8) for each in card.cautions]
    paragraphs += [Paragraph(len(card.words), 18), Paragraph(len(source) + len(card.place) + 24, 15, around=8)]
    height = height_of(paragraphs, width=width, edges=EDGES_OF_PLEDGE, most=most_high)
    name = "pledge_card" if passage.kind in ADDRESSED_AS_PLEDGES else "passage_card"
    return Frame(request.build_absolute_uri(reverse(name, args=[passage.public_id])), card.title, width, height)


def frame_of_comparison(
    card: ComparisonCard, address: str, *, most_wide: int | None = None, most_high: int | None = None
) -> Frame:
    """Return the frame for a comparison, its card's address written out."""
    width = width_within(most_wide)
    rows: list[list[Entry | None]] = [row for _label, row in card.shared]
    rows += [[entry] for column in card.alone for entry in column]
    share = 1 / max(1, len(card.sides))
    paragraphs = [Paragraph(_signs_of(row), 16, line=1.4, around=60, share=share) for row in rows]
    paragraphs.append(Paragraph(len(card.title), 17))
    height = height_of(paragraphs, width=width, edges=EDGES_OF_TABLE, most=most_high or HIGHEST_TABLE)
    return Frame(address, card.title, width, height)


EDGES_OF_PLEDGE = 92
"""CSS pixels: edges, the name of the archive and the address."""
EDGES_OF_TABLE = 220
HIGHEST_TABLE = 640
"""CSS pixels that a table is given; it scrolls below."""


def _signs_of(row: Iterable[Entry | None]) -> int:
    return max((len(entry.above) + len(entry.words) for entry in row if entry), default=0)


def _in_turn(columns: list[list[Passage]]) -> Iterator[tuple[int, Passage]]:
    """Yield the first of each column, then the second of each, and so on, with the number of its column."""
    for number in range(max(map(len, columns), default=0)):
        yield from ((at, column[number]) for at, column in enumerate(columns) if number < len(column))


def _marks(side: Side) -> str:
    """Return what must be known of all programmes of a side."""
    marks = [[each.label for each in cautions(programme)] for programme in side.programmes]
    return "; ".join(marks[0]) if marks and all(each == marks[0] for each in marks) else ""


def _entry(request: HttpRequest, pledge: Passage, side: Side) -> Entry:
    is_said = not pledge.dissent and _marks(side)
    return Entry(
        above=cut(" ".join(pledge.introductions), LONGEST_IN_TABLE // 2),
        words=cut(pledge.readable_text, LONGEST_IN_TABLE),
        place=place_of(pledge) or pledge.public_id,
        url=request.build_absolute_uri(pledge.get_absolute_url()),
        language=pledge.programme.language,
        whose=side.name,
        marks="" if is_said else "; ".join(each.words for each in cautions_of(pledge)),
    )
