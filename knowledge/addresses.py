"""What two ways to write one address share: « 9, bd. St-Michel » and « 9 boulevard Saint Michel »."""

from __future__ import annotations

from functools import lru_cache

from knowledge.folding import fold, words

_LONG = {
    "all": "allee", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard",
    "boul": "boulevard", "crs": "cours", "fg": "faubourg", "fbg": "faubourg", "imp": "impasse", "pass": "passage",
    "pas": "passage", "pl": "place", "qu": "quai", "r": "rue", "rte": "route", "sq": "square", "vla": "villa",
    "st": "saint", "ste": "sainte", "cdt": "commandant", "col": "colonel", "dr": "docteur", "gal": "general",
    "gl": "general", "mal": "marechal", "pdt": "president", "pr": "professeur", "prof": "professeur", "b": "bis",
    "t": "ter",
}  # fmt: skip
_MUTE = frozenset({"a", "au", "aux", "d", "de", "des", "du", "et", "l", "la", "le", "les", "n", "no"})


@lru_cache(maxsize=20_000)
def address_key(address: str) -> str:
    """Return the words of an address with their abbreviations spelled out and articles left out; "" without a number.

    Without a number two places of one street would look the same.
    """
    said = [_LONG.get(word, word) for word in words(fold(address)) if word not in _MUTE]
    return " ".join(said) if any(word.isdecimal() for word in said) else ""
