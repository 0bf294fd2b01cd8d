"""Blocks of a screen as HTML that Telegram reads, cut into messages at the borders of blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape

from bot.screen import Block, Screen
from bot.telegram.direction import from_the_right, runs_right_to_left
from bot.telegram.limits import MESSAGE_UNITS

_ALERT = "⚠️ "
_BULLET = "• "
_BLANK = "…"  # Telegram refuses an empty message, even with buttons
_TIED = re.compile(r" (?=[:;?!»])|(?<=«) ")
"""Spaces at which French never breaks a line."""
_TAG = re.compile(r"</?[a-z][^>]*>")


def plain(html: str) -> str:
    """Return the words of a message that :func:`messages` made, without its tags."""
    return unescape(_TAG.sub("", html))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, plain, with what surrounds it; ``href`` is an https address."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None

    @property
    def units(self) -> int:
        """Return its length as Telegram counts: UTF-16 units, without the tags."""
        return units(self.text)

    @property
    def html(self) -> str:
        """Return it escaped, with its tags."""
        text = escape(self.text, quote=False)
        if self.href:
            text = f'<a href="{escape(self.href)}">{text}</a>'
        if self.italic:
            text = f"<i>{text}</i>"
        return f"<b>{text}</b>" if self.bold else text


def units(text: str) -> int:
    """Return the number of UTF-16 units of a text."""
    return len(text.encode("utf-16-le")) // 2


def messages(screen: Screen) -> list[str]:
    """Return the HTML texts of a screen, at least one, each within Telegram's limit."""
    blocks = _directed(_numbered(screen, [lines_of(block) for block in _titled_once(screen.blocks)]))
    chunks = [chunk for lines in blocks if lines for chunk in _packed(_cut(lines), 1)]
    pages = _packed_chunks(chunks)
    return ["\n\n".join(_html(chunk) for chunk in page) for page in pages] or [_BLANK]


def lines_of(block: Block) -> list[Line]:
    """Return the lines of a block: title, text, lines, and the number of a ``tel:`` link not yet shown."""
    lines = []
    if block.title:
        lines.append(Line(block.title.strip(), bold=True))
    if block.text.strip():
        lines.append(_styled(block))
    prefix = _BULLET if block.style == "liste" else ""
    # « 3919, Violences Femmes Info » needs no « 3919 » below it.
    said = block.title if block.link else ""
    lines += [Line(prefix + line.strip()) for line in block.lines if line.strip() and line.strip() not in said]
    return [replace(line, text=_TIED.sub("\u00a0", line.text)) for line in _linked(lines, block)]


def _titled_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a title not repeated from the block just above."""
    above = ""
    for block in blocks:
        yield replace(block, title="") if block.title == above and block.lines else block
        above = block.title


def _numbered(screen: Screen, blocks: list[list[Line]]) -> list[list[Line]]:
    """Return the lines, the number of the question right above it."""
    if screen.progress is None:
        return blocks
    number = Line("{}/{}".format(*screen.progress), italic=True)
    asked = next((at for at, block in enumerate(screen.blocks) if block.style == "question"), None)
    if asked is None:
        return [[number], *blocks]
    return [*blocks[:asked], [number, *blocks[asked]], *blocks[asked + 1 :]]


def _directed(blocks: list[list[Line]]) -> list[list[Line]]:
    """Return the lines, all from the right in a screen that is read so."""
    if not runs_right_to_left(line.text for lines in blocks for line in lines):
        return blocks
    return [[replace(line, text=from_the_right(line.text)) for line in lines] for lines in blocks]


def _styled(block: Block) -> Line:
    text = block.text.strip()
    match block.style:
        case "titre" | "question":
            return Line(text, bold=True)
        case "fiche":
            return Line(text, bold=not block.title)
        case "alerte":
            return Line(_ALERT + text, bold=True)
        case "note":
            return Line(text, italic=True)
        case _:
            return Line(text)


def _linked(lines: list[Line], block: Block) -> list[Line]:
    """Add the link: https on the title of a result or the first line of a field, a number as text."""
    link = block.link or ""
    if link.startswith("tel:"):
        number = link.removeprefix("tel:")
        # +33 1 42 34 56 70 and 01 42 34 56 70 are the same: the last nine digits tell.
        told = _digits(number)[-9:]
        lines = [replace(line, bold=line.bold or _digits(line.text)[-9:] == told) for line in lines]
        shown = _digits("".join(line.text for line in lines))
        return lines if told in shown else [*lines, Line(number, bold=True)]
    if not link.startswith("https://"):
        return lines
    if not lines:
        return [Line(link)]
    carrier = 0 if block.style == "fiche" or not block.title or len(lines) == 1 else 1
    lines[carrier] = replace(lines[carrier], href=link)
    return lines


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _cut(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, those longer than a message cut at spaces."""
    for line in lines:
        rest = line.text
        while units(rest) > MESSAGE_UNITS:
            head = _head(rest)
            yield replace(line, text=head.rstrip())
            rest = rest[len(head) :].lstrip()
        if rest:
            yield replace(line, text=rest)


def _head(text: str) -> str:
    """Return the longest beginning that fits a message, up to a space if there is one."""
    size = 0
    for index, character in enumerate(text):
        size += 2 if ord(character) > 0xFFFF else 1
        if size > MESSAGE_UNITS:
            space = max(text.rfind(" ", 0, index), text.rfind("\n", 0, index))
            return text[: space if space > 0 else index]
    return text


def _packed(lines: Iterable[Line], gap: int) -> list[list[Line]]:
    """Return the lines in groups that each fit a message, with ``gap`` units between lines."""
    groups: list[list[Line]] = []
    used = 0
    for line in lines:
        if groups and used + gap + line.units <= MESSAGE_UNITS:
            groups[-1].append(line)
            used += gap + line.units
        else:
            groups.append([line])
            used = line.units
    return groups


def _packed_chunks(chunks: list[list[Line]]) -> list[list[list[Line]]]:
    """Return the chunks in pages that each fit a message, with an empty line between chunks."""
    pages: list[list[list[Line]]] = []
    used = 0
    for chunk in chunks:
        size = sum(line.units for line in chunk) + len(chunk) - 1
        if pages and used + 2 + size <= MESSAGE_UNITS:
            pages[-1].append(chunk)
            used += 2 + size
        else:
            pages.append([chunk])
            used = size
    return pages


def _html(lines: list[Line]) -> str:
    return "\n".join(line.html for line in lines)
