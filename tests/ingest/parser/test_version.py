"""Each parse says which parser made it, so that one command can find what another has read."""

from __future__ import annotations

import re

from ingest.models import StoredParse
from ingest.parser.as_json import from_wire, to_wire
from ingest.parser.parse import parse
from ingest.parser.version import parser_version
from programmes.models import Programme


def test_the_version_fits_where_it_is_kept() -> None:
    assert re.fullmatch(r"\d+\.\d+-[0-9a-f]{10}", parser_version())
    for model in (Programme, StoredParse):
        assert len(parser_version()) <= (model._meta.get_field("parser_version").max_length or 0)


def test_a_parse_tells_it_and_one_from_before_tells_none() -> None:
    parsed = parse("Skole\n\nFjordpartiet vil:\n• Bygge skole.\n".encode(), "program.txt")
    assert parsed.parser == parser_version()
    wire = to_wire(parsed)
    assert from_wire(wire) == parsed
    del wire["parser"]
    assert from_wire(wire).parser == ""
