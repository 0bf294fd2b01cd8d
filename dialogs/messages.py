"""Every French sentence of questions, trees and the engine with its place, for catalogs and checks of length."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import wording
from dialogs.describe import (
    choice_label,
    entry_says,
    group_label,
    name_label,
    question_label,
    title_label,
    why_label,
)
from dialogs.model import Dialogs, Question
from knowledge.base import Label


def dialog_labels(dialogs: Dialogs) -> Iterator[Label]:
    """Yield every sentence of conversations, in the order of the files."""
    yield from (Label(label.context, label.text) for label in wording.ALL)
    for question in dialogs.questions.values():
        yield from question_labels(question)
    for group in dialogs.menu:
        if group.opens:
            yield group_label(group)
        yield from (group_label(group, profile) for profile in group.told_to)
        if group.say:
            yield entry_says(group)
    for tree_id, tree in dialogs.trees.items():
        yield title_label(dialogs, tree_id)
        for number, node in enumerate(tree.nodes):
            for key, text in (("dire", node.say), ("fin", node.end)):
                if text:
                    yield Label(f"arbre.{tree_id}.{number}.{key}", text)


def question_labels(question: Question) -> Iterator[Label]:
    """Yield the sentences of one question."""
    yield question_label(question)
    yield from (question_label(question, profile) for profile in question.told_to)
    yield name_label(question)
    yield why_label(question)
    if question.hint:
        yield Label(f"question.{question.id}.aide", question.hint)
    for choice in question.choices:
        yield choice_label(question, choice)
