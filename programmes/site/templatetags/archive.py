"""Small words that templates are written with."""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Protocol

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme, Section
from programmes.reading import ReadingBlock
from programmes.search.highlight import Marker
from programmes.site.facets import Choice
from programmes.site.links import QueryLinks
from programmes.site.outline import title_of
from programmes.site.place import place_in_source, place_of_section
from programmes.site.reference_formats import bibtex, coins, highwire, json_ld, ris
from programmes.standing import Caution, cautions, cautions_of, dissenting
from programmes.wording import Stretch

register = template.Library()

NARROW_NO_BREAK_SPACE = "\u202f"
UNNUMBERED = '<span aria-hidden="true">¶</span><span class="visually-hidden" lang="{}">{}</span>'
CHANGES = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "same": "{}"}


@register.filter
def count(number: int) -> str:
    """Return a number as Norwegians print it: 1 204."""
    return f"{number:,}".replace(",", NARROW_NO_BREAK_SPACE)


@register.filter
def source_place(passage: Passage) -> str:
    """Return where a passage stands in its source: `s. 4, linje 12–13`, or the lines alone for a text file."""
    return place_in_source(passage)


@register.filter
def section_place(section: Section) -> str:
    """Return where a heading stands in its source."""
    return place_of_section(section)


register.filter("section_title", title_of)


@register.filter
def pledges(number: int) -> str:
    """Return `1 løfte`, `214 løfter`."""
    return ngettext("%(count)s løfte", "%(count)s løfter", number) % {"count": count(number)}


@register.simple_tag
def pledges_told_apart(number: int, in_text: int) -> str:
    """Return `222 løfter, 31 av dem i løpende tekst`: how many pledges there are, and how many not in lists."""
    said = pledges(number)
    if not in_text:
        return said
    if in_text == number:
        return _("%(pledges)s i løpende tekst") % {"pledges": said}
    return f"{said}, {in_running_text(in_text)}"


@register.filter
def in_running_text(number: int) -> str:
    """Return `31 av dem i løpende tekst`; nothing where there are none."""
    if not number:
        return ""
    return ngettext("%(count)s av dem i løpende tekst", "%(count)s av dem i løpende tekst", number) % {
        "count": count(number)
    }


@register.filter
def programmes(number: int) -> str:
    """Return `1 program`, `12 programmer`."""
    return ngettext("%(count)s program", "%(count)s programmer", number) % {"count": count(number)}


register.filter(bibtex)
register.filter(ris)
register.filter(coins)
register.simple_tag(highwire)
register.simple_tag(json_ld)


@register.filter
def cautions_about(programme: Programme) -> tuple[Caution, ...]:
    """Return what readers must know of a programme before they quote it."""
    return cautions(programme)


@register.filter
def cautions_about_part(passage: Passage) -> tuple[Caution, ...]:
    """Return what readers must know of a passage before they quote it."""
    return cautions_of(passage)


@register.filter
def marked(text: str, marks: Marker) -> SafeString:
    """Return a text, escaped, with the words that were searched for marked."""
    return marks.html(text)


class BlockWriter(Protocol):
    """Writes passages that are read together as HTML; see `programmes.site.text`."""

    def html(self, block: ReadingBlock) -> SafeString:
        """Return them, escaped."""


@register.filter
def written_by(block: ReadingBlock, writer: BlockWriter) -> SafeString:
    """Return passages that are read together as HTML."""
    return writer.html(block)


@register.filter
def changes(stretches: Iterable[Stretch]) -> SafeString:
    """Return a changed text, escaped, with what is new and what is gone marked."""
    return format_html_join(" ", "{}", ((format_html(CHANGES[each.kind], each.text),) for each in stretches))


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """Return a title on one line, however its template is laid out; spaces that don't break stay as they are."""
    return re.sub(r"[ \n]+", " ", text).strip()


@register.filter
def more(number: int) -> str:
    """Return `Vis 90 til`: how many choices are folded; a page has several, and `blocktranslate` is slow."""
    return ngettext("Vis %(number)s til", "Vis %(number)s til", number) % {"number": number}


@register.filter
def with_fewer_hits(number: int) -> str:
    """Return `… og 40 med færre treff`: how many choices aren't listed."""
    return ngettext("… og %(number)s med færre treff", "… og %(number)s med færre treff", number) % {"number": number}


@register.simple_tag
def choices(shown: Iterable[Choice]) -> SafeString:
    """Return the choices of a facet as the entries of a list; a search page has hundreds, too many for a template."""
    drop = _("Fjern filter")
    return mark_safe(  # noqa: S308  (escaped one by one)
        "".join(
            format_html(
                '<li class="chosen"><a href="{}" aria-current="true"><span class="visually-hidden">{}: </span>{} '
                '<span aria-hidden="true">✕</span></a> <span class="number">{}</span></li>',
                choice.url,
                drop,
                choice.label,
                count(choice.count or 0),
            )
            if choice.is_chosen
            else f'<li><a href="{escape(choice.url)}">{escape(choice.label)}</a> '
            f'<span class="number">{count(choice.count or 0)}</span></li>'
            for choice in shown
        )
    )


