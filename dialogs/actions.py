"""What is always within reach, in every question: back, change, why, menu, language, a person, leave fast. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs import answers, wording
from dialogs.dates import all_dates
from dialogs.describe import why_label
from dialogs.effects import Answers, Languages, People, Say, Wipe
from dialogs.entry import entry_of
from dialogs.events import Did
from dialogs.known import changeable
from dialogs.session import Session
from dialogs.stand import Stand, Turn
from dialogs.walk import Walk


class Actions(Stand):
    """The turns of :class:`dialogs.events.Did`."""

    def act(self, event: Did) -> Turn:
        """Return the turn of one action."""
        actions: dict[str, Callable[[], Turn]] = {
            "retour": self._back,
            "changer": self._list_answers,
            "pourquoi": self._why,
            "menu": self.to_menu,
            "langue": lambda: (self.session, (Languages(),)),
            "humain": self._human,
            "quitter": lambda: (Session(language=self.session.language), (Wipe(fast=True),)),
            "effacer": self._erase,
            "continuer": lambda: self.present(self.session),
            "recommencer": self._restart,
            "aide": lambda: self.present(self.session, Say(wording.HELP)),
            "reponses": self._all_answers,
            "dates": lambda: (self.session, (all_dates(Walk(self.planner, self.session)),)),
        }
        return actions[event.action]()

    def _erase(self) -> Turn:
        empty = Session(language=self.session.language)
        return empty, (Wipe(fast=False), Say(wording.ERASED), self.menu())

    def _restart(self) -> Turn:
        empty = Session(language=self.session.language)
        return empty, (Say(wording.WELCOME), Say(wording.PRIVACY), self.menu())

    def to_menu(self) -> Turn:
        """Return to the first screen; what is known stays known."""
        return self.present(self.session.afresh())

    def _back(self) -> Turn:
        pressed = answers.children_of(self.session)
        question = self.dialogs.questions.get(self.session.pending or "")
        if question and question.kind == "enfants" and pressed[0] and not pressed[1]:
            last = answers.with_children(self.session, pressed[0][:-1], False, "dit", self.on, question.id)
            return self.present(replace(last, changing=question.id))
        if question and question.id == self.session.changing and answers.is_answered(self.session, question):
            return self.present(replace(self.session, changing=None, pending=None))  # not changed after all
        known = [name for name in self.session.trail if name in self.dialogs.questions]
        if not known:
            return self.to_menu() if self.session.stack else self._out_of_entry()
        session = answers.forget(self.dialogs, self.session, self.dialogs.questions[known[-1]])
        return self.present(replace(session, changing=known[-1], pending=None))

    def _out_of_entry(self) -> Turn:
        """Return to the first screen of everyone: who took an entry by mistake is no longer known by it."""
        if self.session.offered:
            return self.to_menu()
        entry = entry_of(self.dialogs, self.session.plain)
        left = {name: known for name, known in self.session.facts.items() if not entry or name not in entry.fills}
        return self.present(replace(self.session, facts=left, pending=None, changing=None))

    def _why(self) -> Turn:
        question = self.dialogs.questions.get(self.session.pending or "")
        return self.present(self.session, Say(why_label(question) if question else wording.NO_QUESTION))

    def _list_answers(self) -> Turn:
        lines = changeable(self.dialogs, self.session, self.on)
        if not lines:
            return self.present(self.session, Say(wording.NOTHING_TO_CHANGE))
        return self.session, (Answers(lines),)

    def _all_answers(self) -> Turn:
        """Show all that is known, with a button for each answer that a question can change."""
        noted = self.noted(self.session.plain)
        lines = changeable(self.dialogs, self.session, self.on)
        if lines:
            return self.session, (*noted, Answers(lines))
        return self.present(self.session, *(noted or (Say(wording.NOTHING_KNOWN),)))

    def _human(self) -> Turn:
        knowledge = self.content.knowledge
        walk = Walk(self.planner, self.session)
        if walk.entry and walk.entry.people:
            return self.session, (Say(wording.PEOPLE), People(walk.entry.people))
        topics = [knowledge.topic_by_id[name] for name in walk.topics if name in knowledge.topic_by_id]
        always = [name for topic in topics or knowledge.topics[:3] for name in topic.always]
        return self.session, (Say(wording.PEOPLE), People(tuple(dict.fromkeys(always))[:4]))
