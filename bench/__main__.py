"""``make bench``: the numbers of the design, each beside a named peer measured in the same run."""

from __future__ import annotations

import asyncio
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import rule_engine
import yaml

from bench.cards import thousand
from bench.clock import Pair, line, side_by_side
from bench.web import rows as web_rows
from bot.store import open_store
from dialogs.content import Content
from dialogs.engine import step
from dialogs.events import Chose, Picked
from dialogs.load import load_dialogs
from dialogs.model import Dialogs
from dialogs.planner import Planner
from dialogs.session import Session, dump
from knowledge.condition import Condition
from knowledge.criteria import INCONNU, NON, OUI, Setting, Verdict, compile_tree
from knowledge.facts import prepare
from knowledge.load import load_knowledge
from knowledge.match import Matcher

DAY, NOON = date(2026, 11, 21), datetime(2026, 11, 21, 11, tzinfo=UTC)
FAMILY = {
    "separation": "recente",
    "foyer": "seul",
    "enfants": {
        "liste": [{"naissance": ["2023-12", "2024-11"]}, {"naissance": ["2018-12", "2019-11"]}],
        "complet": "oui",
    },
    "arrondissement": "19",
    "pension": "impayee",
    "emploi": "demandeur_emploi",
}
ROOT = Path(__file__).resolve().parent.parent


def engine(content: Content) -> str:
    """A turn without ``choisir`` in memory, beside the session going through the json module twice."""
    session, _ = step(content, Session(), Picked("separation"), NOON)
    known = json.dumps(dump(session))

    def peer() -> object:
        return [json.loads(json.dumps(json.loads(known))) for _ in range(2)]

    pair = side_by_side(lambda: step(content, session, Chose("separation", "recente"), NOON), peer, 200)
    return line("engine turn, in memory", pair, "json there and back, twice", "<= 0.1 ms")


async def durable(content: Content) -> str:
    """The same turn with its durable write, beside a bare sqlite3 commit of as many bytes (synchronous FULL)."""
    session, _ = step(content, Session(), Picked("separation"), NOON)
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(Path(folder), None)
        person = store.vault.person("bench", "1")
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        bare.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)"
        )
        blob = json.dumps(dump(session)).encode()
        ours, peer = [], []
        for _ in range(300):
            start = asyncio.get_running_loop().time()
            new, _ = step(content, session, Chose("separation", "recente"), NOON)
            await store.commit(person, dump(new), now=NOON, language="fr")
            middle = asyncio.get_running_loop().time()
            bare.execute("INSERT OR REPLACE INTO t VALUES (1, ?)", (blob,))
            peer.append(asyncio.get_running_loop().time() - middle)
            ours.append(middle - start)
        bare.close()
        await store.close()
    middle_of = [sorted(times)[len(times) // 2] * 1000 for times in (ours, peer)]
    return line("engine turn, with the durable write", Pair(*middle_of), "bare sqlite3 commit", "<= 0.6 ms")


def matching(content: Content) -> list[str]:
    """1,000 cards matched and the next question among 20 facts, beside rule-engine and a walk of the tree."""
    knowledge = thousand(content.knowledge)
    matcher = Matcher(knowledge, DAY)
    setting = Setting(knowledge.vocabulary, knowledge.parameters, DAY)
    rules = [
        rule_engine.Rule(
            f'foyer == "seul" and age < {30 + number % 12} and (pension == "impayee" or revenus < {number})'
        )
        for number in range(len(knowledge.rights))
    ]
    row = {"foyer": "seul", "age": 24, "pension": "versee", "revenus": 900}
    pair = side_by_side(lambda: matcher.match(FAMILY), lambda: [rule.matches(row) for rule in rules], 30, 1)
    rows = [line("matching 1,000 cards", pair, "rule-engine, 1,000 rules of 4 clauses", "<= 2 ms")]

    def walked() -> list[Verdict]:
        env = prepare(FAMILY, knowledge.vocabulary, DAY)
        return [_walk(right.conditions, setting, env) for right in knowledge.rights if right.conditions]

    pair = side_by_side(lambda: matcher.match(FAMILY), walked, 5, 1)
    rows.append(line("matching 1,000 cards", pair, "walking each tree, not compiled", "<= 2 ms"))
    dialogs = Dialogs.model_construct(
        questions=content.dialogs.questions, trees=content.dialogs.trees, knowledge=knowledge
    )
    planner = Planner(dialogs, matcher)
    topics = frozenset(topic.id for topic in knowledge.topics)
    questions = list(content.dialogs.questions.values())[:20]
    few = {"separation": "recente", "foyer": "seul"}
    state = matcher.state(few)
    state.done  # noqa: B018 - matched beforehand: the next question alone is measured
    pair = side_by_side(lambda: planner.scores(questions, topics, state), lambda: matcher.match(few), 30, 1)
    rows.append(line("next question, 1,000 cards x 20 questions", pair, "one match of them all", "<= 1 ms"))
    return rows


def _walk(node: Condition, setting: Setting, env: dict[str, object]) -> Verdict:
    if node.fact or node.child or node.to_check:
        return compile_tree(node, setting)(env)
    found = [_walk(part, setting, env) for part in node.parts]
    if node.none_of:
        return {OUI: NON, NON: OUI}.get(found[0], INCONNU)
    return min(found) if node.all_of else max(found)


def start() -> list[str]:
    """From nothing to content ready, and its memory, each in a process of its own; peer: reading the same files."""
    ours = _child(
        "from dialogs.load import load_dialogs; from dialogs.content import Content; from knowledge.load import load_knowledge; import datetime; Content(load_dialogs(load_knowledge())).planner(datetime.date(2026, 11, 21))"
    )
    peer = _child(
        "import yaml, pathlib\n"
        "for path in sorted(pathlib.Path('.').glob('[kd][ni]*/**/*.yaml')):\n"
        "    yaml.load(path.read_text(encoding='utf-8'), Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))"
    )
    return [
        f"{'start, all content':<46} {ours[0]:9.0f} ms   {ours[0] / peer[0]:7.2f} x plain YAML of the same files ({peer[0]:.0f} ms)   target <= 1500 ms",
        f"{'memory at start':<46} {ours[1]:9.0f} MB   {ours[1] / peer[1]:7.2f} x plain YAML of the same files ({peer[1]:.0f} MB)   target <= 150 MB",
    ]


def _child(code: str) -> tuple[float, float]:
    """Return milliseconds and megabytes (peak resident) of a fresh Python that runs ``code``; the median of five."""
    # VmHWM and not ru_maxrss: the latter keeps the peak of the parent across fork and exec.
    peak = "int(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1]) / 1024"
    wrapped = f"import time; t = time.perf_counter()\n{code}\nprint((time.perf_counter() - t) * 1000, {peak})"
    runs = [
        subprocess.run([sys.executable, "-c", wrapped], cwd=ROOT, capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    pairs = sorted(tuple(map(float, run.stdout.split())) for run in runs)
    return pairs[2][0], pairs[2][1]


def main() -> None:
    """Print every row."""
    knowledge = load_knowledge(ROOT / "knowledge")
    content = Content(load_dialogs(knowledge, ROOT / "dialogs"))
    content.planner(DAY)
    print(
        f"Python {platform.python_version()}, {platform.machine()}; {len(knowledge.cards)} cards, {len(knowledge.places)} places"
    )
    print(engine(content))
    print(asyncio.run(durable(content)))
    for row in (*matching(content), *start(), *web_rows()):
        print(row)
    print(f"yaml loader: {'libyaml' if hasattr(yaml, 'CSafeLoader') else 'python'}")


main()
