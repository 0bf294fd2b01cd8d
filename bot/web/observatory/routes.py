"""Where the observatory answers, behind the staff code or on this machine alone, like the editors' pages."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from bot.store.sqlite import SqliteStore
from bot.web.desk.access import Access
from bot.web.observatory.pages import ObservatoryPages
from bot.web.site import Site


def observatory_routes(site: Site, access: Access, kept: SqliteStore | None) -> list[BaseRoute]:
    """Return the addresses below /observatoire; ``kept``: where numbers and suggestions are, None for nowhere."""
    pages = ObservatoryPages(site, kept)
    found = {
        "/observatoire": pages.numbers,
        "/observatoire.csv": pages.csv,
        "/observatoire/besoins.csv": pages.needs_csv,
        "/observatoire/suggestions": pages.suggestions,
    }
    return [Route(path, access.editors(handler), methods=["GET"]) for path, handler in found.items()]
