"""What someone wants a link to hold, as a form or a command says it; only what may travel in a link is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.links import LANGUAGES, Link, LinkError, encode_link
from knowledge.content import Knowledge
from knowledge.facts import FactError, parse_facts
from knowledge.vocabulary import CHILDREN, DISTRICT

MOST_CHILDREN = 3
YEARS = 20
"""How far back birth quarters are offered."""
_BIRTH = "naissance"


class WishError(ValueError):
    """A wish that cannot be a link; the message is in French, for whoever composes it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """``target``: a topic or a card by its id, empty for the whole service; ``births``: months like « 2024-10 »."""

    target: str = ""
    district: str = ""
    births: tuple[str, ...] = ()
    language: str = ""
    campaign: str = ""


def code_of(wish: Wish, knowledge: Knowledge, on: date) -> str:
    """Return the code of a wish.

    Raises:
        WishError: an unknown target, a month or an arrondissement that is none, a campaign name that does not fit.
    """
    if wish.target and wish.target not in knowledge.codes:
        raise WishError(f"« {wish.target} » n'est ni un thème ni une fiche")
    if wish.language and wish.language not in LANGUAGES:
        raise WishError(f"langue « {wish.language} » inconnue des liens\n    -> langues : {', '.join(LANGUAGES)}")
    raw = {
        CHILDREN: [{_BIRTH: each} for each in wish.births],
        **({DISTRICT: wish.district} if wish.district else {}),
    }
    try:
        facts = parse_facts(raw, knowledge.vocabulary, on)
        births = tuple(child[_BIRTH] for child in facts[CHILDREN]["liste"])
        if any(str(birth) > f"{on:%Y-%m}" for birth in births):
            raise WishError("un mois à venir dirait une grossesse : cela ne va pas dans un lien")
        target = knowledge.codes[wish.target] if wish.target else ""
        return encode_link(Link(target, facts.get(DISTRICT), births, wish.language or None, wish.campaign))
    except (FactError, LinkError) as error:
        raise WishError(str(error)) from None


def refuse_sensitive(names: Sequence[str], knowledge: Knowledge) -> None:
    """Refuse a form that names a fact which may not travel in a link.

    Raises:
        WishError: the fact, by its French name.
    """
    facts: Mapping[str, tuple[int, str]] = {f.id: (f.sensitivity, f.name) for f in knowledge.vocabulary.facts}
    for name in names:
        sensitivity, words = facts.get(name.removeprefix("q-"), (0, ""))
        if sensitivity > 0:
            raise WishError(f"« {words} » ne peut pas aller dans un lien : d'autres que la famille le liront")


def quarters(on: date) -> tuple[tuple[int, tuple[tuple[str, str], ...]], ...]:
    """Return, newest year first, the birth quarters that may be chosen: (month, its French words)."""
    words = ("janvier à mars", "avril à juin", "juillet à septembre", "octobre à décembre")
    found = []
    for year in range(on.year, on.year - YEARS, -1):
        past = [quarter for quarter in range(4) if (year, quarter * 3 + 1) <= (on.year, on.month)]
        found.append((year, tuple((f"{year}-{quarter * 3 + 1:02d}", f"{words[quarter]} {year}") for quarter in past)))
    return tuple(found)
