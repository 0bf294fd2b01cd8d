"""What is said to someone who helps a family: what to ask it, and the code to hand to it."""

from __future__ import annotations

from collections.abc import Iterable

from bot import payload, wording
from bot.buttons import Buttons
from bot.feature import Feature, Turn
from bot.links import Link, encode_link
from bot.outreach import words
from bot.outreach.codes import grouped
from bot.screen import Block, Reply, Screen
from bot.speaker import Speaker
from dialogs.content import Content
from dialogs.describe import group_label, name_label
from dialogs.effects import Handover
from dialogs.entry import entry_of
from dialogs.events import Picked
from dialogs.model import Dialogs
from dialogs.session import Session
from knowledge.base import Label
from knowledge.vocabulary import CHILDREN, DISTRICT


def to_ask(speaker: Speaker, dialogs: Dialogs, missing: Iterable[str]) -> str:
    """Return which answers to ask the family for, as the names of the questions; empty when no question has them."""
    wanted = [CHILDREN if name == "naissance" else name for name in missing]
    asked = [next((each for each in dialogs.questions.values() if name in each.fills), None) for name in wanted]
    return " · ".join(dict.fromkeys(speaker.say(name_label(question)) for question in asked if question))


class WorkersLink(Feature):
    """Answers ``/lien``: the session stays as it is."""

    async def answer(self, turn: Turn) -> Reply | None:
        """See ``Feature.answer``."""
        if turn.incoming.payload != payload.LINK:
            return None
        screen = _link_screen(turn.speaker(), turn.library.content, turn.session)
        return turn.reply(screen, private=turn.guarded)


def _link_screen(speaker: Speaker, content: Content, session: Session) -> Screen:
    """Return the code of the subject under way, for a worker; anybody else is asked whether they are one."""
    buttons = Buttons(speaker)
    entry = entry_of(content.dialogs, session.plain)
    if entry is None or not entry.alone:
        worker = next(group for group in content.dialogs.menu if group.alone)
        yes = buttons.button(group_label(worker), Picked(worker.id), worker.picto)
        return Screen((Block("texte", speaker.say(words.WORKERS_ONLY)),), ((yes,), buttons.ways_out("continuer")))
    knowledge, district = speaker.knowledge, session.plain.get(DISTRICT)
    target = next((name for name in reversed(session.stack) if name in knowledge.codes), None)
    code = encode_link(Link(knowledge.codes[target] if target else "", district))
    topic = knowledge.topic_by_id.get(target or "")
    subject = Label(f"theme.{topic.id}.nom", topic.name) if topic else None
    opens = words.LINK_SUBJECT._replace(values=(("sujet", speaker.say(subject)),)) if subject else words.LINK_ANY
    lines = (grouped(code), *speaker.all((opens, wording.HANDOVER_HOW)))
    return Screen(
        (Block("champ", "", speaker.say(wording.HANDOVER), lines),), (buttons.ways_out("continuer"),), code=code
    )


def handed_over(speaker: Speaker, handover: Handover | None) -> tuple[Block, ...]:
    """Return the code of a link to what is shown, with the arrondissement and nothing else of the family."""
    if handover is None:
        return ()
    code = encode_link(Link(speaker.knowledge.codes[handover.target], handover.district))
    lines = (grouped(code), speaker.say(wording.HANDOVER_HOW))
    return (Block("champ", "", speaker.say(wording.HANDOVER), lines),)
