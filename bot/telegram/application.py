"""python-telegram-bot's Application, set up for a channel that reads updates by itself."""

import logging
from typing import Any

from pydantic import SecretStr
from telegram.ext import Application, BaseRateLimiter, BaseUpdateProcessor, ExtBot
from telegram.request import BaseRequest

from bot.telegram.transport import transport

Telegram = Application[ExtBot[str], Any, Any, Any, Any, Any]
_CONNECTIONS = 64


def application(
    token: SecretStr,
    server: str,
    limiter: BaseRateLimiter[str],
    order: BaseUpdateProcessor,
    request: BaseRequest | None,
) -> Telegram:
    """Return an Application without handlers; ``request`` carries the calls, None for the usual transport."""
    quiet_libraries()
    return (
        Application.builder()
        .token(token.get_secret_value())
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .request(request or transport(_CONNECTIONS))
        .get_updates_request(transport(1))
        .updater(None)
        .rate_limiter(limiter)
        .concurrent_updates(order)
        .build()
    )


def quiet_libraries() -> None:
    """Silence the libraries' own logs: they print addresses that hold the token, and whole updates."""
    for name in ("telegram", "httpx", "httpcore", "aiohttp"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
