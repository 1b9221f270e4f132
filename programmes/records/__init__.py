"""What a published thing says to the outside, as a record with stable keys: one answer for files, API and tools.

`TABLES` names the fields of each kind of record. For each kind there are two functions: `published_…` gives the rows
that have a record, in the order of their records, to be narrowed and paged; `…_records` makes records of a page of
rows, in a number of queries that does not grow with it. Addresses are absolute, from the `base` that is given.
"""

from programmes.records.common import area_id, branch_id, programme_id
from programmes.records.kinds import Kind, kinds
from programmes.records.passages import pair_records, passage_records, published_pairs, published_passages
from programmes.records.programmes import programme_records, published_programmes, published_sections, section_records
from programmes.records.registers import (
    area_records,
    branch_records,
    party_records,
    published_areas,
    published_branches,
    published_parties,
    published_themes,
    theme_records,
)
from programmes.records.tables import TABLES, Field, Record, Table
