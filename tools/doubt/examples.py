"""What the doubt learns from: documents with a right result, parsed, with what is wrong of each entry and heading."""

from __future__ import annotations

import pickle  # our own cache, in the folder of our own data
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.parser.as_json import as_dict
from ingest.parser.document import ParsedProgramme, RawDocument
from ingest.parser.draft import Draft
from ingest.parser.parse import STAGES
from ingest.parser.report.doubt.observed import Observed, observe
from tools.quality.documents import ROOT, SHARED, Document, documents
from tools.quality.families import HELD_BACK, LAYOUTS, LEAD_INS, contents, generate, mixed_lists
from tools.quality.reading import raw
from tools.quality.scoring import Misses, key, score_parse

KEPT = ROOT / ".data" / "doubt"
SETS = ("families", "lists", "real", "fresh", "held back families", "held back lists")
"""Generated documents, those of the repository and `../shared`, and generated ones of seeds that nobody works with."""
PART, PART_OF_PDF, PART_OF_LISTS = 0.6, 0.25, 0.5
"""Share of what can be generated that is: PDFs take longest."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A parsed document, and what is wrong of it."""

    name: str
    family: str
    group: str
    """Its source: documents of one are never both learnt from and tried."""
    draft: Draft
    wrong: tuple[str | None, ...]
    """The id of the entry or heading that shows each error: false, missed, wrong lead-in or section; None for none."""
    titles_missed: frozenset[str]
    """The entries that hold a heading."""
    headings_wrong: frozenset[str]

    @property
    def entries(self) -> list[str]:
        """The ids of all passages and items."""
        return [entry.id for entry in self.draft.entries]

    def observed(self) -> list[Observed]:
        """Return what is seen of the document."""
        return list(observe(self.draft))


def examples(which: str, *, again: bool = False) -> Iterator[Marked]:
    """Yield the documents of one of the `SETS`, kept between runs unless they are to be read `again`."""
    place = KEPT / f"{which}.pickle"
    if again or not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part")
        with part.open("wb") as file:
            for document, group in _documents(which):
                pickle.dump(mark(document, group), file)
        part.replace(place)
    with place.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)  # noqa: S301 - written above
            except EOFError:
                return


def mark(document: Document, group: str) -> Marked:
    """Parse a document and find where its errors show."""
    draft = Draft(raw(document))
    for stage in STAGES:
        draft = stage.do(draft)
        if stage.name == "outline":
            break
    parsed = _as_dict(draft)
    misses = score_parse(document.gold, parsed).misses
    named = [(key(entry["text"]), entry["id"]) for entry in (*parsed["items"], *parsed["passages"])]
    named += [(key(section["title"]), section["id"]) for section in parsed["sections"]]
    extra = {section["id"] for section in misses.sections_extra}
    missed = {_where(key(section["title"]), named) for section in misses.sections_missed}
    return Marked(
        document.name,
        document.kind,
        group,
        replace(draft, raw=RawDocument(draft.raw.source, ()), pieces=(), furniture=()),
        (*_wrong(misses), *(_where(key(item["text"]), named) for item in misses.items_missed)),
        frozenset(id_ for id_ in missed if id_),
        frozenset(extra),
    )


def _as_dict(draft: Draft) -> dict[str, Any]:
    return as_dict(ParsedProgramme(draft.raw.source, draft.meta, draft.sections, draft.entries))


def _wrong(misses: Misses) -> Iterator[str]:
    for element in (*misses.items_extra, *misses.lead_ins_wrong, *misses.places_wrong):
        yield element["id"]


def _where(words: str, named: Sequence[tuple[str, str]]) -> str | None:
    """Return the id of what has some words, else of the longest piece of them."""
    pieces: dict[str, str] = {}
    for text, id_ in named:
        if text and words in text:
            return id_
        if text and text in words:
            pieces.setdefault(text, id_)
    return pieces[max(pieces, key=len)] if pieces else None


def _documents(which: str) -> Iterator[tuple[Document, str]]:
    """Yield the documents of a set, each with its source."""
    match which:
        case "families":
            yield from _families([0])
        case "held back families":
            yield from _families([HELD_BACK])
        case "lists":
            yield from _lists(range(3))
        case "held back lists":
            yield from _lists([HELD_BACK])
        case "fresh":
            yield from ((document, f"fresh {document.name}") for document in documents("fresh"))
        case "real":
            for name in ("open", "samples", "gold"):
                yield from ((document, document.name) for document in documents(name, SHARED))


def _families(seeds: Iterable[int]) -> Iterator[tuple[Document, str]]:
    for programme in contents():
        for seed in seeds:
            for layout in LAYOUTS:
                part = PART_OF_PDF if layout.suffix == "pdf" else PART
                families = [f"{layout.name} / {fate}" for fate in LEAD_INS]
                for family in families:
                    if _chance(f"{programme.name} {family} {seed}") < part:
                        yield from ((one, programme.name) for one in generate([programme], [seed], family, [layout]))


def _lists(seeds: Iterable[int]) -> Iterator[tuple[Document, str]]:
    for seed in seeds:
        for document in generate(mixed_lists(seed), [seed]):
            if _chance(f"{document.name} {document.kind}") < PART_OF_LISTS:
                yield document, f"lists {seed}"


def _chance(words: str) -> float:
    """Return a number from 0 to 1 that is the same for the same words each time."""
    return zlib.crc32(words.encode()) % 1000 / 1000
