"""Small words that templates are written with."""

import re
from collections.abc import Iterable
from html import escape
from typing import Protocol

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes.models import Passage, Section
from programmes.search.highlight import Marker
from programmes.site.citation import pages_of
from programmes.site.facets import Choice
from programmes.site.links import QueryLinks
from programmes.wording import Stretch

register = template.Library()

NARROW_NO_BREAK_SPACE = "\u202f"
CHANGES = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "same": "{}"}


@register.filter
def count(number: int) -> str:
    """Return a number as Norwegians print it: 1 204."""
    return f"{number:,}".replace(",", NARROW_NO_BREAK_SPACE)


@register.filter
def source_place(passage: Passage) -> str:
    """Return where a passage stands in its file: `s. 4, linje 12–13`, or the lines alone for a text file."""
    first, last = passage.line_first, passage.line_last
    if first == last and passage.page_first == passage.page_last:
        lines = _("linje %(first)s") % {"first": first}
    else:
        lines = _("linje %(first)s–%(last)s") % {"first": first, "last": last}
    if not passage.programme.has_pages:
        return lines
    if passage.page_first == passage.page_last:
        page = _("s. %(pages)s") % {"pages": pages_of(passage)}
        return f"{page}, {lines}"
    return _("s. %(first)s–%(last)s") % {"first": passage.page_first, "last": passage.page_last}


@register.filter
def section_place(section: Section) -> str:
    """Return where a heading stands in its file: `s. 4, linje 12`, or the line alone for a text file."""
    line = _("linje %(first)s") % {"first": section.line}
    if not section.programme.has_pages:
        return line
    page = _("s. %(pages)s") % {"pages": section.page}
    return f"{page}, {line}"


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


@register.filter
def marked(text: str, marks: Marker) -> SafeString:
    """Return a text, escaped, with the words that were searched for marked."""
    return marks.html(text)


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
def pledge_entry(pledge: Passage) -> SafeString:
    """Return a pledge as the entry of a list; a page has up to fifty, slow to put together in a template."""
    language = get_language() or settings.LANGUAGE_CODE
    notes = [
        _("løfte i løpende tekst") if pledge.is_prose_pledge else "",
        _("rettet") if pledge.corrected else _("reparert tekst") if pledge.repaired else "",
    ]
    return format_html(
        '<li id="l-{}" class="entry{}" lang="{}"><a class="margin" href="{}">{}</a><div>{}<p class="pledge">{}{}</p>'
        "</div></li>",
        pledge.public_id,
        " entry-below" if pledge.parent_id else "",
        pledge.programme.language,
        pledge.get_absolute_url(),
        pledge.margin,
        _dissent(pledge.dissent, language),
        pledge.readable_text,
        format_html_join("", ' <small class="note" lang="{}">{}</small>', ((language, note) for note in notes if note)),
    )


def _dissent(dissent: str, language: str) -> str:
    """Return whose an entry is that is not the party's own."""
    return render_to_string("parts/dissent.html", {"dissent": dissent, "language": language}) if dissent else ""


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
            if number == page.paginator.ELLIPSIS
            else (
                format_html(
                    '<a href="{}"{}>{}</a>',
                    links.page(int(number)),
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
