"""Reading documents for measurement: what a reader made of a PDF is kept until the readers change.

Reading a PDF takes ten times as long as understanding it, and rules are measured again and again on the same files.
"""

from __future__ import annotations

import hashlib
import pickle  # our own cache, in the folder of our own data
from functools import cache
from pathlib import Path

import ingest.parser
from ingest.parser.document import RawDocument
from ingest.parser.language.rules import MARKS
from ingest.parser.readers import read
from tools.quality.documents import ROOT, Document

KEPT = ROOT / ".data" / "quality"
READERS = ("readers", "furniture", "document.py", "language/markers.py")
"""What of the parser a reader's result depends on, beside the marks."""


def raw(document: Document, kept: Path = KEPT) -> RawDocument:
    """Return what the readers make of a document."""
    content = document.bytes()
    if not content.startswith(b"%PDF-") or document.path is None:
        return read(content, document.name)
    place = kept / f"{hashlib.sha256(content + _readers()).hexdigest()}.pickle"
    if place.exists():
        found: RawDocument = pickle.loads(place.read_bytes())  # noqa: S301 - written below
        return found
    found = read(content, document.name)
    kept.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    part.write_bytes(pickle.dumps(found))
    part.replace(place)
    return found


@cache
def _readers() -> bytes:
    """Return a mark of the readers as they are now."""
    root = Path(str(ingest.parser.__file__)).parent
    sources = [file for name in READERS for file in sorted((root / name).rglob("*.py")) or [root / name]]
    digest = hashlib.sha256(repr(MARKS).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.digest()
