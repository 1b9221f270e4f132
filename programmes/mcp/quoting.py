"""Words of a programme as a tool hands them on: verbatim, with all that must go with a quotation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from programmes.mcp.archive import Answer

NOT_OWN = "Not the party's own pledge, but a dissent or an alternative: "


def quoted(record: Mapping[str, Any]) -> Answer:
    """Return a passage as tools give it, of its record in the API."""
    said: Answer = {
        "id": record["id"],
        "kind": record["kind"],
        "lead_in": record["lead_in"],
        "text": record["text"],
        **source_of(record),
        "section": record["section_title"],
        "section_id": record["section"],
        "page": page_of(record),
        "url": record["url"],
        "cautions": cautions_of(record),
        "theme": record["theme"],
    }
    if record["source_text"] != record["text"]:
        said["text_in_file"] = record["source_text"]
    said["source"] = source_line(said)
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def source_of(record: Mapping[str, Any]) -> Answer:
    """Return whose words something is, of any record that stands in a programme."""
    return {
        "party": record["party"],
        "party_name": record["party_name"],
        "branch": record["branch_name"],
        "programme": record["programme_title"],
        "programme_id": record["programme"],
        "period": period_of(record),
        "status": record["status"],
        "file_sha256": record["file_sha256"],
    }


def programme_told(record: Mapping[str, Any]) -> Answer:
    """Return a programme as tools give it."""
    said = {
        "id": record["id"],
        "title": record["title"],
        "party": record["party"],
        "party_name": record["party_name"],
        "branch": record["branch_name"],
        "level": record["level"],
        "period": period_of(record),
        "kind": record["kind"],
        "status": record["status"],
        "adopted_on": record["adopted_on"],
        "cautions": cautions_of(record),
        "pledges": record["pledge_count"] + record["prose_pledge_count"],
        "language": record["language"],
        "url": record["url"],
        "file_sha256": record["file_sha256"],
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def cautions_of(record: Mapping[str, Any]) -> list[str]:
    """Return what must be said with words that are quoted."""
    return [
        f"{NOT_OWN}{each['quoted'].rstrip('.')}." if each["kind"] == "dissent" else each["sentence"]
        for each in record["cautions"]
    ]


def period_of(record: Mapping[str, Any]) -> str:
    """Return the years of a programme: `2023–2027`."""
    first, last = record["period_start"], record["period_end"]
    return str(first) if last in (None, first) else f"{first}–{last}"


def page_of(record: Mapping[str, Any]) -> str:
    """Return where words stand: the page that the source prints, else the file's own, and the line of a text file."""
    first, last = record["printed_page"], record["printed_page_last"] or record["printed_page"]
    if not first:
        first, last = record["page_first"], record["page_last"]
    if first:
        return str(first) if first == last else f"{first}–{last}"
    return f"line {record['printed_line'] or record['line_first']}"


def source_line(said: Mapping[str, Any]) -> str:
    """Return the source in one line, to be given with a quotation."""
    page = said["page"] if said["page"].startswith("line") else f"p. {said['page']}"
    whose = said["party_name"] if said["branch"] == said["party_name"] else f"{said['party_name']}, {said['branch']}"
    period = "" if said["period"] in said["programme"] else f" {said['period']}"
    cautions = f" [{' '.join(said['cautions'])}]" if said["cautions"] else ""
    return f"{whose}: {said['programme']}{period} ({said['status']}), {page}{cautions}. {said['url']}"
