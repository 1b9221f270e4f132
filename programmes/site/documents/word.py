"""A programme as a Word document (DOCX), on A4, with headings to navigate by.

python-docx makes the document, its styles and its footer. Paragraphs are written as WordprocessingML: it looks through
all styles for each, and 2,000 took a quarter of a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import BytesIO

import docx
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from programmes.models import Passage
from programmes.reading import ReadingBlock
from programmes.site.documents.content import Document, depth_of, notes_of
from programmes.site.odd_input import cleaned

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "se": "se-NO", "en": "en-GB"}
MUTED, INK = RGBColor(0x5B, 0x5A, 0x52), RGBColor(0x19, 0x1A, 0x17)
DEEPEST_HEADING = 9
DEEPEST_ENTRY = 3
"""Levels of sub-pledges that stand further in than the one above."""
NUMBER_WIDTH, STEP = Mm(15), Mm(8)
"""The margin in which an entry's number stands, and how much further in each level stands."""


def as_word(document: Document) -> bytes:
    """Return a programme with all its text, each pledge with its number, page and address."""
    word = docx.Document()
    _prepare(word, document)
    body = word.element.body
    paragraphs = "".join(_paragraphs(document, word.part.rels))
    for paragraph in parse_xml(f"<w:body {nsdecls('w', 'r')}>{paragraphs}</w:body>"):
        body.insert_element_before(paragraph, "w:sectPr")
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _prepare(word: WordDocument, document: Document) -> None:
    """Set page, language, styles and footer."""
    properties = word.core_properties
    properties.title, properties.author = document.title, document.programme.branch.name
    properties.language, properties.comments = LANGUAGES[document.programme.language], document.url
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[document.programme.language])
    normal.element.get_or_add_rPr().append(language)
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.startswith(("Heading", "Title")):
            style.font.name, style.font.color.rgb = "Georgia", INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    lead_in = word.styles.add_style("LeadIn", WD_STYLE_TYPE.PARAGRAPH)
    lead_in.base_style, lead_in.font.bold, lead_in.paragraph_format.keep_with_next = normal, True, True
    for depth in range(DEEPEST_ENTRY + 1):
        entry = word.styles.add_style(f"Entry{depth}", WD_STYLE_TYPE.PARAGRAPH)
        entry.base_style, shape = normal, entry.paragraph_format
        shape.left_indent, shape.first_line_indent = NUMBER_WIDTH + depth * STEP, -NUMBER_WIDTH
        shape.tab_stops.add_tab_stop(NUMBER_WIDTH + depth * STEP)
    muted = word.styles.add_style("Muted", WD_STYLE_TYPE.CHARACTER)
    muted.font.size, muted.font.color.rgb = Pt(9), MUTED
    footer = page.footer.paragraphs[0]
    said = f"{document.url} · {_('hentet %(day)s') % {'day': document.fetched}} · {_('side')} "
    for run in (_run(said, style="Muted"), f'<w:fldSimple w:instr="PAGE">{_run("1", style="Muted")}</w:fldSimple>'):
        footer._p.append(parse_xml(run.replace(">", f" {nsdecls('w')}>", 1)))


def _paragraphs(document: Document, relations: Relationships) -> Iterator[str]:
    yield _paragraph("Title", _run(document.title))
    for sentence in document.cautions:
        yield _paragraph("LeadIn", _run(sentence))
    for name, said in document.facts:
        yield _paragraph("Normal", _run(f"{name}: ", bold=True), _run(said))
    for chapter in document.chapters:
        if chapter.section.title:
            yield _paragraph(f"Heading{min(chapter.depth + 1, DEEPEST_HEADING)}", _run(str(chapter.section)))
        for block in chapter.blocks:
            yield from _block(document, block, relations)


def _block(document: Document, block: ReadingBlock, relations: Relationships) -> Iterator[str]:
    if block.is_prose:
        for passage in block.passages:
            said = [_run(passage.readable_text)]
            if passage.is_prose_pledge or passage.dissent:
                link = _link(document.url_of(passage), passage.public_id, relations)
                said += [_run(" "), link, _in_brackets(passage)]
            yield _paragraph("Normal", *said)
        return
    if block.lead_in:
        yield _paragraph("LeadIn", _run(block.lead_in))
    depths: dict[int, int] = {}
    for passage in block.passages:
        yield _paragraph(
            f"Entry{min(depth_of(passage, depths), DEEPEST_ENTRY)}",
            _link(document.url_of(passage), passage.margin, relations),
            "<w:r><w:tab/></w:r>",
            _run(passage.readable_text),
            _in_brackets(passage),
        )


def _paragraph(style: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def _run(text: str, *, style: str = "", bold: bool = False) -> str:
    shape = f'<w:rStyle w:val="{style}"/>' if style else "<w:b/>" if bold else ""
    said = escape(cleaned(text), quote=False)
    return f'<w:r><w:rPr>{shape}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


def _in_brackets(passage: Passage) -> str:
    return _run(f" ({'; '.join(notes_of(passage))})", style="Muted")


def _link(url: str, text: str, relations: Relationships) -> str:
    number = f"rId{len(relations) + 1}"
    relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, number, is_external=True)
    return f'<w:hyperlink r:id="{number}">{_run(text, style="Muted")}</w:hyperlink>'
