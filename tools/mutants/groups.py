"""Which modules get faults, and which tests may notice."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from tools.mutants.making import Mutant, mutants_of

GROUPS: dict[str, tuple[str, ...]] = {
    "permissions": ("ingest/desk/permissions.py",),
    "edits": ("ingest/parser/edits/",),
    "transitions": ("ingest/desk/transitions.py", "programmes/publishing.py"),
    "citation": ("programmes/site/citation.py",),
}
"""Modules whose every mutant is tried."""
TESTS = {
    "permissions": ("tests/ingest/desk/test_rights.py", "tests/ingest/desk/test_permissions.py"),
    "edits": ("tests/ingest/parser/edits",),
    "transitions": ("tests/ingest/desk/test_transitions.py",),
    "citation": ("tests/programmes/site/test_reference_formats.py",),
    "sample": ("tests/archive", "tests/fixtures", "tests/ingest", "tests/programmes"),
}
"""The tests of each group; of them, those that run a mutant's lines are asked."""
SAMPLE = "sample"
WITHOUT_DATABASE = {"edits", "citation"}
"""Groups whose tests need none."""
SAMPLED = ("archive/", "ingest/", "programmes/")
NOT_SAMPLED = ("/migrations/", "archive/settings.py")
"""What is no code of ours to test: steps between tables, and values."""
SAMPLE_SIZE = 200


def tracked(root: Path) -> list[str]:
    """Return the files of a checkout that git knows or would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return sorted(path for path in set(listed.split("\0")) if path and (root / path).is_file())


def modules_of(group: str, files: list[str]) -> list[str]:
    """Return the modules of a group; of the sample, those that it is drawn from."""
    modules = [path for path in files if path.endswith(".py")]
    if group != SAMPLE:
        return [path for path in modules if path.startswith(GROUPS[group])]
    taken = tuple(path for paths in GROUPS.values() for path in paths)
    elsewhere = [path for path in modules if path.startswith(SAMPLED) and not path.startswith(taken)]
    return [path for path in elsewhere if not any(part in path for part in NOT_SAMPLED)]


def mutants_for(group: str, root: Path, *, limit: int | None, seed: int) -> list[Mutant]:
    """Return the mutants of a group: all, or so many by a seed. Of the sample every line is as likely as any other."""
    modules = modules_of(group, tracked(root))
    draw = random.Random(seed)  # noqa: S311
    if group == SAMPLE:
        return _drawn(root, modules, limit or SAMPLE_SIZE, draw)
    found = [mutant for path in modules for mutant in mutants_of(root, path)]
    return found if limit is None or limit >= len(found) else draw.sample(found, limit)


def _drawn(root: Path, modules: list[str], wanted: int, draw: random.Random) -> list[Mutant]:
    """Draw modules by their length, and one mutant of each: to make all mutants of all would take half an hour."""
    lengths = [len((root / path).read_text().splitlines()) for path in modules]
    chosen = draw.choices(modules, lengths, k=wanted)
    drawn: dict[str, Mutant] = {}
    for path in sorted(set(chosen)):
        left = mutants_of(root, path)
        for mutant in draw.sample(left, min(chosen.count(path), len(left))):
            drawn[mutant.key] = mutant
    return list(drawn.values())
