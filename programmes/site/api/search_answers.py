"""The shape of what a search answers, for the description of the API; `programmes.records.search_answers` makes it."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

Status = Literal["adopted", "proposal", "hearing", "unknown"]


class ThemeOf(Schema):
    """That words belong under a theme."""

    theme: str = Field(description="The theme's id: its slug.", examples=["helse-og-omsorg"])
    uri: str | None = Field(description="The theme's URI in Los; null for the archive's own themes.")
    is_main: bool = Field(description="Whether it is where a citizen would look for the words first.")


class Found(Schema):
    """Words that were found, with all that a quotation needs."""

    id: str = Field(description="Permanent id of the passage or section.", examples=["k7m2p9qa"])
    url: str = Field(description="Permanent address.")
    kind: Literal["pledge", "prose_pledge", "question", "prose", "section"]
    text: str = Field(description="The wording of the source, untouched: quote this.")
    readable_text: str | None = Field(
        None, description="The same with damage from text recognition or reading repaired; what the pages show."
    )
    snippet: str = Field(description="Words around what was found: escaped HTML, what was found in `<mark>`.")
    section: str = Field(description="Title of the section that it stands in.")
    section_id: str
    page: int = Field(description="Page of the file, from 1; a text file has one.")
    printed_page: str | None = Field(
        None, description="Page number that the source prints; empty where it prints none."
    )
    programme: str = Field(description="Name of the file.")
    programme_id: str = Field(description="`party/branch/programme` as /programmes/ takes it.")
    programme_title: str
    programme_url: str
    file_sha256: str = Field(description="SHA-256 of the file.")
    party: str = Field(description="Code in the register of parties.", examples=["SV"])
    party_name: str
    branch: str = Field(description="Name of the chapter; of a national programme the party's.")
    branch_id: str = Field(description="`party/branch` as /branches/ takes it.")
    level_of_government: Literal["national", "county", "municipality"]
    area: str | None = Field(description="Id of the branch's area; null for the whole country.")
    area_number: str | None = Field(description="Official number of the municipality or county.")
    period: str = Field(examples=["2023–2027"])
    status: Status = Field(description="How far the text was through the party's own process.")
    is_replaced: bool = Field(description="Whether a newer edition is published.")
    themes: list[ThemeOf]


class Hit(Found):
    """A pledge, question or dissent that was found."""

    by: str = Field(description="What of it was found: the word itself, the same thing by another name …")
    lead_in: str = Field(description="The words that introduce its list: quote them with it.")
    dissent: str = Field(description="The words that name a dissent or alternative: then it is not the party's pledge.")
    score: int


class Elsewhere(Schema):
    """Other text and headings with the words."""

    total: int
    hits: list[Found]


class Neighbour(Schema):
    """Another search about the same matter."""

    words: str
    total: int


class ReadAs(Schema):
    """What of the query was read as something else than words."""

    party: list[str]
    branch: list[str]
    area: list[str]
    year: list[str]
    theme: list[str]
    dropped: list[str] = Field(description="Words of a question's frame, which were not searched.")
    relaxed: list[str] | None = Field(description="Words left out, as nothing has all; null where none were.")


class Facets(Schema):
    """Values and how many hits each has, the most first: lists of `[value, count]`."""

    party: list[list[str | int]]
    branch: list[list[str | int]]
    year: list[list[str | int]]
    theme: list[list[str | int]]


class SearchAnswer(Schema):
    """The answer to a search."""

    query: str
    engine: str
    searched: str = Field(description="What was searched: the suggestion, where what was typed has no hits.")
    suggestion: str | None
    total: int = Field(description="Hits that are the party's own; dissents are not counted.")
    dissents: int = Field(description="Dissents and alternatives among the hits.")
    read_as: ReadAs
    problems: list[str] = Field(description="What is wrong with the query or its answer, in sentences: pass them on.")
    took_ms: float
    hits: list[Hit]
    elsewhere: Elsewhere
    same_matter: list[Neighbour]
    facets: Facets
    identifiers: dict[str, dict[str, Any]] = Field(
        description="For each facet what registers call its values: parties by code, chapters by the number of their "
        "area, themes by Los URI."
    )
    searched_programmes: int = Field(
        description="How many programmes were searched: those that the filters let through."
    )
    next: str | None = Field(description="The cursor of the next page of the part asked for; null on the last.")
