"""What is said of a file that can't be used is for people: no paths, and no names of codecs or exceptions."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import ingest
from ingest.intake.names import plain
from ingest.parser.errors import IngestError

INSIDE = re.compile(r"/\w|\\|utf|cp\d|latin|codec|errno|\b[A-Z]\w+Error\b", re.IGNORECASE)


def every_error(kind: type[IngestError] = IngestError) -> Iterator[type[IngestError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from every_error(each)


def test_no_message_names_what_only_programmers_know() -> None:
    for module in pkgutil.walk_packages(ingest.__path__, "ingest."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)
    said = {kind.__name__: kind.message for kind in every_error()}
    assert len(said) > 10
    assert not {name: message for name, message in said.items() if INSIDE.search(message)}


@pytest.mark.parametrize("name", ["Kari\u202eNordmann", "Ka\u200bri Nord\u00admann", "Kari Nordmann\u2066"])
def test_unseen_signs_are_dropped_from_names(name: str) -> None:
    assert plain(name).replace(" ", "") == "KariNordmann"
