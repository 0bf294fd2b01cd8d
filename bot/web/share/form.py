"""What the page of links was sent: the wish, and how the paper should look."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.outreach.poster import MOST_LANGUAGES
from bot.outreach.wish import MOST_CHILDREN, Wish
from bot.web.forms import read_body

_MOST_FIELDS = 60
_WORD = 60


@dataclass(frozen=True, slots=True)
class ShareForm:
    """``names``: every field that was filled in; ``paper``: languages of poster and cards, in order."""

    wish: Wish = field(default_factory=Wish)
    paper: tuple[str, ...] = ("fr",)
    discreet: bool = False
    names: tuple[str, ...] = ()


async def read_share(request: Request) -> ShareForm:
    """Return the form of a request.

    Raises:
        HTTPException: as for ``read_body``; 400 for too many fields.
    """
    try:
        pairs = parse_qsl(await read_body(request), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    pairs = [(name[:_WORD], value[:_WORD].strip()) for name, value in pairs]
    one = dict(pairs)
    births = tuple(filter(None, (one.get(f"enfant{number}") for number in range(MOST_CHILDREN))))
    paper = tuple(dict.fromkeys(value for name, value in pairs if name == "papier"))[:MOST_LANGUAGES]
    return ShareForm(
        Wish(
            one.get("fiche") or one.get("sujet", ""),
            one.get("arrondissement", ""),
            births,
            one.get("langue", ""),
            one.get("campagne", ""),
        ),
        paper or ("fr",),
        "discret" in one,
        tuple(one),
    )
