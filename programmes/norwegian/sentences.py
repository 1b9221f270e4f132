"""Where the sentences of a text begin."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(
    # The sign comes first: so Python looks for it alone, and behind it only where there is one.
    r"[.!?:](?<!\b\w.)(?<!\b(?:ca|nr|pr|jf|kl).)(?<!\bmill.)[»”\")]?\s+(?=[A-ZÆØÅ«\"“])"
)


def sentence_starts(text: str, after: str = ".!?") -> list[int]:
    """Return where the sentences of a text begin, but for the first; `after` are the signs that can end one."""
    return [match.end() for match in _BOUNDARY.finditer(text) if match[0][0] in after]
