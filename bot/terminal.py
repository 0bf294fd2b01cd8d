"""The conversation in a terminal: numbered buttons, free text, or one JSON object a line (``--json``)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TextIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot import wording
from bot.content import Library
from bot.conversation import Conversation
from bot.jsonl import BadLine, each_line
from bot.payload import encode
from bot.screen import Block, Button, Incoming, Reply, Screen
from bot.speaker import Speaker
from dialogs.events import ACTIONS, Chose
from knowledge.danger import detect
from knowledge.messages import field_label
from knowledge.model import Helpline, Place

Clock = Callable[[], datetime]
_LEAVE = frozenset(("/quitter", "/fin", "exit", "quit"))


class Talk:
    """One person's conversation with the last reply at hand, so that buttons can be pressed by id or number."""

    def __init__(self, conversation: Conversation, library: Library, clock: Clock, language: str) -> None:
        self.conversation, self.library, self.clock, self.language = conversation, library, clock, language
        self.person = conversation.person("terminal", "1")
        self.last: Reply | None = None

    async def send(self, **what: Any) -> Reply:
        """Return the reply to one text, payload or opening."""
        incoming = Incoming(self.person, language=self.language, **what)
        self.last = await self.conversation.handle(incoming, self.clock())
        return self.last

    def buttons(self) -> list[Button]:
        """Return the buttons on screen, in order."""
        screens = self.last.screens if self.last else ()
        return [button for screen in screens for row in screen.rows for button in row]

    def question(self) -> str | None:
        """Return the id of the question on screen, None when there is none."""
        return next((screen.question for screen in (self.last.screens if self.last else ()) if screen.question), None)


async def opened(talk: Talk, tree: str | None, link: str | None) -> Reply:
    """Open a conversation: at the menu, in a tree, or from a link code."""
    reply = await talk.send(start=link or "")
    return await talk.send(payload=f"t|{tree}") if tree else reply


# --- one JSON object a line ---


def json_lines(talk: Talk, source: TextIO, run: asyncio.Runner) -> Iterator[str]:
    """Yield one reply a line for one event a line."""
    yield from each_line(source, lambda request: run.run(_answer(talk, request)))


async def _answer(talk: Talk, request: dict[str, Any]) -> dict[str, Any]:
    return as_json(talk, await talk.send(**_event(talk, request)))


def _event(talk: Talk, request: dict[str, Any]) -> dict[str, Any]:
    kinds = [key for key in ("texte", "choix", "action") if key in request]
    if len(request) != 1 or len(kinds) != 1 or not isinstance(request[kinds[0]], str):
        raise BadLine('une seule clé parmi "texte", "choix" ou "action", avec un texte')
    value: str = request[kinds[0]]
    if kinds[0] == "texte" or _is_cry(talk, value):
        return {"text": value}
    if kinds[0] == "action":
        if value not in ACTIONS:
            raise BadLine(f"action '{value[:40]}' inconnue ; actions : {', '.join(ACTIONS)}")
        return {"payload": f"a|{value}"}
    return {"payload": _payload(talk, value)}


def _is_cry(talk: Talk, value: str) -> bool:
    """Tell whether words of danger stand where an id is expected; they are heard before anything is refused."""
    names = {button.choice for button in talk.buttons()} | set(talk.library.content.dialogs.trees) | set(ACTIONS)
    return value not in names and detect(talk.library.danger, value) is not None


def _payload(talk: Talk, choice: str) -> str:
    for button in talk.buttons():
        if button.choice == choice:
            return button.payload
    if choice in talk.library.content.dialogs.trees:
        return f"t|{choice}"  # a subject may be named whatever screen it stands on
    question = talk.question()
    if question is None:
        shown = [button.choice for button in talk.buttons() if button.choice]
        raise BadLine(f"choix '{choice[:40]}' inconnu ici ; choix : {', '.join(shown) or 'aucun'}")
    return encode(Chose(question, choice))


def as_json(talk: Talk, reply: Reply) -> dict[str, Any]:
    """Return a reply in its documented form: said, question, choices, progress, cards, numbers, end."""
    asked = next((screen for screen in reply.screens if screen.question), None)
    lines = [line for screen in reply.screens for block in screen.blocks for line in _lines(block)]
    entries = [talk.library.content.knowledge.by_id.get(name) for name in reply.numbers]
    return {
        "dit": lines,
        "question": asked.question if asked else None,
        "choix": [{"id": button.choice, "texte": button.text} for button in talk.buttons() if button.choice],
        "progression": list(asked.progress) if asked and asked.progress else None,
        "fiches": list(reply.cards),
        "numeros": [entry.number for entry in entries if isinstance(entry, Helpline)],
        "fin": reply.ended,
    }


