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
