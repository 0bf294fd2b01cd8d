"""A Bot API server that only says yes, in a process of its own, so that both sides of a measure pay the same."""

from __future__ import annotations

import asyncio
import json
import sys

MESSAGE = {
    "message_id": 77,
    "date": 1_700_000_000,
    "chat": {"id": 5001, "type": "private", "first_name": "Famille"},
    "from": {"id": 42, "is_bot": True, "first_name": "Passerelle", "username": "passerelle_bot"},
    "text": "Bonjour.",
}
_RESULTS: dict[bytes, object] = {
    b"getMe": MESSAGE["from"],
    b"sendMessage": MESSAGE,
    b"editMessageText": MESSAGE,
}


class _Answering(asyncio.Protocol):
    """Reads requests with a Content-Length, one after the other, and answers each at once."""

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"), 0
            )
            if len(self._buffer) < end + 4 + length:
                return
            self._buffer = self._buffer[end + 4 + length :]
            method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1]
            body = json.dumps({"ok": True, "result": _RESULTS.get(method, True)}).encode()
            self._transport.write(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body
            )


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Answering, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until the measure is over


if __name__ == "__main__":
    asyncio.run(_serve())
