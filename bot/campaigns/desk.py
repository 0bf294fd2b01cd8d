"""What the team does with campaigns: write, look, approve, plan, hold, stop. The role is asked again at each press.

Who writes anything in a campaign can never approve it, whatever their role becomes.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.campaigns import payloads
from bot.campaigns import staff_screens as draw
from bot.campaigns.audience import Audience
from bot.campaigns.campaign import (
    Body,
    Campaign,
    Letter,
    State,
    Step,
    approved,
    asked,
    back_to_draft,
    may_approve,
    paused,
    planned,
    resumed,
    stopped,
    written,
)  # fmt: skip
from bot.campaigns.check import (
    DUTY,
    LONGEST_TITLE,
    audience_problems,
    opened_by,
    opens_problems,
    problems,
    text_problems,
)
from bot.campaigns.counting import Counting
from bot.campaigns.family_screens import Letters
from bot.campaigns.pace import at_hour, choices
from bot.campaigns.table import CampaignTable
from bot.campaigns.writing import Field, Writing
from bot.feature import Turn
from bot.reminders.hours import PARIS, is_open_day
from bot.screen import Reply, Screen
from bot.staff.model import Member, Role
from bot.staff.staff import Staff

ROLES = frozenset((Role.REDACTEUR, Role.COORDINATION))
COMMAND = re.compile(r"/campagnes?(@\w+)?", re.ASCII | re.IGNORECASE)
FARTHEST = 60
"""Days ahead at most of a beginning."""

_STEPS: dict[str, tuple[Step, str, str]] = {
    "d": (asked, "a demandé l'accord pour une campagne", "L'accord est demandé à la coordination."),
    "b": (back_to_draft, "a rendu une campagne au brouillon", "C'est de nouveau un brouillon ; l'accord est annulé."),
    "pa": (paused, "a mis une campagne en pause", "En pause. Rien ne part plus."),
    "re": (resumed, "a repris une campagne", "L'envoi reprend où il était."),
}
"""Steps that need nothing more than the press: the step, the line of the log, what is said."""

_CHANGED = "Cette campagne a changé entre-temps. La voici comme elle est."
Show = Callable[[Campaign], Screen]


class Desk:
    """Answers the team. ``wake``: told when something may be sent; ``ask``: when an approval is waited for."""

    def __init__(
        self,
        staff: Staff,
        campaigns: CampaignTable,
        counting: Counting,
        wake: Callable[[], None],
        ask: Callable[[Campaign], None],
    ) -> None:
        self._staff, self._campaigns, self._counting = staff, campaigns, counting
        self._wake, self._ask = wake, ask
        self._writing = Writing()

    def forget(self, person: str) -> None:
        """Drop what somebody was about to write."""
        self._writing.drop(person)

    async def answer(self, turn: Turn) -> Reply | None:
        """Return the answer to a member who may; None for everybody and everything else."""
        incoming = turn.incoming
        payload, text = incoming.payload, incoming.text
        pressed = payloads.staff_of(payload) if payload else None
        field = self._writing.of(incoming.person, turn.now) if text else None
        wanted = payload in (payloads.DESK, payloads.NEW) or pressed or field or COMMAND.fullmatch(text or "")
        if payload or text:
            self._writing.drop(incoming.person)
        member = await self._staff.member(incoming.person) if wanted and incoming.address else None
        if member is None or member.role not in ROLES:
            return None
        if field and text and not text.startswith("/"):
            return _reply(await self._wrote(turn, member, field, text))
        if pressed:
            return _reply(*await self._pressed(turn, member, *pressed))
        if payload == payloads.NEW:
            return _reply(await self._new(turn, member))
        return _reply(draw.listed(await self._campaigns.all())) if payload or COMMAND.fullmatch(text or "") else None

    async def _new(self, turn: Turn, member: Member) -> Screen:
        number = await self._campaigns.new(Body(authors=(member.person,)), turn.now)
        await self._staff.note(member.person, "a commencé une campagne", turn.now, f"campagne {number}")
        self._writing.wait(member.person, Field(number, "title"), turn.now)
        campaign = await self._campaigns.get(number)
        assert campaign is not None
        return draw.write(campaign, "Quel titre ?", "Pour l'équipe seulement : les familles ne le voient pas.")

    async def _pressed(self, turn: Turn, member: Member, verb: str, number: int, value: str) -> tuple[Screen, ...]:
        campaign = await self._campaigns.get(number)
        if campaign is None:
            return (draw.listed(await self._campaigns.all()),)
        if verb == "p":
            return await self._preview(turn, member, campaign)
        doing: dict[str, Callable[[Turn, Member, Campaign, str], Awaitable[Screen]]] = {
            "i": self._title, "e": self._text, "o": self._opens, "a": self._districts, "g": self._band,
            "s": self._theme, "h": self._moment, "ok": self._approve, "st": self._stop, "x": self._drop,
        }  # fmt: skip
        if verb == "d" and (found := problems(campaign.letter, turn.library)):
            return (draw.told(found, campaign),)
        if verb in _STEPS and not value:
            return (await self._stepped(turn, member, campaign, verb),)
        if verb in doing:
            return (await doing[verb](turn, member, campaign, value),)
        return (self._one(turn, member, campaign),)

    def _one(self, turn: Turn, member: Member, campaign: Campaign, said: str = "") -> Screen:
        return draw.one(campaign, turn.library, approver=_approver(member, campaign), said=said)

    # --- looking --------------------------------------------------------------------------------------------------

    async def _preview(self, turn: Turn, member: Member, campaign: Campaign) -> tuple[Screen, ...]:
        """Return the message of each language as families see it, then how many they are."""
        letters = Letters(campaign.letter, turn.library, turn.now)
        seen = tuple(letters.screen(language) for language in campaign.letter.texts)
        number = await self._counting.number(campaign.letter.audience, turn.now)
        return (*seen, draw.reached(number, campaign, turn.library, approver=_approver(member, campaign)))

    # --- writing --------------------------------------------------------------------------------------------------

    async def _title(self, turn: Turn, member: Member, campaign: Campaign, _: str) -> Screen:
        return self._asked(turn, member, campaign, "title", "Quel titre ?", "Pour l'équipe seulement.")

    async def _text(self, turn: Turn, member: Member, campaign: Campaign, language: str) -> Screen:
        if language not in [each.id for each in turn.library.catalogs.languages]:
            return draw.texts(campaign, turn.library)
        name = draw.LANGUAGES.get(language, language)
        return self._asked(
            turn, member, campaign, f"text:{language}", f"Écrivez le message : {name}", DUTY, draw.FIRST_LINE
        )

    async def _opens(self, turn: Turn, member: Member, campaign: Campaign, _: str) -> Screen:
        more = "Un nom de fiche ou de thème (ludotheque, ecrans), un code de lien, une adresse https://, ou « rien »."
        return self._asked(turn, member, campaign, "opens", "Qu'est-ce que le message ouvre ?", more)

    def _asked(self, turn: Turn, member: Member, campaign: Campaign, what: str, question: str, *more: str) -> Screen:
        if campaign.state is not State.DRAFT:
            return self._one(turn, member, campaign, _CHANGED)
        self._writing.wait(member.person, Field(campaign.id, what), turn.now)
        return draw.write(campaign, question, *more)

    async def _wrote(self, turn: Turn, member: Member, field: Field, text: str) -> Screen:
        campaign = await self._campaigns.get(field.campaign)
        if campaign is None:
            return draw.listed(await self._campaigns.all())
        change, wrong = _change(field.what, text.strip(), turn)
        if wrong:
            self._writing.wait(member.person, field, turn.now)
            return draw.told(wrong, campaign)
        return await self._changed(turn, member, campaign, change, self._one_of(turn, member, "C'est noté."))

    async def _districts(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        def toggled(audience: Audience) -> Audience:
            without = tuple(each for each in audience.districts if each != value)
            return replace(audience, districts=without if value in audience.districts else (*audience.districts, value))

        return await self._chosen(turn, member, campaign, value, toggled, draw.districts)

    async def _band(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        band = "" if value == "tous" else value
        return await self._chosen(turn, member, campaign, value, lambda each: replace(each, band=band), draw.bands)

    async def _theme(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        theme = "" if value == "tous" else value

        def show(after: Campaign) -> Screen:
            return draw.themes(after, turn.library)

        return await self._chosen(turn, member, campaign, value, lambda each: replace(each, theme=theme), show)

    async def _chosen(
        self,
        turn: Turn,
        member: Member,
        campaign: Campaign,
        value: str,
        change: Callable[[Audience], Audience],
        show: Show,
    ) -> Screen:
        """Change the audience, or show what can be chosen when nothing was."""
        if not value:
            return show(campaign) if campaign.state is State.DRAFT else self._one(turn, member, campaign, _CHANGED)
        wanted = change(campaign.letter.audience)
        if wrong := audience_problems(wanted.districts, wanted.band, wanted.theme):
            return draw.told(wrong, campaign)

        def changed(letter: Letter) -> Letter:
            return replace(letter, audience=change(letter.audience))

        return await self._changed(turn, member, campaign, changed, show)

    async def _changed(
        self, turn: Turn, member: Member, campaign: Campaign, change: Callable[[Letter], Letter], show: Show
    ) -> Screen:
        after = await self._campaigns.take(campaign.id, written(change, member.person), turn.now)
        return show(after) if after else self._one(turn, member, campaign, _CHANGED)

    # --- steps ----------------------------------------------------------------------------------------------------

    async def _stepped(self, turn: Turn, member: Member, campaign: Campaign, verb: str) -> Screen:
        step, line, said = _STEPS[verb]
        after = await self._take(turn, member, campaign, step, line)
        if after and verb == "d":
            self._ask(after)
        return self._one(turn, member, after or campaign, said if after else _CHANGED)

    async def _approve(self, turn: Turn, member: Member, campaign: Campaign, digest: str) -> Screen:
        if not _approver(member, campaign):
            return self._one(turn, member, campaign, "L'accord vient de la coordination, et de qui n'a rien écrit ici.")
        if found := problems(campaign.letter, turn.library):
            return draw.told(found, campaign)
        after = await self._take(turn, member, campaign, approved(member.person, digest), "a approuvé une campagne")
        return self._one(turn, member, after or campaign, "Accord donné." if after else _CHANGED)

    async def _moment(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        at = _moment(value, turn.now)
        if campaign.state not in (State.APPROVED, State.PLANNED):
            return self._one(turn, member, campaign, _CHANGED)
        if at is None:
            return draw.moments(campaign, choices(turn.now))
        after = await self._take(turn, member, campaign, planned(at), "a programmé une campagne")
        return self._one(turn, member, after or campaign, "C'est programmé." if after else _CHANGED)

    async def _stop(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        if value != "oui":
            return draw.sure(
                campaign, "Arrêter pour de bon ? Ce qui n'est pas parti ne partira jamais.", "⏹️ Arrêter", "st"
            )
        after = await self._take(turn, member, campaign, stopped, "a arrêté une campagne")
        return self._one(turn, member, after or campaign, "C'est arrêté." if after else _CHANGED)

    async def _drop(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        if value != "oui":
            return draw.sure(campaign, "Supprimer ce brouillon ?", "🗑️ Supprimer", "x")
        if await self._campaigns.drop(campaign.id):
            await self._staff.note(member.person, "a supprimé un brouillon", turn.now, f"campagne {campaign.id}")
        return draw.listed(await self._campaigns.all())

    async def _take(self, turn: Turn, member: Member, campaign: Campaign, step: Step, line: str) -> Campaign | None:
        after = await self._campaigns.take(campaign.id, step, turn.now)
        if after:
            await self._staff.note(member.person, line, turn.now, f"campagne {campaign.id}")
            self._wake()
        return after

    def _one_of(self, turn: Turn, member: Member, said: str) -> Show:
        return lambda campaign: self._one(turn, member, campaign, said)


def _approver(member: Member, campaign: Campaign) -> bool:
    """Tell whether a member may give the second yes."""
    return member.role is Role.COORDINATION and may_approve(campaign, member.person)


def _change(what: str, text: str, turn: Turn) -> tuple[Callable[[Letter], Letter], list[str]]:
    """Return what a written answer changes, and what is wrong with it."""
    if what == "title":
        long = len(text) > LONGEST_TITLE
        wrong = [f"{len(text)} signes, pour {LONGEST_TITLE} au plus\n    -> raccourcissez le titre"] if long else []
        return lambda letter: replace(letter, title=" ".join(text.split())), wrong
    if what == "opens":
        opens = "" if text.lower() == "rien" else opened_by(text, turn.library)
        return lambda letter: replace(letter, opens=opens), opens_problems(opens, turn.library)
    language = what.partition(":")[2]
    wrong = text_problems(text, language, turn.library)
    return lambda letter: replace(letter, texts={**letter.texts, language: text}), wrong


def _moment(value: str, now: datetime) -> datetime | None:
    """Return a moment that a button offers: now, or an hour of an open day within two months; None for any other."""
    if value == "now":
        return now
    try:
        at = datetime.strptime(value, "%Y%m%d%H").replace(tzinfo=UTC)
    except ValueError:
        return None
    farthest = at_hour(now, FARTHEST, 0)
    return at if now < at <= farthest and is_open_day(at.astimezone(PARIS).date()) else None


def _reply(*screens: Screen) -> Reply:
    return Reply(screens, "fr")
