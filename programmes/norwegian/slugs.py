"""Slugs of addresses, readable in Norwegian: Django's own drops ø and æ (`Rødt` → `rdt`)."""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})
"""Letters that Unicode does not take apart (and å, for the record), Northern Sámi's included: `Bærum` → `baerum`."""


def slugify_norwegian(text: str) -> str:
    """Return a text as the part of an address: a–z, 0–9 and hyphens; empty where the text has no letter or digit."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    kept = re.sub(r"[^\w\s-]", "", apart.encode("ascii", "ignore").decode("ascii").lower())
    return re.sub(r"[-\s]+", "-", kept).strip("-_")
