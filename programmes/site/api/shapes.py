"""The shapes of records, made of the table of their fields: what a field means is said in one place for all doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from ninja import Schema
from pydantic import BeforeValidator, Field, create_model

from programmes.records import TABLES
from programmes.records import Field as FieldOfTable
from programmes.site.api.parameters import apart

OF_TYPE: dict[str, Any] = {
    "string": str,
    "text": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": Annotated[str, Field(json_schema_extra={"format": "date"})],
    "datetime": Annotated[str, Field(json_schema_extra={"format": "date-time"})],
    "uri": Annotated[str, Field(json_schema_extra={"format": "uri"})],
    "strings": list[str],
}
NAMES = {
    "parties": "Party",
    "areas": "Area",
    "branches": "Branch",
    "themes": "Theme",
    "programmes": "Programme",
    "sections": "Section",
    "passages": "Passage",
}
"""Table → what its records are called in the description."""


class Caution(Schema):
    """What must be known of words before they are quoted, in the caller's language."""

    kind: Literal["withdrawn", "dissent", "status", "replaced"]
    label: str
    sentence: str
    quoted: str = Field(description="The words of the source that name a dissent.")


def shape_of(table: str) -> Any:
    """Return the shape of a table's records: any field but the id may be left out, where others were asked for."""
    fields: dict[str, Any] = {field.name: _field(field) for field in TABLES[table].fields}
    return create_model(NAMES[table], __base__=Schema, __doc__=f"{TABLES[table].en}.", **fields)


def page_of_shape(table: str) -> Any:
    """Return the shape of a page of a table's records."""
    record: Any = SHAPES[table]
    return create_model(
        f"{NAMES[table]}Page",
        __base__=Schema,
        __doc__="A page of a list.",
        items=(list[record], ...),
        next=(str | None, Field(description="The cursor of the next page; null on the last.")),
    )


def selection_of(table: str) -> Any:
    """Return the type of a parameter that names fields of a table's records; one named twice is named."""
    names: Any = Literal[TABLES[table].names]
    return Annotated[list[names] | None, Field(min_length=1), BeforeValidator(apart)]


def _field(field: FieldOfTable) -> tuple[Any, Any]:
    kind = list[Caution] if field.name == "cautions" else OF_TYPE[field.type]
    about = f"{field.en} ({field.of})" if field.of else field.en
    if field.name == "id":
        return kind, Field(description=about)
    return (kind | None if field.null else kind), Field(None, description=about)


SHAPES = {table: shape_of(table) for table in NAMES}
PAGES = {table: page_of_shape(table) for table in NAMES}

if TYPE_CHECKING:  # what is made at run time is no type that a checker knows
    ProgrammeRecord: TypeAlias = Schema
    PassageRecord: TypeAlias = Schema
    PartyFields: TypeAlias = list[str] | None
    AreaFields: TypeAlias = list[str] | None
    BranchFields: TypeAlias = list[str] | None
    ThemeFields: TypeAlias = list[str] | None
    ProgrammeFields: TypeAlias = list[str] | None
    SectionFields: TypeAlias = list[str] | None
    PassageFields: TypeAlias = list[str] | None
else:
    ProgrammeRecord, PassageRecord = SHAPES["programmes"], SHAPES["passages"]
    PartyFields, AreaFields, BranchFields, ThemeFields = map(selection_of, ("parties", "areas", "branches", "themes"))
    ProgrammeFields, SectionFields, PassageFields = map(selection_of, ("programmes", "sections", "passages"))
