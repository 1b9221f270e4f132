"""What another reader's text has of list entries, and how many of the right items are among them.

The rule is fair to a reader that knows lists and no programmes: every line that begins with a list mark is an
entry, whatever stands above it, and the lines below go with it until a blank line, a heading or the next mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.parser.language.rules import BULLETS, DASHES, PRIVATE
from tools.quality.scoring import key

_MARK = re.compile(rf"\s*(?:[{DASHES}*+]\s|[{BULLETS}{PRIVATE}]\s*|\d{{1,3}}[.)]\s)\s*(?=\S)")
_HEADING = re.compile(r"\s*#{1,6}\s")


def entries(text: str) -> list[str]:
    """Return the list entries of a plain text or Markdown, marks gone, lines joined by a space."""
    found: list[str] = []
    is_open = False
    for line in text.splitlines():
        if match := _MARK.match(line):
            found.append(line[match.end() :].strip())
            is_open = True
        elif not line.strip() or _HEADING.match(line):
            is_open = False
        elif is_open:
            found[-1] += f" {line.strip()}"
    return found


def recall(gold: Mapping[str, Any], found: Iterable[str]) -> float:
    """Return the share of the items asked for that are among the entries found, by letters and digits alone."""
    waiting = Counter(key(text) for text in found)
    asked = [item for item in gold["items"] if not item.get("optional")]
    hits = 0
    for item in asked:
        fair = (key(text) for text in (item["text"], *item.get("text_variants", ())))
        if known := next((text for text in fair if waiting[text]), ""):
            waiting[known] -= 1
            hits += 1
    return hits / len(asked) if asked else 1.0
