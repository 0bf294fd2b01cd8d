"""``python -m tests.oracle [N]``: the figures, as Markdown tables, on N households (10,000)."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dialogs.content import Content
from dialogs.load import load_dialogs
from knowledge.criteria import Setting
from knowledge.load import load_knowledge
from tests.oracle.compare import RIGHTS, ROOT, answers, ask
from tests.oracle.coverage import settled
from tests.oracle.drawing import draw
from tests.oracle.gaps import register
from tests.oracle.households import ON
from tests.oracle.thresholds import Thresholds


def main(count: int) -> int:
    """Print what was found; return 1 when a difference is not explained."""
    knowledge = load_knowledge(Path(ROOT) / "knowledge")
    setting = Setting(knowledge.vocabulary, knowledge.parameters, ON)
    households = list(draw(count, 46, Thresholds.of(knowledge, RIGHTS, setting)))
    found = list(answers(knowledge, households, ask(households)["droits"]))
    gaps = register(setting).gaps
    explained: Counter[str] = Counter()
    unexplained: Counter[str] = Counter()
    for answer in found:
        if answer.fault:
            line = next((gap.id for gap in gaps if gap.explains(answer, setting)), None)
            (explained if line else unexplained)[line or f"{answer.card}, {answer.fault}, {answer.how}"] += 1
    whole = Counter((answer.card, answer.verdict, answer.amount > 0) for answer in found if answer.how == "entier")
    print(f"{count} ménages, {len(found)} réponses ; écarts expliqués {dict(explained)}")
    print(f"écarts non expliqués : {dict(unexplained)}\n")
    print("| fiche | droit ouvert : oui, probable, inconnu, non | pas de droit : oui, probable, inconnu, non |")
    print("|---|---|---|")
    for card in RIGHTS:
        sides = [
            ", ".join(str(whole[card, word, given]) for word in ("oui", "probable", "inconnu", "non"))
            for given in (True, False)
        ]
        print(f"| {card} | {sides[0]} | {sides[1]} |")
    print("\n| fiche | % décidés après 3 | 5 | 8 questions |\n|---|---|---|---|")
    content = Content(load_dialogs(knowledge, Path(ROOT) / "dialogs"))
    for card, marks in settled(content, households[:1000]).items():
        print(f"| {card} | " + " | ".join(f"{100 * marks[mark]:.0f}" for mark in (3, 5, 8)) + " |")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
