"""The changes known to change nothing, with the reason of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("equivalents.yaml")


def equivalents() -> dict[tuple[str, str], str]:
    """Return (card, change) -> why no family can tell it from the card."""
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {(card["fiche"], what): card["raison"] for card in told["fiches"] for what in card["changements"]}
