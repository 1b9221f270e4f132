"""The names of the register as patterns: endings and abbreviations by rule, nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.parser.language.party_names import PartyName, read_parties

REGISTER = """
[[party]]
code = "FJORD"
nb = "Fjordpartiet"
nn = "Fjordpartiet"
short = "FjP"
also = ["Det nye Fjordpartiet", "Kystens Venner"]
[[party]]
code = "HEI"
nb = "Partiet Heia"
nn = "Partiet Heia"
short = "PH"
[[party]]
code = "N"
nb = "Nordre"
nn = "Nørdre"
short = "N"
"""


@pytest.fixture
def parties(tmp_path: Path) -> dict[str, PartyName]:
    path = tmp_path / "parties.toml"
    path.write_text(REGISTER, encoding="utf-8")
    return {party.code: party for party in read_parties(path)}


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("FJORD", "Fjordpartiet, Fjordpartiets og Fjordparti", ["Fjordpartiet", "Fjordpartiets", "Fjordparti"]),
        ("FJORD", "Det nye Fjordpartiet", ["Det nye Fjordpartiet"]),
        ("FJORD", "Kystens Venners liste", ["Kystens Venners"]),
        ("FJORD", "FjP, Fjp, FjPs, men ikke FJP, fjp eller FjPX", ["FjP", "Fjp", "FjPs"]),
        ("HEI", "PH, PHs og Partiet Heia, men ikke Ph eller Heia", ["PH", "PHs", "Partiet Heia"]),
        ("N", "Nordres og Nørdre, men ikke nordre, Nordreisa eller N", ["Nordres", "Nørdre"]),
    ],
)
def test_a_party_is_found_by_its_names(parties: dict[str, PartyName], code: str, text: str, found: list[str]) -> None:
    assert re.findall(parties[code].pattern, text) == found


@pytest.mark.parametrize(
    ("code", "name"), [("FJORD", "Fjordparti"), ("FJORD", "FjP"), ("HEI", "Heia"), ("HEI", "PH"), ("N", "Nørdre")]
)
def test_a_chapter_bears_the_party_s_name_without_its_ending(
    parties: dict[str, PartyName], code: str, name: str
) -> None:
    assert re.fullmatch(parties[code].chapter, name)
    assert not re.fullmatch(parties[code].chapter, f"{name}et")
