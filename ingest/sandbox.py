"""Parsing, for now in the same process."""

from pathlib import Path

from .document import ParsedProgramme
from .parse import parse


def parse_in_sandbox(path: Path, *, filename: str = "") -> ParsedProgramme:
    """Return the parse of a file."""
    return parse(path, filename or path.name)
