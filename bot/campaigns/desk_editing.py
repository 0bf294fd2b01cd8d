"""What the team writes in a draft: title, texts, what it opens, whom it is for. Who changes it is its author."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.campaigns import staff_choices as choose
from bot.campaigns import staff_screens as draw
from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign, Letter, State, written
from bot.campaigns.check import DUTY, LONGEST_TITLE, audience_problems, opened_by, opens_problems, text_problems
from bot.campaigns.desk_view import CHANGED, one
from bot.campaigns.table import CampaignTable
from bot.campaigns.writing import Field, Writing
from bot.feature import Turn
from bot.screen import Screen
from bot.staff.model import Member

Show = Callable[[Campaign], Screen]


class Editing:
    """Answers what changes a draft."""

    def __init__(self, campaigns: CampaignTable, writing: Writing) -> None:
        self._campaigns, self._writing = campaigns, writing

    async def title(self, turn: Turn, member: Member, campaign: Campaign, _: str) -> Screen:
        """Ask for the title."""
        return self._asked(turn, member, campaign, "title", "Quel titre ?", "Pour l'équipe seulement.")

    async def text(self, turn: Turn, member: Member, campaign: Campaign, language: str) -> Screen:
        """Ask for the words of a language, or show the languages."""
        if language not in [each.id for each in turn.library.catalogs.languages]:
            return choose.texts(campaign, turn.library)
        name = draw.LANGUAGES.get(language, language)
        return self._asked(
            turn, member, campaign, f"text:{language}", f"Écrivez le message : {name}", DUTY, choose.FIRST_LINE
        )

    async def opens(self, turn: Turn, member: Member, campaign: Campaign, _: str) -> Screen:
        """Ask what the message opens."""
        more = "Un nom de fiche ou de thème (ludotheque, ecrans), un code de lien, une adresse https://, ou « rien »."
        return self._asked(turn, member, campaign, "opens", "Qu'est-ce que le message ouvre ?", more)

    def _asked(self, turn: Turn, member: Member, campaign: Campaign, what: str, question: str, *more: str) -> Screen:
        if campaign.state is not State.DRAFT:
            return one(turn, member, campaign, CHANGED)
        self._writing.wait(member.person, Field(campaign.id, what), turn.now)
        return choose.write(campaign, question, *more)

    async def wrote(self, turn: Turn, member: Member, field: Field, text: str) -> Screen:
        """Take what was written for a field; what is wrong is told, and the next text is waited for."""
        campaign = await self._campaigns.get(field.campaign)
        if campaign is None:
            return draw.listed(await self._campaigns.all())
        change, wrong = _change(field.what, text.strip(), turn)
        if wrong:
            self._writing.wait(member.person, field, turn.now)
            return draw.told(wrong, campaign)
        return await self._changed(turn, member, campaign, change, _one_of(turn, member, "C'est noté."))

    async def districts(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        """Tick an arrondissement, or show them."""

        def toggled(audience: Audience) -> Audience:
            without = tuple(each for each in audience.districts if each != value)
            return replace(audience, districts=without if value in audience.districts else (*audience.districts, value))

        return await self._chosen(turn, member, campaign, value, toggled, choose.districts)

    async def band(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        """Choose an age, or show them."""
        band = "" if value == "tous" else value
        return await self._chosen(turn, member, campaign, value, lambda each: replace(each, band=band), choose.bands)

    async def theme(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        """Choose a theme, or show them."""
        theme = "" if value == "tous" else value

        def show(after: Campaign) -> Screen:
            return choose.themes(after, turn.library)

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
            return show(campaign) if campaign.state is State.DRAFT else one(turn, member, campaign, CHANGED)
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
        return show(after) if after else one(turn, member, campaign, CHANGED)


def _one_of(turn: Turn, member: Member, said: str) -> Show:
    return lambda campaign: one(turn, member, campaign, said)


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
