"""The workers' side: what is written and pressed in the topics of the team's group.

The role is asked again at each message. Only messages of the worker who took a family reach it: what colleagues write
in its topic stays among them. In any other topic, from anybody else, nothing happens.
"""

from __future__ import annotations

from bot.relay.desk import WORKERS, Desk
from bot.relay.model import CARRIED, Closed, Offered, Passed, Said, Took
from bot.relay.payloads import Work, read_worker
from bot.relay.pieces import Piece
from bot.relay.port import RoomTurn, Topics
from bot.relay.table import Kept
from bot.relay.templates import templates
from bot.relay.topic_table import Topic
from bot.staff.model import Member, Role

_DEEDS = {
    "prendre": "take", "passer": "pass", "clore": "close", "modele": "template", "aide": "help", "note": "note",
}  # fmt: skip


class RelayRoom:
    """See ``Room``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._warned: set[tuple[int, str]] = set()
        """Who was told, of which relay, that what they write stays in the team."""
        self._albums: dict[int, str] = {}
        """The last album of each relay that was not sent: its worker is told once, not for each picture."""

    def connect(self, topics: Topics) -> None:
        """See ``Room.connect``."""
        self._desk.topics = topics

    async def take(self, turn: RoomTurn) -> None:
        """See ``Room.take``."""
        topic = await self._desk.places.named(turn.topic) if turn.topic else None
        if topic is None:
            return
        if not turn.author:
            await self._say(topic, "anonymous")
            return
        member = await self._desk.staff.member(turn.author)
        if member is None or member.role not in WORKERS:
            return
        kept = await self._desk.rows.by_id(topic.relay)
        if turn.payload is not None:
            work = read_worker(turn.payload)
            if isinstance(work, Work) and work.relay == topic.relay:
                await self._do(work.deed, topic, kept, member, turn)
        elif turn.command:
            await self._do(_DEEDS.get(turn.command, ""), topic, kept, member, turn)
        elif not turn.note:
            await self._said(topic, kept, member, turn)

    async def _do(self, deed: str, topic: Topic, kept: Kept | None, member: Member, turn: RoomTurn) -> None:
        """Do what a command or a button asks for; "" is a command that does not exist."""
        if deed == "note":
            return
        if deed in ("help", ""):
            await self._say(topic, "help" if deed else "unknown_command")
        elif kept is None:
            await self._say(topic, "over")
        elif deed == "take":
            await self._take(kept, member)
        elif deed == "template":
            await self._template(topic, kept, member, turn.text.strip())
        elif not _may_end(kept, member, deed):
            await self._say(topic, "not_allowed")
        else:
            await self._desk.happens(kept.id, Passed() if deed == "pass" else Closed())
            await self._note(member, "relais passé" if deed == "pass" else "relais clos")

    async def _take(self, kept: Kept, member: Member) -> None:
        if kept.relay.worker != member.person:
            await self._desk.free(kept)
        known = {duty.pseudonym for duty in self._desk.roster.people}
        name = member.name_for_staff
        # A name that is not in the roster may be a real one: the family does not read it.
        await self._desk.happens(kept.id, Took(member.person, name if name in known else "", name))
        await self._note(member, "relais pris")

    async def _template(self, topic: Topic, kept: Kept, member: Member, name: str) -> None:
        if name not in templates():
            await self._say(topic, "template_unknown" if name else "templates")
            return
        await self._desk.happens(kept.id, Offered(member.person, name))

    async def _said(self, topic: Topic, kept: Kept | None, member: Member, turn: RoomTurn) -> None:
        if turn.message is None:
            return
        if kept is None:
            await self._say(topic, "over")
            return
        mine = kept.relay.worker == member.person
        if not mine and kept.relay.worker:
            if (kept.id, member.person) in self._warned:
                return
            self._warned.add((kept.id, member.person))
        elif turn.kind not in CARRIED:
            await self._say(topic, "not_this_kind")
            return
        elif turn.album:
            # What makes an album a note stands on one of its pictures, and any of them may come first.
            if self._albums.get(kept.id) != turn.album:
                self._albums[kept.id] = turn.album
                await self._say(topic, "album")
            return
        await self._desk.happens(kept.id, Said(member.person, turn.message, turn.reply))

    async def _say(self, topic: Topic, word: str) -> None:
        await self._desk.places.post(topic, Piece("team", "say", word), self._desk.seconds)
        self._desk.wake.set()

    async def _note(self, member: Member, action: str) -> None:
        await self._desk.staff.note(member.person, action, self._desk.now())


def _may_end(kept: Kept, member: Member, deed: str) -> bool:
    """Let the worker of a family and the coordination pass or close; what nobody took may be closed by all."""
    free = not kept.relay.worker and deed == "close"
    return free or kept.relay.worker == member.person or member.role is Role.COORDINATION
