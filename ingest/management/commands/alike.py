"""`alike`: what pledges are to each other, as JSON: of pairs, of one against the archive, of two editions."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.parser.errors import IngestError
from ingest.parser.parse import parse
from programmes.alike import upkeep
from programmes.alike.candidates import weights_of
from programmes.alike.editions import Edition, share_text, without
from programmes.alike.features import compare
from programmes.alike.judging import judge, rank
from programmes.alike.statements import Statement, read
from programmes.identity import letters
from programmes.models import Passage
from programmes.models.passages import ADDRESSED_AS_PLEDGES

MOST_RANKED = 150
"""Pledges that are compared for a list: more than for what is kept, since a list wants them all."""


class Command(BaseCommand):
    help = "Sier hva løfter er for hverandre, som JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--pairs", type=Path, metavar="FIL", help="par av løfter: [{id, a, b}, …]")
        what.add_argument(
            "--queries", type=Path, metavar="FIL", help="løfter som det skal finnes like til: [{id, query}, …]"
        )
        what.add_argument(
            "--editions", type=Path, metavar="FIL", help="hva som ble av løfter: [{id, item, side, other}, …]"
        )
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="så mange som mest for hvert løfte")
        parser.add_argument("--sources", type=Path, metavar="MAPPE", help="mappen som utgavene leses fra")

    def handle(self, *args: Any, **options: Any) -> None:
        given = options["pairs"] or options["queries"] or options["editions"]
        try:
            rows = json.loads(given.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{given} kunne ikke leses: {error}") from error
        if options["pairs"]:
            answer: dict[str, Any] = of_pairs(rows)
        elif options["queries"]:
            answer = of_queries(rows, options["limit"])
        elif options["sources"] is None:
            raise CommandError("--editions trenger --sources MAPPE.")
        else:
            answer = of_editions(rows, options["sources"])
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def of_pairs(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what b is, seen from a, for each pair."""
    weights = weights_of(upkeep.leaves_as_published())
    answer = {}
    for row in rows:
        judgement = judge(compare(_statement(row["a"]), _statement(row["b"]), weights))
        answer[row["id"]] = {"label": judgement.label, "score": round(judgement.score, 4), "differs": judgement.differs}
    return answer


def of_queries(rows: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    """Return for each pledge the published ones that are likest, the likest first, each wording once."""
    leaves = list(upkeep.leaves_as_published())
    weights = weights_of(leaves)
    stored: dict[str, int] = {}
    wanted = {letters(row["query"]["text"]) for row in rows}
    for passage in (
        Passage.objects.published().filter(kind__in=ADDRESSED_AS_PLEDGES).only("pk", "text", "corrected", "repaired")
    ):
        key = letters(passage.readable_text)
        if key in wanted:
            stored.setdefault(key, passage.pk)
    known = upkeep.statements_of(list(stored.values()))
    asked = [known.get(stored.get(letters(row["query"]["text"]), 0)) or _statement(row["query"]) for row in rows]
    answer = {}
    for row, statement, found in zip(rows, asked, upkeep.found_for(asked, leaves, weights, MOST_RANKED), strict=True):
        others = upkeep.statements_of([key for key, _score in found])
        top = found[0][1] if found else 1.0
        pairs = [(key, score, compare(statement, others[key], weights)) for key, score in found if key in others]
        pairs.sort(key=lambda each: -rank(each[2], each[1] / top))
        kept: dict[str, dict[str, Any]] = {}
        passages = Passage.objects.with_source().in_bulk([key for key, _score, _pair in pairs])
        for pk, _score, pair in pairs:
            passage = passages[pk]
            wording = letters(passage.readable_text)
            if wording == letters(row["query"]["text"]) or wording in kept or len(kept) == limit:
                continue
            judgement = judge(pair)
            kept[wording] = {
                "source": passage.programme.filename,
                "text": passage.readable_text,
                "label": judgement.label,
                "score": round(judgement.score, 4),
                "url": passage.get_absolute_url(),
            }
        answer[row["id"]] = list(kept.values())
    return answer


def of_editions(rows: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Return what became of each pledge in the other edition; both are read from their files."""
    names = {name for row in rows for name in (row["item"]["source"], row["other"])}
    items = {name: _items(folder / name) for name in sorted(names)}
    editions: dict[tuple[str, str], Edition] = {}
    as_printed = {(name, item["text"]): item["printed"] for name, of_file in items.items() for item in of_file}
    answer = {}
    for row in rows:
        removed = row.get("remove", {}).get("text")
        key = (row["other"], removed or "")
        if key not in editions:
            there = items[row["other"]]
            places = without([item["printed"] for item in there], removed)
            editions[key] = Edition(*([there[at][part] for at in places] for part in ("text", "lead_in", "section")))
        wording = letters(row["item"]["text"])
        own = next(
            (item for item in items[row["item"]["source"]] if wording in map(letters, (item["printed"], item["text"]))),
            row["item"],
        )
        texts = [[item["text"] for item in items[name]] for name in (row["item"]["source"], row["other"])]
        became = editions[key].became(
            own["text"], _statement(own), is_newer=row["side"] == "new", shares_text=share_text(*texts)
        )
        text = as_printed.get((row["other"], became.text or ""), became.text)
        answer[row["id"]] = {"status": became.status, "text": text}
    return answer


def _statement(row: dict[str, str]) -> Statement:
    return read(row["text"], lead_in=row.get("lead_in") or "", headings=row.get("section") or "")


def _items(path: Path) -> list[dict[str, str]]:
    """Return a file's pledges, as printed and as repaired, with lead-ins and headings.

    Raises CommandError where the file can't be read.
    """
    try:
        programme = parse(path)
    except OSError as error:
        raise CommandError(f"Filen {path} kunne ikke åpnes: {error.strerror}.") from error
    except IngestError as error:
        raise CommandError(str(error)) from error
    titles: dict[str, str] = {}
    for section in programme.sections:
        above = titles.get(section.parent or "", "")
        titles[section.id] = f"{above} > {section.title}".removeprefix(" > ")
    return [
        {
            "printed": item.text,
            "text": item.repaired or item.text,
            "lead_in": item.lead_in,
            "section": titles.get(item.section, ""),
        }
        for item in programme.items
    ]
