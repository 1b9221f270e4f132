"""`derive_name_words`: write the family of each word of the names in our tables, which web processes only read."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from programmes.norwegian import groups, synonyms
from programmes.norwegian.synonyms import NAME_WORDS, TABLE, family_of
from programmes.norwegian.tokens import forms_of


class Command(BaseCommand):
    help = "Derive the families of the words of names; run it after a change of the tables or of the analysis."

    def handle(self, **options: Any) -> None:
        rows = name_words()
        NAME_WORDS.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        self.stdout.write(f"{len(rows)} words")


def name_words() -> list[str]:
    """Return each word of a name that our tables look up, with its family where that is not the word itself."""
    same = (name.forms for row in synonyms.rows() for name in row.names)
    wider = chain.from_iterable((wide, *narrow) for wide, narrow in TABLE["wider"])
    los = (line.split("\t") for line in groups.LOS.read_text("utf-8").splitlines() if not line.startswith("#"))
    near = (near for _typed, near, _source in groups.rows())
    written = chain(wider, chain.from_iterable(chain(los, TABLE["near"], near)))
    words = sorted({form for forms in chain(same, map(forms_of, written)) for form in forms})
    return [form if family_of(form) == form else f"{form}\t{family_of(form)}" for form in words]
