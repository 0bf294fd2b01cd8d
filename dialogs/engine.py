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
from dialogs.actions import Actions
from dialogs.content import Content
from dialogs.effects import Emergency, Menu, Say, Show
from dialogs.entry import entry_of
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
from dialogs.model import MenuGroup
from dialogs.replies import Replies
from dialogs.results import show
from dialogs.session import LinkOffer, Session
from dialogs.stand import Turn
from dialogs.walk import Walk
from knowledge.danger import Alarm


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
    return Stepper(content, session, now.date()).run(event)


def is_guarded(content: Content, session: Session) -> bool:
    """Tell whether a conversation is inside a tree of which nothing may be saved."""
    trees = content.dialogs.trees
    return any(trees[name].guarded for name in session.stack if name in trees)


class Stepper(Actions, Replies):
    """One turn: each event of the closed list with its handler."""

    def run(self, event: Event) -> Turn:
        """Return the turn for any event of the closed list."""
        handlers: dict[type, Callable[[Any], Turn]] = {
            Started: self._start,
            Chose: self.choose,
            Picked: self._pick,
            Answered: self.answer,
            Ambiguous: self.guess,
            Asked: self.ask,
            Did: self.act,
            Opened: self._open,
            Paged: self._page,
            Changed: self.change,
            Spoke: self._speak,
            Confirmed: self._confirm,
            Alarm: self._alarm,
        }
        return handlers[type(event)](event)

    def _start(self, event: Started) -> Turn:
        known = bool(self.session.facts or self.session.stack)
        if event.bad_link:
            return self.present(self.session, Say(wording.BAD_LINK))
        if not (event.tree or event.card or event.facts):
            if known:
                return self.present(self.session, Say(wording.HELLO_AGAIN))
            waiting = replace(self.session, pending=None, changing=None)
            return waiting, (Say(wording.WELCOME), Say(wording.PRIVACY), self.menu())
        fresh = {name: value for name, value in event.facts.items() if name not in self.session.facts}
        offer = LinkOffer(event.tree, event.card, fresh) if fresh else None
        session = replace(self.session, offer=offer)  # a second link takes the place of one left unanswered
        if offer:
            return self.present(session)
        return self._follow(session, event.tree, event.card)

    def _follow(self, session: Session, tree: str | None, card: str | None) -> Turn:
        """Go where a link points; a running conversation keeps its trees and only gains one."""
        if tree in self.dialogs.trees:
            session = self.with_tree(session, str(tree))
        if card in self.content.knowledge.by_id:
            return self.card(session, str(card))
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
        entry = entry_of(self.dialogs, self.session.plain)
        within = entry is not None and group is not None and group.id in entry.groups
        if group is not None and group.fills and not within:
            return self._enter(group)
        if group is not None and group.opens:
            waiting = replace(self.session, pending=None, changing=None, offered=group.trees)
            above = wording.AGAIN if within else wording.WHICH
            return waiting, (Say(above), Menu(group.trees, likely=True))
        if event.tree not in self.dialogs.trees:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        # A subject chosen in the menu starts its own count of questions; what is known stays known.
        session = replace(self.session.afresh(), stack=(event.tree,))
        session = self.of_tree(session, event.tree)
        guarded = (Say(wording.GUARDED),) if is_guarded(self.content, session) else ()
        return self.present(session, *guarded)

    def _enter(self, group: MenuGroup) -> Turn:
        """Go to the first screen of an entry; who works with families starts the next one from nothing."""
        session = self.session
        if group.alone and entry_of(self.dialogs, session.plain) == group:
            session = Session(language=session.language, settled=session.settled)
        entered = session.with_facts(dict(group.fills), "dit", self.on.isoformat(), None)
        return self.present(entered.afresh())

    def _open(self, event: Opened) -> Turn:
        return self.card(self.session, event.card)

    def _page(self, event: Paged) -> Turn:
        walk = Walk(self.planner, self.session)
        position = walk.position()
        if position.question or not self.session.stack:
            return self.present(self.session, Say(wording.OLD_BUTTON))
        page: Show = show(walk, position, max(0, event.start))
        if page.start and not (page.fits or page.to_check):
            return self.present(self.session, Say(wording.OLD_BUTTON))  # fewer cards than when it was drawn
        return self.session, (page,)

    def _speak(self, event: Spoke) -> Turn:
        return self.present(replace(self.session, language=event.language))

    def _alarm(self, event: Alarm) -> Turn:
        if event.level == "possible":
            return self.present(self.session, Emergency(event))
        return self.session, (Emergency(event),)
