"""The cookie of a browser session: a random id and the minute it was last seen, signed; no end date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.web.signing import Signer

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a genuine cookie says: whose it is and when it was given."""

    id: str
    seen: datetime


class Cookies:
    """Gives, reads and takes back the cookie."""

    def __init__(self, signer: Signer, *, secure: bool) -> None:
        self._signer, self._secure = signer, secure
        # Browsers keep a __Host- cookie to this very host, over https; they refuse one without Secure.
        self.name = "__Host-passerelle" if secure else "passerelle"

    def read(self, request: Request) -> Ticket | None:
        """Return the ticket of a request, None without one or for one that was not given here."""
        value = request.cookies.get(self.name, "")
        text = self._signer.check("temoin", value) if 0 < len(value) <= _LONGEST else None
        if text is None:
            return None
        browser_id, _, second = text.partition(".")
        return Ticket(browser_id, datetime.fromtimestamp(int(second), UTC))

    def give(self, response: Response, browser_id: str, seen: datetime) -> None:
        """Put the cookie on a response; the browser forgets it when it is closed."""
        value = self._signer.sign("temoin", f"{browser_id}.{int(seen.timestamp())}")
        # Lax, not Strict: a family comes from a link in a message, and a Strict cookie would not come along:
        # the running conversation would be lost. Forms from elsewhere are refused by their own token.
        response.set_cookie(self.name, value, httponly=True, secure=self._secure, samesite="lax", path="/")

    def take_back(self, response: Response) -> None:
        """Make the browser drop the cookie."""
        response.delete_cookie(self.name, httponly=True, secure=self._secure, samesite="lax", path="/")
