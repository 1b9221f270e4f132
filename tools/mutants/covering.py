"""Which tests run which lines of the product: measured once, and again for the files of tests that have changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage

Lines = dict[str, dict[str, list[int]]]
"""By test and module: the lines that ran."""


@dataclass
class FileOfTests:
    """What the tests of one file ran."""

    sum: str
    """Of the file, its helpers and the product as they were."""
    lines: Lines = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each test took that passed; one that did not is asked about no mutant."""


class Coverage:
    """What all measured tests ran, kept in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        kept: dict[str, Any] = json.loads(file.read_text()) if file.is_file() else {}
        self._files = {name: FileOfTests(**values) for name, values in kept.items()}

    def is_known(self, name: str, sum_: str) -> bool:
        """Return whether a file of tests was measured as it is now."""
        return name in self._files and self._files[name].sum == sum_

    def add(self, name: str, measured: FileOfTests) -> None:
        """Keep what the tests of a file ran."""
        self._files[name] = measured
        self._file.write_text(json.dumps({each: vars(values) for each, values in self._files.items()}))

    def by_line(self, names: Sequence[str]) -> dict[str, dict[int, list[str]]]:
        """Return the tests that ran each line of each module, of some files of tests."""
        found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in names:
            for test, modules in self._files[name].lines.items():
                if test in self._files[name].seconds:
                    for module, lines in modules.items():
                        for line in lines:
                            found[module][line].append(test)
        return found

    def seconds(self, names: Sequence[str]) -> dict[str, float]:
        """Return how long each test of some files takes."""
        return {test: seconds for name in names for test, seconds in self._files[name].seconds.items()}


class Measuring:
    """Measures lines in this process, for one test after the other."""

    def __init__(self, root: Path) -> None:
        self._root = root
        sources = [str(root / room) for room in ("archive", "ingest", "programmes")]
        self._coverage = coverage.Coverage(data_file=None, config_file=False, source=sources)

    def begin(self) -> None:
        """Begin to measure."""
        self._coverage.start()

    def of(self, test: str) -> None:
        """Count what runs from now on for a test."""
        self._coverage.switch_context(test)

    def end(self) -> Lines:
        """Return the lines that ran for each test; those that ran for none stand under an empty name."""
        self._coverage.stop()
        data = self._coverage.get_data()
        found: Lines = defaultdict(dict)
        for file in data.measured_files():
            module = Path(file).relative_to(self._root).as_posix()
            by_test: defaultdict[str, list[int]] = defaultdict(list)
            for line, tests in data.contexts_by_lineno(file).items():
                for test in tests:
                    by_test[test].append(line)
            for test, lines in by_test.items():
                found[test][module] = sorted(lines)
        return found
