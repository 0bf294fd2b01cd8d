"""One pure function runs every conversation: a session and an event in, a session and effects out.

No clock, disk, network or randomness inside. The answers are the truth and the next question is computed from
them; an event that does not fit asks again and loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs import answers, wording
from dialogs.content import Content
from dialogs.describe import ask, noted_lines, options, why_label
from dialogs.effects import (
    Answers,
    Effect,
    Emergency,
    Guess,
    Languages,
    Menu,
    Noted,
    People,
    Proposal,
    Say,
    Show,
    Wipe,
)
from dialogs.events import (
    Ambiguous,
    Answered,
    Asked,
    Changed,
    Chose,
    Confirmed,
    Did,
    Event,
    Opened,
    Paged,
    Picked,
    Spoke,
    Started,
)
from dialogs.known import changeable
from dialogs.results import show, show_card
from dialogs.session import LinkOffer, Session
from dialogs.walk import Walk
from knowledge.content import AnyCard
from knowledge.danger import Alarm
from knowledge.model import Place

Turn = tuple[Session, tuple[Effect, ...]]


def step(content: Content, session: Session, event: Event, now: datetime) -> Turn:
    """Advance one conversation by one event.

    Args:
        content: questions, trees and cards.
        session: what is known so far; never changed in place.
        event: what the person did, see :mod:`dialogs.events`.
        now: when, in Paris time; its day decides ages and amounts.

    Returns:
        The new session, and what to show in order. An emergency changes nothing in the session: danger is an
        event, never a fact.
    """
    return Stepper(content, session, now).run(event)


def is_guarded(content: Content, session: Session) -> bool:
    """Tell whether a conversation is inside a tree of which nothing may be saved."""
    trees = content.dialogs.trees
    return any(trees[name].guarded for name in session.stack if name in trees)


class Stepper:
    """One turn; holds what every handler needs."""

    def __init__(self, content: Content, session: Session, now: datetime) -> None:
        self.content, self.session, self.on = content, session, now.date()
        self.dialogs = content.dialogs
        self.planner = content.planner(self.on)

    def run(self, event: Event) -> Turn:
        """Return the turn for any event of the closed list."""
        handlers: dict[type, Callable[[Any], Turn]] = {
            Started: self._start,
            Chose: self._choose,
            Picked: self._pick,
            Answered: self._answer,
            Ambiguous: self._guess,
            Asked: self._ask,
            Did: self._act,
            Opened: self._open,
            Paged: self._page,
            Changed: self._change,
            Spoke: self._speak,
            Confirmed: self._confirm,
            Alarm: self._alarm,
        }
        return handlers[type(event)](event)

    # --- where the conversation stands -------------------------------------------------------------------------

    def present(self, session: Session, *before: Effect) -> Turn:
        """Return the session with its next question pending, or the menu, or the results."""
        if session.offer:
            return session, (*before, self._proposal(session.offer))
        if not session.stack and not session.changing:
            waiting = replace(session, pending=None)
            return waiting, (*before, Say(wording.AGAIN), self._menu())
        walk = Walk(self.planner, session)
        position = walk.position()
        # Said before the question it leads to, once: not when it is asked again, not above the results.
        again = position.question == self.session.pending if position.question else bool(session.trail)
        says = () if again else tuple(Say(label) for label in position.says)
        if position.question:
            question = self.dialogs.questions[position.question]
            asked = replace(session, pending=question.id)
            return asked, (*before, *says, ask(question, session, walk.most, self.on))
        done = replace(session, pending=None, changing=None)
        ending = (Say(position.ending),) if position.ending else ()
        if not position.topics:
            return done, (*before, *says, *ending, People(position.people))
        page = show(walk, position, 0)
        nothing = () if page.total else (Say(wording.NOTHING_FOUND),)
        return done, (*before, *says, *ending, *nothing, page)

    def _menu(self) -> Menu:
        """Return the first screen: groups, a group of one tree as the tree itself."""
        alone = tuple(group.trees[0] for group in self.dialogs.menu if len(group.trees) == 1)
        return Menu(alone, groups=tuple(group.id for group in self.dialogs.menu if len(group.trees) > 1))

    def _proposal(self, offer: LinkOffer) -> Proposal:
        return Proposal(noted_lines(self.dialogs, offer.facts, self.on))

    # --- events --------------------------------------------------------------------------------------------------

    def _start(self, event: Started) -> Turn:
        known = bool(self.session.facts or self.session.stack)
        if event.bad_link:
            return self.present(self.session, Say(wording.BAD_LINK))
        if not (event.tree or event.card or event.facts):
            if known:
                return self.present(self.session, Say(wording.HELLO_AGAIN))
            waiting = replace(self.session, pending=None)
            return waiting, (Say(wording.WELCOME), Say(wording.PRIVACY), self._menu())
        fresh = {name: value for name, value in event.facts.items() if name not in self.session.facts}
        session = replace(self.session, offer=LinkOffer(event.tree, event.card, fresh)) if fresh else self.session
        if fresh:
            return self.present(session)
        return self._follow(session, event.tree, event.card)

    def _follow(self, session: Session, tree: str | None, card: str | None) -> Turn:
        """Go where a link points; a running conversation keeps its trees and only gains one."""
        if tree in self.dialogs.trees:
            session = self._with_tree(session, str(tree))
        if card in self.content.knowledge.by_id:
            return self._card(session, str(card))
        return self.present(session)

    def _confirm(self, event: Confirmed) -> Turn:
        offer = self.session.offer
        session = replace(self.session, offer=None)
        if offer is None:
            return self.present(session, Say(wording.OLD_BUTTON))
        if not event.yes:
            declined, effects = self._follow(session, offer.tree, offer.card)
            return declined, (Say(wording.OFFER_DECLINED), *effects)
        return self._follow(answers.volunteer(session, offer.facts, "lien", self.on), offer.tree, offer.card)

    def _pick(self, event: Picked) -> Turn:
        group = next((group for group in self.dialogs.menu if group.id == event.tree), None)
        if group is not None and len(group.trees) > 1:
            return replace(self.session, pending=None), (Say(wording.WHICH), Menu(group.trees, likely=True))
        if event.tree not in self.dialogs.trees:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        # A subject chosen in the menu starts its own count of questions; what is known stays known.
        session = replace(self.session, stack=(event.tree,), trail=(), pending=None, changing=None, offer=None)
        guarded = (Say(wording.GUARDED),) if is_guarded(self.content, session) else ()
        return self.present(session, *guarded)

    def _with_tree(self, session: Session, tree: str) -> Session:
        return session if tree in session.stack else replace(session, stack=(*session.stack, tree))

    def _choose(self, event: Chose) -> Turn:
        question = self.dialogs.questions.get(event.question)
        if question is None or event.question != self.session.pending:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        try:
            session = answers.choose(self.dialogs, self.session, question, event.choice, self.on)
        except answers.Unfit:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        return self.present(session)

    def _answer(self, event: Answered) -> Turn:
        question = self.dialogs.questions.get(event.question)
        if question is None or event.question != self.session.pending:
            return self._ask(Asked(facts={**event.facts, **event.also}))
        session = answers.volunteer(self.session, event.also, "dit", self.on)
        before = self._noted(dict(event.also))
        if event.choice is not None:
            turn = Stepper(self.content, session, _midday(self.on))._choose(Chose(question.id, event.choice))
            return turn[0], (*before, *turn[1])
        session = answers.volunteer(answers.forget(self.dialogs, session, question), event.facts, "dit", self.on)
        kept = {
            name: replace(known, question=question.id) if name in event.facts else known
            for name, known in session.facts.items()
        }
        session = replace(session, facts=kept)
        if question.kind == "enfants" and not answers.children_of(session)[1]:
            return self.present(replace(session, changing=question.id), *before)  # more children may follow
        return self.present(answers.close(session, question), *before, *self._noted(dict(event.facts)))

    def _noted(self, facts: dict[str, Any]) -> tuple[Effect, ...]:
        lines = noted_lines(self.dialogs, facts, self.on)
        return (Noted(lines),) if lines else ()

    def _guess(self, event: Ambiguous) -> Turn:
        question = self.dialogs.questions.get(event.question or "")
        if question is not None and question.id == self.session.pending:
            near = [option for option in options(question, self.session, self.on) if option.choice in event.choices]
            return self.session, (Guess(question.id, tuple(near)),)
        trees = tuple(tree for tree in event.trees if tree in self.dialogs.trees)
        if trees:
            return self.session, (Say(wording.LIKELY), Menu(trees, likely=True))
        return self.present(self.session, Say(wording.NOT_UNDERSTOOD))

    def _ask(self, event: Asked) -> Turn:
        small = {"merci": wording.THANKS, "bonjour": wording.HELLO_AGAIN, "non-texte": wording.OTHER_MEDIA}
        if event.small_talk:
            return self.present(self.session, Say(small[event.small_talk]))
        session = answers.volunteer(self.session, event.facts, "dit", self.on)
        before = self._noted(dict(event.facts))
        trees = [tree for tree in event.trees if tree in self.dialogs.trees and tree not in session.stack]
        guarded = [tree for tree in trees if self.dialogs.trees[tree].guarded]
        if guarded and (session.stack or len(trees) > 1):
            # A guarded subject is only offered, so that the rest of the conversation is kept as usual.
            return session, (*before, Say(wording.LIKELY), Menu(tuple(trees), likely=True))
        for tree in trees:
            session = self._with_tree(session, tree)
        if not trees and event.cards:
            return self._cards(session, event.cards, before)
        if not (trees or event.facts):
            return self.present(session, Say(wording.NOT_UNDERSTOOD))
        added = (Say(wording.TREE_ADDED),) if trees and self.session.stack else ()
        return self.present(session, *before, *added)

    def _cards(self, session: Session, cards: tuple[str, ...], before: tuple[Effect, ...]) -> Turn:
        if len(cards) == 1:
            turn = self._card(session, cards[0])
            return turn[0], (*before, *turn[1])
        return session, (*before, People(cards[:3]))

    def _open(self, event: Opened) -> Turn:
        return self._card(self.session, event.card)

    def _card(self, session: Session, name: str) -> Turn:
        card = self.content.knowledge.by_id.get(name)
        if isinstance(card, Place):
            card = self.content.knowledge.by_id.get(card.service)
        if card is None or isinstance(card, Place):
            return self.present(session, Say(wording.OLD_BUTTON))
        found: AnyCard = card
        return session, (show_card(Walk(self.planner, session), found),)

    def _page(self, event: Paged) -> Turn:
        walk = Walk(self.planner, self.session)
        position = walk.position()
        if position.question or not self.session.stack:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        page: Show = show(walk, position, max(0, event.start))
        return self.session, (page,)

    def _change(self, event: Changed) -> Turn:
        question = self.dialogs.questions.get(event.question)
        if question is None:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        session = answers.forget(self.dialogs, self.session, question)
        return self.present(replace(session, changing=question.id))

    def _speak(self, event: Spoke) -> Turn:
        return self.present(replace(self.session, language=event.language))

    def _alarm(self, event: Alarm) -> Turn:
        if event.level == "possible":
            return self.present(self.session, Emergency(event))
        return self.session, (Emergency(event),)

    # --- what is always within reach -----------------------------------------------------------------------------

    def _act(self, event: Did) -> Turn:
        actions: dict[str, Callable[[], Turn]] = {
            "retour": self._back,
            "changer": self._list_answers,
            "pourquoi": self._why,
            "menu": self._to_menu,
            "langue": lambda: (self.session, (Languages(),)),
            "humain": self._human,
            "quitter": lambda: (Session(language=self.session.language), (Wipe(fast=True),)),
            "effacer": self._erase,
            "continuer": lambda: self.present(self.session),
            "recommencer": self._restart,
            "aide": lambda: self.present(self.session, Say(wording.HELP)),
        }
        return actions[event.action]()

    def _erase(self) -> Turn:
        empty = Session(language=self.session.language)
        return empty, (Wipe(fast=False), Say(wording.ERASED), self._menu())

    def _restart(self) -> Turn:
        empty = Session(language=self.session.language)
        return empty, (Say(wording.WELCOME), Say(wording.PRIVACY), self._menu())

    def _to_menu(self) -> Turn:
        return self.present(replace(self.session, stack=(), trail=(), pending=None, changing=None, offer=None))

    def _back(self) -> Turn:
        pressed = answers.children_of(self.session)
        question = self.dialogs.questions.get(self.session.pending or "")
        if question and question.kind == "enfants" and pressed[0] and not pressed[1]:
            last = answers.with_children(self.session, pressed[0][:-1], False, "dit", self.on, question.id)
            return self.present(replace(last, changing=question.id))
        known = [name for name in self.session.trail if name in self.dialogs.questions]
        if not known:
            return self._to_menu()
        session = answers.forget(self.dialogs, self.session, self.dialogs.questions[known[-1]])
        return self.present(replace(session, changing=known[-1], pending=None))

    def _why(self) -> Turn:
        question = self.dialogs.questions.get(self.session.pending or "")
        return self.present(self.session, Say(why_label(question) if question else wording.NO_QUESTION))

    def _list_answers(self) -> Turn:
        lines = changeable(self.dialogs, self.session, self.on)
        if not lines:
            return self.present(self.session, Say(wording.NOTHING_TO_CHANGE))
        return self.session, (Answers(lines),)

    def _human(self) -> Turn:
        knowledge = self.content.knowledge
        topics = [
            knowledge.topic_by_id[name]
            for name in Walk(self.planner, self.session).topics
            if name in knowledge.topic_by_id
        ]
        always = [name for topic in topics or knowledge.topics[:3] for name in topic.always]
        return self.session, (Say(wording.PEOPLE), People(tuple(dict.fromkeys(always))[:4]))


def _midday(on: Any) -> datetime:
    return datetime(on.year, on.month, on.day, 12)
