"""The screens of the team: an invitation, the menu, what is kept, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.buttons import Buttons, in_rows
from bot.feature import Turn
from bot.payload import encode
from bot.screen import Block, Button, Reply, Screen
from bot.speaker import Speaker
from bot.staff import words
from bot.staff.invitations import Closed, Invitation
from bot.staff.model import SOON, Entry, Member, Role
from dialogs.events import Did
from knowledge.base import Label

MENU, KEPT, LEAVE, LEAVE_YES = "e|equipe", "e|garde", "e|quitter", "e|quitter-oui"
JOIN = "e|oui|"
"""Before the code of an invitation: who holds it may press it."""

ANSWERING = frozenset((Role.PROMENEUR, Role.GUICHET, Role.COORDINATION))
"""Roles that families may talk to."""

_PARIS = ZoneInfo("Europe/Paris")
_ON = encode(Did("continuer"))


def invitation(turn: Turn, code: str, found: Invitation, member: Member | None) -> Reply:
    """Return what a code invites to, with a yes and a no; nothing is used yet."""
    speaker = turn.speaker()
    role = speaker.say(words.ROLES[found.role])
    place = words.YOUR_ROLE._replace(values=(("role", role), ("nom", found.name_for_staff)))
    first = words.CHANGES_ROLE if member else words.NOT_FOR_FAMILIES
    said = (first, place, words.WHAT[found.role], words.KEPT, words.HOW_TO_LEAVE)
    blocks = (Block("question", speaker.say(words.INVITED)), *_texts(speaker, said))
    yes = Button(f"✅ {speaker.say(words.JOIN)}", f"{JOIN}{code}")
    no = Button(f"🚫 {speaker.say(words.NOT_ME)}", _ON, quiet=True)
    return turn.reply(Screen(blocks, ((yes,), (no,))), private=turn.guarded)


def closed(turn: Turn, why: Closed) -> Reply:
    """Return why a code opens nothing, and what to do."""
    return _short(turn, words.CLOSED[why])


def only_in_telegram(turn: Turn) -> Reply:
    """Return that a channel without an address cannot be joined from."""
    return _short(turn, words.TELEGRAM_ONLY)


@dataclass(frozen=True, slots=True)
class Menu:
    """What the menu holds beside the role itself; ``group``: the team has a group, where families are answered."""

    entries: Sequence[Entry] = ()
    group: bool = False

    def screen(self, turn: Turn, member: Member, *, welcome: bool = False) -> Reply:
        """Return the menu of somebody's role."""
        speaker = _french(turn)
        head = words.WELCOME if welcome else words.TEAM
        lines = [_place(speaker, member)]
        lines += [words.ENDS_SOON] if member.until and member.until - turn.now < SOON else []
        lines += [speaker.say(words.WHAT[member.role])]
        lines += [words.GROUP] if self.group and member.role in ANSWERING else []
        lines += [words.MENU] if welcome else []
        blocks = (Block("question", head.format(nom=member.name_for_staff)), *(Block("texte", line) for line in lines))
        own = [
            Button(f"{entry.picto} {speaker.say(entry.label)}".strip(), entry.payload)
            for entry in self.entries
            if member.role in entry.roles
        ]
        rest = [Button(words.WHAT_IS_KEPT, KEPT, quiet=True), Button(words.LEAVE, LEAVE, quiet=True)]
        return _team(turn, Screen(blocks, (*in_rows(own), *in_rows(rest), _way(words.BACK, _ON))))


def kept(turn: Turn, member: Member) -> Reply:
    """Return what is kept of a member, and how to leave."""
    speaker = _french(turn)
    blocks = (
        Block("question", words.WHAT_IS_KEPT),
        Block("texte", _place(speaker, member)),
        *_texts(speaker, (words.KEPT, words.HOW_TO_LEAVE)),
        Block("texte", words.ERASING),
    )
    return _team(turn, Screen(blocks, (_way(words.LEAVE, LEAVE), _way(words.BACK, MENU))))


def leaving(turn: Turn, member: Member) -> Reply:
    """Return the question before leaving."""
    blocks = (
        Block("question", words.SURE),
        Block("texte", words.LOG_STAYS.format(nom=member.name_for_staff)),
    )
    return _team(turn, Screen(blocks, ((Button(words.LEAVE_YES, LEAVE_YES), Button(words.STAY, MENU)),)))


def left(turn: Turn) -> Reply:
    """Return that somebody is in the team no more."""
    return _team(turn, Screen((Block("texte", words.LEFT), Block("texte", words.ERASED_HOW)), (_way(words.BACK, _ON),)))


def still_in_team(reply: Reply) -> Reply:
    """Return the answer to an erasure, with what it left to somebody of the team."""
    first, *rest = reply.screens
    note = Block("note", words.STAYS)
    return replace(reply, screens=(replace(first, blocks=(*first.blocks, note)), *rest))


def joined(member: Member) -> Screen:
    """Return what the coordination is told of a new member."""
    role = words.ROLES[member.role].text
    return Screen(
        (
            Block("texte", words.JOINED.format(nom=member.name_for_staff, role=role)),
            Block("note", words.NOT_EXPECTED.format(nom=member.name_for_staff)),
        )
    )


def _place(speaker: Speaker, member: Member) -> str:
    assert member.until is not None  # read from the store
    end = speaker.day(member.until.astimezone(_PARIS).date())
    return words.PLACE.format(role=words.ROLES[member.role].text, jour=end)


def _texts(speaker: Speaker, labels: Sequence[Label]) -> tuple[Block, ...]:
    return tuple(Block("texte", speaker.say(label)) for label in labels)


def _short(turn: Turn, label: Label) -> Reply:
    speaker = turn.speaker()
    go_on = Buttons(speaker).ways_out("continuer")
    return turn.reply(Screen((Block("texte", speaker.say(label)),), (go_on,)), private=turn.guarded)


def _way(text: str, payload: str) -> tuple[Button, ...]:
    return (Button(text, payload, quiet=True),)


def _french(turn: Turn) -> Speaker:
    return turn.library.speaker("fr", turn.local.date(), turn.local)


def _team(turn: Turn, screen: Screen) -> Reply:
    """Return a screen of the team, in its language of work."""
    return Reply((screen,), "fr", private=turn.guarded)
