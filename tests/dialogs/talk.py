"""One conversation with the pure engine; the session goes through JSON at every turn, as in production."""

import json
from datetime import datetime

from dialogs.content import Content
from dialogs.effects import Ask, Effect, Menu, Show
from dialogs.engine import step
from dialogs.events import Chose, Event, Picked
from dialogs.session import Session, dump, load

NOW = datetime(2026, 11, 21, 12)


class Talk:
    """A person talking to the engine: ``does`` an event, ``picks`` a button, looks at the last effects."""

    def __init__(self, content: Content, session: Session | None = None, now: datetime = NOW):
        self.content, self.now = content, now
        self.session = session or Session()
        self.effects: tuple[Effect, ...] = ()

    def does(self, event: Event) -> tuple[Effect, ...]:
        kept = load(json.loads(json.dumps(dump(self.session))))
        self.session, self.effects = step(self.content, kept, event, self.now)
        return self.effects

    def starts(self, tree: str) -> "Talk":
        self.does(Picked(tree))
        return self

    def picks(self, *choices: str) -> "Talk":
        for choice in choices:
            self.does(Chose(self.session.pending or "", choice))
        return self

    def last(self, kind):
        """Return the last effect of a kind, None when there is none."""
        return next((effect for effect in reversed(self.effects) if isinstance(effect, kind)), None)

    @property
    def asked(self) -> str | None:
        ask = self.last(Ask)
        return ask.question if ask else None

    @property
    def shown(self) -> list[str]:
        show = self.last(Show)
        return [result.card for result in (*show.fits, *show.to_check)] if show else []

    @property
    def at_menu(self) -> bool:
        return self.last(Menu) is not None

    def says(self) -> list[str]:
        """Return the places of the sentences said."""
        return [effect.label.context for effect in self.effects if hasattr(effect, "label")]
