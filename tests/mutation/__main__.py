"""``python -m tests.mutation``: every change of every card, what survives, and whether it should have been seen."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from knowledge.criteria import Setting
from knowledge.load import load_knowledge
from tests.knowledge.golden import golden_families
from tests.mutation.killing import Judge
from tests.mutation.mutants import mutants
from tests.mutation.register import equivalents

ON = date(2026, 11, 21)


def main() -> int:
    """Print the figures and each survivor; return 1 when one should have been seen, or a line serves no more."""
    knowledge = load_knowledge(Path(__file__).resolve().parents[2] / "knowledge")
    setting = Setting(knowledge.vocabulary, knowledge.parameters, ON)
    judge, known = Judge(knowledge, golden_families(), ON), equivalents()
    total, alive, wrong = 0, set(), 0
    for card in knowledge.cards:
        for mutant in mutants(card, setting) if card.conditions else ():
            total += 1
            if judge.killed(mutant, card):
                continue
            alive.add((card.id, mutant.what))
            apart = judge.difference(mutant, card)
            if apart is not None and apart.facts:
                wrong += 1
                print(f"{card.id} {mutant.what} : {apart.facts} {apart.before.word} -> {apart.after.word}")
            elif (card.id, mutant.what) not in known:
                wrong += 1
                print(f"{card.id} {mutant.what} : aucune famille ne le voit, à ranger dans equivalents.yaml")
    stale = set(known) - alive
    for card_id, what in sorted(stale):
        print(f"{card_id} {what} : cette ligne d'equivalents.yaml ne sert plus")
    seen, visible = total - len(alive), total - len(alive & set(known))
    print(f"{total} changements, {seen} vus, {len(alive & set(known))} équivalents : {100 * seen / visible:.1f} %")
    return 1 if wrong or stale else 0


if __name__ == "__main__":
    sys.exit(main())
