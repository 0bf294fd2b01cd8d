"""Where the page of links answers, behind the same door as the desk."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from bot.observatory.announced import readable
from bot.settings import Settings
from bot.web.desk.access import Access
from bot.web.desk.pace import SEARCHES, SHEETS, Pace
from bot.web.share.share import Share
from bot.web.site import Site


def share_routes(site: Site, access: Access, settings: Settings) -> list[BaseRoute]:
    """Return the addresses below /liens; a name of the bot in the settings comes before the one Telegram tells."""
    share = Share(site, settings.url_publique, site.bot_name, lambda: readable(settings.donnees))
    search, press = Pace(SEARCHES, site.clock).limited, Pace(SHEETS, site.clock).limited
    made = {
        "/liens": search(share.asked),
        "/liens/qr.svg": search(share.picture("svg")),
        "/liens/qr.png": search(share.picture("png")),
        "/liens/affiche": press(share.page("affiche")),
        "/liens/carnet": press(share.page("carnet")),
        "/liens/affiche.pdf": press(share.pdf("affiche")),
        "/liens/carnet.pdf": press(share.pdf("carnet")),
    }
    return [
        Route("/liens", access.staff(share.empty), methods=["GET"]),
        *(Route(path, access.staff(handler), methods=["POST"]) for path, handler in made.items()),
    ]
