"""The voice of families: did it help, in one press; and words for the team, by who asks to leave some.

Words are taken once: the next text after the press that announces what becomes of them. They are shown without what
could tell who wrote them, and kept only after a second press. What is remembered of who writes is in memory, a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.feature import Feature, Turn
from bot.hearing import subjects
from bot.observatory.observatory import Observatory
from bot.screen import Incoming, Reply, Screen
from bot.store.sqlite import SqliteStore
from bot.voice import words
from bot.voice.memory import Memory, Remembered
from bot.voice.personal import cleaned
from bot.voice.screens import ANSWERS, CANCEL, OFFER, SEND, WITHDRAW, VoiceScreens
from bot.voice.table import Box
from dialogs.effects import Effect, Say, Show, ShowCard
from dialogs.entry import entry_of
from dialogs.wording import HELP, THANKS
from knowledge.danger import detect

WAIT = timedelta(minutes=10)
"""How long words are waited for after the press, and a draft for its sending."""
LONGEST, MOST_SENT = 1000, 3
_REMINDERS = "r|"


class Voice(Feature):
    """Asks once in a conversation whether it helped, and holds the box of words for the team."""

    family_payloads = (*ANSWERS, OFFER, SEND, CANCEL, WITHDRAW)

    def __init__(self, store: SqliteStore, observatory: Observatory, now: Callable[[], datetime]) -> None:
        """``observatory``: counts the answers."""
        self.box = Box(store.database, store.vault)
        self._observatory, self._now, self._memory = observatory, now, Memory()
        self._taken_back: list[int] = []
        self._presses = {OFFER: self._offer, SEND: self._send, CANCEL: self._cancel, WITHDRAW: self._withdraw}

    async def answer(self, turn: Turn) -> Reply | None:
        """Answer the buttons of the voice, and the one text that is waited for; nothing in a guarded conversation."""
        incoming, person = turn.incoming, self._memory.of(turn.incoming.person, turn.now)
        waits = person.waits(turn.now)
        person.waits_until = None
        if turn.guarded:
            person.draft = ""
            return None
        if incoming.payload in ANSWERS:
            return self._helped(turn, person, ANSWERS[incoming.payload])
        if press := self._presses.get(incoming.payload or ""):
            return turn.reply(await press(turn, person), private=True)
        person.draft = ""
        if not waits or incoming.payload is not None or incoming.start is not None:
            return None
        if not incoming.text or not incoming.text.strip():
            person.waits_until = turn.now + WAIT  # a picture, a voice message: still waiting for words
            return None
        return None if _is_grave(turn) else turn.reply(self._wrote(turn, person, incoming.text.strip()), private=True)

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """Ask once, when somebody says thank you or comes back from a card; help says where the box is."""
        entry = entry_of(turn.library.content.dialogs, turn.session.plain)
        if (entry and entry.alone) or not reply.screens:
            return reply
        person, screens = self._memory.of(turn.incoming.person, turn.now), VoiceScreens(turn.speaker())
        if Say(HELP) in effects:
            return screens.offered(reply)
        came_back = person.saw_card and any(isinstance(each, Show) for each in effects)
        thanks = Say(THANKS) in effects and bool(person.saw_card or turn.session.stack)
        person.saw_card |= any(isinstance(each, ShowCard) for each in effects)
        if person.asked or not (came_back or thanks) or _is_full(reply):
            return reply
        person.asked = True
        return screens.asked(reply)

    async def overheard(self, incoming: Incoming, now: datetime) -> None:
        """Wait for no words any more after a cry of danger: what comes next is about that."""
        if person := self._memory.peek(incoming.person):
            person.waits_until, person.draft = None, ""

    def keeps_nothing(self, incoming: Incoming) -> bool:
        """Tell that words for the team are not to be written down under the name of who sends them."""
        person = self._memory.peek(incoming.person)
        return person is not None and person.waits_until is not None and bool(incoming.text)

    def forget(self, person: str) -> None:
        """Forget a draft; words sent today by somebody who erases everything are taken back, within minutes."""
        if found := self._memory.peek(person):
            self._taken_back += [number for number, _ in found.sent]
        self._memory.forget(person)

    async def settle(self, *, ending: bool = False) -> None:
        """Delete the words of those who erased everything, and forget who is remembered for a day."""
        while self._taken_back:
            await self.box.withdraw(self._taken_back[-1])
            self._taken_back.pop()
        self._memory.sweep(self._now())

    # --- did it help ------------------------------------------------------------------------------------------------

    def _helped(self, turn: Turn, person: Remembered, answer: str) -> Reply:
        if person.asked and not person.answered:
            person.answered = True
            self._observatory.helped(turn.incoming.person, answer, turn.now)
        return turn.reply(VoiceScreens(turn.speaker()).counted())

    # --- words for the team -----------------------------------------------------------------------------------------

    async def _offer(self, turn: Turn, person: Remembered) -> Screen:
        screens = VoiceScreens(turn.speaker())
        person.draft = ""
        if person.count >= MOST_SENT:
            return screens.says(words.ENOUGH)
        person.waits_until = turn.now + WAIT
        return screens.announced()

    def _wrote(self, turn: Turn, person: Remembered, text: str) -> Screen:
        screens = VoiceScreens(turn.speaker())
        if len(text) > LONGEST:
            person.waits_until = turn.now + WAIT
            return screens.announced(words.TOO_LONG._replace(values=(("nombre", LONGEST),)))
        person.draft, hidden = cleaned(text, screens.mark)
        person.draft_until = turn.now + WAIT
        return screens.draft(person.draft, hidden)

    async def _send(self, turn: Turn, person: Remembered) -> Screen:
        screens, draft = VoiceScreens(turn.speaker()), person.take_draft(turn.now)
        if not draft:
            return screens.says(words.GONE)
        number = await self.box.add(draft, turn.session.language, turn.now)
        if number is None:
            return screens.says(words.FULL)
        person.sent.append((number, turn.now))
        person.since, person.count = turn.now, person.count + 1
        return screens.sent()

    async def _cancel(self, turn: Turn, person: Remembered) -> Screen:
        person.draft = ""
        return VoiceScreens(turn.speaker()).says(words.CANCELLED)

    async def _withdraw(self, turn: Turn, person: Remembered) -> Screen:
        screens = VoiceScreens(turn.speaker())
        number = person.last_sent(turn.now)
        if number is None:
            return screens.says(words.TOO_LATE)
        await self.box.withdraw(number)
        person.sent = [each for each in person.sent if each[0] != number]
        return screens.says(words.WITHDRAWN)


def _is_grave(turn: Turn) -> bool:
    """Tell whether a text may speak of danger or of a guarded subject: it is then heard, not kept."""
    trees = turn.library.content.dialogs.trees
    guarded = (name for name in subjects(turn.library, turn.incoming) if name in trees and trees[name].guarded)
    return detect(turn.library.danger, turn.incoming.text or "") is not None or next(guarded, None) is not None


def _is_full(reply: Reply) -> bool:
    """Tell whether a reply has a question or an offer already: one thing at a time."""
    rows = (row for screen in reply.screens for row in screen.rows)
    offers = any(button.payload.startswith(_REMINDERS) for row in rows for button in row)
    return offers or any(screen.question for screen in reply.screens)
