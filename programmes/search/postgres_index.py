"""Writing the PostgreSQL index: entries by COPY, in the transaction that writes the pledges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, transaction

from programmes.search.entries import IndexEntry, changes, entries_of_programmes
from programmes.search.kinds import ELSEWHERE, Kind
from programmes.search.neighbours import Neighbours
from programmes.search.state import current_state, hold, owed_by
from programmes.search.terms import FAMILY, LEAD_WORD, WORD, EntryTerms, IndexedText

HITS = "programmes_searchentry"
TEXTS = "programmes_searchtext"
TABLE_OF = {kind: TEXTS if kind in ELSEWHERE else HITS for kind in Kind}
"""Where entries of a kind stand."""
WORDS = "programmes_searchword"
STAMP = "programmes_searchstamp"
NEIGHBOURS = "programmes_searchneighbours"
ARCHIVE = "programmes_archivestate"
BUILDING = 7_164_229_817
"""The advisory lock of the process that builds the index; chosen by chance."""
THEME_SETS = "programmes_searchthemeset"
COLUMNS = "key, programme_id, theme_set, digest, year, length, kind, terms"
COPIED = 20_000
"""Entries of one COPY: each leaves some pages half empty, which every search would read."""
WRITTEN = 250
"""Entries that are sent to the server at once."""
SHORT = "'#'"
"""The lexeme of entries with few words: of hits that are equally like, they come first, and fill most first pages."""
FEW_WORDS = 7
"""One pledge in seven has no more."""
MAX_KEPT = 500_000
"""Pieces of text whose written form is kept in memory, some 150 bytes each."""


class _Written(dict[IndexedText, str]):
    """Pieces as PostgreSQL reads them in a tsvector, with a `%d` for each place: most are written many times."""

    def __missing__(self, piece: IndexedText) -> str:
        if len(self) >= MAX_KEPT:
            self.clear()
        placed, plain = ([quoted(term).replace("%", "%%") for term in terms] for terms in (piece.placed, piece.plain))
        written = self[piece] = " ".join([*(f"{term}:%d" for term in placed), *plain])
        return written


_written = _Written()


def quoted(term: str) -> str:
    """Return a term as tsvectors and tsqueries are written."""
    doubled = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def vector(terms: EntryTerms) -> str:
    """Return an entry's terms as PostgreSQL reads a tsvector; of a term that is repeated it keeps every place."""
    return " ".join(
        [
            _written[piece] % (first if len(piece.placed) == 1 else tuple(range(first, first + len(piece.placed))))
            for first, piece in terms.pieces
        ]
    )


def replace(programme_id: int, entries: Iterable[IndexEntry]) -> None:
    """Make the tables right for a programme; only what has changed is written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            indexed = dict(_digests(cursor, "WHERE programme_id = %(programme)s", {"programme": programme_id}))
        stale, new = changes(indexed, entries)
        if stale or new:
            replace_entries(keys=stale, entries=new)


def digests() -> dict[int, int]:
    """Return the digest of each entry, by its key."""
    with connection.cursor() as cursor:
        return dict(_digests(cursor))


def _digests(cursor: Any, condition: str = "", values: Mapping[str, Any] | None = None) -> list[tuple[int, int]]:
    parts = [f"SELECT key, digest FROM {table} {condition}" for table in (HITS, TEXTS)]
    cursor.execute(" UNION ALL ".join(parts), values)
    return cursor.fetchall()


def replace_entries(*, keys: list[int], entries: Iterable[IndexEntry]) -> int:
    """Take the entries with some keys out and put others in; return how many were put in."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in (HITS, TEXTS):
            _forget_words(cursor, table, keys)
            cursor.execute(f"DELETE FROM {table} WHERE key = any(%s)", [keys])
        terms: Counter[str] = Counter()
        count = _copy(cursor, TABLE_OF, entries, terms)
        _add_words(cursor, terms)
        _keep_neighbours(cursor, changed=len(keys) + count)
        _stamp(cursor)
        return count


def rebuild(entries: Iterable[IndexEntry], *, whole: bool = True) -> int:
    """Build the tables anew beside those in use and swap; readers wait only for the swap.

    `whole` if these are all entries: otherwise the index is built at the next search.
    """
    with connection.without_limit():  # type: ignore[attr-defined]  # of our backend; a reader's process may do this too
        return _rebuild(entries, whole=whole)


