"""The shared programmes, each read once for all tests: reading a PDF takes ten times as long as understanding it."""

from functools import cache
from pathlib import Path

from ingest.parser.document import RawDocument
from ingest.parser.readers import read


@cache
def raw(path: Path) -> RawDocument:
    """Return what the reader makes of a file."""
    return read(path)
