"""Comparing the index with the archive, and mending it."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.search.engine import Engine
from programmes.search.entries import published_entries


@dataclass(frozen=True, slots=True)
class Differences:
    """Where index and archive differ, by the keys of entries."""

    missing: frozenset[int]
    """Published, but not in the index."""
    stray: frozenset[int]
    """In the index, but not published: withdrawn, deleted or never there."""
    changed: frozenset[int]
    """In both, but the words, their place, its themes or the rules of the analysis have changed since."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.stray or self.changed)

    @property
    def counts(self) -> str:
        """Return how many there are of each, in words."""
        return f"{len(self.missing)} mangler, {len(self.stray)} er til overs, {len(self.changed)} er endret"


def differences(engine: Engine) -> Differences:
    """Compare the index with all that is published, entry by entry."""
    indexed = engine.indexed()
    missing, changed = set(), set()
    for entry in published_entries():
        digest = indexed.pop(entry.key, None)
        if digest is None:
            missing.add(entry.key)
        elif digest != entry.digest:
            changed.add(entry.key)
    return Differences(frozenset(missing), frozenset(indexed), frozenset(changed))


def mended(engine: Engine) -> tuple[Differences, int]:
    """Build the index anew where it differs from the archive; return how it differed, and the number of entries now."""
    found = differences(engine)
    return found, engine.rebuild() if found else len(engine.indexed())
