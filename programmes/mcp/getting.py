"""The tool that gets one thing by its id or address: a pledge, other text, a section, a programme."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mcp.server.mcpserver.exceptions import ToolError

from programmes.mcp.archive import Answer, Archive, Refused
from programmes.mcp.quoting import programme_told, quoted, source_of

ALIKE = 6
"""Pledges like one that are told."""
SECTIONS = 100
"""Sections of a programme that are told at once."""
_ID = re.compile(r"[a-z0-9]{6,8}")
_PROGRAMME = re.compile(r"[\w-]+/[\w-]+/[\w-]+")
_PASSAGE_AT = re.compile(r"/(?:lofte|avsnitt)/([a-z0-9]+)/")
_SECTION_AT = re.compile(r"/kapittel/([a-z0-9]+)/")
_PROGRAMME_AT = re.compile(r"/program/([\w-]+/[\w-]+/[\w-]+)/")
NO_ADDRESS = (
    "«{what}» is no id or address of the archive. Give the `id` or `url` of something found, or a programme as "
    "party/branch/programme."
)
GONE = 410


def get(archive: Archive, what: str, *, also: list[str], limit: int, cursor: str | None) -> Answer:
    """Return a passage, section or programme by its id or its permanent address. Raises ToolError."""
    what = what.strip()
    path = urlsplit(what).path if "://" in what else what
    if match := _PASSAGE_AT.match(path):
        return _passage(archive, match[1], also)
    if match := _SECTION_AT.match(path):
        return _section(archive, match[1], limit, cursor)
    if match := _PROGRAMME_AT.match(path):
        return _programme(archive, match[1], cursor)
    if _PROGRAMME.fullmatch(what):
        return _programme(archive, what, cursor)
    if not _ID.fullmatch(what):
        raise ToolError(NO_ADDRESS.format(what=what[:200]))
    try:
        return _passage(archive, what, also)
    except Refused as refused:
        if refused.status == GONE:
            raise
    return _section(archive, what, limit, cursor)


def _passage(archive: Archive, public_id: str, also: list[str]) -> Answer:
    """Return a passage; `also` its history, and what other programmes have that is like it or against it."""
    told = quoted(archive.get(f"/passages/{public_id}"))
    if "history" in also:
        history = archive.get(f"/passages/{public_id}/history")["editions"]
        told["history"] = [
            {"earlier" if each["is_before"] else "later": quoted(each["passage"]), "same_words": each["is_same"]}
            for each in history
        ] or "The archive ties it to no pledge of the branch's programme before or after."
    if "alike" in also:
        alike = archive.get(f"/passages/{public_id}/alike")["alike"]
        told["alike"] = [
            {"is": each["label"], "sureness": each["score"], **quoted(each["passage"])} for each in alike[:ALIKE]
        ] or "The archive has found none that is like it."
    return told


def _section(archive: Archive, public_id: str, limit: int, cursor: str | None) -> Answer:
    """Return a section and the text that stands right under it."""
    record = archive.get(f"/sections/{public_id}")
    page = archive.get("/passages", section=public_id, limit=limit, cursor=cursor)
    told = {
        "kind": "section",
        "id": record["id"],
        "title": record["title"],
        "number": record["number"],
        "url": record["url"],
        **source_of(record),
        "cautions": [each["sentence"] for each in record["cautions"]],
        "text": [quoted(each) for each in page["items"]],
    }
    if not page["items"]:
        told["note"] = "No text stands right under this heading; sub-sections have their own ids in the programme."
    return told | ({"more": page["next"]} if page["next"] else {})


def _programme(archive: Archive, name: str, cursor: str | None) -> Answer:
    """Return a programme with its outline."""
    told = programme_told(archive.get(f"/programmes/{name}"))
    fields = "id,number,title,level,page"
    page = archive.get("/sections", programme=name, limit=SECTIONS, cursor=cursor, fields=fields)
    told["sections"] = [
        {key: value for key, value in each.items() if value not in (None, "")} for each in page["items"]
    ]
    return told | ({"more": page["next"]} if page["next"] else {})
