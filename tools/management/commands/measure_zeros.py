"""`manage.py measure_zeros`: what a newsroom's headwords find, and where a zero is false."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tools.findability.archive import NEWSROOM, PROGRAMMES, files_and_kept, need_archive
from tools.findability.zeros import OUTCOMES, Asked, Headword, ask, by_party, read_headwords


class Command(BaseCommand):
    help = (
        "Search for each headword of a table (word, category, what the archive calls it), and count what is shown. A"
        " false zero shows nothing though the archive says something about it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", nargs="?", type=Path, default=NEWSROOM / "headwords.tsv", metavar="HEADWORDS.tsv")
        parser.add_argument("--by-party", default="", metavar="CATEGORY", help="ask each programme for a category")
        parser.add_argument("--files", type=Path, default=PROGRAMMES, metavar="FOLDER", help="the files (--by-party)")
        parser.add_argument("--show", type=int, default=20, metavar="N", help="list N of each fault (default: 20)")
        parser.add_argument("--engine", help="the engine to ask (default: the configured one)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        need_archive()
        headwords = read_headwords(options["table"])
        if options["by_party"]:
            self._by_party([one for one in headwords if one.category == options["by_party"] and one.called], options)
            return
        asked = [ask(one, engine=options["engine"]) for one in headwords]
        said = [one for one in asked if one.headword.called]
        silent = [one for one in asked if not one.headword.called and one.outcome != "nothing"]
        faults = {
            "false zeros": [one for one in said if one.is_false_zero],
            "shown, but not what the archive calls it": [
                one for one in said if not one.shows and not one.is_false_zero
            ],
            "hits though the archive is said to have nothing": silent,
        }
        if options["json"]:
            figures = {name: [one.headword.word for one in found] for name, found in faults.items()}
            outcomes = {"said": Counter(one.outcome for one in said), "asked": len(asked)}
            self.stdout.write(json.dumps(outcomes | figures, ensure_ascii=False, indent=1))
            return
        self._print(asked, said)
        for name, found in faults.items():
            base = len(asked) - len(said) if found is silent else len(said)
            self.stdout.write(f"{name}: {len(found)} of {base} ({len(found) / (base or 1):.2%})")
            for one in found[: options["show"]]:
                self.stdout.write(f"    {one.headword.word} [{one.outcome}] {'|'.join(one.headword.called)}")

    def _print(self, asked: list[Asked], said: list[Asked]) -> None:
        self.stdout.write(f"{'category':28}{'n':>6}" + "".join(f"{name:>17}" for name in OUTCOMES) + f"{'false':>7}")
        categories = list(dict.fromkeys(one.headword.category for one in asked))
        for category in [*categories, "ALL"]:
            of = [one for one in asked if category in ("ALL", one.headword.category)]
            counted = Counter(one.outcome for one in of)
            false = sum(one.is_false_zero for one in of)
            self.stdout.write(
                f"{category:28}{len(of):>6}" + "".join(f"{counted[n]:>17}" for n in OUTCOMES) + f"{false:>7}"
            )
        self.stdout.write(f"the archive says something about {len(said)} of {len(asked)}")

    def _by_party(self, headwords: list[Headword], options: dict[str, Any]) -> None:
        texts = [
            (kept.filters, "\n".join(" ".join(word.text for word in stretch) for stretch in source.stretches))
            for source, kept in files_and_kept([options["files"]])
            if kept.programme.branch.level == "national" and kept.programme.kind == "parliamentary"
        ]
        zeros = by_party(headwords, texts, engine=options["engine"])
        false = [(one, filters) for one, filters, said in zeros if said and one.outcome == "nothing"]
        told = sum(said and one.outcome != "nothing" for one, _filters, said in zeros)
        figures = {
            "asked": len(headwords) * len(texts),
            "without pledges": len(zeros),
            "told": told,
            "false": len(false),
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures, indent=1))
            return
        self.stdout.write("   ".join(f"{name}: {number}" for name, number in figures.items()))
        for one, filters in false[: options["show"]]:
            self.stdout.write(f"    {one.headword.word} / {filters.party[0]}: {'|'.join(one.headword.called)}")
