"""Which message holds the open question of each chat; in memory only, lost without harm."""

from collections import OrderedDict

CHATS_KEPT = 10_000


class Questions:
    """The last question of each chat, and whether anything came after it.

    After a restart nothing is known: the next question is then sent instead of edited,
    and the conversation recognises the old buttons.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[int, tuple[int, bool]] = OrderedDict()

    def open(self, chat: int) -> int | None:
        """Return the message of the last question, None if there is none."""
        last = self._last.get(chat)
        return last[0] if last else None

    def newest(self, chat: int) -> int | None:
        """Return the message of the last question if it is the last of the chat, else None."""
        last = self._last.get(chat)
        return last[0] if last and last[1] else None

    def sent(self, chat: int, question: int | None) -> None:
        """Note a message sent; ``question``: its id if it asks one."""
        if question is None:
            self.written(chat)
            return
        self._last[chat] = (question, True)
        self._last.move_to_end(chat)
        if len(self._last) > CHATS_KEPT:
            self._last.popitem(last=False)

    def written(self, chat: int) -> None:
        """Note that something now stands below the last question."""
        if last := self._last.get(chat):
            self._last[chat] = (last[0], False)

    def forget(self, chat: int) -> None:
        """Forget a chat."""
        self._last.pop(chat, None)
