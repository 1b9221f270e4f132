"""A programme to take along: as a Word document, as Markdown, and its pledges as a table."""

from programmes.site.documents.content import Document, document_of, filename_of
from programmes.site.documents.markdown import as_markdown
from programmes.site.documents.table import COLUMNS, rows_of
from programmes.site.documents.word import DOCX, as_word
