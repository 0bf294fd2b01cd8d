"""What is said to someone who helps a family: what to ask it, and the code to hand to it."""

from __future__ import annotations

from collections.abc import Iterable

from bot import wording
from bot.links import Link, encode_link
from bot.outreach.codes import grouped
from bot.screen import Block
from bot.speaker import Speaker
from dialogs.describe import name_label
from dialogs.effects import Handover
from dialogs.model import Dialogs
from knowledge.vocabulary import CHILDREN


def to_ask(speaker: Speaker, dialogs: Dialogs, missing: Iterable[str]) -> str:
    """Return which answers to ask the family for, as the names of the questions; empty when no question has them."""
    wanted = [CHILDREN if name == "naissance" else name for name in missing]
    asked = [next((each for each in dialogs.questions.values() if name in each.fills), None) for name in wanted]
    return " · ".join(dict.fromkeys(speaker.say(name_label(question)) for question in asked if question))


def handed_over(speaker: Speaker, handover: Handover | None) -> tuple[Block, ...]:
    """Return the code of a link to what is shown, with the arrondissement and nothing else of the family."""
    if handover is None:
        return ()
    code = encode_link(Link(speaker.knowledge.codes[handover.target], handover.district))
    lines = (grouped(code), speaker.say(wording.HANDOVER_HOW))
    return (Block("champ", "", speaker.say(wording.HANDOVER), lines),)
