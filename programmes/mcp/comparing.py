"""The tools that set programmes side by side: several parties on a subject, and a programme with the one before."""

from __future__ import annotations

from mcp.server.mcpserver.exceptions import ToolError

from programmes.mcp.archive import Answer, Archive
from programmes.mcp.missing import missing, programmes_of
from programmes.mcp.naming import Meant, meant_by
from programmes.mcp.quoting import cautions_of, programme_told, quoted
from programmes.mcp.searching import LIMITS_OF_A_ZERO

FEWEST = 2
ALIKENESS = "The likeness was found by a machine and may be wrong: read both texts before you say that they agree."


def compare(archive: Archive, sides: list[str], *, query: str | None, theme: str | None, limit: int) -> Answer:
    """Return what sides share on a subject, and what each has alone: `limit` rows, and so many of each side."""
    if bool(query) == bool(theme):
        raise ToolError("Give either `query` (words) or `theme` (a theme's slug or Los URI), and not both.")
    if len(sides) < FEWEST:
        raise ToolError("Give two to four sides.")
    found = archive.get("/compare", side=sides, q=query, theme=theme)
    told: Answer = {
        "subject": found["subject"],
        "url": found["page_url"],
        "sides": [_side(each) for each in found["sides"]],
        "shared_total": len(found["shared"]),
        "shared": [
            {
                "alike": row["label"] if row["is_sure"] else "resembles",
                "pledges": [quoted(each) for own in row["pledges"] for each in own],
            }
            for row in found["shared"][:limit]
        ],
        "alone": [
            {"side": side["side"], "total": len(own), "first": [quoted(each) for each in own[:limit]]}
            for side, own in zip(found["sides"], found["alone"], strict=True)
        ],
        "note": ALIKENESS,
    }
    lacks = [
        f"The archive has no such programme of {each['name']}: nothing was searched, and nothing can be said of it."
        for each in found["sides"]
        if not each["programmes"]
    ]
    silent = [each["name"] for each in found["sides"] if each["programmes"] and not each["pledges"]]
    lacks += [f"Nothing was found on {found['subject']} in the programme of {name}." for name in silent]
    if lacks:
        told["why_nothing"] = [*lacks, LIMITS_OF_A_ZERO]
    return told


def _side(side: Answer) -> Answer:
    return {
        "side": side["side"],
        "name": side["name"],
        "party": side["party"],
        "pledges": side["pledges"],
        "programmes": [
            {"id": each["id"], "title": each["title"], "status": each["status"], "cautions": cautions_of(each)}
            for each in side["programmes"]
        ],
    }


def changes(
    archive: Archive,
    *,
    programme: str | None,
    party: str | None,
    place: str | None,
    since: str | None,
    became: list[str] | None,
    theme: str | None,
    limit: int,
    cursor: str | None,
) -> Answer:
    """Return what became of each pledge since the programme before; `programme`, or a party's newest at a place."""
    if programme is None:
        if party is None:
            raise ToolError("Give `programme` (party/branch/programme), or `party`, and `place` for a local one.")
        meant = meant_by(archive, parties=[party], places=[place] if place else None)
        programme = _newest(archive, meant, is_local=place is not None)
        if programme is None:
            reasons = missing(archive, meant) or [f"The archive has no national programme of {party}."]
            return {"total": 0, "changes": [], "why_nothing": [*reasons, LIMITS_OF_A_ZERO]}
    name = programme.partition("/program/")[2].strip("/") if "/program/" in programme else programme
    found = archive.get(
        f"/programmes/{name}/changes", since=since, became=became, theme=theme, limit=limit, cursor=cursor
    )
    told: Answer = {
        "programme": programme_told(found["programme"]),
        "since": programme_told(found["since"]) if found["since"] else None,
        "counts": found["counts"],
        "changes": [_change(each) for each in found["items"]],
    }
    if found["since"] is None:
        said = "The archive has no earlier programme of this branch: what changed can't be told."
        told["why_nothing"] = [said, LIMITS_OF_A_ZERO]
    elif not found["items"]:
        told["why_nothing"] = ["Between these two programmes no pledge became what was asked for.", LIMITS_OF_A_ZERO]
    if found["may_be_compared_with"]:
        told["may_be_compared_with"] = [each["id"] for each in found["may_be_compared_with"]]
    return told | ({"more": found["next"]} if found["next"] else {})


def _newest(archive: Archive, meant: Meant, *, is_local: bool) -> str | None:
    """Return the id of a party's newest programme, for the country or at a place; None where there is none."""
    if not meant.parties or (is_local and not meant.places):
        return None
    programmes = programmes_of(archive, party=meant.codes, area=meant.numbers)
    own = [
        each
        for each in programmes
        if (is_local or each["level"] == "national") and each["kind"] in ("parliamentary", "county", "municipal")
    ]
    newest = max(own, key=lambda each: (each["period_start"], each["status"] == "adopted"), default=None)
    return newest["id"] if newest else None


def _change(change: Answer) -> Answer:
    told: Answer = {"became": change["became"]}
    told |= {name: quoted(change[name]) for name in ("later", "earlier") if change[name]}
    if change["nearest"]:
        told["nearest"] = {"is": change["nearest"]["label"], **quoted(change["nearest"]["passage"])}
    return told
