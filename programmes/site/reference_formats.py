"""A citation for reference managers: BibTeX, RIS, and the tags of a page from which Zotero and others read one.

The words come from files that anybody may have written: each form escapes them by its own rules, or lets nothing
through that means something to it.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.site.citation import SITE, Citation
from programmes.standing import DISSENT

BIBTEX = {
    **{ord(sign): f"\\{sign}" for sign in "&%$#_"},
    ord("\\"): r"\textbackslash{}",
    ord("{"): r"\textbraceleft{}",  # BibTeX counts braces, behind a backslash too: one without its other ends the entry
    ord("}"): r"\textbraceright{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}
"""Character → what BibTeX and LaTeX take for it."""
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What would end a script element, or begin something in it, as JSON may write it."""


def bibtex(citation: Citation) -> str:
    """Return a BibTeX entry."""
    programme = citation.programme
    adopted = programme.adopted_on
    fields = {
        "author": f"{{{_bibtex(programme.branch.name)}}}",
        "title": _bibtex(programme.title),
        "year": str(adopted.year if adopted else programme.period_start),
        "date": adopted.isoformat() if adopted else "",
        "pages": _bibtex(citation.pages).replace("–", "--"),
        "abstract": _bibtex(citation.quoted),
        "note": _bibtex("; ".join(_notes(citation))),
        "url": citation.url,
        "urldate": citation.read_on.isoformat(),
        "langid": {"nb": "norsk", "nn": "nynorsk", "en": "english"}.get(programme.language, ""),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{programarkivet-{citation.public_id},\n{lines}\n}}"


def ris(citation: Citation) -> str:
    """Return a RIS record, with the quote as its abstract."""
    programme = citation.programme
    adopted = programme.adopted_on
    rows = [
        ("TY", "RPRT"),
        ("AU", programme.branch.name),
        ("TI", programme.title),
        ("PY", str(adopted.year if adopted else programme.period_start)),
        ("DA", f"{adopted:%Y/%m/%d}" if adopted else ""),
        ("SP", citation.first_page),
        ("EP", citation.last_page),
        ("AB", citation.quoted),
        *(("N1", note) for note in _notes(citation)),
        ("LA", programme.language),
        ("UR", citation.url),
        ("Y2", f"{citation.read_on:%Y/%m/%d}"),
        ("DB", SITE),
        ("ID", citation.public_id),
    ]
    return "\n".join([*(f"{tag}  - {_one_line(value)}" for tag, value in rows if value), "ER  - "])


def json_ld(citation: Citation, file_url: str) -> SafeString:
    """Return the script element that tells machines what is quoted, of what and from which file (schema.org)."""
    programme = citation.programme
    cautions = [each.words for each in citation.cautions]
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": citation.url,
        "url": citation.url,
        "identifier": citation.public_id,
        "text": citation.words,
        "description": citation.just_words,
        "inLanguage": programme.language,
        "creditText": citation.text,
        "isPartOf": {
            "@type": "CreativeWork",
            "name": programme.title,
            "author": _organisation(programme.branch.name),
            "temporalCoverage": f"{programme.period_start}/{programme.period_end}",
            "creativeWorkStatus": str(programme.get_status_display()),
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": file_url,
                "encodingFormat": programme.media_type,
                "sha256": programme.sha256,
            },
        },
        "publisher": _organisation(SITE),
    }
    if programme.adopted_on:
        said["isPartOf"]["datePublished"] = programme.adopted_on.isoformat()
    if cautions:
        said["creativeWorkStatus"] = "; ".join(cautions)
        said["disambiguatingDescription"] = " ".join(each.sentence for each in citation.cautions)
    if not any(each.kind == DISSENT for each in citation.cautions):  # whose words a dissent is, the party is not
        said["creator"] = _organisation(programme.branch.name)
    if citation.introductions:
        said["headline"] = " ".join(citation.introductions)
    content = mark_safe(json.dumps(said, ensure_ascii=False).translate(IN_SCRIPT))  # noqa: S308  (escaped right here)
    return format_html('<script type="application/ld+json">{}</script>', content)


def highwire(citation: Citation, pdf_url: str = "") -> SafeString:
    """Return the meta elements by which Google Scholar's kin and Zotero know a document."""
    programme = citation.programme
    adopted = programme.adopted_on
    tags = {
        "citation_title": programme.title,
        "citation_author": programme.branch.name,
        "citation_technical_report_institution": programme.branch.name,
        "citation_publication_date": f"{adopted:%Y/%m/%d}" if adopted else str(programme.period_start),
        "citation_firstpage": citation.first_page,
        "citation_lastpage": citation.last_page,
        "citation_abstract": f"{citation.quoted} ({'; '.join(_notes(citation))})",
        "citation_language": programme.language,
        "citation_public_url": citation.url,
        "citation_pdf_url": pdf_url,
    }
    return format_html_join("", '<meta name="{}" content="{}">', ((key, value) for key, value in tags.items() if value))


def coins(citation: Citation) -> SafeString:
    """Return the empty element by which older reference managers find a work on a page (COinS)."""
    programme = citation.programme
    adopted = programme.adopted_on
    fields = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        "rft.genre": "report",
        "rft.btitle": programme.title,
        "rft.aucorp": programme.branch.name,  # an organisation: Zotero takes the last word of `rft.au` for a surname
        "rft.date": adopted.isoformat() if adopted else str(programme.period_start),
        "rft.pages": citation.pages,
        "rft.pub": SITE,
        "rft.language": programme.language,
        "rft_id": citation.url,
    }
    context = urlencode({key: value for key, value in fields.items() if value})
    return format_html('<span class="Z3988" title="{}"></span>', context)


def _notes(citation: Citation) -> list[str]:
    """Return what a form has no field for: what must be known, the place in the file, the file."""
    programme = citation.programme
    adopted = _("vedtatt %(day)s") % {"day": programme.adopted_on.isoformat()} if programme.adopted_on else ""
    return [
        *(each.words for each in citation.cautions),
        *([adopted] if adopted else []),
        *([citation.place] if citation.place else []),
        f"{SITE}, {citation.label}",
        f"SHA-256 {programme.sha256}",
    ]


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _one_line(text: str) -> str:
    """Return a text without line breaks, or what some programs take for one: a new line would begin a new field."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _bibtex(text: str) -> str:
    """Return a text with what means something to BibTeX or LaTeX escaped."""
    return _one_line(text).translate(BIBTEX)
