"""The page of a checked article: its text with every quotation marked and numbered, and a card for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Passage, Programme
from programmes.quotes import Checked, Difference, Note, Verdict
from programmes.quotes.passages import SourcePassage
from programmes.wording import Stretch

TO_CARD = (
    '<a class="to-card" href="#sitat-{number}"><span class="visually-hidden">{quotation} </span>{number}'
    '<span class="visually-hidden">: {verdict}</span></a>'
)
MOST_OWNERS = 12
"""Other programmes with the same words that a card names."""
VERDICTS: dict[Verdict, tuple[Promise, str, str]] = {
    Verdict.EXACT: (gettext_lazy("Ordrett"), "✓", "exact"),
    Verdict.NEAR: (gettext_lazy("Avviker fra kilden"), "≈", "near"),
    Verdict.OTHER_PARTY: (gettext_lazy("Et annet partis ord"), "⇄", "other"),
    Verdict.PARAPHRASE: (gettext_lazy("Ikke partiets ord; kan gjelde dette løftet"), "…", "paraphrase"),
    Verdict.NOT_FOUND: (gettext_lazy("Ikke funnet"), "–", "missing"),
}
"""What each verdict is called, its sign, and its class in the style sheet."""


@dataclass(frozen=True, slots=True)
class Source:
    """A pledge beside a quotation."""

    passage: Passage
    """With section, programme, branch and party."""
    words: SafeString
    """Its text; what is quoted is marked, or what differs."""
    lead_in: str
    """Shown before it; empty where the words have it already."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of one quotation."""

    number: int
    checked: Checked
    verdict: str
    sign: str
    style: str
    called: str
    """Whom the article names, and for which years; empty where nobody."""
    not_held: str
    """That the archive has no such programme; empty where it has."""
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    also: tuple[Programme, ...]
    """Other programmes with the same words."""
    nearest: Source | None


def article_of(text: str, checked: Sequence[Checked]) -> SafeString:
    """Return an article, escaped, its quotations marked and numbered from 1 in the order of their cards."""
    pieces = []
    at = 0
    for number, each in enumerate(checked, 1):
        start, end = each.quotation.start, each.quotation.end
        called, _sign, style = VERDICTS[each.verdict]
        pieces.append(format_html("{}", text[at:start]))
        pieces.append(format_html('<mark class="verdict-{}">{}</mark>', style, text[start:end]))
        pieces.append(format_html(TO_CARD, number=number, quotation=_("Sitat"), verdict=called))
        at = end
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, text[at:])))


def cards_of(checked: Sequence[Checked]) -> list[Card]:
    """Return a card for each quotation, all that they show fetched in two queries."""
    shown = {passage.pk for each in checked for passage in (*each.passages[:2], each.nearest) if passage}
    passages = Passage.objects.published().with_source().in_bulk(shown)
    owners = {pk for each in checked for pk in each.owners[: MOST_OWNERS + 1]}
    programmes = Programme.objects.published().with_branch().in_bulk(owners)
    return [_card(number, each, passages, programmes) for number, each in enumerate(checked, 1)]


def _card(number: int, checked: Checked, passages: dict[int, Passage], programmes: dict[int, Programme]) -> Card:
    verdict, sign, style = VERDICTS[checked.verdict]
    is_joined = any(note.kind is Difference.JOINED for note in checked.notes)
    sources = [
        _source(passages[passage.pk], checked, first=at == 0 and not is_joined)
        for at, passage in enumerate(checked.passages[: 2 if is_joined else 1])
        if passage.pk in passages
    ]
    shown = {source.passage.programme_id for source in sources}
    also = tuple(programmes[pk] for pk in checked.owners if pk in programmes and pk not in shown)
    return Card(
        number,
        checked,
        str(verdict),
        sign,
        style,
        called=_called(checked),
        not_held=_not_held(checked),
        notes=tuple(filter(None, map(said_of, checked.notes))),
        sources=tuple(sources),
        also=() if is_joined else also[:MOST_OWNERS],
        nearest=_nearest(checked.nearest, passages),
    )


