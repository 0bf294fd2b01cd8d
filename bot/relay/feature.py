"""The family's side of a relay: what it is told before, what it ticks, and where its messages go.

A family's words are never written down here: its message is known by its number, and copied from its own chat. A cry
of danger is answered by the conversation, with the numbers, before anything else; where a relay is open it then goes
to the worker like any other message, since the family wrote it to that person. What is kept meanwhile is a number like
the others: nothing tells it from an ordinary message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.deposit import is_deposit
from bot.feature import Feature, Push, Turn
from bot.relay import machine, words
from bot.relay.desk import Desk
from bot.relay.known import Line, is_current, lines_of, sign, texts, ticked
from bot.relay.model import CARRIED, Event, Joined, Later, Left, Stage, Wished, Wrote
from bot.relay.model import Relay as RelayState
from bot.relay.payloads import (
    INFO,
    INFO_WISH,
    JOIN,
    LATER,
    PLAIN,
    STAY,
    STOP,
    WHEN,
    YES,
    YES_WISH,
    Change,
    Send,
    Ticks,
    Work,
    read_family,
)
from bot.relay.pieces import Piece
from bot.relay.post import Post
from bot.relay.presence import Presence
from bot.relay.room import RelayRoom
from bot.relay.screens import RelayScreens
from bot.relay.table import Kept
from bot.screen import Button, Incoming, Reply, Screen
from dialogs.effects import Effect, People

_OPEN = (Stage.WAITING, Stage.OPEN)


class Relay(Feature):
    """Offers a worker where somebody to talk to is asked for, and stands between the two."""

    staff_payloads = tuple(Work(deed, 1).payload() for deed in ("take", "pass", "close"))
    staff_commands = ("/prendre", "/passer", "/clore", "/modele", "/note")
    family_payloads = (*sorted(PLAIN), Ticks(0, "00000000").payload(), Send(1).payload(), Change("soir").payload())

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._post, self._presence = Post(desk), Presence(desk)
        self.room = RelayRoom(desk)
        """The workers' side."""

    # --- what is its own ---

    async def answer(self, turn: Turn) -> Reply | None:
        """See ``Feature.answer``."""
        incoming = turn.incoming
        if incoming.payload is not None:
            pressed = read_family(incoming.payload)
            return None if pressed is None else await self._pressed(turn, pressed)
        if incoming.start is not None or not (kept := await self._desk.live(incoming.person)):
            return None
        return await self._wrote(turn, kept)

    async def _wrote(self, turn: Turn, kept: Kept) -> Reply | None:
        """Bring a message to the team, or ask whom it is for; a wish leaves messages to the assistant."""
        stage, incoming = kept.relay.stage, turn.incoming
        if stage is Stage.WISHED or incoming.message is None or is_deposit(incoming.text or ""):
            return None  # a code opens a situation once, for whoever has it first
        screens = RelayScreens(turn.speaker())
        if incoming.other not in CARRIED:
            return self._reply(turn, screens.says(words.NOT_THIS_KIND, stop=True))
        if stage is Stage.CALLED or turn.guarded:
            return self._reply(turn, screens.for_whom(incoming.message, called=stage is Stage.CALLED))
        await self._desk.happens(kept.id, Wrote(incoming.message, incoming.reply_to))
        return turn.reply(private=turn.guarded)

    async def overheard(self, incoming: Incoming, now: datetime) -> None:
        """Bring a cry of danger, already answered, to the person that the family talks to."""
        kept = await self._desk.live(incoming.person)
        if kept and kept.relay.stage in _OPEN and incoming.message is not None:
            await self._desk.happens(kept.id, Wrote(incoming.message, incoming.reply_to))

    async def _pressed(self, turn: Turn, pressed: Ticks | Send | Change | str) -> Reply:
        kept = await self._desk.live(turn.incoming.person)
        if isinstance(pressed, Ticks):
            return await self._ticked(turn, pressed, kept)
        if pressed in (INFO, INFO_WISH, YES, YES_WISH):
            return await self._before(turn, str(pressed), kept)
        screens = RelayScreens(turn.speaker())
        if kept is None:
            return self._reply(turn, screens.says(words.NO_RELAY))
        if pressed == WHEN:
            return self._reply(turn, screens.when(None))
        if pressed == STAY:
            return self._reply(turn, screens.says(words.STAYS, stop=True))
        await self._desk.happens(kept.id, _event(pressed))
        return turn.reply(private=turn.guarded)

    # --- before it begins ---

    async def _before(self, turn: Turn, step: str, kept: Kept | None) -> Reply:
        """Tell what a relay is; once agreed, ask what may be shown."""
        screens, wish = RelayScreens(turn.speaker()), step in (INFO_WISH, YES_WISH)
        if kept is not None:
            return self._reply(turn, _already(screens, kept))
        if missing := self._presence.nobody(turn, screens, wish=wish):
            return self._reply(turn, missing)
        if step in (INFO, INFO_WISH):
            return self._reply(turn, screens.before(self._presence.foreign(turn, wish=wish), wish=wish))
        lines = lines_of(turn)
        if wish:
            return self._reply(turn, screens.when(_sign(turn, lines)))
        return self._reply(turn, self._choice(screens, turn, Ticks(0, _sign(turn, lines))))

    def _choice(self, screens: RelayScreens, turn: Turn, ticks: Ticks, *, changed: bool = False) -> Screen:
        lines = lines_of(turn)
        return screens.tick(lines, ticks, changed=changed) if lines else screens.send_only(ticks)

    async def _ticked(self, turn: Turn, ticks: Ticks, kept: Kept | None) -> Reply:
        screens, lines = RelayScreens(turn.speaker()), lines_of(turn)
        if kept is not None:
            return self._reply(turn, _already(screens, kept))
        if not is_current(ticks.seen, lines, turn.local.date()):
            fresh = Ticks(0, _sign(turn, lines), ticks.moment)
            return self._reply(turn, self._choice(screens, turn, fresh, changed=True))
        if missing := self._presence.nobody(turn, screens, wish=bool(ticks.moment)):
            return self._reply(turn, missing)
        if not ticks.done:
            return self._reply(turn, self._choice(screens, turn, ticks))
        return await self._begin(turn, screens, ticks)

    async def _begin(self, turn: Turn, screens: RelayScreens, ticks: Ticks) -> Reply:
        """Keep the relay with its topic to be made and what the team is shown first."""
        now = self._desk.seconds
        french = turn.library.speaker("fr", turn.local.date(), turn.local)
        values = {
            "language": turn.speaker().language.name,
            "facts": "\n".join(texts(french, ticked(lines_of(turn), ticks.mask))),
            "moment": ticks.moment,
        }
        first = Piece("team", "say", "new_wish" if ticks.moment else "new", values)

        def made(name: str) -> tuple[RelayState, Sequence[Piece]]:
            relay = machine.wished(name, ticks.moment, now) if ticks.moment else machine.waiting(name, now)
            return relay, (Piece("team", "open", name), first)

        language = turn.speaker().language.id
        name = await self._desk.begin(turn.incoming.person, turn.incoming.address, language, made)
        said = "wish_noted" if ticks.moment else "wait"
        return self._reply(turn, screens.said(said, {"pseudonym": name, "moment": ticks.moment}))

    # --- who is there ---

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """See ``Feature.after``: a button where people to turn to are shown, for families only."""
        if not any(isinstance(each, People) for each in effects) or not reply.screens:
            return reply
        if turn.session.plain.get("profil") == "professionnel" or not self._presence.possible(turn):
            return reply
        if await self._desk.live(turn.incoming.person):
            return reply
        screens = RelayScreens(turn.speaker())
        there = Button(f"💬 {turn.speaker().say(words.TALK_NOW)}", INFO)
        button = there if self._presence.there(turn) else screens.ask_call()
        last = reply.screens[-1]
        return replace(reply, screens=(*reply.screens[:-1], replace(last, rows=((button,), *last.rows))))

    # --- life ---

    @property
    def delivering(self) -> int:
        """Return for how many relays something is being delivered now."""
        return self._post.busy

    def forget(self, person: str) -> None:
        """See ``Feature.forget``: the store ends the relay, the team is told."""
        self._desk.wake.set()

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """See ``Feature.run``."""
        await self._post.run(stop)

    def _reply(self, turn: Turn, screen: Screen) -> Reply:
        return turn.reply(screen, private=turn.guarded)


def _sign(turn: Turn, lines: tuple[Line, ...]) -> str:
    return sign(lines, turn.local.date())


def _event(pressed: Send | Change | str | Ticks) -> Event:
    if isinstance(pressed, Send):
        return Wrote(pressed.message)
    if isinstance(pressed, Change):
        return Wished(pressed.moment)
    events: dict[object, Event] = {STOP: Left(), JOIN: Joined(), LATER: Later()}
    return events[pressed]


def _already(screens: RelayScreens, kept: Kept) -> Screen:
    if kept.relay.stage in _OPEN:
        return screens.says(words.ALREADY, stop=True)
    return screens.withdraw()
