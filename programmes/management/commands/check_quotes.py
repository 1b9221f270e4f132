"""Check the quotations of an article against the published programmes, as JSON in the shape of CONTRACT.md."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.models import Passage, Programme
from programmes.quotes import Checked, Verdict, check_article, main_one
from programmes.quotes.described import differs


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
            answer: Any = [as_json(each) for each in check_article(text, engine=options["engine"])]
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
    if main:
        return as_json(main)
    nothing = {"verdict": Verdict.NOT_FOUND.value, "held": True, "quote": "", "text": None, "source": None}
    return nothing | {"url": None, "differs": "", "owners": []}


def as_json(checked: Checked) -> dict[str, Any]:
    """Return a verdict in the shape of CONTRACT.md."""
    first = checked.passages[0] if checked.passages else None
    programmes = Programme.objects.with_branch().in_bulk(checked.owners)
    owners = [programmes[pk] for pk in checked.owners if pk in programmes]
    passage = Passage.objects.get(pk=first.pk) if first else None
    return {
        "verdict": checked.verdict.value,
        "held": checked.held,
        "quote": checked.quotation.text,
        "text": first.readable if first else None,
        "source": programmes[first.programme_id].filename if first else None,
        "url": passage.get_absolute_url() if passage else None,
        "differs": differs(checked),
        "owners": [
            {"party": each.branch.party.code, "branch": each.branch.name, "period": each.period} for each in owners
        ],
    }
