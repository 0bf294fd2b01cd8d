"""Link codes as people meet them: grouped to be read aloud, in an address, and noticed when mistyped."""

from __future__ import annotations

from bot.links import VERSION, Link, LinkError, normal, parse_link, target_of, unchecked
from knowledge.content import Knowledge

_GROUP = 4
"""Characters of a code written together, so that it can be read aloud."""
_CHECKED = 2
"""Characters of checksum at the end."""


def grouped(code: str) -> str:
    """Return a code as it is written for people: « 1DPN DKAJ »; spaces change nothing when it is typed."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def web_address(public: str, code: str) -> str:
    """Return the address that opens a code in a browser; ``public``: the service's own, without a final slash."""
    return f"{public}/l/{code}"


def telegram_address(bot_name: str, code: str) -> str:
    """Return the address that opens a code in Telegram; ``bot_name``: without @."""
    return f"https://t.me/{bot_name}?start={code}"


def is_written_code(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a text typed in a conversation is a code: it starts with the version and holds something."""
    try:
        link = parse_link(text)
    except LinkError:
        return False
    says_something = not link.target and link != Link()
    return text.strip().startswith(VERSION) and (says_something or target_of(text, knowledge) != "")


def is_mistyped(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a typed text is a code with a typing error: built like one, of a known subject, with a wrong sum.

    An error in the characters that name the subject, or a part, is not seen here: the text reads as a sentence then.
    """
    code = normal(text[:200])
    if not code.startswith(VERSION) or not any(char.isalpha() for char in code):
        return False
    try:
        parse_link(code)
    except LinkError:
        return _is_built_like_one(code, knowledge)
    return False


def _is_built_like_one(code: str, knowledge: Knowledge) -> bool:
    try:
        link = unchecked(code[:-_CHECKED])
    except LinkError:
        return False
    return link.target in knowledge.codes.values() if link.target else link != Link()


def language_of(code: str | None) -> str | None:
    """Return the language a link was made in, None for none and for a code that cannot be read."""
    try:
        return parse_link(code or "").language
    except LinkError:
        return None