def _rebuild(entries: Iterable[IndexEntry], *, whole: bool) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {STAMP} IN EXCLUSIVE MODE")  # one writer
        state = current_state() if whole else ""
        for table in (HITS, TEXTS):
            cursor.execute(f"DROP TABLE IF EXISTS {table}_new")
            cursor.execute(f"CREATE TABLE {table}_new (LIKE {table} INCLUDING DEFAULTS INCLUDING STORAGE)")
            cursor.execute(f"ALTER TABLE {table}_new SET (toast_tuple_target = 256)")  # as in the migration
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        terms: Counter[str] = Counter()
        count = _copy(cursor, {kind: f"{table}_new" for kind, table in TABLE_OF.items()}, entries, terms)
        for table in (HITS, TEXTS):
            _swap(cursor, table)
        used = f"SELECT theme_set FROM {HITS} UNION SELECT theme_set FROM {TEXTS}"
        cursor.execute(f"DELETE FROM {THEME_SETS} WHERE id NOT IN ({used})")
        cursor.execute(f"DELETE FROM {WORDS}")
        _add_words(cursor, terms)
        _make_neighbours(cursor)
        _stamp(cursor, state)
    with connection.cursor() as cursor:
        # A vacuum notes besides which pages everybody may see, so that PostgreSQL can count by an index alone.
        vacuum = "VACUUM (ANALYZE, PROCESS_TOAST false, INDEX_CLEANUP off)"
        for table in (HITS, TEXTS):
            cursor.execute(f"{'ANALYZE' if connection.in_atomic_block else vacuum} {table}")
    return count


def _swap(cursor: Any, table: str) -> None:
    """Give the new table the indexes and the name of the one in use."""
    cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY indexname", [table])
    indexes = cursor.fetchall()
    for number, (name, definition) in enumerate(indexes):
        made = definition.replace(f".{table} ", f".{table}_new ", 1)
        cursor.execute(made.replace(name, f"{table}_new_{number}", 1))
    cursor.execute(f"DROP TABLE {table}")
    cursor.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    for number, (name, _definition) in enumerate(indexes):
        cursor.execute(f'ALTER INDEX {table}_new_{number} RENAME TO "{name}"')
    cursor.execute(f"ALTER TABLE {table} ADD PRIMARY KEY USING INDEX {table}_pkey")


def _copy(cursor: Any, table_of: Mapping[Kind, str], entries: Iterable[IndexEntry], terms: Counter[str]) -> int:
    """Write entries to their tables and count their placed terms; return how many entries there were.

    They are read a chunk ahead, as the connection can't read while it copies.
    """
    count = 0
    waiting = iter(entries)
    theme_sets: dict[tuple[int, ...], int] = {}
    while chunk := list(islice(waiting, COPIED)):
        _know_theme_sets(cursor, {entry.themes for entry in chunk} - theme_sets.keys(), theme_sets)
        for table in dict.fromkeys(table_of.values()):
            of_table = [entry for entry in chunk if table_of[entry.kind] == table]
            with cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
                for at in range(0, len(of_table), WRITTEN):  # the server takes in the last lines while we make the next
                    some = of_table[at : at + WRITTEN]
                    copy.write("".join([_line(entry, theme_sets[entry.themes], terms) for entry in some]))
        count += len(chunk)
    return count


def _know_theme_sets(cursor: Any, unknown: set[tuple[int, ...]], known: dict[tuple[int, ...], int]) -> None:
    """Add the numbers of sets of themes to those known, sets that are new to the index too."""
    if unknown:
        written = [f"{{{','.join(map(str, themes))}}}" for themes in unknown]
        cursor.execute(
            f"INSERT INTO {THEME_SETS} (themes) SELECT unnest(%s::text[])::smallint[] ON CONFLICT DO NOTHING", [written]
        )
        cursor.execute(f"SELECT themes, id FROM {THEME_SETS} WHERE themes::text = any(%s)", [written])
        known.update((tuple(themes), number) for themes, number in cursor.fetchall())


def _line(entry: IndexEntry, theme_set: int, terms: Counter[str]) -> str:
    """Return an entry as a line of COPY's text format, and count its placed terms."""
    found = entry.terms
    terms.update({term for _first, piece in found.pieces for term in piece.placed})
    kept = f"{vector(found)} {SHORT}" if found.length <= FEW_WORDS else vector(found)
    if "\\" in kept:
        kept = kept.replace("\\", "\\\\")
    return (
        f"{entry.key}\t{entry.programme_id}\t{theme_set}\t{entry.digest}\t{entry.year}\t"
        f"{min(found.length, 32767)}\t{entry.kind:d}\t{kept}\n"
    )


