"""Screens of the news for families: the question, what is kept, and the message itself; in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.buttons import Buttons, Row
from bot.campaigns import payloads, words
from bot.campaigns.audience import THEMES, theme_label
from bot.campaigns.campaign import Letter
from bot.campaigns.consent import MONTHLY, Consent
from bot.content import Library
from bot.payload import encode
from bot.reminders.hours import FIRST_HOUR, LAST_HOUR, PARIS
from bot.screen import Block, Button, Screen
from bot.speaker import Speaker
from dialogs.events import Opened, Picked
from i18n.format import month
from knowledge.base import Label

QUESTION = "nouvelles"
"""Marks screens that are answered by a press, so that the next one takes their place instead of coming below."""


class FamilyScreens:
    """Draws news with one speaker."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker, self.say, self._buttons = speaker, speaker.say, Buttons(speaker)

    def button(self, label: Label, payload: str, picto: str = "", *, quiet: bool = False) -> Button:
        """Return a button of the news."""
        return Button(f"{picto} {self.say(label)}".strip(), payload, quiet=quiet)

    def question(self) -> Screen:
        """Return what news are, what would be kept, and the question."""
        often = _with(words.HOW_OFTEN, nombre=MONTHLY, de=FIRST_HOUR, a=LAST_HOUR)
        blocks = [Block("question", self.say(words.ASK))]
        blocks += [Block("texte", self.say(each)) for each in (words.WHAT, often)]
        blocks.append(Block("liste", "", self.say(words.WHAT_I_KEEP), self._speaker.all(words.KEEP)))
        blocks += [Block("texte", self.say(each)) for each in (words.NOTHING_ELSE, words.END_AT_ANY_TIME)]
        yes, no = self.button(words.YES, payloads.YES, "📰"), self.button(words.NO, payloads.NO)
        return Screen(tuple(blocks), ((yes,), (no,), self._buttons.ways_out("continuer", "menu")), question=QUESTION)

    def mine(self, consent: Consent, state: str, *said: Label) -> Screen:
        """Return all that is kept, with what can be done; ``said``: sentences above."""
        blocks = [Block("texte", self.say(each)) for each in said]
        how = _with(words.STATE[state], nombre=MONTHLY) if state == "oui" else words.STATE[state]
        blocks += [Block("titre", self.say(words.TITLE)), Block("texte", self.say(how))]
        blocks.append(Block("liste", "", self.say(words.KEPT_TITLE), tuple(self._kept(consent))))
        blocks.append(Block("texte", self.say(words.THEMES)))
        rows: list[Row] = [(self._theme(name, on=name in consent.themes),) for name in THEMES]
        if state == "encore":
            rows.insert(0, (self.button(words.GO_ON, payloads.AGAIN, "✅"),))
        rows.append((self.button(words.UPDATE, payloads.UPDATE, "✏️", quiet=True),))
        taken = (
            (bool(consent.district), words.FORGET_DISTRICT, payloads.FORGET_DISTRICT),
            (bool(consent.births), words.FORGET_BIRTHS, payloads.FORGET_BIRTHS),
        )
        rows += [(self.button(label, payload, "➖", quiet=True),) for there, label, payload in taken if there]
        switch = (words.RESUME, payloads.RESUME, "▶️") if state == "pause" else (words.PAUSE, payloads.PAUSE, "⏸️")
        rows.append((self.button(*switch, quiet=True), self.button(words.STOP, payloads.END, "🔕", quiet=True)))
        return Screen(tuple(blocks), (*rows, self._buttons.ways_out("continuer", "menu")), question=QUESTION)

    def none(self) -> Screen:
        """Return that there is no yes, with the way to give one."""
        rows = ((self.button(words.OFFER, payloads.OFFER, "📰"),), self._buttons.ways_out("continuer", "menu"))
        return Screen((Block("texte", self.say(words.NONE_YET)),), rows)

    def says(self, said: Label) -> Screen:
        """Return a sentence with the way back to the conversation."""
        return Screen((Block("texte", self.say(said)),), (self._buttons.ways_out("continuer", "menu"),))

    def still(self) -> Screen:
        """Return the yearly question, of which the first line says nothing of anybody."""
        blocks = tuple(Block("texte", self.say(each)) for each in (words.STILL, words.STILL_WHY, words.STILL_ELSE))
        rows = ((self.button(words.GO_ON, payloads.AGAIN, "✅"),), (self.button(words.STOP, payloads.END, "🔕"),))
        return Screen(blocks, rows)

    def _kept(self, consent: Consent) -> Iterable[str]:
        name = self._speaker.catalogs.language(consent.language).name
        yield self.say(_with(words.LANGUAGE, texte=name))
        yield self.say(_with(words.DISTRICT, texte=consent.district) if consent.district else words.NO_DISTRICT)
        if not consent.births:
            yield self.say(words.NO_BIRTH)
        for first, last in consent.births:
            ends = {"de": self._month(first), "a": self._month(last)}
            yield self.say(words.BIRTH._replace(values=tuple(ends.items())))

    def _month(self, index: int) -> str:
        return month(date(index // 12, index % 12 + 1, 1), self._speaker.language)

    def _theme(self, name: str, *, on: bool) -> Button:
        text = self.say(theme_label(name, self._speaker.knowledge))
        picto = "✅" if on else self._speaker.knowledge.topic_by_id[name].picto
        return Button(f"{picto} {text}", payloads.theme(name), on=on)


class Letters:
    """A campaign as families see it, drawn once for each language."""

    def __init__(self, letter: Letter, library: Library, now: datetime) -> None:
        self._letter, self._library, self._now = letter, library, now
        self._drawn: dict[str, Screen] = {}

    def screen(self, language: str) -> Screen:
        """Return the message in a language: the words written in it, French where there are none."""
        if language not in self._drawn:
            self._drawn[language] = self._draw(language)
        return self._drawn[language]

    def _draw(self, language: str) -> Screen:
        # Who does not read the words, since nobody wrote them in their language, can read why they came and end them.
        screens = FamilyScreens(_speaker(self._library, language, self._now))
        opens = self._letter.opens
        parts = [part.strip() for part in self._letter.text(language).split("\n\n") if part.strip()]
        blocks = [Block("texte", lines[0], lines=tuple(lines[1:])) for lines in map(str.splitlines, parts)]
        if opens.startswith("https://"):
            blocks.append(Block("texte", opens, link=opens))
        blocks.append(Block("note", screens.say(words.WHY)))
        target = _payload(opens, self._library)
        rows: list[Row] = [(screens.button(words.OPEN, target, "👉"),)] if target else []
        stop = screens.button(words.STOP, payloads.END, "🔕", quiet=True)
        return Screen(tuple(blocks), (*rows, (stop, screens.button(words.MINE, payloads.MINE, "📰", quiet=True))))


def still_wanted(library: Library, language: str, now: datetime) -> Screen:
    """Return the yearly question in a language."""
    return FamilyScreens(_speaker(library, language, now)).still()


def _speaker(library: Library, language: str, now: datetime) -> Speaker:
    local = now.astimezone(PARIS)
    return library.speaker(language, local.date(), local)


def _payload(opens: str, library: Library) -> str:
    """Return what a press opens: a card or a theme; empty when it is no more."""
    if opens in library.content.knowledge.by_id:
        return encode(Opened(opens))
    return encode(Picked(opens)) if opens in library.content.dialogs.trees else ""


def _with(label: Label, **values: str | int) -> Label:
    return label._replace(values=tuple(values.items()))
