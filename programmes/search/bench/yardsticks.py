"""What our engines are held against: the same questions in raw SQL, SQLite FTS5 and tantivy, without Django."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from ..plan import plan
from ..postgres_engine import as_tsquery
from ..query import parse
from ..vocabulary import Vocabulary
from .questions import Question

Ask = Callable[[Question], int]
"""Asks a question for its first 20 hits with snippets, its total and its facets; returns the total."""
Row = tuple[int, str, str, str, str, str]
"""Passage id, text, party, branch, year, theme."""


def raw_sql(vocabulary: Vocabulary) -> Ask:
    """Return PostgreSQL asked by hand, in the best form known: one CTE, GROUPING SETS over numbers, ranking capped."""

    def ask(question: Question) -> int:
        asked = plan(parse(question.query), vocabulary)
        condition, values = _condition(question)
        if asked.wanted:
            condition += " AND terms @@ %s::tsquery"
            values.append(as_tsquery(asked.wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_seqscan = off;
                WITH hit AS MATERIALIZED (
                    SELECT passage_id, programme_id, main_themes, length FROM programmes_searchentry WHERE {condition}
                ), facet AS (
                    SELECT json_agg(row) AS rows FROM (
                        SELECT programme_id, main_themes, count(*) FROM hit
                        GROUP BY GROUPING SETS ((programme_id), (main_themes), ())
                    ) AS row
                ), best AS (SELECT passage_id FROM hit ORDER BY length, passage_id LIMIT 20)
                SELECT (SELECT count(*) FROM hit), (SELECT rows FROM facet), (
                    SELECT json_agg(ts_headline('norwegian', passage.text, plainto_tsquery('norwegian', %s)))
                    FROM best JOIN programmes_passage passage ON passage.id = best.passage_id)
                """,  # noqa: S608 - conditions of our own; values are bound
                [*values, question.query],
            )
            while cursor.nextset():
                pass
            return cursor.fetchone()[0]

    return ask


def _condition(question: Question) -> tuple[str, list[Any]]:
    """Return the filters as a condition on programmes and themes."""
    condition, values = "true", []
    joined = "programme_id IN (SELECT p.id FROM programmes_programme p JOIN programmes_branch b ON b.id = p.branch_id "
    if question.filters.party:
        condition += f" AND {joined} JOIN programmes_party party ON party.id = b.party_id WHERE party.slug = any(%s))"
        values.append(list(question.filters.party))
    if question.filters.year:
        condition += " AND year = any(%s)"
        values.append([int(year) for year in question.filters.year])
    if question.filters.theme:
        condition += " AND themes && (SELECT array_agg(id::smallint) FROM programmes_theme WHERE slug = any(%s))"
        values.append(list(question.filters.theme))
    return condition, values


def sqlite_fts5(rows: Iterable[Row], path: Path) -> Ask:
    """Return SQLite FTS5 with its own tokenizer, filled with the same pledges."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE pledge USING fts5(text, tokenize = 'unicode61 remove_diacritics 0')")
    database.execute("CREATE TABLE facet (id INTEGER PRIMARY KEY, party, branch, year, theme)")
    for row in rows:
        database.execute("INSERT INTO pledge (rowid, text) VALUES (?, ?)", row[:2])
        database.execute("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", (row[0], *row[2:]))
    database.commit()

    def ask(question: Question) -> int:
        match, values = "", []
        for facet in ("party", "year", "theme"):
            wanted = question.filters.of(facet)
            if wanted:
                match += f" AND {facet} IN ({','.join('?' * len(wanted))})"
                values += wanted
        source = "facet"
        if question.query:
            source = "pledge JOIN facet ON facet.id = pledge.rowid"
            match = f" AND pledge MATCH ?{match}"
            values = [_fts_query(question.query), *values]
        total = 0
        for facet in ("party", "branch", "year", "theme"):
            counts = database.execute(
                f"SELECT {facet}, count(*) FROM {source} WHERE 1{match} GROUP BY 1",  # noqa: S608 - as above
                values,
            ).fetchall()
            total = sum(count for _value, count in counts)
        shown = "snippet(pledge, 0, '<mark>', '</mark>', '…', 40)" if question.query else "id"
        by = "ORDER BY rank" if question.query else ""
        database.execute(f"SELECT {shown} FROM {source} WHERE 1{match} {by} LIMIT 20", values).fetchall()  # noqa: S608
        return total

    return ask


def _fts_query(query: str) -> str:
    """Return a query of our grammar as FTS5 writes it: each word quoted, stars and phrases kept."""
    pieces = re.findall(r'"[^"]+"|\S+', query)
    return " ".join(
        piece if piece.startswith('"') else f'"{piece.rstrip("*")}"{"*" if piece[-1] == "*" else ""}'
        for piece in pieces
    )


def tantivy(rows: Iterable[Row], path: Path) -> Ask:
    """Return tantivy, filled with the same pledges: the practical limit of what a machine can do."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    for facet in ("party", "branch", "year", "theme"):
        builder.add_text_field(facet, stored=True, fast=True, tokenizer_name="raw")
    schema = builder.build()
    index = engine.Index(schema, path=str(path))
    writer = index.writer(heap_size=128_000_000)
    for _pk, text, party, branch, year, theme in rows:
        writer.add_document(engine.Document(text=text, party=party, branch=branch, year=year, theme=theme))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()

    def ask(question: Question) -> int:
        searcher = index.searcher()
        stars = [piece for piece in question.query.split() if piece.endswith("*")]
        parts = [(engine.Occur.Must, engine.Query.regex_query(schema, "text", piece[:-1] + ".*")) for piece in stars]
        rest = " ".join(piece for piece in question.query.split() if piece not in stars)
        if rest:
            parts.append((engine.Occur.Must, index.parse_query(rest, ["text"], conjunction_by_default=True)))
        for facet in ("party", "year", "theme"):
            wanted = question.filters.of(facet)
            if wanted:
                parts.append((engine.Occur.Must, engine.Query.term_set_query(schema, facet, list(wanted))))
        asked = engine.Query.boolean_query(parts or [(engine.Occur.Must, engine.Query.all_query())])
        result = searcher.search(asked, limit=20, count=True)
        terms = {facet: {"terms": {"field": facet, "size": 1000}} for facet in ("party", "branch", "year", "theme")}
        searcher.aggregate(asked, terms)
        if rest:
            snippets = engine.SnippetGenerator.create(searcher, asked, schema, "text")
            Counter(snippets.snippet_from_doc(searcher.doc(address)).to_html() for _score, address in result.hits)
        return result.count

    return ask
