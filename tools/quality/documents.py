"""Documents with their right result: those that the parser has not been made with, the samples, the real ones."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
UNSEEN = ROOT / "tests" / "ingest" / "parser" / "unseen"
SAMPLES = ROOT / "fixtures" / "programmes"
SHARED = ROOT.parent / "shared"
"""Real programmes and their annotations, which the repository doesn't carry."""

KINDS = {
    "copied": r"copied|pasted",
    "printed": r"printed",
    "saved": r"html|saved (?:web )?page",
    "slides": r"slides",
    "brochure": r"brochure|leaflet|booklet",
    "exported": r"docx|odt|rtf|markdown",
    "typed": r"typed|newsletter as text|text$|pdftotext|ocr",
    "pdf": r"pdf",
}
"""The kinds of arrival that figures are given by, and the words of an `arrival` that tell of each, in order."""
SETS = ("open", "fresh", "closed", "samples", "gold")


@dataclass(frozen=True, slots=True)
class Document:
    """A file and what a parser should find in it."""

    name: str
    kind: str
    """How it arrived: typed, copied, printed, saved, exported, brochure, slides, pdf; a generated one's family."""
    gold: dict[str, Any]
    path: Path | None = None
    content: bytes = b""
    """The file itself where there is no path."""

    def bytes(self) -> bytes:
        """Return what stands in the file."""
        return self.path.read_bytes() if self.path else self.content


def documents(which: str, shared: Path = SHARED) -> list[Document]:
    """Return one of the `SETS`; those of `shared` that are not here are left out."""
    if which in ("open", "fresh", "closed"):
        return _unseen(UNSEEN / which)
    if which == "samples":
        return [_beside(SAMPLES / path.stem, path) for path in sorted((SAMPLES / "expected").glob("*.json"))]
    if which == "gold":
        pairs = [(shared / "programmes" / path.stem, path) for path in sorted((shared / "gold" / "parse").glob("*"))]
        return [_beside(file, gold) for file, gold in pairs if file.exists()]
    raise ValueError(which)


def kind_of(arrival: str) -> str:
    """Return the kind of arrival that a manifest's words tell of, themselves where they are none of the known."""
    return next((kind for kind, words in KINDS.items() if re.search(words, arrival, re.IGNORECASE)), arrival)


def _unseen(folder: Path) -> list[Document]:
    listed: Sequence[dict[str, str]] = tomllib.loads((folder / "manifest.toml").read_text("utf-8"))["document"]
    return [
        Document(row["file"], kind_of(row["arrival"]), _json(folder / f"{row['file']}.gold.json"), folder / row["file"])
        for row in listed
    ]


def _beside(file: Path, gold: Path) -> Document:
    return Document(file.name, file.suffix.removeprefix("."), _json(gold), file)


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
