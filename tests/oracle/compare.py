"""Puts what the cards say beside what openfisca-france gives, household by household."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.content import Knowledge
from knowledge.match import Matcher
from tests.oracle.households import ON, TELLINGS, Household

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(os.environ.get("PASSERELLE_ORACLE", ROOT / ".venv-oracle" / "bin" / "python"))

RIGHTS = {
    "allocations-familiales": "af",
    "complement-familial": "cf",
    "asf": "asf",
    "ars": "ars",
    "paje-allocation-base": "paje_base",
    "prime-naissance": "paje_naissance",
    "prime-adoption": "paje_adoption",
    "cmg-structure": "paje_cmg",
    "aeeh": "aeeh",
    "aah": "aah",
    "rsa": "rsa",
    "rsa-jeune-parent": "rsa",
    "rsa-majore": "rsa_majore",
    "prime-activite": "ppa",
    "aides-logement": "aide_logement",
    "css": "css",
    "bourse-college": "bourse_college",
    "bourse-lycee": "bourse_lycee",
}
"""Card -> the right as ``france.py`` names it."""


class Answer(NamedTuple):
    """One card for one household told in one way, beside the amount the oracle gives."""

    household: Household
    how: str
    card: str
    verdict: str
    amount: float

    @property
    def fault(self) -> str | None:
        """Return « faux non », « faux oui », or None when the two agree or nothing was decided."""
        if self.verdict == "non" and self.amount > 0:
            return "faux non"
        return "faux oui" if self.verdict == "oui" and self.amount == 0 else None


def ask(households: Sequence[Household]) -> dict[str, Any]:
    """Return what the oracle says, in its own process."""
    sent = json.dumps([household.sent() for household in households])
    script = Path(__file__).with_name("france.py")
    done = subprocess.run([str(PYTHON), str(script)], input=sent, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def answers(knowledge: Knowledge, households: Sequence[Household], amounts: dict[str, list[float]]) -> Iterator[Answer]:
    """Yield every card with a right of the oracle, for each household told in each way."""
    matcher = Matcher(knowledge, ON)
    for place, household in enumerate(households):
        for how in TELLINGS:
            found = matcher.verdicts(matcher.state(household.told(how)))
            for card, right in RIGHTS.items():
                amount = amounts[right][place]
                if card == "rsa-jeune-parent" and household.parents[0].age >= 25:
                    continue
                yield Answer(household, how, card, found[matcher.position[card]].word, amount)
