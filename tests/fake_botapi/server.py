"""The server: HTTP, getUpdates, chats, and the troubles a test asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from tests.fake_botapi.faults import Fault
from tests.fake_botapi.methods import perform
from tests.fake_botapi.people import Bubble, Chat, Person
from tests.fake_botapi.schema import ApiError, Undocumented, decode

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
        self.confirmed = 0
        self._faults: list[Fault] = []
        self._updates: list[dict[str, Any]] = []
        self._held: list[dict[str, Any]] | None = None
        self._update_ids = count(700_001)
        self._message_ids = count(101)
        self._queries = count(1)
        self._changed = asyncio.Condition()
        self._again: list[dict[str, Any]] = []
        self._reader = object()
        self._state = ServerState()

    # --- life ---

    async def __aenter__(self) -> FakeBotApi:
        app = Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["POST"])])
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        config.load()
        loop = asyncio.get_running_loop()

        def protocol() -> H11Protocol:
            made = H11Protocol(config, self._state, {}, loop)
            made.access_log = False  # it would print the token, and blame the bot for it
            return made

        self._server = await loop.create_server(protocol, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        for task in list(self._state.tasks):
            task.cancel()
        await asyncio.gather(*self._state.tasks, return_exceptions=True)
        await self._server.wait_closed()
        assert not self.complaints, self.complaints

    # --- what tests do ---

    def person(self, number: int = 5001, language: str | None = "fr") -> Person:
        """Return someone, whose chat with the bot exists."""
        return Person(self, number, language)

    def group(self, number: int = -100_777) -> Chat:
        """Return a group that the bot is in."""
        return self.chats.setdefault(number, Chat(number, "supergroup"))

    def refuse(
        self, method: str, code: int, description: str = "", times: int = 1, chat: int | None = None
    ) -> None:
        """Refuse the next calls of a method."""
        self._faults.append(Fault(method, code, description or f"Error {code}", None, chat, times))

    def slow_down(self, method: str, seconds: int, times: int = 1, chat: int | None = None) -> None:
        """Answer the next calls with 429 and this retry_after."""
        self._faults.append(Fault(method, 429, "", seconds, chat, times))

    def cut(self, method: str, when: str, times: int = 1) -> None:
        """Break the connection of the next calls, "before" they are done or "after"."""
        self._faults.append(Fault(method, times=times, cut=when))

    def hold(self) -> None:
        """Keep what people do from the bot until ``release``."""
        self._held = []

    def release(self, *, backwards: bool = False, twice: bool = False) -> None:
        """Give what was held to the bot in one batch, backwards or each update twice if wanted."""
        held = self._held or []
        self._held = None
        held = list(reversed(held)) if backwards else held
        self._updates += [each for update in held for each in ([update, update] if twice else [update])]
        self._notify()

    def again(self, update: dict[str, Any]) -> None:
        """Give an update to the bot once more, as Telegram sometimes does."""
        self._again.append(update)
        self._notify()

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

    def add_update(self, content: dict[str, Any]) -> dict[str, Any]:
        """Queue an update for the bot."""
        update = {"update_id": next(self._update_ids), **content}
        if self._held is not None:
            self._held.append(update)
        else:
            self._updates.append(update)
            self._notify()
        return update

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
        author_user = author.user if author else self.bot_user
        found = {"message_id": bubble.id, "date": 1_700_000_000, "chat": where, "from": author_user}
        return found | ({"text": bubble.text} if bubble.mine else {})

    # --- HTTP ---

    async def _serve(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
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
        fault = next((each for each in self._faults if each.hits(method, params)), None)
        if fault:
            fault.times -= 1
            if fault.cut == "after":
                perform(self, method, params)
            if fault.cut:
                self._abort(request)
                return Response()
            return _refusal(fault.error())
        try:
            result = (
                await self._get_updates(params) if method == "getUpdates" else perform(self, method, params)
            )
        except ApiError as error:
            return _refusal(error)
        return JSONResponse({"ok": True, "result": result})

    def _abort(self, request: Request) -> None:
        client = tuple(request.scope["client"])
        for connection in list(self._state.connections):
            if connection.client == client:
                connection.transport.abort()

    async def _get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        offset = params.get("offset", 0)
        self.confirmed = max(self.confirmed, offset)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        reader = self._reader = object()
        self._notify()  # an older reader is sent away
        await self._for_updates(reader, params.get("timeout", 0), params)
        if self._reader is not reader:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        again, self._again = self._again, []
        return (again + self._wanted(params))[: params.get("limit", 100)]

    async def _for_updates(self, reader: object, seconds: int, params: dict[str, Any]) -> None:
        def ready() -> bool:
            return bool(self._again or self._wanted(params)) or self._reader is not reader

        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(ready), seconds or 0.001)
            except TimeoutError:
                return

    def _wanted(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        """Drop the kinds of updates that were not asked for; return the others."""
        allowed = params.get("allowed_updates")
        if allowed:
            self._updates = [update for update in self._updates if kind_of(update) in allowed]
        return self._updates

    def _notify(self) -> None:
        async def notify() -> None:
            async with self._changed:
                self._changed.notify_all()

        task = asyncio.get_running_loop().create_task(notify())
        self._state.tasks.add(task)
        task.add_done_callback(self._state.tasks.discard)


def kind_of(update: dict[str, Any]) -> str:
    """Return the kind of an update, as ``allowed_updates`` names it."""
    return next(name for name in update if name != "update_id")


def _refusal(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.code)