def _add_words(cursor: Any, terms: Counter[str]) -> None:
    """Count up the words of placed terms: in how many texts each stands, and in how many lead-ins."""
    words: Counter[str] = Counter()
    for term, entries in terms.items():
        words[term[1:]] += entries
    cursor.execute(
        f"INSERT INTO {WORDS} AS known (word, entries) SELECT * FROM unnest(%s::text[], %s::int[]) "
        "ON CONFLICT (word) DO UPDATE SET entries = known.entries + excluded.entries",
        [list(words), list(words.values())],
    )


def _forget_words(cursor: Any, table: str, keys: list[int]) -> None:
    """Take the words of the entries with some keys off the count."""
    cursor.execute(
        f"""
        WITH gone AS (
            SELECT substr(lexeme, 2) AS word, count(*) AS entries
            FROM {table}, unnest(terms) AS term(lexeme, positions, weights)
            WHERE key = any(%s) AND left(lexeme, 1) IN (%s, %s) GROUP BY 1
        )
        UPDATE {WORDS} AS known SET entries = known.entries - gone.entries FROM gone WHERE known.word = gone.word
        """,
        [keys, WORD, LEAD_WORD],
    )
    cursor.execute(f"DELETE FROM {WORDS} WHERE entries <= 0")


def _keep_neighbours(cursor: Any, *, changed: int) -> None:
    """Note how much has changed since the words about the same were made; make them anew when it is much."""
    cursor.execute(f"UPDATE {NEIGHBOURS} SET changed = changed + %s RETURNING changed, kept", [changed])
    row = cursor.fetchone()
    made = Neighbours.from_bytes(bytes(row[1])) if row else None
    if made is None or made.is_stale(made.entries + row[0]):
        _make_neighbours(cursor)


def _make_neighbours(cursor: Any) -> None:
    """Make the words about the same anew, from the entries as they are now."""
    passages = (
        f"(SELECT key, terms FROM {HITS} UNION ALL SELECT key, terms FROM {TEXTS} WHERE kind <> {Kind.SECTION:d})"
    )
    cursor.execute(f"SELECT key FROM {passages} AS passage")
    keys = np.array([key for (key,) in cursor.fetchall()], dtype=np.int64)
    cursor.execute(
        f"SELECT substr(lexeme, 2), array_agg(key) FROM {passages} AS passage, "
        "unnest(terms) AS term(lexeme, places, weights) WHERE left(lexeme, 1) = %s GROUP BY 1",
        [FAMILY],
    )
    keys_of = {family: np.array(of_family, dtype=np.int64) for family, of_family in cursor.fetchall()}
    cursor.execute(f"SELECT word, entries FROM {WORDS}")
    made = Neighbours.of_archive(keys, keys_of, dict(cursor.fetchall()))
    cursor.execute(
        f"INSERT INTO {NEIGHBOURS} (id, kept, changed) VALUES (1, %s, 0) "
        "ON CONFLICT (id) DO UPDATE SET kept = excluded.kept, changed = 0",
        [made.to_bytes()],
    )


@transaction.atomic
def catch_up() -> bool:
    """Make the tables right for what they still owe; False where they must be built anew.

    Whoever changes a programme, or catches up too, waits meanwhile.
    """
    hold()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT state FROM {STAMP}")
        row = cursor.fetchone()
        owed = owed_by(row[0]) if row else None
        if owed is None:
            return False
        for programme_id in owed.programmes:
            replace(programme_id, entries_of_programmes([programme_id]))
        cursor.execute(f"UPDATE {STAMP} SET state = %s", [owed.state])
    return True


def _stamp(cursor: Any, state: str | None = None) -> None:
    """Give the index a new number, and a new state where it is built anew."""
    cursor.execute(
        f"INSERT INTO {STAMP} AS stamp (id, number, state) "
        "VALUES (1, (random() * 9e18)::bigint, coalesce(%(state)s, '')) "
        "ON CONFLICT (id) DO UPDATE SET number = excluded.number, state = coalesce(%(state)s, stamp.state)",
        {"state": state},
    )
