"""A reader's lines as the tests write them."""

from __future__ import annotations

from ingest.parser.document import RawDocument


def shown(document: RawDocument) -> list[str]:
    """Return each line as `tag[*][>indent] text`, * for bold; furniture as `(why) text`; no tag as `.`."""
    result = []
    for line in document.lines:
        if line.furniture:
            result.append(f"({line.furniture}) {line.text}")
            continue
        indent = f">{line.text_x:g}" if line.text_x else ""
        result.append(f"{line.tag or '.'}{'*' if line.style.bold else ''}{indent} {line.text}")
        assert line.text.startswith(line.marker)
        assert bool(line.marker) == (line.tag == "LI")
    return result
