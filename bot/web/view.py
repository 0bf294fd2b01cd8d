"""Turns a reply into what a page shows: headings, lines with links, and buttons; no HTML here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import urlsplit

from bot.payload import encode
from bot.screen import Block, Button, Reply, Screen
from bot.web.numbers import Span, spans
from dialogs.events import Did, Opened

LEAVE = encode(Did("quitter"))
NEW_PART = "suite"
"""Id of the first heading of what is new: where a browser goes after an answer."""

_SHORT = 6
_HEADINGS = frozenset({"titre", "question"})
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """A button: its pictogram apart, so that it is not read aloud."""

    picto: str
    text: str
    payload: str
    on: bool = False
    language: str = ""
    """Its tag where it is not the page's."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together, and the site they point to: its address and its host name."""

    lines: tuple[Line, ...]
    href: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block on the page. ``kind``: how it is drawn; ``anchor``: id of a heading."""

    kind: str
    text: str = ""
    parts: tuple[Part, ...] = ()
    press: Press | None = None
    anchor: str = ""
    language: str = ""
    """As of a press."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One screen on the page."""

    pieces: tuple[Piece, ...]
    rows: tuple[tuple[Press, ...], ...]
    quiet: tuple[Press, ...]
    progress: tuple[int, int] | None
    urgent: bool
    heading: str
    """Id of the heading that names the buttons."""


@dataclass(frozen=True, slots=True)
class View:
    """A whole reply. ``headed``: it starts with a heading of its own."""

    sheets: tuple[Sheet, ...]
    headed: bool
    asks: bool


@dataclass(slots=True)
class _Anchors:
    """Gives each heading its id: the first of the page is the place to go to."""

    count: int = field(default=0)

    def next(self) -> str:
        self.count += 1
        return NEW_PART if self.count == 1 else f"titre-{self.count}"


def view(reply: Reply, short: dict[str, str]) -> View:
    """Return a reply as a page shows it; ``short``: see ``bot.web.numbers.spans``."""
    anchors = _Anchors()
    first = next((block for screen in reply.screens for block in screen.blocks), None)
    headed = first is not None and _is_heading(first, reply.screens[0])
    if not headed:
        anchors.next()  # the page puts a heading of its own first
    sheets = tuple(_sheet(screen, anchors, short) for screen in reply.screens)
    return View(sheets, headed, any(screen.question for screen in reply.screens))


def button_text(reply: Reply | None, payload: str) -> str:
    """Return the words of a large button of a reply, empty when there is no such button."""
    rows = (row for screen in reply.screens for row in screen.rows) if reply else ()
    buttons = (button for row in rows for button in row)
    return next((_press(each).text for each in buttons if each.payload == payload and not each.quiet), "")


def is_short(row: tuple[Press, ...]) -> bool:
    """Tell whether all buttons of a row are a few letters: they stay side by side on a small screen."""
    return all(len(press.text) <= _SHORT for press in row)


def _is_heading(block: Block, screen: Screen) -> bool:
    return block.style in _HEADINGS or (block.style == "alerte" and screen.urgent and not block.link)


def _sheet(screen: Screen, anchors: _Anchors, short: dict[str, str]) -> Sheet:
    pieces = tuple(_Drawing(screen, anchors, short).pieces())
    taken = {LEAVE, *(piece.press.payload for piece in pieces if piece.press)}
    left = [[button for button in row if button.payload not in taken] for row in screen.rows]
    headings = [piece.anchor for piece in pieces if piece.anchor]
    return Sheet(
        pieces,
        tuple(row for row in (_presses(each, quiet=False) for each in left) if row),
        tuple(press for each in left for press in _presses(each, quiet=True)),
        screen.progress,
        screen.urgent,
        headings[-1] if headings else NEW_PART,
    )


def _presses(buttons: Iterable[Button], *, quiet: bool) -> tuple[Press, ...]:
    return tuple(_press(button) for button in buttons if button.quiet is quiet)


def _press(button: Button) -> Press:
    picto, _, rest = button.text.partition(" ")
    if rest and not any(char.isalnum() for char in picto):
        return Press(picto, rest, button.payload, button.on, button.language)
    return Press("", button.text, button.payload, button.on, button.language)


class _Drawing:
    """The pieces of one screen, in order."""

    def __init__(self, screen: Screen, anchors: _Anchors, short: dict[str, str]) -> None:
        self._screen, self._anchors, self._short = screen, anchors, short
        buttons = (button for row in screen.rows for button in row)
        self._openers = {button.payload: button for button in buttons}

    def pieces(self) -> Iterator[Piece]:
        for is_field, blocks in groupby(self._screen.blocks, key=lambda block: block.style == "champ"):
            if not is_field:
                yield from map(self._piece, blocks)
                continue
            # Several fields of one title (the steps, the places) make one section.
            for title, same in groupby(blocks, key=lambda block: block.title):
                yield Piece("champ", title, tuple(map(self._part, same)))

    def _piece(self, block: Block) -> Piece:
        if block.style in ("fiche", "liste"):
            opener = self._openers.get(encode(Opened(block.card))) if block.card else None
            return Piece(block.style, block.text, (self._part(block),), _press(opener) if opener else None)
        if _is_heading(block, self._screen):
            kind = "danger" if block.style == "alerte" else block.style
            return Piece(kind, block.text, anchor=self._anchors.next(), language=block.language)
        part = self._part(replace(block, lines=(block.text,)))
        return Piece(block.style, parts=(part,), language=block.language)

    def _part(self, block: Block) -> Part:
        link = urlsplit(block.link or "")
        if link.scheme == "tel":
            return Part(tuple(self._called(line, block.link or "") for line in block.lines))
        of_danger = self._screen.urgent and block.style in ("note", "texte")
        lines = tuple(spans(line, self._short, anywhere=of_danger) for line in block.lines)
        if link.scheme in ("https", "http") and link.hostname:
            return Part(lines, block.link or "", link.hostname.removeprefix("www."))
        return Part(lines)

    def _called(self, line: str, link: str) -> Line:
        """Return a line of what can be called: its number dials, words beside it (opening hours) do not."""
        if any(char.isalpha() for char in line):
            return spans(line, self._short)
        return (Span(line, self._short.get(line, link)),)
