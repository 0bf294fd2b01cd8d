"""Reads HTML as Telegram does (tdlib/td, MessageEntity.cpp): few tags, four named entities, no mercy."""

import re
from dataclasses import dataclass

from tests.fake_botapi.schema import ApiError

_TAGS = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "span", "a", "code", "pre",
    "blockquote", "tg-emoji", "tg-time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[^\s>/]*)(?P<rest>[^>]*)>|&(?P<entity>#\d+|#x[\da-f]+|[a-z]+);|(?P<other>.)", re.S
)
_HREF = re.compile(r'\s+href="(?P<href>[^"]*)"\s*')


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted part of a text; a link that Telegram does not accept is not there."""

    tag: str
    text: str
    href: str = ""


def parse(html: str) -> tuple[str, list[Entity]]:
    """Return the text as people see it and its entities.

    Raises:
        ApiError: Telegram would refuse it.
    """
    text, entities = "", []
    opened: list[tuple[str, int, str]] = []
    for token in _TOKEN.finditer(html):
        if token["tag"] is not None and not token["end"]:
            opened.append((_known(token), len(text), _href(token)))
        elif token["tag"] is not None:
            if not opened or opened[-1][0] != token["tag"]:
                raise _refused(f"unexpected end tag at byte offset {token.start()}")
            tag, start, href = opened.pop()
            if tag != "a" or href:
                entities.append(Entity(tag, text[start:], href))
        elif token["entity"]:
            text += _character(token["entity"]) or token[0]
        elif token["other"] == "<":
            raise _refused(f"unclosed start tag at byte offset {token.start()}")
        else:
            text += token["other"]
    if opened:
        raise _refused(f'can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return text.strip(), entities


def units(text: str) -> int:
    """Return the length that Telegram counts."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def _known(token: re.Match[str]) -> str:
    if token["tag"] not in _TAGS:
        raise _refused(f'unsupported start tag "{token["tag"]}" at byte offset {token.start()}')
    return token["tag"]


def _href(token: re.Match[str]) -> str:
    found = _HREF.fullmatch(token["rest"])
    href = re.sub(r"&(\w+);", lambda match: _NAMED.get(match[1], match[0]), found["href"]) if found else ""
    return href if re.match(r"(https?|tg)://[^\s/]", href) else ""


def _character(entity: str) -> str | None:
    if entity.startswith("#"):
        return chr(int(entity[2:], 16) if entity[1] == "x" else int(entity[1:]))
    return _NAMED.get(entity)


def _refused(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {what}")
