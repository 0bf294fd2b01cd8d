"""One turn of any channel: understand, advance, say, save. Channels bring what they received and draw the reply.

Danger words come before everything, the store included: an emergency is answered even when nothing can be
read or written. What is said in a guarded tree stays in memory only; the saved session is the one from before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import structlog

from bot import payload, wording
from bot.content import Library
from bot.crypto import Vault
from bot.errors import AlreadyProcessed, StoreUnavailable
from bot.links import LinkError, decode_link, target_of
from bot.screen import Block, Incoming, Reply, Screen
from bot.screens import Screens
from bot.store.protocol import Keep, Outgoing, Saved, Store
from dialogs.effects import Effect, Emergency, People, Say, Show, Wipe
from dialogs.engine import is_guarded, step
from dialogs.events import Asked, Did, Event, Picked, Spoke, Started
from dialogs.model import Tree
from dialogs.results import home
from dialogs.session import Session, UnreadableSession, dump, load
from dialogs.understand import subjects_in, understand_safe
from dialogs.wording import RESTARTED
from knowledge.danger import Alarm, detect

PARIS = ZoneInfo("Europe/Paris")
GUARDED_SILENCE = timedelta(minutes=30)
"""How long a guarded conversation stays in memory without a word."""

SEARCHED = 300
"""Signs of a text that are searched for; a desk types fragments, a longer text was read as a sentence."""

_MOSTLY = 0.5

Pack = Callable[[Reply], Sequence[Outgoing]]
"""How a channel writes its messages down before sending them, one per screen."""

_MEDIA = {
    **dict.fromkeys(("voice", "audio", "video_note"), "voix"),
    **dict.fromkeys(("photo", "video", "paid_media"), "photo"),
    **dict.fromkeys(("sticker", "animation", "dice", "story", "game"), "dessin"),
    **dict.fromkeys(("location", "venue"), "position"),
    "document": "document",
    "contact": "contact",
}
"""What to say of each kind of message that is no text; of the others, that only text is read."""

log = structlog.get_logger()


class Conversation:
    """Every conversation of the service; one turn of a person at a time."""

    def __init__(self, library: Callable[[], Library], store: Store, vault: Vault) -> None:
        self._library, self.store, self._vault = library, store, vault
        self._guarded: dict[str, tuple[Session, datetime]] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def person(self, channel: str, chat: str | int) -> str:
        """Return the keyed name under which a chat is known; it cannot be turned back."""
        return self._vault.person(channel, chat)

    def keeps_nothing(self, incoming: Incoming) -> bool:
        """Tell whether a message may not be written down even sealed: words of danger, or a guarded subject.

        A channel that keeps updates until they are answered asks this first.
        """
        if incoming.person in self._guarded:
            return True
        trees = self._library().content.dialogs.trees
        if any(trees[name].guarded for name in self._subjects(incoming) if name in trees):
            return True
        return bool(incoming.text) and detect(self._library().danger, str(incoming.text)) is not None

    def _subjects(self, incoming: Incoming) -> Iterator[str]:
        """Yield the trees that a press, a link or a text may lead to, in any language."""
        library = self._library()
        event = payload.decode(incoming.payload) if incoming.payload else None
        if isinstance(event, Picked):
            yield event.tree
        if incoming.start:
            yield target_of(incoming.start, library.content.knowledge)
        for lexicon in library.lexicons.values() if incoming.text else ():
            yield from subjects_in(str(incoming.text), library.content.dialogs, lexicon)

    async def forget(self, incoming: Incoming, now: datetime) -> tuple[str, ...]:
        """Erase a person who left by another way than a button; return the messages still deletable.

        Raises:
            AlreadyProcessed, StoreUnavailable: nothing was erased.
        """
        self._guarded.pop(incoming.person, None)
        return (await self.store.erase(incoming.person, now, update_id=incoming.update_id)).messages

    async def handle(self, incoming: Incoming, now: datetime, pack: Pack | None = None) -> Reply:
        """Return what to answer to one message, press or opening; the session is saved by then.

        Args:
            incoming: what the channel received.
            now: the moment, with a time zone.
            pack: for channels that deliver after saving: their messages go into the outbox in the same transaction.

        Raises:
            AlreadyProcessed: the same update was answered before.
        """
        alarm = detect(self._library().danger, incoming.text) if incoming.text else None
        if alarm and alarm.level == "sur":
            return await self._urgent(incoming, alarm, now)
        lock = self._turns.setdefault(incoming.person, asyncio.Lock())
        async with lock:
            try:
                return await self._turn(incoming, alarm, now, pack)
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=error.what)
                return self._without_store(incoming, alarm, now)

    # --- danger, before everything --------------------------------------------------------------------------------

    async def _urgent(self, incoming: Incoming, alarm: Alarm, now: datetime) -> Reply:
        """Answer with the emergency card, in the language of the words; nothing of it is kept."""
        reply = self._draw((Emergency(alarm),), alarm.language, now, private=True)
        await self._acknowledge(incoming, alarm.language, now)
        return reply

    async def _acknowledge(self, incoming: Incoming, language: str, now: datetime) -> None:
        """Note that an update was answered; a store that fails must not hold an emergency back."""
        if incoming.update_id is None:
            return
        try:
            await self.store.commit(
                incoming.person, Keep.AS_IS, now=now, language=language, update_id=incoming.update_id
            )
        except (StoreUnavailable, AlreadyProcessed):
            log.warning("emergency_not_acknowledged")

    def _without_store(self, incoming: Incoming, alarm: Alarm | None, now: datetime) -> Reply:
        language = self._offered(incoming.language)
        effects: tuple[Effect, ...] = (Emergency(alarm),) if alarm else ()
        return self._draw((*effects, Say(wording.CANNOT_SAVE)), language, now, private=True)

    # --- an ordinary turn -------------------------------------------------------------------------------------------

    async def _turn(self, incoming: Incoming, alarm: Alarm | None, now: datetime, pack: Pack | None) -> Reply:
        saved, notice = await self._load(incoming, now)
        session = self._in_memory(incoming.person, now) or saved
        content = self._library().content
        if incoming.payload == payload.URGENT:
            return await self._numbers(incoming, session, now)
        event = self._event(incoming, session, now)
        guarded = is_guarded(content, session)
        if guarded and _leaves(event, content.dialogs.trees):
            kept = replace(saved, stack=(), pending=None, changing=None, offer=None)
            session, guarded = replace(kept, language=session.language), False
        new, effects = step(content, session, event, now.astimezone(PARIS))
        if guarded and not is_guarded(content, new) and not any(isinstance(each, Wipe) for each in effects):
            outside = replace(saved, language=new.language)
            new, effects = step(content, outside, Did("menu"), now.astimezone(PARIS))
        before: tuple[Effect, ...] = (Emergency(alarm),) if alarm else ()
        if isinstance(event, Spoke):
            notice = (*notice, *self._how_it_was_translated(new.language))
        return await self._finish(incoming, new, (*before, *notice, *_about(incoming), *effects), now, pack)

    async def _finish(
        self, incoming: Incoming, new: Session, effects: tuple[Effect, ...], now: datetime, pack: Pack | None
    ) -> Reply:
        wipe = next((effect for effect in effects if isinstance(effect, Wipe)), None)
        private = is_guarded(self._library().content, new) or any(isinstance(each, Emergency) for each in effects)
        reply = self._draw(effects, new.language, now, private=private)
        if wipe:
            return await self._wiped(incoming, reply, wipe, now)
        if is_guarded(self._library().content, new):
            self._guarded[incoming.person] = (new, now + GUARDED_SILENCE)
            await self._acknowledge(incoming, new.language, now)
            return reply
        self._guarded.pop(incoming.person, None)
        outbox = pack(reply) if pack and not private else ()
        ids = await self.store.commit(
            incoming.person,
            dump(new),
            now=now,
            language=new.language,
            update_id=incoming.update_id,
            outbox=outbox,
        )
        return replace(reply, outbox=tuple(ids))

    async def _wiped(self, incoming: Incoming, reply: Reply, wipe: Wipe, now: datetime) -> Reply:
        self._guarded.pop(incoming.person, None)
        erased = await self.store.erase(incoming.person, now, update_id=incoming.update_id)
        kind: Literal["quitter", "effacer"] = "quitter" if wipe.fast else "effacer"
        return replace(reply, private=True, wiped=kind, forgotten=erased.messages)

    async def _load(self, incoming: Incoming, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        found = await self.store.load(incoming.person, now)
        if found is None:
            return Session(language=self._offered(incoming.language)), ()
        if isinstance(found, Saved):
            try:
                return load(found.session), ()
            except UnreadableSession:
                log.warning("session_unreadable")
        return Session(language=self._offered(found.language)), (Say(RESTARTED),)

    def _in_memory(self, person: str, now: datetime) -> Session | None:
        latest = now + GUARDED_SILENCE  # later than that: the clock was set back
        for name, (session, until) in list(self._guarded.items()):
            if until <= now:
                del self._guarded[name]
            elif until > latest:
                self._guarded[name] = (session, latest)
        kept = self._guarded.get(person)
        return kept[0] if kept else None

    def _event(self, incoming: Incoming, session: Session, now: datetime) -> Event:
        if incoming.start is not None:
            return self._opening(incoming.start, now)
        if incoming.payload is not None:
            return self._pressed(incoming.payload)
        if not incoming.text or not incoming.text.strip():
            return Did("continuer") if incoming.other in _MEDIA else Asked(small_talk="non-texte")
        library = self._library()
        lexicon = library.lexicon(session.language)
        on = now.astimezone(PARIS).date()
        event = understand_safe(incoming.text, library.content.dialogs, session, lexicon, on)
        if event == Asked() and session.pending is None:
            return Asked(cards=self._found(incoming.text, session))
        return event

    def _found(self, text: str, session: Session) -> tuple[str, ...]:
        """Return the cards that a text names by other words than theirs, at most three; guesses are left out."""
        hits = self._library().index.search(text[:SEARCHED], 8, home(session))
        return tuple(hit.id for hit in hits if not hit.near and hit.kind in ("droit", "service", "numero"))[:3]

    def _pressed(self, text: str) -> Event:
        event = payload.decode(text)
        if isinstance(event, Spoke) and event.language not in self._languages():
            return Did("langue")
        # A payload that this version does not know: the conversation goes on from where it stands.
        return event or Did("continuer")

    def _opening(self, code: str, now: datetime) -> Event:
        if not code:
            return Started()
        try:
            return decode_link(code, self._library().content.knowledge, now.astimezone(PARIS).date())
        except LinkError:
            return Started(bad_link=True)

    async def _numbers(self, incoming: Incoming, session: Session, now: datetime) -> Reply:
        """Show the vital numbers; asking for them is no fact either and leaves the session alone."""
        lines = [line for line in self._library().content.knowledge.helplines if line.in_service and line.cases]
        lines = [line for line in lines if not line.period]
        lines.sort(key=lambda line: (line.level != "vital", -line.weight, line.id))
        effects = (
            Say(wording.EMERGENCY_TITLE),
            Say(wording.NOT_ALONE),
            People(tuple(line.id for line in lines[:8])),
        )
        reply = self._draw(effects, session.language, now, private=True)
        await self._acknowledge(incoming, session.language, now)
        return reply

    def _how_it_was_translated(self, language: str) -> tuple[Effect, ...]:
        """Tell who chooses a language that most of its sentences were read by nobody yet."""
        origin = self._library().catalogs.origin(language)
        return (Say(wording.MACHINE_MADE),) if origin.share("machine") > _MOSTLY else ()

    def _languages(self) -> frozenset[str]:
        return frozenset(language.id for language in self._library().catalogs.languages)

    def _offered(self, hint: str | None) -> str:
        """Return the language to start in: the hint, or its first part, when offered; else French."""
        wanted = (hint or "fr").lower()
        return next((each for each in (wanted, wanted.split("-")[0]) if each in self._languages()), "fr")

    def _draw(self, effects: Sequence[Effect], language: str, now: datetime, *, private: bool) -> Reply:
        library = self._library()
        speaker = library.speaker(language, now.astimezone(PARIS).date())
        screens = Screens(speaker, library.content.dialogs, library.danger)
        drawn = screens.draw(effects)
        if speaker.untranslated and language != "fr" and drawn:
            note = Block("note", speaker.say(wording.FRENCH_ONLY))
            last = drawn[-1]
            drawn = (
                *drawn[:-1],
                Screen((*last.blocks, note), last.rows, last.question, last.progress, last.typed, last.urgent),
            )
        return Reply(
            drawn,
            speaker.language.id,
            speaker.language.direction,
            private=private,
            cards=tuple(screens.cards),
            numbers=tuple(screens.numbers),
            ended=any(isinstance(effect, Show | Wipe) for effect in effects),
        )


def _about(incoming: Incoming) -> tuple[Effect, ...]:
    """Return what is said of a message that is no text, or of what is kept; the conversation then goes on."""
    if incoming.payload == payload.PRIVACY:
        of_channel = (Say(wording.TELEGRAM_KEEPS),) if incoming.address else ()
        return Say(wording.KEPT), Say(wording.NOT_KEPT), *of_channel
    kind = _MEDIA.get(incoming.other)
    return (Say(wording.MEDIA[kind]),) if kind else ()


def _leaves(event: Event, trees: Mapping[str, Tree]) -> bool:
    """Tell whether an event goes out of a guarded tree; what was said inside is then dropped."""
    if isinstance(event, Picked):
        return event.tree in trees and not trees[event.tree].guarded
    return isinstance(event, Started) or (isinstance(event, Did) and event.action in ("menu", "recommencer"))
