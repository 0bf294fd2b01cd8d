"""Who is spoken to in another way of speaking a language (« tu »), in memory only.

An emergency is answered before the store is opened, and nothing of it is kept: the way to speak to the person has to
be known without it. After a restart the usual form is used until the next ordinary turn.
"""

from __future__ import annotations

from collections import OrderedDict

from i18n.lookup import Catalogs

MOST = 10_000
"""People remembered, those heard last: a few hundred kilobytes at most."""


class Registers:
    """The language of those who chose another way of speaking it."""

    def __init__(self) -> None:
        self._chosen: OrderedDict[str, str] = OrderedDict()

    def note(self, catalogs: Catalogs, person: str, language: str) -> None:
        """Remember the language a person is answered in, or forget it when it is no register."""
        self.forget(person)
        if catalogs.language(language).register_of:
            self._chosen[person] = language
            if len(self._chosen) > MOST:
                self._chosen.popitem(last=False)

    def of(self, catalogs: Catalogs, person: str, language: str) -> str:
        """Return how to speak a language to a person: as they chose, where that is a way of speaking this one."""
        chosen = self._chosen.get(person, "")
        return chosen if chosen and catalogs.language(chosen).register_of == language else language

    def forget(self, person: str) -> None:
        """Forget what a person chose."""
        self._chosen.pop(person, None)
