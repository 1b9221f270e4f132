"""The registers that programmes stand in: parties, areas, themes and the parties' national branches.

They are kept as readable files in `fixtures/registers/`, one row a line, and loaded by
`manage.py load_registers`. The file is the truth for the rows that it has; rows that it does not
have (the samples', or ones an administrator made) are left alone, and none is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models, transaction

from programmes.models import Area, Branch, Level, Party, Theme
from programmes.place_slugs import place_slugs
from programmes.register_files import REGISTERS, SAMPLE_REGISTERS, Row, read_los_words, read_rows

NATIONAL_SLUG = "nasjonalt"
"""The address of every party's national branch: `/lag/arbeiderpartiet/nasjonalt/`."""


class RegisterError(ValueError):
    """A register file does not hold together, with a sentence for the person who edits it."""


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the rows of one register."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)


class Counts(NamedTuple):
    """What became of each register; `successors` counts links between areas, where `updated` are links taken away."""

    parties: Count
    branches: Count
    areas: Count
    successors: Count
    themes: Count

    @property
    def changed(self) -> bool:
        """Whether anything in the database is other than before."""
        return any(count.created or count.updated for count in self)


def load_registers(*, samples: bool = False) -> Counts:
    """Bring the database in step with the register files and return what changed.

    One transaction, a fixed number of queries, and nothing written where nothing changed.
    `samples` adds the invented parties and areas of the demo.
    Raises RegisterError when a file names a county, successor or main theme that does not exist.
    """
    rows = read_rows([*sorted(REGISTERS.glob("*.toml")), *([SAMPLE_REGISTERS] if samples else [])])
    with transaction.atomic():
        parties = _load_parties(rows["party"])
        branches = _load_national_branches(rows["party"])
        areas = _load_areas(rows["area"])
        successors = _load_successors(rows["area"])
        themes = _load_themes(rows["theme"])
    return Counts(parties=parties, branches=branches, areas=areas, successors=successors, themes=themes)


def _sync(stored: models.QuerySet, key: tuple[str, ...], wanted: Iterable[Row]) -> Count:
    """Make the stored rows like the wanted ones, matched by the fields of `key`; rows not wanted stay as they are."""
    by_key = {tuple(getattr(row, name) for name in key): row for row in stored}
    new, changed, unchanged, names = [], [], 0, set()
    for row in wanted:
        old = by_key.get(tuple(row[name] for name in key))
        if old is None:
            new.append(stored.model(**row))
            continue
        different = {name for name, value in row.items() if getattr(old, name) != value}
        if not different:
            unchanged += 1
            continue
        for name in different:
            setattr(old, name, row[name])
        names |= different
        changed.append(old)
    if new:
        stored.model.objects.bulk_create(new)
    if changed:
        stored.model.objects.bulk_update(changed, sorted(name.removesuffix("_id") for name in names))
    return Count(len(new), len(changed), unchanged)


def _load_parties(rows: list[Row]) -> Count:
    """Load the parties."""
    return _sync(
        Party.objects.all(),
        ("code",),
        [
            {
                "code": row["code"],
                "slug": row["slug"],
                "name_nb": row["nb"],
                "name_nn": row["nn"],
                "short": row.get("short", ""),
                "also": row.get("also", []),
                "storting_since": row.get("storting_since"),
                "colour": row["colour"],
            }
            for row in rows
        ],
    )


def _load_national_branches(rows: list[Row]) -> Count:
    """Give each party its national branch, which has the party's name; local ones come with their programmes."""
    ids = dict(Party.objects.values_list("code", "id"))
    return _sync(
        Branch.objects.filter(level=Level.NATIONAL),
        ("party_id",),
        [
            {"party_id": ids[row["code"]], "level": Level.NATIONAL.value, "name": row["nb"], "slug": NATIONAL_SLUG}
            for row in rows
        ],
    )


