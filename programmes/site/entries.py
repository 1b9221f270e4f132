"""The entries of a page of results, made ready, for a template is slow to put together what twenty of them say.

Everything that is HTML here is escaped piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.alike.kept import the_same_among
from programmes.identity import letters
from programmes.models import Branch, Level, Party, Passage, Programme
from programmes.norwegian.tokens import tokens
from programmes.reading_order import read_in_parts
from programmes.search import ChapterHit, Hit, Kind, Mention
from programmes.site.exports import found_by
from programmes.site.outline import in_its_section
from programmes.site.templatetags.archive import caution_marks, dissent_named, section_place, source_place
from programmes.standing import cautions, in_brackets

NOTHING = SafeString()
SAID_ABOVE = ("word", "neighbour")
"""By what a hit may be found without its row saying so."""
TURNED_ROUND = frozenset({"ikke", "ikkje", "nei", "mot", "imot", "aldri", "ingen"})
"""Words of a lead-in that make the same words another pledge: `Vi vil ikke:`."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """A pledge that was found."""

    language: str
    above: SafeString
    """Its lead-in, and whose it is where it is not the party's own."""
    url: str
    words: SafeString
    where: SafeString
    """Whose it is, from which programme, and what is to be said of it."""
    cite_url: str
    same: SafeString
    """Where the same pledge stands too."""


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A paragraph where the words stand."""

    language: str
    url: str
    sentence: SafeString
    whole: SafeString
    """The whole paragraph; empty where the sentence is all of it."""
    where: SafeString
    cite_url: str


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A heading where the words stand."""

    language: str
    url: str
    title: SafeString
    where: SafeString


def hit_rows(hits: Sequence[Hit], query_suffix: str) -> list[HitRow]:
    """Return the rows of pledges, the same pledge of several programmes as one, in nearly the same words too.

    `query_suffix` goes with the addresses, to have the words marked there.
    """
    source_of, groups = cache(_source_of), _folded(hits)
    long = read_in_parts(group.same[0].passage for group in groups)
    return [_hit_row(group, source_of(group.same[0].passage.programme), query_suffix, long) for group in groups]


def mention_rows(mentions: Iterable[Mention], query_suffix: str) -> list[MentionRow]:
    """Return the rows of paragraphs."""
    source_of, rows = cache(_source_of), list(mentions)
    long = read_in_parts(mention.passage for mention in rows)
    return [_mention_row(mention, source_of(mention.passage.programme), query_suffix, long) for mention in rows]


def chapter_rows(chapters: Iterable[ChapterHit]) -> list[ChapterRow]:
    """Return the rows of headings."""
    source_of = cache(_source_of)
    return [
        ChapterRow(
            hit.section.programme.language,
            hit.section.get_absolute_url(),
            _numbered(hit),
            source_of(hit.section.programme).html(
                hit.section.programme.get_absolute_url(), [section_place(hit.section)]
            ),
        )
        for hit in chapters
    ]


def said_of(hit: Hit) -> str:
    """Return by what a hit was found, where neither the words themselves nor the page's notices say so."""
    return "" if hit.by in SAID_ABOVE else found_by(hit)


def form_of(hit: Hit) -> str:
    """Return what a hit is where it is no pledge of a list; a dissent says so by itself."""
    if hit.kind is Kind.PLEDGE:
        return ""
    return {Kind.PROSE_PLEDGE: _("i løpende tekst"), Kind.QUESTION: _("spørsmål")}.get(hit.kind, "")


def _hit_row(group: _Group, source: _Source, query_suffix: str, long: Collection[int]) -> HitRow:
    hit, *others = group.same
    passage = hit.passage
    url = passage.get_absolute_url()
    notes = [
        form_of(hit),
        said_of(hit),
        str(passage.section),
        source_place(passage),
        source.language,
        _("rettet") if passage.corrected else _("reparert tekst") if passage.repaired else "",
    ]
    return HitRow(
        language=passage.programme.language,
        above=_above(hit),
        url=url + query_suffix,
        words=hit.snippet,
        where=source.html(in_its_section(passage, long=long, query=query_suffix.removeprefix("?")), notes),
        cite_url=f"{url}#cite",
        same=_same(hit, others) + _nearly(group.nearly),
    )


def _mention_row(mention: Mention, source: _Source, query_suffix: str, long: Collection[int]) -> MentionRow:
    passage = mention.passage
    url = passage.get_absolute_url()
    whole = mark_safe(mention.before + mention.sentence + mention.after)  # noqa: S308 (each is escaped)
    return MentionRow(
        language=passage.programme.language,
        url=url + query_suffix,
        sentence=mention.sentence,
        whole=whole if mention.before or mention.after else NOTHING,
        where=source.html(
            in_its_section(passage, long=long, query=query_suffix.removeprefix("?")),
            [str(passage.section), source_place(passage)],
        ),
        cite_url=f"{url}#cite",
    )


def _numbered(hit: ChapterHit) -> SafeString:
    return format_html("{} {}", hit.section.number, hit.title) if hit.section.number else hit.title


