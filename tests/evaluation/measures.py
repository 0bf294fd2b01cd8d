"""How an answer is counted against what an attentive person noted. Every share is between 0 and 1."""

from __future__ import annotations

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2
from typing import Any

from knowledge.danger import DangerLexicon, detect

Rank = Callable[[str], Sequence[str]]
"""Text -> ids, best first."""


def topics(rank: Rank, rows: Iterable[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    """Return the shares (first, first three) by the best topics, then the same by all accepted ones.

    Rows without a topic (a thank-you, a number) do not count.
    """
    hits: list[tuple[bool, bool, bool, bool]] = []
    for row in rows:
        if row.get("themes"):
            found = list(rank(row["texte"]))[:3]
            best, fine = set(row["themes"]), {*row["themes"], *row.get("themes_aussi", ())}
            first = set(found[:1])
            hits.append((bool(first & best), bool(best & {*found}), bool(first & fine), bool(fine & {*found})))
    one, three, any_one, any_three = (statistics.mean(column) for column in zip(*hits, strict=True))
    return one, three, any_one, any_three


def items(facts: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """Return what is counted of facts in the ``--json`` form: each value, each child, each thing said of a child.

    A value still open (« separée » without a date: three values possible; pregnant of an unknown month) states
    nothing yet and is not counted. ``profil`` is not either: no author noted it. The death of a partner is that of the
    other parent too: some authors noted one, some both; it counts once.
    """
    if facts.get("deces") == "conjoint":
        facts = {name: value for name, value in facts.items() if name != "autre_parent"}
    found: Counter[tuple[str, str]] = Counter()
    for name, value in facts.items():
        if name == "enfants":
            for child in value:
                found[("enfant", str(child.get("age_mois")))] += 1
                found.update((fact, str(said)) for fact, said in child.items() if fact != "age_mois")
        elif name not in ("enfants_complet", "profil") and not isinstance(value, list):
            found[(name, str(value))] += 1
    return found


def facts(read: Callable[[str], Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]) -> tuple[float, float, int]:
    """Return precision, recall, and how many facts should have been read."""
    right = said = wanted = 0
    for row in rows:
        expected, found = items(row.get("faits", {})), items(read(row["texte"]))
        right += (expected & found).total()
        said += found.total()
        wanted += expected.total()
    return right / max(1, said), right / max(1, wanted), wanted


def hearing(danger: DangerLexicon) -> Callable[[str], tuple[str | None, str | None]]:
    """Return a function from a text to the case and level that ``danger`` hears, (None, None) for nothing."""

    def hear(text: str) -> tuple[str | None, str | None]:
        alarm = detect(danger, text)
        return (alarm.case, alarm.level) if alarm else (None, None)

    return hear


def alarms(
    hear: Callable[[str], tuple[str | None, str | None]], rows: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[int, int, int, int]]:
    """Return language -> (cries heard, cries, false alarms, harmless sentences); a false alarm is a *sur* one or
    any where none is accepted."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        case, level = hear(row["texte"])
        harmless = row["urgence"] is None
        count = counts[row["langue"]]
        count[1 + 2 * harmless] += 1
        count[2 * harmless] += (level or "aucun") not in row["niveau"] if harmless else case is not None
    return {language: (one, two, three, four) for language, (one, two, three, four) in sorted(counts.items())}


def desk(rank: Rank, queries: Mapping[str, Mapping[str, int]]) -> tuple[float, float, float]:
    """Return recall@5 of the best answers, the share of queries with one of them in the first five, nDCG@10."""
    recalls, hits, gains = [], [], []
    for text, wanted in queries.items():
        found = list(rank(text))
        top = max(wanted.values())
        best = {name for name, grade in wanted.items() if grade == top}
        met = len(best & set(found[:5]))
        recalls.append(met / min(5, len(best)))
        hits.append(met > 0)
        ideal = _gain(sorted(wanted.values(), reverse=True)[:10])
        gains.append(_gain([wanted.get(name, 0) for name in found[:10]]) / ideal)
    return statistics.mean(recalls), statistics.mean(hits), statistics.mean(gains)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def latency(answer: Callable[[str], object], texts: Sequence[str], rounds: int) -> tuple[float, float]:
    """Return median and 95th percentile of one answer in milliseconds, over ``rounds`` passes after a first one."""
    times = []
    for turn in range(rounds + 1):
        for text in texts:
            start = time.perf_counter()
            answer(text)
            times += [(time.perf_counter() - start) * 1000] if turn else []
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]
