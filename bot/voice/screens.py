"""Screens of the voice, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.buttons import Buttons, Row, above_ways_out
from bot.screen import Block, Button, Reply, Screen
from bot.speaker import Speaker
from bot.store.protocol import SUGGESTION_LIFE
from bot.voice import words
from knowledge.base import Label

PREFIX = "v|"
ANSWERS = {f"{PREFIX}{answer}": answer for answer in words.ANSWERS}
OFFER, SEND, CANCEL, WITHDRAW = f"{PREFIX}mot", f"{PREFIX}envoyer", f"{PREFIX}rien", f"{PREFIX}retirer"


class VoiceScreens:
    """Draws the voice with one speaker."""

    def __init__(self, speaker: Speaker) -> None:
        self._say, self._buttons = speaker.say, Buttons(speaker)

    def asked(self, reply: Reply) -> Reply:
        """Return a reply that ends with the question, its answers in one row above the ways out."""
        row = tuple(Button(self._say(label), f"{PREFIX}{answer}") for answer, label in words.ANSWERS.items())
        return _added(reply, row, Block("note", self._say(words.HELPED)))

    def offered(self, reply: Reply) -> Reply:
        """Return a reply with the button of the box above the ways out."""
        return _added(reply, (self._button(words.OFFER, OFFER, "✍️"),))

    def counted(self) -> Screen:
        """Return the thanks for an answer, with the box for who has more to say."""
        return self.says(words.COUNTED, (self._button(words.OFFER, OFFER, "✍️"),))

    def announced(self, first: Label | None = None) -> Screen:
        """Return what becomes of the words, before any is written."""
        before = words.BEFORE._replace(values=(("jours", SUGGESTION_LIFE.days),))
        said = (*((first,) if first else ()), before, words.NO_NAMES, words.IN_DANGER)
        blocks = (*(Block("texte", self._say(each)) for each in said), Block("question", self._say(words.WRITE)))
        return Screen(blocks, ((self._button(words.CANCEL, CANCEL),), self._buttons.ways_out("menu", "quitter")))

    def draft(self, text: str, hidden: Sequence[str]) -> Screen:
        """Return the words as the team would read them, to be sent or not."""
        note = words.HIDDEN if hidden else words.NOTHING_HIDDEN
        blocks = (
            Block("question", self._say(words.READ_AGAIN)),
            Block("texte", f"« {text} »"),
            Block("note", self._say(note)),
        )
        rows = (
            (self._button(words.SEND, SEND, "📨"),),
            (self._button(words.AGAIN, OFFER, "✏️"), self._button(words.CANCEL, CANCEL)),
            self._buttons.ways_out("menu", "quitter"),
        )
        return Screen(blocks, rows)

    def sent(self) -> Screen:
        """Return the thanks, with the way to take the words back."""
        return self.says(words.SENT, (self._button(words.WITHDRAW, WITHDRAW, "🧹"),))

    def says(self, label: Label, *rows: Row) -> Screen:
        """Return one sentence, rows of buttons and the way on."""
        ways = self._buttons.ways_out("continuer", "menu")
        return Screen((Block("texte", self._say(label)),), (*rows, ways))

    def mark(self, kind: str) -> str:
        """Return what is put in the place of something hidden."""
        return self._say(words.MARKS[kind])

    def _button(self, label: Label, payload: str, picto: str = "") -> Button:
        return Button(f"{picto} {self._say(label)}".strip(), payload)


def _added(reply: Reply, row: Row, *blocks: Block) -> Reply:
    """Return a reply whose last screen ends with blocks, and has one row more above its ways out."""
    *before, last = reply.screens
    rows = above_ways_out(last.rows, row)
    return replace(reply, screens=(*before, replace(last, blocks=(*last.blocks, *blocks), rows=rows)))
