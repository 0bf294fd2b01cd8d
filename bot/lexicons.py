"""Builds, for each language, the words by which buttons, subjects and cards are known when they are typed."""

from __future__ import annotations

from dialogs.describe import choice_label, title_label
from dialogs.model import Dialogs
from dialogs.understand import Lexicon
from i18n.lookup import Catalogs
from knowledge.base import Label
from knowledge.content import AnyCard
from knowledge.encoder import Encoder
from knowledge.messages import field_label


def lexicons(dialogs: Dialogs, catalogs: Catalogs, encoder: Encoder | None = None) -> dict[str, Lexicon]:
    """Return a lexicon by language id; each holds the French words too, since people mix languages.

    Args:
        dialogs: questions, trees, cards.
        catalogs: what they are called in each language.
        encoder: reads whole sentences of every language, where there is one.
    """
    return {language.id: _lexicon(dialogs, catalogs, language.id, encoder) for language in catalogs.languages}


def _lexicon(dialogs: Dialogs, catalogs: Catalogs, language: str, encoder: Encoder | None) -> Lexicon:
    def said(label: Label) -> str:
        return catalogs.translate(language, label.context, label.text).text

    choices = {
        (question.id, choice.id): _once(said(choice_label(question, choice)), choice.text, *choice.words)
        for question in dialogs.questions.values()
        for choice in question.choices
    }
    return Lexicon(
        language=language,
        choices=choices,
        trees={tree: _tree_words(dialogs, tree, said(title_label(dialogs, tree)), language) for tree in dialogs.trees},
        cards={
            card.id: _card_words(card, said(field_label(card, "nom", card.name))) for card in dialogs.knowledge.cards
        },
        encoder=encoder,
    )


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _tree_words(dialogs: Dialogs, tree_id: str, title: str, language: str) -> tuple[str, ...]:
    tree, topics = dialogs.trees[tree_id], dialogs.knowledge.topic_by_id
    words = list(tree.words)
    # A tree named after a topic answers to its title and words; the others are for some people only: to their own.
    topic = topics.get(tree_id)
    if topic:
        words += [title, tree.title, topic.name, *topic.words, *topic.foreign_words.get(language[:2], ())]
    return _once(*words)


def _card_words(card: AnyCard, name: str) -> tuple[str, ...]:
    return _once(name, card.name, card.acronym or "", *card.words)
