"""Whom and where a caller means: parties by code or name, places by official number or name."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.mcp.archive import MOST_ROWS, Answer, Archive


@dataclass(frozen=True, slots=True)
class Meant:
    """Parties and places that were named, and the names that nobody has."""

    parties: tuple[Answer, ...] = ()
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each place's name with all its official numbers."""
    unknown: tuple[str, ...] = ()
    """Said of each name that the registers don't have."""

    @property
    def codes(self) -> list[str]:
        """The parties' codes in the register."""
        return [party["id"] for party in self.parties]

    @property
    def numbers(self) -> list[str]:
        """The places' official numbers."""
        return [number for _name, numbers in self.places for number in numbers]


def meant_by(archive: Archive, *, parties: list[str] | None, places: list[str] | None) -> Meant:
    """Return whom and where some names mean."""
    known, where, unknown = [], [], []
    for name in parties or ():
        party = party_called(archive, name)
        if party:
            known.append(party)
        else:
            unknown.append(f"No party in the archive's register is called «{name}».")
    for name in places or ():
        numbers = numbers_of(archive, name)
        if numbers:
            where.append((name, numbers))
        else:
            unknown.append(f"No municipality or county in the archive's register is called «{name}».")
    return Meant(tuple(known), tuple(where), tuple(unknown))


def party_called(archive: Archive, name: str) -> Answer | None:
    """Return the party with a code, a name or another name of it; None where nobody has it."""
    wanted = name.strip().casefold()
    for party in archive.parties():
        names = (party["id"], party["slug"], party["short"], party["name_nb"], party["name_nn"], *party["also"])
        if wanted in {str(each).casefold() for each in names}:
            return party
    return None


def numbers_of(archive: Archive, place: str) -> tuple[str, ...]:
    """Return the official numbers of a place, by its name or by one of them; none where there is no such place."""
    wanted = place.strip()
    if wanted.isdecimal():
        found = archive.get("/areas", number=[wanted], limit=MOST_ROWS)["items"]
    else:
        found = archive.get("/areas", name=wanted, limit=MOST_ROWS)["items"]
        found = [each for each in found if each["name"].casefold() == wanted.casefold()]
    return tuple(dict.fromkeys(each["number"] for each in found))
