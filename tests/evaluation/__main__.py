"""``python -m tests.evaluation``: what the product understands and finds, beside plain FTS5, rapidfuzz and rank-bm25.

Prints figures only, never a sentence: the half ``fin`` stays unread. ``--dev`` leaves that half out.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from bench.search import bm25, fuzzy, ours, plain_fts, texts
from bot.content import Library, load_library
from bot.jsonl import understand_line
from knowledge.danger import detect
from knowledge.folding import fold, words
from knowledge.model import Topic
from tests.evaluation import measures, sets
from tests.evaluation.measures import Rank

TODAY = date(2026, 11, 22)
_WIDTH = 22
_CLOSED = (sets.blind_desk, sets.last_desk, sets.newest_desk)
"""Later search sets, each by another author."""


def topic_words(topics: Sequence[Topic]) -> dict[str, str]:
    """Return topic -> its name and words in every language, in one folded text: what all peers get."""
    said = {
        topic.id: (topic.name, topic.phrase, *topic.words, *(w for each in topic.foreign_words.values() for w in each))
        for topic in topics
    }
    return {name: " ".join(words(fold(" ".join(each)))) for name, each in said.items()}


def main(halves: Sequence[str]) -> None:
    """Print the four tables."""
    library = load_library()
    print(f"Python {platform.python_version()}; halves: {', '.join(halves)}\n")
    written = (*halves, *(sets.LATER if "fin" in halves else ()))
    _sentences(library, written)
    _facts(library, written)
    _alarms(library, halves)
    _desk(library, halves)


def _sentences(library: Library, halves: Sequence[str]) -> None:
    rows = topic_words(library.content.knowledge.topics)
    peers: dict[str, Rank | None] = {
        "passerelle": lambda text: understand_line(library, text, "fr", TODAY)["themes"],
        "FTS5, unweighted": plain_fts(rows),
        "rapidfuzz WRatio": fuzzy(rows),
        "rank-bm25": bm25(rows),
    }
    print("topics: first / first three, by the best topic, then by any accepted one; ms: median, p95")
    for name, rank in peers.items():
        if rank is None:
            print(f"{name:<{_WIDTH}} not installed")
            continue
        shares = ["  ".join(f"{share:6.1%}" for share in measures.topics(rank, sets.sentences(h))) for h in halves]
        timed = measures.latency(rank, [row["texte"] for row in sets.sentences("dev")], 1)
        print(f"{name:<{_WIDTH}}{'   |   '.join(shares)}   |  {timed[0]:7.2f} {timed[1]:7.2f}")
    for half in halves:
        known = [row for row in sets.sentences(half) if row.get("themes")]
        heard = [understand_line(library, row["texte"], "fr", TODAY)["langue"] == row["langue"] for row in known]
        print(f"language recognised, {half}: {sum(heard) / len(heard):.1%} of {len(heard)}")
    print()


def _facts(library: Library, halves: Sequence[str]) -> None:
    def read(text: str) -> dict[str, object]:
        return dict(understand_line(library, text, "fr", TODAY)["faits"])

    print("facts: precision, recall")
    for half in halves:
        rows = sets.sentences(half)
        right, said, wanted = measures.facts(read, rows)
        print(f"{half:<{_WIDTH}}{right:6.1%}  {said:6.1%}   of {wanted}")
        for language in sorted({row["langue"] for row in rows}):
            some = [row for row in rows if row["langue"] == language]
            right, said, wanted = measures.facts(read, some)
            print(f"  {language:<{_WIDTH - 2}}{right:6.1%}  {said:6.1%}   of {wanted}")
    for label in sets.TOLD:
        right, said, wanted = measures.facts(read, sets.told(label))
        print(f"{label:<{_WIDTH}}{right:6.1%}  {said:6.1%}   of {wanted}")
    print()


def _alarms(library: Library, halves: Sequence[str]) -> None:
    deaf = replace(library.danger, ear=None, encoder=None)
    ears = {"lexicons alone": deaf, "with the ear": replace(library.danger, encoder=None)}
    if library.danger.encoder:
        ears["with the encoder"] = library.danger
    for half in (*halves, *(sets.BLIND_BEFORE if "fin" in halves else ())):
        for name, danger in ears.items():
            found = measures.alarms(measures.hearing(danger), sets.alarms(half))
            heard, cries, false, harmless = (sum(column) for column in zip(*found.values(), strict=True))
            print(f"alarms, {half}, {name}: {heard}/{cries} cries heard, {false}/{harmless} false alarms")
            print("  " + "  ".join(f"{name} {a}/{b} {c}/{d}" for name, (a, b, c, d) in found.items()))
    for half in (*halves, *(sets.LATER if "fin" in halves else ())):
        texts = [row["texte"] for row in sets.sentences(half) if not {"violences", "harcelement"} & {*row["themes"]}]
        alarmed = [str(sum(detect(danger, text) is not None for text in texts)) for danger in ears.values()]
        print(f"what families ask, {half}: {', '.join(alarmed)} of {len(texts)} bring at least the gentle line")
    texts = [row["texte"] for row in sets.alarms("dev")]
    times = {name: measures.latency(partial(detect, danger), texts, 1) for name, danger in ears.items()}
    print("ms, median and p95: " + ", ".join(f"{name} {a:.2f} {b:.2f}" for name, (a, b) in times.items()))
    print()


def _desk(library: Library, halves: Sequence[str]) -> None:
    rows = texts(library.index)
    peers = {
        "passerelle": ours(library.index),
        "FTS5, unweighted": plain_fts(rows),
        "rapidfuzz WRatio": fuzzy(rows),
        "rank-bm25": bm25(rows),
    }
    queries = (
        {f"desk {half}": sets.desk(half) for half in halves}
        | ({f"desk fin {at}": each() for at, each in enumerate(_CLOSED, 2)} if "fin" in halves else {})
        | {"desk dev 2 (tuned on)": sets.second_desk(), "desk dev 3 (tuned on)": sets.third_desk()}
        | {"desk dev 4 (tuned on)": sets.fourth_desk()}
        | {f"first {name}": sets.first_desk(name) for name in ("dev", "held")}
    )
    print("desk: recall@5, one of the best in five, nDCG@10 for " + ", ".join(queries) + "; ms: median, p95")
    for name, rank in peers.items():
        if rank is None:
            print(f"{name:<{_WIDTH}} not installed")
            continue
        shares = ["  ".join(f"{each:5.3f}" for each in measures.desk(rank, graded)) for graded in queries.values()]
        rounds = 1 if "WRatio" in name else 5
        timed = measures.latency(_as_answer(rank), list(queries["desk dev"]), rounds)
        print(f"{name:<{_WIDTH}}{'   |   '.join(shares)}   |  {timed[0]:7.2f} {timed[1]:7.2f}")


def _as_answer(rank: Rank) -> Callable[[str], object]:
    return rank


if __name__ == "__main__":
    main(("dev",) if "--dev" in sys.argv[1:] else sets.HALVES)
