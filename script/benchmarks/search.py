"""Search in memory beside SQLite FTS5 and, where one listens, PostgreSQL: the same entries and queries."""

import os
import sqlite3
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import psycopg

from checkpoint.core.content.library import load_library
from checkpoint.core.content.search import Entry, Found, build_index, search

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
QUERIES = [
    ("stale plan", "two words"),
    ("terraf", "a word begun"),
    ("--no-verify", "a flag"),
    ("guard-kube-context.sh", "a script"),
    ('"state lock"', "a phrase"),
    ("kubeclt", "mistyped"),
    ("the plan that nobody read", "a sentence"),
]
Ask = Callable[[str], int]
"""Answers a query with the number of entries found, snippets included."""


def main(*, rounds: int) -> None:
    entries = load_library(ROOT / "lessons").index.entries
    size = sum(len(entry.text) for entry in entries) // 1024
    print(f"\nSearch: {len(entries)} entries, {size} KiB of text.\n")
    print(f"{'':24}" + "".join(f"{kind:>16}" for _, kind in QUERIES) + "   (median ms, entries found)")
    for name, ask in {
        "memory": _memory(entries),
        "SQLite FTS5": _fts5(entries),
        **_postgres(entries),
    }.items():
        cells = [f"{_milliseconds(ask, query, rounds):.2f} ({ask(query)})" for query, _ in QUERIES]
        print(f"{name:24}" + "".join(f"{cell:>16}" for cell in cells))
    print(f"\n{_building(entries)}")


def _milliseconds(ask: Ask, query: str, rounds: int) -> float:
    times = []
    for _ in range(50 * rounds):
        start = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _memory(entries: list[Entry]) -> Ask:
    index = build_index(entries)
    return lambda query: _full(search(index, query))


def _full(found: Found) -> int:
    return found.total if found.every else 0


def _building(entries: list[Entry]) -> str:
    start = time.perf_counter()
    build_index(entries)
    took = time.perf_counter() - start
    tracemalloc.start()
    index = build_index(entries)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    words = f"{len(index.stems)} stems in {size / 2**20:.1f} MiB"
    return f"The index in memory: {took * 1000:.0f} ms to build, {words}."


def _fts5(entries: list[Entry]) -> Ask:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE found USING fts5(title, section, text, tokenize='porter unicode61')"
    )
    rows = [(entry.title, entry.section, entry.text) for entry in entries]
    database.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)

    def ask(query: str) -> int:
        words = query if query.startswith('"') else " ".join(f'"{word}"' for word in query.split()) + "*"
        sql = (
            "SELECT title, section, snippet(found, 2, '[', ']', '…', 30) FROM found WHERE found MATCH ? "
            "ORDER BY bm25(found, 3, 5, 1) LIMIT 20"
        )
        database.execute(sql, (words,)).fetchall()
        return int(database.execute("SELECT count(*) FROM found WHERE found MATCH ?", (words,)).fetchone()[0])

    return ask


def _postgres(entries: list[Entry]) -> dict[str, Ask]:
    try:
        database = psycopg.connect(POSTGRES, connect_timeout=2, autocommit=True)
    except psycopg.OperationalError:
        print("(PostgreSQL: none listens.)")
        return {}
    database.execute("CREATE TEMPORARY TABLE found (title text, section text, text text, words tsvector)")
    with database.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO found SELECT t, s, x, setweight(to_tsvector('english', t), 'B') || "
            "setweight(to_tsvector('english', s), 'A') || to_tsvector('english', x) "
            "FROM (VALUES (%s, %s, %s)) AS given (t, s, x)",
            [(entry.title, entry.section, entry.text) for entry in entries],
        )
    database.execute("CREATE INDEX ON found USING gin (words)")

    def ask(query: str) -> int:
        sql = (
            "SELECT title, section, ts_headline('english', text, q), count(*) OVER () "
            "FROM found, websearch_to_tsquery('english', %s) q WHERE words @@ q "
            "ORDER BY ts_rank_cd(words, q) DESC LIMIT 20"
        )
        rows = database.execute(sql, (query,)).fetchall()
        return int(rows[0][3]) if rows else 0

    return {"PostgreSQL": ask}
