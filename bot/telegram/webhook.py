"""Telegram calls the service: the address it calls, and who keeps that address registered.

The address is made from the secret and tells nothing of it; the secret itself travels in a header.
"""

import hmac
import json
from hashlib import sha256

import structlog
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.errors import SettingsError
from bot.settings import Settings
from bot.telegram.channel import Channel
from bot.telegram.contact import Contact
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.limits import WEBHOOK_BYTES, WEBHOOK_CONNECTIONS
from bot.telegram.timing import Timing

HEADER = "x-telegram-bot-api-secret-token"
WATCH_SECONDS = 900.0
"""How often the address is looked at: another program may have taken it away."""

_log = structlog.get_logger(__name__)


def webhook_path(secret: SecretStr) -> str:
    """Return the path that Telegram calls: neither the token nor the secret, and not to be guessed."""
    made = hmac.new(secret.get_secret_value().encode(), b"passerelle/webhook", sha256)
    return f"/telegram/{made.hexdigest()[:32]}"


def webhook_routes(channel: Channel, settings: Settings) -> list[Route]:
    """Return the routes to serve; none without ``PASSERELLE_WEBHOOK_SECRET``."""
    secret = settings.webhook_secret
    if secret is None:
        return []

    async def take(request: Request) -> Response:
        return Response(status_code=await _taken(request, channel, secret))

    return [Route(webhook_path(secret), take, methods=["POST"])]


async def _taken(request: Request, channel: Channel, secret: SecretStr) -> int:
    """Return the status to answer with; Telegram delivers again whatever is not 200."""
    given = request.headers.get(HEADER, "").encode()
    if not hmac.compare_digest(given, secret.get_secret_value().encode()):
        return 403
    if not channel.ready:
        return 503
    body = await _body(request)
    if body is None:
        return 413
    try:
        update = Update.de_json(json.loads(body), channel.bot)
        int.__index__(update.update_id)  # all else hangs on it; the library checks no type
    except Exception as error:
        # Again and again it would be as unreadable, and hold up what comes behind it.
        _log.error("telegram.update_unreadable", error=type(error).__name__)
        return 200
    return 200 if await channel.deliver(update) else 503


async def _body(request: Request) -> bytes | None:
    """Return the body, None when it is longer than any update."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > WEBHOOK_BYTES:
            return None
    return body


class Webhook:
    """Registers the address with Telegram, and again when it was taken away."""

    def __init__(self, bot: ExtBot[str], public: str, secret: SecretStr, timing: Timing) -> None:
        """``public``: the root that families open, in https."""
        self._bot = bot
        self._url = public + webhook_path(secret)
        self._secret = secret
        self._timing = timing
        self._contact = Contact(timing)

    async def connect(self) -> None:
        """Make the first contact; waits while Telegram cannot be reached.

        Raises:
            SettingsError: the token is refused.
        """
        await self._contact.insist(self._bot.initialize)

    async def run(self) -> None:
        """Register the address, then look after it until cancelled.

        Raises:
            SettingsError: the token or the address is refused.
        """
        await self._contact.insist(self._register)
        while True:
            await self._timing.sleep(WATCH_SECONDS)
            await self._contact.tried(self._look)

    async def _register(self) -> None:
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
                max_connections=WEBHOOK_CONNECTIONS,
            )
        except BadRequest:
            refused = SettingsError(
                "PASSERELLE_URL_PUBLIQUE : Telegram refuse d'appeler cette adresse",
                "donnez une adresse https joignable depuis l'internet, sur le port 443, 80, 88 ou 8443",
            )
        else:
            return
        raise refused

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._url:
            _log.error("telegram.webhook_taken_away")
            await self._register()
        elif info.pending_update_count:
            _log.info("telegram.updates_waiting", count=info.pending_update_count)
