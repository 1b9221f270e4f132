"""Check the quotations of an article against the published programmes, as JSON in the shape of CONTRACT.md."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.quotes import Checked, check_article, main_one
from programmes.quotes.as_json import nothing_quoted, verdicts_as_json


class Command(BaseCommand):
    help = "Check the quotations of an article (or of many passages with one each) against the published programmes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help='a text, or JSON [{"id", "text"}, …] with one quotation each')
        parser.add_argument("--engine", help="the haystack connection to ask (default: the configured one)")

    def handle(self, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']} can't be read: {error}") from error
        passages = _passages(text)
        if passages is None:
            answer: Any = verdicts_as_json(check_article(text, engine=options["engine"]))
        else:
            answer = {each["id"]: _of_one(check_article(each["text"], engine=options["engine"])) for each in passages}
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def _passages(text: str) -> list[dict[str, str]] | None:
    """Return the passages of a JSON file; None where it is a text. Raises CommandError for JSON of another shape."""
    if not text.lstrip().startswith("["):
        return None
    try:
        passages = json.loads(text)
    except ValueError:
        return None  # a text that begins with a bracket
    if not all(isinstance(each, dict) and {"id", "text"} <= each.keys() for each in passages):
        raise CommandError('The JSON is no list of {"id", "text"}.')
    return passages


def _of_one(checked: list[Checked]) -> dict[str, Any]:
    main = main_one(checked)
    return verdicts_as_json([main])[0] if main else nothing_quoted()
