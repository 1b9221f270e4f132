"""Why some faults that no test notices are none, or are worth no test: kept in `explained.toml`, for people to read."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tools.mutants.making import Mutant

FILE = Path(__file__).with_name("explained.toml")

Explained = dict[tuple[str, str], str]
"""By module and fault: why nobody has to notice it."""


def explained(file: Path = FILE) -> Explained:
    """Return the explanations in a file."""
    rows = tomllib.loads(file.read_text())["explained"]
    return {(row["path"], _without_indents(fault)): row["why"] for row in rows for fault in row["faults"]}


def why(mutant: Mutant, explanations: Explained) -> str:
    """Return why nobody has to notice a mutant; nothing where that is not told."""
    return explanations.get((mutant.path, _without_indents(mutant.diff)), "")


def _without_indents(diff: str) -> str:
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in diff.strip().splitlines())
