"""Small inputs of one fault each with the right result beside them (`NAME.expected.json`), as ../shared has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tools.quality.documents import SHARED

CASES = SHARED / "cases" / "parse"
Element = dict[str, Any]


def cases(folder: Path = CASES) -> Iterator[tuple[Path, Element]]:
    """Yield each input with what is expected of it."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        for beside in (path.with_name(f"{path.name}.expected.json"), path.with_suffix(".expected.json")):
            if path.suffix != ".json" and beside.exists():
                yield path, json.loads(beside.read_text("utf-8"))
                break


def differences(expected: Element, parsed: Element) -> list[str]:
    """Return a line for each thing that is missing (-), too much (+) or otherwise (!); none where all is right.

    An expected element that is `optional` may be missing; `text_variants` and `lead_in_variants` are as right as the
    wording itself. What the expectation doesn't name is not judged, but for items.
    """
    judges_items = expected.get("items") or not expected.get("same_level")
    lines = _items(expected["items"], parsed["items"]) if judges_items else []
    sections = [section for section in parsed["sections"] if section["title"]]
    if expected.get("sections"):
        lines += _sections([section for section in expected["sections"] if section["title"]], sections)
    for group in expected.get("same_level", []):
        levels = {section["level"] for section in sections if section["title"] in group}
        if len(levels) != 1:
            lines.append(f"! {group}: levels {sorted(levels)}")
    for field, value in (expected.get("meta") or {}).items():
        if parsed["meta"].get(field) not in (value if isinstance(value, list) else [value]):
            lines.append(f"! meta {field} {parsed['meta'].get(field)!r}, not {value!r}")
    return lines


def _items(expected: Sequence[Element], found: Sequence[Element]) -> list[str]:
    lines, left, order = [], list(found), []
    for item in expected:
        texts = {item["text"], *item.get("text_variants", [])}
        lead_ins = {item["lead_in"], *item.get("lead_in_variants", [])}
        twin = next((one for one in left if one["text"] in texts and one["lead_in"] in lead_ins), None)
        if twin is None:
            lines += [] if item.get("optional") else [f"- item {(item['lead_in'], item['text'])}"]
            continue
        left.remove(twin)
        order.append(found.index(twin))
        if bool(twin.get("dissent")) != bool(item.get("dissent")):
            lines.append(f"! item {item['text']!r}: dissent {twin.get('dissent')!r}")
    lines += [f"+ item {(item['lead_in'], item['text'])}" for item in left]
    return lines if lines or order == sorted(order) else ["! items in another order"]


def _sections(expected: Sequence[Element], found: Sequence[Element]) -> list[str]:
    titles = [section["title"] for section in found]
    known = {section["title"] for section in expected}
    lines = [
        f"- section {section['title']!r}"
        for section in expected
        if section["title"] not in titles and not section.get("optional")
    ]
    lines += [f"+ section {title!r}" for title in titles if title not in known]
    for section in expected:
        twin = next((one for one in found if one["title"] == section["title"]), None)
        lines += [
            f"! section {section['title']!r}: {field} {twin.get(field)!r}, not {section[field]!r}"
            for field in ("number", "level")
            if twin and section.get(field) is not None and twin.get(field) != section[field]
        ]
    return lines
