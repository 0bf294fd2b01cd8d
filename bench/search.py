"""Measures the search: what it finds of the evaluation sets, and how fast, beside three peers in the same run.

Run it with ``python -m bench.search``. The peers get the same folded texts: plain FTS5 (one column, no weights),
rapidfuzz's WRatio over whole texts, and the rank-bm25 library when it is installed.
"""

from __future__ import annotations

import importlib
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable
from math import log2
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

from bot.content import load_library
from bot.names import names_by_language
from knowledge.content import Knowledge
from knowledge.folding import fold, words
from knowledge.search import Index

ROOT = Path(__file__).resolve().parent.parent
Search = Callable[[str], list[str]]
Set = list[tuple[str, dict[str, int]]]


def evaluation(name: str) -> Set:
    """Return the queries of an evaluation set with their graded answers."""
    listed = yaml.safe_load((ROOT / f"tests/evaluation/search-{name}.yaml").read_text(encoding="utf-8"))["requetes"]
    return [(each["texte"], each["attendu"]) for each in listed]


def quality(search: Search, queries: Set) -> tuple[float, float, float]:
    """Return recall@5, the share of queries with an answer in the first five, and nDCG@10, each 0 to 1."""
    recalls, hits, gains = [], [], []
    for text, wanted in queries:
        found = search(text)
        best = {name for name, grade in wanted.items() if grade == 2}
        met = len(best & set(found[:5]))
        recalls.append(met / min(5, len(best)))
        hits.append(met > 0)
        gains.append(
            _gain([wanted.get(name, 0) for name in found[:10]]) / _gain(sorted(wanted.values(), reverse=True)[:10])
        )
    return statistics.mean(recalls), statistics.mean(hits), statistics.mean(gains)


def _gain(grades: list[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def ours(index: Index) -> Search:
    """Return the product's own search."""
    return lambda text: [hit.id for hit in index.search(text)]


def texts(index: Index) -> dict[str, str]:
    """Return every entry's words, unmarked and in one text, as all peers get them."""
    return {each.id: " ".join(word for column in each.columns for word in column[::2]) for each in index.by_id.values()}


def plain_fts(rows: dict[str, str]) -> Search:
    """Return FTS5 as it comes: one column, any word, SQLite's own tokenizer and rank."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, body)")
    base.executemany("INSERT INTO entries VALUES (?, ?)", rows.items())

    def search(text: str) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in words(fold(text)))
        found = (
            base.execute("SELECT id FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT 10", (query,))
            if query
            else []
        )
        return [row[0] for row in found]

    return search


def fuzzy(rows: dict[str, str]) -> Search:
    """Return rapidfuzz's WRatio over whole texts."""
    return lambda text: [name for _, _, name in extract(fold(text), rows, scorer=WRatio, limit=10)]


def bm25(rows: dict[str, str]) -> Search | None:
    """Return the rank-bm25 library over the same words, None when it is not installed."""
    try:
        library: Any = importlib.import_module("rank_bm25")
    except ImportError:
        return None
    names = list(rows)
    ranker = library.BM25Okapi([text.split() for text in rows.values()])
    return lambda text: ranker.get_top_n(list(words(fold(text))), names, n=10)


def latency(search: Search, queries: Set, rounds: int = 5) -> tuple[float, float]:
    """Return median and 95th percentile of one search in milliseconds, over ``rounds`` passes after the first."""
    times = []
    for turn in range(rounds + 1):
        for text, _ in queries:
            start = time.perf_counter()
            search(text)
            times += [(time.perf_counter() - start) * 1000] if turn else []
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def many(knowledge: Knowledge, count: int = 2000) -> Knowledge:
    """Return a knowledge base of ``count`` cards: the real ones, then copies with words of two cards mixed."""
    cards = [*knowledge.rights, *knowledge.services]
    rights = list(knowledge.rights)
    for number in range(count - len(knowledge.cards)):
        right = knowledge.rights[number % len(knowledge.rights)]
        other = cards[(number * 7 + 3) % len(cards)]
        changed = {
            "id": f"copie-{number}",
            "words": (*other.words[::2], *right.words[1::2]),
            "summary": other.summary,
            "former_ids": (),
        }
        rights.append(right.model_copy(update=changed | {"name": f"{right.name} {number}", "acronym": f"K{number}"}))
    fields = {name: getattr(knowledge, name) for name in type(knowledge).model_fields}
    return Knowledge.model_construct(**fields | {"rights": tuple(rights)})


def main() -> None:
    """Print the table of quality, then of latency."""
    library = load_library()
    knowledge = library.content.knowledge
    names = names_by_language(library.content.knowledge, library.catalogs)
    start = time.perf_counter()
    index = Index(knowledge, names)
    built = time.perf_counter() - start
    rows = texts(index)
    sets = {name: evaluation(name) for name in ("dev", "held")}
    peers = {
        "passerelle": ours(index),
        "FTS5, unweighted": plain_fts(rows),
        "rapidfuzz WRatio": fuzzy(rows),
        "rank-bm25": bm25(rows),
    }
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {len(knowledge.cards)} cards, {len(knowledge.places)} places, built in {built:.2f} s"
    )
    print(f"{'':<22}{'recall@5':>18}{'one in five':>18}{'nDCG@10':>18}{'median, p95 (ms)':>20}")
    for name, search in peers.items():
        if search is None:
            print(f"{name:<22} not installed")
            continue
        dev, held = (quality(search, sets[each]) for each in ("dev", "held"))
        median, high = latency(search, sets["held"], 1 if "WRatio" in name else 5)
        print(
            f"{name:<22}"
            + "".join(f"{a:>10.3f} {b:>7.3f}" for a, b in zip(dev, held, strict=True))
            + f"{median:>12.3f} {high:>7.3f}"
        )
    print("each pair: dev, held")
    start = time.perf_counter()
    large = Index(many(knowledge), names)
    built = time.perf_counter() - start
    rows = texts(large)
    for name, search in (("passerelle", ours(large)), ("FTS5, unweighted", plain_fts(rows)), ("rank-bm25", bm25(rows))):
        if search:
            median, high = latency(search, sets["held"], 2)
            print(
                f"{'2,000 cards, ' + name:<30} median {median:7.3f} ms   p95 {high:7.3f} ms   target <= 1 and <= 5 ms"
            )
    print(f"2,000 cards built in {built:.2f} s")


if __name__ == "__main__":
    main()
