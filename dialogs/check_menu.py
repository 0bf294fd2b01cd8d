"""Checks the entries of the first screen: facts, questions, groups and people they name exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from dialogs.model import MenuGroup
from knowledge.content import Knowledge
from knowledge.facts import FactError, plain
from knowledge.faults import Fault
from knowledge.load import near


def entry_faults(menu: Sequence[MenuGroup], questions: Collection[str], knowledge: Knowledge) -> Iterator[Fault]:
    """Yield what is wrong in the entries, in file order."""
    cards = [card.id for card in knowledge.cards]
    groups = [group.id for group in menu]
    for group in menu:
        said = f"entrée '{group.id}' : "
        if not group.fills and (group.first or group.groups or group.alone or group.say or group.people):
            yield Fault("", (), f"{said}c'est un groupe, qui ne prend que des arbres", "ajoutez « remplit: »")
        for name, value in group.fills.items():
            yield from _fact(said, name, value, knowledge)
        for what, names, known in (
            ("question", group.first, questions),
            ("groupe", group.groups, groups),
            ("fiche", group.people, cards),
        ):
            for name in names:
                if name not in known:
                    yield Fault("", (), f"{said}{what} '{name}' : ce nom n'existe pas", near(name, known))


def _fact(said: str, name: str, value: str, knowledge: Knowledge) -> Iterator[Fault]:
    fact = knowledge.vocabulary.get(name)
    if fact is None:
        facts = [each.id for each in knowledge.vocabulary.facts]
        yield Fault("", (), f"{said}fait '{name}' inconnu", near(name, facts))
        return
    try:
        plain(fact, value)
    except FactError as error:
        yield Fault("", (), f"{said}{error}", near(value, fact.possible))
