"""How a pledge is quoted: as text, and for the reference managers that researchers use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import Passage

SITE = "Programarkivet"


@dataclass(frozen=True, slots=True)
class Citation:
    """A pledge as somebody else will print it."""

    quote: str
    branch: str
    title: str
    period: str
    year: int
    pages: str
    """`4` or `4–5` as the file counts its pages; empty for a file without pages."""
    public_id: str
    url: str
    read_on: date

    @classmethod
    def of(cls, passage: Passage, *, url: str, read_on: date) -> Citation:
        """Return the citation of a passage that was loaded `with_source`."""
        programme = passage.programme
        return cls(
            quote=passage.readable_text,
            branch=programme.branch.name,
            title=programme.title,
            period=programme.period,
            year=programme.period_start,
            pages=pages_of(passage) if programme.has_pages else "",
            public_id=passage.public_id,
            url=url,
            read_on=read_on,
        )

    @property
    def text(self) -> str:
        """A sentence for an article, in the reader's language."""
        page = "" if not self.pages else ", " + _("s. %(pages)s") % {"pages": self.pages}
        period = "" if self.period in self.title else f" ({self.period})"
        day = date_format(self.read_on, _("d.m.Y"))
        read = _("løfte %(id)s, lest %(day)s") % {"id": self.public_id, "day": day}
        return f"«{self.quote}» {self.branch}, {self.title}{period}{page}. {SITE}, {read}. {self.url}"

    @property
    def apa(self) -> str:
        """APA, seventh edition, for a report with a group author."""
        page = f" (s. {self.pages})" if self.pages else ""
        return f"{self.branch}. ({self.year}). {self.title}{page}. {SITE}. {self.url}"

    @property
    def bibtex(self) -> str:
        """A BibTeX entry; braces and backslashes in the words are escaped."""
        fields = {
            "author": f"{{{_bibtex(self.branch)}}}",
            "title": _bibtex(self.title),
            "year": str(self.year),
            "pages": self.pages.replace("–", "--"),
            "note": _bibtex(f"{SITE}, løfte {self.public_id}"),
            "url": self.url,
            "urldate": self.read_on.isoformat(),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{programarkivet-{self.public_id},\n{lines}\n}}"

    @property
    def ris(self) -> str:
        """A RIS record, with the quote as its abstract."""
        rows = [
            ("TY", "RPRT"),
            ("AU", self.branch),
            ("TI", self.title),
            ("PY", str(self.year)),
            ("SP", self.pages),
            ("AB", self.quote),
            ("UR", self.url),
            ("Y2", f"{self.read_on:%Y/%m/%d}"),
            ("DB", SITE),
            ("ID", self.public_id),
            ("ER", ""),
        ]
        return "\n".join(
            f"{tag}  - {value}".rstrip() if tag != "ER" else "ER  - " for tag, value in rows if value or tag == "ER"
        )


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
