"""French phone numbers as they are written, read aloud and dialled. Pure.

Short numbers (3919, 115, 116 006) are valid numbers here, which the general rules
of phonenumbers deny: its rules for short numbers are asked too.
"""

from __future__ import annotations

from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    is_valid_short_number,
    parse,
)

_REGION = "FR"


def phone(number: str) -> str:
    """Return a French number as written in France: "01 53 06 38 94", "0 800 05 41 41", "3919".

    Spaces already there are kept, as in "0 800 360 360": an organisation groups its
    number to be remembered. What is no phone number comes back as it was.
    """
    found = _parse(number)
    if found is None or (" " in number and not number.startswith("+")):
        return number
    if found.country_code != 33:
        return format_number(found, PhoneNumberFormat.INTERNATIONAL)
    return format_number(found, PhoneNumberFormat.NATIONAL)


def phone_spoken(number: str) -> str:
    """Return a number for reading aloud, as the French say it: "39 19", "116 117", "115"."""
    found = _parse(number)
    if found is None or not _is_short(found):
        return phone(number)
    digits = str(found.national_number)
    return f"{digits[:2]} {digits[2:]}" if len(digits) == 4 else phone(number)


def phone_uri(number: str) -> str:
    """Return the address that dials a number: "tel:+33153063894", "tel:3919".

    A short number has no international form. Raises ValueError when it is no number.
    """
    found = _parse(number)
    if found is None:
        raise ValueError(f"no phone number: {number!r}")
    if _is_short(found):
        return f"tel:{found.national_number}"
    return f"tel:{format_number(found, PhoneNumberFormat.E164)}"


@lru_cache(maxsize=4096)
def _parse(number: str) -> PhoneNumber | None:
    try:
        found = parse(number, _REGION)
    except NumberParseException:
        return None
    return found if is_valid_number(found) or _is_short(found) else None


def _is_short(found: PhoneNumber) -> bool:
    return found.country_code == 33 and not is_valid_number(found) and is_valid_short_number(found)