def _load_areas(rows: list[Row]) -> Count:
    """Load the counties, and then the municipalities under the county of their time."""
    key = ("code", "valid_from")
    slugs = place_slugs(rows)
    counties = [row for row in rows if "county" not in row]
    count = _sync(
        Area.objects.filter(level=Level.COUNTY),
        key,
        [_area(row, slugs, level=Level.COUNTY, county_id=None) for row in counties],
    )
    ids = _area_ids(Level.COUNTY)
    municipalities = []
    for row in rows:
        if "county" in row:
            if (county_id := ids.get((row["county"], row["from"]))) is None:
                raise RegisterError(f"{row['name']}: det er ikke noe fylke {row['county']} fra {row['from']}.")
            municipalities.append(_area(row, slugs, level=Level.MUNICIPALITY, county_id=county_id))
    return count + _sync(Area.objects.filter(level=Level.MUNICIPALITY), key, municipalities)


def _area(row: Row, slugs: Mapping[tuple[str, date], str], *, level: Level, county_id: int | None) -> Row:
    """Return a row of the register as the fields of an area."""
    return {
        "code": row["code"],
        "name": row["name"],
        "slug": slugs[row["code"], row["from"]],
        "level": level.value,
        "county_id": county_id,
        "valid_from": row["from"],
        "valid_to": row.get("to"),
    }


def _area_ids(*levels: Level) -> dict[tuple[str, date], int]:
    """Return the ids of the areas by number and first day."""
    areas = Area.objects.filter(level__in=levels) if levels else Area.objects.all()
    return {(code, valid_from): id_ for id_, code, valid_from in areas.values_list("id", "code", "valid_from")}


def _load_successors(rows: list[Row]) -> Count:
    """Link each area to those that took over the day after its last."""
    ids = _area_ids()
    wanted = set()
    for row in rows:
        for code in row.get("successors", ()):
            if (successor := ids.get((code, row["to"] + timedelta(days=1)))) is None:
                raise RegisterError(f"{row['name']}: etterfølgeren {code} finnes ikke dagen etter {row['to']}.")
            wanted.add((ids[row["code"], row["from"]], successor))
    ours = {ids[row["code"], row["from"]] for row in rows}
    links = Area.successors.through.objects
    stored = {
        (from_id, to_id): id_
        for id_, from_id, to_id in links.values_list("id", "from_area_id", "to_area_id")
        if from_id in ours
    }
    new = sorted(wanted - stored.keys())
    gone = [stored[pair] for pair in stored.keys() - wanted]
    if new:
        links.bulk_create([links.model(from_area_id=from_id, to_area_id=to_id) for from_id, to_id in new])
    if gone:
        links.filter(id__in=gone).delete()
    return Count(len(new), len(gone), len(wanted) - len(new))


def _load_themes(rows: list[Row]) -> Count:
    """Load the main themes, and then the sub-themes under them."""
    los = read_los_words()
    mains = [_theme(row, None, los) for row in rows if "parent" not in row]
    count = _sync(Theme.objects.filter(parent=None), ("slug",), mains)
    ids = dict(Theme.objects.values_list("slug", "id"))
    subs = []
    for row in rows:
        if "parent" in row:
            if (parent_id := ids.get(row["parent"])) is None:
                raise RegisterError(f"Temaet {row['slug']}: det er ikke noe hovedtema {row['parent']}.")
            subs.append(_theme(row, parent_id, los))
    return count + _sync(Theme.objects.exclude(parent=None), ("slug",), subs)


def _theme(row: Row, parent_id: int | None, los: Mapping[str, list[str]]) -> Row:
    """Return a row of the register as the fields of a theme, with the words that Los and the row itself lead by."""
    return {
        "slug": row["slug"],
        "uri": row.get("uri", ""),
        "label_nb": row["nb"],
        "label_nn": row["nn"],
        "label_en": row["en"],
        "also": list(dict.fromkeys([*row.get("also", []), *los.get(row["slug"], [])])),
        "parent_id": parent_id,
    }
