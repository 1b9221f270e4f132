"""The text of a programme as HTML: a page has up to 1,900 passages, which take a template seconds and thrice the bytes.

Everything is escaped piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.models import Passage
from programmes.reading import ReadingBlock
from programmes.search.highlight import Marker
from programmes.site.templatetags.archive import dissent_named


class TextWriter:
    """Writes the passages of one page, with the words that were searched for marked."""

    def __init__(self, marks: Marker | None = None) -> None:
        self._marks = marks
        self._language = get_language() or settings.LANGUAGE_CODE
        self._page, self._corrected, self._repaired = _("s. %(pages)s"), _("rettet"), _("reparert tekst")
        self._prose_pledge = escape(_("Løfte i løpende tekst"))

    def html(self, block: ReadingBlock) -> SafeString:
        """Return a run of prose as paragraphs, or a list under its lead-in, the numbers of pages in the margin."""
        write = self._paragraph if block.is_prose else self._entry
        passages = "\n".join(write(passage, page) for passage, page in block.entries)
        if block.is_prose:
            return mark_safe(f'<div class="prose">\n{passages}\n</div>')  # noqa: S308
        lead_in = f'<p class="lead-in">{escape(block.lead_in)}</p>\n' if block.lead_in else ""
        return mark_safe(f'{lead_in}<ul class="entries">\n{passages}\n</ul>')  # noqa: S308

    def _paragraph(self, passage: Passage, page: str) -> str:
        link = ""
        if passage.is_prose_pledge:
            said = f'<span aria-hidden="true">¶</span><span class="visually-hidden">{self._prose_pledge}</span>'
            link = f'<a class="margin" href="{passage.get_absolute_url()}" title="{self._prose_pledge}">{said}</a>'
        beside = "".join((link, *self._page_mark(page)))
        at = f'<span class="at" lang="{self._language}">{beside}</span> ' if beside else ""
        return f'{dissent_named(passage.dissent)}<p id="l-{passage.public_id}">{at}{self._words(passage)}</p>'

    def _entry(self, passage: Passage, page: str) -> str:
        below = " entry-below" if passage.parent_id else ""
        link = f'<a class="margin" href="{passage.get_absolute_url()}">{passage.margin}</a>'
        beside = "".join((link, *self._page_mark(page)))
        words = f'<p class="pledge">{self._words(passage)}</p>'
        return (
            f'<li id="l-{passage.public_id}" class="entry{below}"><div class="at">{beside}</div>'
            f"<div>{dissent_named(passage.dissent)}{words}</div></li>"
        )

    def _page_mark(self, page: str) -> Iterator[str]:
        if page:
            yield f'<span class="page-mark" lang="{self._language}">{escape(self._page % {"pages": page})}</span>'

    def _words(self, passage: Passage) -> str:
        text = passage.readable_text
        note = self._corrected if passage.corrected else self._repaired if passage.repaired else ""
        said = f' <small class="note" lang="{self._language}">{escape(note)}</small>' if note else ""
        return f"{self._marks.html(text) if self._marks else escape(text)}{said}"
