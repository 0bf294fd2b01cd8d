"""What families do with news: say yes or no, see and change what is kept, end it with one tap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.buttons import above_ways_out
from bot.campaigns import payloads, words
from bot.campaigns.audience import SENSITIVE, THEMES
from bot.campaigns.consent import Consent, may_be_asked
from bot.campaigns.family_screens import FamilyScreens
from bot.campaigns.news_table import AGAIN, NO, PAUSED, SEEN, YES, Kept, NewsTable
from bot.feature import Turn
from bot.people import People
from bot.reminders.told import lost
from bot.screen import Block, Reply, Screen
from dialogs.effects import Effect, Show, ShowCard
from knowledge.base import Label

_REMINDERS = "r|"
"""How payloads of reminders begin: news are not offered on the same screen."""

_CHANGES: dict[str, Callable[[Consent], Consent]] = {
    payloads.FORGET_DISTRICT: lambda consent: replace(consent, district=""),
    payloads.FORGET_BIRTHS: lambda consent: replace(consent, births=()),
}
_STATES = {payloads.PAUSE: PAUSED, payloads.RESUME: YES, payloads.AGAIN: YES}


class FamilyNews:
    """Answers the buttons of news, and offers them once."""

    def __init__(self, news: NewsTable) -> None:
        self._news = news
        self._left_alone = People()

    def forget(self, person: str) -> None:
        """Forget that somebody was left alone once."""
        self._left_alone.discard(person)

    async def answer(self, turn: Turn) -> Reply | None:
        """Return the answer to a button or a command of news; None for anything else."""
        payload = turn.incoming.payload or ""
        theme = payloads.theme_of(payload)
        if not turn.incoming.address or not (payload in payloads.FAMILY or theme in THEMES):
            return None
        screens = FamilyScreens(turn.speaker())
        if payload == payloads.END:
            await self._news.end(turn.incoming.person, turn.now)
            return turn.reply(screens.says(words.ENDED), private=turn.guarded)
        if turn.guarded:  # nothing of a guarded subject is written down, not even that somebody was there
            return None
        return turn.reply(await self._pressed(turn, payload, theme, screens))

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """Return a reply with the offer of news under first results, once; note that somebody with a yes is there."""
        shown = next((each for each in effects if isinstance(each, Show) and each.first), None)
        if not turn.incoming.address or not reply.screens:
            return reply
        if lost(turn.session.plain):
            return await self._left_in_peace(turn, reply)
        if not (shown or any(isinstance(each, ShowCard) for each in effects)):
            return reply
        kept = await self._news.get(turn.incoming.person, turn.now)
        if kept:
            await self._news.heard(turn.incoming.person, kept, turn.now)
            return reply
        if shown is None or shown.for_worker or not _may_offer(turn, reply):
            return reply
        await self._news.note(turn.incoming.person, SEEN, turn.now)
        offer = FamilyScreens(turn.speaker()).button(words.OFFER, payloads.OFFER, "📰", quiet=True)
        *before, last = reply.screens
        return replace(reply, screens=(*before, replace(last, rows=above_ways_out(last.rows, (offer,)))))

    async def _left_in_peace(self, turn: Turn, reply: Reply) -> Reply:
        """Pause, once, and forget the ages: nothing about a child may come now. To resume is theirs."""
        person = turn.incoming.person
        kept = None if person in self._left_alone else await self._news.get(person, turn.now)
        if kept is None or kept.consent is None:
            return reply
        self._left_alone.add(person)
        await self._news.agree(person, replace(kept.consent, births=()), turn.now, PAUSED, kept.end)
        if kept.state == PAUSED:
            return reply
        *before, last = reply.screens
        blocks = (*last.blocks, Block("texte", turn.speaker().say(words.LEFT_ALONE)))
        return replace(reply, screens=(*before, replace(last, blocks=blocks)))

    async def _pressed(self, turn: Turn, payload: str, theme: str | None, screens: FamilyScreens) -> Screen:
        kept = await self._news.get(turn.incoming.person, turn.now)
        match payload:
            case payloads.OFFER:
                return screens.question() if kept is None or kept.consent is None else _mine(screens, kept)
            case payloads.YES:
                return await self._agree(turn, kept, screens)
            case payloads.NO if kept is None or kept.consent is None:
                await self._news.note(turn.incoming.person, NO, turn.now)
                return screens.says(words.REFUSED)
        if kept is None or kept.consent is None:
            return screens.none()
        return await self._change(turn, payload, theme, kept, screens)

    async def _agree(self, turn: Turn, kept: Kept | None, screens: FamilyScreens) -> Screen:
        if kept and kept.consent:
            return _mine(screens, kept)
        facts = turn.session.plain
        consent = Consent(turn.incoming.address, turn.session.language)
        if may_be_asked(facts):
            consent = consent.told(facts)
        await self._news.agree(turn.incoming.person, consent, turn.now)
        return screens.mine(consent, YES, words.AGREED)

    async def _change(self, turn: Turn, payload: str, theme: str | None, kept: Kept, screens: FamilyScreens) -> Screen:
        consent, state = kept.consent, _STATES.get(payload, kept.state)
        said: tuple[Label, ...] = ()
        assert consent is not None
        if payload in (payloads.MINE, payloads.NO):
            return _mine(screens, kept)
        if payload == payloads.AGAIN and kept.state != AGAIN:
            return _mine(screens, kept)
        if theme:
            consent = consent.toggled(theme)
        elif payload == payloads.UPDATE:
            consent = replace(consent.told(turn.session.plain), language=turn.session.language)
            said = (words.UPDATED,)
        else:
            consent = _CHANGES.get(payload, _same)(consent)
        # A question that waits for its yes goes on waiting, no longer than before.
        end = kept.end if state == AGAIN else None
        await self._news.agree(turn.incoming.person, consent, turn.now, state, end)
        return screens.mine(consent, state, *said)


def _same(consent: Consent) -> Consent:
    return consent


def _mine(screens: FamilyScreens, kept: Kept) -> Screen:
    assert kept.consent is not None
    return screens.mine(kept.consent, kept.state)


def _may_offer(turn: Turn, reply: Reply) -> bool:
    """Tell whether this is a good moment: not beside the offer of reminders, nor after a hard subject."""
    payloads_shown = (button.payload for screen in reply.screens for row in screen.rows for button in row)
    hard = SENSITIVE.intersection(turn.session.stack)
    facts = turn.session.plain
    calm = not hard and may_be_asked(facts)
    return calm and bool(reply.screens) and not any(each.startswith(_REMINDERS) for each in payloads_shown)
