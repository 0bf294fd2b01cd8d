"""Which features the running service has, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from bot.campaigns.feature import Campaigns
from bot.content import Library
from bot.feature import Feature
from bot.observatory import announced
from bot.observatory.observatory import Observatory
from bot.relay.desk import Desk
from bot.relay.feature import Relay
from bot.relay.port import Room
from bot.relay.roster import Roster
from bot.reminders.feature import Reminders
from bot.settings import Settings
from bot.staff.feature import StaffFeature
from bot.staff.invitations import Invitations
from bot.staff.screens import Menu
from bot.staff.staff import Staff
from bot.store.sqlite import SqliteStore
from bot.voice.voice import Voice


def make_features(
    settings: Settings, store: SqliteStore, library: Callable[[], Library], now: Callable[[], datetime]
) -> tuple[Feature, ...]:
    """Return the features of these settings.

    Args:
        settings: say what there is (a group of workers...).
        store: keeps what features keep.
        library: the content being served.
        now: the moment, with a time zone.
    """
    staff = Staff(store.database, store.vault, now)
    desk = Desk(store, Roster(settings.donnees), staff, library, now)
    observatory = Observatory(store, library, now, partial(announced.load, settings.donnees))
    others: tuple[Feature, ...] = (
        # Those that wait for one text come before the relay, which takes all of them.
        Reminders(store, library, now),
        Campaigns(store, staff, library),
        Voice(store, observatory, now),
        Relay(desk),
        observatory,
    )
    menu = Menu(tuple(entry for feature in others for entry in feature.staff_menu), group=bool(settings.groupe))
    return (StaffFeature(staff, Invitations(store.database, store.vault, now), menu), *others)


def room_of(features: Iterable[Feature]) -> Room | None:
    """Return who is brought what happens in the team's group."""
    return next((each.room for each in features if isinstance(each, Relay)), None)
