"""Reads the small forms of the pages; anything else is refused with its HTTP status."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 64 * 1024
SECONDS = 20.0
"""How long a phone on a bad line may take to send a form."""

_DRAINED = 1024 * 1024  # read and dropped beyond the limit, so that the refusal reaches the browser
_TEXT, _SHORT = 4096, 200  # characters; 4096 is what Telegram allows too
_FIELDS = 10


@dataclass(frozen=True, slots=True)
class Form:
    """What a page sent: a press or a text, and the token of the page; all cut to sane lengths."""

    token: str = ""
    payload: str = ""
    text: str = ""
    gesture: str = ""


async def read_form(request: Request) -> Form:
    """Return the form of a request of the chat.

    Raises:
        HTTPException: as for :func:`read_body`; 400 for too many fields.
    """
    try:
        pairs = parse_qsl(await read_body(request), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    fields = dict(pairs)
    return Form(
        token=fields.get("jeton", "")[:_SHORT],
        payload=fields.get("payload", "")[:_SHORT],
        text=fields.get("texte", "")[:_TEXT].replace("\0", "").strip(),
        gesture=fields.get("geste", "")[:_SHORT],
    )


async def read_body(request: Request) -> str:
    """Return what a form sent, still encoded.

    Raises:
        HTTPException: 400 cut short, 408 too slow, 413 over 64 kB, 415 another kind of body.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    try:
        async with asyncio.timeout(SECONDS):
            body = await _body(request)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return body.decode("utf-8", "replace")


async def _body(request: Request) -> bytes:
    kept, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MOST_BYTES:
            kept += chunk
        if size > _DRAINED:
            break
    if size > MOST_BYTES:
        raise HTTPException(413)
    return bytes(kept)