def _lines(block: Block) -> list[str]:
    return [text for text in (block.title, block.text, *block.lines) if text]


# --- a person at a keyboard ---


async def chat(talk: Talk, console: Console, first: Reply, read: Callable[[], str | None]) -> None:
    """Talk until the person leaves; ``read`` returns a line, None at the end of input."""
    show(talk, console, first)
    while (line := await asyncio.to_thread(read)) is not None:
        text = line.strip()
        if text in _LEAVE:
            break
        if text:
            reply = await talk.send(**_typed(talk, text))
            show(talk, console, reply)
            if reply.wiped == "quitter":
                break


def _typed(talk: Talk, text: str) -> dict[str, str]:
    """Read a line: « 3 » presses the third button; where a number may be the answer itself, « #3 » does."""
    buttons = talk.buttons()
    number = text.removeprefix("#")
    asks_number = any(screen.question and screen.typed for screen in (talk.last.screens if talk.last else ()))
    pressed = number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(buttons)
    if pressed and (text.startswith("#") or not asks_number):
        return {"payload": buttons[int(number) - 1].payload}
    return {"text": text}


def show(talk: Talk, console: Console, reply: Reply) -> None:
    """Print a reply: blocks, then buttons with the number that presses each."""
    number = 0
    for screen in reply.screens:
        _progress(talk, console, screen)
        for block in screen.blocks:
            console.print(_drawn(block))
        for row in screen.rows:
            cells = []
            for button in row:
                number += 1
                style = "dim" if button.quiet else "bold green" if button.on else "bold"
                cells.append(
                    Text.assemble(
                        (f" {number:>2} ", "reverse" if not button.quiet else "dim"),
                        (f" {button.text}  ", style),
                    )
                )
            console.print(Padding(Text("").join(cells), (0, 0, 0, 2)))
        console.print()


def _progress(talk: Talk, console: Console, screen: Screen) -> None:
    if screen.progress:
        speaker = talk.library.speaker(talk.last.language if talk.last else "fr", talk.clock().date())
        values = (("n", screen.progress[0]), ("total", screen.progress[1]))
        console.print(Text(speaker.say(wording.PROGRESS._replace(values=values)), style="dim"))


def _drawn(block: Block) -> Any:
    lines = [Text(line) for line in block.lines]
    if block.style == "alerte":
        return Panel(Text(block.text, style="bold"), border_style="red")
    if block.style in ("titre", "question"):
        return Text(block.text, style="bold cyan" if block.style == "titre" else "bold yellow")
    if block.style == "fiche":
        return Panel(Group(*lines), title=Text(block.text, style="bold"), title_align="left", border_style="cyan")
    if block.style in ("champ", "liste"):
        link = [Text(block.link, style="underline")] if block.link and block.link.startswith("http") else []
        body = Group(*(Text.assemble(("• ", "cyan"), line) for line in lines), *link)
        return Group(Text(block.title, style="bold"), Padding(body, (0, 0, 0, 2))) if block.title else body
    return Text(block.text, style="dim" if block.style == "note" else "")


# --- a lookup at a desk ---


def found_table(library: Library, text: str, limit: int, speaker: Speaker) -> Table:
    """Return what a search finds, one line each: name, kind, where, and the word that led there."""
    table = Table(title=Text(text), title_justify="left", box=None, pad_edge=False)
    for head in ("", "genre", "arr.", "trouvé par", "id"):
        table.add_column(head, style="bold" if not head else "dim")
    for hit in library.full_search.search(text, limit):
        entry = library.content.knowledge.by_id.get(hit.id)
        topic = library.content.knowledge.topic_by_id.get(hit.id)
        if entry is not None:
            name = entry.name if isinstance(entry, Place) else speaker.say(field_label(entry, "nom", entry.name))
        else:
            name = hit.place.name if hit.place else topic.name if topic else hit.id
        district = str(entry.district) if isinstance(entry, Place) else str(hit.place.district) if hit.place else ""
        why = ", ".join(f"{match.found} ({match.field})" for match in hit.reason[:2])
        if hit.place:
            why = speaker.say(wording.NOT_CHECKED)
        # Texts, not markup: what was typed, or a name, may hold brackets.
        table.add_row(*map(Text, (name, hit.kind, district, "proche" if hit.near else why, hit.id)))
    return table
