"""Passerelle on Telegram: updates become what a person did, replies become messages; nothing else.

``run_polling`` is the way in; no other channel imports this package.
"""

import os

from bot.telegram.channel import run_polling

# Asks python-telegram-bot for durations as timedelta, its future default; without it each 429 warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")

__all__ = ["run_polling"]
