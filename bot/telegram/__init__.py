"""Passerelle on Telegram: updates become what a person did, replies become messages; nothing else.

``make_channel``, ``webhook_routes`` and ``run`` are the way in; no other channel imports this package.
"""

import os

from bot.telegram.running import make_channel, run
from bot.telegram.webhook import webhook_routes

# Asks python-telegram-bot for durations as timedelta, its future default; without it each 429 warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")

__all__ = ["make_channel", "run", "webhook_routes"]
