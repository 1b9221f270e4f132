"""The tool that searches."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.mcp.archive import Answer, Archive
from programmes.mcp.missing import listed, missing, programmes_of
from programmes.mcp.naming import Meant, meant_by
from programmes.mcp.quoting import quoted

BESIDE = 3
"""Paragraphs and headings that are named below the pledges."""
LIMITS_OF_A_ZERO = (
    "This says what stands in the programmes that the archive has. It says nothing of what a party thinks, has said "
    "elsewhere or has done: pass the zero on with its reason, and put nothing in its place."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for, and where."""

    query: str
    parties: list[str] | None = None
    places: list[str] | None = None
    years: list[int] | None = None
    theme: str | None = None
    part: str = "pledges"
    limit: int = 10
    cursor: str | None = None
    older_editions: bool = False


def search(archive: Archive, asked: Question) -> Answer:
    """Return what a search finds, every text verbatim with its source; of nothing found, why, and what is missing."""
    meant = meant_by(archive, parties=asked.parties, places=asked.places)
    if (asked.parties and not meant.parties) or (asked.places and not meant.places):
        return {
            "total": 0,
            "found": [],
            "searched": {"words": asked.query, "programmes": 0},
            **_zero(list(meant.unknown)),
        }
    found = archive.get(
        "/search",
        q=asked.query,
        party=meant.codes,
        area=meant.numbers,
        year=asked.years,
        theme=asked.theme,
        part={"text": "text", "sections": "chapters"}.get(asked.part, "pledges"),
        limit=asked.limit,
        cursor=asked.cursor,
        editions="all" if asked.older_editions else "newest",
    )
    told = _told(archive, found, asked)
    lacks = missing(archive, _also_named(archive, meant, found), _years(asked, found))
    if lacks:
        told["missing"] = lacks
    if not told["total"]:
        told |= _zero([_what_was_searched(archive, found, meant, asked), *lacks])
        told.pop("missing", None)
    return told


def _told(archive: Archive, found: Answer, asked: Question) -> Answer:
    """Return an answer of the API as the tool gives it."""
    beside = found["elsewhere"]
    hits = found["hits"] if asked.part == "pledges" else beside["hits"]
    kind = {"text": "prose", "sections": "section"}.get(asked.part)
    hits = [each for each in hits if kind in (None, each["kind"])]
    read_as = found["read_as"]
    searched: Answer = {"words": found["searched"], "programmes": found["searched_programmes"]}
    searched |= {
        f"read_as_{name}": read_as[name] for name in ("party", "branch", "area", "year", "theme") if read_as[name]
    }
    if read_as["relaxed"]:
        searched["words_left_out"] = read_as["relaxed"]
        searched["note"] = "Nothing has all the words: those left out were not searched for. Say so."
    if found["suggestion"]:
        searched["spelt_otherwise"] = f"What was typed has no hits; «{found['searched']}» was searched in its place."
    told: Answer = {
        "total": found["total"] if asked.part == "pledges" else len(hits) and beside["total"],
        "found": _in_full(archive, hits),
        "searched": searched,
    }
    if found["dissents"]:
        told["dissents"] = found["dissents"]
    if found["problems"]:
        told["problems"] = found["problems"]
    if asked.part == "pledges" and not asked.cursor and beside["hits"]:
        told["also_in_other_text"] = {
            "total": beside["total"],
            "first": [
                {"id": each["id"], "section": each["section"], "url": each["url"]} for each in beside["hits"][:BESIDE]
            ],
        }
    if found["same_matter"]:
        told["others_call_it"] = found["same_matter"]
    if found["next"]:
        told["more"] = found["next"]
    return told


def _in_full(archive: Archive, hits: list[Answer]) -> list[Answer]:
    """Return what was found with all that a quotation needs; headings by their titles."""
    wanted = [each["id"] for each in hits if each["kind"] != "section"]
    rows = archive.get("/passages", id=wanted, limit=len(wanted), editions="all")["items"] if wanted else []
    records = {row["id"]: row for row in rows}
    found = []
    for hit in hits:
        if hit["id"] in records:
            by = {"found_by": hit["by"]} if hit.get("by", "word") != "word" else {}
            found.append(quoted(records[hit["id"]]) | by)
        elif hit["kind"] == "section":
            names = (
                "id",
                "url",
                "text",
                "party",
                "party_name",
                "branch",
                "programme_title",
                "period",
                "status",
                "page",
            )
            found.append({"kind": "section", **{name: hit[name] for name in names}, "file_sha256": hit["file_sha256"]})
    return found


def _also_named(archive: Archive, meant: Meant, found: Answer) -> Meant:
    """Return whom and where the filters, the query itself and the words that were left out of it name."""
    read_as = found["read_as"]
    named = meant_by(archive, parties=[each for each in read_as["party"] if each not in meant.codes], places=None)
    places = meant.places
    for name in (*read_as["area"], *(read_as["relaxed"] or ())):
        more = meant_by(archive, parties=None, places=[name]).places
        places += tuple(each for each in more if each not in places)
    return Meant((*meant.parties, *named.parties), places, meant.unknown)


def _years(asked: Question, found: Answer) -> list[int]:
    named = [int(each) for each in found["read_as"]["year"] if str(each).isdecimal()]
    return list(dict.fromkeys([*(asked.years or ()), *named]))


def _what_was_searched(archive: Archive, found: Answer, meant: Meant, asked: Question) -> str:
    """Return in how many programmes nothing was found, and in which where they are few."""
    number = found["searched_programmes"]
    said = f"Nothing was found for «{found['searched']}» in {number} programmes"
    if number and (meant.parties or meant.places) and not asked.years:
        said += f" ({listed(programmes_of(archive, party=meant.codes, area=meant.numbers))})"
    return f"{said}."


def _zero(reasons: list[str]) -> Answer:
    return {"why_nothing": [*reasons, LIMITS_OF_A_ZERO]}
