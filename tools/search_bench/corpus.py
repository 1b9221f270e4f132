"""An archive of any size for measuring: what programmes say, recombined from real ones, in a database of its own."""

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
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from haystack import connections as search_connections

from programmes.models import Area, Branch, Level, Party, Programme, Section, Theme
from tools.search_bench.questions import YEARS

STRETCH = 128
"""Passages among which each kind has its share, as the eleven real programmes have them: 100 pledges, of them 12 in
running text, 27 paragraphs and a dissent …"""
HEADINGS = 12
"""… and headings."""
STRETCHES_PER_PROGRAMME = 3
PLEDGES_PER_PROGRAMME = 100 * STRETCHES_PER_PROGRAMME
SENTENCES = 4
"""Sentences of a paragraph."""
THEMES = 18
SUB_THEMES = 54
CHUNK = 20_000
PARTIES = (
    *(("Granpartiet", "GrP"), ("Bjørkepartiet", "BjP"), ("Fjellpartiet", "FlP"), ("Elvepartiet", "ElP")),
    *(("Fjordpartiet", "FjP"), ("Kystpartiet", "KyP"), ("Dalpartiet", "DaP"), ("Bypartiet", "ByP")),
    *(("Bygdepartiet", "BgP"), ("Havnepartiet", "HaP"), ("Skogpartiet", "SkP"), ("Viddepartiet", "ViP")),
)
PLACE_BEGINNINGS = (
    *("Gran", "Bjørk", "Elve", "Fjord", "Furu", "Heste", "Kvern", "Lille", "Mølle", "Nord"),
    *("Rå", "Rev", "Skog", "Stein", "Sol", "Sør", "Ulve", "Vest", "Øst", "Ask"),
)
PLACE_ENDS = (
    *("vik", "dal", "nes", "sund", "voll", "berg", "heim", "ås", "mo"),
    *("lund", "havn", "bu", "sjø", "li", "bro", "stad", "tun", "øy"),
)
PLACES = [beginning + end for beginning in PLACE_BEGINNINGS for end in PLACE_ENDS]


class PledgeText(NamedTuple):
    """A pledge of a real programme."""

    text: str
    lead_in: str
    heading: str
    """The title that it stands under."""


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
        return [PledgeText(row["text"], row["lead_in"], row["section"]) for row in rows]
    pledges: list[PledgeText] = []
    for file in sorted((settings.BASE_DIR / "fixtures" / "programmes").iterdir()):
        if file.is_file() and file.suffix != ".toml":
            printed = StringIO()
            call_command("parse", file, stdout=printed)
            items = json.loads(printed.getvalue())["items"]
            pledges += [PledgeText(item["text"], item["lead_in"], item["section"]) for item in items]
    return pledges


def recombined(pledges: list[PledgeText], chance: random.Random) -> Iterator[PledgeText]:
    """Yield pledges, each the beginning of one and the end of another, and its heading likewise."""
    apart = [(pledge.text.split(), pledge.lead_in, pledge.heading.split()) for pledge in pledges]
    while True:
        (beginning, lead_in, title), (end, _other, subtitle) = chance.choice(apart), chance.choice(apart)
        text, heading = _mixed(beginning, end, chance), _mixed(title, subtitle, chance)
        yield PledgeText(text, lead_in, heading)


def _mixed(beginning: list[str], end: list[str], chance: random.Random) -> str:
    cut = chance.randint(min(len(beginning), 1), len(beginning)), chance.randint(0, max(len(end) - 1, 0))
    return " ".join(beginning[: cut[0]] + end[cut[1] :])


def _kind(place: int) -> str:
    """Return the kind of the passage at a place of a stretch; `dissent` for a pledge that is none of the party's."""
    if place == STRETCH - 1:
        return "dissent"
    if place % 5 == 4 or place in (0, 62):  # 27 paragraphs of 127
        return "prose"
    return "prose_pledge" if place % 8 == 6 else "pledge"


KINDS = tuple(map(_kind, range(STRETCH)))


