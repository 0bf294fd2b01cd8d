"""What is never named where somebody else may read it: on paper, in a preview, on a locked screen, beside answers."""

from __future__ import annotations

from bot.content import Library
from knowledge.model import Place


def is_hidden(target: str, library: Library) -> bool:
    """Tell whether a topic or a card belongs to a subject that is never written down, or is a number for danger."""
    guarded = {topic for tree in library.content.dialogs.trees.values() if tree.guarded for topic in tree.topics}
    card = library.content.knowledge.by_id.get(target)
    topics = (target,) if card is None or isinstance(card, Place) else card.topics
    return bool(guarded.intersection(topics)) or bool(getattr(card, "cases", ()))
