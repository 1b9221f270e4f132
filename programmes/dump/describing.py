"""What says what the files of a dump hold: `datapackage.json`, the data dictionary, a page to read, the sums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from programmes.csv_lines import DELIMITER, csv_lines
from programmes.dump.formats import SQLITE
from programmes.dump.rights import licence, rights
from programmes.records import TABLES, Field, Table

DICTIONARY, PACKAGE, README, SUMS = "ordbok.csv", "datapackage.json", "LES-MEG.md", "SHA256SUMS"
TITLE = "Programarkivet"
PROFILE = "https://datapackage.org/profiles/2.0"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".json": "application/json",
    ".md": "text/markdown",
    "": "text/plain",
}
"""Ending of a file's name → its media type."""
_TYPES = {"text": "string", "uri": "string", "strings": "array", "json": "any"}
_READ = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(folder: Path, counts: Mapping[str, int], *, base: str) -> None:
    """Write what describes a folder's tables, and last the sums of all files. `counts` are the records of each."""
    rows = (
        (table.name, field.name, field.type, "ja" if field.null else "", field.of, field.nb, field.en)
        for table in TABLES.values()
        for field in table.fields
    )
    columns = ("tabell", "felt", "type", "kan_mangle", "viser_til", "norsk", "english")
    (folder / DICTIONARY).write_text("".join(csv_lines(columns, rows)), encoding="utf-8", newline="")
    (folder / README).write_text(_readme(counts, base), encoding="utf-8")
    package = json.dumps(_package(folder, counts, base), ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_text(f"{package}\n", encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())
    sums = "".join(f"{sha256_of(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(sums, encoding="utf-8")


def _package(folder: Path, counts: Mapping[str, int], base: str) -> dict[str, Any]:
    given = licence()
    licences = [{"name": given.name, "title": given.title, "path": given.path}] if given else []
    resources = [_resource(folder, table, counts[table.name]) for table in TABLES.values()]
    resources += [
        _file(folder, f"{table.name}.{ending}", f"{table.name}-{ending}", f"{table.nb} ({ending})")
        for ending in ("jsonl", "parquet")
        for table in TABLES.values()
    ]
    resources += [
        _file(folder, SQLITE, "sqlite", "Alle tabellene i én database, med fulltekstsøk i avsnittene"),
        _file(folder, DICTIONARY, "dictionary", "Hvert felt i hver tabell, på norsk og engelsk"),
    ]
    return {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": "programarkivet",
        "title": TITLE,
        "description": f"{rights('nb')}\n\n{rights('en')}",
        "homepage": f"{base}/",
        **({"licenses": licences} if licences else {}),
        "keywords": ["partiprogram", "valg", "politikk", "Norge", "election manifestos"],
        "resources": resources,
    }


def _file(folder: Path, name: str, known_as: str, title: str) -> dict[str, Any]:
    path = folder / name
    return {
        "name": known_as.replace("_", "-"),
        "path": name,
        "title": title,
        "format": path.suffix.removeprefix("."),
        "mediatype": MEDIA_TYPES[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
    }


def _resource(folder: Path, table: Table, count: int) -> dict[str, Any]:
    """Return a table as CSV, with its schema; the other formats have the same fields."""
    foreign = [
        {"fields": [field.name], "reference": {"resource": f"{field.of}-csv".replace("_", "-"), "fields": ["id"]}}
        for field in table.fields
        if field.of and field.type == "string"
    ]
    return _file(folder, f"{table.name}.csv", f"{table.name}-csv", table.nb) | {
        "profile": "tabular-data-resource",
        "description": table.en,
        "encoding": "utf-8",
        "dialect": {"delimiter": DELIMITER, "doubleQuote": True},
        "rowcount": count,
        "schema": {
            "$schema": f"{PROFILE}/tableschema.json",
            "fields": list(map(_described, table.fields)),
            "primaryKey": list(table.key),
            "missingValues": [""],
            **({"foreignKeys": foreign} if foreign else {}),
        },
    }


def _described(field: Field) -> dict[str, Any]:
    form = {"format": "uri"} if field.type == "uri" else {}
    always = {} if field.null or field.type in ("string", "text") else {"constraints": {"required": True}}
    kind = _TYPES.get(field.type, field.type)
    return {"name": field.name, "type": kind, **form, "title": field.nb, "description": field.en, **always}


def _readme(counts: Mapping[str, int], base: str) -> str:
    tables = "\n".join(
        f"| `{table.name}` | {counts[table.name]} | {table.nb} | {table.en} |" for table in TABLES.values()
    )
    return f"""# {TITLE}

Alt som er publisert på {base}/ / Everything that is published at {base}/

| tabell | rader | | |
|---|--:|---|---|
{tables}

Hver tabell finnes som `.csv` (`;` mellom cellene, UTF-8), `.jsonl` (en post på hver linje) og `.parquet`; `{SQLITE}`
har alle, med fulltekstsøk (`passages_fts`), og kan åpnes i Datasette. `{DICTIONARY}` forklarer hvert felt, `{PACKAGE}`
det samme for maskiner. I CSV har celler som et regneark ville tatt for en formel, en apostrof foran; de andre
formatene har ordene nøyaktig som de er. `sha256sum -c {SUMS}` viser om filene er hele. `manage.py load_dump` fyller
et tomt arkiv.

Each table is there as `.csv`, `.jsonl` and `.parquet`; `{SQLITE}` has them all, with full-text search. `{DICTIONARY}`
explains every field. In CSV an apostrophe stands before a cell that a spreadsheet would take for a formula; the other
formats have the words exactly as they are.

Før et løfte siteres: `lead_in` må med, `cautions` sier hva leseren må vite, `url` er den faste adressen.
Before a pledge is quoted: `lead_in` goes with it, `cautions` says what readers must know, `url` is its
permanent address.

## Rettigheter / Rights

{rights("nb")}

{rights("en")}
"""
