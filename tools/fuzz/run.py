"""Feeds damaged and hostile files to the sandbox and reports how each ended.

An input is known by the run's seed and its number: the same two give the same bytes, whatever came before.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ingest.parser.errors import IngestError, ParserFailure
from ingest.parser.sandbox.parent import Limits, Sandbox
from tools.fuzz.files import odt, rtf
from tools.fuzz.hostile import hostile
from tools.fuzz.mutations import BY_SUFFIX, Sample, mutated

LIMITS = Limits(memory=1 << 30, cpu_seconds=20, wall_seconds=120.0)
HOSTILE_SHARE = 0.3
RENEWED_AFTER = 500
"""Inputs: so often a new child is taken, so that what one leaves behind is not held against the next for long."""
MAX_SAMPLE = 40_000
"""Bytes: a larger file of a folder takes longer and shows no more."""
OK = "resultat"

ODT_SAMPLE = Sample(
    "storfjell.odt",
    odt(
        "<text:h text:outline-level='1'>Skole</text:h><text:p>Storfjell er en god kommune.</text:p>"
        "<text:p>Fjordpartiet vil:</text:p><text:list><text:list-item><text:p>bygge skole:</text:p><text:list>"
        "<text:list-item><text:p>på Nes</text:p></text:list-item></text:list></text:list-item><text:list-item>"
        "<text:p>ansette<text:s/>flere<text:line-break/>lærere</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    ),
)
RTF_SAMPLE = Sample(
    "storfjell.rtf",
    rtf(
        r"\pard\s1\b\fs32 Skole\par\pard\plain Storfjell er en god kommune.{\footnote Kilde: Storfjell}\par"
        r"Fjordpartiet vil:\par{\listtext\f3\'b7\tab}\ls1\ilvl0 bygge skole:\par{\listtext\f3\'a7\tab}\ilvl1 på Nes\par"
        r"{\listtext\f3\'b7\tab}\ilvl0 ansette\~flere\line l\u230?rere\par\trowd\pard\intbl a\cell b\cell\row"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard {\f4\'b9}\par}}}{\header Storfjell\par}"
    ),
)
"""Files of our own, for the formats that no sample programme has."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an input ended."""

    number: int
    kind: str
    result: str
    """`OK`, the name of an `IngestError`, or what is wrong."""
    seconds: float
    failure: str = ""
    """For a failure, what there is to know of it; else empty."""


def samples_in(paths: Iterable[Path]) -> list[Sample]:
    """Return the files to damage: those given, the small ones of folders given, and those of our own."""
    files: list[Path] = []
    for path in paths:
        files += (
            sorted(file for file in path.iterdir() if file.stat().st_size < MAX_SAMPLE) if path.is_dir() else [path]
        )
    return [Sample(file.name, file.read_bytes()) for file in files if file.suffix in BY_SUFFIX] + [
        ODT_SAMPLE,
        RTF_SAMPLE,
    ]


def fuzz_input(seed: int, number: int, samples: Sequence[Sample]) -> tuple[str, Sample]:
    """Return the kind and content of an input."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - no secret hangs on it
    if random.random() < HOSTILE_SHARE:
        return hostile(random)
    suffix = random.choice(sorted({sample.suffix for sample in samples}))
    return mutated(random, random.choice([sample for sample in samples if sample.suffix == suffix]))


def fuzz(seed: int, numbers: Iterable[int], samples: Sequence[Sample]) -> Iterator[Outcome]:
    """Parse one input after another in a sandbox and yield how each ended."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(LIMITS) as sandbox:
        for count, number in enumerate(numbers, start=1):
            kind, sample = fuzz_input(seed, number, samples)
            path = Path(folder) / sample.filename
            path.write_bytes(sample.content)
            started = time.monotonic()
            result, failure = _parse(sandbox, path)
            path.unlink()
            yield Outcome(number, kind, result, time.monotonic() - started, failure)
            if count % RENEWED_AFTER == 0:
                sandbox.close()


def _parse(sandbox: Sandbox, path: Path) -> tuple[str, str]:
    try:
        parsed = sandbox.parse(path)
    except ParserFailure as error:
        return type(error).__name__, "\n".join(getattr(error, "__notes__", ["the child died"]))
    except IngestError as error:
        return type(error).__name__, ""
    if lost := parsed.coverage.unassigned:
        return "tap av tekst", f"{lost} of {parsed.coverage.characters} characters are in no place"
    return OK, ""