def fill(pledges: list[PledgeText], size: int) -> None:
    """Fill the database with programmes of so many pledges, and what else stands in them; the same every time.

    `size` is counted up to whole stretches.
    """
    chance = random.Random(size)  # noqa: S311 - chance that can be repeated
    texts = recombined(pledges, chance)
    branches = [branch for number in range(len(PARTIES)) for branch in _branches(number, size)]
    stretches = -(-size // 100)
    sections = _sections(_programmes(branches, stretches), texts)
    lines = (
        _line(number, KINDS[number % STRETCH], texts, sections[number // STRETCH // STRETCHES_PER_PROGRAMME])
        for number in range(stretches * STRETCH)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with cursor.copy(
            "COPY programmes_passage (id, public_id, programme_id, section_id, position, kind, text, lead_in, dissent,"
            " number, marker, repaired, corrected, printed_page, printed_page_last, printed_line, confidence,"
            " page_first, page_last, line_first, line_last) FROM STDIN"
        ) as copy:
            while rows := list(islice(lines, CHUNK)):
                copy.write("".join(rows))
        _give_themes(cursor)
        _count(cursor)
        cursor.execute("ANALYZE")


def _line(number: int, kind: str, texts: Iterator[PledgeText], sections: list[tuple[int, int]]) -> str:
    """Return a passage as a line of COPY's text format."""
    place = number % (STRETCH * STRETCHES_PER_PROGRAMME)
    programme, section = sections[place * len(sections) // (STRETCH * STRETCHES_PER_PROGRAMME)]
    text, lead_in, _heading = next(texts)
    if kind == "prose":
        text = ". ".join([text, *(each.text for each in islice(texts, SENTENCES - 1))])
    if kind.startswith("prose"):
        lead_in = ""
    dissent = "Dissens" if kind == "dissent" else ""
    kind = "pledge" if dissent else kind
    written = "\t".join(value.replace("\\", "\\\\").replace("\t", " ") for value in (kind, text, lead_in, dissent))
    empty = "\t" * 8  # from the number to the printed line
    place += 1
    return f"{number + 1}\t{number:08}\t{programme}\t{section}\t{place}\t{written}{empty}1\t1\t1\t{place}\t{place}\n"


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
            " FROM programmes_passage WHERE mod(id, %s) = 0 AND kind <> 'prose'",
            [[theme.pk for theme in themes], every, len(themes), is_main, every],
        )


def _count(cursor: CursorWrapper) -> None:
    """Keep the counts that pages show, as `programmes.counts` does for one programme."""
    cursor.execute(
        "INSERT INTO programmes_programmetheme (programme_id, theme_id, pledge_count, prose_pledge_count)"
        " SELECT programme_id, theme_id, count(*), count(*) FILTER (WHERE kind = 'prose_pledge')"
        " FROM programmes_passagetheme t JOIN programmes_passage p ON p.id = t.passage_id"
        " WHERE dissent = '' GROUP BY 1, 2"
    )


def _branches(number: int, size: int) -> list[Branch]:
    """Return a party's branches: enough that none has more than a few programmes."""
    name, short = PARTIES[number]
    party = Party.objects.create(code=f"P{number}", slug=f"parti-{number}", name_nb=name, name_nn=name, short=short)
    chapters = max(1, min(356, size // PLEDGES_PER_PROGRAMME // len(PARTIES) // 3))
    areas = [
        Area.objects.get_or_create(
            code=f"{place:04}",
            valid_from=date(1990, 1, 1),
            defaults={"name": PLACES[place], "slug": f"sted-{place}", "level": Level.MUNICIPALITY},
        )[0]
        for place in range(chapters)
    ]
    return Branch.objects.bulk_create(
        Branch(party=party, level=Level.MUNICIPALITY, area=area, name=f"{area.name} {name}", slug=area.slug)
        for area in areas
    )


def _programmes(branches: list[Branch], stretches: int) -> list[Programme]:
    chance = random.Random(stretches)  # noqa: S311 - as above
    programmes = []
    for number in range(-(-stretches // STRETCHES_PER_PROGRAMME)):
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
                prose_pledge_count=KINDS.count("prose_pledge") * STRETCHES_PER_PROGRAMME,
            )
        )
    return Programme.objects.bulk_create(programmes)


def _sections(programmes: list[Programme], texts: Iterator[PledgeText]) -> list[list[tuple[int, int]]]:
    """Give each programme its headings; return for each the ids of programme and section."""
    found = []
    for programme in programmes:
        sections = Section.objects.bulk_create(
            Section(
                programme=programme,
                position=number,
                level=1,
                title=next(texts).heading,
                slug=f"kapittel-{number}",
                page=1,
                line=number,
            )
            for number in range(1, HEADINGS * STRETCHES_PER_PROGRAMME + 1)
        )
        found.append([(programme.pk, section.pk) for section in sections])
    return found
