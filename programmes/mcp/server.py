"""The MCP server: six tools that read, what each is told to a model as, and the two ways to speak to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations
from pydantic import Field

from programmes.mcp import comparing, getting, quotes, searching
from programmes.mcp import coverage as covering
from programmes.mcp.archive import Archive

NAME = "programarkivet"
INSTRUCTIONS = """\
Programarkivet is an archive of Norwegian party programmes (partiprogrammer): what parties and their local branches
(lag) promised before elections, in their own words. These tools read what it has published, and change nothing.

When you use an answer:
- Quote only what stands in `text`, letter for letter, in Norwegian; a translation is yours and must say so. `lead_in`
  (innledning) belongs to it: a pledge (løfte) under «Vi vil ikke:» means the opposite of its words.
- Give the source with every quotation: party, branch, programme and period, page and `url`, as `source` has them.
- Say every sentence of `cautions` (forbehold) with the words: a proposal (forslag) is not adopted, a dissent (dissens)
  is not the party's own, an older edition has been replaced.
- A zero is an answer. Where `why_nothing` or `missing` stands, pass it on with its reason: that the archive has no
  programme of a party says nothing of what the party wants. Never fill the gap from memory.
- `more` is a cursor: give it as `cursor` with the same arguments to get the next page.

Words: parti = party, lag = branch or chapter, program = programme, løfte = pledge, innledning = lead-in, kapittel =
section, tema = theme, dekning = coverage, kommune = municipality, fylke = county. Search in Norwegian words.
"""
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
MOST = 25
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str | None, Field(description="`more` of the answer before, with the same arguments.")]
Names = Annotated[list[str] | None, Field(max_length=6)]
Theme = Annotated[str | None, Field(description="Slug or Los URI of a theme (tema), e.g. `helse-og-omsorg`.")]
Tool = TypeVar("Tool", bound=Callable[..., Any])


def server_for(archive: Archive, *, version: str = "") -> MCPServer[Any]:
    """Return the server of an archive, its tools registered."""
    server: MCPServer[Any] = MCPServer(
        NAME,
        title="Programarkivet",
        instructions=INSTRUCTIONS,
        website_url=archive.address,
        version=version,
        log_level="WARNING",
        subscriptions=False,
    )

    def tool(title: str) -> Callable[[Tool], Tool]:
        return server.tool(title=title, annotations=READ_ONLY)

    @tool("Search pledges (søk)")
    def search(
        query: Annotated[str, Field(max_length=300, description='Norwegian words; "a phrase", OR, -without, begin*.')],
        party: Annotated[Names, Field(description="Parties, by code (SV, A) or name.")] = None,
        place: Annotated[
            Names, Field(description="Municipalities or counties (kommune, fylke), by name or number.")
        ] = None,
        year: Annotated[list[int] | None, Field(max_length=10, description="Years in which periods begin.")] = None,
        theme: Theme = None,
        part: Annotated[
            Literal["pledges", "text", "sections"],
            Field(description="Pledges (løfter), other running text, or headings (kapitler)."),
        ] = "pledges",
        limit: Limit = 10,
        cursor: Cursor = None,
        older_editions: bool = False,
    ) -> dict[str, Any]:
        """Search what Norwegian parties promise, in all inflections and in both written languages.

        Answers the pledges found, best first, each verbatim with its source. `searched` says what was searched and what
        was left out; `missing` which of the parties and places named the archive has no programme of; for nothing
        found, `why_nothing`: pass it on.
        """
        asked = searching.Question(query, party, place, year, theme, part, limit, cursor, older_editions)
        return searching.search(archive, asked)

    @tool("Get a pledge, section or programme")
    def get(
        what: Annotated[
            str, Field(max_length=300, description="`id` or `url` of something found, or party/branch/programme.")
        ],
        also: Annotated[
            list[Literal["history", "alike"]],
            Field(description="Of a pledge: its earlier and later wording, and pledges like it or against it."),
        ] = [],  # noqa: B006 (the SDK makes a schema of it, and nobody changes it)
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> dict[str, Any]:
        """Get a pledge (løfte), other text (avsnitt), a section (kapittel) with its text, or a programme's outline."""
        return getting.get(archive, what, also=list(also), limit=limit, cursor=cursor)

    @tool("Compare parties (sammenlign)")
    def compare(
        sides: Annotated[
            list[str],
            Field(
                min_length=2, max_length=4, description="Each `sv`, `sv/2021`, `sv/hamar`, or a name: «Hamar Ap 2019»."
            ),
        ],
        query: Annotated[str | None, Field(max_length=300, description="Norwegian words to compare on.")] = None,
        theme: Theme = None,
        limit: Annotated[int, Field(ge=1, le=10, description="Rows, and pledges of each side alone.")] = 5,
    ) -> dict[str, Any]:
        """Set two to four parties, branches or years side by side: what they share on a subject, what one has alone."""
        return comparing.compare(archive, sides, query=query, theme=theme, limit=limit)

    @tool("Changes since last time (endringer)")
    def changes(
        programme: Annotated[str | None, Field(description="party/branch/programme, or its address.")] = None,
        party: Annotated[
            str | None, Field(description="In its place: a party, whose newest programme is taken.")
        ] = None,
        place: Annotated[str | None, Field(description="With `party`: the municipality or county.")] = None,
        since: Annotated[str | None, Field(description="Last part of the id of what it is compared with.")] = None,
        became: Annotated[
            list[Literal["new", "reworded", "gone", "kept"]] | None, Field(description="All kinds if left out.")
        ] = None,
        theme: Theme = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> dict[str, Any]:
        """Tell what became of each pledge since the programme before: new, reworded, gone or kept, with counts."""
        return comparing.changes(
            archive,
            programme=programme,
            party=party,
            place=place,
            since=since,
            became=list(became) if became else None,
            theme=theme,
            limit=limit,
            cursor=cursor,
        )

    @tool("What the archive has and lacks (dekning)")
    def coverage(
        party: Annotated[str | None, Field(description="Code or name.")] = None,
        place: Annotated[str | None, Field(description="Municipality or county, by name or number.")] = None,
        year: Annotated[int | None, Field(ge=1800, le=2200, description="A year within the period.")] = None,
    ) -> dict[str, Any]:
        """Tell which programmes there are of a party, a place or a year, and what is missing. Ask before you say no."""
        return covering.coverage(archive, party=party, place=place, year=year)

    @tool("Check quotations (sitatsjekk)")
    def check_quotes(
        text: Annotated[
            str,
            Field(
                min_length=1, max_length=60_000, description="An article, or a quotation in «» with its party named."
            ),
        ],
    ) -> dict[str, Any]:
        """Check every quotation of a text against the programmes, word by word. Nothing of the text is kept."""
        return quotes.check_quotes(archive, text)

    return server