@register.simple_tag
def entry_lists(
    passages: Iterable[Passage], here: Passage | None = None, above: Passage | None = None, classes: str = ""
) -> SafeString:
    """Return pledges as lists, each under its lead-in; a page has up to fifty, slow to put together in a template.

    `here` is the one that the page is of, `above` one that stands over the lists with its own lead-in. A sub-pledge
    has with it what it stands under, where that isn't right above. The passages are loaded with programme and `parent`.
    """
    lists = []
    for lead_in, run in groupby(passages, key=lambda passage: passage.lead_in):
        entries, shown = [], {above.pk} if above else set()
        for passage in run:
            entries.append(_entry(passage, here, is_alone=passage.parent_id not in shown))
            shown.add(passage.pk)
        lang = passage.programme.language
        is_said = not lead_in or (above is not None and above.lead_in == lead_in)
        said = "" if is_said else format_html('<p class="lead-in" lang="{}">{}</p>', lang, lead_in)
        lists.append(format_html('{}<ul class="entries{}">{}</ul>', said, classes and f" {classes}", _joined(entries)))
    return _joined(lists)


def _entry(pledge: Passage, here: Passage | None, *, is_alone: bool) -> SafeString:
    """Return a pledge as the entry of a list."""
    language = get_language() or settings.LANGUAGE_CODE
    notes = [
        _("løfte i løpende tekst") if pledge.is_prose_pledge else "",
        _("rettet") if pledge.corrected else _("reparert tekst") if pledge.repaired else "",
    ]
    is_here = pledge == here
    margin = '<span class="margin">{1}</span>' if is_here else '<a class="margin" href="{0}">{1}</a>'
    is_below = pledge.parent_id and is_alone
    under = [words for words in pledge.introductions if words != pledge.lead_in] if is_below else []
    return format_html(
        '<li{} class="entry{}{}" lang="{}">{}<div>{}{}<p class="pledge">{}{}</p></div></li>',
        mark_safe(' aria-current="true"') if is_here else format_html(' id="l-{}"', pledge.public_id),
        " entry-below" if pledge.parent_id else "",
        " here" if is_here else "",
        pledge.programme.language,
        format_html(
            margin, pledge.get_absolute_url(), pledge.margin or format_html(UNNUMBERED, language, _("avsnitt"))
        ),
        format_html_join("", '<p class="above">{}</p>', ((words,) for words in under)),
        dissent_named(pledge.dissent),
        format_html("<mark>{}</mark>", pledge.readable_text) if is_here else pledge.readable_text,
        format_html_join("", ' <small class="note" lang="{}">{}</small>', ((language, note) for note in notes if note)),
    )


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308  (each is escaped)


def caution_marks(some: Iterable[Caution]) -> SafeString:
    """Return what must be known of words, as marks in a line; nothing where there is nothing."""
    shown = {"cautions": some, "language": get_language() or settings.LANGUAGE_CODE}
    return mark_safe(render_to_string("parts/cautions.html", shown).strip()) if some else SafeString()  # noqa: S308


@register.simple_tag
def dissent_named(dissent: str) -> SafeString:
    """Return the words over an entry that is not the party's own: that it is a dissent, and whose."""
    return caution_marks([dissenting(dissent)]) if dissent else SafeString()


@register.simple_tag
def bar(value: int, largest: int) -> SafeString:
    """Return an inline SVG bar, `value` of `largest` long; its number must stand beside it in text."""
    length = max(round(100 * value / largest), 1 if value else 0) if largest else 0
    return mark_safe(  # noqa: S308  (numbers alone)
        '<svg class="bar" height="16" aria-hidden="true" focusable="false">'
        f'<rect width="{length:d}%" height="16"/></svg>'
    )


class Share(Protocol):
    """How much of what a party promised falls under a theme."""

    party: str
    count: int
    total: int

    @property
    def per_cent(self) -> int:
        """The share, rounded."""


@register.simple_tag
def weights(shown: Iterable[Share], largest: int) -> SafeString:
    """Return shares as the rows of a table with bars; a theme has a hundred, too many for a template."""
    return mark_safe(  # noqa: S308  (numbers, and names that are escaped)
        "".join(
            f'<tr><th scope="row">{escape(row.party)} <span class="muted">({count(row.count)})</span></th>'
            f"<td>{bar(row.per_cent, largest)}</td>"
            f'<td class="number" title="{row.count} / {row.total}">{row.per_cent} %</td></tr>'
            for row in shown
        )
    )


@register.simple_tag
def page_links(links: QueryLinks, page: Page) -> SafeString:
    """Return links to the pages of a list: the first, the last and those around the present one."""
    return format_html_join(
        " ",
        "{}",
        (
            (format_html("<span>{}</span>", number),)
            if not isinstance(number, int)
            else (
                format_html(
                    '<a href="{}"{}>{}</a>',
                    links.page(number),
                    mark_safe(' aria-current="page"') if number == page.number else "",
                    number,
                ),
            )
            for number in page.paginator.get_elided_page_range(page.number)
        ),
    )


@register.simple_tag
def page_url(links: QueryLinks, number: int) -> str:
    """Return the address of another page of the list that is shown."""
    return links.page(number)
