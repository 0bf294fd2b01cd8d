"""The people of the tests and their chats, as they see them: messages with edits and deletions applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fake_botapi.forum import topic_fields, write
from tests.fake_botapi.inline import List, Shown, share, typed
from tests.fake_botapi.markup import Entity

if TYPE_CHECKING:
    from tests.fake_botapi.server import FakeBotApi


@dataclass(slots=True)
class Bubble:
    """One message of a chat. ``rows``: its buttons, (label, payload)."""

    id: int
    mine: bool
    text: str
    html: str = ""
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    edits: int = 0
    preview: bool = False
    thread: int | None = None
    """The topic it is in."""
    answers: int | None = None
    """The message that it answers."""
    content: dict[str, Any] = field(default_factory=dict)
    """What it holds that is not text, as fields of a Message."""
    uncopyable: bool = False

    @property
    def labels(self) -> list[str]:
        """Return the words on its buttons."""
        return [label for row in self.rows for label, _ in row]


@dataclass(slots=True)
class Chat:
    """A chat and its messages in order of id; ``blocked``: the person blocked the bot."""

    id: int
    type: str = "private"
    bubbles: dict[int, Bubble] = field(default_factory=dict)
    blocked: bool = False
    undeletable: set[int] = field(default_factory=set)
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    """Topics of a forum: number and name."""
    rights: set[str] = field(default_factory=set)
    """What the bot may do there as an administrator."""
    username: str = ""

    def topic(self, name: str) -> int:
        """Return the number of the topic of this name."""
        return next(number for number, each in self.topics.items() if each == name)

    def said_in(self, thread: int) -> list[str]:
        """Return what the bot wrote in a topic."""
        return [bubble.text for bubble in self.bubbles.values() if bubble.mine and bubble.thread == thread]


class Person:
    """Someone with a phone. Their private chat has their own number."""

    def __init__(self, api: FakeBotApi, number: int, language: str | None = "fr") -> None:
        self.api = api
        self.id = number
        self.language = language
        self.chat = api.chats.setdefault(number, Chat(number))

    @property
    def bubbles(self) -> list[Bubble]:
        """Return what the bot wrote that is still there."""
        return [bubble for bubble in self.chat.bubbles.values() if bubble.mine]

    @property
    def texts(self) -> list[str]:
        """Return the bot's words that are still there."""
        return [bubble.text for bubble in self.bubbles]

    async def sees(self, number: int) -> list[str]:
        """Wait until the bot has at least so many messages in the chat; return their words."""
        await self.api.until(lambda: len(self.bubbles) >= number, lambda: f"{number} messages, not {self.texts}")
        return self.texts

    async def sees_text(self, part: str) -> Bubble:
        """Wait until a message of the bot holds these words; return it."""
        await self.api.until(lambda: any(part in text for text in self.texts), lambda: f"« {part} », not {self.texts}")
        return next(bubble for bubble in self.bubbles if part in bubble.text)

    def writes(self, text: str, chat: Chat | None = None) -> int:
        """Write a text, in private if no other chat is given; return its message id."""
        return self.sends({"text": text}, text, chat)

    def sends(self, content: dict[str, Any], text: str = "", chat: Chat | None = None) -> int:
        """Send any content, as fields of a Message; return its message id."""
        where = chat or self.chat
        bubble = self.api.add_bubble(where, mine=False, text=text)
        bubble.content = {name: value for name, value in content.items() if name != "text"}
        message = self.api.message(bubble, where, self) | content
        self.api.updates.add({"message": message})
        return bubble.id

    def edits(self, message_id: int, text: str) -> None:
        """Change a message already written."""
        bubble = self.chat.bubbles[message_id]
        edited = self.api.message(bubble, self.chat, self) | {"text": text, "edit_date": 1_700_000_100}
        self.api.updates.add({"edited_message": edited})

    def presses(self, button: str, bubble: Bubble | None = None) -> str:
        """Press the newest button with this label or payload; return the id of the query."""
        bubble, payload = self._find(button, [bubble] if bubble else list(reversed(self.bubbles)))
        return self.presses_payload(payload, bubble)

    def writes_in(
        self, chat: Chat, thread: int, text: str, answers: int | None = None, content: dict[str, Any] | None = None
    ) -> int:
        """Write in a topic of a group; return the message id."""
        return write(self, text, chat, thread, answers, content)

    def presses_in(self, chat: Chat, thread: int, button: str) -> str:
        """Press the newest button of a topic with this label or payload; return the id of the query."""
        among = [each for each in reversed(chat.bubbles.values()) if each.mine and each.thread == thread]
        bubble, payload = self._find(button, among)
        return self.presses_payload(payload, bubble, chat)

    def presses_payload(self, payload: str, bubble: Bubble | None, chat: Chat | None = None) -> str:
        """Press a button that may be there no more, under a message (of a group, or of the private chat) or none."""
        where = chat or self.chat
        query: dict[str, Any] = {
            "id": self.api.new_query(),
            "from": self.user,
            "chat_instance": "1",
            "data": payload,
        }
        if bubble:
            query["message"] = self.api.message(bubble, where, None) | topic_fields(bubble, where)
        self.api.updates.add({"callback_query": query})
        return str(query["id"])

    def types_inline(self, text: str, offset: str = "", chat_type: str = "group") -> str:
        """Type the bot's name and a query in some chat; return the id of the query."""
        return typed(self, text, offset, chat_type)

    async def is_offered(self, text: str, offset: str = "", chat_type: str = "group") -> List:
        """Type a query and wait for what is offered."""
        query = self.types_inline(text, offset, chat_type)
        await self.api.until(lambda: self.api.inline_queries[query] is not None, lambda: f"an answer to « {text} »")
        found = self.api.inline_queries[query]
        assert found is not None
        return found

    def shares(self, shown: Shown, chat: Chat | None = None) -> int:
        """Tap a result, in a chat where the bot is (its own if none is given); return the message's id."""
        return share(self, shown, chat)

    def blocks(self) -> None:
        """Block the bot: it can write no more, and is told so."""
        self.chat.blocked = True
        self._membership("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.chat.blocked = False
        self._membership("kicked", "member")

    @property
    def user(self) -> dict[str, Any]:
        """Return this person as a User."""
        user = {
            "id": self.id,
            "is_bot": False,
            "first_name": f"Prénom{self.id}",
            "username": f"famille{self.id}",
        }
        return user | ({"language_code": self.language} if self.language else {})

    def _find(self, button: str, among: list[Bubble]) -> tuple[Bubble, str]:
        for bubble in among:
            for row in bubble.rows:
                for label, payload in row:
                    if button in (label, payload):
                        return bubble, payload
        raise AssertionError(f"no button « {button} » in {[each.labels for each in among]}")

    def _membership(self, before: str, after: str) -> None:
        bot = self.api.bot_user
        sides = {
            "old_chat_member": {"status": before, "user": bot},
            "new_chat_member": {"status": after, "user": bot},
        }
        for side in sides.values():
            if side["status"] == "kicked":
                side["until_date"] = 0
        chat = {"id": self.id, "type": "private", "first_name": f"Prénom{self.id}"}
        self.api.updates.add({"my_chat_member": {"chat": chat, "from": self.user, "date": 1_700_000_000, **sides}})
