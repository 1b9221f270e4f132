"""What a search found, said in words, and the parts that the answer has."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.search import Kind, Part, SearchResult
from programmes.site.links import QueryLinks
from programmes.site.rewording import subject_of
from programmes.site.templatetags.archive import count, pledges

PART_KEY = "del"
PARTS = {Part.PLEDGES: "", Part.TEXT: "tekst", Part.CHAPTERS: "kapitler"}
"""Part of the answer → its value in the address."""


@dataclass(frozen=True, slots=True)
class PartLink:
    """A part of the answer, how much it has, and its address."""

    name: str
    count: str
    url: str
    is_here: bool


def part_of(links: QueryLinks) -> Part:
    """Return the part of the answer that an address asks for; the pledges where it asks for none we know."""
    return next((part for part, value in PARTS.items() if value == links.value(PART_KEY)), Part.PLEDGES)


def sum_of(result: SearchResult) -> SafeString:
    """Return the heading of the page: how many pledges, how many of them in running text, and what else there is."""
    subject = subject_of(result)
    if subject:
        said = _("%(pledges)s om «%(subject)s»") % {"pledges": pledges(result.total), "subject": subject}
    elif result.filters or result.parsed.fields:
        said = pledges(result.total)
    else:
        said = _("Alle %(pledges)s") % {"pledges": pledges(result.total)}
    details = _details(result, has_subject=bool(subject))
    if not details:
        return format_html("{}", said)
    rest = details.lstrip(", ·")  # stands on a line of its own on a phone
    comma = "" if details.startswith(" og ") else format_html('<span class="comma">{}</span>', ",")
    return format_html("{}{} <small>{}</small>", said, comma, rest)


def _details(result: SearchResult, *, has_subject: bool) -> str:
    """Return what the heading says after how many pledges there are."""
    said = ""
    in_text = result.in_text if not result.filters.form else 0
    if in_text and in_text == result.total:
        said += _(", alle i løpende tekst") if in_text > 1 else _(", i løpende tekst")
    elif in_text:
        said += ", " + ngettext("%(count)s av dem i løpende tekst", "%(count)s av dem i løpende tekst", in_text) % {
            "count": count(in_text)
        }
    if result.dissents and has_subject:
        said += " " + ngettext(
            "og %(count)s forslag som partiet ikke står bak",
            "og %(count)s forslag som partiet ikke står bak",
            result.dissents,
        ) % {"count": count(result.dissents)}
    if result.elsewhere and has_subject:
        said += " · " + ngettext(
            "%(count)s sted ellers i programmene", "%(count)s steder ellers i programmene", result.elsewhere
        ) % {"count": count(result.elsewhere)}
    return said


def parts_of(result: SearchResult, links: QueryLinks) -> list[PartLink]:
    """Return the parts of the answer, none where there are pledges alone."""
    if not (result.elsewhere and subject_of(result)):
        return []
    counts = {
        Part.PLEDGES: (_("Løfter"), result.total + result.dissents),
        Part.TEXT: (_("Nevnt i teksten"), result.kinds.get(Kind.PROSE, 0)),
        Part.CHAPTERS: (_("Kapitler"), result.kinds.get(Kind.SECTION, 0)),
    }
    return [
        PartLink(name, count(number), links.changed_to(PART_KEY, PARTS[part]), part is result.part)
        for part, (name, number) in counts.items()
        if number or part is result.part
    ]


def title_of_text(result: SearchResult) -> str:
    """Return the heading of the paragraphs where the words stand."""
    number = result.kinds.get(Kind.PROSE, 0)
    places = ngettext("%(count)s sted", "%(count)s steder", number) % {"count": count(number)}
    if result.part is Part.PLEDGES and result.entries:
        return _("Også nevnt i teksten (%(places)s)") % {"places": places}
    return _("Nevnt i teksten (%(places)s)") % {"places": places}


def title_of_chapters(result: SearchResult) -> str:
    """Return the heading of the chapters that are called what was searched for."""
    if result.below_headings:
        return _("Kapitler som heter dette (%(pledges)s)") % {"pledges": pledges(result.below_headings)}
    return _("Kapitler som heter dette")
