"""Where a conversation stands, and what to show there: shared by everything that answers an event. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dialogs import wording
from dialogs.content import Content
from dialogs.dates import with_dates
from dialogs.describe import ask, entry_says, noted_lines
from dialogs.effects import Effect, Menu, Noted, People, Proposal, Say
from dialogs.entry import facts_of_tree
from dialogs.model import MenuGroup
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
        walk = Walk(self.planner, session)
        position = walk.position()
        if not session.stack and position.question is None:
            waiting = replace(session, pending=None)
            left = tuple(tree for tree in session.offered if tree in self.dialogs.trees)
            if left:
                return waiting, (*before, Say(wording.WHICH), Menu(left, likely=True))
            return waiting, (*before, *self.first_screen(session, walk.entry))
        # Said before the question it leads to, once: not when it is asked again, not above the results.
        again = position.question == self.session.pending if position.question else bool(session.trail)
        says = () if again else tuple(Say(label) for label in position.says)
        if position.question:
            question = self.dialogs.questions[position.question]
            asked = replace(session, pending=question.id)
            return asked, (*before, *says, ask(question, session, walk.most, self.on))
        done = replace(session, pending=None, changing=None)
        ending = (Say(position.ending),) if position.ending else ()
        if not (position.topics or position.only):
            return done, (*before, *says, *ending, People(position.people))
        page = with_dates(show(walk, position, 0), walk, position)
        nothing = () if page.total else (Say(wording.NOTHING_FOUND),)
        return done, (*before, *says, *ending, *nothing, page)

    def menu(self) -> Menu:
        """Return the first screen: groups, a group of one tree as the tree itself."""
        alone = tuple(group.trees[0] for group in self.dialogs.menu if not group.opens)
        return Menu(alone, groups=tuple(group.id for group in self.dialogs.menu if group.opens))

    def first_screen(self, session: Session, entry: MenuGroup | None) -> tuple[Effect, ...]:
        """Return the first screen of everyone, or that of an entry, with what is said above it."""
        if entry is None:
            return Say(wording.AGAIN), self.menu()
        afresh = entry.alone and len(session.facts) > len(entry.fills)
        return Say(entry_says(entry)), Menu(entry.trees, groups=entry.groups, entry=entry.id, afresh=afresh)

    def proposal(self, offer: LinkOffer) -> Proposal:
        """Return « votre lien dit... » with what the link holds."""
        return Proposal(noted_lines(self.dialogs, offer.facts, self.on))

    def noted(self, facts: dict[str, Any]) -> tuple[Effect, ...]:
        """Return facts understood in a sentence, to be shown back; nothing when there is none to show."""
        lines = noted_lines(self.dialogs, facts, self.on)
        return (Noted(lines),) if lines else ()

    def with_tree(self, session: Session, tree: str) -> Session:
        """Return the session with one more subject, after those chosen before."""
        if tree in session.stack:
            return session
        return self.of_tree(replace(session, stack=(*session.stack, tree), offered=()), tree)

    def of_tree(self, session: Session, tree: str) -> Session:
        """Return the session with what opening a tree tells of the person: a young person's tree, a young person."""
        told = facts_of_tree(self.dialogs, tree, session.facts)
        return session.with_facts(told, "deduit", self.on.isoformat(), None) if told else session

    def card(self, session: Session, name: str) -> Turn:
        """Return one card in full; a place shows its service."""
        card = self.content.knowledge.by_id.get(name)
        if isinstance(card, Place):
            card = self.content.knowledge.by_id.get(card.service)
        if card is None or isinstance(card, Place):
            return self.present(session, Say(wording.OLD_BUTTON))
        found: AnyCard = card
        return session, (show_card(Walk(self.planner, session), found),)
