"""What a document says of a programme, whatever its format: its head, its chapters, and what stands beside an entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme
from programmes.reading import Chapter, chapters
from programmes.site.citation import SITE
from programmes.site.place import place_of
from programmes.site.templatetags.archive import pledges_told_apart
from programmes.standing import cautions, dissenting

Absolute = Callable[[str], str]
"""Makes a whole address of a path of ours."""


@dataclass(frozen=True, slots=True)
class Document:
    """A programme, ready to be written down."""

    programme: Programme
    """Loaded with branch and party."""
    chapters: list[Chapter]
    absolute: Absolute
    read_on: date

    @property
    def title(self) -> str:
        """Whose programme it is, and its name."""
        return f"{self.programme.branch.name}: {self.programme.title}"

    @property
    def url(self) -> str:
        """The programme's address."""
        return self.absolute(self.programme.get_absolute_url())

    @property
    def cautions(self) -> list[str]:
        """What must be known of it before it is quoted, in sentences."""
        return [each.sentence for each in cautions(self.programme)]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What it is and whence it comes: a name and what it says."""
        programme = self.programme
        adopted = f", {date_format(programme.adopted_on, _('j. F Y'))}" if programme.adopted_on else ""
        pages = f", {programme.pages} s." if programme.has_pages else ""
        return [
            (_("Parti"), programme.branch.party.name),
            (_("Periode"), programme.period),
            (_("Type"), str(programme.get_kind_display())),
            (_("Vedtak"), f"{programme.get_status_display()}{adopted}"),
            (_("Løfter"), pledges_told_apart(programme.pledge_count, programme.prose_pledge_count)),
            (_("Kilde"), f"{programme.filename}{pages}, SHA-256 {programme.sha256}"),
            (SITE, _("%(url)s, hentet %(day)s") % {"url": self.url, "day": self.fetched}),
        ]

    @property
    def fetched(self) -> str:
        """The day on which the document was fetched."""
        return str(date_format(self.read_on, _("j. F Y")))

    def url_of(self, passage: Passage) -> str:
        """Return the permanent address of a passage."""
        return self.absolute(passage.get_absolute_url())


def document_of(programme: Programme, *, absolute: Absolute, read_on: date) -> Document:
    """Return a programme ready to be written down, in two queries."""
    text = chapters(programme, list(programme.sections.all()), programme.passages.order_by("position"))
    return Document(programme, text, absolute, read_on)


def notes_of(passage: Passage) -> list[str]:
    """Return what is said of a passage in brackets: whose it is not, what was done to it, where it stands."""
    return [
        *([dissenting(passage.dissent).words, dissenting(passage.dissent).sentence] if passage.dissent else []),
        *([_("løfte i løpende tekst")] if passage.is_prose_pledge else []),
        *([_("rettet")] if passage.corrected else [_("reparert tekst")] if passage.repaired else []),
        place_of(passage),
    ]


def depth_of(passage: Passage, depths: dict[int, int]) -> int:
    """Return how many entries a passage stands under, and note it for those that stand under itself."""
    depths[passage.pk] = depths[passage.parent_id] + 1 if passage.parent_id in depths else 0
    return depths[passage.pk]


def filename_of(programme: Programme, ending: str) -> str:
    """Return a file's name after the programme: `storfjell-fjordparti-2023-2027.docx`, a party's own by the party."""
    branch = programme.branch
    names = [branch.party.slug, *([branch.slug] if branch.area_id else []), programme.slug]
    return f"{'-'.join(names)}.{ending}"
