"""What is never named where somebody else may read it: on paper, in a preview, on a locked screen, beside answers."""

from __future__ import annotations

from bot.content import Library
from knowledge.content import AnyCard
from knowledge.folding import fold, words
from knowledge.model import Helpline, Place


def is_hidden(target: str, library: Library) -> bool:
    """Tell whether a topic or a card belongs to a subject that is never written down, or is a number for danger."""
    card = library.content.knowledge.by_id.get(target)
    topics = (target,) if card is None or isinstance(card, Place) else card.topics
    return bool(_guarded(library).intersection(topics)) or bool(getattr(card, "cases", ()))


def is_unspoken(target: str, library: Library) -> bool:
    """Tell whether a topic or a card may not even be shown to others by someone who chose to share it.

    Narrower than :func:`is_hidden`: lawyers and social workers help with violence among other things, and their cards
    say nothing of it. Numbers, cards that are first of all about it, and those whose words name it stay unspoken.
    """
    if not is_hidden(target, library):
        return False
    card = library.content.knowledge.by_id.get(target)
    if card is None or isinstance(card, Place | Helpline):
        return True
    return card.topics[0] in _guarded(library) or _names(card, library)


def _guarded(library: Library) -> frozenset[str]:
    trees = library.content.dialogs.trees.values()
    return frozenset(topic for tree in trees if tree.guarded for topic in tree.topics)


def _names(card: AnyCard, library: Library) -> bool:
    """Tell whether what a card says first holds words of a guarded topic."""
    said = f" {' '.join(words(fold(f'{card.name} {card.summary} {card.audience}')))} "
    topics = library.content.knowledge.topic_by_id
    named = [word for topic in _guarded(library) if topic in topics for word in topics[topic].words]
    return any(f" {' '.join(words(fold(word)))} " in said for word in named)
