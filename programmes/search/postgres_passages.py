"""The statement that asks PostgreSQL in which passages some terms stand, without ranking or counting them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from programmes.search.kinds import Kind
from programmes.search.postgres_index import HITS, TEXTS, quoted
from programmes.search.postgres_statement import array, settings


def passages_statement(
    terms: Sequence[Sequence[str]], programmes: frozenset[int] | None, *, most: int
) -> tuple[str, dict[str, Any]]:
    """Return the statement for passages that have all of some terms, with its values.

    It gives a row of keys and programmes, at most `most`, for each set of terms, in their order.
    """
    within = "" if programmes is None else f" AND programme_id = any({array(programmes)})"
    values: dict[str, Any] = {"most": most}
    parts = []
    for number, of_passage in enumerate(terms):
        values[f"query_{number}"] = " & ".join(map(quoted, of_passage))
        matching = f"terms @@ %(query_{number})s::tsquery{within}"
        parts.append(
            f"SELECT {number} AS number, array_agg(key) AS keys, array_agg(programme_id) AS programmes FROM ("
            f"SELECT key, programme_id FROM {HITS} WHERE {matching} "
            f"UNION ALL SELECT key, programme_id FROM {TEXTS} WHERE {matching} AND kind <> {Kind.SECTION:d} "
            f"LIMIT %(most)s) AS passage"
        )
    rows = " UNION ALL ".join(parts)
    return f"{settings(has_words=True)} SELECT keys, programmes FROM ({rows}) AS found ORDER BY number", values
