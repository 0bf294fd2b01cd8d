"""The names of cards and topics in every language, as the search index takes them."""

from __future__ import annotations

from i18n.lookup import Catalogs
from knowledge.base import Label
from knowledge.content import Knowledge


def names_by_language(knowledge: Knowledge, catalogs: Catalogs) -> dict[str, dict[str, str]]:
    """Return language -> card or topic id -> its name there; French is left out, the index has it."""
    labels = [(card.id, Label(f"{card.kind}.{card.id}.nom", card.name)) for card in knowledge.cards]
    labels += [(topic.id, Label(f"theme.{topic.id}.nom", topic.name)) for topic in knowledge.topics]
    return {
        language.id: {name: catalogs.translate(language.id, label.context, label.text).text for name, label in labels}
        for language in catalogs.languages
        if language.id != "fr" and not language.register_of
    }
