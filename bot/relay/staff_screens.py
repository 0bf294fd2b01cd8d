"""What the relay shows in the team's topics; French only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.relay.payloads import Deed, Work
from bot.relay.staff_words import AFTER, CLOSE, ENDS, MOMENTS, PASS, TAKE, TAKEABLE, TAKEN, TEXTS
from bot.relay.templates import templates
from bot.screen import Block, Button, Screen

_COLLEAGUE = "Un collègue"


def team_screen(word: str, values: Mapping[str, str], relay: int) -> Screen:
    """Return what a word of the machine says in the topic of a relay, with its buttons."""
    filled = {
        "name": values.get("name") or _COLLEAGUE,
        "moment": MOMENTS.get(values.get("moment", ""), ""),
    }
    blocks = [Block("texte", TEXTS[word].format(**filled))]
    if word in ("new", "new_wish"):
        blocks += _first(values)
    if word in ("templates", "template_unknown"):
        lines = tuple(f"{each.id} : {each.text}" for each in templates().values())
        blocks.append(Block("liste", "", lines=lines))
    if word in ENDS:
        blocks.append(Block("note", AFTER))
    return Screen(tuple(blocks), _rows(word, relay))


def _first(values: Mapping[str, str]) -> list[Block]:
    """Return what the team learns of a family: its language and what it ticked."""
    facts = tuple(values.get("facts", "").splitlines())
    shown = Block("liste", "", TEXTS["shown"], facts) if facts else Block("texte", TEXTS["nothing_shown"])
    language = Block("texte", TEXTS["language"].format(langue=values.get("language", "")))
    return [language, shown, Block("note", TEXTS["how"])]


def _rows(word: str, relay: int) -> tuple[tuple[Button, ...], ...]:
    if word in TAKEABLE:
        return ((_button(TAKE, "take", relay),),)
    if word in TAKEN:
        return ((_button(PASS, "pass", relay), _button(CLOSE, "close", relay)),)
    return ()


def _button(label: str, deed: Deed, relay: int) -> Button:
    return Button(label, Work(deed, relay).payload())
