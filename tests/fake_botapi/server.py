"""The server: HTTP, getUpdates, chats, and the troubles a test asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fake_botapi.faults import Fault
from tests.fake_botapi.hooks import Hooks
from tests.fake_botapi.inline import List
from tests.fake_botapi.methods import perform
from tests.fake_botapi.people import Bubble, Chat, Person
from tests.fake_botapi.schema import ApiError, Undocumented, decode
from tests.fake_botapi.serving import Served
from tests.fake_botapi.updates import Updates

TOKEN = "4242424242:AAFakeTokenOnlyForTests_0123456789"
PATIENCE = 10.0
"""Seconds of real time before a wait is given up as failed."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it came, whatever became of it."""

    method: str
    params: dict[str, Any]


class FakeBotApi:
    """Use as ``async with``. ``url`` is the server's root, as PASSERELLE_TELEGRAM_API wants it."""

    def __init__(self) -> None:
        self.token: str | None = TOKEN
        self.bot_user = {
            "id": 4242424242,
            "is_bot": True,
            "first_name": "Passerelle",
            "username": "passerelle_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.calls: list[Call] = []
        self.complaints: list[str] = []
        self.commands: dict[tuple[str, str], dict[str, str]] = {}
        self.described: dict[tuple[str, str], str] = {}
        self.open_queries: set[str] = set()
        self.inline = True
        """Whether @BotFather was told that the bot has an inline mode."""
        self.inline_queries: dict[str, List | None] = {}
        """What was answered to each inline query, None for nothing yet."""
        self.late: set[str] = set()
        """Inline queries that it is too late to answer."""
        self._faults: list[Fault] = []
        self.trouble: Callable[[str, dict[str, Any]], Fault | None] = lambda method, params: None
        """What goes wrong with a call, beside what was asked for; for tests that leave it to chance."""
        self.performed: Callable[[str, dict[str, Any], str | None], None] = lambda method, params, refusal: None
        """Told of each call that was done, or refused for a reason of its own."""
        self._message_ids = count(101)
        self._queries = count(1)
        self._changed = asyncio.Condition()
        self.updates = Updates(self._changed, self._notify)
        self.hooks = Hooks(self.updates, self._changed)
        self._served = Served(Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["POST"])]))
        self._notices: set[asyncio.Task[None]] = set()

    # --- life ---

    async def __aenter__(self) -> FakeBotApi:
        self.url = await self._served.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hooks.stop()
        self.updates.send_readers_away()
        await self._served.close()
        await asyncio.gather(*self._notices, return_exceptions=True)
        assert not self.complaints, self.complaints

    # --- what tests do ---

    def person(self, number: int = 5001, language: str | None = "fr") -> Person:
        """Return someone, whose chat with the bot exists."""
        return Person(self, number, language)

    def group(self, number: int = -100_777) -> Chat:
        """Return a group that the bot is in."""
        return self.chats.setdefault(number, Chat(number, "supergroup"))

    def forum(self, number: int = -100_777) -> Chat:
        """Return a group with topics, in which the bot may make and delete them."""
        chat = self.group(number)
        chat.is_forum, chat.rights = True, {"can_manage_topics", "can_delete_messages"}
        return chat

    def refuse(self, method: str, code: int, description: str = "", times: int = 1, chat: int | None = None) -> None:
        """Refuse the next calls of a method."""
        self._faults.append(Fault(method, code, description or f"Error {code}", None, chat, times))

    def slow_down(self, method: str, seconds: int, times: int = 1, chat: int | None = None) -> None:
        """Answer the next calls with 429 and this retry_after."""
        self._faults.append(Fault(method, 429, "", seconds, chat, times))

    def cut(self, method: str, when: str, times: int = 1) -> None:
        """Break the connection of the next calls, "before" they are done or "after"."""
        self._faults.append(Fault(method, times=times, cut=when))

    def of(self, method: str, chat: int | None = None) -> list[dict[str, Any]]:
        """Return the parameters of all calls of a method, for one chat or all."""
        params = [call.params for call in self.calls if call.method == method]
        return params if chat is None else [each for each in params if each.get("chat_id") == chat]

    async def until(self, condition: Callable[[], bool], what: Callable[[], str] = lambda: "it") -> None:
        """Wait until something is true of the server; AssertionError when it never is."""
        try:
            async with self._changed:
                await asyncio.wait_for(self._changed.wait_for(condition), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"never saw {what()}") from None

    # --- what people and methods need ---

    def add_bubble(self, chat: Chat, *, mine: bool, text: str) -> Bubble:
        """Add a message to a chat; ids grow over all chats, as a bot sees them."""
        bubble = Bubble(next(self._message_ids), mine, text)
        chat.bubbles[bubble.id] = bubble
        return bubble

    def new_query(self) -> str:
        """Return the id of a press not yet answered."""
        query = f"query-{next(self._queries)}"
        self.open_queries.add(query)
        return query

    def message(self, bubble: Bubble, chat: Chat, author: Person | None) -> dict[str, Any]:
        """Return a message as the Bot API describes it."""
        where: dict[str, Any] = {"id": chat.id, "type": chat.type}
        where |= {"first_name": f"Prénom{chat.id}"} if chat.type == "private" else {"title": "Groupe"}
        where |= {"username": chat.username} if chat.username else {}
        author_user = author.user if author else self.bot_user
        found = {"message_id": bubble.id, "date": 1_700_000_000, "chat": where, "from": author_user}
        return found | ({"text": bubble.text} if bubble.mine else {})

    # --- HTTP ---

    async def _serve(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        form = _form(request.headers.get("content-type", ""), await request.body())
        try:
            params = decode(method, form)
        except Undocumented as problem:
            self.complaints.append(problem.description)
            return _refusal(problem)
        self.calls.append(Call(method, params))
        try:
            return await self._answer(request, method, params)
        finally:
            self._notify()

    async def _answer(self, request: Request, method: str, params: dict[str, Any]) -> Response:
        fault = next((each for each in self._faults if each.hits(method, params)), None) or self.trouble(method, params)
        if fault:
            fault.times -= 1
            if fault.cut == "after":
                with suppress(ApiError):
                    self._perform(method, params)
            if fault.cut:
                self._served.abort(request)
                return Response()
            return _refusal(fault.error())
        try:
            result = await self.updates.get(params) if method == "getUpdates" else self._perform(method, params)
        except ApiError as error:
            return _refusal(error)
        return JSONResponse({"ok": True, "result": result})

    def _perform(self, method: str, params: dict[str, Any]) -> Any:
        try:
            result = perform(self, method, params)
        except ApiError as error:
            self.performed(method, params, error.description)
            raise
        self.performed(method, params, None)
        return result

    def _notify(self) -> None:
        async def notify() -> None:
            async with self._changed:
                self._changed.notify_all()

        task = asyncio.get_running_loop().create_task(notify())
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)


def _form(kind: str, body: bytes) -> dict[str, str]:
    """Read a form, with files or without; of a file only that it came is told."""
    if not kind.startswith("multipart/form-data"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    parts = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body).get_payload()
    found = {}
    for part in parts:
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        found[name] = json.dumps(f"file:{data[:4]!r}") if part.get_filename() else data.decode()
    return found


def _refusal(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.code)
