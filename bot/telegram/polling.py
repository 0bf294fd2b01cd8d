"""Asks Telegram for updates, one long call after the other, until told to stop.

python-telegram-bot's own Updater is not used: it does not tell when a token is revoked
while it runs, and takes updates as read before anything keeps them.
"""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update
from telegram.ext import ExtBot

from bot.telegram.contact import Contact
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.limits import POLL_SECONDS
from bot.telegram.timing import Timing

Accept = Callable[[Sequence[Update]], Awaitable[None]]


class Poller:
    """Reads the updates of one bot."""

    def __init__(self, bot: ExtBot[str], accept: Accept, timing: Timing) -> None:
        """``accept`` takes updates in; once it returns, they are taken as read."""
        self._bot = bot
        self._accept = accept
        self._contact = Contact(timing)
        self._offset: int | None = None

    async def connect(self) -> None:
        """Make the first contact, and leave any webhook; waits while Telegram cannot be reached.

        Raises:
            SettingsError: the token is refused.
        """
        await self._contact.insist(self._bot.initialize, self._bot.delete_webhook)

    async def run(self) -> None:
        """Read updates until cancelled.

        Raises:
            SettingsError: the token is refused, for instance revoked.
        """
        while True:
            if not await self._contact.tried(self._read):
                await self._contact.pause()

    async def _read(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        if updates:
            await self._accept(updates)
            self._offset = max(update.update_id for update in updates) + 1
