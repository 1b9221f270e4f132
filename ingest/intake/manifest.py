"""What a manifest says of the files it lists: read from TOML, checked, never guessed silently.

The format is one `[[programme]]` table a file; `docs/importing.md` lists the keys.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingest.intake.store import Details
from ingest.parser.errors import IngestError
from programmes.models import LanguageCode, Level, Programme

LEVELS = tuple(Level.values)
KINDS = tuple(Programme.Kind.values)
STATUSES = tuple(Programme.Status.values)
LANGUAGES = tuple(LanguageCode.values)
READABLE_SUFFIXES = (".txt", ".pdf", ".md", ".html", ".htm", ".docx", ".odt")

KIND_OF_LEVEL = {"national": "parliamentary", "county": "county", "municipality": "municipal"}
"""The kind of programme that a branch writes where nothing else is said."""


class BadEntry(IngestError):
    """An entry of a manifest that cannot be imported as it stands."""


class BadManifest(IngestError):
    """A manifest that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One programme to import: where the file is, whose it is, and what it is."""

    path: Path
    party: str
    """Party code as in Norwegian election results."""
    branch: str
    """The chapter's own name."""
    level: str
    area: str | None
    """Municipality or county number that held when the period began; None for the national party."""
    details: Details


def read_manifest(path: Path) -> list[Entry | BadEntry]:
    """Return the entries of a manifest in its order; what is wrong with one stands in its place.

    Raises `BadManifest` where the file is missing, is not TOML or lists no programmes.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise BadManifest(f"Finner ikke manifestet {path}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadManifest(f"Manifestet {path} kan ikke leses: {error}.") from error
    tables = document.get("programme")
    if not isinstance(tables, list) or not tables:
        raise BadManifest(f"Manifestet {path} har ingen [[programme]].")
    entries: list[Entry | BadEntry] = []
    for index, table in enumerate(tables, start=1):
        try:
            entries.append(entry_from_table(table, folder=path.parent))
        except BadEntry as problem:
            name = table.get("file", f"nr. {index}") if isinstance(table, dict) else f"nr. {index}"
            entries.append(BadEntry(f"{name}: {problem}"))
    return entries


def entry_from_table(table: Any, *, folder: Path) -> Entry:
    """Return the entry that a manifest's table describes, or raise `BadEntry` with all that is wrong with it."""
    if not isinstance(table, dict):
        raise BadEntry("oppføringen er ikke en tabell.")
    wrong: list[str] = []

    def text(key: str, *, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            wrong.append(f"«{key}» mangler")
            return ""
        return value.strip()

    def choice(key: str, allowed: tuple[str, ...], *, default: str | None = None) -> str:
        value = text(key, default=default)
        if value and value not in allowed:
            wrong.append(f"«{key}» er {value!r}, men må være en av {', '.join(allowed)}")
        return value

    filename = text("file")
    path = (folder / filename).resolve()
    if filename and not path.is_relative_to(folder.resolve()):
        wrong.append("«file» peker ut av mappen til manifestet")
    elif filename and not path.is_file():
        wrong.append("filen finnes ikke")
    level = choice("level", LEVELS)
    area = table.get("area")
    if area is not None:
        area = str(area).strip()
    if level == "national" and area:
        wrong.append("et nasjonalt lag har ikke «area»")
    if level in ("county", "municipality") and not area:
        wrong.append("«area» (kommune- eller fylkesnummer) mangler")
    period = table.get("period")
    if (
        not isinstance(period, list)
        or len(period) != 2
        or not all(isinstance(year, int) and 1800 <= year <= 2200 for year in period)
        or period[0] > period[1]
    ):
        wrong.append("«period» må være to årstall, for eksempel [2023, 2027]")
        period = [0, 0]
    adopted = table.get("adopted")
    if adopted is not None and type(adopted) is not date:
        wrong.append("«adopted» må være en dato, for eksempel 2023-03-14")
    entry = Entry(
        path=path,
        party=text("party"),
        branch=text("branch"),
        level=level,
        area=area or None,
        details=Details(
            title=text("title"),
            kind=choice("kind", KINDS, default=KIND_OF_LEVEL.get(level, "parliamentary")),
            period_start=period[0],
            period_end=period[1],
            language=choice("language", LANGUAGES, default="nb"),
            status=choice("status", STATUSES, default="adopted"),
            adopted_on=adopted,
            source_url=text("source_url", default=""),
        ),
    )
    if wrong:
        raise BadEntry("; ".join(wrong) + ".")
    return entry
