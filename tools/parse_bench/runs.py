"""One reading of one file in a process of its own, so that no reading warms another's caches.

`python -m tools.parse_bench.runs READER FILE SINCE` prints a `Run` as JSON; SINCE is the time of day of its start.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from tools.parse_bench.entries import entries
from tools.quality.documents import ROOT

RIVAL = "pdf_inspector"
SMALL_TEXT = "Fjordpartiet 2023–2027\n\nSkole\n\nFjordpartiet vil:\n- bygge ny skole på Øya\n- gå for færre prøver\n"
SMALL_PDF = ROOT / "fixtures" / "programmes" / "fjordpartiet-2025-2029.pdf"


@dataclass(frozen=True, slots=True)
class Run:
    """What one reading took and found."""

    start: float
    """Seconds from the start of the process until it had read a small file of the kind."""
    wall: float
    """Seconds that the file took."""
    processor: float
    """Seconds of processor time, on all cores together."""
    memory: int
    """The most memory of the process, in MB."""
    worker: int
    """That of the largest process that it started."""
    pages: int
    entries: list[str]
    """The items found, or what the list rule takes for such in another reader's text."""


Found = tuple[int, list[str]]
"""Pages and entries."""


def ours(data: bytes, name: str) -> Found:
    """Parse a file."""
    from ingest.parser.parse import parse

    parsed = parse(data, name)
    return parsed.source.pages, [item.text for item in parsed.items]


def ours_without_themes(data: bytes, name: str) -> Found:
    """Go through all stages but that of the themes."""
    from ingest.parser.draft import Draft
    from ingest.parser.parse import STAGES
    from ingest.parser.readers import read

    draft = Draft(read(data, name), None)
    for stage in STAGES:
        if stage.name != "themes":
            draft = stage.do(draft)
    return 0, []


def pdfminer(data: bytes, name: str) -> Found:
    """Do what pdfminer.six does by itself: find the text boxes of each page."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    pages = list(extract_pages(io.BytesIO(data)))
    return len(pages), [
        "\n\n".join(box.get_text() for page in pages for box in page if isinstance(box, LTTextContainer))
    ]


def rival(data: bytes, name: str) -> Found:
    """Have pdf-inspector turn the file into Markdown."""
    import pdf_inspector

    result = pdf_inspector.process_pdf_bytes(data)
    return result.page_count, [result.markdown or ""]


READERS: dict[str, tuple[Callable[[bytes, str], Found], bool]] = {
    "ours": (ours, False),
    "ours on one core": (ours, True),
    "ours without themes": (ours_without_themes, False),
    "pdfminer.six": (pdfminer, True),
    "pdf-inspector": (rival, False),
}
"""Each with whether it is kept to one core."""


def has_rival() -> bool:
    """Return whether the other reader is installed; it is one of the development packages."""
    return find_spec(RIVAL) is not None


def run(reader: str, path: Path) -> Run:
    """Read a file in a new process."""
    command = [sys.executable, "-m", "tools.parse_bench.runs", reader, str(path.resolve()), repr(time.time())]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own
    return Run(**json.loads(done.stdout))


def _main() -> None:
    reader, file, since = sys.argv[1:]
    read, on_one_core = READERS[reader]
    if on_one_core and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    data, path = Path(file).read_bytes(), Path(file)
    if data.startswith(b"%PDF-"):
        read(SMALL_PDF.read_bytes(), SMALL_PDF.name)
    else:
        read(SMALL_TEXT.encode(), "small.txt")
    started = time.time() - float(since)
    wall, processor = time.perf_counter(), _processor()
    pages, found = read(data, path.name)
    wall, processor = time.perf_counter() - wall, _processor() - processor
    if read in (pdfminer, rival):
        found = entries(found[0])
    most, worker = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps(asdict(Run(started, wall, processor, most, worker, pages, found))))


def _processor() -> float:
    """Return the processor time of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    _main()
