"""`manage.py derive_los LOS.json`: cut Los down to what `ingest.parser.themes.sub_themes` and the register need.

Los is published by Digdir under NLOD 2.0 (https://data.norge.no/nlod/no/2.0); the file is its JSON form as
in `../shared/vocabulary/los.json`.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ingest.parser.themes.sub_themes import LOS, leads_astray
from programmes.register_files import LOS_WORDS


class Command(BaseCommand):
    help = "Write for the parser main theme → sub-theme → labels and words that lead to it; for the register the words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("los", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        concepts = json.loads(options["los"].read_text("utf-8"))["concepts"]
        mains = [concept for concept in concepts if concept["kind"] == "theme" and not concept["broader"]]
        derived = {
            slug(main): {
                slug(sub): {
                    "label": sub["label"],
                    "words": words_of(below(sub, concepts, "word"), "label"),
                    "helpers": words_of([sub, *below(sub, concepts, "word")], "alt"),
                }
                for sub in below(main, concepts, "theme")
            }
            for main in mains
        }
        LOS.write_text(json.dumps(derived, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        leading = {
            slug: [word for word in sorted({*sub["words"], *sub["helpers"]}) if not leads_astray(slug, word)]
            for subs in derived.values()
            for slug, sub in subs.items()
        }
        LOS_WORDS.write_text(json.dumps(leading, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        self.stdout.write(f"{sum(map(len, derived.values()))} sub-themes in {LOS}")


def slug(concept: dict[str, Any]) -> str:
    """Return the last part of a concept's address."""
    return str(concept["uri"]).rsplit("/", 1)[-1]


def below(concept: dict[str, Any], concepts: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return the concepts of a kind that stand right below another."""
    return [other for other in concepts if other["kind"] == kind and concept["uri"] in other["broader"]]


def words_of(concepts: list[dict[str, Any]], field: str) -> list[str]:
    """Return the bokmål and nynorsk words of a field, each once."""
    found: set[str] = set()
    for concept in concepts:
        for language in ("nb", "nn"):
            words = concept[field][language]
            found.update([words] if isinstance(words, str) else words)
    return sorted(found)