def _above(hit: Hit) -> SafeString:
    """Return the lead-in and the entries that a pledge stands under, and for a dissent the words that name it."""
    lead_in = [mark_safe(hit.lead_in)] if hit.lead_in else []  # noqa: S308 (escaped, with the words found marked)
    introductions = hit.passage.introductions
    above = [words for words in introductions if words != hit.passage.lead_in]
    shown = (*(lead_in if hit.passage.lead_in in introductions else []), *above)
    said = format_html_join("", '<p class="lead-in">{}</p>', ((words,) for words in shown))
    return said + dissent_named(hit.passage.dissent)


@dataclass(frozen=True, slots=True)
class _Source:
    """A programme as the rows of a page name it: made once, for a page has many entries of few programmes."""

    before: str
    """The party or its chapter, as HTML."""
    name: str
    """The words of the link to the programme, escaped."""
    cautions: SafeString
    """That it is no adopted programme, or an older edition."""
    language: str

    def html(self, address: str, notes: Iterable[str]) -> SafeString:
        """Return whose something is and in which programme, as links, and what else is to be said of it.

        `address` is where in the programme it stands.
        """
        said = "".join(f" <span>{escape(note)}</span>" for note in notes if note)
        link = f'<a href="{escape(address)}">{self.name}</a>'
        return mark_safe(f"{self.before} {link}{self.cautions}{said}")  # noqa: S308 (escaped piece by piece)


def _source_of(programme: Programme) -> _Source:
    """Return a programme with its party named once, by the chapter's name where that has it; then title and period."""
    branch = programme.branch
    before = _chip(branch.party)
    if branch.level != Level.NATIONAL:
        before = _chip(branch.party, of=branch)
        if branch.party.name.removesuffix("et").casefold() not in branch.name.casefold():
            before += f" <span>{escape(branch.party.name)}</span>"
    name = re.sub(rf"^{re.escape(branch.name)}\b[\s:,–-]*", "", programme.title)
    if programme.period not in name:
        name = f"{name} {programme.period}".strip()
    return _Source(
        before,
        escape(name),
        caution_marks(cautions(programme)),
        "" if programme.language == "nb" else str(programme.get_language_display()),
    )


def _chip(party: Party, *, of: Branch | None = None) -> str:
    """Return a party's chip, or that of one of its chapters as a link."""
    dot = (
        '<svg viewBox="0 0 8 8" aria-hidden="true" focusable="false">'
        f'<circle cx="4" cy="4" r="4" fill="{escape(party.colour)}" /></svg>'
    )
    if of is None:
        return f'<span class="chip">{dot}{escape(party.name)}</span>'
    return f'<a class="chip" href="{escape(of.get_absolute_url())}">{dot}{escape(of.name)}</a>'


# The same pledge in several programmes


@dataclass(slots=True)
class _Group:
    """Hits that are one row."""

    same: list[Hit]
    """Those of the same words, the best first."""
    nearly: list[Hit]
    """Those that are the same promise in nearly the same words."""


def _folded(hits: Sequence[Hit]) -> list[_Group]:
    """Return hits with the same promise together: the same words, or nearly, and the same made of them by the lead-in.

    What is nearly the same goes to the best hit that it is like, and none is folded into one that is folded itself.
    """
    groups = [_Group(same, []) for same in _of_same_words(hits)]
    alike = the_same_among(group.same[0].passage.pk for group in groups) if len(groups) > 1 else frozenset()
    heads: list[_Group] = []
    for group in groups:
        key = group.same[0].passage.pk
        head = next((head for head in heads if (head.same[0].passage.pk, key) in alike), None) if alike else None
        if head is None:
            heads.append(group)
        else:
            head.nearly += group.same
    return heads


def _of_same_words(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Return hits with exact duplicates together: the same words, and the same made of them by the lead-in."""
    by_words: dict[tuple[object, ...], list[Hit]] = {}
    for hit in hits:
        words = letters(hit.passage.readable_text) or hit.public_id
        by_words.setdefault((words, hit.kind is Kind.QUESTION, hit.passage.dissent), []).append(hit)
    groups: dict[tuple[object, ...], list[Hit]] = {}
    for key, same in by_words.items():
        for hit in same:
            groups.setdefault((key, len(same) > 1 and _is_turned_round(hit)), []).append(hit)
    return list(groups.values())


def _is_turned_round(hit: Hit) -> bool:
    return not TURNED_ROUND.isdisjoint(token.form for token in tokens(hit.passage.lead_in))


def _same(first: Hit, others: Sequence[Hit]) -> SafeString:
    """Return where else a pledge stands."""
    if not others:
        return NOTHING
    number = len({hit.passage.programme_id for hit in (first, *others)})
    several = _("Samme løfte i %(count)s programmer:") % {"count": number}
    said = several if number > 1 else _("Samme løfte flere steder i programmet:")
    return format_html('<p class="same">{} {}</p>', said, _places(others))


def _nearly(others: Sequence[Hit]) -> SafeString:
    """Return where a pledge stands in nearly the same words."""
    if not others:
        return NOTHING
    return format_html('<p class="same">{} {}</p>', _("Nesten likt:"), _places(others))


def _places(hits: Iterable[Hit]) -> SafeString:
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((hit.passage.get_absolute_url(), _place(hit.passage)) for hit in hits)
    )


def _place(passage: Passage) -> str:
    programme = passage.programme
    return f"{programme.branch.label} {programme.period}{in_brackets(cautions(programme))}"
