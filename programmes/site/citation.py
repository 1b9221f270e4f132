"""How a pledge, a paragraph or a chapter is quoted: as text, and for the reference managers that researchers use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme, Section
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.standing import Caution, cautions, in_brackets

SITE = "Programarkivet"


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a programme as somebody else will print them."""

    programme: Programme
    """Loaded with branch and party."""
    public_id: str
    words: str
    label: str
    """What the archive calls it, with its id: `løfte k7m2q9xy`."""
    pages: str
    """`4` or `4–5` as the file counts its pages; empty for a file without pages."""
    url: str
    read_on: date
    dissent: str = ""
    """The words that name the dissent, where the words are one."""

    @classmethod
    def of_passage(cls, passage: Passage, *, url: str, read_on: date) -> Citation:
        """Quote a pledge or a paragraph, loaded `with_source`."""
        name = _("løfte %(id)s") if passage.kind in ADDRESSED_AS_PLEDGES else _("avsnitt %(id)s")
        return cls(
            programme=passage.programme,
            public_id=passage.public_id,
            words=passage.readable_text,
            label=name % {"id": passage.public_id},
            pages=pages_of(passage) if passage.programme.has_pages else "",
            url=url,
            read_on=read_on,
            dissent=passage.dissent,
        )

    @classmethod
    def of_section(cls, section: Section, *, url: str, read_on: date) -> Citation:
        """Quote a heading, and with it the chapter below it; one without a heading is the introduction."""
        return cls(
            programme=section.programme,
            public_id=section.public_id,
            words=str(section) or _("Innledning"),
            label=_("kapittel %(id)s") % {"id": section.public_id},
            pages=str(section.page) if section.programme.has_pages else "",
            url=url,
            read_on=read_on,
        )

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What must not be left out."""
        return cautions(self.programme, dissent=self.dissent)

    @property
    def _caution(self) -> str:
        return in_brackets(self.cautions)

    @property
    def text(self) -> str:
        """A sentence for an article, in the reader's language."""
        programme = self.programme
        page = "" if not self.pages else ", " + _("s. %(pages)s") % {"pages": self.pages}
        period = "" if programme.period in programme.title else f" ({programme.period})"
        day = date_format(self.read_on, _("d.m.Y"))
        read = _("%(label)s, lest %(day)s") % {"label": self.label, "day": day}
        source = f"{programme.branch.name}, {programme.title}{period}{page}{self._caution}"
        return f"«{self.words}» {source}. {SITE}, {read}. {self.url}"

    @property
    def apa(self) -> str:
        """APA, seventh edition, for a report with a group author."""
        programme = self.programme
        page = f" (s. {self.pages})" if self.pages else ""
        title = f"{programme.title}{page}{self._caution}"
        return f"{programme.branch.name}. ({programme.period_start}). {title}. {SITE}. {self.url}"

    @property
    def bibtex(self) -> str:
        """A BibTeX entry; braces and backslashes in the words are escaped."""
        programme = self.programme
        fields = {
            "author": f"{{{_bibtex(programme.branch.name)}}}",
            "title": _bibtex(programme.title),
            "year": str(programme.period_start),
            "pages": self.pages.replace("–", "--"),
            "note": _bibtex(f"{SITE}, {self.label}{self._caution}"),
            "url": self.url,
            "urldate": self.read_on.isoformat(),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{programarkivet-{self.public_id},\n{lines}\n}}"

    @property
    def ris(self) -> str:
        """A RIS record, with the quote as its abstract."""
        programme = self.programme
        rows = [
            ("TY", "RPRT"),
            ("AU", programme.branch.name),
            ("TI", programme.title),
            ("PY", str(programme.period_start)),
            ("SP", self.pages),
            ("AB", self.words),
            ("N1", "; ".join(each.words for each in self.cautions)),
            ("UR", self.url),
            ("Y2", f"{self.read_on:%Y/%m/%d}"),
            ("DB", SITE),
            ("ID", self.public_id),
        ]
        return "\n".join([*(f"{tag}  - {value}".rstrip() for tag, value in rows if value), "ER  - "])


def pages_of(passage: Passage) -> str:
    """Return the pages that a passage stands on: `4`, or `4–5`."""
    if passage.page_first == passage.page_last:
        return str(passage.page_first)
    return f"{passage.page_first}–{passage.page_last}"


def _bibtex(text: str) -> str:
    """Return a text with the characters that mean something to BibTeX escaped."""
    for character in "\\{}&%$#_":
        text = text.replace(character, r"\textbackslash " if character == "\\" else f"\\{character}")
    return text
