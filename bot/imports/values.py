"""Reads the values of public data as they come: telephones, days, opening hours, postcodes, capitals. Pure."""

from __future__ import annotations

import re
from datetime import date

from opening_hours import validate
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    is_valid_short_number,
    parse,
)

from knowledge.folding import fold

_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})/(\d{1,2})/(\d{4})")
_EMAIL = re.compile(r"[^\s@,;|]+@[^\s@,;|]+\.[a-zA-Z]{2,}")
_WEBSITE = re.compile(r"https?://[^\s|]+", re.IGNORECASE)
_BARE_WEBSITE = re.compile(r"(?:www\.|[a-z0-9-]+\.)[a-z0-9.-]+\.?[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_MANY_PHONES = re.compile(r"\s*(?:[/;|]|\bou\b|\bet\b)\s*")
_ORDINAL = re.compile(r"(\d{1,2})\s*(?:er|e|ème|eme|ième)?(?:\s*(?:ardt|arrondissement|arr\.?))?", re.IGNORECASE)
_STREET_WORDS = frozenset((
    "allée", "avenue", "boulevard", "cité", "cour", "cours", "esplanade", "faubourg", "impasse", "mail", "passage",
    "place", "porte", "promenade", "quai", "rond-point", "route", "rue", "square", "villa", "voie", "bis", "ter",
    "quater", "de", "des", "du", "la", "le", "les", "l", "d", "et", "à", "au", "aux", "en", "sur", "sous",
))  # fmt: skip
STREETS = {
    "ALL": "allée", "AV": "avenue", "BD": "boulevard", "CHE": "chemin", "CITE": "cité", "CRS": "cours",
    "ESP": "esplanade", "FG": "faubourg", "IMP": "impasse", "PAS": "passage", "PL": "place", "QUAI": "quai",
    "QU": "quai", "R": "rue", "RTE": "route", "SQ": "square", "VLA": "villa",
}  # fmt: skip
"""Abbreviations of kinds of streets in the files of the ministries."""

_SHORT_STREET = re.compile(rf"^(\d+(?:\s?(?:bis|ter))?) ({'|'.join(STREETS)}) ", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[ivx]+$)x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_LONGEST_HOURS = 200


def clean(value: object, longest: int = 500) -> str:
    """Return a value as one line of text, "" for nothing; longer ones are cut at ``longest`` characters."""
    if value is None or isinstance(value, dict | list):
        return ""
    text = ("oui" if value else "non") if isinstance(value, bool) else str(value)
    return _SPACES.sub(" ", text).strip()[:longest].strip()


def phone_of(text: str) -> str | None:
    """Return the first French number of a text as it is written in France (« 01 53 06 38 94 », « 3975 »), or None."""
    for part in _MANY_PHONES.split(text):
        try:
            number = parse(part, "FR")
        except NumberParseException:
            continue
        if number.country_code == 33 and (is_valid_number(number) or is_valid_short_number(number)):
            return format_number(number, PhoneNumberFormat.NATIONAL)
    return None


def email_of(text: str) -> str | None:
    """Return the first address of electronic mail in a text, or None."""
    found = _EMAIL.search(text)
    return found[0] if found else None


def website_of(text: str) -> str | None:
    """Return the first web address of a text, with https:// where it has no scheme, or None."""
    found = _WEBSITE.search(text)
    if found:
        return found[0]
    return f"https://{text}" if _BARE_WEBSITE.fullmatch(text) else None


def day_of(text: str, today: date) -> date | None:
    """Return the day a text begins with (2026-05-27..., 27/05/2026...), None when there is none or it is to come."""
    found = _DAY.match(text)
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    year, month, day = parts if found[1] else parts[::-1]
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    return read if date(1900, 1, 1) <= read <= today else None


def hours_of(text: str) -> str | None:
    """Return opening hours in OSM's syntax when they are; None for anything else (« horaires à confirmer »).

    ``SH`` (school holidays) is refused: the library has no calendar of them.
    """
    if not text or len(text) > _LONGEST_HOURS or re.search(r"\bSH\b", text):
        return None
    return text if validate(text) else None


def district_of(text: str) -> int | None:
    """Return the arrondissement that « 7ème Ardt », « 75007 », « 75107 », « 75116 » or « 7 » says, None without one."""
    if re.fullmatch(r"75[01]\d\d", text):
        number = 16 if text == "75116" else int(text[3:])
        return number if 1 <= number <= 20 else None
    found = _ORDINAL.fullmatch(text)
    number = int(found[1]) if found else 0
    return number if 1 <= number <= 20 else None


def is_paris(code: str) -> bool:
    """Tell whether a postcode or a code of the Insee is of Paris, CEDEX and 75056 included."""
    return bool(re.fullmatch(r"75\d{3}", code))


def spoken_case(text: str, lower: bool = False) -> str:
    """Return a text written in capitals as people write it; others stay as they are.

    ``lower``: words of streets stay small (« 6 rue Cler »). « EHPAD » cannot be told from a word and changes too.
    """
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) <= 0.7 * len(letters) or len(letters) < 4:
        return text
    return " ".join(_spoken(word, lower or at > 0) for at, word in enumerate(text.split()))


def _spoken(word: str, may_be_small: bool) -> str:
    small = word.lower()
    if may_be_small and small.strip("'’") in _STREET_WORDS:
        return small
    if _ROMAN.fullmatch(word) and len(word) > 1:
        return word.upper()
    article, mark, rest = small.partition("'")
    if mark and article in ("d", "l") and may_be_small:
        return f"{article}'{_title(rest)}"
    return _title(small)


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def street_of(text: str) -> str:
    """Return an address line without the comma after its number, abbreviations of its street, capitals throughout."""
    text = re.sub(r"^(\d+(?:\s?(?:bis|ter))?)\s*,\s*", r"\1 ", text, flags=re.IGNORECASE)
    return _SHORT_STREET.sub(lambda found: f"{found[1]} {STREETS[found[2].upper()]} ", spoken_case(text, lower=True))


def folded(text: str) -> str:
    """Return a text without case, accents and doubled spaces, to compare."""
    return " ".join(fold(text).split())
