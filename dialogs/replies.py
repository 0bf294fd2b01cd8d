"""What follows from an answer, pressed or typed, and from a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs import answers, wording
from dialogs.children import joined
from dialogs.describe import options
from dialogs.effects import Effect, Guess, Menu, People, Say
from dialogs.entry import own_trees
from dialogs.events import Ambiguous, Answered, Asked, Changed, Chose
from dialogs.model import Question
from dialogs.session import Session
from dialogs.stand import Stand, Turn
from knowledge.vocabulary import CHILDREN

_SMALL_TALK = {
    "merci": wording.THANKS,
    "bonjour": wording.HELLO_AGAIN,
    "non-texte": wording.OTHER_MEDIA,
    "insulte": wording.INSULTED,
    "rien": wording.NOTHING_SAID,
    "nombre": wording.NUMBER_ALONE,
    "age": wording.WHOSE_AGE,
    "peine": wording.SADNESS,
}


class Replies(Stand):
    """The turns of answers and sentences."""

    def choose(self, event: Chose) -> Turn:
        """Return the turn of a press on a question."""
        question = self.dialogs.questions.get(event.question)
        if question is None or event.question != self.session.pending:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        try:
            session = answers.choose(self.dialogs, self.session, question, event.choice, self.on)
        except answers.Unfit:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        return self.present(session)

    def answer(self, event: Answered) -> Turn:
        """Return the turn of a typed answer to the pending question."""
        question = self.dialogs.questions.get(event.question)
        if question is None or event.question != self.session.pending:
            return self.ask(Asked(facts={**event.facts, **event.also}))
        session = answers.volunteer(self.session, event.also, "dit", self.on)
        before = self.noted(dict(event.also))
        if event.choice is not None:
            turn = Replies(self.content, session, self.on).choose(Chose(question.id, event.choice))
            return turn[0], (*before, *turn[1])
        session = self._told(session, question, event.facts)
        if question.kind == "enfants" and not answers.children_of(session)[1]:
            return self.present(replace(session, changing=question.id), *before)  # more children may follow
        return self.present(answers.close(session, question), *before, *self.noted(dict(event.facts)))

    def _told(self, session: Session, question: Question, facts: Mapping[str, Any]) -> Session:
        """Return the session with what was typed instead of an earlier answer; an open list of children grows."""
        listed, complete = answers.children_of(session)
        if question.kind == "enfants" and listed and not complete and CHILDREN in facts:
            told = facts[CHILDREN]
            facts = {**facts, CHILDREN: {**told, "liste": joined(listed, told["liste"], self.on)}}
        session = answers.volunteer(answers.forget(self.dialogs, session, question), facts, "dit", self.on)
        kept = {
            name: replace(known, question=question.id) if name in facts else known
            for name, known in session.facts.items()
        }
        return replace(session, facts=kept)

    def guess(self, event: Ambiguous) -> Turn:
        """Return « vouliez-vous dire » with the nearest choices or subjects."""
        question = self.dialogs.questions.get(event.question or "")
        if question is not None and question.id == self.session.pending:
            near = [option for option in options(question, self.session, self.on) if option.choice in event.choices]
            return self.session, (Guess(question.id, tuple(near)),)
        trees = own_trees(self.dialogs, self.session.plain, event.trees)
        if trees:
            # A guarded subject that a text was near is written down nowhere, not even as one of several.
            kept = () if any(self.dialogs.trees[tree].guarded for tree in trees) else trees
            return replace(self.session, offered=kept), (Say(wording.LIKELY), Menu(trees, likely=True))
        return self.present(self.session, Say(wording.NOT_UNDERSTOOD))

    def ask(self, event: Asked) -> Turn:
        """Return the turn of a sentence: facts noted, subjects opened, cards named."""
        if event.small_talk:
            return self.present(self.session, Say(_SMALL_TALK[event.small_talk]))
        session = answers.volunteer(self.session, event.facts, "dit", self.on)
        if not answers.children_of(session)[0]:
            session = replace(session, of_child={**session.of_child, **event.of_child})
        before = self.noted(dict(event.facts))
        meant = own_trees(self.dialogs, session.plain, event.trees)
        trees = [tree for tree in meant if tree in self.dialogs.trees and tree not in session.stack]
        guarded = [tree for tree in trees if self.dialogs.trees[tree].guarded]
        if guarded and (session.stack or len(trees) > 1):
            # A guarded subject is only offered, so that the rest of the conversation is kept as usual.
            return session, (*before, Say(wording.LIKELY), Menu(tuple(trees), likely=True))
        for tree in trees:
            session = self.with_tree(session, tree)
        session = replace(session, named=tuple(dict.fromkeys((*session.named, *event.named))))
        if not trees and event.cards:
            return self._cards(session, event.cards, before)
        if not (trees or event.facts):
            return self.present(session, Say(wording.NOT_UNDERSTOOD))
        added = (Say(wording.TREE_ADDED),) if trees and self.session.stack else ()
        return self.present(session, *before, *added)

    def _cards(self, session: Session, cards: tuple[str, ...], before: tuple[Effect, ...]) -> Turn:
        if len(cards) == 1:
            turn = self.card(session, cards[0])
            return turn[0], (*before, *turn[1])
        return session, (*before, People(cards[:3]))

    def change(self, event: Changed) -> Turn:
        """Return the turn that asks an answered question again; its answer stays until there is a new one."""
        question = self.dialogs.questions.get(event.question)
        if question is None:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        session, (listed, complete) = self.session, answers.children_of(self.session)
        if question.kind == "enfants" and listed and not complete:
            session = answers.forget(self.dialogs, session, question)  # else presses would add to the open list
        return self.present(replace(session, changing=question.id))
