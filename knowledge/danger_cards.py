"""Takes the emergency cards of one language file: what is said once danger is recognised."""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.danger_alarm import EmergencyCard, EmergencyTexts
from knowledge.danger_hear import CASES, Case
from knowledge.danger_source import Source
from knowledge.reader import Block

_PLACEHOLDER = re.compile(r"\{tel:([a-z0-9-]+)\}")
_BY_HAND = re.compile(r"\b\d+\b|{")  # « 3ayet » is a word: in Latin letters Arabic writes some sounds as digits
_CARD_KEYS = ("titre", "lignes", "numeros", "discret")


def emergency_texts(source: Source, in_service: Collection[str] | None) -> EmergencyTexts:
    """Return all that is said about danger in one language.

    Args:
        source: the language file; what is wrong with it is noted there.
        in_service: ids of the helplines one may give; None skips that check.
    """
    cards = source.block(source.root, "cartes")
    gentle = source.block(source.root, "possible")
    source.check_keys(cards, CASES)
    source.check_keys(gentle, CASES)
    adult: dict[Case, EmergencyCard] = {}
    child: dict[Case, EmergencyCard] = {}
    for case in CASES:
        block = source.block(cards, case)
        source.check_keys(block, _CARD_KEYS, ("enfant",))
        adult[case] = _card(source, block, _line(source, gentle, case, in_service), in_service)
        if "enfant" in block:
            young = source.block(block, "enfant")
            source.check_keys(young, (*_CARD_KEYS, "possible"))
            child[case] = _card(source, young, _line(source, young, "possible", in_service), in_service)
    go_on, leave = (_line(source, source.root, key, None) for key in ("continuer", "quitter_vite"))
    return EmergencyTexts(adult, child, go_on=go_on, leave_fast=leave)


def _card(source: Source, block: Block, gentle: str, in_service: Collection[str] | None) -> EmergencyCard:
    lines = tuple(source.texts(block, "lignes"))
    for position, line in enumerate(lines):
        _check(source, block, "lignes", line, in_service, position)
    numbers = tuple(source.texts(block, "numeros"))
    for position, number in enumerate(numbers):
        _check_number(source, block, "numeros", number, in_service, position)
    if not numbers or not lines:
        source.problem(block, "numeros", "une carte d'urgence a au moins une ligne et un numéro")
    title, discreet = (_line(source, block, key, in_service) for key in ("titre", "discret"))
    return EmergencyCard(title, lines, numbers, discreet, gentle)


def _line(source: Source, block: Block, key: str, in_service: Collection[str] | None) -> str:
    text = source.text(block, key)
    _check(source, block, key, text, in_service)
    return text


def _check(
    source: Source,
    block: Block,
    key: str,
    text: str,
    in_service: Collection[str] | None,
    item: int | None = None,
) -> None:
    """Note digits written by hand: they would stay behind the day a number changes."""
    for number in _PLACEHOLDER.findall(text):
        _check_number(source, block, key, number, in_service, item)
    rest = _PLACEHOLDER.sub("", text)
    if _BY_HAND.search(rest):
        source.problem(block, key, f"« {text} » contient des chiffres ou une accolade", "écrivez {tel:ID}", item)


def _check_number(
    source: Source, block: Block, key: str, number: str, in_service: Collection[str] | None, item: int | None
) -> None:
    if in_service is not None and number not in in_service:
        hint = f"numéros en service : {', '.join(sorted(in_service))}"
        source.problem(block, key, f"le numéro '{number}' n'est pas en service", hint, item)