def _nearest(nearest: SourcePassage | None, passages: dict[int, Passage]) -> Source | None:
    if nearest is None or nearest.pk not in passages:
        return None
    passage = passages[nearest.pk]
    return Source(passage, format_html("{}", passage.readable_text), passage.lead_in)


def _source(passage: Passage, checked: Checked, *, first: bool) -> Source:
    """Return a pledge with what is quoted of it marked, or word by word what differs."""
    if not first or checked.stretch is None:
        return Source(passage, format_html("{}", passage.readable_text), passage.lead_in)
    before, within, behind = checked.stretch
    lead_in = " ".join(passage.lead_in.split())
    if before.startswith(lead_in.rstrip(": ")) and lead_in:
        before = before[len(lead_in.rstrip(": ")) :].lstrip(": ")
    else:
        lead_in = ""  # the words quoted begin within it
    said = changes_of(checked.stretches) if checked.stretches else format_html("<mark>{}</mark>", within)
    return Source(passage, format_html("{} {}{}", before, said, behind), lead_in)


def changes_of(stretches: Sequence[Stretch]) -> SafeString:
    """Return a source with what a quotation left out and put in marked, and said in words to who hears the page."""
    left_out, put_in = _("utelatt:"), _("satt inn:")
    forms = {
        "same": "{}",
        "removed": f'<del><span class="visually-hidden">{left_out} </span>{{}}</del>',
        "added": f'<ins><span class="visually-hidden">{put_in} </span>{{}}</ins>',
    }
    return format_html_join(" ", "{}", ((format_html(forms[each.kind], each.text),) for each in stretches))


def _called(checked: Checked) -> str:
    party, years = checked.attribution.party, checked.attribution.years
    if party is None:
        return ""
    if years is None:
        return party.called
    return f"{party.called}, {years.first}" if years.last is None else f"{party.called}, {years.first}–{years.last}"


def _not_held(checked: Checked) -> str:
    if checked.held:
        return ""
    return _("Arkivet har ikke noe program fra %(who)s.") % {"who": _called(checked)}


def said_of(note: Note) -> str:
    """Return what differs, in a sentence for readers."""
    said = {"quoted": note.quoted, "source": note.source}
    match note.kind:
        case Difference.REVERSED:
            if note.source:
                return _("Meningen er snudd: foran ordene står «%(source)s» i kilden.") % said
            if note.quoted:
                return _("Meningen er snudd: teksten har «%(quoted)s» foran ordene, og det har ikke kilden.") % said
            return _("Meningen er snudd.")
        case Difference.NUMBER if note.quoted and note.source:
            return _("Tallet er et annet: %(quoted)s her, %(source)s i kilden.") % said
        case Difference.NUMBER if note.quoted:
            return _("Tallet %(quoted)s står ikke i kilden.") % said
        case Difference.NUMBER:
            return _("Tallet %(source)s er utelatt.") % said
        case Difference.WORDS if note.quoted and note.source:
            return _("«%(quoted)s» her, «%(source)s» i kilden.") % said
        case Difference.WORDS if note.quoted:
            return _("«%(quoted)s» står ikke i kilden.") % said
        case Difference.WORDS | Difference.OMITTED:
            return _("«%(source)s» er utelatt uten at det er merket.") % said
        case Difference.OMISSION_MARKED:
            return _("Ord er utelatt, og det er merket.")
        case Difference.JOINED:
            return _("To steder i programmet er satt sammen til ett sitat.")
        case Difference.TRANSLATED:
            return _("Ordene er de samme på bokmål og nynorsk, eller i andre bøyninger.")
        case Difference.OTHERS_WORDS:
            return _("Ordene er et annet partis.")
        case Difference.OTHER_WORDS:
            return _("Partiet sier det med andre ord. Vurder selv om det er dette løftet som menes.")
        case Difference.PERIOD:
            return _("Ordene står i programmet for %(source)s, ikke %(quoted)s.") % said
        case Difference.CHAPTER:
            return _("Ordene står i kapitlet «%(source)s», ikke «%(quoted)s».") % said
        case Difference.PAGE:
            return _("Ordene står på side %(source)s, ikke side %(quoted)s.") % said
        case Difference.DISSENT:
            return _("Dette er en dissens, ikke partiets eget løfte: %(source)s") % said
