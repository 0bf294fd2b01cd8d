"""Reads where someone lives: an arrondissement, Paris Centre, a postal code, or outside Paris.

A number is an arrondissement only where the words around it say so: ages, dates, floors, school classes and
street numbers look alike.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from dialogs.phrases_load import Phrases
from knowledge.vocabulary import OUTSIDE

Home: TypeAlias = str | list[str]
"""Plain value of the fact: "1" to "20", ``hors_paris``, or several arrondissements still possible."""

CENTRE = ["1", "2", "3", "4"]

_NOT_A_HOME = (
    r"(?:e?tages?|etage|mois|enfant|bebe|fois|jours?|semaines?|annees?|ans?|classe|rang"
    r"|avenue|rue|trimestre|grossesse"
    r"|fils|fille|rdv|place|floor|child|time|month|week|year|baby|son|daughter|euros?"
    r"|janvier|fevrier|mars|avril|mai|juin"
    r"|juillet|aout|septembre|octobre|novembre|decembre|bis|ter|boulevard|bd|quai|impasse"
    r"|allee|passage|square|h|heures?|studios?|chambres?|pieces?|appart\w*|logements?|hotel|foyer|m|metres?|metre)\b"
)
_ORDINAL = re.compile(
    rf"\b(?<!suis la )(?<!est la )(?<!en )(?<!au )(?<!mon )(?<!ma )(?<!de )(?<!\d )([1-9]|1\d|20)e (?!{_NOT_A_HOME})"
)
_NAMED = re.compile(r"\b([1-9]|1\d|20)e? (?:arrondissement|district|eme arrondissement)\b")
_PARIS = re.compile(rf"\bparis (?:dans le |le |in the |, )?([1-9]|1\d|20)e? (?!{_NOT_A_HOME})")
_POSTAL = re.compile(r"\b(\d{5}) (?!euros?\b|par\b|e\b)")
_CENTRE = re.compile(r"\bparis centre\b")
_BARE_IN = re.compile(rf"\b(?:dans le|dans|le|sur le|in the|in) ([1-9]|1\d|20) (?!\d|{_NOT_A_HOME})")
_DEPARTMENT = re.compile(r"\b(?:dans le|dans|le|in the|in) (?:7[78]|9[1-5]) (?!\d)")
_STREET_PLACE = r"(?<!rue de )(?<!rue )(?<!porte de )(?<!avenue de )(?<!quai de )(?<!bois de )(?<!metro )(?<!gare )"


def places_in(text: str, known: Phrases, bare: bool = False) -> list[tuple[int, Home]]:
    """Return (position, home) for each place named in a plain text that ends with a space.

    Args:
        text: a clause or a whole text in plain form.
        known: the word lists.
        bare: read « dans le 19 » too, a number with nothing that marks an arrondissement.
    """
    found: list[tuple[int, Home]] = [(match.start(), list(CENTRE)) for match in _CENTRE.finditer(text)]
    for pattern in (_NAMED, _PARIS, _ORDINAL, *((_BARE_IN,) if bare else ())):
        found += [(match.start(1), match[1]) for match in pattern.finditer(text)]
    found += [(match.start(), home) for match in _POSTAL.finditer(text) if (home := _of_postal(match[1]))]
    found += [(match.start(), OUTSIDE) for match in re.finditer(rf"\b{known.families['ailleurs']} ", text)]
    if bare:
        towns = (
            rf"\b(?:a|au|aux|sur|in|,|habite|habitons|vis|vivons"
            rf"|live in) {_STREET_PLACE}{known.families['communes']} "
        )
        found += [(match.start(), OUTSIDE) for match in re.finditer(towns, text)]
        found += [(match.start(), OUTSIDE) for match in _DEPARTMENT.finditer(text)]
    return sorted(found, key=lambda each: each[0])


def _of_postal(code: str) -> Home | None:
    """Return the arrondissement of a postal code; 75116 is the 16th; other departments lie outside Paris."""
    if code == "75116":
        return "16"
    if code.startswith("750"):
        return str(int(code[3:])) if 1 <= int(code[3:]) <= 20 else None
    return OUTSIDE if re.match(r"(?:0[1-9]|[1-8]\d|9[0-58])\d{3}$", code) and not code.startswith("75") else None


def one_home(found: list[tuple[int, Home]]) -> Home | None:
    """Return the home when all the places named agree, else None; a commune and its postal code agree."""
    homes: list[Home] = []
    for _, home in found:
        if home not in homes:
            homes.append(home)
    return homes[0] if len(homes) == 1 else None


_FILLER = re.compile(
    r"\b(?:dans|le|la|les|a|au|du|de|paris|in|the|sur|je suis|c est|i live|from|arrondissement|district) "
)


def home_of_clause(text: str, known: Phrases, about_self: bool) -> tuple[int, Home] | None:
    """Return where someone says she lives in one clause, with the place of the words that say so.

    None when the clause may speak of another place.

    Args:
        text: the clause, plain, ending with a space.
        known: the word lists.
        about_self: the clause says something else of the person (« seule avec deux enfants »), so that
            « dans le 19e » after it is her home.
    """
    lives = re.search(
        rf"\b{known.families['bouge']} |\bje suis (?:dans|du|sur|a|de) (?:le |la )?|\bi am (?:in|from) ", text
    )
    elsewhere = re.search(rf"\b{known.families['lieu_autre']} ", text)
    if lives:
        after = [each for each in places_in(text, known, bare=True) if each[0] >= lives.start()]
        blocked = elsewhere and (elsewhere.start() < lives.start() or (after and elsewhere.start() < after[0][0]))
        home = None if blocked else one_home(after)
        return (lives.start(), home) if home else None
    found = places_in(text, known)
    if not found or elsewhere:
        return None
    places = (
        rf"\b(?:\d{{1,2}}e|\d{{1,2}}|\d{{5}}|paris centre|en|{known.families['ailleurs']}"
        rf"|{known.families['communes']}) "
    )
    alone = not _FILLER.sub("", re.sub(places, "", text)).strip()
    if alone and not about_self and re.fullmatch(r"(?:la |le )?[1-6]e ", text):
        return None  # « 6e », « la 3e » : more often a school class
    home = one_home(found) if alone or about_self else None
    return (found[0][0], home) if home else None


def asked_home(text: str, known: Phrases) -> Home | None:
    """Return the answer to « dans quel arrondissement habitez-vous ? », where a bare number is one."""
    text = f"{text} "
    found = places_in(text, known, bare=True)
    towns = re.search(rf"(?:^|\b){_STREET_PLACE}{known.families['communes']} ", text)
    if towns and not found:
        return OUTSIDE
    if not found:
        # « 19 », « le 19 », « du 19e » : nothing else may stand there
        rest = _FILLER.sub(
            "", re.sub(r"\b(?:on|nous|j|je|i|we|habite|habitons|vis|vit|dans|oui|live|suis) ", "", text)
        ).strip()
        number = re.fullmatch(r"([1-9]|1\d|20)e?", rest)
        return number[1] if number else None
    return one_home(found)
