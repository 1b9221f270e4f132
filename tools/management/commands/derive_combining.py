"""`derive_combining`: count how often each form begins or ends the compounds of simplemma's dictionary."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from programmes.norwegian.lexicon import COMBINING, is_noun, lemmas

LEAST = 4
"""A form that begins and ends fewer compounds is not kept: most of those are accidents."""


class Command(BaseCommand):
    help = "Derive the table of combining forms from the dictionary; run it after an upgrade of simplemma."

    def handle(self, **options: Any) -> None:
        words = {lemma for lemma in lemmas("nb").values() if lemma.islower() and lemma.isalpha()}
        nouns = {lemma for lemma in words if is_noun(lemma)}
        first: Counter[str] = Counter()
        last: Counter[str] = Counter()
        for lemma in words:
            for cut in range(2, len(lemma) - 2):
                if lemma[cut:] in nouns:
                    first[lemma[:cut]] += 1
                    last[lemma[cut:]] += 1
        forms = sorted(form for form in first.keys() | last.keys() if max(first[form], last[form]) >= LEAST)
        rows = "".join(f"{form}\t{first[form]}\t{last[form]}\n" for form in forms)
        COMBINING.write_text(rows, encoding="utf-8")
        self.stdout.write(f"{len(forms)} forms")
