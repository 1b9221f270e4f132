"""How one wording differs from another, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both wordings have (`same`), or only the later (`added`) or the earlier (`removed`)."""

    kind: str
    text: str


def differences(earlier: str, later: str) -> list[Stretch]:
    """Return the later wording with what was added to and removed from the earlier one, in reading order."""
    old, new = earlier.split(), later.split()
    stretches = []
    for tag, old_first, old_last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            stretches.append(Stretch("same", " ".join(new[new_first:new_last])))
            continue
        if old_last > old_first:
            stretches.append(Stretch("removed", " ".join(old[old_first:old_last])))
        if new_last > new_first:
            stretches.append(Stretch("added", " ".join(new[new_first:new_last])))
    return stretches
