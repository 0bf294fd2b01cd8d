"""Where a conversation stands, and what to show there: shared by everything that answers an event. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dialogs import wording
from dialogs.content import Content
from dialogs.dates import with_dates
from dialogs.describe import ask, noted_lines
from dialogs.effects import Effect, Menu, Noted, People, Proposal, Say
from dialogs.results import show, show_card
from dialogs.session import LinkOffer, Session
from dialogs.walk import Walk
from knowledge.content import AnyCard
from knowledge.model import Place

Turn = tuple[Session, tuple[Effect, ...]]


class Stand:
    """One session on one day."""

    def __init__(self, content: Content, session: Session, on: date) -> None:
        self.content, self.session, self.on = content, session, on
        self.dialogs = content.dialogs
        self.planner = content.planner(on)

    def present(self, session: Session, *before: Effect) -> Turn:
        """Return the session with its next question pending, or the menu, or the results."""
        if session.offer:
            return session, (*before, self.proposal(session.offer))
        if not session.stack and not session.changing:
            waiting = replace(session, pending=None)
            return waiting, (*before, Say(wording.AGAIN), self.menu())
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
        page = with_dates(show(walk, position, 0), walk, position)
        nothing = () if page.total else (Say(wording.NOTHING_FOUND),)
        return done, (*before, *says, *ending, *nothing, page)

    def menu(self) -> Menu:
        """Return the first screen: groups, a group of one tree as the tree itself."""
        alone = tuple(group.trees[0] for group in self.dialogs.menu if len(group.trees) == 1)
        return Menu(alone, groups=tuple(group.id for group in self.dialogs.menu if len(group.trees) > 1))

    def proposal(self, offer: LinkOffer) -> Proposal:
        """Return « votre lien dit... » with what the link holds."""
        return Proposal(noted_lines(self.dialogs, offer.facts, self.on))

    def noted(self, facts: dict[str, Any]) -> tuple[Effect, ...]:
        """Return facts understood in a sentence, to be shown back; nothing when there is none to show."""
        lines = noted_lines(self.dialogs, facts, self.on)
        return (Noted(lines),) if lines else ()

    def with_tree(self, session: Session, tree: str) -> Session:
        """Return the session with one more subject, after those chosen before."""
        return session if tree in session.stack else replace(session, stack=(*session.stack, tree))

    def card(self, session: Session, name: str) -> Turn:
        """Return one card in full; a place shows its service."""
        card = self.content.knowledge.by_id.get(name)
        if isinstance(card, Place):
            card = self.content.knowledge.by_id.get(card.service)
        if card is None or isinstance(card, Place):
            return self.present(session, Say(wording.OLD_BUTTON))
        found: AnyCard = card
        return session, (show_card(Walk(self.planner, session), found),)
