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

    passage: Passage
    """Loaded `with_source`."""
    url: str
    read_on: date

    @property
    def pages(self) -> str:
        """`4` or `4–5` as the file counts its pages; empty for a file without pages."""
        return pages_of(self.passage) if self.passage.programme.has_pages else ""

    @property
    def cautions(self) -> tuple[str, ...]:
        """What must not be left out: that the words are a dissent, and not the party's, or not known to be adopted."""
        programme, dissent = self.passage.programme, self.passage.dissent
        return (
            *([_("dissens: %(words)s") % {"words": dissent}] if dissent else []),
            *([] if programme.is_adopted else [str(programme.get_status_display())]),
        )

    @property
    def _caution(self) -> str:
        return f" [{'; '.join(self.cautions)}]" if self.cautions else ""

    @property
    def text(self) -> str:
        """A sentence for an article, in the reader's language."""
        programme = self.passage.programme
        page = "" if not self.pages else ", " + _("s. %(pages)s") % {"pages": self.pages}
        period = "" if programme.period in programme.title else f" ({programme.period})"
        day = date_format(self.read_on, _("d.m.Y"))
        read = _("løfte %(id)s, lest %(day)s") % {"id": self.passage.public_id, "day": day}
        source = f"{programme.branch.name}, {programme.title}{period}{page}{self._caution}"
        return f"«{self.passage.readable_text}» {source}. {SITE}, {read}. {self.url}"

    @property
    def apa(self) -> str:
        """APA, seventh edition, for a report with a group author."""
        programme = self.passage.programme
        page = f" (s. {self.pages})" if self.pages else ""
        title = f"{programme.title}{page}{self._caution}"
        return f"{programme.branch.name}. ({programme.period_start}). {title}. {SITE}. {self.url}"

    @property
    def bibtex(self) -> str:
        """A BibTeX entry; braces and backslashes in the words are escaped."""
        programme = self.passage.programme
        fields = {
            "author": f"{{{_bibtex(programme.branch.name)}}}",
            "title": _bibtex(programme.title),
            "year": str(programme.period_start),
            "pages": self.pages.replace("–", "--"),
            "note": _bibtex(f"{SITE}, løfte {self.passage.public_id}{self._caution}"),
            "url": self.url,
            "urldate": self.read_on.isoformat(),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{programarkivet-{self.passage.public_id},\n{lines}\n}}"

    @property
    def ris(self) -> str:
        """A RIS record, with the quote as its abstract."""
        programme = self.passage.programme
        rows = [
            ("TY", "RPRT"),
            ("AU", programme.branch.name),
            ("TI", programme.title),
            ("PY", str(programme.period_start)),
            ("SP", self.pages),
            ("AB", self.passage.readable_text),
            ("N1", "; ".join(self.cautions)),
            ("UR", self.url),
            ("Y2", f"{self.read_on:%Y/%m/%d}"),
            ("DB", SITE),
            ("ID", self.passage.public_id),
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
