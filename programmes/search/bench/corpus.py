"""An archive of any size for measuring: pledges recombined from those in the archive, in a database of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from programmes.models import Area, Branch, Level, Party, Passage, PassageTheme, Pledge, Programme, Section, Theme

PLEDGES_PER_PROGRAMME = 300
PARTIES = 12
THEMES = 18
YEARS = tuple(range(1999, 2027, 4))
CHUNK = 5000


@contextmanager
def own_database(size: int) -> Iterator[None]:
    """Give the process an empty migrated database beside the archive's, and drop it afterwards."""
    archive = connection.settings_dict["NAME"]
    name = f"{archive}_bench_{size}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    _connect(name)
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        _connect(archive)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _connect(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def real_pledges() -> list[tuple[str, str]]:
    """Return the text and lead-in of every published pledge."""
    return list(Pledge.objects.published().values_list("text", "lead_in"))


def recombined(pledges: list[tuple[str, str]], size: int) -> Iterator[tuple[str, str]]:
    """Yield `size` pledges, each the beginning of one and the end of another; the same ones every time."""
    chance = random.Random(size)  # noqa: S311 - chance that can be repeated
    for _number in range(size):
        (first, lead_in), (second, _other) = chance.choice(pledges), chance.choice(pledges)
        beginning, end = first.split(), second.split()
        cut = chance.randint(1, len(beginning)), chance.randint(0, max(len(end) - 1, 0))
        yield " ".join(beginning[: cut[0]] + end[cut[1] :]), lead_in


def fill(pledges: list[tuple[str, str]], size: int) -> None:
    """Fill the database with programmes of recombined pledges over parties, branches, years and themes."""
    chance = random.Random(size)  # noqa: S311 - as above
    themes = [
        Theme.objects.create(slug=f"tema-{number}", label_nb=f"Tema {number}", label_nn="", label_en="")
        for number in range(THEMES)
    ]
    branches = [branch for number in range(PARTIES) for branch in _branches(number, size)]
    texts = recombined(pledges, size)
    for number in range(-(-size // PLEDGES_PER_PROGRAMME)):
        programme, section = _programme(number, branches[number % len(branches)], chance.choice(YEARS))
        passages = [
            Passage(
                programme=programme,
                section=section,
                position=place,
                kind="pledge",
                text=text,
                lead_in=lead_in,
                page_first=1,
                page_last=1,
                line_first=place,
                line_last=place,
            )
            for place, (text, lead_in) in enumerate(islice(texts, PLEDGES_PER_PROGRAMME), 1)
        ]
        Passage.objects.bulk_create(passages)
        PassageTheme.objects.bulk_create(
            PassageTheme(passage=passage, theme=chance.choice(themes), is_main=True) for passage in passages
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _branches(number: int, size: int) -> list[Branch]:
    """Return a party's branches: enough that none has more than a few programmes."""
    party = Party.objects.create(
        code=f"P{number}", slug=f"parti-{number}", name_nb=f"Parti {number}", name_nn=f"Parti {number}"
    )
    count = max(1, min(356, size // PLEDGES_PER_PROGRAMME // PARTIES // 3))
    areas = [
        Area.objects.get_or_create(
            code=f"{place:04}",
            valid_from=date(1990, 1, 1),
            defaults={"name": f"Sted {place}", "slug": f"sted-{place}", "level": Level.MUNICIPALITY},
        )[0]
        for place in range(count)
    ]
    return Branch.objects.bulk_create(
        Branch(party=party, level=Level.MUNICIPALITY, area=area, name=f"Parti {number} {area.name}", slug=area.slug)
        for area in areas
    )


def _programme(number: int, branch: Branch, year: int) -> tuple[Programme, Section]:
    programme = Programme.objects.create(
        branch=branch,
        title=f"Program {number}",
        slug=f"program-{number}",
        kind="municipal",
        period_start=year,
        period_end=year + 4,
        filename=f"{number}.txt",
        sha256=f"{number:064x}",
        media_type="text/plain",
        publication="published",
        published_at=timezone.now(),
        parser_version="bench",
        parsed_at=timezone.now(),
    )
    section = Section.objects.create(
        programme=programme, position=1, level=1, title="Kapittel", slug="kapittel", page=1, line=1
    )
    return programme, section
