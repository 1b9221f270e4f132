"""Slugs of addresses, readable in Norwegian: Django's own drops ø and æ (`Rødt` → `rdt`)."""

from __future__ import annotations

from django.utils.text import slugify

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})
"""Letters that Unicode does not take apart (and å, for the record), Northern Sámi's included: `Bærum` → `baerum`."""


def slugify_norwegian(text: str) -> str:
    """Return a text as the part of an address: a–z, 0–9 and hyphens; empty where the text has no letter or digit."""
    return slugify(text.lower().translate(LETTERS))
