"""What the desk's one form sent: words, filters, the situation, the open card, the basket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.web.forms import read_body
from knowledge.vocabulary import OUTSIDE

MOST_CHILDREN = 12
MOST_IN_BASKET = 12
_MOST_FIELDS = 400
_WORD, _TEXT = 80, 300


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that one tab knows; the next answer of the server carries it all again.

    ``answers``: question id -> choice id. ``children``: one mapping of field -> text per row of the form.
    """

    text: str = ""
    topic: str = ""
    district: str = ""
    age: str = ""
    language: str = ""
    free: bool = False
    no_appointment: bool = False
    open_now: bool = False
    opened: str = ""
    basket: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Mapping[str, str], ...] = ({},)
    all_children: bool = False
    compare: str = ""
    sheet_language: str = ""
    way_on: bool = False
    """The family wants to go on with these answers on its phone: they are kept for one opening."""
    partial: bool = False
    """Only what changes is wanted: the page is already there."""

    @property
    def home(self) -> int | None:
        """The arrondissement chosen, None for none or outside Paris."""
        return int(self.district) if self.district.isdecimal() else None

    @property
    def asks_something(self) -> bool:
        """Tell whether there is anything to answer to."""
        return bool(self.text.strip() or self.topic or self.age or self.knows_something)

    @property
    def knows_something(self) -> bool:
        """Tell whether anything of a situation was filled in."""
        return bool(self.answers or self.district or self.all_children or any(child for child in self.children))


async def read_asked(request: Request) -> Asked:
    """Return what a form of the desk asks for; unknown fields are left out.

    Raises:
        HTTPException: 400, 408, 413 or 415, as for every form.
    """
    try:
        pairs = parse_qsl(await read_body(request), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    return asked_from({name: value[:_TEXT].replace("\0", "") for name, value in pairs})


def asked_from(fields: Mapping[str, str]) -> Asked:
    """Return what the fields of a form ask for, its gestures (open, add, remove, one more child) taken."""
    word = {name: value.strip()[:_WORD] for name, value in fields.items()}
    basket = tuple(name for name in word.get("panier", "").split(",") if name)
    asked = Asked(
        text=fields.get("q", ""),
        topic=word.get("theme_bouton") or word.get("theme", ""),
        district=_district(word.get("arrondissement", "")),
        age=word.get("age", ""),
        language=word.get("langue", ""),
        free="gratuit" in word,
        no_appointment="sans_rdv" in word,
        open_now="ouvert" in word,
        opened=word.get("ouvrir") or word.get("ouverte", ""),
        basket=basket,
        answers={name[2:]: value for name, value in word.items() if name.startswith("q-") and value},
        children=_children(word),
        all_children="tous_enfants" in word,
        compare=word.get("comparer") or word.get("comparee", ""),
        sheet_language=word.get("langue_fiche", ""),
        way_on="suite_telephone" in word,
        partial=word.get("partie") == "1",
    )
    return _gestures(asked, word)


def _gestures(asked: Asked, word: Mapping[str, str]) -> Asked:
    basket = list(asked.basket)
    if word.get("ajouter"):
        basket.append(word["ajouter"])
    kept = tuple(dict.fromkeys(name for name in basket if name != word.get("retirer")))[:MOST_IN_BASKET]
    children = (*asked.children, {}) if "un_enfant" in word else asked.children
    opened = "" if "fermer" in word else asked.opened
    compare = "" if "fermer_comparaison" in word else asked.compare
    return replace(asked, basket=kept, children=children[:MOST_CHILDREN], opened=opened, compare=compare)


def _children(word: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    """Return the rows of children, « e0-ans », « e0-handicap »..., at least one row, empty or not."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in word.items():
        row, _, what = name.partition("-")
        if row[:1] == "e" and row[1:].isdecimal() and len(row) < 4 and what:
            rows.setdefault(int(row[1:]), {}).update({what: value} if value else {})
    return tuple(rows[number] for number in sorted(rows))[:MOST_CHILDREN] or ({},)


def _district(text: str) -> str:
    return text if text == OUTSIDE or (text.isdecimal() and 1 <= int(text) <= 20) else ""
