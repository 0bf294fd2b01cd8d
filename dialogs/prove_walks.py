"""Walks every tree with the real engine: promises on the number of questions, no dead end, nothing lost.

From each distinct state reached, every button is pressed once; then whole conversations are drawn at random
with a fixed seed. States are told apart by the question asked and the questions answered, not by each answer:
this is a search, not a proof. The bound on questions itself holds by construction (the engine counts).
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from dialogs.answers import children_of
from dialogs.content import Content
from dialogs.effects import Ask, Effect, Menu, People, Show
from dialogs.engine import step
from dialogs.events import Asked, Chose, Did, Event, Picked
from dialogs.model import Tree
from dialogs.report import Section
from dialogs.session import Session, dump, load
from dialogs.stand import Turn
from knowledge.model import Place

MOST_TURNS = 3_000
"""Turns for all trees together, shared evenly (about 1 ms each); three in four press every button."""

MOST_PRESSES = 80
"""Answers after which a conversation is said not to end."""

_SEED = 20261121


@dataclass(slots=True)
class Tally:
    """What the walks of one tree saw."""

    turns: int = 0
    states: int = 0
    ends: int = 0
    longest: int = 0
    faults: dict[str, None] = field(default_factory=dict)


def prove_walks(content: Content, now: datetime) -> Section:
    """Return what walking every tree shows."""
    trees = content.dialogs.trees
    asked = [tree for tree in trees.values() if not tree.callable_only]
    tallies = {tree.id: Walker(content, tree, now).run(MOST_TURNS // len(asked)) for tree in asked}
    return Section(
        "Conversations : le nombre de questions promis, une fin utile, rien de perdu",
        {
            "arbres": len(tallies),
            "états": sum(tally.states for tally in tallies.values()),
            "fins": sum(tally.ends for tally in tallies.values()),
            "tours joués": sum(tally.turns for tally in tallies.values()),
        },
        tuple(f"arbre '{name}' : {fault}" for name, tally in tallies.items() for fault in tally.faults),
        tuple(
            f"arbre '{name}' : {tally.longest} question(s) au plus, {trees[name].questions_max} promises"
            for name, tally in tallies.items()
        ),
    )


class Walker:
    """The walks of one tree."""

    def __init__(self, content: Content, tree: Tree, now: datetime) -> None:
        self.content, self.tree, self.now = content, tree, now
        self.tally = Tally()

    def run(self, turns: int) -> Tally:
        """Walk for about this many turns, and return what was seen."""
        start = self._turn(Session(), Picked(self.tree.id))
        self._every_button(start, turns * 3 // 4)
        dice = Random(_SEED)  # noqa: S311 - repeatable walks, not a secret
        first = self.tally.turns
        while self.tally.turns - first < turns // 4:
            self._talk(start, dice)
        return self.tally

    def _turn(self, session: Session, event: Event) -> Turn:
        """Play one turn, the session going through JSON as it does in the store."""
        self.tally.turns += 1
        after, effects = step(self.content, session, event, self.now)
        stored = load(json.loads(json.dumps(dump(after))))
        if dump(stored) != dump(after):
            self._note("une session change en passant par le disque")
        return stored, effects

    def _note(self, what: str) -> None:
        self.tally.faults[what] = None

    def _every_button(self, start: Turn, turns: int) -> None:
        seen: set[object] = set()
        waiting = deque([start])
        while waiting and self.tally.turns < turns:
            session, effects = waiting.popleft()
            asked = self._look(session, effects)
            if asked is None or (key := _state(session)) in seen:
                continue
            seen.add(key)
            self.tally.states += 1
            self._keeps_its_head(session, asked)
            for choice in _choices(asked):
                waiting.append(self._turn(session, Chose(asked.question, choice)))
        for session, effects in waiting:
            self._look(session, effects)

    def _keeps_its_head(self, session: Session, asked: Ask) -> None:
        """Nonsense asks the same question again and loses nothing; going back always leads somewhere."""
        after, effects = self._turn(session, Asked())
        again = _asked(effects)
        if again is None or again.question != asked.question or dict(after.facts) != dict(session.facts):
            self._note(f"un texte incompris fait perdre la question '{asked.question}'")
        _, effects = self._turn(session, Did("retour"))
        if not any(isinstance(effect, Ask | Menu) for effect in effects):
            self._note(f"le retour depuis '{asked.question}' ne mène nulle part")

    def _talk(self, turn: Turn, dice: Random) -> None:
        for _ in range(MOST_PRESSES):
            session, effects = turn
            asked = self._look(session, effects)
            if asked is None:
                return
            turn = self._turn(session, Chose(asked.question, dice.choice(list(_choices(asked)))))
        self._note(f"une conversation ne finit pas en {MOST_PRESSES} réponses")

    def _look(self, session: Session, effects: tuple[Effect, ...]) -> Ask | None:
        """Check one turn's promises; return its question, None at an end."""
        asked = _asked(effects)
        if asked is None:
            self._end(effects)
            return None
        count = len({*session.trail, asked.question})
        self.tally.longest = max(self.tally.longest, count)
        if count > self.tree.questions_max:
            self._note(f"{count} questions posées, {self.tree.questions_max} promises")
        if asked.question in session.trail:
            self._note(f"la question '{asked.question}' est reposée")
        if not asked.options:
            self._note(f"la question '{asked.question}' n'a aucun bouton")
        return asked

    def _end(self, effects: tuple[Effect, ...]) -> None:
        self.tally.ends += 1
        shown = [name for effect in effects for name in _cards(effect)]
        known = self.content.knowledge.by_id
        if not shown:
            self._note("une fin ne propose ni fiche ni personne")
        for name in shown:
            if name not in known or isinstance(known[name], Place):
                self._note(f"une fin propose '{name}', qui n'est pas une fiche")


def _asked(effects: tuple[Effect, ...]) -> Ask | None:
    return next((effect for effect in effects if isinstance(effect, Ask)), None)


def _choices(asked: Ask) -> Iterator[str]:
    return (option.choice for option in asked.options)


def _cards(effect: Effect) -> tuple[str, ...]:
    if isinstance(effect, Show):
        return (*(result.card for result in (*effect.fits, *effect.to_check)), *effect.turn_to)
    return effect.cards if isinstance(effect, People) else ()


def _state(session: Session) -> object:
    children, complete = children_of(session)
    return session.pending, frozenset(session.trail), min(len(children), 2), complete
