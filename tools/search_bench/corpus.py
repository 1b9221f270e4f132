"""An archive of any size for measuring: pledges recombined from real ones, in a database of their own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from haystack import connections as search_connections

from programmes.models import Area, Branch, Level, Party, Programme, Section, Theme
from tools.search_bench.questions import YEARS

PLEDGES_PER_PROGRAMME = 300
PARTIES = 12
THEMES = 18
SUB_THEMES = 54
CHUNK = 20_000
PledgeText = tuple[str, str]
"""Text and lead-in of a pledge."""


@contextmanager
def own_archive(suffix: str) -> Iterator[Path]:
    """Give the process an empty migrated database and a folder for the index; both are gone afterwards."""
    archive = connection.settings_dict["NAME"]
    name = f"{archive}_bench_{suffix}"
    index = settings.SEARCH_ENGINES["whoosh"]
    path = index["PATH"]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    _connect(name)
    try:
        with TemporaryDirectory() as folder:
            index["PATH"] = str(Path(folder) / "index")
            search_connections.reload("default")
            call_command("migrate", verbosity=0)
            yield Path(folder)
    finally:
        index["PATH"] = path
        search_connections.reload("default")
        _connect(archive)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _connect(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def real_pledges() -> list[PledgeText]:
    """Return real pledges: those judged in the folder `shared` beside the checkout, else those of the samples."""
    judged = settings.BASE_DIR.parent / "shared" / "gold" / "search" / "documents.jsonl"
    if judged.is_file():
        rows = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines()]
        return [(row["text"], row["lead_in"]) for row in rows]
    pledges: list[PledgeText] = []
    for file in sorted((settings.BASE_DIR / "fixtures" / "programmes").iterdir()):
        if file.is_file() and file.suffix != ".toml":
            printed = StringIO()
            call_command("parse", file, stdout=printed)
            pledges += [(item["text"], item["lead_in"]) for item in json.loads(printed.getvalue())["items"]]
    return pledges


def recombined(pledges: list[PledgeText], size: int) -> Iterator[PledgeText]:
    """Yield `size` pledges, each the beginning of one and the end of another; the same ones every time."""
    chance = random.Random(size)  # noqa: S311 - chance that can be repeated
    apart = [(text.split(), lead_in) for text, lead_in in pledges]
    for _number in range(size):
        (beginning, lead_in), (end, _other) = chance.choice(apart), chance.choice(apart)
        cut = chance.randint(1, len(beginning)), chance.randint(0, max(len(end) - 1, 0))
        yield " ".join(beginning[: cut[0]] + end[cut[1] :]), lead_in


def fill(pledges: list[PledgeText], size: int) -> None:
    """Fill the database with programmes of recombined pledges over parties, branches, years and themes."""
    branches = [branch for number in range(PARTIES) for branch in _branches(number, size)]
    sections = _sections(_programmes(branches, size))
    texts = enumerate(recombined(pledges, size))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with cursor.copy(
            "COPY programmes_passage (id, public_id, programme_id, section_id, position, kind, text, lead_in, number,"
            " marker, repaired, corrected, dissent, printed_page, printed_line, confidence, page_first, page_last,"
            " line_first, line_last) FROM STDIN"
        ) as copy:
            while rows := [_line(number, *text, sections) for number, text in islice(texts, CHUNK)]:
                copy.write("".join(rows))
        _give_themes(cursor)
        cursor.execute("ANALYZE")


def _line(number: int, text: str, lead_in: str, sections: list[tuple[int, int]]) -> str:
    """Return a pledge as a line of COPY's text format."""
    programme, section = sections[number // PLEDGES_PER_PROGRAMME]
    place = number % PLEDGES_PER_PROGRAMME + 1
    texts = "\t".join(value.replace("\\", "\\\\").replace("\t", " ") for value in (text, lead_in))
    empty = "\t" * 8  # from the number to the printed line
    return (
        f"{number + 1}\t{number:08}\t{programme}\t{section}\t{place}\tpledge\t{texts}{empty}1\t1\t1\t{place}\t{place}\n"
    )


def _give_themes(cursor: CursorWrapper) -> None:
    """Put every pledge under a theme, and each third under another one; the same ones every time."""
    mains = [
        Theme.objects.create(slug=f"tema-{number}", label_nb=f"Tema {number}", label_nn="", label_en="")
        for number in range(THEMES)
    ]
    subs = [
        Theme.objects.create(
            slug=f"deltema-{number}",
            label_nb=f"Deltema {number}",
            label_nn="",
            label_en="",
            parent=mains[number % THEMES],
        )
        for number in range(SUB_THEMES)
    ]
    for themes, is_main, every in ((mains, True, 1), (subs, False, 3)):
        cursor.execute(
            "INSERT INTO programmes_passagetheme (passage_id, theme_id, is_main, origin, reasons)"
            " SELECT id, (%s::bigint[])[1 + abs(mod(hashint8(id / %s), %s))], %s, 'automatic', '[]'"
            " FROM programmes_passage WHERE mod(id, %s) = 0",
            [[theme.pk for theme in themes], every, len(themes), is_main, every],
        )


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


def _programmes(branches: list[Branch], size: int) -> list[Programme]:
    chance = random.Random(size)  # noqa: S311 - as above
    programmes = []
    for number in range(-(-size // PLEDGES_PER_PROGRAMME)):
        year = chance.choice(YEARS)
        programmes.append(
            Programme(
                branch=branches[number % len(branches)],
                title=f"Program {number}",
                slug=f"program-{number}",
                kind="municipal",
                period_start=year,
                period_end=year + 4,
                filename=f"{number}.txt",
                sha256=f"{number:064x}",
                media_type="text/plain",
                status="adopted",
                publication="published",
                published_at=timezone.now(),
                parser_version="bench",
                parsed_at=timezone.now(),
                pledge_count=PLEDGES_PER_PROGRAMME,
            )
        )
    return Programme.objects.bulk_create(programmes)


def _sections(programmes: list[Programme]) -> list[tuple[int, int]]:
    """Give each programme its one section; return the ids of both."""
    sections = Section.objects.bulk_create(
        Section(programme=programme, position=1, level=1, title="Kapittel", slug="kapittel", page=1, line=1)
        for programme in programmes
    )
    return [(section.programme_id, section.pk) for section in sections]
