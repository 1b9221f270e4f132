"""What our engines are held against: the same questions in raw SQL, SQLite FTS5 and tantivy, without Django."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from programmes.models import Programme
from programmes.search.grammar import parse
from programmes.search.kinds import Kind
from programmes.search.plan import plan
from programmes.search.postgres_query import as_tsquery
from programmes.search.vocabulary import Vocabulary
from tools.search_bench.questions import Question

Ask = Callable[[Question], int]
"""Asks a question for its first 20 hits with snippets, its total and its facets; returns the total."""
FACETS = ("party", "branch", "year", "theme")
PledgeRow = tuple[int, str, str, str, str, str]
"""Passage id, text, party, branch, year, theme."""


def raw_sql(vocabulary: Vocabulary) -> Ask:
    """Return PostgreSQL asked by hand, in the best form known: one CTE, GROUPING SETS over numbers.

    It is asked for what `search()` gives: facets are counted without their own filter. It sorts by length alone.
    """
    periods = set(Programme.objects.values_list("period_start", "period_end"))

    def ask(question: Question) -> int:
        query = as_tsquery(plan(parse(question.query), vocabulary))
        programmes, themes, values = _conditions(question, periods)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '64MB';
                SET LOCAL enable_seqscan = {"off" if query else "on"};
                WITH hit AS MATERIALIZED (
                    SELECT key, programme_id, theme_set, length, {programmes} AS in_programmes,
                        {themes} AS in_themes
                    FROM programmes_searchentry
                    WHERE kind <> {Kind.DISSENT:d} AND {"terms @@ %s::tsquery" if query else "true"}
                ), facet AS (
                    SELECT programme_id, theme_set, grouping(programme_id, theme_set) AS facet,
                        count(*) FILTER (WHERE in_themes) AS with_themes,
                        count(*) FILTER (WHERE in_programmes) AS with_programmes,
                        count(*) FILTER (WHERE in_programmes AND in_themes) AS hits
                    FROM hit GROUP BY GROUPING SETS ((programme_id), (theme_set), ())
                ), best AS (
                    SELECT key FROM hit WHERE in_programmes AND in_themes ORDER BY length, key LIMIT 20
                )
                SELECT (SELECT hits FROM facet WHERE facet = 3), (
                    SELECT json_agg(json_build_array(programme_id, theme_set, with_themes, with_programmes)) FROM facet
                ), (
                    SELECT json_agg(ts_headline('norwegian', passage.text, plainto_tsquery('norwegian', %s)))
                    FROM best JOIN programmes_passage passage ON passage.id = best.key)
                """,  # noqa: S608 - conditions of our own; values are bound
                [*values, *([query] if query else []), question.query],
            )
            while cursor.nextset():
                pass
            return cursor.fetchone()[0]

    return ask


def _conditions(question: Question, periods: set[tuple[int, int]]) -> tuple[str, str, list[Any]]:
    """Return the filters as conditions on programmes and on themes, and their values."""
    programmes: list[str] = []
    themes = "true"
    values: list[Any] = []
    joined = "programme_id IN (SELECT p.id FROM programmes_programme p JOIN programmes_branch b ON b.id = p.branch_id "
    if question.filters.party:
        programmes.append(f"{joined} JOIN programmes_party party ON party.id = b.party_id WHERE party.slug = any(%s))")
        values.append(list(question.filters.party))
    if question.filters.year:
        programmes.append("year = any(%s)")
        values.append(_first_years(question, periods))
    if question.filters.theme:
        themes = (
            "theme_set IN (SELECT s.id FROM programmes_searchthemeset s JOIN programmes_theme t"
            " ON t.id = any(s.themes) LEFT JOIN programmes_theme main ON main.id = t.parent_id"
            " WHERE t.slug = any(%s) OR main.slug = any(%s))"
        )
        values += [list(question.filters.theme)] * 2
    return " AND ".join(programmes) or "true", themes, values


def _first_years(question: Question, periods: set[tuple[int, int]]) -> list[int]:
    """Return the first years of the periods that the filter means: a year in which none begins is all that hold it."""
    asked = {int(year) for year in question.filters.year}
    within = asked - {first for first, _last in periods}
    return sorted({first for first, last in periods if first in asked or any(first <= year <= last for year in within)})


def sqlite_fts5(rows: Iterable[PledgeRow], path: Path) -> Ask:
    """Return SQLite FTS5 with its own tokenizer, filled with the same pledges; Datasette serves the file too."""
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE pledge (id INTEGER PRIMARY KEY, text, party, branch, year, theme)")
    database.executemany("INSERT INTO pledge VALUES (?, ?, ?, ?, ?, ?)", rows)
    for facet in FACETS:
        database.execute(f"CREATE INDEX pledge_{facet} ON pledge ({facet})")
    database.execute(
        "CREATE VIRTUAL TABLE pledge_fts USING fts5("
        "text, content = 'pledge', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0')"
    )
    database.execute("INSERT INTO pledge_fts (pledge_fts) VALUES ('rebuild')")
    database.commit()
    database.execute("ANALYZE")
    database.commit()

    def ask(question: Question) -> int:
        match = ""
        values: list[str] = []
        for facet in FACETS:
            wanted = question.filters.of(facet)
            if wanted:
                match += f" AND {facet} IN ({','.join('?' * len(wanted))})"
                values += wanted
        source = "pledge"
        if question.query:
            source = "pledge_fts JOIN pledge ON pledge.id = pledge_fts.rowid"
            match = f" AND pledge_fts MATCH ?{match}"
            values = [fts_query(question.query), *values]
        total = 0
        for facet in FACETS:
            counts = database.execute(
                f"SELECT {facet}, count(*) FROM {source} WHERE 1{match} GROUP BY 1",  # noqa: S608 - as above
                values,
            ).fetchall()
            total = sum(count for _value, count in counts)
        shown = "snippet(pledge_fts, 0, '<mark>', '</mark>', '…', 40)" if question.query else "id"
        by = "ORDER BY rank" if question.query else ""
        database.execute(f"SELECT {shown} FROM {source} WHERE 1{match} {by} LIMIT 20", values).fetchall()  # noqa: S608
        return total

    return ask


def fts_query(query: str) -> str:
    """Return a query of our grammar as FTS5 writes it: each word quoted, stars and phrases kept."""
    pieces = re.findall(r'"[^"]+"|\S+', query)
    return " ".join(
        piece if piece.startswith('"') else f'"{piece.rstrip("*")}"{"*" if piece[-1] == "*" else ""}'
        for piece in pieces
    )


def tantivy(rows: Iterable[PledgeRow], path: Path) -> Ask:
    """Return tantivy, filled with the same pledges: the practical limit of what a machine can do."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    for facet in FACETS:
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
        for facet in FACETS:
            wanted = question.filters.of(facet)
            if wanted:
                parts.append((engine.Occur.Must, engine.Query.term_set_query(schema, facet, list(wanted))))
        asked = engine.Query.boolean_query(parts or [(engine.Occur.Must, engine.Query.all_query())])
        result = searcher.search(asked, limit=20, count=True)
        terms = {facet: {"terms": {"field": facet, "size": 1000}} for facet in FACETS}
        searcher.aggregate(asked, terms)
        if rest:
            snippets = engine.SnippetGenerator.create(searcher, asked, schema, "text")
            Counter(snippets.snippet_from_doc(searcher.doc(address)).to_html() for _score, address in result.hits)
        return result.count  # type: ignore[attr-defined]  # missing from its stubs

    return ask
