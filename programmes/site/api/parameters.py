"""Parameters that several addresses take, described once."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

MOST_ROWS = 200
LONGEST = 200
"""Signs of a value."""
LONGEST_CURSOR = 600
MOST_VALUES = 30
"""Values of one filter."""

FIELDS_SAID = "Names of the fields wanted, parted by commas; all where none are named. The id always comes with them."


def apart(values: Any) -> Any:
    """Return values that commas part as a list: `id,text` as well as `fields=id&fields=text`."""
    if isinstance(values, list):
        return [part for value in values for part in (value.split(",") if isinstance(value, str) else [value])]
    return values


Word = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Words = Annotated[list[Word] | None, Field(min_length=1, max_length=MOST_VALUES)]
Year = Annotated[int, Field(ge=1800, le=2200)]


class Paged(Schema):
    """Which page of a list."""

    limit: int = Field(50, ge=1, le=MOST_ROWS, description="Rows of a page at most.", examples=[50])
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=LONGEST_CURSOR,
        description="`next` of the page before: the next page begins behind its last row. Opaque; leave it out for the "
        "first page.",
    )


Levels = Annotated[list[Literal["national", "county", "municipality"]] | None, Field(min_length=1, max_length=3)]


class OfProgrammes(Schema):
    """Which programmes, or which programmes' text."""

    party: Words = Field(None, description="Parties, by code in the register or by slug.", examples=[["SV"]])
    branch: Words = Field(None, description="Branches, as `party/branch`.", examples=[["sv/nasjonalt"]])
    area: Words = Field(
        None, description="Municipalities and counties, by official number, present or former.", examples=[["3403"]]
    )
    level: Levels = Field(None, description="Levels of government.")
    year: list[Year] | None = Field(
        None, min_length=1, max_length=MOST_VALUES, description="The years in which periods begin.", examples=[[2023]]
    )
    editions: Literal["newest", "all"] = Field(
        "newest", description="`all` takes in editions that a newer one has taken the place of."
    )
