"""One person talking to the whole service in memory; the reply as a transcript that an editor can read."""

from datetime import UTC, datetime

from bot.content import Library
from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import KeyRing
from bot.screen import Button, Incoming, Reply
from bot.store import MemoryStore

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)


class Person:
    """Types, presses and reads; knows nothing of the inside."""

    def __init__(self, library: Library, language: str = "fr", store=None, now: datetime = NOW):
        self.store = store or MemoryStore()
        self.conversation = Conversation(lambda: library, self.store, Vault(KeyRing.new()))
        self.person = self.conversation.person("test", "1")
        self.language, self.now = language, now
        self.reply: Reply | None = None
        self.transcript: list[str] = []

    async def opens(self, code: str = "") -> Reply:
        return await self._send(start=code)

    async def types(self, text: str) -> Reply:
        self.transcript.append(f"moi> {text}")
        return await self._send(text=text)

    async def presses(self, label: str) -> Reply:
        """Press the button whose text holds ``label`` (pictograms aside)."""
        button = self.button(label)
        self.transcript.append(f"moi> [{plain(button)}]")
        return await self._send(payload=button.payload)

    async def _send(self, **what) -> Reply:
        self.reply = await self.conversation.handle(Incoming(self.person, language=self.language, **what), self.now)
        self.transcript.append(as_text(self.reply))
        return self.reply

    @property
    def buttons(self) -> list[Button]:
        return [button for screen in self.reply.screens for row in screen.rows for button in row]

    def button(self, label: str) -> Button:
        found = [button for button in self.buttons if plain(button) == label] or [
            b for b in self.buttons if label in b.text
        ]
        assert found, f"no button « {label} » among {[plain(button) for button in self.buttons]}"
        return found[0]

    @property
    def text(self) -> str:
        return as_text(self.reply)

    @property
    def question(self) -> str | None:
        return next((screen.question for screen in self.reply.screens if screen.question), None)


def plain(button: Button) -> str:
    """Return a button's words without its pictogram."""
    return button.text.split(" ", 1)[1] if " " in button.text and not button.text[0].isalnum() else button.text


def as_text(reply: Reply) -> str:
    """Return a reply as a few lines; the small navigation buttons are left out."""
    lines = []
    for screen in reply.screens:
        for block in screen.blocks:
            head = [text for text in (block.title, block.text) if text]
            mark = "* " if block.style == "fiche" else "! " if block.style == "alerte" else ""
            lines += [f"bot> {mark}{text}" for text in head]
            lines += [f"       {line}" for line in block.lines]
        choices = [f"[{plain(button)}]" for row in screen.rows for button in row if not button.quiet]
        if choices:
            lines.append("       " + " ".join(choices))
    return "\n".join(lines)
