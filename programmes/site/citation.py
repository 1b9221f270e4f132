"""How a pledge, a paragraph or a chapter is quoted: as text here, for reference managers in `reference_formats`.

Whatever the form, the words have with them what introduces them, what must be known of them (`programmes.standing`),
where a reader of the paper finds them (`place`), and which file it was, by its SHA-256.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme, Section
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.site.place import file_pages_of, lines_of, pages_of, said
from programmes.standing import Caution, cautions, cautions_of, in_brackets

SITE = "Programarkivet"
HASH_SHOWN = 12
"""Characters of the file's SHA-256 that a sentence has; nobody finds another file that begins so by chance."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a programme as somebody else will print them."""

    programme: Programme
    """Loaded with branch and party."""
    public_id: str
    words: str
    label: str
    """What the archive calls it, with its id: `løfte k7m2q9xy`."""
    url: str
    read_on: date
    introductions: tuple[str, ...]
    """The lead-in and the entries that the words stand under: they go with them."""
    pages: str
    """As `place.pages_of` gives them, and the others as their namesakes there."""
    file_pages: str
    lines: str
    cautions: tuple[Caution, ...]

    @classmethod
    def of_passage(cls, passage: Passage, *, url: str, read_on: date) -> Citation:
        """Quote a pledge or a paragraph, loaded `with_source`."""
        name = _("løfte %(id)s") if passage.kind in ADDRESSED_AS_PLEDGES else _("avsnitt %(id)s")
        return cls(
            programme=passage.programme,
            public_id=passage.public_id,
            words=passage.readable_text,
            label=name % {"id": passage.public_id},
            url=url,
            read_on=read_on,
            introductions=passage.introductions,
            pages=pages_of(passage),
            file_pages=file_pages_of(passage),
            lines=lines_of(passage),
            cautions=cautions_of(passage),
        )

    @classmethod
    def of_section(cls, section: Section, *, url: str, read_on: date, first: Passage | None = None) -> Citation:
        """Quote a heading, and with it the chapter below it; one without a heading is the introduction.

        `first` is the first passage of the chapter: where it stands on the heading's page, it knows the printed number.
        """
        file_page = str(section.page) if section.programme.has_pages else ""
        is_beside = first is not None and first.page_first == section.page
        return cls(
            programme=section.programme,
            public_id=section.public_id,
            words=str(section) or _("Innledning"),
            label=_("kapittel %(id)s") % {"id": section.public_id},
            url=url,
            read_on=read_on,
            introductions=(),
            pages=(first.printed_page if first and is_beside else "") or file_page,
            file_pages=file_page,
            lines="" if file_page else str(section.line),
            cautions=cautions(section.programme),
        )

    @property
    def quoted(self) -> str:
        """The words, and before them in brackets what introduces them: `[Bygdelista vil:] Utrede …`."""
        introduced = f"[{' '.join(self.introductions)}] " if self.introductions else ""
        return f"{introduced}{self.words}"

    @property
    def just_words(self) -> str:
        """The words alone, for who has the source already; what must be known of them stays with them."""
        return " ".join((*self.introductions, self.words)) + in_brackets(self.cautions)

    @property
    def warning(self) -> str:
        """What must be known of the words, in so few that a title begins with it: `[dissens; forslag] `, or nothing."""
        said_of = "; ".join(each.label for each in self.cautions)
        return f"[{said_of}] " if said_of else ""

    @property
    def summary(self) -> str:
        """The words where they may be cut short: what must be known of them comes first."""
        return self.warning + " ".join((*self.introductions, self.words))

    @property
    def place(self) -> str:
        """Where the words stand: `s. 11 (side 13 i filen), linje 214`."""
        return said(pages=self.pages, file_pages=self.file_pages, lines=self.lines)

    @property
    def first_page(self) -> str:
        """The page that the words begin on, for forms that have first and last apart."""
        return self.pages.partition("–")[0]

    @property
    def last_page(self) -> str:
        """The page that the words end on."""
        return self.pages.rpartition("–")[2]

    @property
    def file_mark(self) -> str:
        """The beginning of the file's SHA-256, as sentences have it."""
        return f"SHA-256 {self.programme.sha256[:HASH_SHOWN]}"

    @property
    def text(self) -> str:
        """A sentence for an article, in the reader's language."""
        programme = self.programme
        period = "" if programme.period in programme.title else f" ({programme.period})"
        adopted = _("vedtatt %(day)s") % {"day": _day(programme.adopted_on)} if programme.adopted_on else ""
        where = ", ".join(part for part in (adopted, self.place) if part)
        read = _("%(label)s, lest %(day)s") % {"label": self.label, "day": _day(self.read_on)}
        source = f"{programme.branch.name}, {programme.title}{period}{where and f', {where}'}"
        return f"«{self.quoted}» {source}{in_brackets(self.cautions)}. {SITE}, {read}, {self.file_mark}. {self.url}"

    @property
    def apa(self) -> str:
        """APA, seventh edition, for a work with a group as its author: the quotation, and its entry in the list."""
        programme = self.programme
        year = programme.adopted_on.year if programme.adopted_on else programme.period_start
        adopted = f", {date_format(programme.adopted_on, _('j. F'))}" if programme.adopted_on else ""
        quotation = ", ".join(part for part in (programme.branch.name, str(year), self.place) if part)
        read = _("Hentet %(day)s fra %(url)s") % {"day": date_format(self.read_on, _("j. F Y")), "url": self.url}
        of_file = f"{SITE}, {self.label}, {self.file_mark}"
        title = f"{programme.title}{in_brackets(self.cautions)}"
        entry = f"{programme.branch.name}. ({year}{adopted}). {title}. {of_file}. {read}"
        return f"«{self.quoted}»{in_brackets(self.cautions)} ({quotation}).\n\n{entry}"


def _day(day: date) -> str:
    return date_format(day, _("d.m.Y"))
